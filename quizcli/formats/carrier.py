"""What carries one question of a file into a bank, and notes what stays behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.formats.losses import Loss
from quizcli.formats.source_texts import bank_text
from quizcli.formats.sources import Remark
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import Question

if TYPE_CHECKING:
    from quizcli.formats.sources import SourceAnswer, SourceQuestion, SourceText
    from quizcli.quiz.kinds.base import OwnFault

FULL = 100  # per cent: what a right answer is worth


class UnfitQuestion(Exception):
    """A question that no kind of ours can carry; the message says why, ``fix`` how to mend it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


class Carrier:
    """Carries one question; ``losses`` and ``remarks`` are what it leaves behind on the way."""

    def __init__(self, question: SourceQuestion) -> None:
        self.question = question
        self.losses: list[Loss] = []
        self.remarks: list[Remark] = []

    def text(self, text: SourceText | None, line: int) -> str:
        """Our text for one of the file's."""
        return bank_text(text, line, self.losses)

    def feedback(self, text: SourceText | None, line: int) -> dict[str, str]:
        """The field that a feedback fills, where there is one."""
        said = self.text(text, line)
        return {"feedback": said} if said else {}

    def lose(self, line: int, what: str, many: str = "", changed: str = "") -> None:
        """Note a loss."""
        self.losses.append(Loss(line, what, many, changed))

    def lose_part(self, answer: SourceAnswer) -> None:
        """Note that an answer is worth nothing here, and a part of the points there, or less."""
        weight = answer.weight or 0
        if weight > 0:
            what, many = "answer worth part of the points", "answers worth part of the points"
            self.lose(answer.line, what, many, "counted as wrong")
        elif weight < 0:
            self.lose(answer.line, "penalty for a wrong answer", "penalties for wrong answers")

    def remark(self, line: int, what: str, fix: str) -> None:
        """Note what was read otherwise than it was written."""
        self.remarks.append(Remark(line, what, fix))


def faults(fields: dict[str, Any]) -> list[OwnFault]:
    """What is wrong with the fields of a kind's own, as the kind itself sees it."""
    kind = KINDS[fields["kind"]]
    own = {name: value for name, value in fields.items() if name != "kind"}
    try:
        return kind.faults(Question("", kind.name, "", own=own))
    except ValueError as error:
        raise UnfitQuestion(str(error), "write it differently") from None


def sound(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields. Raises UnfitQuestion where their kind would refuse them."""
    if found := faults(fields):
        raise UnfitQuestion(found[0].what, found[0].fix)
    return fields
