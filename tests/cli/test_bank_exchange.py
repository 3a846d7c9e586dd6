"""Banks in and out: the report tells what was read, left out and lost; nothing is written half."""

from __future__ import annotations

import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.cli.bank_formats import names
from tests.support.bank_files import EVERYTHING, RNN
from tests.support.home import Home

GIFT = """\
// [id:nile]
::The Nile::How long is the Nile?{=6,650 km#Yes ~665 km}

Salt? <img src=x>{T}

Which one is it?{=a ~b

Who?{=Ada}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a file of another program."""
    (tmp_path / "rivers.gift").write_text(GIFT)
    return Home(tmp_path / "own", sample=False)


def test_an_import_is_a_bank_with_a_report(home: Home, tmp_path: Path) -> None:
    source, bank = tmp_path / "rivers.gift", tmp_path / "big rivers.yaml"
    ran = home("bank", "import", str(source), "-o", str(bank))
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0].endswith("rivers.gift read as GIFT, Moodle's text format: 3 of 4 questions")
    assert (
        "rivers.gift:6: 'Which one is it?' is left out: the answers are never closed — add } after the last one"
        in lines[1]
    )
    assert lines[2].endswith("1 picture dropped (line 4)")
    assert f"Written: {bank}" in ran.words
    assert f"quizcli take '{bank}'" in ran.words  # as a shell reads it
    checked = home("bank", "check", str(bank))
    assert (checked.code, checked.out) == (0, "1 bank checked: 0 faults\n")
    assert "id: big-rivers\ntitle: Big rivers\n" in bank.read_text()
    assert home("take", str(bank), "--plain", "--no-shuffle", text="a\na\nAda\n").code == 0


def test_without_a_file_the_bank_is_printed_and_the_report_told(home: Home, tmp_path: Path) -> None:
    ran = home("bank", "import", str(tmp_path / "rivers.gift"))
    assert ran.out.startswith("# From rivers.gift.")
    assert "3 of 4 questions" in ran.told
    assert "1 picture dropped" in ran.told


def test_a_file_without_questions_is_said_to_have_none(home: Home, tmp_path: Path) -> None:
    """Not 0 of 0."""
    (tmp_path / "empty.gift").write_text("// nothing yet\n")
    ran = home("bank", "import", str(tmp_path / "empty.gift"))
    assert ran.code == 1
    assert "empty.gift read as GIFT, Moodle's text format: no questions" in ran.told


def test_strict_writes_nothing_where_something_is_lost(home: Home, tmp_path: Path) -> None:
    bank = tmp_path / "rivers.yaml"
    ran = home("bank", "import", str(tmp_path / "rivers.gift"), "-o", str(bank), "--strict")
    assert (ran.code, ran.out, bank.exists()) == (1, "", False)
    assert "1 picture dropped" in ran.told
    assert "--strict: nothing is written" in ran.told
    ran = home("bank", "export", "rnn", "--to", "gift", "-o", str(bank), "--strict")
    assert (ran.code, ran.out, bank.exists()) == (1, "", False)
    assert "20 hints dropped" in ran.told


def test_an_update_tells_what_changed_and_keeps_the_rest(home: Home, tmp_path: Path) -> None:
    source, bank = tmp_path / "rivers.gift", tmp_path / "rivers.yaml"
    home("bank", "import", str(source), "-o", str(bank))
    before = bank.read_text()
    ran = home("bank", "import", str(source), "--update", str(bank))
    assert "Nothing changed." in ran.words
    assert bank.read_text() == before
    source.write_text(GIFT.replace("How long is", "How long, in fact, is") + "\nWhere?{=here}\n")
    ran = home("bank", "import", str(source), "--update", str(bank))
    assert "nile prompt changed" in ran.words
    assert "where new" in ran.words
    assert home("bank", "check", str(bank)).code == 0
    kept = [line for line in before.splitlines() if "How long" not in line and "nile" not in line]
    assert [line for line in bank.read_text().splitlines() if line in kept][: len(kept)] == kept


def test_several_files_are_one_bank(home: Home, tmp_path: Path) -> None:
    (tmp_path / "more.gift").write_text("Who?{=Bob}\n\n::The Nile::Where?{=here}\n")
    bank = tmp_path / "all.yaml"
    files = (str(tmp_path / "rivers.gift"), str(tmp_path / "more.gift"))
    ran = home("bank", "import", *files, "-o", str(bank))
    assert "3 of 4 questions" in ran.words
    assert "2 of 2 questions" in ran.words
    text = bank.read_text()
    assert "- id: who  # from who " in text
    assert "- id: who-2  # from who-2 " in text
    assert home("bank", "check", str(bank)).code == 0


