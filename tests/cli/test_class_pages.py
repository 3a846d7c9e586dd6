"""A class as a page to keep: its marks, its items, and whatever names are in it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.scores.test_item_report import a_bank
from tests.support.classes import made_up
from tests.support.handing_in import Student, handed_in
from tests.support.home import Home
from tests.support.parsed import parsed

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ('Ada, the "first"', "<script>alert(1)</script>", "=cmd()|'/C calc'!A0", "\u202eesrever",
         "A $B$ C", "</td></table><h1>x", "&lt;b&gt;")  # fmt: skip


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Staff with a hundred hand-ins, one cut off, and a bank of which the first key is wrong."""
    root = tmp_path_factory.mktemp("staff")
    home, made = Home(root, sample=False), made_up(3, 100)
    (root / "in").mkdir()
    (root / "questions").mkdir()
    bank = root / "questions" / "ten.yaml"
    bank.write_text(a_bank("abcd"[made.popular(0)]))
    for number, row in enumerate(made.choices):
        given = {f"q{n}": ["abcd"[choice]] for n, choice in enumerate(row)}
        name = NAMES[number] if number < len(NAMES) else f"Student {number}"
        data = handed_in(given, Student(f"{number:04}", name), path=bank, seed=number)
        (root / "in" / f"{number:04}.json").write_text(json.dumps(data))
    (root / "in" / "cut<b>.json").write_text("{")
    return home


def test_the_marks_are_a_page(staff: Home) -> None:
    ran = staff("class", "grade", "ten", "in", "--html", "g.html", "--force")
    assert (ran.code, ran.out) == (1, "")
    assert "written to g.html" in ran.told
    found = parsed((staff.root / "g.html").read_text("utf-8"))
    assert found.faults == []
    assert "script" not in found.tags
    words = " ".join(found.words.split())
    for said in (
        "100 students graded · mean", "The key of 'q0' is wrong (nearly certain)",
        "% of its points · ✗ key wrong: nearly certain", "What of 0?", "Students:",
        "<script>alert(1)</script>", "<U+202E>esrever", "A $B$ C", "</td></table><h1>x",
        "&lt;b&gt;", "in/cut<b>.json", "cut off on line 1", "Two-parameter model",
        "quizcli class grade ten in --policy best --html g.html",
    ):  # fmt: skip
        assert said in words, said


def test_a_doubted_key_is_told_with_the_command_that_tries_another(staff: Home) -> None:
    out = staff("class", "items", "ten", "in").out
    (told,) = [line for line in out.splitlines() if "quizcli class regrade" in line]
    command = told.split(" TEXT")[0]
    words = command.replace("…", "ten in").split()[1:]
    ran = staff(*words, "misprint")
    assert "the key of q0 is a — misprint" in " ".join(ran.out.split())
    assert " gain · " in ran.out
    staff(*words, "misprint", "-o", "repair.yaml")
    mended = staff("class", "items", "ten", "in", "--repair", "repair.yaml").out
    assert "class regrade" not in mended


def test_each_figure_has_its_name_and_formula(staff: Home) -> None:
    """Of the quiz and of each item; and each picture its sentence."""
    ran = staff("class", "items", "ten", "in", "--html", "i.html", "--force")
    assert (ran.code, ran.out) == (1, "")
    assert "in/cut<b>.json: not graded: cut off" in ran.told
    text = (staff.root / "i.html").read_text("utf-8")
    found = parsed(text)
    assert found.faults == []
    assert "Student 9" not in text
    words = found.words
    for name, formula in (("Alpha", "Cronbach's alpha = k / (k − 1)"), ("Median", "the middle value of t"),
                          ("Error ratio", "100 · √(1 − alpha)")):  # fmt: skip
        assert words.count(formula) == 1
        assert name in words
    for formula in ("Pearson's correlation of x and r", "100 · √cov(x, t) / Σ √cov(x, t)"):
        assert words.count(formula) == 10
    for says, count in (("Chosen in the lowest, middle and highest third: a ", 20),
                        ("Facility and item-rest correlation: q0 ", 2),
                        ("Students: ", 2), ("The quiz tells most about abilities around", 2),
                        ("Most information of each item, and where: q0 none; q1 ", 2)):  # fmt: skip
        assert words.count(says) == count, says  # once as the alternative text


