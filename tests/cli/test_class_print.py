"""Forms on paper, and the answers that come back from them."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import shipped
from quizcli.scores.printed_forms import PrintedForm
from tests.support.handing_in import FIXTURES, the_bank
from tests.support.home import Home
from tests.support.parsed import parsed
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

BANKS = {"sample": SAMPLE, "kinds": FIXTURES / "kinds.yaml", "varied": FIXTURES / "varied.yaml",
         "rnn": shipped() / "rnn.yaml"}  # fmt: skip


@pytest.fixture
def staff(tmp_path: Path) -> Home:
    """Staff with three banks on the shelf."""
    home = Home(tmp_path)
    for name in ("kinds", "varied"):
        shutil.copy(BANKS[name], tmp_path / "questions" / f"{name}.yaml")
    return home


def keys(text: str) -> dict[str, list[str]]:
    """What a key page says is right, by form, in the order of its numbers."""
    found: dict[str, list[str]] = {}
    for part in text.split("<h2>Form ")[1:]:
        rows = re.findall(r"<tr><td>\d+</td><td[^>]*>(.*?)</td>", part)
        found[part[:4]] = rows
    return found


def table(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("bank", BANKS)
def test_the_right_letters_of_each_form_earn_full_marks(staff: Home, bank: str) -> None:
    """As the key has them, typed from paper by number; and those of another form do not."""
    ran = staff("class", "print", bank, "--forms", "4", "-o", "f.html", "--key", "k.html")
    assert (ran.code, ran.out) == (0, "")
    forms = keys((staff.root / "k.html").read_text("utf-8"))
    assert [code.split("-")[0] for code in forms] == ["1", "2", "3", "4"]
    most = len(the_bank(BANKS[bank]).questions)
    rows = [["student", "Form", *(str(n) for n in range(1, most + 1))]]
    rows += [[f"00{n}", code, *right] for n, (code, right) in enumerate(forms.items())]
    (staff.root / "a.csv").write_text(table(rows))
    data = staff("class", "grade", bank, "--responses", "a.csv", "--json").data
    assert data["report"] == []
    assert [each["points"] for each in data["students"]] == [
        each["max_points"] for each in data["students"]
    ]
    assert len(data["students"]) == 4
    assert all(len(right) == most for right in forms.values())
    if bank == "rnn":
        other = [
            [*row[:2], *right] for row, right in zip(rows[1:], [*forms.values()][::-1], strict=True)
        ]
        (staff.root / "b.csv").write_text(table([rows[0], *other]))
        data = staff("class", "grade", bank, "--responses", "b.csv", "--json").data
        assert not [each for each in data["students"] if each["points"] == each["max_points"]]


def test_numbers_are_drawn_for_each_form(staff: Home) -> None:
    staff("class", "print", "varied", "--forms", "3", "-o", "f.html", "--key", "k.html")
    forms = keys((staff.root / "k.html").read_text("utf-8"))
    words = parsed((staff.root / "f.html").read_text("utf-8")).words
    assert len({right[0] for right in forms.values()}) > 1
    for right in forms.values():
        assert f"An LSTM with {right[0]} units" in " ".join(words.split())


def test_a_form_tells_no_key(staff: Home) -> None:
    staff("class", "print", "sample", "--forms", "2", "-o", "f.html", "--seed", "7")
    text = (staff.root / "f.html").read_text("utf-8")
    found = parsed(text)
    assert found.faults == []
    bank = the_bank(SAMPLE)
    for question in bank.questions:
        for said in (question.explanation, *(option.feedback for option in question.options)):
            assert not said or said[:30] not in found.words
    assert "✓" not in text
    assert "Form 7-" in found.words
    assert "Form 8-" in found.words


def test_the_code_or_its_number_and_letters_before_ids(staff: Home) -> None:
    """A long table, numbers and ids of questions; letters are those of the form."""
    form = PrintedForm(the_bank(SAMPLE), 3)
    gate = form.item(form.number("gate") or 0)
    right, number = gate.letter("units"), form.number("gate")
    (staff.root / "l.csv").write_text(
        f"student,form,question,response\n1,{form.code},{number},{right}\n2,3,gate,{right.upper()}\n"
        f"3,{form.code.lower()},Q{number},units\n4,{form.code},{number},\n"
    )
    data = staff("class", "grade", "sample", "--responses", "l.csv", "--json").data
    assert data["report"] == []
    assert [each["points"] for each in data["students"]] == [1, 1, 1, 0]
    assert {each["max_points"] for each in data["students"]} == {5}
    items = staff("class", "grade", "sample", "--responses", "l.csv", "--format", "items").out
    (row, *_) = [each for each in csv.DictReader(io.StringIO(items)) if each["question"] == "gate"]
    assert row["position"] == str(number)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,,a", "has no form code — it is at the top of each page, such as 1-KT"),
        ("1,A,a", "'A' is not a form code"),
        (
            "1,3-QQ,a",
            "form 3-QQ was printed from another version of the bank, since this one makes 3-",
        ),
        ("1,99999999999999999999,a", "is not a form code"),
    ],
)
def test_what_makes_no_sense_is_told_of_that_student(staff: Home, row: str, said: str) -> None:
    (staff.root / "w.csv").write_text(f"id,form,1\n{row}\n2,3,\n")
    ran = staff("class", "grade", "sample", "--responses", "w.csv", "--json")
    assert ran.code == 1
    (note,) = ran.data["report"]
    assert note["reasons"][0].startswith(said) or said in note["reasons"][0]
    assert [each["student"]["id"] for each in ran.data["students"]] == ["2"]


@pytest.mark.parametrize(
    "cell", ["{a},{b}", "{a}{b}", "{b} {a}", "{a}/{B}", "z", "?", "(unreadable)"]
)
def test_what_makes_no_sense_on_paper_is_a_blank_that_is_told_and_the_rest_counts(
    staff: Home, cell: str
) -> None:
    form = PrintedForm(the_bank(SAMPLE), 3)
    gate, decay = form.number("gate") or 0, form.number("decay") or 0
    one, two = form.item(gate).letter("units"), form.item(gate).letter("one")
    said = cell.format(a=one, b=two, B=two.upper())
    right = form.item(decay).letter("true")
    (staff.root / "w.csv").write_text(
        f"id;form;{gate};{decay}\n1;3;{said};{right}\n2;3;-;{right}\n"
    )
    ran = staff("class", "grade", "sample", "--responses", "w.csv", "--json")
    assert ran.code == 0
    assert [each["points"] for each in ran.data["students"]] == [2, 2]
    (note,) = ran.data["report"]
    assert note["file"] == "w.csv line 2"
    (why,) = note["reasons"]
    assert why.startswith(f"'{gate}' was answered with '{said}': ")
    assert why.endswith(" — counts as a blank")


@pytest.mark.parametrize("dash", ["-", "–", "—", " -- "])
def test_a_dash_on_paper_is_a_blank(staff: Home, dash: str) -> None:
    numbers = range(1, len(PrintedForm(the_bank(SAMPLE), 3).items) + 1)
    (staff.root / "w.csv").write_text(
        f"id,form,{','.join(map(str, numbers))}\n1,3{f',{dash}' * len(numbers)}\n", "utf-8"
    )
    data = staff("class", "grade", "sample", "--responses", "w.csv", "--json").data
    assert data["report"] == []
    assert [each["mark"] for each in data["students"][0]["answers"]] == ["not answered"] * len(
        numbers
    )


def test_one_question_in_two_columns_and_a_number_that_is_none(staff: Home) -> None:
    form = PrintedForm(the_bank(SAMPLE), 3)
    (staff.root / "w.csv").write_text(f"id,form,{form.number('gate')},gate,9\n1,3,a,a,\n2,3,a,,b\n")
    ran = staff("class", "grade", "sample", "--responses", "w.csv", "--json")
    assert [note["reasons"] for note in ran.data["report"]] == [
        ["'gate' is answered twice"], [f"form {form.code} has no question '9'"],
    ]  # fmt: skip


def test_files_that_are_there_and_what_cannot_be_printed(staff: Home) -> None:
    ran = staff("class", "print", "kinds", "--forms", "2", "-o", "f.html")
    assert "forms 1-" in ran.told
    assert "are the same: a bank with few questions, or with 'shuffle: false'" in ran.told
    assert "no key was written — add --key key.html" in ran.told
    assert "f.html already exists" in staff("class", "print", "kinds", "-o", "f.html").told
    said = staff("class", "print", "kinds", "-o", "g.html", "--key", "g.html").told
    assert "forms and key would be the same file" in said
    staff("class", "handout", "sample", "-o", "h.yaml")
    said = staff("class", "print", str(staff.root / "h.yaml"), "-o", "g.html").told
    assert "is a handout — name the bank it was made from" in said


@pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("pdftotext")),
    reason="chromium and pdftotext are not both on the PATH",
)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_browser_prints_a_code_on_each_page_and_parts_no_question(
    staff: Home, paper: str
) -> None:
    staff("class", "print", "rnn", "--forms", "2", "-o", "f.html")
    file = staff.root / "f.html"
    text = re.sub('<meta http-equiv="Content[^>]*>', "", file.read_text("utf-8"))
    file.write_text(text.replace("@page{", f"@page{{size:{paper};"), "utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={staff.root}/browser", f"--print-to-pdf={staff.root}/f.pdf",
         file.as_uri()], capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    words = subprocess.run(["pdftotext", "-layout", staff.root / "f.pdf", "-"],
                           capture_output=True, encoding="utf-8", check=True).stdout  # fmt: skip
    pages = words.split("\f")[:-1]
    codes = [re.findall(r"Form (\d+-[A-Z]{2})", page) for page in pages]
    assert all(len(found) == 1 for found in codes)
    firsts = [page for page in pages if "Name:" in page]
    assert len(firsts) == len({found[0] for found in codes}) == 2
    for page in pages:  # each begins with the head of a question, not with the rest of one
        lines = [line.strip() for line in page.split("\n")[1:] if line.strip()]
        assert re.match(r"(Name:|\d+\.\s+1 point)", lines[0]), lines[:3]
