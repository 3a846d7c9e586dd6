"""Single choice: exactly one option is right, exactly one can be chosen."""

from quizcli.quiz.kinds.choice import Choice

KIND = Choice("single-choice", shuffles=True)
