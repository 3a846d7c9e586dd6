"""The compiled cache: the same bank, sooner, and never another one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizcli.bank import cache as cache_module
from quizcli.bank import compiled as compiled_module
from quizcli.bank.cache import BankCache
from quizcli.bank.faults import BankError
from quizcli.bank.shelf import load_bank
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import Bank, Demo, Figure, Option, Place, Question
from quizcli.quiz.session import Session
from quizcli.quiz.steps import PRACTICE
from tests.support.bank_files import EVERYTHING, GOOD, RNN, ROOT, SMALL, small
from tests.support.fakes import environment, invoke, printed
from tests.support.learner import bank_text, shelve

FILE = "folder/bank.yaml"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
words = st.tuples() | st.lists(texts, max_size=3).map(tuple)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
data = st.dictionaries(texts, texts | numbers | st.booleans(), max_size=3)
places = st.builds(Place, st.just(FILE), st.integers(1), st.integers(1))
options = st.builds(
    Option,
    id=texts,
    text=texts,
    correct=st.booleans(),
    feedback=texts,
    missed=texts,
    claim=st.none() | data,
    last=st.booleans(),
    place=places,
)
fractions = st.fractions(min_value=Fraction(1, 999))
questions = st.builds(
    Question,
    id=texts,
    kind=st.sampled_from(sorted(KINDS)),
    prompt=texts,
    options=st.lists(options, max_size=3).map(tuple),
    title=texts,
    hints=words,
    explanation=texts,
    figure=st.none() | st.builds(Figure, texts, texts),
    tags=words,
    points=st.integers(1) | fractions.filter(lambda points: points.denominator > 1),
    difficulty=texts,
    references=words,
    demo=st.none() | st.builds(Demo, texts, data),
    credit=st.none() | texts,
    shuffle=st.none() | st.booleans(),
    back=texts,
    formerly=words,
    asked=texts,
    digest=texts,
    place=places,
)
banks = st.builds(
    Bank,
    id=texts,
    title=texts,
    questions=st.lists(questions, max_size=3).map(tuple),
    description=texts,
    credit=texts,
    shuffle=st.booleans(),
    digest=texts,
    file=st.just(FILE),
    retention=st.none() | st.floats(0.7, 0.97),
    formerly=words,
)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def cache(folder):
    return BankCache(folder)


@pytest.fixture
def source(tmp_path):
    """A bank's file, to be edited."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


@pytest.fixture
def no_yaml(monkeypatch):
    """From now on whoever reads YAML is told off."""

    def forbid() -> None:
        def read_bank(data: bytes, file: str) -> Bank:
            raise AssertionError("YAML was read")

        monkeypatch.setattr("quizcli.bank.read.read_bank", read_bank)

    return forbid


@pytest.mark.parametrize("path", [RNN, *GOOD], ids=lambda path: path.stem)
def test_a_bank_from_the_cache_is_the_bank_from_its_source(path, cache, no_yaml):
    """Equal in every field, the places included."""
    fresh = load_bank(path, cache)
    no_yaml()
    cached = load_bank(path, cache)
    assert cached == fresh
    assert repr(cached) == repr(fresh)


# A folder for all examples is meant: what one left behind must not disturb the next.
shared = {"suppress_health_check": list(HealthCheck), "deadline": None}


@settings(max_examples=60, **shared)
@given(bank=banks)
def test_any_bank_comes_back_as_it_went_in(folder, bank):
    """All fields, types included: equality takes 1 for 1.0 and for Fraction(1), letters do not."""
    cache = BankCache(folder)
    cache.put(b"bytes", FILE, bank)
    cached = cache.get(cache.entry(b"bytes", FILE), FILE)
    assert cached == bank
    assert repr(cached) == repr(bank)


def test_an_edited_byte_is_read_from_the_source(source, cache):
    assert load_bank(source, cache).questions[0].options[1].text == "Mars"
    source.write_text(small(Mars="Mare"))
    assert load_bank(source, cache).questions[0].options[1].text == "Mare"


