"""Plain mode: a question, a grade, a summary as lines of text, for pipes and screen readers.

Nothing is ever redrawn, no fact is said by colour or place alone, and maths is spelled so that
it can be read aloud.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.grading import Mark
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.markup import running
from quizcli.quiz.session import letter
from quizcli.report.words import ended, listed, out_of
from quizcli.terminal.blocks import BlockStyle, set_blocks
from quizcli.terminal.layout import wrap
from quizcli.terminal.notation import Form, render
from quizcli.terminal.safe import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.model import Rational
    from quizcli.quiz.session import Item, Session

MODEL = "A model answer:"


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
    return ["There are no more hints.", *spent_hints(spent, width)]


def spent_hints(spent: Sequence[str], width: int) -> list[str]:
    """Hints that were given before."""
    return [line for text in spent for line in prose(text, width, "Hint: ")]


def flagged(session: Session, width: int) -> list[str]:
    """What is flagged, one line a question, with what was answered."""
    out = []
    for item in session.items:
        if item.question.id in session.flags:
            answer = session.answers.get(item.question.id)
            given = f"answered {letters(item, answer.response.given)}" if answer else "no answer"
            number = session.number(item)
            said = ended(f"Flagged: question {number}, {title(item)}, {given}")
            out += lines(said, width, "", "   ")
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
    forms = {"choice": "A letter answers", "pairs": "A letter for each number answers",
             "order": "All letters answer, the first one first"}  # fmt: skip
    how = forms.get(item.kind.form, "What you type answers")
    if item.kind.several:
        how += f", several with commas between them: a or {example}."
    else:
        how += f": {example}." if example else "."
    guess = "A question mark after it marks it as a guess"
    guess += f": {example}?" if example else "."
    if item.kind.literal:
        guess = ":guess in front of it marks it as a guess."
    said = [how, guess] if item.kind.guesses else [how]
    signs = (
        "An answer that begins with a colon, or is ? alone, has a backslash before it: \\:x or \\?."
    )
    return [*said, signs] if item.kind.literal else said


def commands(*, hints: bool, exam: bool) -> list[str]:
    """What can be done at a question besides to answer it."""
    skips = "An empty line skips."
    done = ":done goes to the end"
    said = [
        f"{skips} A question mark alone gives a hint." if hints and not exam else skips,
        ":back goes to the question before, :7 to question 7.",
        ":flag marks a question to look at again, :flagged lists what is marked.",
        f"{done}, where the exam is handed in." if exam else f"{done}.",
        ":quit leaves; your answers are saved.",
    ]
    why = ":why explains every option of the last question answered."
    return said if exam else [*said[:-1], why, said[-1]]


def title(item: Item) -> str:
    """A few words for a question in a list."""
    return item.question.title or item.question.id


def letters(item: Item, given: Iterable[str]) -> str:
    """An answer: the letters of options in the order shown, or what was typed."""
    return say(item.kind.line(item.question, item.shown, tuple(given))) or "nothing"


def as_typed(item: Item, given: str, marks: str = '""') -> str:
    """What was answered, within a sentence: in quotation marks where it was typed, since it may end
    in any sign. Lines have those that every stream can carry."""
    is_typed = item.kind.form == "typed" and item.kind.graded
    return given.join(marks) if is_typed else given


def key_words(item: Item) -> str:
    """The right answer of a question that is answered by typing."""
    return ", ".join(item.kind.describe(item.question, item.key))


def points(got: Rational, of: Rational) -> str:
    """``1 of 1 point``."""
    return f"{out_of(got, of)} point{'' if of == 1 else 's'}"


def earned(grade: Grade) -> str:
    """``right, 1 of 1 point``; of what was only recorded just that."""
    return f"{grade.mark}, {points(grade.points, grade.maximum)}" if grade.counts else grade.mark


def outcome(
    item: Item, response: Response, grade: Grade, width: int, *, every: bool = False
) -> list[str]:
    """What was answered, and its verdict."""
    answer = as_typed(item, letters(item, response.given))
    given = [ended(f"Your answer: {answer}")] if response.given else []
    return [*given, *verdict(item, response, grade, width, every=every)]


def verdict(
    item: Item, response: Response, grade: Grade, width: int, *, every: bool = False
) -> list[str]:
    """Right or wrong, the key, and the reason for what was chosen and for what was missed, or for
    ``every`` option."""
    question = item.question
    if not item.kind.graded:
        said = not_graded(item, grade)
        return [said, *reasons(item, width), *why(item, width)]
    word = {Mark.RIGHT: "Right", Mark.PARTLY: "Partly right", Mark.WRONG: "Wrong"}
    guess = " You marked it as a guess." if response.guess else ""
    marked = f"{word.get(grade.mark, 'Not answered')}. {points(grade.points, grade.maximum)}"
    out = [f"{marked}{tally(item, response, grade)}.{guess}"]
    if grade.mark is not Mark.RIGHT and not (every and item.kind.chooses):
        key = [option for option in item.options if option.correct]
        if item.kind.form in {"pairs", "order"}:
            named = f"answer is {letters(item, item.key)}"
        elif not item.kind.chooses:
            named = f"answer is {key_words(item)}"
        elif len(key) == 1 and running(key[0].text):
            named = f"answer is {item.letter(key[0].id)}, {key[0].text}"
        else:  # their texts were said with the question, and would make one long sentence
            verb = "answer is" if len(key) == 1 else "answers are"
            named = f"{verb} {listed([item.letter(option.id) for option in key])}"
        out += lines(ended(f"The right {named}"), width)
    out += _placed(item, response.given, width)
    out += _options(item, width) if every else _chosen_and_missed(item, response, width)
    if reason := item.kind.reason(question, response.given):
        out += lines(reason, width)
    return [*out, *why(item, width)]


def tally(item: Item, response: Response, grade: Grade) -> str:
    """``: 2 of 3 in a row``, what the points of a partly right answer count."""
    said = item.kind.tally(item.question, response.given) if grade.mark is Mark.PARTLY else ""
    return f": {said}" if said else ""


def not_graded(item: Item, grade: Grade) -> str:
    """What an answer comes to that the program does not grade."""
    if grade.mark is Mark.BLANK:
        return f"Not answered. {points(0, grade.maximum)}." if grade.counts else "Not answered."
    if grade.mark is not Mark.RECORDED:
        return f"{earned(grade).capitalize()}."
    return "Recorded." if item.question.keyless else "Recorded; a person will mark it."


def why(item: Item, width: int) -> list[str]:
    """What to compare an answer with that no program grades, and the explanation."""
    compared, said = model(item), item.question.explanation
    out = prose(compared, width, f"{MODEL} ") if compared else []
    return out + (prose(said, width, "Why: ") if said else [])


def model(item: Item) -> str:
    """The model answer of a question that a person marks."""
    marked = item.kind.quizzed and not item.kind.graded
    return item.kind.back(item.question, "") if marked else ""


def reasons(item: Item, width: int, response: Response | None = None) -> list[str]:
    """Every option with whether it is right and why; the places of an answer as the ``response``
    has them, or else as they are right."""
    out: list[str] = []
    if not item.kind.graded:
        return out
    if item.kind.form == "typed":
        out += lines(ended(f"The right answer is {key_words(item)}"), width)
    given = response.given if response else item.key
    out += _placed(item, given, width)
    return out + _options(item, width)


def _options(item: Item, width: int) -> list[str]:
    out: list[str] = []
    for option in item.options if item.kind.chooses else ():
        right = "right" if option.correct else "wrong"
        named = f"{item.letter(option.id)}. "
        if running(option.text) and running(option.feedback):
            text = f"{named}{option.text}: {right}. {option.feedback}"
            out += lines(text, width, "", "   ")
        else:
            out += prose(option.text, width, named, "   ")
            out += prose(option.feedback, width, f"   {right.capitalize()}. ", "   ")
    return out


def _placed(item: Item, given: tuple[str, ...], width: int) -> list[str]:
    """The places of an answer in pairs or in an order: what was there, and what belongs there."""
    places, is_order = item.kind.placed(item.question, given), item.kind.form == "order"
    out: list[str] = []
    for place in places if given or not is_order else ():
        word = "right" if place.is_right else "wrong" if place.given else "not answered"
        said = f"{place.label.rstrip('.')}, {word}"
        said = ended(f"{said}: {place.given}" if place.given else said)
        if not place.is_right and not is_order:
            said += f" Right: {ended(place.right)}"
        out += lines(said, width, "", "   ")
        if place.given and not place.is_right and place.feedback:
            out += prose(place.feedback, width, "   ", "   ")
    if is_order and any(place.given != place.right for place in places):
        out.append("In the right order:")
        for place in places:
            out += prose(place.right, width, f"{place.label} ", "   ")
    return out


def _chosen_and_missed(item: Item, response: Response, width: int) -> list[str]:
    out: list[str] = []
    are_missed = bool(response.given) and len(item.key) > 1
    for option in item.options if item.kind.chooses else ():
        chosen = option.id in response.chosen
        if (chosen or option.correct) and (reason := option.reason(chosen=chosen)):
            how = "right" if option.correct else "wrong"
            how = "missed" if are_missed and not chosen else how
            out += prose(reason, width, f"{item.letter(option.id)}, {how}: ")
    return out
