"""A bank of one's own: begun, edited at its line, checked again at each save, searched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from quizcli.cli import watching
from quizcli.cli.editing import editor_command
from quizcli.report.codes import UserError
from tests.support.home import Home


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """A home without banks of its own."""
    return Home(tmp_path / "own", sample=False)


def test_a_new_bank_is_good_and_can_be_taken(empty: Home) -> None:
    """Where quizcli finds it, without a fault or a note; its schema lies beside it."""
    ran = empty("bank", "new", "my-notes", "--title", "Notes: a “title”")
    assert ran.code == 0, ran.err
    path = empty.root / "questions" / "my-notes.yaml"
    assert f"Written: {path}" in ran.words
    checked = empty("bank", "check", str(path))
    assert (checked.code, "0 faults" in checked.words, "note" in checked.words) == (0, True, False)
    assert "my-notes" in empty("bank", "list").out
    assert empty("take", "my-notes", text="a\n").code in {0, 1}
    assert empty("bank", "preview", "my-notes/third").code == 0
    first = path.read_text().splitlines()[0]
    schema = path.parent / first.partition("$schema=")[2]
    assert json.loads(schema.read_text())["$schema"]


@pytest.mark.parametrize(
    "title",
    ["Größen", "Größen: “neu” \N{RIGHTWARDS ARROW} π", "भाषा: मॉडल", "循环神经网络 (二)", "5 \N{EURO SIGN}, 'so'",
     "true", "# no remark", "a: b \N{RIGHT-TO-LEFT OVERRIDE}c"],
)  # fmt: skip
def test_a_title_is_written_as_it_is_read(empty: Home, title: str) -> None:
    """Letters of every script as themselves; what cannot be seen as an escape."""
    assert empty("bank", "new", "mine", "--title", title).code == 0
    (path,) = empty.root.rglob("mine.yaml")
    text = path.read_text(encoding="utf-8")
    written = next(line for line in text.splitlines() if line.startswith("title: "))
    hidden = "\N{RIGHT-TO-LEFT OVERRIDE}"
    assert ("\\u202e" in written) == (hidden in title)
    assert hidden not in written
    visible = title.replace(hidden, "\\u202e")
    assert written in {f"title: {visible}", f'title: "{visible}"'}
    assert empty("bank", "show", "mine", "--json").data["bank"]["title"] == title


def test_nothing_is_written_over_and_an_id_is_an_id(empty: Home) -> None:
    empty("bank", "new", "mine")
    text = (empty.root / "questions" / "mine.yaml").read_text()
    ran = empty("bank", "new", "mine")
    assert ran.code == 2
    assert "a bank called 'mine' already" in ran.told
    assert "a bank called 'rnn' already" in empty("bank", "new", "rnn").told
    for bad in ("Two Words", "../up", "", "a/b", "x" * 65, "-"):
        ran = empty("bank", "new", "--", bad)
        assert ran.code == 2, bad
        assert ".yaml" not in ran.err  # there is no such file yet
    ran = empty("bank", "new", "Two Words")
    assert "'Two Words' is not a valid id — use 'two-words': lower-case letters" in ran.told
    assert "a bank needs an id — quizcli bank new" in empty("bank", "new", " ").told
    assert (empty.root / "questions" / "mine.yaml").read_text() == text
    assert sorted(each.name for each in empty.root.iterdir() if each.suffix == ".yaml") == []


def test_where_banks_lie_is_told(empty: Home) -> None:
    empty("bank", "new", "mine")
    assert f"Stored in:\n  {empty.root / 'questions'}\n" in empty("bank", "list").out


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vim", ["vim", "+7", "b.yaml"]), ("/usr/bin/nvim -u NONE", ["/usr/bin/nvim", "-u", "NONE", "+7", "b.yaml"]),
        ("nano", ["nano", "+7", "b.yaml"]), ("code --wait", ["code", "--wait", "--goto", "b.yaml:7"]),
        ("hx", ["hx", "b.yaml:7"]), ("gedit", ["gedit", "b.yaml"]),
        ("'my editor' -x", ["my editor", "-x", "b.yaml"]),
        ("ed; rm -rf x", ["ed;", "rm", "-rf", "x", "b.yaml"]),
    ],
)  # fmt: skip
def test_how_an_editor_is_called(editor: str, command: list[str]) -> None:
    """At the line, where it can; never through a shell."""
    assert editor_command({"EDITOR": editor}, "b.yaml", 7) == command
    assert editor_command({"VISUAL": editor, "EDITOR": "no"}, "b.yaml", 7) == command


@pytest.mark.parametrize("editor", ["", "'unclosed", "   "])
def test_an_editor_that_is_none(editor: str) -> None:
    with pytest.raises(UserError, match="EDITOR is"):
        editor_command({"EDITOR": editor}, "b.yaml", 7)


def test_a_question_is_edited_at_its_line_and_checked(empty: Home, tmp_path: Path) -> None:
    empty("bank", "new", "mine")
    path = empty.root / "questions" / "mine.yaml"
    line = next(
        n for n, text in enumerate(path.read_text().splitlines(), 1) if "id: second" in text
    )
    editor = tmp_path / "vim"
    editor.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/called\nsed -i s/card/crad/ "$2"\n')
    editor.chmod(0o755)
    ran = empty("bank", "edit", "mine/second", EDITOR=str(editor))
    assert (tmp_path / "called").read_text() == f"+{line} {path}\n"
    assert ran.code == 1
    assert "did you mean 'card'?" in ran.out
    ran = empty("bank", "edit", "mine/second", EDITOR=str(editor))  # which has faults now
    assert (tmp_path / "called").read_text().endswith(f"{path}\n")


def test_what_cannot_be_edited_is_told(empty: Home) -> None:
    shipped = empty("bank", "edit", "rnn/gate-width", EDITOR="vim")
    assert shipped.code == 2
    assert "comes with the program — copy it, and your copy is used instead: cp " in shipped.told
    empty("bank", "new", "mine")
    assert "did you mean 'first'?" in empty("bank", "edit", "mine/frist", EDITOR="vim").told
    assert "cannot be started" in empty("bank", "edit", "mine", EDITOR="/none/editor").told
    assert "EDITOR is not set" in empty("bank", "edit", "mine").told


@pytest.mark.parametrize("verb", [("bank", "check"), ("bank", "preview")])
def test_again_at_each_save(
    empty: Home, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]
) -> None:
    """Faults come and go as the file is saved; while it is gone it is awaited; Ctrl-C ends."""
    empty("bank", "new", "mine")
    path = empty.root / "questions" / "mine.yaml"
    good, stamps = path.read_text(), iter(range(1, 100))

    def save(text: str) -> None:
        path.write_text(text)
        os.utime(path, (next(stamps), 1))

    saves = iter([
        lambda: None, lambda: save(good.replace("card", "crad")), path.unlink, lambda: save(good),
    ])  # fmt: skip

    def sleep(_: float) -> None:
        act = next(saves, None)
        if act is None:
            raise KeyboardInterrupt
        act()

    monkeypatch.setattr(watching, "watch", lambda *rest: watch(*rest, sleep))
    watch = watching.watch.__wrapped__ if hasattr(watching.watch, "__wrapped__") else _watch
    ran = empty(*verb, str(path), "--watch")
    assert ran.code == 130
    assert (ran.out + ran.err).count("did you mean 'card'?") == 1
    assert ran.err.count("watching; press Ctrl-C to stop") == 4
    saves = iter([path.unlink, lambda: save(good)])
    ran = empty(*verb, "mine", "--watch")  # by its id
    assert ran.err.count("watching; press Ctrl-C to stop") == 3
    if verb[1] == "preview":
        assert (
            "quizcli: no bank is called 'mine' — the banks are rnn and sequence-models" in ran.err
        )


_watch = watching.watch


def test_a_bank_that_is_not_there(empty: Home) -> None:
    """An id and a file are told with the nearest that there is; what is neither, with all."""
    empty("bank", "new", "mine")
    ran = empty("bank", "check", "mime")
    assert ran.code == 3
    assert "no bank is called 'mime' — did you mean 'mine'?" in ran.told
    assert "the banks are mine, rnn and sequence-models" in empty("bank", "check", "zzzz").told
    folder = empty.root / "questions"
    assert f"did you mean '{folder}/mine.yaml'?" in empty(
        "bank", "check", f"{folder}/mime.yaml"
    ).words.replace("- ", "-")
    assert "did you mean" in empty("take", f"{folder}/mime.yaml").told
    (folder / "mine.yaml").unlink()
    assert "the banks are rnn and sequence-models" in empty("bank", "check", "zzzz").told


def test_questions_are_found_by_their_words(empty: Home) -> None:
    """All words, whatever their case and accents, in every text, over all banks or in one."""
    empty("bank", "new", "mine")
    path = empty.root / "questions" / "mine.yaml"
    path.write_text(path.read_text().replace("What stands in front", "Où est le CAFÉ?"))
    ran = empty("bank", "show", "--search", "cafe ou")
    assert "mine/third" in ran.out
    assert "rnn/" not in ran.out
    data = empty("bank", "show", "--search", "GATE", "--json").data
    assert {each["question"].split("/")[0] for each in data["questions"]} == {
        "rnn",
        "sequence-models",
    }
    assert data["questions"][0]["line"] > 1
    assert "Nothing was found." in empty("bank", "show", "--search", "zzzz gate").words
    assert "rnn" not in empty("bank", "show", "mine", "--search", "this").out
    assert empty("bank", "show").code == 2


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (("kind: matching, prompt: P, pairs: [{id: a, left: dog, right: Tier}, {id: b, left: rose, "
         "right: plant}], distractors: [stone]"), ("dog", "tier rose", "stone")),
        ("kind: ordering, prompt: P, items: [{id: a, text: boil}, {id: b, text: pour}]",
         ("pour boil",)),
        (("kind: text, prompt: P, answers: [softmax], patterns: [normal\\w+], expect: [{answer: "
         "sigmoid, feedback: each by itself}]"), ("softmax", "normal", "sigmoid itself")),
        ("kind: number, prompt: P, answer: 12.5, unit: kHz", ("12.5", "khz")),
        (("kind: number, prompt: 'What is {a} more than 1?', variables: {a: {choices: [41, 43], "
         "default: 43}}, answer: '{a + 1}'"), ("43 more", "44")),
        ("kind: free, prompt: P, model: It keeps the candidate, references: [Ng 2017]",
         ("candidate", "ng 2017")),
        ("kind: cloze, text: 'photo[[a|a way::synthesis]]'", ("photosynthesis", "way")),
        ("kind: card, front: der Hund, back: the dog", ("hund dog",)),
        ("kind: true-false, prompt: P, answer: true, figure: {text: '-->', alt: an arrow}",
         ("arrow",)),
    ],
)  # fmt: skip
def test_all_that_can_be_read_of_a_question_is_searched(
    empty: Home, written: str, words: tuple[str, ...]
) -> None:
    """The answers of every kind, what is foreseen, the usual numbers, a text without its gaps."""
    path = empty.root / "questions" / "mine.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"format: 1\nid: mine\ntitle: M\nquestions:\n  - {{id: q, {written}}}\n")
    for each in words:
        assert "mine/q" in empty("bank", "show", "mine", "--search", each).out, each
