"""Dollars written as ``\\$``, which is what the guide tells authors to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.bank.check import check_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text", [r"costs \$5", r"x\$", r"\$", r"\$5 and \$6", r"\$5 and $x$", r"$x$ costs \$", "$"]
)
def test_a_dollar_that_is_one(tmp_path: Path, text: str) -> None:
    """Neither a fault nor a traceback."""
    path = tmp_path / "b.yaml"
    path.write_text(
        "format: 1\nid: b\ntitle: B\nquestions:\n  - id: q\n    kind: single-choice\n"
        f"    prompt: '{text}'\n    options:\n      - {{id: a, text: A, correct: true}}\n"
        "      - {id: c, text: C}\n"
    )
    ((_, faults),) = check_files([path], lambda *_: [])
    assert [fault for fault in faults if fault.level != "note"] == []


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("$5 and x$ then", True), ("$5 each or so$", True), ("$5 to 6$ then", False),
     ("$5+tax$", True), ("$10 (approx)$ a day", True), ("between $5 & 10$", True),
     ("$10 mod 3$", False), ("$3 + max(a, b)$", False), ("$2 + x_{max}$", False), ("$5x + 3$", False), (r"$2 \\text{ of } 3$", False)],
)  # fmt: skip
def test_a_price_that_reads_as_a_formula_is_told(tmp_path: Path, text: str, is_told: bool) -> None:
    """Where a number and a word stand between dollars, and no sign says which they are."""
    path = tmp_path / "b.yaml"
    path.write_text(
        "format: 1\nid: b\ntitle: B\nquestions:\n  - id: q\n    kind: single-choice\n"
        f"    prompt: '{text}'\n    options:\n      - {{id: a, text: A, correct: true}}\n"
        "      - {id: c, text: C}\n"
    )
    ((_, faults),) = check_files([path], lambda *_: [])
    told = [fault for fault in faults if "loses its dollars" in fault.what]
    assert bool(told) is is_told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The constant $K_m is in mM.", ["$K_m is in mM."]),
        (r"At $[S] = K_m the rate is half of $V_{\max}$.", ["$[S] = K_m the rate is half of "]),
        ("So $ K_m $ is a constant.", ["$ K_m $"]),
        ("Where $x = 5 holds.", ["$x = 5 holds."]),
        ("Run `$x = 4` under $HOME_x, or read $a_bc.", []),
        ("The price $A to $B.", []),
    ],
)
def test_a_formula_that_is_not_closed_is_told(tmp_path: Path, text: str, told: list[str]) -> None:
    """Without a backslash in it too: its dollar would be shown, and its signs as they are typed."""
    path = tmp_path / "b.yaml"
    path.write_text(
        "format: 1\nid: b\ntitle: B\nquestions:\n  - id: q\n    kind: true-false\n"
        f"    prompt: '{text}'\n    answer: true\n"
    )
    ((_, faults),) = check_files([path], lambda *_: [])
    noted = [fault for fault in faults if fault.code == "dollar"]
    assert [fault.what for fault in noted] == [
        f"'{each}' is read as dollars, not as a formula" for each in told
    ]
    closed = ["close" not in fault.fix for fault in noted]
    assert closed == [each.endswith("$") for each in told]
