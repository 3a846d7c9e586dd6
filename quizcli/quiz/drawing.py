"""A question under a draw of its variables: the same question, with other numbers.

The rule: ids and digests are those of the question as it was written; texts, claims, answers and
the numbers of its experiment are those of the draw. A question without variables is left as it is,
and costs nothing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quizcli.quiz.model import Question
    from quizcli.quiz.variables import Variables

    Draws = Mapping[str, Mapping[str, str]]

NO_DRAWS: Draws = {}
NO_VALUES: Mapping[str, str] = {}
DECLARED = ("variables", "where")
# Fields whose texts are names, and not for people.
_NAMES = frozenset(
    {"id", "right_id", "scenario", "language", "variables", "where", "exact", "patterns"}
)


def variables_of(question: Question) -> Variables | None:
    """The variables of a question; None where it has none."""
    if "variables" not in question.own:
        return None
    from quizcli.quiz.variables import declared

    return declared(question.own["variables"], question.own.get("where", ()))[0]


def seen_variables(question: Question) -> Mapping[str, Any]:
    """The declarations of a question without those variables that stand only in its key, its
    feedback or its reasons, and would say how the answer is found."""
    said: Mapping[str, Any] = question.own.get("variables", {})
    if not said:
        return said
    seen = _with_sources(said, _shown_names(question) | _constrained(question))
    found = {name: each for name, each in said.items() if name in seen}
    drawn = [each for each in said.values() if not isinstance(each, str)]
    if len(found) < len(said) and not all("default" in each for each in drawn):
        # Numbers that it has by itself it has all or none of: without the others these are none.
        return {n: _without_default(each) for n, each in found.items()}
    return found


def unseen_in_where(question: Question) -> list[str]:
    """The variables that a constraint names and that stand in texts, none of which a learner is
    shown before answering; in the order declared."""
    said: Mapping[str, Any] = question.own.get("variables", {})
    constrained = _constrained(question)
    if not constrained:
        return []
    shown = _with_sources(said, _shown_names(question))
    standing = _with_sources(said, _names_in(question, texts_of(question)))
    return [name for name in said if name in (constrained & standing) - shown]


def unused_variables(question: Question, scenario: str = "") -> list[str]:
    """The variables on which nothing of a question depends, nor its ``scenario``'s text."""
    said: Mapping[str, Any] = question.own.get("variables", {})
    if not said:
        return []
    demo = question.demo
    texts = [*texts_of(question), *_within(demo.parameters if demo else ()), scenario]
    used = _with_sources(said, _names_in(question, texts) | _constrained(question))
    return [name for name in said if name not in used]


def _shown_names(question: Question) -> set[str]:
    """The variables in what a learner sees before answering."""
    shown = [question.prompt, *(option.text for option in question.options)]
    shown += question.figure or ()
    shown += _within(kind_of(question).asked(question))
    return _names_in(question, shown)


def _names_in(question: Question, texts: Iterable[str]) -> set[str]:
    from quizcli.quiz.templates import used

    return set().union(*(used(text, question.own["variables"].keys()) for text in texts))


def _constrained(question: Question) -> set[str]:
    """The variables that constraints name."""
    from quizcli.quiz.arithmetic import expression

    return set().union(*(expression(text).names for text in question.own.get("where", ())))


def _with_sources(said: Mapping[str, Any], names: set[str]) -> set[str]:
    """These variables, and those that they are derived from."""
    from quizcli.quiz.arithmetic import expression

    derived = {name: expression(text[1:]) for name, text in said.items() if isinstance(text, str)}
    while further := set().union(*(derived[n].names for n in names & derived.keys())) - names:
        names = names | further
    return names


def _without_default(said: Any) -> Any:
    if isinstance(said, str):
        return said
    return {name: each for name, each in said.items() if name != "default"}