@pytest.mark.parametrize(("other", "title"), [("Rivers", "Rivers"), ("Lakes", "All")])
def test_a_bank_has_the_title_of_its_source_and_the_id_of_its_file(
    home: Home, tmp_path: Path, other: str, title: str
) -> None:
    """Of several files the one that they share, or else that of the file. An update changes none."""
    files = tmp_path / "one.gift", tmp_path / "two.gift"
    for file, category in zip(files, ("Rivers", other), strict=True):
        file.write_text(f"$CATEGORY: {category}\n\nIs this in {file.stem}?{{T}}\n")
    bank = tmp_path / "all.yaml"
    assert home("bank", "import", *map(str, files), "-o", str(bank)).code == 0
    assert f"id: all\ntitle: {title}\n" in bank.read_text()
    bank.write_text(bank.read_text().replace(f"title: {title}", "title: Mine"))
    files[0].write_text(files[0].read_text().replace("Is this", "Is it"))
    ran = home("bank", "import", *map(str, files), "--update", str(bank))
    assert "prompt changed" in ran.words
    assert "\ntitle: Mine\n" in bank.read_text()


def test_an_export_twice_is_the_same_and_tells_what_is_lost(home: Home, tmp_path: Path) -> None:
    one, two = tmp_path / "one.gift", tmp_path / "two.gift"
    ran = home("bank", "export", "rnn", "-o", str(one))
    assert ran.code == 0
    assert "20 hints dropped" in ran.words
    assert "10 experiments dropped" in ran.words
    home("bank", "export", "rnn", "--to", "gift", "-o", str(two))
    assert one.read_bytes() == two.read_bytes()
    back = tmp_path / "back.yaml"
    ran = home("bank", "import", str(one), "-o", str(back), "--strict")
    assert ran.code == 0, ran.err
    assert "10 of 10 questions" in ran.words
    assert home("bank", "check", str(back)).code == 0


@pytest.mark.parametrize("name", ["gift", "moodle-xml", "qti-2.1", "qti-3.0", "text2qti", "csv"])
def test_a_price_keeps_the_zero_at_its_end(home: Home, tmp_path: Path, name: str) -> None:
    (tmp_path / "shop.yaml").write_text(
        "format: 1\nid: shop\ntitle: Shop\nquestions:\n"
        "  - {id: q, kind: number, prompt: How much?, answer: '6.50', unit: $, tolerance: '0.5'}\n"
    )
    out, back = str(tmp_path / f"out.{name}"), tmp_path / "back.yaml"
    assert home("bank", "export", f"{tmp_path}/shop.yaml", "--to", name, "-o", out).code == 0
    assert home("bank", "import", out, "--from", name, "-o", str(back)).code == 0
    assert "answer: 6.50\n" in back.read_text()


def test_questions_that_are_left_out_are_named(home: Home, tmp_path: Path) -> None:
    (tmp_path / "cells.gift").write_text("::Cells::Match{=a -> b =c -> d}\n\nTrue?{T}\n")
    bank, out = tmp_path / "cells.yaml", str(tmp_path / "cells.zip")
    home("bank", "import", str(tmp_path / "cells.gift"), "-o", str(bank))
    ran = home("bank", "export", str(bank), "--to", "qti-3.0", "-o", out, "--json")
    found = json.loads(ran.out)
    assert found["left_out"] == ["cells"]
    assert "1 matching question dropped (cells)" in found["losses"]


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("import", "nowhere.gift"), "nowhere.gift cannot be read: no such file", 2),
        (("import", "{}/rivers.gift", "--from", "gfit"), "did you mean 'gift'?", 2),
        (("import", "{}/folder"), "cannot be read: is a directory", 2),
        (("import", "{}/none.bin"), "is not in a known format — name it with --from", 2),
        (("import", "{}/empty.gift"), "no question could be read", 1),
        (("import", "{}/bank.yaml"), "seems to be a bank already — quizcli bank check", 2),
        (("import", "{}/rivers.gift", "--update", "{}/no.yaml"), "no.yaml cannot be read", 2),
        (("import", "{}/rivers.gift", "-o", "{}/bank.yaml"), "overwrite it with --force", 2),
        (("import", "{}/rivers.gift", "-o", "{}/no/b.yaml"), "cannot be written", 1),
        (("export", "rnn"), "which format?", 2),
        (("export", "rnn", "-o", "{}/rnn.doc"), "does not tell the format — name one with --to", 2),
        (("export", "rnn", "--to", "word"), "no format is called 'word'", 2),
        (("export", "rnn", "--to", "gift", "--keyless"), "has no --keyless — leave it out", 2),
        (("export", "nrn", "--to", "gift"), "no bank is called 'nrn' — did you mean 'rnn'?", 3),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(
    home: Home, tmp_path: Path, arguments: tuple[str, ...], told: str, code: int
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "none.bin").write_bytes(b"\x00\x01")
    (tmp_path / "empty.gift").write_bytes(b"")
    (tmp_path / "bank.yaml").write_text("format: 1\n")
    there = sorted(tmp_path.rglob("*"))
    ran = home("bank", *[each.replace("{}", str(tmp_path)) for each in arguments])
    assert (ran.code, told in ran.told) == (code, True), ran.err
    assert [path for path in sorted(tmp_path.rglob("*")) if "own" not in path.parts] == [
        path for path in there if "own" not in path.parts
    ]


