"""NumPy, imported at its first use. The rule: the laboratory reaches NumPy through this file only.

Experiments declare their names, knobs and claims at import, and ``bank check`` reads those
declarations; neither needs NumPy, whose import costs more than the rest of a start together.
``np`` therefore stands for the module and becomes it at the first attribute asked of it.

One BLAS thread, unless the user chose a number: for products as small as ours a second thread
costs more than it brings, and it has to be said before NumPy is imported.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

if TYPE_CHECKING:
    import numpy as np
else:

    class _Numpy:
        """Stands for NumPy; after the first use every name is an attribute found at once."""

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            for variable in _THREADS:
                os.environ.setdefault(variable, "1")
            import numpy  # noqa: ICN001 - "np" is what stands for it here

            vars(self).update(vars(numpy))
            return getattr(numpy, name)

    np = _Numpy()

__all__ = ["np"]