@pytest.mark.parametrize("name", ["__version__", "LAYOUT"])
def test_another_version_of_the_program_does_not_trust_the_entry(name, source, cache, monkeypatch):
    """What reading makes of the same bytes may have changed."""
    bank = load_bank(source, cache)
    data = source.read_bytes()
    assert cache.get(cache.entry(data, source.as_posix()), source.as_posix()) == bank
    monkeypatch.setattr(compiled_module, name, "2.0.0")
    assert cache.get(cache.entry(data, source.as_posix()), source.as_posix()) is None


def test_the_same_bytes_elsewhere_are_a_bank_of_their_own(source, cache, tmp_path):
    """Places name the file that was asked for."""
    other = tmp_path / "other.yaml"
    other.write_text(SMALL)
    for _ in range(2):
        for path in (source, other):
            bank = load_bank(path, cache)
            assert bank.file == path.as_posix()
            assert bank.questions[0].place.file == path.as_posix()
            assert bank.questions[0].options[0].place.file == path.as_posix()


def test_an_old_entry_is_deleted_with_the_next_and_others_stay(source, cache, folder, tmp_path):
    """The cache grows with the number of banks, not of edits."""
    other = tmp_path / "other.yaml"
    other.write_text(SMALL)
    load_bank(other, cache)
    [kept] = folder.iterdir()
    for planet in ("Venus", "Jupiter", "Saturn"):
        source.write_text(small(Mars=planet))
        load_bank(source, cache)
    assert len(list(folder.iterdir())) == 2
    assert kept.exists()


FOREIGN = [
    b"", b"\n", b"null", b"[]", b"{}", b"7", b'"text"', b"\xff\xfe", b"\0" * 100,
    b'["id", "title", [], "", "net-correct", true, ""]', b"[" * 100_000, b'{"a": [1, 2, 3]}',
    json.dumps(["id", "title", [["q", "k", "p", []]], "", "", True, ""]).encode(),
]  # fmt: skip


@pytest.mark.parametrize("foreign", FOREIGN, ids=range(len(FOREIGN)))
def test_something_else_in_the_place_of_an_entry_is_ignored(foreign, source, cache, folder):
    """And replaced by the bank that is read instead."""
    bank = load_bank(source, cache)
    [entry] = folder.iterdir()
    entry.write_bytes(foreign)
    assert cache.get(cache.entry(source.read_bytes(), source.as_posix()), source.as_posix()) is None
    assert load_bank(source, cache) == bank
    assert cache.get(cache.entry(source.read_bytes(), source.as_posix()), source.as_posix()) == bank


@settings(max_examples=100, **shared)
@given(at=st.integers(0, 10_000), to=st.binary(max_size=2), gone=st.integers(0, 3))
def test_damage_is_never_taken_for_a_bank(folder, at, to, gone):
    """Bytes changed, put in or lost anywhere, or the end cut off: the answer is what it was, or none."""
    data = EVERYTHING.read_bytes()
    cache = BankCache(folder)
    bank = load_bank(EVERYTHING, cache)
    [entry] = folder.iterdir()
    whole = entry.read_bytes()
    at %= len(whole)
    for damaged in (whole[:at], whole[:at] + to + whole[at + gone :]):
        entry.write_bytes(damaged)
        found = cache.get(cache.entry(data, EVERYTHING.as_posix()), EVERYTHING.as_posix())
        assert found == bank if damaged == whole else found is None
    entry.write_bytes(whole)


def test_a_folder_in_the_place_of_an_entry_is_no_error(source, cache, folder):
    bank = load_bank(source, cache)
    [entry] = folder.iterdir()
    entry.unlink()
    (entry / "below").mkdir(parents=True)
    assert load_bank(source, cache) == bank


