"""Which file an id means, and what is to be typed for the others."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import shipped
from tests.support.home import Home
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the sample bank, in which nothing happened."""
    return Home(tmp_path / "home")


@pytest.fixture
def broken(home: Home) -> Path:
    """A bank of the learner's that has faults, called like one that comes with the program."""
    path = home.root / "questions" / "rnn.yaml"
    path.write_text("format: 1\nid: rnn\n")
    return path


@pytest.mark.parametrize(
    "verb",
    [
        ("take", "rnn"), ("review", "rnn"), ("review", "--queue"), ("review", "rnn", "--queue"),
        ("cards", "rnn"), ("bank", "show", "rnn"), ("demo", "rnn/gate-width", "--plain"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_faulty_file_is_told_and_the_other_used(
    home: Home, broken: Path, verb: tuple[str, ...]
) -> None:
    ran = home(*verb, text=":quit\n")
    assert ran.code == 0
    said = f"{broken} has faults and is left out — quizcli bank check {broken}"
    assert ran.told.count(said) == 1
    assert "sentences" in ran.out or "gate" in ran.out


def test_home_offers_what_can_be_taken(home: Home, broken: Path) -> None:
    """And a quiz that was left in the one that is used goes on."""
    home("take", "rnn", "--no-shuffle", text="a\n:quit\n")
    ran = home()
    assert "quizcli take rnn --resume" in ran.out
    assert ran.told.count("has faults and is left out") == 1
    assert any(card.startswith("rnn/") for card in home.queue())
    assert home("take", "rnn", "--resume", text=":quit\n").code == 0


def test_who_writes_it_sees_its_faults(home: Home, broken: Path) -> None:
    """What shows and mends banks means the file that was written."""
    for verb in ("check", "preview"):
        ran = home("bank", verb, "rnn")
        assert ran.code != 0
        assert f"{broken}:1:1: the bank has no 'title'" in ran.out + ran.err
    assert home("bank", "edit", "rnn", EDITOR="true").words.startswith(str(broken))


def test_a_file_that_the_id_does_not_mean_is_named(home: Home) -> None:
    """One that comes with the program, behind the learner's own; of two with one id the second."""
    own = home.root / "questions"
    shutil.copy(SAMPLE, own / "zeta.yaml")
    shutil.copy(SAMPLE, own / "rnn.yaml")
    (own / "rnn.yaml").write_text(SAMPLE.read_text().replace("id: sample", "id: rnn"))
    for file in (own / "zeta.yaml", shipped() / "rnn.yaml"):
        left = home("take", str(file), "--no-shuffle", text="a\n:quit\n")
        assert f"Resumewith:quizclitake{file}--resume" in "".join(left.out.split())
        assert f"quizclitake{file}--resume" in "".join(home().out.split())
        ran = home("take", str(file), "--resume", text=":quit\n")
        assert "1 of " in ran.told
    for file in (own / "sample.yaml", own / "rnn.yaml"):
        left = home("take", str(file), "--no-shuffle", "--restart", text="a\n:quit\n")
        assert f"Resume with: quizcli take {file.stem} --resume" in left.words


def test_what_is_read_when_two_files_are_there(home: Home, tmp_path: Path) -> None:
    """An attempt is that of its own file; without that, of the shelf before one seen elsewhere."""
    apart = tmp_path / "apart.yaml"
    apart.write_text(SAMPLE.read_text().replace("title: ", "title: Apart "))
    home("take", str(apart), "--no-shuffle", text="b\na,d\nb\nb\n")
    assert home("score").out.startswith("Apart ")
    shutil.copy(apart, tmp_path / "again.yaml")
    home("review", str(tmp_path / "again.yaml"), text=":quit\n")
    apart.unlink()
    assert home("score").out.startswith("A sample of everything")
    (home.root / "questions" / "sample.yaml").unlink()
    assert home("score").out.startswith("Apart ")


def test_one_file_is_one_however_it_is_written(home: Home, tmp_path: Path) -> None:
    """Up and down again, or by a link: it is the bank of the shelf, and hides nothing."""
    own = home.root / "questions"
    (tmp_path / "link").symlink_to(own)
    for file in (own / ".." / "questions" / "sample.yaml", tmp_path / "link" / "sample.yaml"):
        left = home("take", str(file), "--no-shuffle", "--restart", text="a\n:quit\n")
        assert "Resume with: quizcli take sample --resume" in left.words
        assert home("review", "--queue").told == ""


def test_a_file_that_was_remembered_in_another_spelling_hides_nothing(
    home: Home, tmp_path: Path
) -> None:
    """It was put on the shelf by a link since."""
    apart = tmp_path / "apart.yaml"
    (home.root / "questions" / "sample.yaml").rename(apart)
    home("review", str(apart), text=":quit\n")
    (home.root / "questions" / "sample.yaml").symlink_to(apart)
    assert home("review", "--queue").told == ""


@pytest.fixture
def apart(home: Home, tmp_path: Path) -> Path:
    """A bank that was taken by its path."""
    path = tmp_path / "apart" / "away.yaml"
    path.parent.mkdir()
    path.write_text(SAMPLE.read_text().replace("id: sample", "id: away", 1))
    home("take", str(path), "--no-shuffle", text="b\na,d\nb\nb\n")
    return path


@pytest.mark.parametrize(
    "verb",
    [
        ("take", "away"), ("review", "away", "--queue"), ("cards", "away"), ("stats", "away"),
        ("bank", "show", "away"), ("bank", "prove", "away"),
        ("bank", "export", "away", "--to", "gift"), ("class", "handout", "away"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.usefixtures("apart")
def test_a_bank_that_was_taken_by_its_path_has_an_id_from_then_on(
    home: Home, verb: tuple[str, ...]
) -> None:
    """And nothing is said of another name."""
    ran = home(*verb, text=":quit\n")
    assert "no bank" not in ran.told
    assert "is now called" not in ran.told
    assert ran.code == 0 or verb[:1] == ("cards",)
    verb = tuple(word.replace("away", "other") for word in verb)
    assert "no bank is called 'other'" in home(*verb).told


@pytest.mark.parametrize("faulty", [False, True])
def test_who_writes_it_finds_it_by_its_id_as_well(home: Home, apart: Path, *, faulty: bool) -> None:
    """With its faults, if it has any."""
    if faulty:
        apart.write_text(apart.read_text().replace("title:", "titel:", 1))
    for verb in (("check", "away"), ("preview", "away/gate"), ("edit", "away")):
        ran = home("bank", *verb, EDITOR="true")
        assert "no bank" not in ran.told
        assert (f"{apart}:" in ran.out + ran.err) == faulty
        assert (ran.code != 0) == faulty


@pytest.mark.usefixtures("apart")
def test_the_bank_taken_last_is_that_one_too(home: Home) -> None:
    assert "taking the bank away" in home("take", text=":quit\n").told
    home("take", "sample", text="a\n:quit\n")
    assert "taking the bank sample" in home("take", text=":quit\n").told


@pytest.mark.parametrize("way", ["exam", "kept apart", "answers", "handout"])
def test_a_bank_of_which_nothing_is_learned_is_found_by_its_id_too(
    home: Home, tmp_path: Path, way: str
) -> None:
    """An exam, a quiz kept out of the schedule, a file of answers, a handout: no answer is a
    review, and the attempt is in the history all the same."""
    path, answers = tmp_path / "away.yaml", tmp_path / "answers.yaml"
    path.write_text(SAMPLE.read_text().replace("id: sample", "id: away", 1))
    answers.write_text("gate: [one]\n")
    if way == "handout":
        path = tmp_path / "handed.yaml"
        assert home("class", "handout", str(tmp_path / "away.yaml"), "-o", str(path)).code == 0
    options = {"exam": ["--exam"], "kept apart": ["--no-review"], "answers": ["--answers", answers]}
    home("take", str(path), *map(str, options.get(way, [])), text="a\na\na\na\n:hand-in\n")
    assert "away" in home("history").out
    assert "taking the bank away" in home("take", text=":quit\n").told
    assert home("take", "away", text=":quit\n").code == 0
    assert "quizcli take away" in home().out


def test_an_exam_takes_the_id_of_a_bank_with_cards_from_none(home: Home, tmp_path: Path) -> None:
    """Neither from one on the shelf nor from one elsewhere: their cards are found as before, and
    nobody is told that two files hold one bank."""
    learned, exam = tmp_path / "learned.yaml", tmp_path / "exam.yaml"
    text = SAMPLE.read_text().replace("id: sample", "id: away", 1)
    learned.write_text(text)
    home("take", str(learned), "--no-shuffle", text="b\na,d\nb\nb\n")
    for id in ("away", "sample"):
        exam.write_text(text.replace("title: ", "title: Exam ", 1).replace("away", id, 1))
        home("take", str(exam), "--exam", text="a\n:hand-in\n")
        assert "Exam " not in home("bank", "show", id).out
    assert home("review", "--queue").told == ""


def test_of_a_bank_taken_by_its_path_what_is_wrong_with_it_is_told(home: Home, apart: Path) -> None:
    """Its faults, or that it is not there; and a file that holds another bank is not it."""
    text = apart.read_text()
    apart.write_text(text.replace("title:", "titel:", 1))
    assert f"{apart}:" in home("take", "away").told
    apart.write_text(text.replace("id: away", "id: fresh", 1))
    assert "no bank is called 'away'" in home("take", "away").told
    assert home("take", "fresh", text=":quit\n").code == 0
    apart.unlink()
    for verb in (("take", "away"), ("bank", "edit", "away"), ("bank", "check", "away")):
        ran = home(*verb)
        assert f"no bank on the shelf is called 'away', and {apart} is gone" in ran.told
        assert "put it back, or if it was moved, type: quizcli review FILE" in ran.told
        assert ran.code == 3


def test_a_bank_taken_by_its_path_is_offered_like_those_of_the_shelf(
    home: Home, apart: Path
) -> None:
    """Until its file is gone, or one of the shelf has its id. The list says where it lies."""
    assert "quizcli take away" in home().out
    listed = home("bank", "list")
    assert re.search(r"^away +A sample of everything +4 questions$", listed.out, re.MULTILINE)
    assert str(apart) in listed.out.splitlines()[-3]
    assert home("bank", "list", "--json").data["banks"][-1]["file"] == str(apart)
    assert "away/gate" in home("bank", "show", "--search", "entries gate").out
    assert "did you mean 'away'?" in home("take", "awya").told
    assert "away" in home("take", "--plain", typed=True, text="1\n:quit\n").out
    own = home.root / "questions" / "own.yaml"
    own.write_bytes(apart.read_bytes())
    assert str(apart) not in home("bank", "list").out
    assert home().out.count("take away") == 1
    own.unlink()
    apart.unlink()
    for verb in ((), ("bank", "list")):
        assert "away" not in home(*verb).out


def test_the_shelf_comes_before_where_a_bank_was_seen(home: Home, apart: Path) -> None:
    """And one elsewhere that has the id before one on the shelf that had it."""
    own = home.root / "questions" / "own.yaml"
    text = apart.read_text().replace("title: ", "title: Own ", 1)
    own.write_text(text.replace("id: away", "id: own\nformerly: [away]", 1))
    assert "Own " not in home("bank", "show", "away").out
    own.write_text(text)
    assert "Own " in home("bank", "show", "away").out


@pytest.mark.parametrize("journal", [None, "no journal"])
def test_a_name_needs_no_journal(home: Home, journal: str | None) -> None:
    """None is made for it, and a damaged one hides no bank."""
    file, own = home.root / "journal.sqlite3", home.root / "questions" / "sample.yaml"
    own.write_text(SAMPLE.read_text().replace("id: sample", "id: own\nformerly: [old]", 1))
    if journal is not None:
        file.write_text(journal)
    assert "no bank is called 'other'" in home("bank", "show", "other").told
    assert "old is now called own" in home("bank", "show", "old").told
    assert file.exists() == (journal is not None)


def test_of_two_banks_that_had_an_id_every_verb_means_the_first(home: Home) -> None:
    """The one that take means is the one that the score of the old attempt is read with."""
    home.quiz("b\na\nb\nb\n")
    own = home.root / "questions"
    text = (own / "sample.yaml").read_text()
    (own / "sample.yaml").unlink()
    for id in ("first", "second"):
        new = text.replace("id: sample", f"id: {id}\nformerly: [sample]", 1)
        (own / f"{id}.yaml").write_text(new.replace("title: ", f"title: {id} ", 1))
    assert "first " in home("bank", "show", "sample").out
    assert home("score").out.startswith("first ")


def test_every_bank_that_is_listed_is_checked(home: Home, tmp_path: Path) -> None:
    """One that was opened by its path too, with faults as well; but none twice, none that is gone,
    and none whose id means another."""
    before = home("bank", "check").out
    path = tmp_path / "geo.yaml"
    path.write_text(SAMPLE.read_text().replace("id: sample", "id: geo", 1))
    home("take", str(path), text=":quit\n")
    count = int(before.split()[0])
    assert f"{count + 1} banks checked: 0 faults" in home("bank", "check").out
    path.write_text(path.read_text().replace("title:", "titel:", 1))
    ran = home("bank", "check")
    assert ran.code == 1
    assert f"{path}:" in ran.out + ran.told
    path.unlink()
    assert home("bank", "check").out == before
    path.write_text(SAMPLE.read_text())
    home("take", str(path), text="a\n:quit\n")
    assert home("bank", "check").out == before


def test_a_file_that_is_called_like_an_id_is_named_as_a_file(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bank's file needs no ending; without a folder before it its name would be an id."""
    monkeypatch.chdir(home.root)
    shutil.copy(SAMPLE, home.root / "quiz")
    (home.root / "quiz.gift").write_text("Is it? {T}\n")
    ran = home("take", "./quiz", text="a\n:quit\n")
    assert "Resume with: quizcli take ./quiz --resume" in ran.words
    assert home("take", "./quiz", "--resume", text=":quit\n").code == 0
    assert home("bank", "preview", "./quiz/gate").code == 0
    assert home("bank", "edit", "./quiz/gate", EDITOR="true").code == 0
    made = home("bank", "import", "quiz.gift", "-o", "made")
    assert "quizcli take ./made" in made.words


VERBS = [
    ("take",),
    ("review",),
    ("demo",),
    ("bank", "preview"),
    ("bank", "prove"),
    ("bank", "show"),
]


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize(
    ("named", "said"),
    [
        (".", "'.' is a folder — name a bank in it, such as mine.yaml"),
        ("some", "'some' is a folder — name a bank in it, such as some/a.yml"),
        ("empty", "'empty' is a folder — there is no bank in it"),
        ("mine", "no bank is called 'mine' — did you mean 'mine.yaml'?"),
    ],
)
def test_what_lies_under_the_name_of_no_bank_is_told(
    home: Home, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...], named: str, said: str
) -> None:
    """It was called a name of no bank, or of no experiment."""
    _lay_out(home, monkeypatch)
    ran = home(*verb, named)
    assert said in ran.told
    assert ran.code


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("./some", "'./some' is a folder — name a bank in it, such as some/a.yml"),
        ("some/a", "'some' is a folder — name a bank in it, such as some/a.yml"),
        ("some/a/gate", "some/a:1:1: no such file or directory — did you mean 'some/a.yml'?"),
        ("/nowhere", "no bank is called '/nowhere'"),
    ],
)
def test_a_path_is_no_address_of_a_question(
    home: Home, monkeypatch: pytest.MonkeyPatch, named: str, said: str
) -> None:
    """``demo /tmp`` looked for a bank called ''."""
    _lay_out(home, monkeypatch)
    assert said in home("demo", named).told
    assert said in home("bank", "preview", named).told


@pytest.mark.parametrize(
    "verb", [("bank", "show", "rnn"), ("demo", "nan", "--plain"), ("demo", "rnn/nan", "--plain")]
)
def test_a_folder_hides_no_bank_and_no_experiment(
    home: Home, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]
) -> None:
    monkeypatch.chdir(home.root)
    for folder in ("rnn/nan", "nan"):
        (home.root / folder).mkdir(parents=True)
    ran = home(*verb)
    assert (ran.code, ran.told) == (0, "")


def _lay_out(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.root)
    (home.root / "some").mkdir()
    (home.root / "empty").mkdir()
    shutil.copy(SAMPLE, home.root / "mine.yaml")
    shutil.copy(SAMPLE, home.root / "some" / "a.yml")
