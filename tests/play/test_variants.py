"""Questions with variables: asked, resumed, walked through, reviewed, counted, checked, proved."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.quiz.session import Session
from tests.support.taking import desk_with

if TYPE_CHECKING:
    from tests.support.home import Home

VARIED = Path(__file__).parent.parent / "fixtures" / "varied.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """A home with the bank on its shelf."""
    return desk_with(tmp_path / "desk", VARIED)


def draws(desk: Home, attempt: int = 1) -> dict[str, dict[str, str]]:
    """The values that an attempt was asked with."""
    with closing(sqlite3.connect(desk.root / "journal.sqlite3")) as journal:
        [(text,)] = journal.execute("SELECT draws FROM attempts WHERE id = ?", (attempt,))
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def test_a_variable_has_its_default_unless_it_is_to_vary(desk: Home) -> None:
    """By option or setting; one without a default is drawn by the seed."""
    assert "An LSTM with 100 units reads 10,000 words." in desk("take", "varied", text="1\n").words
    said = {
        desk("take", "varied", "--vary", "--seed", str(seed), text="").words for seed in range(9)
    }
    assert len({re.findall(r"with (\d+) units", words)[0] for words in said}) > 1
    desk("config", "set", "vary", "true")
    assert any(
        "with 100 units" not in desk("take", "varied", "--seed", str(seed), text="").words
        for seed in range(9)
    )
    assert "with 100 units" in desk("take", "varied", "--no-vary", text="").words


def test_one_seed_fixes_the_draw(desk: Home) -> None:
    one, two = (
        desk("take", "varied", "--vary", "--seed", "7", text="1\n\n\n").out for _ in range(2)
    )
    assert one.split("Seed")[0] == two.split("Seed")[0]
    assert draws(desk, 1) == draws(desk, 2)


def test_the_draw_is_kept(desk: Home) -> None:
    """A quiz goes on with it, history and score show it, whatever the bank draws by then."""
    desk("take", "varied", "--vary", "--seed", "4", text="7\n")
    before = draws(desk)
    said = desk("take", "varied", "--resume", "--plain", text="b\nabc\n").words
    h = before["layer"]["H"]
    assert f"a layer from {h} to {h} units" in said
    assert f"That is {h} and {h}." in said
    assert draws(desk) == before
    for walked in (desk("history", "1", "--plain").words, desk("history", "1").words):
        assert f"An LSTM with {before['width']['H']} units" in walked
        assert f"a layer from {h} to {h} units" in walked
    path = desk.root / "questions" / "varied.yaml"
    path.write_text(path.read_text().replace("choices: [3, 4, 5, 6]", "choices: [13, 14]"))
    assert f"a layer from {h} to {h} units" in desk("history", "1", "--plain").words


def test_grading_is_of_the_draw(desk: Home) -> None:
    """The key, foreseen answers and their feedback."""
    for seed in range(1, 6):
        bank = load_bank(VARIED)
        items = Session(bank, seed, vary=True).items
        h = items[0].variables["H"]
        said = desk("take", "varied", "--vary", "--seed", str(seed), text=f"{3 * int(h)}\n").words
        assert f"Three gates of {h} are not one." in said
        assert f"The right answer is {h}." in said
        last = items[2]
        order = last.kind.line(last.question, last.shown, last.kind.key(last.question))
        right = f"{h}\na\n{order}\n"
        assert (
            "Score 3 of 3"
            in desk("take", "varied", "--vary", "--seed", str(seed), text=right).words
        )


def test_each_review_draws_anew_and_keeps_it(desk: Home) -> None:
    """After the first, which has the usual numbers."""
    desk("take", "varied", text="100\na\nabc\n")
    asked = set()
    for seed in range(1, 8):
        desk.days(40)
        said = desk("review", "varied", "--new", "0", "--seed", str(seed), text="1\n\n" * 3).words
        asked |= set(re.findall(r"An LSTM with (\d+) units", said))
    assert len(asked) > 1
    with closing(sqlite3.connect(desk.root / "journal.sqlite3")) as journal:
        kept = {row[0] for row in journal.execute(
            "SELECT variables FROM card_log WHERE card = 'varied/width' AND origin = 'review'")}  # fmt: skip
    assert {json.loads(values)["H"] for values in kept} >= asked - {"100"}


def test_mistakes_are_counted_under_each_draw(desk: Home) -> None:
    """The sum of two layers is one mistake, whatever the numbers."""
    for seed in ("1", "2", "3"):
        desk("take", "varied", "--vary", "--seed", seed, text="1\nb\nabc\n")
        desk.days(3)
    found = {
        (m["card"], m["option"]): m["times"] for m in desk("stats", "--json").data["misconceptions"]
    }
    assert found["varied/layer", "sum"] == 3
    assert found["varied/width", "1"] == 3
    exported = desk("journal", "export").out
    log = desk.root.parent / "log.csv"
    log.write_text(exported)
    fresh = desk_with(desk.root.parent / "fresh", VARIED)
    fresh.clock.start = desk.clock.start
    assert fresh("journal", "import", str(log)).code == 0
    assert fresh("stats", "--json").code == 0  # what was drawn is not in the file


def test_the_bank_is_checked_and_proved_under_many_draws(desk: Home) -> None:
    path = desk.root / "questions" / "varied.yaml"
    assert "0 faults" in desk("bank", "check").out
    assert "the key under 20 of 20 seeds" in desk("bank", "prove", "varied", "--seeds", "20").words
    text = path.read_text()
    # A key that is right by the usual numbers alone.
    path.write_text(text.replace('answer: "{H}"', "answer: 100"))
    ran = desk("bank", "prove", "varied", "--seeds", "20")
    assert ran.code == 1
    assert "20 of 20" not in ran.words


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("where: [H != 4]", "where: [H > 9]", "none of 1000 draws satisfies"),
        ("where: [H != 4]", "where: [K != H + 1]", "1 bank checked: 0 faults"),
        (
            "choices: [3, 4, 5, 6]",
            "choices: [2, 3]",
            "with H = 2, K = 4: 'product' and 'sum' look the same",
        ),
        ('answer: "{3 * H}"', 'answer: "{H * 1}"', "anticipated answer '100' is right — remove it"),
        ('answer: "{H}"', 'answer: "{H} apples"', "the question has none"),
        ("reads {V:,} words", "reads {W:,} words", "'W' is not a variable"),
        ("reads {V:,} words", "reads {V:;} words", "';' is not a format"),
        ("reads {V:,} words", "reads {V words", "a brace '{' has no partner"),
        ("text: '{n + 1}'", "text: '{n * n}'", "with n = 2: the text '4' appears in two items"),
        ('set: {units: "{H}"}', 'set: {units: "{H * 1000000}"}', "units"),
        ("    prompt: An LSTM", "    where: [H > V]\n    prompt: An LSTM", "none of 1000 draws"),
        (
            "    prompt: An LSTM",
            "    where: [H != 100]\n    prompt: An LSTM",
            "the defaults do not",
        ),
        ("prompt: In order.", "prompt: 'In order {n == 2:,}.'", "no format that fits a number"),
        ("prompt: In order.", "prompt: 'In order {1 / (n - n)}.'", "division by 0"),
        ("from: 2, to: 4", "from: 2, to: four", "'four' is not a number"),
        ("variables: {n:", "variables: {n: {from: 1, to: 2}, n:", "'n' appears twice"),
    ],
)
def test_faults_of_draws(desk: Home, old: str, new: str, said: str) -> None:
    path = desk.root / "questions" / "varied.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert said in desk("bank", "check", str(path)).words


def test_a_flashcard_has_no_variables(desk: Home) -> None:
    path = desk.root / "questions" / "varied.yaml"
    path.write_text(
        path.read_text() + "  - {id: c, kind: card, front: A, back: B, variables: {H: '= 1'}}\n"
    )
    assert "a question of 'kind: card' takes no variables" in desk("bank", "check", str(path)).words


def test_a_bank_is_shown_and_searched_with_its_usual_numbers(desk: Home) -> None:
    """A template's braces vanish within formulas, and would leave the names of variables there.
    What they are drawn from stands below; the JSON has the template."""
    said = desk("bank", "show", "varied").words
    assert "An LSTM with 100 units reads 10,000 words." in said
    assert "H: from = 50, to = 200, step = 50, default = 100" in said
    assert "From 5 to 5" in said
    assert "varied/width" in desk("bank", "show", "--search", "10,000 words").words
    assert "{V:,}" in desk("bank", "show", "varied", "--json").out


def test_preview_shows_draws(desk: Home) -> None:
    assert "with 100 units" in desk("bank", "preview", "varied/width").words
    shown = {
        desk("bank", "preview", "varied/width", "--seed", str(seed)).words for seed in range(6)
    }
    assert len(shown) > 2


def test_what_was_asked_is_the_template(tmp_path: Path) -> None:
    """Digests are of what may be drawn: the same for every draw, another where that changes."""
    text = VARIED.read_text()
    bank = load_bank(VARIED)
    for seed in range(5):
        for item, written in zip(Session(bank, seed, vary=True).items, bank.questions, strict=True):
            assert (item.question.asked, item.question.digest) == (written.asked, written.digest)
    other = tmp_path / "varied.yaml"
    other.write_text(text.replace("to: 200", "to: 250"))
    edited = load_bank(other).questions[0]
    assert edited.asked != bank.questions[0].asked
    swapped = text.replace(
        '{H: {choices: [3, 4, 5, 6]}, K: "= H * H"}', "{K: '= H * H', H: {choices: [3, 4, 5, 6]}}"
    )
    other.write_text(swapped)
    assert load_bank(other).questions[1].asked == bank.questions[1].asked


def test_what_was_mistaken_is_said_in_the_numbers_of_then(desk: Home) -> None:
    """In statistics, and of a leech; what was right under other numbers is no mistake."""
    desk("config", "set", "leech", "2")
    said = desk("take", "varied", "--vary", "--seed", "1", text="\nb\n").words
    desk.days(5)
    for seed in range(2, 9):
        said += desk("review", "varied", "--new", "0", "--seed", str(seed), text="b\n\n").words
        desk.days(9)
        if "and suspended" in said:
            break
    (told,) = re.findall(r"\d of \d wrong answers were: ([^.]+)\.", said)
    texts = [m["text"] for m in desk("stats", "--json").data["misconceptions"]]
    assert told in texts
    # Each as it was read: no number that the bank has by itself, but was not asked with.
    answered = re.findall(r"\bb\. (\d+)", said)
    for text in texts:
        assert set(re.findall(r"\d+", text)) <= set(answered), (text, said)


@pytest.mark.parametrize("first", [5, 9])
def test_what_was_mistaken_under_other_numbers_is_told_alike(desk: Home, first: int) -> None:
    """Of an option whose text is another under each draw, a leech says what statistics say."""
    desk("config", "set", "leech", "3")
    desk("take", "varied", "--vary", "--seed", "1", text="\nb\n")
    said = ""
    for seed in range(first, first + 18):
        said += desk.days(9)(
            "review", "varied", "--new", "0", "--seed", str(seed), text="b\n\n"
        ).words
        if "and suspended" in said:
            break
    (told,) = re.findall(r"wrong answers were: ([^.]+)\.", said)
    assert told in [m["text"] for m in desk("stats", "--json").data["misconceptions"]]


BY_ZERO = """format: 1
id: bad
title: Bad draws
questions:
  - id: q
    kind: number
    variables: {n: {from: 0, to: 3, default: 1}}
    prompt: What is 12 over {n}?
    answer: "{12 / n}"
