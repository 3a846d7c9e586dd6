"""One SQLite file of facts: attempts, answers, steps. Nothing in it is ever changed or deleted;
everything else is derived and can be derived again.
"""
