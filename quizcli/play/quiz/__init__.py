"""A quiz: what happens in it, and the devices on which it is asked."""
