"""What questions make of variables: of their own, and of those of a scenario that they share.

Each question has its own variables, so a scenario shows those of the question that it stands
before: none of a question without variables, whose braces are letters, and of two questions the
numbers that each drew for itself.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from quizcli.bank.draws import note_on
from quizcli.bank.faults import Fault, Level
from quizcli.quiz.drawing import unused_variables
from quizcli.quiz.model import Place
from quizcli.quiz.templates import used

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.bank.nodes import Node
    from quizcli.quiz.model import Bank, Question


def scenario_faults(bank: Bank, root: Node) -> Iterator[Fault]:
    """Faults of questions before which a scenario shows the names of variables, and notes on those
    before which it shows other numbers than before an earlier one."""
    texts = _texts(root)
    naming = [question for question in bank.questions if "scenario" in question.own]
    naming.sort(key=lambda question: str(question.own["scenario"]))
    for scenario, questions in groupby(naming, lambda question: str(question.own["scenario"])):
        yield from _shared(scenario, texts.get(scenario, ""), list(questions))


def _shared(scenario: str, text: str, questions: Sequence[Question]) -> Iterator[Fault]:
    earlier: dict[str, str] = {}  # the first question that draws each of its variables
    every = {name for question in questions for name in question.own.get("variables", ())}
    shown = used(text, every)
    names = ", ".join(f"{{{name}}}" for name in sorted(shown))
    for question in questions:
        declared = question.own.get("variables", {})
        if shown and not declared:
            what = f"its scenario '{scenario}' shows {names}, and '{question.id}' has no variables"
            fix = f"declare {', '.join(sorted(shown))} in it too, or write them out in the scenario"
            yield Fault(question.place, "scenario", what, fix)
        drawn = [name for name in sorted(shown) if isinstance(declared.get(name), dict)]
        if others := [name for name in drawn if name in earlier]:
            what = f"'{question.id}' draws its own {', '.join(others)}, so its scenario "
            what += f"'{scenario}' shows other numbers here than before '{earlier[others[0]]}'"
            fix = "ask both in one question, or write the numbers into the scenario"
            yield note_on(question, "scenario", what, fix)
        earlier |= {name: question.id for name in drawn if name not in earlier}


def unused_notes(bank: Bank, root: Node) -> Iterator[Fault]:
    """Notes on variables that are drawn for nothing: one that a text names is misspelt there, or
    stands in a formula by a name that is read as TeX."""
    texts = _texts(root)
    for question, node in zip(bank.questions, root.listed("questions"), strict=True):
        scenario = texts.get(str(question.own.get("scenario")), "")
        unused = unused_variables(question, scenario)
        for key in (node.child("variables").items or ())[::2] if unused else ():
            if key.text in unused:
                place = Place(bank.file, key.line, key.column)
                what = f"nothing uses the variable '{key.text}'"
                fix = f"write {{{key.text}}} where it is meant to be shown, or remove it"
                yield Fault(place, "unused", what, fix, Level.NOTE)


def _texts(root: Node) -> dict[str, str]:
    """All that each scenario shows, by its id."""
    scenarios = root.listed("scenarios")
    return {each.child("id").text: "\n\n".join(n.text for n in each.texts()) for each in scenarios}
