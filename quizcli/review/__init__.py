"""Memory: what is known of each card, and on which day to ask it again.

The rule of this room: the review log is the truth, and a memory is what replaying it gives. No
clock, no file, no screen: days, seeds and records are handed in. The ``fsrs`` package and NumPy
are imported at first use, so that the first card of a session costs neither.
"""
