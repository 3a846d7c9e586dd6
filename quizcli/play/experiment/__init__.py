"""An experiment with a person in front of it."""
