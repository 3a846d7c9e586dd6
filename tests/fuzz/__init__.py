"""Readers fed with anything: `python -m tests.fuzz READER --seconds N`, and what that has found."""
