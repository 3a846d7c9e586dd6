"""What ONNX's reference implementation says of a case: the states, forward only.

ONNX stores (n·H, in), calls the update gate of a GRU z with the meaning 1-Γ_u, and orders blocks
in its own way. ``linear_before_reset`` 0 is the quiz's GRU, 1 is torch's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.support.frozen import Case

# family -> (operator, order of the blocks in our names, attributes)
FAMILIES: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "rnn-tanh": ("RNN", ("z",), {}),
    "rnn-identity": (
        "RNN",
        ("z",),
        {"activations": ["Affine"], "activation_alpha": [1.0], "activation_beta": [0.0]},
    ),
    "gru": ("GRU", ("Γ_u", "Γ_r", "c_tilde"), {"linear_before_reset": 0}),
    "gru-reset-after": ("GRU", ("Γ_u", "Γ_r", "c_tilde"), {"linear_before_reset": 1}),
    "lstm-tanh": ("LSTM", ("Γ_u", "Γ_o", "Γ_f", "c_tilde"), {}),
}


def states(case: Case) -> NDArray[Any]:
    """a⟨1⟩ … a⟨T⟩ (GRU: c), (T, B, H)."""
    operator, order, attributes = FAMILIES[case.family]
    gates = case.gates()
    if operator == "GRU":
        gates["Γ_u"] = gates["Γ_u"].complement()
    W, R, b = (np.concatenate([gates[k][part].T for k in order]) for part in range(3))
    b_h = np.zeros_like(b)
    if "b_h" in case.given:
        b_h[-len(case.given["b_h"]) :] = case.given["b_h"]
    feed = {"X": case.given["X"], "W": W[None], "R": R[None], "B": np.concatenate([b, b_h])[None]}
    names = ["initial_h", "initial_c"]
    feed |= {name: start[None] for name, start in zip(names, case.starts(), strict=False)}
    found = run(operator, feed, {"hidden_size": R.shape[1], **attributes})
    return np.asarray(found[:, 0])


def run(operator: str, feed: dict[str, NDArray[Any]], attributes: dict[str, Any]) -> NDArray[Any]:
    """Y of one recurrent node, (T, directions, B, H)."""
    names = ["X", "W", "R", "B", "", "initial_h", "initial_c"]
    used = [name if name in feed else "" for name in names[: 7 if operator == "LSTM" else 6]]
    node = helper.make_node(operator, used, ["Y", "Y_h"], **attributes)
    dtype = helper.np_dtype_to_tensor_dtype(feed["X"].dtype)
    declared = [helper.make_tensor_value_info(k, dtype, v.shape) for k, v in feed.items()]
    out = [helper.make_tensor_value_info("Y", TensorProto.UNDEFINED, None)]
    graph = helper.make_graph([node], "one", declared, out)
    found = ReferenceEvaluator(helper.make_model(graph)).run(["Y"], feed)
    return np.asarray(found[0])
