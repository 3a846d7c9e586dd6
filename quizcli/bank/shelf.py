"""The shelf: which banks there are, and where.

Four places, in this order: files a person names, the learner's own folder, the banks that come
with the program, those of installed packages. A bank on the shelf is asked for by its id.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.bank.addresses import is_file, real_path, refuse_address
from quizcli.bank.faults import MAX_BYTES, SUFFIXES, BankError, Fault
from quizcli.named_tuple import NamedTuple
from quizcli.quiz.model import Bank, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quizcli.bank.cache import BankCache
    from quizcli.env import Paths


class NoSuchBankError(Exception):
    """No bank answers to this name; ``known`` are those that do. Its words say so, with the nearest
    of them, or with what lies ``here``, in the working folder, under this name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known

    @property
    def here(self) -> str:
        """What lies under this name; "" for nothing. Looked for when it is to be told."""
        from quizcli.bank.misnamed import what_lies_here

        return what_lies_here(self.name)

    def __str__(self) -> str:
        from quizcli.report.words import did_you_mean

        hint = did_you_mean(self.name, self.known, "the banks are")
        return self.here or f"no bank is called '{self.name}' — {hint}"


class Shelved(NamedTuple):
    """A bank on the shelf, or what is wrong with it."""

    path: Path
    bank: Bank | None
    error: BankError | None = None


class ShelfIndex(NamedTuple):
    """The file that is ``used`` for each id, in the order of the files; files that are ``faulty``;
    and those that are ``hidden`` by another of their id, as (id, file, the one that is used)."""

    used: dict[str, Path]
    faulty: list[Path]
    hidden: list[tuple[str, Path, Path]]


class _Found(NamedTuple):
    """The file of a bank, the bank where that had to be read, and what has faults and its name."""

    path: Path
    bank: Bank | None = None
    faulty: Sequence[Path] = ()


def load_bank(path: str | Path, cache: BankCache | None = None) -> Bank:
    """The bank in a file.

    Raises BankError with every fault found; a file that cannot be read is one of them. TypeError
    for what is no path.
    """
    if not isinstance(path, str | PathLike):
        raise TypeError(f"path must be the path of a bank's file, not {path!r}")
    path = Path(path)
    file = path.as_posix()
    if cache is not None:
        # The bytes are let go before what was compiled from them is read: either may be large.
        entry = cache.entry(read_bytes(path), file)
        if (bank := cache.get(entry, file)) is not None:
            return bank
    # Only here, so that a start from the cache does without YAML.
    from quizcli.bank.read import read_bank

    data = read_bytes(path)
    bank = read_bank(data, file)
    if cache is not None:
        cache.put(data, file, bank)
    return bank


def read_bytes(path: Path) -> bytes:
    """The bytes of a bank's file; raises BankError where it cannot be read."""
    try:
        # One byte more than a bank may have is enough to know that it has too many.
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        from quizcli.bank.misnamed import advice

        raise _unreadable(path, error, advice(path)) from None


def _unreadable(path: Path, error: OSError, fix: str) -> BankError:
    reason = (error.strerror or str(error)).lower()
    return BankError([Fault(Place(path.as_posix(), 1, 1), "unreadable", reason, fix)])


