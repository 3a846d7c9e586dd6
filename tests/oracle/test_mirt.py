"""The two-parameter model against mirt as it is installed.

Skipped where it is not; ``pip install 'quizcli[oracle]'`` brings it.
"""

from __future__ import annotations

import numpy as np
import pytest

from quizcli.scores.irt import fit, standard_errors
from tests.support.classes import LSAT6, LSAT7, made_up, published

mirt = pytest.importorskip("mirt", reason="needs mirt: pip install 'quizcli[oracle]'")

CLASSES = {"lsat-6": published(LSAT6), "lsat-7": published(LSAT7), "made up": made_up(5, 400).marks}


@pytest.mark.parametrize("name", CLASSES)
def test_plain_maximum_likelihood_agrees(name: str) -> None:
    """The log-likelihood to three decimals, curves and their errors to a thousandth of an error."""
    right = CLASSES[name]
    theirs = mirt.fit_mirt(right.astype(int), n_quadpts=61, tol=1e-9, max_iter=5000)
    ours = fit(right, priors=False)
    assert ours.log_likelihood == pytest.approx(theirs.log_likelihood, abs=1e-3)
    errors = standard_errors(ours, right)
    for field, called in (("slope", "discrimination"), ("difficulty", "difficulty")):
        found = np.array([getattr(curve, field) for curve in ours.curves])
        spread = np.array([getattr(error, field) for error in errors])
        assert np.abs(found - theirs.model.parameters[called]).max() <= 2e-3 * spread.max()
        assert spread == pytest.approx(theirs.standard_errors[called], rel=2e-2)
