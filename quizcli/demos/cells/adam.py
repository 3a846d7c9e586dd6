"""Adam (Kingma and Ba 2015, algorithm 1): steps of gradient descent, scaled weight by weight.

m ← β₁ m + (1-β₁) g            a running mean of the gradients
v ← β₂ v + (1-β₂) g²           and of their squares
θ ← θ - rate · m̂ / (√v̂ + ε)    with m̂ = m/(1-β₁ᵏ) and v̂ = v/(1-β₂ᵏ) after k steps
"""

# ruff: noqa: PLW2901 — the arrays are meant to be changed in place

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.demos.cells.shared import Array


class Adam:
    """Changes the arrays it is given in place: ``Adam(cell.parameters(), rate=0.01)``."""

    def __init__(
        self,
        parameters: Mapping[str, Array],
        rate: float = 1e-3,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        self.parameters = parameters
        self.rate, self.beta_1, self.beta_2, self.epsilon = rate, beta_1, beta_2, epsilon
        self.steps = 0
        self._m = {name: np.zeros_like(p) for name, p in parameters.items()}
        self._v = {name: np.zeros_like(p) for name, p in parameters.items()}

    def step(self, gradients: Mapping[str, Array]) -> None:
        """One step down ``gradients``, which must have the names of the parameters."""
        self.steps += 1
        unbias_m = 1 - self.beta_1**self.steps
        unbias_v = 1 - self.beta_2**self.steps
        for name, p in self.parameters.items():
            g, m, v = gradients[name], self._m[name], self._v[name]
            m *= self.beta_1
            m += (1 - self.beta_1) * g
            v *= self.beta_2
            v += (1 - self.beta_2) * g * g
            p -= self.rate / unbias_m * m / (np.sqrt(v / unbias_v) + self.epsilon)
