"""Pairs and orders with keys: what a key does to the parts that are being arranged.

Of pairs a letter is the partner of the left side under the cursor, which goes on to the next that
has none. Of an order letters place one part after another; Space takes the part under the cursor,
arrows carry it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds.choice import option_index

if TYPE_CHECKING:
    from quizcli.quiz.responses import Response
    from quizcli.terminal.views.asking import Asking


FORMS = ("pairs", "order")
AS_SHOWN = "You have not changed the order; press Enter again to keep it as your answer."


def answered(state: Asking) -> Response:
    """The response that the parts are. Raises BadResponse with what is still missing."""
    item = state.item
    signs = [item.letter(id) if id else "" for id in state.placed]
    if item.kind.form == "order":
        line = ",".join(signs)
    else:
        line = " ".join(f"{n}{sign}" for n, sign in enumerate(signs, 1) if sign)
    return item.parse(line)._replace(guess=state.guess)


def pressed(key: str, state: Asking) -> Asking | None:
    """The parts after a key; None for one that arranges nothing."""
    index = option_index(key, len(state.item.options)) if key.isalpha() else None
    if state.item.kind.form == "order":
        return _ordered(key, state, index)
    return _paired(key, state, index)


def _paired(key: str, state: Asking, index: int | None) -> Asking | None:
    at, n = state.cursor or 0, len(state.placed)
    if index is not None:
        placed = _with(state.placed, at, state.item.options[index].id)
        open_ = [place for place in (*range(at + 1, n), *range(at)) if not placed[place]]
        return state._replace(placed=placed, cursor=open_[0] if open_ else at)
    if key in {"up", "down", "left", "right"}:
        return state._replace(cursor=(at + (1 if key in {"down", "right"} else -1)) % n)
    if key.isdecimal() and len(key) == 1:
        return state._replace(cursor=int(key) - 1) if 1 <= int(key) <= n else None
    if key in {"backspace", "delete"} and state.placed[at]:
        return state._replace(placed=_with(state.placed, at, ""))
    return None


def _ordered(key: str, state: Asking, index: int | None) -> Asking | None:
    n, at = len(state.placed), state.cursor
    if index is not None:
        # Behind those that letters have placed; at the end letters begin anew.
        place = 0 if at is None or state.held or at >= n - 1 else at + 1
        rest = [id for id in state.placed if id != state.item.options[index].id]
        if at is not None and state.placed.index(state.item.options[index].id) < place:
            place -= 1
        rest.insert(place, state.item.options[index].id)
        return state._replace(placed=tuple(rest), cursor=place, held=False)
    if key == " ":
        return state._replace(cursor=at or 0, held=not state.held)
    if key not in {"up", "down", "left", "right"}:
        return None
    step = 1 if key in {"down", "right"} else -1
    if at is None:
        return state._replace(cursor=0 if step > 0 else n - 1)
    to = at + step
    if not state.held:
        return state._replace(cursor=to % n)
    if not 0 <= to < n:
        return state
    placed = list(state.placed)
    placed[at], placed[to] = placed[to], placed[at]
    return state._replace(placed=tuple(placed), cursor=to)


def _with(placed: tuple[str, ...], at: int, id: str) -> tuple[str, ...]:
    return (*placed[:at], id, *placed[at + 1 :])