"""


def test_a_draw_that_makes_no_sense_is_asked_with_the_usual_values_or_told(tmp_path: Path) -> None:
    bank = tmp_path / "rest.yaml"
    bank.write_text(BY_ZERO)
    desk = desk_with(tmp_path / "desk", bank)
    for seed in range(6):
        ran = desk("take", "bad", "--vary", "--seed", str(seed), text="12\n")
        assert ran.code == 0
        assert re.search("What is 12 over [123]\\?", ran.words)
    bank.write_text(BY_ZERO.replace(", default: 1", ""))
    for verb in ("take", "review"):
        codes = set()
        for seed in range(8):
            desk = desk_with(tmp_path / f"{verb}{seed}", bank)
            ran = desk(verb, "bad", "--seed", str(seed), text="12\n\n")
            codes.add(ran.code)
            if ran.code == 3:
                assert ":5:9: 'q' cannot be asked under seed " in ran.err
                assert ": there is a division by 0 — see quizcli bank check " in ran.err
        assert codes >= {0, 3}


def test_a_draw_that_makes_no_sense_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    """Though no other question is looked at before it is asked."""
    bank = tmp_path / "rest.yaml"
    one, _, other = BY_ZERO.replace(", default: 1", "").partition("  - id: q\n")
    ours = "  - id: first\n    kind: number\n    prompt: What is 1?\n    answer: 1\n"
    bank.write_text(f"{one}{ours}  - id: q\n{other}")
    codes = set()
    for seed in range(12):
        ran = desk_with(tmp_path / str(seed), bank)(
            "take", "bad", "--no-shuffle", "--seed", str(seed)
        )
        codes.add((ran.code, "What is 1?" in ran.words))
    assert codes == {(1, True), (3, False)}
