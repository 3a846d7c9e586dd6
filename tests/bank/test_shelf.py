"""The shelf: a bank by its id, by its file, or a word on which banks there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcli.bank import shelf as shelf_module
from quizcli.bank.cache import BankCache
from quizcli.bank.faults import BankError
from quizcli.bank.results import shelf_result
from quizcli.bank.shelf import NoSuchBankError, Shelf, load_bank, shipped
from quizcli.report.words import did_you_mean
from tests.support.bank_files import SMALL


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def theirs(tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    return folder


def put(path: Path, id: str, title: str = "A small bank") -> Path:
    path.write_text(SMALL.replace("id: small", f"id: {id}").replace("A small bank", title))
    return path


def listed(shelf: Shelf) -> list[tuple[str, str]]:
    return [(entry.path.name, entry.bank.id if entry.bank else "!") for entry in shelf.banks()]


def test_a_bank_is_found_by_its_id(own, theirs):
    put(own / "first.yaml", "first")
    put(theirs / "second.yml", "second")
    shelf = Shelf((own, theirs))
    assert shelf.open("first").file == (own / "first.yaml").as_posix()
    assert shelf.open("second").file == (theirs / "second.yml").as_posix()
    assert listed(shelf) == [("first.yaml", "first"), ("second.yml", "second")]


def test_a_bank_is_found_by_its_id_whatever_its_file_is_called(own):
    put(own / "a.yaml", "planets")
    put(own / "planets.yaml", "moons")
    shelf = Shelf((own,))
    assert shelf.open("planets").file == (own / "a.yaml").as_posix()
    assert shelf.open("moons").file == (own / "planets.yaml").as_posix()


@pytest.mark.parametrize("name", ["{}/x.yaml", "{}/no-suffix", "x.yaml", "x.yml", "./no-suffix"])
def test_a_bank_is_found_by_its_path(name, own, tmp_path, monkeypatch):
    """What has a slash or a bank's suffix is a path, on the shelf or not."""
    monkeypatch.chdir(tmp_path)
    path = Path(name.format(tmp_path))
    put(path, "elsewhere")
    assert Shelf((own,)).open(str(name.format(tmp_path))).id == "elsewhere"


def test_a_path_that_leads_nowhere_says_so(own):
    put(own / "x.yaml", "x")
    with pytest.raises(BankError) as caught:
        Shelf((own,)).open("./x.yaml")
    assert str(caught.value) == (
        "x.yaml:1:1: no such file or directory — check the name, or list what there is: "
        "quizcli bank list"
    )


def test_a_bank_in_a_file_of_its_name_is_opened_without_reading_the_others(own, monkeypatch):
    """The start of a quiz does not depend on how many banks there are."""
    for id in ("a", "b", "planets", "z"):
        put(own / f"{id}.yaml", id)
    opened = []
    monkeypatch.setattr(
        shelf_module, "load_bank", lambda path, cache: opened.append(path) or load_bank(path, cache)
    )
    assert Shelf((own,)).open("planets").id == "planets"
    assert opened == [own / "planets.yaml"]


@pytest.mark.parametrize(
    ("mine", "shipped"),
    [("planets.yaml", "planets.yaml"), ("mine.yaml", "planets.yaml"), ("z.yml", "a.yaml")],
)
def test_the_learners_own_bank_hides_a_shipped_one_of_the_same_id(mine, shipped, own, theirs):
    """Listed and opened is the same one, whatever the files are called."""
    put(own / mine, "planets", "Mine")
    put(theirs / shipped, "planets", "Shipped")
    shelf = Shelf((own, theirs))
    assert [entry.bank.title for entry in shelf.banks()] == ["Mine"]
    assert shelf.open("planets").title == "Mine"


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("a.yaml", "planets.yaml"), "planets.yaml"),
        (("planets.yaml", "z.yaml"), "planets.yaml"),
        (("a.yaml", "z.yaml"), "a.yaml"),
    ],
)
def test_within_a_folder_the_file_of_the_same_name_counts(names, chosen, own):
    """Then the first; listed and opened is the same one."""
    for name in names:
        put(own / name, "planets", name)
    shelf = Shelf((own,))
    assert [entry.bank.title for entry in shelf.banks()] == [chosen]
    assert shelf.open("planets").title == chosen


def test_a_broken_bank_is_listed_beside_good_ones_and_hides_none(own):
    put(own / "a.yaml", "a")
    (own / "broken.yaml").write_text("format: 1\n")
    put(own / "z.yaml", "z")
    shelf = Shelf((own,))
    assert listed(shelf) == [("a.yaml", "a"), ("broken.yaml", "!"), ("z.yaml", "z")]
    assert [shelf.open(id).id for id in ("a", "z")] == ["a", "z"]
    result = shelf_result(shelf.banks())
    assert [bank["id"] for bank in result.data["banks"]] == ["a", "z"]
    assert result.notices == (f"{own / 'broken.yaml'} has 3 faults: quizcli bank check",)


