"""A quiz in one file in a browser: by keyboard alone, on a phone and on a computer, and marked as
the terminal marks it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.pages.quiz_page import quiz_page
from quizcli.quiz.cards import pure
from quizcli.quiz.grading import Mark
from quizcli.quiz.session import Session
from quizcli.quiz.shuffle import MAX_SEED
from quizcli.quiz.steps import Item
from quizcli.report.words import out_of, percent
from quizcli.scores.hand_ins import HandInReader
from quizcli.terminal.plain_grade import points
from tests.pages.test_quiz_page import EVERY, content, keyless
from tests.support.browser import CHROMIUM, Tab, browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to open a page in")
WORDS = {Mark.RIGHT: "Right", Mark.PARTLY: "Partly right", Mark.WRONG: "Wrong"}
# Answers by question: option ids, texts, pairs, an order.
ANSWERS: dict[str, tuple[str, ...]] = {
    "one": ("inner",),
    "several": ("forget", "reset"),
    "truth": ("true",),
    "period": ("0.0201 s",),
    "width": ("100",),
    "output": ("Soft Max",),
    "parts": ("update: how much enters", "forget: how wide it is"),
    "step": ("the gates", "the blend", "the candidate", "the output"),
    "words": ("It is a door.",),
}


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Writes a page of the bank of every kind, where nothing of it is kept yet."""

    def write(*seeds: int, handed: bool = False) -> Path:
        bank = load_bank(EVERY)
        bank = (keyless(bank) if handed else bank)._replace(title=f"{bank.title} {tmp_path.name}")
        file = tmp_path / "quiz.html"
        file.write_text(quiz_page(content(bank, *seeds)), encoding="utf-8")
        return file

    return write


def given(item: Item) -> tuple[str, ...]:
    """The answer that is given to a question, in ids where its texts have some."""
    ids = {part.text: part.id for part in item.options}
    answer = ANSWERS[item.question.id]
    if item.kind.form == "pairs":
        pairs = [word.split(": ") for word in answer]
        return tuple(f"{left}: {ids[right]}" for left, right in pairs)
    return tuple(ids[text] for text in answer) if item.kind.form == "order" else answer


def at(tab: Tab, selector: str) -> None:
    """Go with the tabulator to what a selector names."""
    for _ in range(60):
        if tab.js(f"document.activeElement.matches({selector!r})"):
            return
        tab.press("Tab")
    raise AssertionError(f"no way to {selector}")