CODE = """\
  - id: printed
    kind: single-choice
    prompt: |
      What does *this* print?

      ```python
      if x:
          print(1_000)
      ```

      | a | b |
      |---|---|
      | 1 | `2` |
    explanation: "It is **one** thousand."
    options:
      - {id: a, text: "`1000`", correct: true}
      - {id: b, text: "`1_000`"}
"""


BOTH_WAYS = sorted({*names(read=True)} & {*names(written=True)})


@pytest.mark.parametrize("format", BOTH_WAYS)
@pytest.mark.parametrize("file", [RNN, EVERYTHING], ids=lambda file: file.stem)
def test_an_export_that_nobody_edited_changes_nothing(
    home: Home, tmp_path: Path, file: Path, format: str
) -> None:
    """However little the format holds: not code, nor formulas, variables, hints or units."""
    if format == "anki":
        pytest.importorskip("genanki")
    bank, source = tmp_path / "own.yaml", tmp_path / "own.source"
    text = file.read_text().rstrip("\n") + "\n\n" + CODE
    bank.write_text(text)
    assert home("bank", "export", str(bank), "--to", format, "-o", str(source)).code == 0
    ran = home("bank", "import", str(source), "--from", format, "--update", str(bank))
    assert ran.code == 0, ran.err
    assert bank.read_text() == text
    assert "changed" not in ran.words.replace("Nothing changed.", "")


# These have flashcards alone, or no explanation.
LITTLE = {"aiken", "anki", "anki-text", "quizlet"}


@pytest.mark.parametrize("format", sorted({*BOTH_WAYS} - LITTLE))
def test_what_was_edited_in_an_export_changes_alone(
    home: Home, tmp_path: Path, format: str
) -> None:
    """The explanation; the code above it, which the format may not hold, is as it was."""
    bank, source = tmp_path / "own.yaml", tmp_path / "own.source"
    text = "format: 1\nid: own\ntitle: Own\nquestions:\n" + CODE
    bank.write_text(text)
    (before,) = load_bank(bank).questions
    assert home("bank", "export", str(bank), "--to", format, "-o", str(source)).code == 0
    data = edited(source.read_bytes(), b"thousand", b"million")
    source.write_bytes(data)
    ran = home("bank", "import", str(source), "--from", format, "--update", str(bank))
    assert ran.code == 0, ran.err
    assert "printed explanation changed" in ran.words
    (after,) = load_bank(bank).questions
    assert "million" in after.explanation
    assert (after.id, after.prompt) == (before.id, before.prompt)
    texts = [[(option.id, option.text) for option in each.options] for each in (before, after)]
    assert texts[0] == texts[1]


FORMATTED = """\
format: 1
id: own
title: Own
questions:
  - {id: one, kind: single-choice, prompt: What is *really* true of `x`?, options: [
     {id: a, text: '*Yes*', correct: true}, {id: b, text: Nought}]}
  - {id: two, kind: card, front: The *front* of it, back: Silent}
"""


@pytest.mark.parametrize(
    ("format", "old", "said"),
    [
        ("aiken", b"Nought", "one options changed"),
        ("quizlet", b"Silent", "two back changed"),
        ("anki-text", b"Silent", "two back changed"),
        ("anki", b"Silent", "two back changed"),
    ],
)
def test_a_formatted_question_is_known_in_a_format_without_ids(
    home: Home, tmp_path: Path, format: str, old: bytes, said: str
) -> None:
    """By the words that the format writes of it; what was not edited keeps its formatting."""
    if format == "anki":
        pytest.importorskip("genanki")
    bank, source = tmp_path / "own.yaml", tmp_path / "own.source"
    bank.write_text(FORMATTED)
    assert home("bank", "export", str(bank), "--to", format, "-o", str(source)).code == 0
    source.write_bytes(edited(source.read_bytes(), old, b"Zeroes"))
    ran = home("bank", "import", str(source), "--from", format, "--update", str(bank))
    assert said in ran.words
    one, two = load_bank(bank).questions
    assert (one.id, one.prompt) == ("one", "What is *really* true of `x`?")
    assert (two.id, two.prompt) == ("two", "The *front* of it")


