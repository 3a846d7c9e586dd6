"""Everything at once that can happen to a quiz: `python -m tests.faults --count N --seed S`."""
