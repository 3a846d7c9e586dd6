"""Multiple choice: any number of options is right, any number can be ticked."""

from quizcli.quiz.kinds.choice import Choice

KIND = Choice("multiple-choice", several=True, shuffles=True, ask="Tick all that apply.")