def draw(question: Question, seed: int, bank: str, *, vary: bool = True) -> dict[str, str]:
    """The values of a question's variables under a seed, or, unless they are to ``vary``, those
    that it has by itself. Raises NoDraw, ArithmeticFault."""
    variables = variables_of(question)
    if variables is None:
        return {}
    usual = None if vary else variables.defaults()
    return variables.draw(seed, bank, question.id) if usual is None else usual


def usual(question: Question) -> Question:
    """The question with its usual numbers, or some where it has none. Raises NoDraw,
    ArithmeticFault."""
    if question.usual:
        return question.usual.question
    return drawn(question, draw(question, 0, "", vary=False))


def titled(question: Question) -> str:
    """What a question is called in a list of many draws."""
    return usual(question).title or question.id


def instance(
    question: Question, seed: int, bank: str, *, vary: bool, before: Mapping[str, str] | None
) -> tuple[Question, Mapping[str, str]]:
    """The question under the values that it had ``before``, where it can have them still, or under
    new ones, or, where these make no sense in it, its usual ones; and the values. Raises NoDraw,
    whose words are for people."""
    if "variables" not in question.own:
        return question, NO_VALUES
    if question.usual and (before == question.usual.values or not (vary or before)):
        return question.usual
    with suppress(ValueError):
        if before:
            return drawn(question, before), before
    try:
        values = draw(question, seed, bank, vary=vary)
        return drawn(question, values), values
    except ValueError as error:
        if question.usual:
            return question.usual
        from shlex import quote

        from quizcli.quiz.variables import NoDraw

        what = f"{question.place}: '{question.id}' cannot be asked under seed {seed}: {error}"
        check = f"quizcli bank check {quote(question.place.file)}"
        raise NoDraw(f"{what} — see {check}") from None


def drawn(question: Question, values: Mapping[str, str]) -> Question:
    """The question under these values, which has no variables any more. Raises ArithmeticFault
    where they are not all that it needs, or make no sense in it."""
    if not values:
        return question
    from quizcli.quiz.arithmetic import read
    from quizcli.quiz.quantities import has_comma
    from quizcli.quiz.templates import filled, filled_data

    comma = has_comma(question.own.get("language", ""))
    known = {name: read(value) for name, value in values.items()}

    def text(source: str) -> str:
        return filled(source, known, comma=comma)

    demo, figure = question.demo, question.figure
    return question._replace(
        prompt=text(question.prompt),
        options=tuple(
            option._replace(
                text=text(option.text),
                feedback=text(option.feedback),
                missed=text(option.missed),
                claim=filled_data(option.claim, known),
            )
            for option in question.options
        ),
        usual=None,
        title=text(question.title),
        hints=tuple(map(text, question.hints)),
        explanation=text(question.explanation),
        figure=figure and figure._replace(text=text(figure.text), alt=text(figure.alt)),
        demo=demo and demo._replace(parameters=filled_data(demo.parameters, known)),
        own=_own(
            {name: said for name, said in question.own.items() if name not in DECLARED},
            text,
            lambda claim: filled_data(claim, known),
        ),
    )


def _own(data: Any, text: Callable[[str], str], claim: Callable[[Any], Any], name: str = "") -> Any:
    if name in _NAMES:
        return data
    if name == "claim":
        return claim(data)
    if isinstance(data, str):
        return text(data)
    if isinstance(data, dict):
        return {key: _own(value, text, claim, key) for key, value in data.items()}
    return tuple(_own(each, text, claim) for each in data) if isinstance(data, tuple) else data


def texts_of(question: Question) -> Iterator[str]:
    """Every text of a question that may hold variables."""
    figure = question.figure
    yield from question.texts
    for option in question.options:
        yield from (value for value in (option.claim or {}).values() if isinstance(value, str))
    yield from (figure.text, figure.alt) if figure else ()
    yield from _within(question.own)


def _within(data: Any, name: str = "") -> Iterator[str]:
    if isinstance(data, str) and name not in _NAMES:
        yield data
    elif isinstance(data, list):
        yield from _within(tuple(data))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _within(value, key) if key not in _NAMES else ()
    elif isinstance(data, tuple):
        for each in data:
            yield from _within(each)
