"""Memory as arithmetic: learning days, FSRS, replay, fitting.

The rule of this room: no clock, no file, no SQL, no words; days, seeds and records are handed in.
The ``fsrs`` package and NumPy are imported at first use, so that the first card of a session costs
neither.
"""
