"""One file a verb: its options, and one call."""
