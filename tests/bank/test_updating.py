"""A bank is brought up to date with its source: what changed there comes, what was added here
stays, and no id is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizcli.bank.read import read_bank
from quizcli.bank.updating import BankUpdate, QuestionChange, origin_note, updated
from quizcli.bank.yaml_text import bank_text
from quizcli.quiz.kinds.base import opaque


def choice(id: str, prompt: str, *options: str, **more: Any) -> dict[str, Any]:
    """A single choice, the first option of which is right."""
    parts = [{"id": f"o-{text}", "text": text} for text in options or ("yes", "no")]
    parts[0]["correct"] = True  # type: ignore[assignment]
    return {"id": id, "kind": "single-choice", "prompt": prompt, "options": parts, **more}


SOURCE = [
    choice("nile", "How long is the Nile?", title="The Nile"),
    choice("q1", "Where does the Rhine begin?", title="Q1"),
    choice("which-sea-is-it", "Which sea is it?"),
]


def imported(*questions: dict[str, Any]) -> str:
    """The file of a bank as it was imported."""
    bank = {"format": "1", "id": "seas", "title": "Seas", "questions": questions}
    notes = {each["id"]: origin_note(each["id"], each) for each in questions}
    return bank_text(bank, notes)


def update(text: str, *source: dict[str, Any], named: tuple[str, ...] = ()) -> BankUpdate:
    """The bank after its source became this; it is one, and a second time changes nothing."""
    found = updated(text.encode(), "seas.yaml", source, set(named))
    read_bank(found.text.encode(), "seas.yaml")
    again = updated(found.text.encode(), "seas.yaml", source, set(named))
    assert (again.text, again.written) == (found.text, False)
    return found


def told(found: BankUpdate) -> dict[str, str]:
    return {change.id: change.what for change in found.changes}


def test_an_unchanged_source_changes_nothing() -> None:
    found = update(imported(*SOURCE), *SOURCE)
    assert (found.text, found.changes, found.written) == (imported(*SOURCE), (), False)


def test_what_changed_comes_and_what_was_added_here_stays() -> None:
    text = imported(*SOURCE).replace(
        "    prompt: How long is", "    hints: [It is long]\n    prompt: How long is"
    )
    text = text.replace("  - id: q1", "  # mine\n  - id: q1")
    edited = choice("nile", "How long is the river?", "yes", "never", title="The Nile")
    found = update(text, edited, *SOURCE[1:])
    assert told(found) == {"nile": "prompt and options changed"}
    bank = read_bank(found.text.encode(), "seas.yaml")
    nile = bank.question("nile")
    assert (nile.prompt, nile.hints) == ("How long is the river?", ("It is long",))
    assert [(o.id, o.text) for o in nile.options] == [("o-yes", "yes"), ("o-no", "never")]
    # All other lines are as they were.
    assert text.partition("  # mine")[2] == found.text.partition("  # mine")[2]


def test_what_was_edited_here_alone_stays() -> None:
    text = imported(*SOURCE).replace("Which sea is it?", "Which sea?")
    assert update(text, *SOURCE).text == text


def test_what_was_edited_on_both_sides_is_told() -> None:
    text = imported(*SOURCE).replace("Which sea is it?", "Which sea?")
    found = update(text, *SOURCE[:2], choice("which-sea-is-it", "Which sea is it then?"))
    assert "edited here as well" in told(found)["which-sea-is-it"]


def composers(*said: str, **more: Any) -> dict[str, Any]:
    """Three options with feedback."""
    asked = choice("who", "Who wrote it?", "mozart", "chopin", "bach", **more)
    pairs = zip(asked["options"], said, strict=True)
    return asked | {"options": [o | ({"feedback": f} if f else {}) for o, f in pairs]}


CAME = composers("Yes.", "No.", "Nor he.", explanation="In Vienna.", tags=["Music"])


@pytest.mark.parametrize(
    ("here", "there", "told_of"),
    [
        (
            ("feedback: Yes.", "feedback: Indeed."),
            composers("Yes.", "Later.", "Nor he.", explanation="In Vienna.", tags=["Music"]),
            "options",
        ),
        (
            ("explanation: In Vienna.", "explanation: In Salzburg."),
            composers("Yes.", "Later.", "Nor he.", explanation="In Vienna.", tags=["Music"]),
            "options",
        ),
        (
            ("prompt: Who wrote it?", "prompt: Whose is it?"),
            composers("Yes.", "No.", "Nor he.", explanation="In 1791.", tags=["Music"]),
            "explanation",
        ),
        (
            ("text: bach", "text: J. S. Bach"),
            composers("Yes.", "No.", "Nor he.", explanation="In 1791.", tags=["Opera"]),
            "explanation and tags",
        ),
        (
            ("        feedback: Nor he.\n", ""),
            composers("Yes.", "", "Nor he.", explanation="In Vienna.", tags=["Music"]),
            "options",
        ),
        (
            ("    tags: [Music]\n", "    tags: [Music]\n    hints: [An opera.]\n"),
            composers("Yes.", "No.", "Nor he.", explanation="In 1791.", tags=["Music"]),
            "explanation",
        ),
    ],
)
def test_each_side_has_what_it_alone_edited(
    here: tuple[str, str], there: dict[str, Any], told_of: str
) -> None:
    """A correction made here stays, where the source changed something else of the question."""
    text = imported(CAME)
    assert here[0] in text
    found, theirs = update(text.replace(*here), there), update(text, there)
    assert found.changes == theirs.changes == (QuestionChange("who", f"{told_of} changed"),)
    # Both edits, each at its own lines.
    assert found.text == theirs.text.replace(*here)


def test_a_second_edit_there_is_no_conflict() -> None:
    """Whatever the order of the fields that the source gives, and that they have here."""
    came = {"id": "p", "kind": "number", "prompt": "P", "answer": "1", "tags": ["m"]}
    found = update(imported(came), came | {"answer": "2"})
    assert told(found) == {"p": "answer changed"}
    assert told(update(found.text, came | {"answer": "3"})) == {"p": "answer changed"}


def test_a_digest_by_the_order_of_fields_is_known() -> None:
    """As banks have it that were imported before."""
    came = {"id": "p", "kind": "number", "prompt": "P", "tags": ["m"], "answer": "1"}
    ordered = json.dumps({n: came[n] for n in came if n != "id"})
    older = imported(came).replace(origin_note("p", came), f"from p {opaque(ordered)}")
    assert older != imported(came)
    assert update(older, came).text == older
    found = update(older.replace("prompt: P", "prompt: Q"), came | {"answer": "2"})
    assert (told(found), "prompt: Q" in found.text) == ({"p": "answer changed"}, True)


def test_remarks_stay_above_what_they_were_written_for() -> None:
    text = imported(CAME, SOURCE[0]).replace(
        "\n    options:", "\n    # three of them\n    options:"
    )
    text = text.replace("      - id: o-bach\n", "      # thanks to Eva\n\n      - id: o-bach\n")
    text = text.replace("    explanation: In", "    # see the letter\n    explanation: In")
    changed = composers("Yes.", "Later.", "Nor he.", explanation="In 1791.", tags=["Music"])
    found = update(text, changed, SOURCE[0])
    same = text.replace(": No.", ": Later.").replace("In Vienna.", "In 1791.")
    assert found.text == same.replace(origin_note("who", CAME), origin_note("who", changed))
    more = [*changed["options"], {"id": "o-liszt", "text": "Liszt"}]
    found = update(found.text, {**changed, "options": more, "title": "T"}, SOURCE[0])
    for remark in ("# three of them\n    options:", "# thanks to Eva\n\n      - id: o-bach"):
        assert remark in found.text
    assert "    title: T\n" in found.text
    options = read_bank(found.text.encode(), "b").question("who").options
    assert [each.text for each in options] == ["mozart", "chopin", "bach", "Liszt"]


@pytest.mark.parametrize(
    "written",
    [
        "  - {id: who, kind: number, prompt: P, answer: 1}  # mine",
        "  - id: who\n    kind: number\n    prompt: |\n      P\n      # a heading\n    answer: 1",
        "  - id: who\n    kind: number\n    prompt: >-\n      P\n\n\n    answer: 1",
        '  - id: who\n    kind: number\n    prompt: "P\n      and"\n    answer: 1\n  # last',
        "  -   id: who\n      kind: number\n      prompt: P\n      answer: 1",
        "  - kind: number\n    answer: 1\n    prompt: P\n    id: who  # mine",
    ],
)
def test_however_a_question_is_written(written: str) -> None:
    """Only what changed is written anew, or all of a question in brackets."""
    text = f"format: 1\nid: b\ntitle: B\nquestions:\n{written}\n"
    prompt = read_bank(text.encode(), "b").question("who").prompt.rstrip("\n")
    asked = {"id": "who", "kind": "number", "prompt": prompt, "answer": "2"}
    found = update(text, asked, named=("who",))
    assert read_bank(found.text.encode(), "b").question("who").own["answer"] == "2"
    if "{" not in written:
        bare = found.text.replace(f"  # {origin_note('who', asked)}", "")
        assert bare == text.replace("answer: 1", "answer: 2")


@pytest.mark.parametrize("right", ["true", "false"])
def test_a_statement_keeps_both_its_options(right: str) -> None:
    def statement(right: str, said: str) -> dict[str, Any]:
        options: list[dict[str, Any]] = [{"id": "true"}, {"id": "false", "feedback": said}]
        options[right == "false"]["correct"] = True
        return {"id": "water", "kind": "true-false", "prompt": "Is it?", "options": options}

    text = imported(statement("true", "No.")).replace("- id: 'false'", "- id: false")
    found = update(text, statement(right, "Never."))
    options = read_bank(found.text.encode(), "seas.yaml").question("water").options
    assert [(o.id, o.correct, o.feedback) for o in options] == [
        ("true", right == "true", ""),
        ("false", right == "false", "Never."),
    ]


def test_new_questions_stand_where_the_source_has_them_and_old_ones_are_kept() -> None:
    new = choice("new", "What is new?")
    first, last = choice("first", "What is first?"), choice("last", "What is last?")
    found = update(imported(*SOURCE), first, SOURCE[0], new, SOURCE[2], last)
    ids = [each.id for each in read_bank(found.text.encode(), "b").questions]
    assert ids == ["first", "nile", "new", "q1", "which-sea-is-it", "last"]
    assert told(found) == {
        "first": "new: it matches no question here",
        "new": "new: it matches no question here",
        "last": "new: it matches no question here",
        "q1": "no longer in the source; kept",
    }
    assert "\n\n\n" not in found.text


def test_a_numbered_title_is_no_name() -> None:
    """A question put in before it moves all numbers: each keeps its own history."""
    found = update(
        imported(*SOURCE),
        SOURCE[0],
        choice("q1", "What is a delta?", title="Q1"),
        choice("q2", "Where does the Rhine begin?", title="Q2"),
        SOURCE[2],
    )
    bank = read_bank(found.text.encode(), "b")
    assert bank.question("q1").prompt == "Where does the Rhine begin?"
    assert bank.question("q1-2").prompt == "What is a delta?"


def test_a_renamed_question_is_found_by_its_note() -> None:
    text = imported(*SOURCE).replace("- id: nile ", "- id: the-long-river ")
    edited = choice("nile", "How many kilometres?", title="The Nile")
    found = update(text, edited, *SOURCE[1:])
    assert read_bank(found.text.encode(), "b").question("the-long-river").prompt == edited["prompt"]


def test_one_without_a_title_is_found_by_its_place() -> None:
    found = update(
        imported(*SOURCE), *SOURCE[:2], choice("which-of-the-seas", "Which sea is it, then?")
    )
    assert told(found) == {"which-sea-is-it": "prompt changed"}


def test_an_id_of_the_source_is_an_id() -> None:
    found = update(imported(*SOURCE), choice("nile", "Another thing?"), named=("nile",))
    assert told(found)["nile"] == "prompt changed"


@pytest.mark.parametrize("end", ["", "scenarios:\n  - {id: s, text: At sea}\n", "# the end\n"])
def test_what_stands_behind_the_questions_stays(end: str) -> None:
    text = imported(*SOURCE) + end
    found = update(text, *SOURCE, choice("new", "What is new?"))
    assert found.text.endswith(end)
    assert not found.rewritten


def test_lines_end_as_they_did() -> None:
    text = imported(*SOURCE).replace("\n", "\r\n")
    found = update(text, *SOURCE, choice("new", "What is new?"))
    assert "\n" not in found.text.replace("\r\n", "")
    assert not found.rewritten


def test_a_bank_on_one_line_is_written_anew() -> None:
    text = (
        "{format: 1, id: seas, title: Seas, questions: [{id: q, kind: true-false, "
        "prompt: Salt?, answer: true}]}"
    )
    found = update(text, *SOURCE)
    assert found.rewritten
    assert "Salt?" in found.text


BLOCKS = """format: 1
id: seas
title: Seas
questions:
  - id: sea
    kind: single-choice
    prompt: |
      Which sea is it?
    options:
      - id: first
        text: |
          north
        correct: true
        missed: Look north.
      - {id: second, text: red}
    explanation: |+
      It lies north.

