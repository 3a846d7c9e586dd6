"""The screen of a question: what is asked stays, what can be pressed is redrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.quiz.grading import Mark
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.steps import letter
from quizcli.terminal.layout import cells
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.views.arranging import arranged, at_cursor, in_short
from quizcli.terminal.views.lines import Lines, Page, form_for

if TYPE_CHECKING:
    from quizcli.quiz.model import Figure, Question
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.asking import Asking


# What is typed into an answer, and what does the same at any time.
SIGNS = frozenset({"?", "!", "-", "@"})
CTRL = {"-": "Ctrl-P", "@": "Ctrl-X", "U": "Ctrl-R", "~": "Ctrl-G"}
# What goes back where Backspace edits an answer, by its form.
GO_BACK = {"typed": "↑", "pairs": "←", "order": "←"}
LOW = 20  # rows of a window in which few questions stand whole


def head(state: Asking, look: OutputStyle, *, timed: bool = True) -> Lines:
    """Title, prompt and figure: printed once; ``timed`` with the time that the answers took, where
    no time limit is told beside the keys."""
    question = state.item.question
    page = Page(look, form_for(question, look))
    page.lines.append(Text(""))  # one more than between paragraphs: here something new begins
    session, total = state.session, len(state.session.items)
    parts = [page.text(session.bank.title)]
    parts += ["exam"] if session.policy.exam else []
    parts += [f"{state.number} of {total}"] if total > 1 else []
    parts += ["flagged"] if question.id in session.flags else []
    timed = timed and session.policy.limit is None
    page.sides(" · ".join(parts), clock(session.duration) if timed else "", "title")
    page.blank()
    prompt(page, question)
    spent = spent_hints(state, look)
    return [*page.lines, *([Text(""), *spent] if spent else [])]


def prompt(page: Page, question: Question) -> None:
    """What is asked: the prompt, its figure, and how to answer."""
    page.prose(question.prompt)
    if question.figure:
        page.blank()
        _figure(page, question.figure)
    instruction = kind_of(question).instruction(question)
    if instruction:
        page.blank()
        page.say(page.own(instruction))


def _figure(page: Page, figure: Figure) -> None:
    """The drawing, or its words where it is too wide."""
    drawn = [f" {neutral(line)}" for line in figure.text.splitlines()]
    if not page.look.unicode:
        drawn = [ascii_only(line, columns=True) for line in drawn]
    if max(map(cells, drawn), default=0) < page.width:
        page.lines += [Text(line) for line in drawn]
    else:
        page.say(page.text(figure.alt))


def spent_hints(state: Asking, look: OutputStyle) -> Lines:
    """The hints that were given before, to be read again."""
    spent = state.session.spent_hints(state.item)
    return [line for text in spent for line in hint(text, state, look)]


def hint(question_hint: str, state: Asking, look: OutputStyle) -> Lines:
    """A hint, to be read above the options."""
    page = Page(look, form_for(state.item.question, look))
    page.entry_prose([(" Hint: ", "accent")], question_hint)
    return page.lines


def options(state: Asking, look: OutputStyle, *, final: bool = False) -> Lines:
    """The options with their letters; the cursor and the ticks where there are any."""
    page = Page(look, form_for(state.item.question, look))
    if state.item.kind.form in {"pairs", "order"}:
        arranged(page, state, final=final)
        return page.lines
    if not state.item.kind.chooses:
        page.entry([(" ▸ ", "here")], neutral(page.own(state.typed if final else _line(state))))
    for index, option in enumerate(state.item.options):
        here = state.cursor == index and not final
        chosen = option.id in state.ticked
        box = ("[x] " if chosen else "[ ] ") if state.several else ""
        pointer = "▸" if here or (final and chosen) else " "
        marked = "here" if pointer != " " else "accent"
        lead = [(f" {pointer} ", "accent"), (letter(index), marked), ("  ", ""), (box, "")]
        page.entry_prose(lead, option.text, "title" if here else "")
    return page.lines


def _line(state: Asking) -> str:
    return with_cursor(state.typed, state.at)


def with_cursor(text: str, at: int) -> str:
    """What is typed, with the cursor as a sign, so that it is seen without colours."""
    before, behind = text[:at], text[at:]
    return f"{before}│{behind}" if behind else f"{before}_"


def footer(state: Asking, look: OutputStyle) -> Lines:
    """Progress in words and as a bar, and the keys that are valid now."""
    page = Page(look, form_for(state.item.question, look))
    if state.message:
        page.say(page.own(state.message), "partly")
    _progress(page, state)
    page.keys(_keys(state))
    return page.lines


def cursor_line(state: Asking, look: OutputStyle) -> Lines:
    """Where the options are too tall to be redrawn: the one under the cursor, and the ticks."""
    page = Page(look, form_for(state.item.question, look))
    if state.item.kind.form in {"pairs", "order"}:
        in_short(page, state)
    elif not state.item.kind.chooses:
        return options(state, look)
    if state.several and state.ticked:
        ticked = [state.item.letter(option.id) for option in state.item.options
                  if option.id in state.ticked]  # fmt: skip
        page.say(page.own(f"Ticked: {', '.join(ticked)}"))
    if state.cursor is not None:
        sign, text = at_cursor(state)
        text = " ".join(page.text(text).split())
        room = look.width - 8
        short = text if len(text) <= room else text[: room - 1] + page.own("…")
        page.entry([(" ▸ ", "accent"), (sign, "here"), ("  ", "")], short)
    return page.lines


def _progress(page: Page, state: Asking) -> None:
    session = state.session
    total = len(session.items)
    done = len(session.answers)
    words = f"{done} answered"
    if page.look.height < LOW:  # the title, with the number, has scrolled away
        words = f"{state.number} of {total}" + (f" · {words}" if session.policy.exam else "")
    right = 0
    if not session.policy.exam:
        right = sum(answer.grade.mark is Mark.RIGHT for answer in session.answers.values())
        words += f" · {right} right"
    if state.remaining is not None:
        words += f" · {clock(max(0, state.remaining))} left"
    words = page.own(words)
    if cells(words) > page.width - 2:
        words = f"{done} answered"
    page.progress(done / total, words, right / total)


def _keys(state: Asking) -> list[tuple[str, str]]:
    session, question = state.session, state.item.question
    keys = answer_keys(state)
    if session.has_hint(state.item):
        keys.append(("?", "hint"))
    keys.append(("Tab", "next" if question.id in session.answers else "skip"))
    if session.position > 0:
        keys.append(("⌫", "back"))
    keys.append(("!", "unflag" if question.id in session.flags else "flag"))
    if len(session.items) > 1 and state.item.kind.chooses:
        keys.append(("#", "go to"))
    return as_typed([*keys, ("Esc", "leave")], state)


def as_typed(keys: list[tuple[str, str]], state: Asking) -> list[tuple[str, str]]:
    """The keys that are valid where an answer is edited: Backspace is part of that. Where it is
    typed: no letters, and signs until it was begun, but those with which it may begin. What has a
    key with Ctrl keeps that."""
    form = state.item.kind.form
    keys = [(GO_BACK.get(form, key) if key == "⌫" else key, what) for key, what in keys]
    if form != "typed":
        return keys
    signs = SIGNS if state.typed else state.item.kind.begins
    named = ((CTRL.get(key, "") if key in signs | {"U", "~"} else key, what) for key, what in keys)
    return [(key, what) for key, what in named if key]


def answer_keys(state: Asking) -> list[tuple[str, str]]:
    """The keys that answer."""
    guess = ("~", "sure" if state.guess else "guess")
    last = letter(len(state.item.options) - 1)
    if state.item.kind.form == "pairs":
        return [("↑ ↓", "choose"), (f"a–{last}", "match"), ("Enter", "answer"), guess]
    if state.item.kind.form == "order":
        lift = "put down" if state.held else "pick up"
        return [(f"a–{last}", "place next"), ("Space", lift), ("Enter", "answer"), guess]
    if not state.item.kind.chooses:
        return [("Enter", "answer"), *([guess] if state.item.kind.guesses else [])]
    if state.several:
        return [(f"a–{last}", "tick"), ("Enter", "answer"), guess]
    return [(f"a–{last}", "answer"), (f"A–{last.upper()}", "guess")]


def clock(seconds: float) -> str:
    """``4:12``, with hours where there are any."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
