"""An attempt counts once; what is not clear does not count, and is told."""

from __future__ import annotations

from typing import Any

import pytest

from quizcli.scores.hand_in_head import Student
from quizcli.scores.hand_in_store import HandInStore
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.roster import Roster
from quizcli.scores.tries import TryPile
from tests.support.handing_in import ALL_RIGHT, graded, handed_in, the_bank

ADA, BOB = Student("1", "Ada", "b"), Student("2", "Bob", "a")


def told(*hand_ins: Any, roster: Roster | None = None) -> tuple[dict[str, list[str]], list[str]]:
    """The files that count by student, and the lines of the report."""
    pile = TryPile(HandInStore(HandInReader(the_bank()).earned), roster)
    for one in hand_ins:
        pile.add(one)
    pile.refuse("zz.json", ["empty"])
    tries, notes = pile.sorted_out()
    assert notes.pop().reasons == ("empty",)
    counting = {one.name: [pile.store.get(n).file for n in numbers] for one, numbers in tries}
    return counting, [f"{note.file} {note.fate}: {'; '.join(note.reasons)}" for note in notes]


def one(file: str, student: Student = ADA, answers: Any = ALL_RIGHT, **own: Any) -> Any:
    return graded(handed_in(answers, student, **own), file=file)


def test_students_in_order_with_their_tries() -> None:
    assert told(one("a"), one("b", BOB), one("c", day=21)) == (
        {"Bob": ["b"], "Ada": ["a", "c"]}, [],
    )  # fmt: skip


def test_a_copy_is_left_out() -> None:
    assert told(one("b"), one("a")) == ({"Ada": ["a"]}, ["b left out: the same as a"])


def test_an_earlier_state_is_left_out() -> None:
    early = one("z", answers={"gate": ["one"]}, finish=False)
    assert told(early, one("a")) == ({"Ada": ["a"]}, ["z left out: an earlier state of a"])
    later = one("a", answers={"gate": ["one"], "unrolled": ["none"]}, finish=False)
    counting, notes = told(early, later)
    assert counting == {"Ada": ["a"]}
    assert notes == ["a graded: was not finished", "z left out: an earlier state of a"]


def test_two_that_say_different_things_do_not_count() -> None:
    assert told(one("a"), one("b", answers={})) == (
        {},
        ["a not graded: the same attempt as b, but with other answers",
         "b not graded: the same attempt as a, but with other answers"],
    )  # fmt: skip


def test_nor_does_an_attempt_of_two_students() -> None:
    counting, notes = told(one("a", uid="u"), one("b", BOB, uid="u"), one("c", BOB))
    assert counting == {"Bob": ["c"]}
    assert notes == ["a not graded: the same attempt as b, but from another student",
                     "b not graded: the same attempt as a, but from another student"]  # fmt: skip


def test_a_roster_says_who_there_is() -> None:
    """In its order, with who handed in nothing; who is not in it is graded, and told."""
    here = Roster([BOB, Student("01", "Ann"), Student("3", "Cy")])
    counting, notes = told(
        one("a"), one("b", Student("", "bob")), one("c", Student("9", "Cy")), roster=here
    )
    assert counting == {"Bob": ["b"], "Ann": [], "Cy": ["c"], "Ada": ["a"]} | {"Cy": ["c"]}
    assert notes == [
        "a graded: '1' is not in the roster (it has '01': did a spreadsheet drop the leading zeros?)",
        "b graded: matched by name only",
        "c graded: '9' is not in the roster",
    ]


def test_who_says_nothing_of_themselves_is_somebody_else_each_time() -> None:
    pile = TryPile(HandInStore(HandInReader(the_bank()).earned))
    pile.add(one("a", Student(), seed=1))
    pile.add(one("b", Student(), seed=2))
    tries, notes = pile.sorted_out()
    assert [len(files) for _, files in tries] == [1, 1]
    assert notes[0].reasons == ("has neither a name nor a student number",)


def test_one_id_under_two_names_is_told() -> None:
    counting, notes = told(one("a"), one("b", Student("1", "Eve"), day=21))
    assert counting == {"Ada": ["a", "b"]}
    assert notes == ["b graded: '1' is named 'Eve' here, 'Ada' elsewhere"]


@pytest.mark.parametrize(
    ("name", "counts"),
    [("Dora Roth", False), ("dora", False), ("Dora Jong", True), ("Jong, Wim", True),
     ("W. de Jóng", True), ("wjong", True), ("", True), ("Ann Jong", False)],
)  # fmt: skip
def test_a_number_of_one_and_the_name_of_another_count_for_neither(name: str, counts: bool) -> None:
    here = Roster([Student("00023", "Wim Jong", username="wjong"), Student("00031", "Ann Jong")])
    counting, notes = told(one("u023.json", Student("00023", name)), roster=here)
    assert counting["Wim Jong"] == (["u023.json"] if counts else [])
    said = (
        f"u023.json not graded: the number '00023' belongs to Wim Jong, but the file says {name} — "
    )
    assert [each.startswith(said) for each in notes] == ([] if counts else [True])


def test_a_name_that_is_not_said_is_no_other_name() -> None:
    assert told(one("a"), one("b", Student("1"), day=21)) == ({"Ada": ["a", "b"]}, [])


def test_two_of_one_name_without_a_number_are_told() -> None:
    counting, notes = told(
        one("a", Student("", "Sam Lee")), one("b", Student("", "sam lee"), day=21)
    )
    assert counting == {"Sam Lee": ["a", "b"]}
    said = (
        "b graded: has the name 'sam lee' but no student number; taken as another try of the "
        "same student"
    )
    assert notes == [said]
