"""What experiments measure in: languages, tasks, strings, a dog and its weather."""
