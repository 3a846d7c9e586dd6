"""Single choice: exactly one option is right, exactly one can be chosen."""

from quizcli.quiz.kinds.base import Kind, one_key

KIND = Kind("single-choice", several=False, shuffles=True, ask="", complaints=one_key)
