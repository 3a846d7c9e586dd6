"""A handout: a bank that can be taken and recorded, and from which nobody learns a key.

It asks what its parent asks, to the letter (``asked`` is the same, and that is checked), under the
same draws; keys, titles (which may be the answer), claims, feedback, hints, explanations and
experiments are left out, and what stands in an order that would say something stands in one that
does not.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.bank.read import read_bank
from quizcli.quiz.cards import quizzed
from quizcli.quiz.drawing import seen_variables, unseen_in_where
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.shuffle import is_shuffled
from quizcli.report.codes import UserError
from quizcli.report.words import listed

if TYPE_CHECKING:
    from quizcli.quiz.model import Bank, Question

_HEAD = """\
# A handout: it can be taken and handed in, and contains no answers.
#
# quizcli take FILE
# quizcli score --format json -o hand-in.json

"""


class Handout(NamedTuple):
    """A bank without its keys: its YAML, and the bank that this is, whose questions stand where
    those that were handed out stand."""

    text: str
    bank: Bank


def handout(bank: Bank) -> Handout:
    """A bank without its keys. Raises UserError for one that has none to leave out."""
    import yaml

    if bank.keyless:
        raise UserError(f"{bank.id} is a handout already")
    questions = [_question(bank, question) for question in quizzed(bank)]
    if not questions:
        raise UserError(f"{bank.id} contains only flashcards — a handout needs questions")
    if telling := [*filter(None, map(_telling, quizzed(bank)))]:
        raise UserError("\n".join(telling))
    head: dict[str, Any] = {
        "format": 1,
        "id": bank.id,
        "title": bank.title,
        "description": bank.description,
        "language": bank.language,
        "keyless": True,
        "parent": bank.digest,
        "defaults": {"credit": bank.credit, "shuffle": bank.shuffle},
        "draw": [{"tag": section.tag, "count": section.size} for section in bank.draw],
    }
    whole = {name: said for name, said in head.items() if said not in ("", [])}
    text = _HEAD + yaml.dump(
        whole | {"questions": questions},
        Dumper=_dumper(),
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
    return Handout(text, _read(bank, text))


def _question(bank: Bank, question: Question) -> dict[str, Any]:
    figure = question.figure
    fields = {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.prompt,
        "variables": dict(seen_variables(question)),
        "figure": {"text": figure.text, "alt": figure.alt} if figure else None,
        "options": _options(bank, question),
        **kind_of(question).without_key(question.own),
        "where": question.own.get("where"),
        "tags": question.tags,
        "points": question.points if isinstance(question.points, int) else str(question.points),
        "difficulty": question.difficulty,
        "time": question.time,
        "credit": question.credit,
        "shuffle": question.shuffle,
    }
    return {n: _plain(said) for n, said in fields.items() if said not in ("", None, (), {}, [])}


def _telling(question: Question) -> str:
    """What to do where a constraint, which a handout needs to draw the same, leads to the key."""
    if not (unseen := unseen_in_where(question)):
        return ""
    seen = listed([name for name in seen_variables(question) if name not in unseen])
    drawn = listed(
        [name for name in unseen if not isinstance(question.own["variables"][name], str)]
    )
    names = f"{listed(unseen)}, which {'is' if len(unseen) == 1 else 'are'} not shown"
    return (
        f"{question.place}: in '{question.id}' 'where' names {names} and may give the key away — "
        f"express the constraint in terms of what is shown{seen and f' ({seen})'}"
        f"{drawn and f', and derive {drawn} from that'}"
    )


def _options(bank: Bank, question: Question) -> list[dict[str, Any]]:
    """The options; by digest where they are shuffled anyway, since many write the key first."""
    kind = kind_of(question)
    if not kind.chooses:
        return []
    options = list(question.options)
    if is_shuffled(question, bank):
        options.sort(key=lambda option: (option.last, blake2b(option.id.encode()).digest()))
    return [
        {"id": option.id, "text": option.text, **({"pin": "last"} if option.last else {})}
        for option in options
    ]


def _plain(said: Any) -> Any:
    """Tuples as lists, which YAML writes."""
    if isinstance(said, dict):
        return {name: _plain(inner) for name, inner in said.items()}
    return [_plain(each) for each in said] if isinstance(said, (list, tuple)) else said


def _dumper() -> Any:
    """Texts of several lines as blocks, as people write them."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """The writer of handouts."""

        def ignore_aliases(self, _data: Any) -> bool:
            return True  # the format has none

    def text(dumper: Any, said: str) -> Any:
        style = "|" if "\n" in said else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", said, style=style)

    Dumper.add_representer(str, text)
    return Dumper


def _read(bank: Bank, text: str) -> Bank:
    """What is handed out, which asks what the bank asks."""
    handed = read_bank(text.encode(), bank.file)
    asked = {question.id: question.asked for question in handed.questions}
    wrong = [q.id for q in quizzed(bank) if asked.get(q.id) != q.asked]
    if wrong:
        raise AssertionError(f"the handout does not ask what the bank asks: {wrong}")
    places = {question.id: question.place for question in bank.questions}
    questions = tuple(each._replace(place=places[each.id]) for each in handed.questions)
    return handed._replace(questions=questions)
