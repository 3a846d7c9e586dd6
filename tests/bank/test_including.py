"""Several files that are one bank: whose questions these are, and what is never read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.bank import including
from quizcli.bank.cache import BankCache
from quizcli.bank.check import check_files
from quizcli.bank.faults import BankError
from quizcli.bank.handout import handout
from quizcli.bank.read import read_bank
from quizcli.bank.shelf import load_bank
from quizcli.proof.proving import demo_faults
from tests.support.bank_files import RNN, small

if TYPE_CHECKING:
    from collections.abc import Mapping


def bank(id: str, question: str = "", include: str = "", **replaced: str) -> str:
    """A bank of one question, called as the bank if not said otherwise, or of none."""
    text = small(**{"id: small": f"id: {id}", "- id: one": f"- id: {question or id}"}, **replaced)
    head, questions = text.split("questions:")
    head += f"include: {include}\n" if include else ""
    return head if question == "none" else f"{head}questions:{questions}"


def put(folder: Path, files: Mapping[str, str]) -> Path:
    """These files; the first one is what is opened."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder / next(iter(files))


def asked(path: Path, cache: BankCache | None = None) -> list[str]:
    return [f"{q.id} {Path(q.place.file).name}" for q in load_bank(path, cache).questions]


def told(path: Path) -> list[str]:
    """The faults of a bank, without the folder."""
    with pytest.raises(BankError) as caught:
        load_bank(path)
    return [str(fault).replace(f"{path.parent.as_posix()}/", "") for fault in caught.value.faults]


def test_its_questions_come_first_and_then_those_of_each_file_in_the_order_named(tmp_path):
    """A folder gives its banks in the order of their names, but those that came already."""
    path = put(tmp_path, {
        "all.yaml": bank("all", include="[parts/z.yaml, parts]"),
        "parts/a.yaml": bank("a"),
        "parts/z.yaml": bank("z"),
        "parts/.hidden.yaml": "no bank",
        "parts/notes.txt": "no bank",
    })  # fmt: skip
    assert asked(path) == ["all all.yaml", "z z.yaml", "a a.yaml"]
    place = load_bank(path).question("z").place
    assert (place.line, place.column) == (5, 9)


def test_a_bank_may_hold_nothing_of_its_own(tmp_path):
    files = {"all.yaml": bank("all", "none", "[a.yaml]"), "a.yaml": bank("a")}
    assert asked(put(tmp_path, files)) == ["a a.yaml"]
    assert [faults for _, faults in check_files([tmp_path / "all.yaml"], demo_faults)] == [[], []]


def test_what_is_included_may_include(tmp_path):
    path = put(tmp_path, {
        "all.yaml": bank("all", include="[deep/b.yaml]"),
        "deep/b.yaml": bank("b", include="[er/c.yaml]"),
        "deep/er/c.yaml": bank("c"),
    })  # fmt: skip
    assert asked(path) == ["all all.yaml", "b b.yaml", "c c.yaml"]


def test_a_bank_that_is_split_keeps_its_digest_and_those_of_its_questions(tmp_path):
    """So its history goes on, and nobody is told of an edit."""
    text = RNN.read_text()
    head, questions = text.split("\nquestions:\n")
    first, rest = questions.split("\n  - id: ", 1)
    cut = questions.index("\n  - id: ", len(first) + 20) + 1
    rest = f"format: 1\nid: rest\ntitle: The rest\nquestions:\n{questions[cut:]}"
    whole = f"{head}\ninclude: [rest.yaml]\nquestions:\n{questions[:cut]}"
    split = load_bank(put(tmp_path, {"rnn.yaml": whole, "rest.yaml": rest}))
    before = load_bank(RNN)
    assert len({q.place.file for q in split.questions}) == 2
    assert [(q.id, q.asked, q.digest) for q in split.questions] == [
        (q.id, q.asked, q.digest) for q in before.questions
    ]
    assert split.digest == before.digest


def test_a_language_is_that_of_the_file_and_scenarios_are_as_well(tmp_path):
    number = "questions: [{id: n, kind: number, scenario: s, prompt: How much?, answer: '1,5'}]\n"
    shared = "scenarios: [{id: s, text: In Germany.}]\n"
    german = f"format: 1\nid: de\ntitle: DE\nlanguage: de\n{shared}{number}"
    path = put(tmp_path, {"all.yaml": bank("all", include="[de.yaml]"), "de.yaml": german})
    question = load_bank(path).question("n")
    assert question.own["language"] == "de"
    assert question.prompt.startswith("In Germany.")