CARDS = """\
format: 1
id: own
title: Own
questions:
  - {id: one, kind: single-choice, prompt: What is true?, options: [
     {id: a, text: Water, correct: true}, {id: b, text: Nought}]}
  - {id: two, kind: text, prompt: What is wet?, answers: [Rain, Snow]}
  - {id: three, kind: card, front: The front, back: Silent}
  - {id: four, kind: cloze, text: "A [[one::first]] and [[two::second]] thing"}
  - {id: five, kind: card, front: Is it?, back: Both}
  - {id: six, kind: card, front: Was it?, back: Both}
"""


@pytest.mark.parametrize("format", ["quizlet", "anki-text"])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Nought", "Zeroes", "one front of its flashcard changed; edit the question here"),
        ("Rain", "Hail", "two back of its flashcard changed; edit the question here"),
        ("What is wet", "Which is", "two front of its flashcard changed; edit the question here"),
        ("Silent", "Loud", "three back changed"),
        ("The front", "Nothing that is alike", "three front changed"),
        ("[first]", "[primary]", "four back of its flashcard changed; edit the question here"),
    ],
)
def test_a_flashcard_is_known_by_the_side_that_was_not_edited(
    home: Home, tmp_path: Path, format: str, old: str, new: str, said: str
) -> None:
    """It was added once more. What a card has no place for is not overwritten by it."""
    bank, source = tmp_path / "own.yaml", tmp_path / "own.source"
    bank.write_text(CARDS)
    assert home("bank", "export", str(bank), "--to", format, "-o", str(source)).code == 0
    source.write_bytes(edited(source.read_bytes(), old.encode(), new.encode()))
    ran = home("bank", "import", str(source), "--from", format, "--update", str(bank))
    assert said in ran.words
    assert ran.words.count("changed") == 2  # and in the head of the table
    kinds = [question.kind for question in load_bank(bank).questions]
    assert kinds == ["single-choice", "text", "card", "cloze", "card", "card"]


def test_a_flashcard_that_matches_nothing_is_added_and_told(home: Home, tmp_path: Path) -> None:
    """Neither side is that of one card alone: of two with one back, either may be meant."""
    bank, source = tmp_path / "own.yaml", tmp_path / "own.txt"
    bank.write_text(CARDS)
    assert home("bank", "export", str(bank), "--to", "quizlet", "-o", str(source)).code == 0
    source.write_bytes(edited(source.read_bytes(), b"Is it?", b"Will that ever be?"))
    ran = home("bank", "import", str(source), "--from", "quizlet", "--update", str(bank))
    assert "will-that-ever-be new: it matches no question here" in ran.words
    assert "five no longer in the source; kept" in ran.words
    assert len(load_bank(bank).questions) == 7


def edited(data: bytes, old: bytes, new: bytes) -> bytes:
    """A file with other words, or a zip whose files have them."""
    if not data.startswith(b"PK"):
        assert old in data
        return data.replace(old, new)
    written = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as before, ZipFile(written, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new))
    return written.getvalue()


@pytest.mark.parametrize("format", ["anki", "anki-text", "quizlet"])
def test_what_a_flashcard_has_no_place_for_is_counted(
    home: Home, tmp_path: Path, format: str
) -> None:
    """Of the bank itself, and of answers that are right as well; and with --strict nothing is
    written."""
    if format == "anki":
        pytest.importorskip("genanki")
    bank, out = tmp_path / "own.yaml", tmp_path / "own.source"
    bank.write_text(
        "format: 1\nid: own\ntitle: Own\ndescription: What it is.\nlanguage: hi\nquestions:\n"
        "  - {id: one, kind: text, prompt: Hello?, answers: [namaste, namaskar]}\n"
    )
    ran = home("bank", "export", str(bank), "--to", format, "--strict", "-o", str(out))
    assert (ran.code != 0, out.exists()) == (True, False)
    for lost in ("1 description of the bank", "1 language of the bank", "1 further answer"):
        assert f"{lost} dropped" in ran.out + ran.err
