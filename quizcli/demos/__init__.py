"""The laboratory: experiments that measure claims. It never learns that a quiz exists."""
