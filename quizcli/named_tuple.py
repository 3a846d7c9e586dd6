"""``NamedTuple`` for the records that every start defines: the same to use, and less to define.

The rule: it is ``typing.NamedTuple`` to a reader and to a type checker. That one compiles the
annotation of each field, though nobody reads it while the program runs: a fifteenth of a start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    class _Defining(type):
        def __new__(cls, name, _, own):
            fields = own["__annotations__"]
            defaults = [own.pop(field) for field in fields if field in own]
            made = namedtuple(name, fields, defaults=defaults, module=own.pop("__module__"))
            for attribute, value in own.items():
                setattr(made, attribute, value)
            return made

    NamedTuple = type.__new__(_Defining, "NamedTuple", (), {})

__all__ = ["NamedTuple"]