class Shelf:
    """The banks in some folders, earlier folders first. ``tell`` is told of each file that is
    called like a bank that was asked for, has faults, and is passed over for another file;
    ``installed`` finds the folders of other packages, once a bank is in none of these."""

    def __init__(
        self,
        folders: Iterable[Path],
        cache: BankCache | None = None,
        tell: Callable[[Path], None] = lambda _file: None,
        installed: Callable[[], Sequence[Path]] = tuple,
    ) -> None:
        self.folders = tuple(folders)
        self.cache = cache
        self._tell = tell
        self._installed = installed

    def with_installed(self) -> Shelf:
        """The shelf with the folders of installed packages, which are looked for now."""
        return Shelf((*self.folders, *self._installed()), self.cache, self._tell)

    def files(self) -> list[Path]:
        """Every bank file, in the order of folders and names; a folder need not exist.

        Raises BankError for a folder that cannot be read.
        """
        return [
            file
            for folder in self.folders
            for file in _inside(folder)
            if file.suffix in SUFFIXES and not file.name.startswith(".")
        ]

    def open(self, name: str) -> Bank:
        """The bank with this id, or in this file. Raises NoSuchBankError or BankError."""
        found = self._found(name)
        for file in found.faulty if found.path not in found.faulty else ():
            self._tell(file)
        return found.bank or self.load(found.path)

    def load(self, file: Path) -> Bank:
        """The bank in this file. Raises BankError."""
        return load_bank(file, self.cache)

    def file(self, name: str) -> Path:
        """The file that is opened for this id, or the file of this name. Raises NoSuchBankError."""
        return self._found(name).path

    def means(self, id: str, file: Path) -> bool:
        """Whether an id means this very file: another one may be used for it."""
        place = real_path(file)
        if place.parent not in map(real_path, self.folders):
            return False
        try:
            return real_path(self.file(id)) == place
        except NoSuchBankError:
            return False

    def locate(self, name: str) -> Path:
        """The same for who writes it: a file that is called so and has faults is meant before the
        one that is used in its place."""
        found = self._found(name)
        return [*found.faulty, found.path][0]

    def _found(self, name: str) -> _Found:
        refuse_address(name)
        if is_file(name):
            return _Found(Path(name))
        faulty: list[Path] = []
        # A bank usually lies in a file of its own name: then no other of its folder need be read.
        for file in sorted(self.files(), key=lambda file: self._rank(file, name)):
            try:
                id, bank = self._id(file)
                if id == name:
                    return _Found(file, bank, faulty)
            except BankError:
                if file.stem == name:
                    faulty.append(file)
        if faulty:
            return _Found(faulty[0], None, faulty)
        whole = self.with_installed()
        if len(whole.folders) > len(self.folders):
            return whole._found(name)
        raise NoSuchBankError(name, self.ids())

    def usable(self) -> list[Bank]:
        """The banks on the shelf that can be used."""
        return [entry.bank for entry in self.banks() if entry.bank]

    def ids(self) -> list[str]:
        """The ids of the banks that can be used, in the order of their files."""
        return list(self.index().used)

    def id_in(self, file: Path) -> str:
        """The id of the bank in a file. Raises BankError."""
        return self._id(file)[0]

    def _id(self, file: Path) -> tuple[str, Bank | None]:
        """The id of the bank in a file, and the bank where the cache did not know it; raises
        BankError."""
        known = self.cache.id_in(file, read_bytes) if self.cache is not None else None
        bank = None if known else self.load(file)
        return known or (bank.id if bank else ""), bank

    def banks(self) -> list[Shelved]:
        """Everything on the shelf.

        Of two banks with one id the one in the earlier folder hides the other; within a folder
        the one whose file has its name, then the first.
        """
        shelved: list[Shelved] = []
        chosen: dict[str, Path] = {}
        for file in self.files():
            try:
                bank = self.load(file)
            except BankError as error:
                shelved.append(Shelved(file, None, error))
                continue
            shelved.append(Shelved(file, bank))
            best = chosen.setdefault(bank.id, file)
            chosen[bank.id] = min(best, file, key=lambda path: self._rank(path, bank.id))
        return [entry for entry in shelved if not entry.bank or chosen[entry.bank.id] == entry.path]

    def index(self) -> ShelfIndex:
        """Which file each id means. Nothing but ids is read of what is compiled already."""
        used: dict[str, Path] = {}
        ids: dict[Path, str] = {}
        faulty: list[Path] = []
        for file in self.files():
            try:
                id = ids[file] = self.id_in(file)
            except BankError:
                faulty.append(file)
                continue
            best = used.setdefault(id, file)
            used[id] = min(best, file, key=lambda path: self._rank(path, id))
        hidden = [(id, file, used[id]) for file, id in ids.items() if used[id] != file]
        return ShelfIndex(used, faulty, hidden)

    def _rank(self, file: Path, id: str) -> tuple[int, bool]:
        """Of two files that hold this bank, the lower one counts."""
        return self.folders.index(file.parent), file.stem != id


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _unreadable(folder, error, "make the folder readable") from None


def own_folder(paths: Paths) -> Path:
    """The folder of the learner's own banks."""
    return paths.data / "questions"


def shelf_of(
    paths: Paths,
    tell: Callable[[Path], None] = lambda _file: None,
    installed: Callable[[], Sequence[Path]] = tuple,
) -> Shelf:
    """The learner's own banks, then those that come with the program, then ``installed`` ones."""
    from quizcli.bank.cache import BankCache

    return Shelf((own_folder(paths), shipped()), BankCache(paths.cache), tell, installed)


def shipped() -> Path:
    """The folder of the banks that come with the program: package data, or the checkout's."""
    package = Path(__file__).parent.parent
    inside = package / "questions"
    return inside if inside.is_dir() else package.parent / "questions"
