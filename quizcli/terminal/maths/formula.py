"""A formula from TeX to text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.terminal.maths.commands import COMMANDS, unknown
from quizcli.terminal.maths.reader import Malformed
from quizcli.terminal.maths.setter import Setter

if TYPE_CHECKING:
    from quizcli.terminal.maths import Form


def set_formula(source: str, form: Form) -> str:
    """``source``, what stands between two dollar signs, written in ``form``.

    Raises Malformed; and NoUnicode, in Unicode form only.
    """
    setter = Setter(source, form, lambda name: COMMANDS.get(name, unknown))
    line = setter.line(setter.stop, tight=False)
    if setter.environments:
        raise Malformed("an environment has no end")
    return line.text
