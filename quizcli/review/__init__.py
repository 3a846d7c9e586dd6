"""Cards: what is known of each, and on which day to ask it again.

The rule of this room: the review log is the truth, and a card's state is what replaying it gives.
"""
