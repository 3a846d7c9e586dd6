"""What a learner answered, and what cannot be an answer."""

from __future__ import annotations

from quizcli.named_tuple import NamedTuple


class BadResponse(ValueError):
    """What the question cannot have received, in words for whoever gave it: ``what`` is wrong, and
    the ``fix`` where these say it apart."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(f"{what}: {fix}." if fix else what)
        self.what = what.removesuffix(".")
        self.fix = fix


def pair_of(word: str) -> tuple[str, str]:
    """The left side and its partner in ``left: partner``, a word of an answer in pairs."""
    left, _, partner = word.partition(":")
    return left.strip(), partner.strip()


class Response(NamedTuple):
    """What a learner answered: ``given`` are words that the question's kind understands (of a
    choice the option ids), ``guess`` says that they called it a guess. No word is a blank."""

    given: tuple[str, ...]
    guess: bool = False

    @classmethod
    def of(cls, *words: str, guess: bool = False) -> Response:
        """``Response.of("yes")`` for ``Response(("yes",))``."""
        return cls(words, guess)

    @property
    def chosen(self) -> frozenset[str]:
        """The words without their order: of a choice what was ticked."""
        return frozenset(self.given)
