"""Members that are made when they are asked for, and are a tuple to whoever looks."""

from __future__ import annotations

import copy
import pickle

import pytest

from quizcli.quiz.on_demand import OnDemand


@pytest.fixture
def made():
    """The places that were made."""
    return []


@pytest.fixture
def squares(made):
    return OnDemand(4, lambda at: made.append(at) or at * at)


def test_a_member_is_made_once_and_only_when_it_is_asked_for(squares, made):
    assert (len(squares), bool(squares), made) == (4, True, [])
    assert (squares[2], squares[2], squares[-2], made) == (4, 4, 4, [2])


def test_it_is_a_tuple_to_whoever_looks(squares, made):
    assert squares[1:3] == (1, 4)
    assert made == [1, 2]
    assert squares == (0, 1, 4, 9) == squares
    assert squares != (0, 1, 4)
    assert squares != [0, 1, 4, 9]
    assert squares == OnDemand(4, lambda at: at**2)
    assert (repr(squares), hash(squares)) == ("(0, 1, 4, 9)", hash((0, 1, 4, 9)))
    assert (4 in squares, squares.index(9), [*reversed(squares)]) == (True, 3, [9, 4, 1, 0])
    assert copy.deepcopy(squares) == pickle.loads(pickle.dumps(squares)) == (0, 1, 4, 9)
    assert sorted(made) == [0, 1, 2, 3]


@pytest.mark.parametrize("at", [4, -5])
def test_outside_there_is_nothing(at, squares, made):
    with pytest.raises(IndexError):
        squares[at]
    assert made == []