def answer(tab: Tab, item: Item) -> None:
    """Answer a question with keys alone; the focus is above it."""
    words, section = given(item), "#quiz section:not([hidden])"
    if item.kind.form == "choice" and item.kind.several:
        for id in sorted(words, key=item.shown.index):
            at(tab, f'{section} input[value="{id}"]')
            tab.press(" ")
    elif item.kind.form == "choice":
        at(tab, f"{section} input")
        tab.press(" ", *["ArrowDown"] * item.shown.index(words[0]))
    elif item.kind.form == "pairs":
        for word in words:
            left, right = word.split(": ")
            at(tab, f'{section} li[data-id="{left}"] select')
            tab.press(*["ArrowDown"] * (item.shown.index(right) + 1))
    elif item.kind.form == "order":
        for place, id in enumerate(words):
            now = tab.js(
                f"[...document.querySelectorAll('{section} .order li')].map(li => li.dataset.id)"
            )
            at(tab, f'{section} li[data-id="{id}"] button[data-by="-1"]')
            tab.press(*["ArrowUp", "Enter"] * ((now.index(id) - place) // 2))
            tab.press(*["ArrowUp"] * ((now.index(id) - place) % 2))
            if place < len(words) - 1:
                tab.js("document.getElementById('place').focus()")
    else:
        at(tab, f"{section} input, {section} textarea")
        tab.type(words[0])


def text(tab: Tab, selector: str) -> str:
    return str(tab.js(f"document.querySelector({selector!r}).innerText"))


def fits(tab: Tab) -> bool:
    """Whether nothing sticks out at the side."""
    return bool(tab.js("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_a_quiz_is_taken_by_keyboard_and_marked_as_in_the_terminal(
    tab: Tab, written: Any, width: int, dark: bool
) -> None:
    bank = load_bank(EVERY)
    tab.open(written(7, 8), width, dark=dark)
    session = Session(bank, 7, vary=True)
    for place, item in enumerate(session.items, 1):
        assert text(tab, "#place") == f"Question {place} of {len(session.items) + len(pure(bank))}"
        answer(tab, item)
        if item.question.kind in {"number", "text"}:
            tab.press("Enter")
        else:
            at(tab, "#go")
            tab.press("Enter")
        grade = session.answer(given(item))
        said = "Recorded; a person will mark it."
        if grade.counts:
            said = f"{WORDS[grade.mark]}. {points(grade.points, grade.maximum)}."
        assert text(tab, "#verdict") == said, item.question.id
        assert fits(tab)
        at(tab, "#go")
        tab.press("Enter")
        assert tab.js(
            "document.activeElement.id === 'place' || page.state.at + 1 === page.plan.length"
        )
    for _ in pure(bank):
        at(tab, "#go")
        tab.press("Enter", "Enter")
    score = session.score()
    assert text(tab, "#result .earned") == (
        f"{out_of(score.points, score.maximum)} points, {percent(float(score.percent))}%."
    )
    assert f"Cards: you knew {len(pure(bank))} of {len(pure(bank))}." in text(tab, "#result")
    assert fits(tab)
    assert tab.said == []


def test_nothing_is_lost_on_reload(tab: Tab, written: Any) -> None:
    tab.open(written(7))
    items = Session(load_bank(EVERY), 7, vary=True).items
    for item in items:
        answer(tab, item)
        before = tab.js("JSON.stringify(page.given())")
        tab.reload()
        assert tab.js("JSON.stringify(page.given())") == before  # what was only typed
        at(tab, "#go")
        tab.press("Enter")
        verdict = text(tab, "#verdict")
        tab.reload()
        assert text(tab, "#verdict") == verdict
        at(tab, "#go")
        tab.press("Enter")
    assert tab.said == []


def test_what_cannot_be_an_answer_is_told_and_does_not_count(tab: Tab, written: Any) -> None:
    tab.open(written(7))
    bad = {"period": ["", "x", "20 kg", "?"], "output": [""], "several": [None], "parts": [None]}
    for item in Session(load_bank(EVERY), 7, vary=True).items:
        for said in bad.get(item.question.id, []):
            if said is not None:
                at(tab, "#quiz section:not([hidden]) input")
                tab.js("document.activeElement.value = ''")
                tab.type(said)
            at(tab, "#go")
            tab.press("Enter")
            assert text(tab, "#fault")
            assert text(tab, "#go") == "Check"
        at(tab, "#skip")
        tab.press("Enter")
    assert tab.js("Object.keys(page.state.answers).length") == 0


def test_a_slip_is_asked_once_more_and_a_foreseen_answer_has_its_reason(
    tab: Tab, written: Any
) -> None:
    tab.open(written(7))
    items = Session(load_bank(EVERY), 7, vary=True).items
    place = next(i for i, item in enumerate(items) if item.question.id == "output")
    tab.js(f"page.show({place})")
    at(tab, "#quiz section:not([hidden]) input")
    tab.type("sofmax")
    tab.press("Enter")
    assert text(tab, "#fault").startswith("Almost")
    tab.press("Enter")
    assert text(tab, "#verdict").startswith("Wrong")
    tab.js("page.again(0)")
    tab.js(f"page.show({place})")
    at(tab, "#quiz section:not([hidden]) input")
    tab.type("Sigmoid")
    tab.press("Enter")
    assert "It rates each by itself." in text(tab, "#quiz section:not([hidden])")


def test_every_answer_that_is_graded_may_be_called_a_guess(tab: Tab, written: Any) -> None:
    tab.open(written(7))
    for item in Session(load_bank(EVERY), 7, vary=True).items:
        guessing = item.question.kind != "free"
        assert tab.js("document.getElementById('guessing').hidden") is not guessing
        answer(tab, item)
        if guessing:
            at(tab, "#guess")
            tab.press(" ")
            tab.reload()  # what was only ticked
            assert tab.js("document.getElementById('guess').checked")
        at(tab, "#go")
        tab.press("Enter")
        told = "You marked it as a guess." in text(tab, "#verdict")
        assert told is guessing, item.question.id
        assert tab.js("document.getElementById('guessing').hidden")
        assert fits(tab)
        at(tab, "#go")
        tab.press("Enter")
        assert not tab.js("document.getElementById('guess').checked")
    assert tab.js("document.getElementById('guessing').hidden")  # of a card
    assert tab.said == []


def test_a_question_mark_is_part_of_words_and_calls_a_number_a_guess(
    tab: Tab, written: Any
) -> None:
    tab.open(written(7))
    items = Session(load_bank(EVERY), 7, vary=True).items
    for id, said, verdict in (
        ("period", "20 ms?", "Right. 1 of 1 point. You marked it as a guess."),
        ("output", "sigmoid?", "Wrong. 0 of 1 point."),
    ):
        tab.js(f"page.show({next(i for i, one in enumerate(items) if one.question.id == id)})")
        at(tab, "#quiz section:not([hidden]) input")
        tab.type(said)
        tab.press("Enter")
        assert text(tab, "#verdict") == verdict


@pytest.mark.parametrize("handed", [False, True])
def test_an_order_that_was_not_touched_is_asked_for_once_more(
    tab: Tab, written: Any, handed: bool
) -> None:
    tab.open(written(7, handed=handed))
    items = Session(load_bank(EVERY), 7, vary=True).items
    at_order = next(i for i, item in enumerate(items) if item.kind.form == "order")
    tab.js(f"page.show({at_order})")
    for answered in (0, 1):
        at(tab, "#go")
        tab.press("Enter")
        assert tab.js("Object.keys(page.state.answers).length") == answered
        if not answered:
            assert "You have not changed the order" in text(tab, "#fault")
            assert tab.js("document.activeElement.id") == "go"


def test_hints_come_one_by_one(tab: Tab, written: Any) -> None:
    tab.open(written(7))
    items = Session(load_bank(EVERY), 7, vary=True).items
    tab.js(f"page.show({next(i for i, item in enumerate(items) if item.question.id == 'one')})")
    shown = "document.querySelectorAll('#quiz section:not([hidden]) .hint:not([hidden])').length"
    assert tab.js(shown) == 0
    for n in (1, 2):
        at(tab, "#hint")
        tab.press("Enter")
        assert tab.js(shown) == n
    assert tab.js("document.activeElement.id") == "go"
    tab.reload()
    assert tab.js(shown) == 2, tab.js("location.href + JSON.stringify(localStorage)")


def test_what_is_handed_in_earns_what_it_earns_in_the_terminal(tab: Tab, written: Any) -> None:
    bank = load_bank(EVERY)
    tab.open(written(7, MAX_SEED, handed=True))
    at(tab, "#variant")
    tab.press("ArrowDown")
    session = Session(bank, MAX_SEED, vary=True)
    for item in session.items:
        answer(tab, item)
        if item.question.id == "output":
            at(tab, "#guess")
            tab.press(" ")
        at(tab, "#go")
        tab.press("Enter")
        session.answer(given(item))
    at(tab, "#result input[name=id]")
    tab.type("s-1")
    at(tab, "#result input[name=name]")
    tab.type("Ada Lovelace")
    tab.press("Enter", "Enter")  # to the group, and to the button
    assert tab.js("page.state.finished") is None
    tab.press("Enter")
    said = json.loads(tab.js("document.getElementById('handed').value"))
    assert tab.js("document.getElementById('download').download") == "page-s-1.json"
    assert [each["question"] for each in said["answers"] if each["guess"]] == ["output"]
    one = HandInReader(bank).graded(said, "page-s-1.json")
    assert one.remarks == ()
    assert (one.student.id, one.student.name, one.seed) == ("s-1", "Ada Lovelace", MAX_SEED)
    earned = {each.question: each.grade.points for each in one.answers}
    assert earned == {item.question.id: session.outcome(item)[1].points for item in session.items}
    tab.reload()  # what was finished stays so
    assert json.loads(tab.js("document.getElementById('handed').value")) == said
    assert tab.said == []


def test_nothing_is_handed_in_without_being_meant(tab: Tab, written: Any) -> None:
    tab.open(written(7, handed=True))
    count = tab.js("page.plan.length")
    tab.js("window.asked = []; window.confirm = (said) => { asked.push(said); return false; }")
    tab.js("page.end()")
    at(tab, "#result input[name=id]")
    tab.press("Enter", "Enter", "Enter", "Enter")
    assert tab.js("page.state.finished") is None
    (said,) = tab.js("asked")
    assert said.startswith(f"Not answered: {count}. There is no name or number. Finish anyway?")
    tab.js("page.state.student.name = 'Ada'; page.mayFinish()")
    assert tab.js("asked[1]").startswith(f"Not answered: {count}. Finish anyway?")
    tab.js("window.confirm = () => true")
    tab.press("Enter")
    assert tab.js("page.state.finished")


def test_a_cross_stands_beside_what_was_wrong_alone(tab: Tab, written: Any) -> None:
    tab.open(written(7))
    items = Session(load_bank(EVERY), 7, vary=True).items
    shown = "#quiz section:not([hidden])"
    for place, item in enumerate(items):
        if item.question.id not in {"parts", "several"}:
            continue
        tab.js(f"page.show({place})")
        if item.question.id == "several":
            wrong = next(o.id for o in item.options if not o.correct)
            at(tab, f'{shown} input[value="{wrong}"]')
            tab.press(" ")
            at(tab, "#go")
            tab.press("Enter")
            for option in item.options:
                row = text(tab, f'{shown} li[data-id="{option.id}"]')
                assert ("✗" in row) is (option.id == wrong)
                assert ("✓" in row) is option.correct
            continue
        key = [word.split(": ") for word in item.kind.key(item.question)]
        rights = [right for _, right in key]
        texts = {part.id: part.text for part in item.options}
        for (left, _), right in zip(key, [*rights[1:], rights[0]], strict=True):
            at(tab, f'{shown} li[data-id="{left}"] select')
            tab.press(*["ArrowDown"] * (item.shown.index(right) + 1))
        at(tab, "#go")
        tab.press("Enter")
        for (left, right), given in zip(key, [*rights[1:], rights[0]], strict=True):
            lines = text(tab, f'{shown} .places li[data-id="{left}: {right}"]').split("\n")
            said = " ".join(lines)
            assert said.index("✗") < said.index(f"– {texts[given]}")
            assert f"Right: {texts[right]}" in said


def test_a_page_asks_nothing_of_a_network(tab: Tab, written: Any) -> None:
    file = written(7)
    tab.requests.clear()
    tab.open(file)
    asked = {url for url in tab.requests if not url.startswith(("blob:", "data:"))}
    assert asked == {file.as_uri()}


@pytest.mark.skipif("AXE" not in os.environ, reason="AXE names no axe.min.js to judge the page by")
@pytest.mark.parametrize("dark", [False, True])
def test_a_judge_of_accessibility_finds_nothing(tab: Tab, written: Any, dark: bool) -> None:
    axe = Path(os.environ["AXE"]).read_text(encoding="utf-8")
    for handed in (False, True):
        tab.open(written(7, 8, handed=handed), dark=dark)
        tab.do("Page.setBypassCSP", enabled=True)
        tab.reload()
        tab.js(axe + "; true")
        count = tab.js("page.plan.length")
        for place in range(count + 1):
            tab.js(f"page.show({place})" if place < count else "page.end()")
            for _ in range(2):
                found = tab.js(
                    "axe.run().then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.map(n => n.html)])))"
                )
                assert json.loads(found) == [], place
                tab.js(
                    "page.section.querySelectorAll('[hidden]').forEach(e => { e.hidden = false; })"
                )
        tab.do("Page.setBypassCSP", enabled=False)
