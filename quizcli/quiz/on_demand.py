"""A sequence whose members are made when they are asked for: of ten thousand questions one is
shown, and the others need not be there yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class OnDemand(Sequence[T]):
    """So many members, of which ``make`` makes each once; it equals a tuple of them."""

    def __init__(self, count: int, make: Callable[[int], T]) -> None:
        self._members: list[T | None] = [None] * count
        self._make = make

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        member = self._members[at]
        if member is None:
            member = self._members[at] = self._make(range(len(self))[at])
        return member

    def __len__(self) -> int:
        return len(self._members)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == (tuple(other) if isinstance(other, OnDemand) else other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy has them all, since what makes them cannot be copied."""
        return tuple, (tuple(self),)