"""


def sea(*options: str) -> dict[str, Any]:
    return choice("sea", "Which sea is it?", *options, explanation="It lies north.")


def test_how_a_block_ends_is_no_change() -> None:
    found = update(BLOCKS, sea("north", "red"))
    assert (found.text, found.changes, found.written) == (BLOCKS, (), False)


def test_an_option_in_a_block_keeps_its_id_and_what_was_added() -> None:
    found = update(BLOCKS, sea("north", "red", "dead"))
    assert told(found) == {"sea": "options changed"}
    assert not found.rewritten
    first = read_bank(found.text.encode(), "b").question("sea").options[0]
    assert (first.id, first.missed) == ("first", "Look north.")


def river(prompt: str, answer: str = "5") -> dict[str, Any]:
    return {"id": "q", "kind": "number", "prompt": prompt, "answer": answer}


@pytest.mark.parametrize("unit", ["ms", "$", "m/s", "(a) b"])
@pytest.mark.parametrize("own", ["How much is it?", r"A pen costs \$5: what do two cost?"])
def test_the_unit_that_an_export_put_behind_the_prompt_is_no_edit(unit: str, own: str) -> None:
    """As it was written there, with its dollars escaped or not; whatever else is edited is."""
    text = imported(river(own)).replace("answer: 5", f"answer: 5\n    unit: {unit}")
    for put in (unit, unit.replace("$", "\\$")):
        found = update(text, river(f"{own} ({put})"))
        assert (found.text, found.changes) == (text, ())
        assert told(update(text, river(f"{own} ({put})", "6"))) == {"q": "answer changed"}
        found = update(text, river(f"Or so: {own} ({put})"))
        assert told(found) == {"q": "prompt changed"}
        assert f"({put})" not in found.text
    assert told(update(text, river(f"{own} (cm)"))) == {"q": "prompt changed"}


def test_a_prompt_with_a_unit_of_its_own_keeps_it() -> None:
    text = imported(river("How long? (ms)")).replace("answer: 5", "answer: 5\n    unit: ms")
    for put in ("", " (ms)"):
        found = update(text, river(f"How long? (ms){put}"))
        assert (found.text, found.changes) == (text, ())
    assert "prompt: How long?\n" in update(text, river("How long?")).text


def number(answer: str, **more: Any) -> dict[str, Any]:
    return {"id": "n", "kind": "number", "prompt": "How many?", "answer": answer, **more}


@pytest.mark.parametrize(
    ("own", "exported"),
    [
        (number("1/3"), number("0.333333333333333")),
        (number("5 ms", unit="s", tolerance="2 ms"), number("0.005", tolerance="0.002")),
        (number("$7", unit="$"), number("7")),
        (number("200", tolerance="1%"), number("200", tolerance="2")),
        (
            number("1", expect=[{"answer": "2/3", "feedback": "Twice.", "claim": {"n": "2"}}]),
            number("1", expect=[{"answer": "0.666666666666667", "feedback": "Twice."}]),
        ),
    ],
)
def test_a_number_that_an_export_wrote_otherwise_is_no_edit(
    own: dict[str, Any], exported: dict[str, Any]
) -> None:
    """A third became 333333333333333/1000000000000000, for which 1/3 was a wrong answer."""
    text = bank_text({"format": "1", "id": "seas", "title": "Seas", "questions": [own]})
    assert update(text, exported, named=("n",)).written is False
    edited = update(text, exported | {"answer": "9"}, named=("n",))
    assert "answer: 9" in edited.text
    assert "%" not in edited.text


@pytest.mark.parametrize(
    ("own", "source"),
    [
        (number("1", expect=[{"answer": "2", "feedback": "Twice."}]), number("1")),
        (
            {"id": "n", "kind": "text", "prompt": "So?", "answers": ["a"], "patterns": ["b+"]},
            {"id": "n", "kind": "text", "prompt": "So?", "answers": ["a"]},
        ),
    ],
)
def test_what_no_question_of_the_source_has_is_not_gone_there(
    own: dict[str, Any], source: dict[str, Any]
) -> None:
    """A spreadsheet holds no anticipated answers; an edit of another cell took them away."""
    text = bank_text({"format": "1", "id": "seas", "title": "Seas", "questions": [own]})
    found = update(text, source | {"prompt": "And so?"}, named=("n",))
    assert told(found) == {"n": "prompt changed"}
    (name,) = own.keys() & {"expect", "patterns"}
    assert f"{name}:" in found.text


def test_feedback_that_no_option_of_the_source_has_stays() -> None:
    own = choice("q", "So?")
    own["options"][1]["feedback"] = "Why not?"
    text = bank_text({"format": "1", "id": "seas", "title": "Seas", "questions": [own]})
    found = update(text, choice("q", "And so?"), named=("q",))
    assert told(found) == {"q": "prompt changed"}
    assert "Why not?" in found.text


GAPS = "Water boils at [[t|°C::100]] degrees and freezes at [[f::0]]. `a[[0]]`"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"Water boils at [[100::100]] degrees and freezes at [[0::0]]. `a\[[0\]]`", GAPS),
        (
            "Water freezes at [[0::0]] and boils at [[100::100]], [[so::so]].",
            "Water freezes at [[f::0]] and boils at [[t|°C::100]], [[so::so]].",
        ),
        ("At [[100|hot::100]] it boils.", "At [[t|hot::100]] it boils."),
        ("At [[f::99]] it boils, at [[0::0]] not.", "At [[f::99]] it boils, at [[0::0]] not."),
    ],
)
def test_gaps_keep_their_ids(source: str, text: str) -> None:
    """What was learned is kept under them; an import names each gap after its answer."""
    own = {"id": "g", "kind": "cloze", "text": GAPS}
    bank = bank_text({"format": "1", "id": "seas", "title": "Seas", "questions": [own]})
    found = update(bank, {"id": "g", "kind": "cloze", "text": source}, named=("g",))
    (question,) = read_bank(found.text.encode(), "seas.yaml").questions
    assert question.prompt == text
