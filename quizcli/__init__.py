"""Quizzes in the terminal whose answers can be shown to be right.

The names below are handed on when they are first asked for, so that importing the package, which
every start does, costs nothing::

    from quizcli import Session, grade, load_bank
"""

# Nothing is imported: a Ctrl-C meanwhile would be a traceback.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from quizcli.bank.faults import BankError as BankError
    from quizcli.bank.shelf import load_bank as load_bank
    from quizcli.quiz.grading import BadResponse as BadResponse
    from quizcli.quiz.grading import Grade as Grade
    from quizcli.quiz.grading import Mark as Mark
    from quizcli.quiz.grading import Response as Response
    from quizcli.quiz.grading import grade as grade
    from quizcli.quiz.model import Bank as Bank
    from quizcli.quiz.model import Option as Option
    from quizcli.quiz.model import Question as Question
    from quizcli.quiz.session import Session as Session
    from quizcli.quiz.steps import EXAM as EXAM
    from quizcli.quiz.steps import PRACTICE as PRACTICE
    from quizcli.quiz.steps import Policy as Policy
    from quizcli.quiz.steps import SessionError as SessionError
    from quizcli.version import __version__ as __version__

_WHERE = {
    "BankError": "quizcli.bank.faults",
    "load_bank": "quizcli.bank.shelf",
    "BadResponse": "quizcli.quiz.grading",
    "Grade": "quizcli.quiz.grading",
    "Mark": "quizcli.quiz.grading",
    "Response": "quizcli.quiz.grading",
    "grade": "quizcli.quiz.grading",
    "Bank": "quizcli.quiz.model",
    "Option": "quizcli.quiz.model",
    "Question": "quizcli.quiz.model",
    "EXAM": "quizcli.quiz.steps",
    "PRACTICE": "quizcli.quiz.steps",
    "Policy": "quizcli.quiz.steps",
    "Session": "quizcli.quiz.session",
    "SessionError": "quizcli.quiz.steps",
    "__version__": "quizcli.version",
}
__all__ = [*_WHERE]  # noqa: PLE0604 - the names are all texts


def __getattr__(name: str) -> "Any":
    if name not in _WHERE:
        raise AttributeError(f"module 'quizcli' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
