"""Screens as pure functions: state in, lines out. No clock, no file, no decision."""