def test_the_command_on_a_page_makes_it_again(staff: Home) -> None:
    staff("class", "items", "ten", "in", "--credit", "coverage", "--html", "again.html")
    file = staff.root / "again.html"
    kept = file.read_bytes()
    command = parsed(kept.decode()).words.split("this page again:")[1]
    file.unlink()
    assert staff(*command.split("Made with")[0].split()[1:]).code == 1
    assert file.read_bytes() == kept


def test_a_table_of_marks_is_a_page(staff: Home) -> None:
    (staff.root / "m.csv").write_text("id,a,b<i>\n1,1,1\n2,0,1\n3,0,0\n")
    ran = staff("class", "items", "--marks", "m.csv", "--html", "m.html", "--force")
    assert (ran.code, ran.out) == (0, "")
    found = parsed((staff.root / "m.html").read_text("utf-8"))
    assert found.faults == []
    assert "3 students, 2 items, 2 points." in found.words
    assert "b<i>" in found.words
    assert "quizcli class items --marks m.csv --html m.html" in found.words


def test_a_class_of_nobody_is_a_page(staff: Home) -> None:
    """What could not be graded is told, and no figure made up."""
    ran = staff("class", "grade", "ten", "in/cut<b>.json", "--html", "n.html", "--force")
    assert ran.code == 1
    found = parsed((staff.root / "n.html").read_text("utf-8"))
    assert found.faults == []
    assert "0 students graded" in found.words
    assert "nan" not in found.words


@pytest.mark.parametrize("verb", ["grade", "items"])
def test_a_page_beside_json_or_over_a_file_is_refused_at_once(staff: Home, verb: str) -> None:
    ran = staff("class", verb, "ten", "in", "--html", "x.html", "--json")
    assert (ran.code, "--json or --html: one at a time" in ran.told) == (2, True)
    (staff.root / "old.html").write_text("kept")
    ran = staff("class", verb, "ten", "nowhere", "--html", "old.html")
    assert "old.html already exists — overwrite it with --force" in ran.told


def test_a_page_beside_grade_books(staff: Home) -> None:
    ran = staff("class", "grade", "ten", "in", "--html", "b.html", "--format", "md",
                "--force")  # fmt: skip
    assert ran.out.startswith("# Ten")
    assert (staff.root / "b.html").exists()


@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not on the PATH")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_shows_it_without_a_scroll_sideways(
    staff: Home, tmp_path: Path, width: int
) -> None:
    """In a frame of that width, whose size a script outside of it measures."""
    staff("class", "grade", "ten", "in", "--html", "w.html", "--force")
    text = (staff.root / "w.html").read_text("utf-8").replace('"', "&quot;")
    (tmp_path / "frame.html").write_text(
        f'<body><p id="seen">?</p><iframe width={width} height=900 srcdoc="{text}" onload="'
        "const d = this.contentDocument.documentElement;"
        "seen.textContent = d.scrollWidth + ' of ' + d.clientWidth + ' ' + "
        "d.querySelectorAll('svg[role=img]').length\"></iframe>",
        encoding="utf-8",
    )
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         f"--user-data-dir={tmp_path}/browser", "--dump-dom", (tmp_path / "frame.html").as_uri()],
        capture_output=True, encoding="utf-8", timeout=120, check=True,
    )  # fmt: skip
    seen = done.stdout.split('<p id="seen">')[1].split("</p>")[0].split()
    assert seen[0] == seen[2]
    assert int(seen[3]) == 14  # scores, facility, ten items, two of information
