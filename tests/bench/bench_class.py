"""Hand-ins of a class over the shipped bank, made by the thousand."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from quizcli.bank.shelf import shipped
from quizcli.scores.hand_in_head import Student
from tests.support.handing_in import handed_in, the_bank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BANK = shipped() / "rnn.yaml"


def hand_in(number: int) -> dict[str, Any]:
    """What one student handed in."""
    chance = random.Random(number)
    options = {q.id: [option.id for option in q.options] for q in the_bank(BANK).questions}
    given = {id: [chance.choice(ids)] for id, ids in options.items() if chance.random() < 0.95}
    return handed_in(given, Student(f"{number:06}", f"Name {number}"), path=BANK, seed=number)


def write_class(folder: Path, students: int) -> None:
    """A folder of hand-ins, as ``score`` writes them."""
    folder.mkdir()
    for number in range(students):
        text = json.dumps(hand_in(number), indent=2, ensure_ascii=False)
        (folder / f"{number:06}.json").write_text(text, encoding="utf-8")


def many(students: int) -> Iterator[dict[str, Any]]:
    """A large class, of which each hundred answered alike."""
    few = [hand_in(number) for number in range(100)]
    for number in range(students):
        data = few[number % 100]
        head = data["attempt"] | {"uid": f"{number:032}", "student": {"id": f"{number}"}}
        yield data | {"attempt": head}
