"""The frozen cases see every fault we know of: each is built in, and must be found."""

from __future__ import annotations

import ast
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizcli.demos.cells import GRU, LSTM, RNN, Gate, ResetAfterGRU, gru, gru_reset_after, lstm, rnn
from tests.support.frozen import BLOCKS, FORWARD, Case, agrees, build, load
from tests.support.mutation import execute, mutants

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

GATED = ("gru", "gru-reset-after", "lstm", "lstm-tanh")


def caught(family: str, mutate: Callable[[Case], Any]) -> bool:
    """Whether *every* frozen case of the family rejects the states of the mutated cell."""

    def rejects(case: Case) -> bool:
        states = mutate(case).forward(case.given["X"], *case.starts()).states
        return bool(abs(states - case.expected["states"]).max() > FORWARD)

    return all(rejects(case) for case in load()[family])


@pytest.mark.parametrize("family", GATED)
def test_every_wrong_order_of_the_gates_is_caught(family: str) -> None:
    """All 23 wrong orders of an LSTM's blocks and all 5 of a GRU's fail in every case."""
    names = BLOCKS[family]
    wrong = [order for order in permutations(names) if order != names]
    assert len(wrong) == {3: 5, 4: 23}[len(names)]
    for order in wrong:
        assert caught(
            family,
            lambda case, order=order: build(
                case, {a: case.gates()[b] for a, b in zip(names, order, strict=True)}
            ),
        ), order


@pytest.mark.parametrize("family", BLOCKS)
def test_a_transposed_recurrent_matrix_is_caught(family: str) -> None:
    """U for Uᵀ in any single block fails in every case."""
    for name in BLOCKS[family]:
        assert caught(
            family,
            lambda case, name=name: build(
                case,
                {k: Gate(W, U.T if k == name else U, b) for k, (W, U, b) in case.gates().items()},
            ),
        ), name


def test_reset_after_for_before_is_caught() -> None:
    """The libraries' GRU fails every case of the quiz's GRU."""
    assert caught("gru", lambda case: ResetAfterGRU.of(blocks=case.gates()))


def test_reset_before_for_after_is_caught() -> None:
    """The quiz's GRU fails every case of the libraries', even with b_h counted to the other bias."""

    def swapped(case: Case) -> GRU:
        blocks = case.gates()
        W, U, b = blocks["c_tilde"]
        return GRU.of(blocks=blocks | {"c_tilde": Gate(W, U, b + case.given["b_h"])})

    assert caught("gru-reset-after", swapped)


@pytest.mark.parametrize("family", GATED)
def test_the_complement_of_any_gate_is_caught(family: str) -> None:
    """u for 1-u, and likewise for every other gate, fails in every case."""
    for name in BLOCKS[family]:
        assert caught(
            family,
            lambda case, name=name: build(
                case, case.gates() | {name: case.gates()[name].complement()}
            ),
        ), name


def test_a_dropped_tanh_on_the_output_is_caught() -> None:
    """a = Γ_o*c fails every case of a = Γ_o*tanh(c)."""
    assert caught("lstm-tanh", lambda case: LSTM.of(blocks=case.gates(), tanh_output=False))


def test_an_added_tanh_on_the_output_is_caught() -> None:
    """a = Γ_o*tanh(c) fails every case of a = Γ_o*c."""
    assert caught("lstm", lambda case: LSTM.of(blocks=case.gates(), tanh_output=True))


@pytest.mark.parametrize("family", [f for f in BLOCKS if f.startswith("rnn")])
def test_a_wrong_activation_is_caught(family: str) -> None:
    """Each activation fails every case of each other one."""
    for g in ("tanh", "relu", "identity", "sigmoid"):
        if f"rnn-{g}" != family:
            assert caught(family, lambda case, g=g: RNN(*case.gates()["z"], g=g)), g


def chained(cell: Any, case: Case) -> bool:
    """Whether the Jacobians, multiplied up, carry dlast to the gradient of the initial state."""
    trace = cell.forward(case.given["X"], *case.starts())
    d = [case.given["dlast"]] + ([case.given["dc_last"]] if "dc_last" in case.given else [])
    extra = {"dc_last": d[1]} if len(d) == 2 else {}
    g = cell.backward(trace, None, d[0], **extra)
    back = np.concatenate(d, axis=1)[:, None]
    for J in cell.jacobian(trace)[::-1]:
        back = back @ J
    first = [x for x in (g.da0, g.dc0) if x is not None]
    return bool(np.allclose(back[:, 0], np.concatenate(first, axis=1), rtol=1e-10, atol=1e-13))


FUNCTIONS = {"forward", "backward", "jacobian", "_factors", "_gradients", "_slope", "_activate"}


@pytest.mark.parametrize(
    ("module", "families"),
    [
        (rnn, ("rnn-tanh", "rnn-relu", "rnn-sigmoid")),
        (gru, ("gru",)),
        (gru_reset_after, ("gru-reset-after",)),
        (lstm, ("lstm", "lstm-tanh")),
    ],
    ids=lambda value: getattr(value, "__name__", "").rpartition(".")[2] or None,
)
def test_every_operation_of_the_source_matters(
    module: ModuleType, families: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each place in turn: + for -, - for +, + for *, a transposition or array call left out."""
    cases = [case for family in families for case in load()[family][:2]]
    name = next(
        k.__name__ for k in (RNN, GRU, ResetAfterGRU, LSTM) if k.__module__ == module.__name__
    )

    def passes(tree: ast.Module) -> bool:
        made = getattr(execute(tree, "mutant"), name)
        monkeypatch.setattr(f"tests.support.frozen.{name}", made)
        return all(_passes(case) for case in cases)

    assert passes(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")))
    outcomes = {what: passes(tree) for what, tree in mutants(module, FUNCTIONS)}
    assert len(outcomes) > 10
    assert [what for what, survived in outcomes.items() if survived] == []


def _passes(case: Case) -> bool:
    try:
        cell = build(case)
        return agrees(cell, case) and chained(cell, case)
    except (ValueError, IndexError, TypeError, AttributeError):
        return False
