"""What torch says of a case: its own layers where it has them, else autograd of the equations.

The equations are written out here a second time on purpose, gate by gate and in the layout of the
quiz, where one matrix acts on [state, x]: they share no line with the cells that they judge.
"""

# ruff: noqa: PLC2401 — names are the symbols of the quiz

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from tests.support.frozen import Arrays, Case

G = {"tanh": torch.tanh, "relu": torch.relu, "identity": lambda z: z, "sigmoid": torch.sigmoid}
# torch's order of the blocks, in our names; its z and our Γ_u are each other's complement.
LAYERS = {
    "rnn-tanh": ("z",),
    "rnn-relu": ("z",),
    "gru-reset-after": ("Γ_r", "Γ_u", "c_tilde"),
    "lstm-tanh": ("Γ_u", "Γ_f", "c_tilde", "Γ_o"),
}


def expected(case: Case, dtype: torch.dtype = torch.float64) -> Arrays:
    """States and every gradient, by the names that ``frozen.expected_shapes`` lists."""
    leaf = {
        k: torch.tensor(v, dtype=dtype, requires_grad=not k.startswith("d"))
        for k, v in case.given.items()
    }
    with_layer = case.family in LAYERS
    states, c_last = _layer(case, leaf) if with_layer else _equations(case.family, leaf)
    loss = (states * leaf["dstates"]).sum() + (states[-1] * leaf["dlast"]).sum()
    if "dc_last" in leaf:
        loss = loss + (c_last * leaf["dc_last"]).sum()
    wanted = [k for k in leaf if not k.startswith("d")]
    gradients = torch.autograd.grad(loss, [leaf[k] for k in wanted])
    out = {"states": states} | ({"c_last": c_last} if "dc_last" in leaf else {})
    out |= {f"d{k}": g for k, g in zip(wanted, gradients, strict=True)}
    return {k: v.detach().numpy().astype(np.float64) for k, v in out.items()}


def _layer(case: Case, leaf: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """torch.nn's layer, its weights made from ours so that gradients reach ours."""
    from tests.support.frozen import BLOCKS

    ours, X = BLOCKS[case.family], leaf["X"]
    order = [ours.index(name) for name in LAYERS[case.family]]
    sign = [-1.0 if case.family.startswith("gru") and ours[k] == "Γ_u" else 1.0 for k in order]
    W, U, b = (
        torch.cat([s * leaf[name][k].movedim(0, -1) for k, s in zip(order, sign, strict=True)])
        for name in ("W", "U", "b")
    )
    b_h = torch.zeros_like(b)
    if "b_h" in leaf:
        b_h = torch.cat([b_h[: -len(leaf["b_h"])], leaf["b_h"]])
    D, H = leaf["W"].shape[1:]
    if case.family.startswith("rnn"):
        layer: torch.nn.RNNBase = torch.nn.RNN(D, H, nonlinearity=case.family.removeprefix("rnn-"))
    else:
        layer = (torch.nn.GRU if "b_h" in leaf else torch.nn.LSTM)(D, H)
    weights = {"weight_ih_l0": W, "weight_hh_l0": U, "bias_ih_l0": b, "bias_hh_l0": b_h}
    starts = tuple(leaf[k][None] for k in ("a0", "c0") if k in leaf)
    start = starts if len(starts) == 2 else starts[0]
    states, last = torch.func.functional_call(layer.to(X.dtype), weights, (X, start))
    return states, last[1][0] if len(starts) == 2 else last[0]


def _equations(family: str, leaf: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """The equations as the quiz writes them, W_k [state, x] + b_k, one step after the other."""
    W = [torch.cat([U, W]) for U, W in zip(leaf["U"], leaf["W"], strict=True)]
    b, σ = leaf["b"], torch.sigmoid
    a = c = leaf.get("c0", leaf.get("a0"))
    a = leaf.get("a0", a)
    states = []
    for x in leaf["X"]:
        if family.startswith("rnn"):
            a = G[family.removeprefix("rnn-")](torch.cat([a, x], 1) @ W[0] + b[0])
        elif family == "gru":
            Γ_u = σ(torch.cat([c, x], 1) @ W[0] + b[0])
            Γ_r = σ(torch.cat([c, x], 1) @ W[1] + b[1])
            c_tilde = torch.tanh(torch.cat([Γ_r * c, x], 1) @ W[2] + b[2])
            a = c = Γ_u * c_tilde + (1 - Γ_u) * c
        elif family == "lstm":
            both = torch.cat([a, x], 1)
            Γ_u, Γ_f, Γ_o = (σ(both @ W[k] + b[k]) for k in (0, 1, 3))
            c = Γ_u * torch.tanh(both @ W[2] + b[2]) + Γ_f * c
            a = Γ_o * c
        else:
            raise ValueError(f"no equations are written for {family}")
        states.append(a)
    return torch.stack(states), c
