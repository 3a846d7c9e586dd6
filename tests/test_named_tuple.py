"""Our named tuples are those of ``typing``, and cost less to define."""

from __future__ import annotations

import pickle
import typing

import pytest

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.model import Option, Place


class Ours(NamedTuple):
    """Words."""

    first: int
    second: str = "b"

    def both(self) -> str:
        return f"{self.first}{self.second}"


class Theirs(typing.NamedTuple):
    """Words."""

    first: int
    second: str = "b"

    def both(self) -> str:
        return f"{self.first}{self.second}"


def test_a_record_is_what_typing_makes() -> None:
    names = ("_fields", "_field_defaults", "__match_args__", "__doc__", "__module__", "__slots__")
    for name in names:
        assert getattr(Ours, name) == getattr(Theirs, name)
    assert Ours.__qualname__ == "Ours"
    assert Ours.__annotations__.keys() == Theirs.__annotations__.keys()
    assert set(dir(Ours)) | {"__orig_bases__"} == set(dir(Theirs)) | {"__orig_bases__"}
    assert Ours(1).both() == "1b"
    assert repr(Ours(1)) == "Ours(first=1, second='b')"
    assert Ours(1)._replace(second="c") == (1, "c") == Ours(first=1, second="c")
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'first'"):
        Ours()  # type: ignore[call-arg]


def test_records_can_be_pickled_and_matched() -> None:
    option = Option("a", "one", place=Place("f", 1, 2))
    assert pickle.loads(pickle.dumps(option)) == option
    match option:
        case Option(id=known):
            assert known == "a"
