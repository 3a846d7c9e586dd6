"""Attempts to score sheets, one writer per format."""