def test_a_broken_bank_asked_for_by_the_name_of_its_file_tells_its_faults(own):
    """An author who asks for it wants to know them."""
    (own / "broken.yaml").write_text("format: 1\n")
    with pytest.raises(BankError) as caught:
        Shelf((own,)).open("broken")
    assert len(caught.value.faults) == 3


def test_a_faulty_file_hides_no_bank_that_has_its_name(own, theirs):
    """It is told, the other is used; who writes it is led to it. What nothing hides, nobody hears
    of."""
    broken, told = own / "small.yaml", []
    broken.write_text("format: 1\n")
    good = put(theirs / "small.yaml", "small")
    shelf = Shelf((own, theirs), tell=told.append)
    assert shelf.open("small").file == good.as_posix()
    assert (told, shelf.file("small"), shelf.locate("small")) == ([broken], good, broken)
    assert shelf.index().used["small"] == good
    put(broken, "small")
    good.write_text("format: 1\n")
    assert shelf.open("small").file == broken.as_posix()
    assert (told, shelf.locate("small")) == ([broken], broken)
    broken.write_text("format: 1\n")
    other = put(own / "other.yaml", "small")
    assert shelf.open("small").file == other.as_posix()
    assert told == [broken, broken]
    other.unlink()
    with pytest.raises(BankError):
        shelf.open("small")
    assert told == [broken, broken]


def test_an_unknown_name_is_refused_with_what_there_is(own, theirs):
    put(own / "a.yaml", "planets")
    put(theirs / "b.yaml", "moons")
    (theirs / "c.yaml").write_text("broken")
    with pytest.raises(NoSuchBankError) as caught:
        Shelf((own, theirs)).open("planet")
    assert (caught.value.name, caught.value.known) == ("planet", ["planets", "moons"])
    assert did_you_mean(caught.value.name, caught.value.known) == "did you mean 'planets'?"


def test_a_link_to_itself_is_not_said_to_be_meant(own):
    link = own / "loop.yaml"
    link.symlink_to(link)
    with pytest.raises(BankError) as caught:
        load_bank(link)
    assert "did you mean" not in str(caught.value)


def test_folders_need_not_exist_and_may_be_files(own, tmp_path):
    """A learner without banks of their own has no such folder."""
    put(own / "a.yaml", "a")
    file = tmp_path / "file"
    file.write_text("")
    assert listed(Shelf((tmp_path / "missing", file, own))) == [("a.yaml", "a")]
    assert Shelf(()).banks() == []
    with pytest.raises(NoSuchBankError) as caught:
        Shelf((tmp_path / "missing",)).open("a")
    assert caught.value.known == []


def test_a_folder_that_cannot_be_read_is_told_of(own, monkeypatch):
    """By the call itself, since root may read everywhere."""

    def iterdir(self: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", iterdir)
    with pytest.raises(BankError) as caught:
        Shelf((own,)).banks()
    assert str(caught.value).endswith(": permission denied — make the folder readable")


def test_what_is_no_bank_lies_on_no_shelf(own):
    """Hidden files, other suffixes and what is in folders below."""
    put(own / ".#a.yaml", "a")
    put(own / "b.yaml.bak", "b")
    (own / "below").mkdir()
    put(own / "below" / "c.yaml", "c")
    assert Shelf((own,)).banks() == []


def test_the_shelf_fills_the_cache_that_it_is_given(own, tmp_path):
    put(own / "a.yaml", "a")
    shelf = Shelf((own,), BankCache(tmp_path / "cache"))
    shelf.banks()
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert shelf.open("a") == load_bank(own / "a.yaml")


def test_the_bank_that_comes_with_the_program_is_there():
    """In the checkout; the wheel has a test of its own."""
    assert "rnn" in [entry.bank.id for entry in Shelf((shipped(),)).banks() if entry.bank]


def test_where_a_bank_lies_is_where_it_is_opened(own):
    """A file that is called like another bank is not taken for it."""
    one, other = own / "geo.yaml", own / "zeo.yaml"
    one.write_text(SMALL.replace("id: small", "id: other"))
    other.write_text(SMALL.replace("id: small", "id: geo"))
    shelf = Shelf([own])
    for id, file in (("geo", other), ("other", one)):
        assert shelf.locate(id) == file
        assert shelf.open(id).file == file.as_posix()


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("rnn/gate-width", "a question cannot be named here, only its bank: rnn"),
        ("rnn/gate.yaml", "check the name, or list what there is: quizcli bank list"),
        ("a/rnn/gate", "check the name, or list what there is: quizcli bank list"),
    ],
)
def test_a_question_where_a_bank_is_wanted(monkeypatch, own, name, fix):
    """Its bank can be named."""
    monkeypatch.chdir(own)
    with pytest.raises(BankError) as raised:
        Shelf([own]).open(name)
    assert raised.value.faults[0].fix == fix
