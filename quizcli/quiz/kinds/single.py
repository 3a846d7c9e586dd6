"""Single choice: exactly one option is right, exactly one can be chosen."""

from quizcli.quiz.kinds.base import Kind, one_key

KIND = Kind("single-choice", shuffles=True, complaints=one_key)
