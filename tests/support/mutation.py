"""Cells with one fault each: every +, -, *, transposition and array call of a module in turn."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator


def mutants(module: ModuleType, functions: set[str]) -> Iterator[tuple[str, ast.Module]]:
    """(what was done, the faulty tree) for each place in the named functions.

    It is one tree all along: each fault is taken back before the next is built in.
    """
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in list(_places(tree, functions)):
        before, sound = ast.unparse(node), dict(vars(node))
        _spoil(node)
        yield f"line {node.lineno}: {before} -> {ast.unparse(node)}", tree
        vars(node).update(sound)


def _places(tree: ast.Module, functions: set[str]) -> Iterator[ast.stmt | ast.expr]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name in functions:
            for node in ast.walk(function):
                operator = isinstance(node, ast.AugAssign | ast.BinOp) and isinstance(
                    node.op, ast.Add | ast.Sub | ast.Mult
                )
                transposed = isinstance(node, ast.Attribute) and node.attr == "T"
                if operator or transposed or _array_call(node):
                    yield node


def _array_call(node: ast.AST) -> bool:
    """A statement such as ``np.tanh(z, out=z)``: a call for its effect on an array."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).startswith("np.")
    )


def _spoil(node: ast.stmt | ast.expr) -> None:
    """One fault, in place."""
    if isinstance(node, ast.Attribute):
        node.attr = "real"  # the same real numbers, not transposed
    elif isinstance(node, ast.AugAssign | ast.BinOp):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.Expr):
        node.value = ast.copy_location(ast.Constant(None), node)  # the call is left out


def execute(tree: ast.Module, name: str) -> ModuleType:
    """The tree as a module, in which an array that nobody filled is full of NaN.

    Memory that was just freed often holds the very numbers that a faulty cell forgets to compute.
    Dataclasses look their module up, so it is registered meanwhile.
    """
    made = ModuleType(name)
    sys.modules[name] = made
    try:
        exec(compile(tree, name, "exec"), vars(made))
    finally:
        del sys.modules[name]
    made.np = _Poisoned()  # type: ignore[attr-defined]
    return made


class _Poisoned:
    """NumPy, but ``empty`` arrays are NaN."""

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)

    def empty(self, shape: Any, dtype: Any = float) -> Any:
        return np.full(shape, np.nan, dtype)

    def empty_like(self, like: Any) -> Any:
        return np.full_like(like, np.nan)
