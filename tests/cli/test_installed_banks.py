"""Banks that other packages bring, and those that lie at an address of the web."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.installed import installed
from tests.support.bank_files import SMALL
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = {
    "nowhere": "gone.banks",
    "nofolder": "course.none",
    "module": "single",
    "odd": "...",
    "empty": "",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of packages: one brings a bank, and must not be run to find it."""
    site = tmp_path / "site"
    (site / "course" / "banks").mkdir(parents=True)
    (site / "course" / "__init__.py").write_text("raise RuntimeError('it was run')\n")
    (site / "course" / "banks" / "moons.yaml").write_text(SMALL.replace("id: small", "id: moons"))
    (site / "single.py").write_text("")
    package(site, "course-of-moons", "moons = course.banks")
    return site


def package(site: Path, name: str, *points: str) -> None:
    info = site / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("\n".join(["[quizcli.banks]", *points, ""]))


@pytest.fixture
def home(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.syspath_prepend(site)
    return Home(tmp_path / "home")


def test_a_bank_of_a_package_is_taken_by_its_id_and_listed(home: Home, site: Path) -> None:
    took = home("take", "moons", "--no-shuffle", text="a\n")
    assert took.code == 0
    assert "Which planet is ours?" in took.out
    assert took.err == ""
    assert "moons" in home("bank", "list").out
    assert "moons/one" in home("bank", "show", "--search", "planet").out
    assert "course" not in sys.modules


def test_its_cards_are_reviewed(home: Home) -> None:
    home("take", "moons", "--no-shuffle", text="b\n")
    home.days(3)
    assert "moons/one" in home.queue()


@pytest.mark.parametrize("how", ["--review", "--no-review", "--exam"])
def test_it_is_the_bank_that_was_taken_last(home: Home, how: str) -> None:
    """Whether its answers are reviews or not: as one that is named by its file."""
    home("take", "moons", "--no-shuffle", how, text="b\n\n")
    assert "taking the bank moons" in home("take", text=":quit\n").told


def test_what_to_type_names_it_by_its_id(home: Home, site: Path) -> None:
    """Unless the learner's own bank has that id."""

    def said(name: str) -> str:
        return "".join(home("take", name, "--no-shuffle", text="b\n").out.split())

    assert "quizclitakemoons--" in said("moons")
    file = site / "course" / "banks" / "moons.yaml"
    (home.root / "questions" / "moons.yaml").write_bytes(file.read_bytes())
    assert f"quizclitake{file}--" in said(str(file))


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_a_package_without_the_banks_that_it_names_is_told_by_name(
    value: str, home: Home, site: Path
) -> None:
    package(site, "broken-one", f"broken = {value}")
    installed.cache_clear()
    took = home("take", "moons", "--no-shuffle", text="a\n")
    assert took.code == 0
    assert took.told.startswith("quizcli: the package 'broken-one' names ")
    assert took.told.count("broken-one") == 1
    assert home("take", "rnn", "--restart", text="\n").told.count("broken-one") == 0


def test_a_bank_of_ones_own_hides_that_of_a_package(home: Home) -> None:
    own = SMALL.replace("id: small", "id: moons").replace("ours", "mine")
    (home.root / "questions" / "moons.yaml").write_text(own)
    assert "Which planet is mine?" in home("take", "moons", text="a\n").out


def test_an_unknown_name_is_told_with_the_nearest_of_them(home: Home) -> None:
    assert "did you mean 'moons'?" in home("take", "moon").told


@pytest.mark.parametrize(
    ("arguments", "next_command"),
    [
        (["take"], "quizcli take moons.yaml"),
        (["bank", "show"], "quizcli take moons.yaml"),
        (["bank", "check"], "quizcli take moons.yaml"),
        (["bank", "prove"], "quizcli take moons.yaml"),
        (["bank", "export", "--to", "gift"], "quizcli take moons.yaml"),
        (["bank", "preview"], "quizcli take moons.yaml"),
        (["bank", "edit"], "quizcli take moons.yaml"),
        (["review"], "quizcli take moons.yaml"),
        (["cards"], "quizcli take moons.yaml"),
        (["class", "handout"], "quizcli take moons.yaml"),
        (["bank", "import"], "quizcli bank import moons.yaml"),
    ],
)
def test_an_address_is_refused_with_what_to_type(
    arguments: list[str], next_command: str, home: Home
) -> None:
    ran = home(*arguments, "https://example.org/a b/moons.yaml")
    assert ran.code == 2
    assert ran.told == (
        "quizcli: https://example.org/a b/moons.yaml is a web address, and quizcli downloads "
        "nothing: read what strangers wrote before you use it — curl -LO 'https://example.org/a b/"
        f"moons.yaml', then: {next_command}"
    )


@pytest.mark.parametrize("address", ["http://[", "https://", "file:///etc/passwd", "x://\x1b[2J"])
def test_odd_addresses_are_refused_as_well(address: str, home: Home) -> None:
    ran = home("take", address)
    assert ran.code == 2
    assert "quizcli downloads nothing" in ran.told
    assert "\x1b" not in ran.err


def test_cards_of_a_package_that_was_installed_elsewhere_are_found(
    home: Home, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its path is remembered; where that is gone, the id is looked for among what is installed."""
    home("take", "moons", "--no-shuffle", text="a\n")
    home.days(7)
    assert "1 due today" in home().words
    moved = tmp_path / "moved"
    site.rename(moved)
    monkeypatch.setattr(sys, "path", [str(moved), *(p for p in sys.path if p != str(site))])
    ran = home()
    assert "1 due today" in ran.words
    assert ran.err == ""
    assert "moons/one" in home.queue("--new", "0")
    shutil.rmtree(moved)
    monkeypatch.setattr(sys, "path", sys.path[1:])
    assert "is gone" in home().told
