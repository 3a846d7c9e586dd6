"""Results, pictures and questions as HTML and SVG for a browser."""
