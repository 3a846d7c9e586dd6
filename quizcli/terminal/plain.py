"""Plain mode: a question, a grade, a summary as lines of text, for pipes and screen readers.

Nothing is ever redrawn, no fact is said by colour or place alone, and maths is spelled so that
it can be read aloud.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds import kind_of
from quizcli.quiz.question_list import called, flagged_items
from quizcli.quiz.steps import letter
from quizcli.report.words import ended, no_hint
from quizcli.terminal.blocks import BlockStyle, set_blocks
from quizcli.terminal.layout import wrap
from quizcli.terminal.notation import Form, render
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Item


def say(text: str) -> str:
    """Bank text as plain mode writes it in a line: harmless, with maths in letters."""
    return neutral(render(text, Form.SPOKEN, marks=False))


def lines(text: str, width: int, indent: str = "", hang: str | None = None) -> list[str]:
    """Our own words, with bank text among them, wrapped."""
    return wrap(say(text), width, indent, hang)


def prose(text: str, width: int, indent: str = "", hang: str = "") -> list[str]:
    """Bank text in its blocks; the first line begins with ``indent``."""
    setting = BlockStyle(Form.SPOKEN, width, width, marks=False, aloud=True)
    return [line.text for line in set_blocks(text, setting, indent, hang)]


def question(session: Session, item: Item, number: int, width: int) -> list[str]:
    """A question from its number to its last option."""
    asked = item.question
    flag = ", flagged" if asked.id in session.flags else ""
    total = len(session.items)
    exam = ", exam" if session.policy.exam else ""
    place = f", question {number} of {total}" if total > 1 else ""
    out = lines(ended(f"{session.bank.title}{exam}{place}{flag}"), width)
    return [*out, *card_question(item, width), *spent_hints(session.spent_hints(item), width)]


def card_question(item: Item, width: int) -> list[str]:
    """A question from its prompt to its last option."""
    asked = item.question
    out = prose(asked.prompt, width)
    if asked.figure:
        out += prose(asked.figure.alt, width, "Figure: ")
    instruction = kind_of(asked).instruction(asked)
    if instruction:
        out.append(instruction)
    for number_, left in enumerate(item.kind.lefts(asked), 1):
        out += prose(left.text, width, f"{number_}. ", "   ")
    for index, option in enumerate(item.options):
        out += prose(option.text, width, f"{letter(index)}. ", "   ")
    return out


def hint(text: str | None, width: int, spent: Sequence[str] = ()) -> list[str]:
    """A hint; where there is no further one, those that were ``spent`` once more."""
    if text:
        return prose(text, width, "Hint: ")
    return [no_hint(spent), *spent_hints(spent, width)]


def spent_hints(spent: Sequence[str], width: int) -> list[str]:
    """Hints that were given before."""
    return [line for text in spent for line in prose(text, width, "Hint: ")]


def flagged(session: Session, width: int) -> list[str]:
    """What is flagged, one line a question, with what was answered."""
    out = []
    for item in flagged_items(session):
        answer = session.answers.get(item.question.id)
        given = f"answered {letters(item, answer.response.given)}" if answer else "no answer"
        said = [f"question {session.number(item)}", called(session, item), given]
        out += lines(ended(f"Flagged: {', '.join(filter(None, said))}"), width, "", "   ")
    return out or ["Nothing is flagged."]


def ask(item: Item, *, hints: bool, given: tuple[str, ...] | None = None) -> str:
    """The words before the cursor."""
    example = item.kind.example(item.question, item.shown)
    how = f"such as {example}" if example else "type it"
    if item.kind.chooses and not item.kind.several:
        how = f"a-{letter(len(item.options) - 1)}"
    before = f", empty keeps {letters(item, given)}" if given else ", empty skips"
    hint = ", ? hint" if hints and item.question.hints else ""
    return f"Answer ({how}{before}{hint}, :help): "


def answering(item: Item) -> list[str]:
    """How a question of this kind is answered."""
    example = item.kind.example(item.question, item.shown)
    forms = {"choice": "Answer with a letter", "pairs": "Answer with a letter for each number",
             "order": "Answer with all letters, first to last"}  # fmt: skip
    how = forms.get(item.kind.form, "Type the answer")
    if item.kind.several:
        how = f"Answer with one or more letters, separated by commas: a or {example}."
    else:
        how += f": {example}." if example else "."
    guess = "Add a question mark to mark it as a guess"
    guess += f": {example}?" if example else "."
    if item.kind.literal:
        guess = "Type :guess before it to mark it as a guess."
    said = [how, guess] if item.kind.guesses else [how]
    signs = (
        "Put a backslash before an answer that begins with a colon or is just a question mark: "
        "\\:x or \\?."
    )
    return [*said, signs] if item.kind.literal else said


def commands(*, hints: bool, exam: bool) -> list[str]:
    """What can be done at a question besides to answer it."""
    skips = "An empty line skips."
    done = ":done goes to the end"
    said = [
        f"{skips} A question mark on its own gives a hint." if hints and not exam else skips,
        ":back goes to the previous question, :7 to question 7.",
        ":flag marks a question to look at again, :flagged lists what is marked.",
        f"{done}, where the exam is handed in." if exam else f"{done}.",
        ":quit leaves; your answers are saved.",
    ]
    why = ":why explains every option of the last question answered."
    return said if exam else [*said[:-1], why, said[-1]]


def letters(item: Item, given: Iterable[str]) -> str:
    """An answer: the letters of options in the order shown, or what was typed."""
    return say(item.kind.line(item.question, item.shown, tuple(given))) or "nothing"


def as_typed(item: Item, given: str, marks: str = '""') -> str:
    """What was answered, within a sentence: in quotation marks where it was typed, since it may end
    in any sign. Lines have those that every stream can carry."""
    is_typed = item.kind.form == "typed" and item.kind.graded
    return given.join(marks) if is_typed else given
