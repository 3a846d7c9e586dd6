"""The loops with a person in them. What they decide is in the rooms below; here it meets keys."""