def test_where_no_folder_can_be_made_banks_are_read_nevertheless(source, tmp_path):
    """A file stands where the cache should be; the same goes for a disk that cannot be written."""
    (tmp_path / "file").write_text("in the way")
    cache = BankCache(tmp_path / "file" / "cache")
    for _ in range(2):
        assert load_bank(source, cache).id == "small"


def test_a_full_disk_leaves_no_half_an_entry(source, cache, folder, monkeypatch):
    def write_bytes(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    assert load_bank(source, cache).id == "small"
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such bit")
def test_a_folder_that_cannot_be_written_is_no_error(source, folder, monkeypatch):
    """Refused here by the call itself, since root may write everywhere."""

    def replace(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", replace)
    cache = BankCache(folder)
    assert load_bank(source, cache).id == "small"
    assert list(folder.iterdir()) == []


def test_a_bank_with_faults_is_not_kept(source, cache, folder):
    """Its faults are told again at the next try."""
    source.write_text(small(Mars="''"))
    for _ in range(2):
        with pytest.raises(BankError):
            load_bank(source, cache)
    assert not folder.exists()


def test_a_warm_start_imports_no_yaml(folder):
    """In a process of its own: cold, yaml is there; warm, it is not, nor is the reader."""
    program = (
        "import sys; from pathlib import Path; from quizcli.bank.cache import BankCache;"
        "from quizcli.bank.shelf import load_bank;"
        "bank = load_bank(sys.argv[1], BankCache(Path(sys.argv[2])));"
        "print(bank.id, *(name in sys.modules for name in ('yaml', 'quizcli.bank.read')))"
    )
    command = [sys.executable, "-c", program, str(RNN), str(folder)]
    told = [
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
        for _ in range(2)
    ]
    assert told == [["rnn", "True", "True"], ["rnn", "False", "False"]]


@pytest.fixture
def read(monkeypatch):
    """The ids of the questions that are read of entries."""
    ids: list[str] = []

    def question(plain: list[Any], file: str) -> Question:
        ids.append(plain[0])
        return whole(plain, file)

    whole = compiled_module._question
    monkeypatch.setattr(compiled_module, "_question", question)
    return ids


def test_of_many_questions_the_first_is_read_alone(cache, tmp_path, read):
    """Whatever chooses them and orders them goes by their headings; each is read once."""
    path = tmp_path / "b.yaml"
    path.write_text(bank_text([f"q{n}" for n in range(300)]))
    whole = load_bank(path, cache)
    bank = load_bank(path, cache)
    assert read == []
    for policy in (PRACTICE, PRACTICE._replace(shuffle=False)):
        session, same = Session(bank, 7, policy), Session(whole, 7, policy)
        first = session.items[0]
        assert first == session.current == same.items[0]
        assert read == [first.question.id]
        assert bank.question(first.question.id) is first.question
        assert read == [first.question.id]
        assert session.plan == same.plan
        assert sorted(read) == sorted(question.id for question in whole.questions)
        bank = load_bank(path, cache)
        read.clear()


def test_a_quiz_reads_the_questions_that_it_shows(tmp_path, read):
    """From the command to the second of two questions that are looked at."""
    shelve(tmp_path, bank_text([f"q{n}" for n in range(300)]))
    invoke(environment(tmp_path), "take", "b")
    env = environment(tmp_path, "\n")
    read.clear()
    invoke(env, "take", "b", "--seed", "3")
    assert len(read) == 2
    assert all(f"What of {id}?" in printed(env) for id in read)


@pytest.mark.parametrize(
    "forge",
    [
        lambda text: text.replace(b"one", b"two", 1),
        lambda text: text.replace(b'"single-choice"', b'17, "single-choice"'),
        lambda text: text[:-40],
        lambda text: text.replace(b"[[", b"[{", 2),
    ],
    ids=range(4),
)
def test_a_forged_entry_is_told(forge, source, cache, folder):
    """One whose check sum is right and whose questions are none; deleting it helps."""
    bank = load_bank(source, cache)
    [entry] = folder.iterdir()
    _, head, headings, questions = entry.read_bytes().split(b"\n", 3)
    head, forged = head + b"\n", headings + b"\n" + forge(questions)
    assert not forged.endswith(questions)
    entry.write_bytes(b"".join([*map(compiled_module._seal, (head, forged)), b"\n", head, forged]))
    with pytest.raises(BankError, match=r"did not compile this from .* — delete it") as caught:
        tuple(load_bank(source, cache).questions)
    Path(caught.value.faults[0].place.file).unlink()
    assert load_bank(source, cache) == bank


def test_an_id_is_read_without_the_rest(source, cache):
    """The id of an entry whose first lines are whole; None of others, or where there is none."""
    data = source.read_bytes()
    entry = cache.entry(data, FILE)
    assert cache.id_of(entry) is None
    bank = load_bank(source)
    cache.put(data, FILE, bank)
    assert cache.id_of(entry) == bank.id
    assert cache.id_of(cache.entry(data + b" ", FILE)) is None
    whole = entry.read_bytes()
    entry.write_bytes(b"\n".join(whole.split(b"\n")[:2]) + b"\n")  # nothing else is looked at
    assert cache.id_of(entry) == bank.id
    for damaged in (whole.replace(bank.id.encode(), b"other", 1), b"x" + whole, b"", b"\n", b"[1]"):
        entry.write_bytes(damaged)
        assert cache.id_of(entry) is None


def test_an_id_is_known_without_the_bank_that_was_not_touched(source, folder, monkeypatch):
    """Once it is settled; and whatever was done to the file since, its bytes are asked again."""
    read: list[Path] = []

    def told(file: Path) -> bytes:
        read.append(file)
        return file.read_bytes()

    def id_in() -> tuple[str | None, bool]:
        read.clear()
        return BankCache(folder).id_in(source, told), bool(read)

    assert id_in() == (None, True)
    id = load_bank(source, BankCache(folder)).id
    assert id_in() == (id, True)
    assert id_in() == (id, True)  # it may have been written again within the same tick
    monkeypatch.setattr(cache_module, "SETTLED", 0)
    assert id_in() == (id, False)
    times = source.stat()
    other = SMALL.replace(f"id: {id}", f"id: {id[::-1]}")
    assert len(other) == len(SMALL)
    assert other != SMALL
    source.write_text(other)
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert id_in() == (None, True)
    source.write_text(SMALL)
    time.sleep(0.1)  # some ticks
    assert id_in() == (id, True)
    assert id_in() == (id, False)
    monkeypatch.setattr(compiled_module, "LAYOUT", compiled_module.LAYOUT + 1)
    assert id_in() == (None, False)  # what lies there is of another program


def test_a_review_reads_the_card_that_it_asks(tmp_path, read):
    """Neither that its bank was found nor that its cards are known reads another of its
    questions."""
    for bank in ("b", "c"):
        shelve(tmp_path, bank_text([f"q{n}" for n in range(300)], bank=bank), bank)
    for bank in ("b", "c"):  # since none is begun unasked
        invoke(environment(tmp_path, "a\n\n:quit\n"), "review", bank)
    env = environment(tmp_path)
    read.clear()
    invoke(env, "review")
    assert len(read) == 1
    assert f"What of {read[0]}?" in printed(env)


def test_home_and_score_read_the_questions_that_were_asked(tmp_path, read):
    """Of a quiz that was left, and of one that was finished; and what was missed is known by ids."""
    shelve(tmp_path, bank_text([f"q{n}" for n in range(300)], bank="b"), "b")
    invoke(environment(tmp_path, "a\n:quit\n"), "take", "b", "--questions", "3")
    read.clear()
    invoke(environment(tmp_path))
    assert 1 <= len(set(read)) <= 3
    invoke(environment(tmp_path, "b\nb\n"), "take", "b", "--resume")
    read.clear()
    invoke(environment(tmp_path), "score")
    invoke(environment(tmp_path, ":quit\n"), "take", "b", "--missed")
    assert 1 <= len(set(read)) <= 3
