"""YAML text to questions, with file, line and column on everything."""
