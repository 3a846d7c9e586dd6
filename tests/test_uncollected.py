"""The collector waits while much is read, and is as it was after it."""

from __future__ import annotations

import gc

import pytest

from quizcli.uncollected import uncollected


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    gc.enable()


def test_the_collector_waits_and_goes_on_after_a_fault_too():
    waiting = []

    @uncollected()
    def faulty():
        waiting.append(not gc.isenabled())
        raise KeyError

    with pytest.raises(KeyError):
        faulty()
    assert (waiting, gc.isenabled()) == ([True], True)


def test_one_that_waited_before_waits_after():
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()
