"""Quizzes on paper: a form a sheet, its code at the head of each page, no question parted by the
end of a page.

The rule: of a question stands here what is asked, and nothing that says what is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.pages.elements import Html, element, escaped
from quizcli.pages.page import document
from quizcli.pages.style import STYLE
from quizcli.pages.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.pages.wording import Wording
    from quizcli.quiz.steps import Item

_LINES = 8  # to write a free answer on
_PAPER = """
.form+.form{border-top:3px double var(--edge);margin-top:3rem;break-before:page}
.sheet{width:100%;font-size:inherit}
.sheet>thead td,.sheet>tbody>tr>td{border:0;padding:0}
.sheet>thead{display:table-header-group}
.sheet>tbody td:first-child:not(.right){min-width:0}
.running{display:flex;justify-content:space-between;gap:1rem;border-bottom:1px solid var(--edge);
padding:.2rem 0;margin-bottom:.6rem}
.running b,.who,.task h2{white-space:nowrap}
.who{display:flex;gap:1.5rem;margin:.8rem 0}
.who span,.rule,.gap{border-bottom:1px solid var(--ink)}
.who span{flex:1;color:var(--quiet)}
.rule{height:2.1rem}
.gap{display:inline-block;min-width:2.2rem;height:1.2em;margin-right:.4rem}
.task{break-inside:avoid;padding:.5rem 0 .9rem}
.task h2{font-size:1rem;margin:.2rem 0;display:flex;justify-content:space-between}
.task h2 span{font-weight:400;color:var(--quiet)}
.task .options li{grid-template-columns:1.1rem 1.3rem 1fr}
.box{border:1px solid var(--ink);width:.95rem;height:.95rem;margin-top:.28rem}
"""


class PaperForm(NamedTuple):
    """A form under its ``code``: its questions, each with what it is worth in words."""

    code: str
    items: Sequence[Item]
    worth: Sequence[str]


def sheets(title: str, forms: Sequence[PaperForm], language: str = "") -> str:
    """All forms as one file to print; ``language`` is the bank's, "" for no word of it."""
    written = (_sheet(title, form, language) for form in forms)
    plain = wording([title]).plain(title)
    return document(plain, STYLE + _PAPER, element("main", *written))


def _sheet(title: str, form: PaperForm, language: str) -> Html:
    """A table, since its head is all that every browser repeats on each page."""
    plain = wording([title]).plain(title)
    code = f"Form {form.code}"
    running = element("div", element("span", plain), element("b", code), class_="running")
    blanks = (element("span", f"{what}:") for what in ("Name", "Number", "Date"))
    rows = [element("div", *blanks, class_="who")]
    rows += [_task(n, *each) for n, each in enumerate(
        zip(form.items, form.worth, strict=True), 1)]  # fmt: skip
    spoken = {"lang": language} if language else {}
    whole = element(
        "table",
        element("thead", element("tr", element("td", running))),
        element("tbody", *(element("tr", element("td", row)) for row in rows)),
        class_="sheet", role="presentation", **spoken,
    )  # fmt: skip
    return element("section", whole, class_="form", aria_label=code)


def _task(number: int, item: Item, worth: str) -> Html:
    asked = item.question
    lefts = item.kind.lefts(asked)
    words = wording([asked.prompt, *(each.text for each in (*item.options, *lefts))])
    parts = [
        element("h2", f"{number}.", element("span", worth)),
        words.blocks(asked.prompt),
    ]
    if asked.figure:
        drawn = element("pre", asked.figure.text, role="img", aria_label=asked.figure.alt)
        parts.append(element("figure", drawn))
    if ask := item.kind.instruction(asked):
        parts.append(element("p", ask.replace("Type", "Write", 1), class_="quiet"))
    if lefts:
        blank = element("span", class_="gap")
        rows = [element("li", blank, words.line(left.text)) for left in lefts]
        parts.append(element("ol", *rows))
    if item.options:
        rows = [_option(item, place, words) for place in range(len(item.options))]
        parts.append(element("ul", *rows, class_="options"))
    return element("div", *parts, *_room(item), class_="task")


def _option(item: Item, place: int, words: Wording) -> Html:
    option = item.options[place]
    box = element("span", class_="box") if item.kind.chooses else escaped("")
    letter = element("span", item.letter(option.id), class_="letter")
    return element("li", box, letter, element("div", words.blocks(option.text)))


def _room(item: Item) -> list[Html]:
    """Where an answer is written, but for one that is ticked or stands in gaps."""
    match item.kind.form:
        case "choice" | "pairs":
            return []
        case "order":
            return [element("p", "Order: ", *(element("span", class_="gap") for _ in item.options))]
    lines = 1 if item.kind.graded else _LINES
    return [element("div", class_="rule") for _ in range(lines)]
