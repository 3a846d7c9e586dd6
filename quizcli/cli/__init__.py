"""The command line: one file a verb. Parse, call, hand the result to its renderer; no logic."""