def test_a_fault_stands_at_its_own_line_in_its_own_file(tmp_path):
    path = put(tmp_path, {
        "all.yaml": bank("all", include="[a.yaml, b.yaml]", kind="knd"),
        "a.yaml": bank("a", Earth="''"),
        "b.yaml": "id: [\n",
    })  # fmt: skip
    places = [line.split(" ")[0] for line in told(path)]
    assert places == ["a.yaml:9:23:", "all.yaml:7:5:", "b.yaml:2:1:"]
    found = check_files([tmp_path], demo_faults)
    assert [(Path(name).name, len(faults)) for name, faults in found] == [
        ("a.yaml", 1), ("all.yaml", 1), ("b.yaml", 1)
    ]  # fmt: skip


def test_what_is_included_is_checked_as_the_bank_that_it_is(tmp_path):
    """Its notes too, at its own lines, and once, whatever else names it."""
    path = put(tmp_path, {
        "all.yaml": bank("all", include="[a.yaml]"),
        "a.yaml": bank("a", **{"Which planet is ours?": "Which planet is not ours?"}),
    })  # fmt: skip
    for paths in ([path], [tmp_path], [tmp_path / "a.yaml", path]):
        notes = [str(each) for _, found in check_files(paths, demo_faults) for each in found]
        assert len(notes) == 1
        assert notes[0].startswith(f"{tmp_path.as_posix()}/a.yaml:5:9: note: the prompt is phrased")


def test_ids_that_clash_are_told_where_the_second_stands(tmp_path):
    path = put(tmp_path, {
        "all.yaml": bank("all", include="[a.yaml, b.yaml]"),
        "a.yaml": bank("a", "all"),
        "b.yaml": bank("b").replace("- id: b", "- id: b\n    formerly: [all]"),
    })  # fmt: skip
    assert told(path) == [
        "a.yaml:5:9: the question id 'all' is also used in all.yaml:6:9 — give each question of the bank its own id",
        "b.yaml:5:9: its former id 'all' is now the id of a question in all.yaml:6:9 — remove it from 'formerly', or give that question another id",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("gone.yaml", "there is no file 'gone.yaml' — put included files next to the bank, or in a folder there"),
        ("parts/gate.yaml", "there is no file 'parts/gate.yaml' — did you mean 'parts/gates.yaml'?"),
        ("../a.yaml", "'../a.yaml' leads out of the bank's folder"),
        ("parts/../../a.yaml", "'parts/../../a.yaml' leads out of the bank's folder"),
        ("/etc/passwd", "'/etc/passwd' leads out of the bank's folder"),
        ("C:/a.yaml", "'C:/a.yaml' leads out of the bank's folder"),
        ("~/a.yaml", "'~/a.yaml' leads out of the bank's folder"),
        ("parts\\a.yaml", "'parts\\a.yaml' contains a backslash — folders are separated by '/' on every system"),
        ("https://a.org/a.yaml", "'https://a.org/a.yaml' is a web address, and quizcli downloads nothing"),
        ("link.yaml", "'link.yaml' is a link that leads out of the bank's folder"),
        ("links", "'out.yaml' in that folder is a link that leads out of the bank's folder"),
        ("linked", "'linked' is a link that leads out of the bank's folder"),
        ("pipe.yaml", "there is no file 'pipe.yaml'"),
        ("empty", "the folder 'empty' contains no bank — name one that does"),
        ("all.yaml", "'all.yaml' includes this file, and this file includes it"),
    ],
)  # fmt: skip
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes of Unix")
def test_nothing_is_read_that_is_no_file_of_its_folder(entry, sentence, tmp_path):
    """What a stranger's bank names is read without a question; a pipe would keep it waiting."""
    folder = tmp_path / "bank"
    path = put(
        folder, {"all.yaml": bank("all", include=f"['{entry}']"), "parts/gates.yaml": bank("a")}
    )
    outside = put(tmp_path / "outside", {"out.yaml": bank("out")})
    (folder / "empty").mkdir()
    (folder / "links").mkdir()
    (folder / "link.yaml").symlink_to(outside)
    (folder / "links" / "out.yaml").symlink_to(outside)
    (folder / "linked").symlink_to(outside.parent)
    os.mkfifo(folder / "pipe.yaml")
    [line] = told(path)
    assert line.startswith("all.yaml:4:11: ")
    assert line.removeprefix("all.yaml:4:11: ").startswith(sentence)


