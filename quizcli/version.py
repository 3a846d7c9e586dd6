"""The version, in a file that imports nothing: whoever names it imports no more than this."""

__version__ = "0.1.0"