def test_a_link_to_a_bank_brings_what_lies_beside_the_bank(tmp_path):
    """As one on the shelf may be."""
    files = {"all.yaml": bank("all", include="[a.yaml]"), "a.yaml": bank("a")}
    link = tmp_path / "shelf.yaml"
    link.symlink_to(put(tmp_path / "course", files))
    assert asked(link) == ["all shelf.yaml", "a a.yaml"]


def test_circles_and_files_named_twice_are_told(tmp_path):
    path = put(tmp_path, {
        "all.yaml": bank("all", include="[a.yaml, b.yaml]"),
        "a.yaml": bank("a", include="[b.yaml]"),
        "b.yaml": bank("b", include="[a.yaml]"),
    })  # fmt: skip
    assert told(path) == [
        "all.yaml:4:19: 'b.yaml' is included already, in a.yaml:4 — remove one of the two entries",
        "b.yaml:4:11: 'a.yaml' includes this file, and this file includes it — remove one of the two entries",
    ]  # fmt: skip


def test_there_is_an_end_to_what_is_included(tmp_path, monkeypatch):
    """Of files, of levels and of bytes."""
    files = {f"{n}.yaml": bank(str(n), include=f"[{n + 1}.yaml]") for n in range(20)}
    assert "a bank may include at most 8 levels" in told(put(tmp_path / "deep", files))[0]
    monkeypatch.setattr(including, "MAX_FILES", 3)
    files = {"all.yaml": bank("all", include="[in]"), **{f"in/{n}.yaml": bank(f"q{n}") for n in range(9)}}  # fmt: skip
    assert "a bank may include at most 3 files" in told(put(tmp_path / "many", files))[0]
    monkeypatch.setattr(including, "MAX_BYTES", 500)
    files = {"all.yaml": bank("all", include="[a.yaml]"), "a.yaml": bank("a") + "#" * 400}
    assert "with 'a.yaml' the bank is larger than" in told(put(tmp_path / "big", files))[0]


def test_a_handout_is_not_mixed_with_a_key(tmp_path):
    path = put(tmp_path, {"all.yaml": bank("all", include="[h.yaml]"), "b.yaml": bank("h")})
    (tmp_path / "h.yaml").write_text(handout(load_bank(tmp_path / "b.yaml")).text)
    assert any(
        line.startswith("h.yaml:9:10: a bank cannot combine handouts with banks that have keys — ")
        for line in told(path)
    )


def test_a_handout_of_a_set_is_one_file(tmp_path):
    path = put(tmp_path, {"all.yaml": bank("all", include="[a.yaml]"), "a.yaml": bank("a")})
    whole = load_bank(path)
    handed = read_bank(handout(whole).text.encode(), "handout")
    assert [q.asked for q in handed.questions] == [q.asked for q in whole.questions]
    assert handed.parent == whole.digest


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_a_compiled_set_is_that_of_today(change, tmp_path):
    """Whatever was edited, put beside it or removed since; else no YAML is read."""
    cache = BankCache(tmp_path / "cache")
    files = {
        "all.yaml": bank("all", include="[in]"),
        "in/a.yaml": bank("a"),
        "in/b.yaml": bank("b"),
    }
    path = put(tmp_path / "banks", files)
    fresh = load_bank(path, cache)
    assert load_bank(path, cache) == fresh
    assert cache.get(cache.entry(path.read_bytes(), path.as_posix()), path.as_posix()) is not None
    if change == "edited":
        put(path.parent, {"in/a.yaml": bank("a", "other")})
        assert asked(path, cache)[1:] == ["other a.yaml", "b b.yaml"]
    elif change == "added":
        put(path.parent, {"in/c.yaml": bank("c")})
        assert asked(path, cache)[1:] == ["a a.yaml", "b b.yaml", "c c.yaml"]
    else:
        (path.parent / "in" / "a.yaml").unlink()
        assert asked(path, cache)[1:] == ["b b.yaml"]
