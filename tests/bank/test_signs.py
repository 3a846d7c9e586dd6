"""Signs in the place of YAML's, each in the midst of a bank of four questions: one true sentence."""

from __future__ import annotations

import pytest

from tests.bank.test_quotation import told

PEN = "- {id: p, text: Pen}"
SLIPS = {
    "en dash": ("  - id: three", "  – id: three", (
        17, 3, "'–' begins this line, and each one of a list begins with '- ' — write: - id: three")),
    "star": ("  - id: three", "  * id: three", (
        17, 3, "'*' begins this line, and each one of a list begins with '- ' — write: - id: three")),
    "no dash": ("  - id: three", "  id: three", (
        17, 3, "a '- ' is missing before 'id' — each one of a list begins with it: - id: …")),
    "no key": ("  - id: three", "  - three", (
        17, 5, "a key is missing before 'three' — write: - id: three")),
    "equals": ("    kind: number", "    kind = number", (
        18, 10, "'=' stands behind 'kind', where a ':' belongs — write: kind: number")),
    "slashes": ("    kind: number", "    // a number\n    kind: number", (
        18, 5, "'//' begins no remark — a remark begins with '#'")),
    "no braces": (PEN, "- id: p, text: Pen", (
        26, 9, "several keys in one line need braces around them — write: - {id: p, text: Pen}")),
    "parentheses": (PEN, "- (id: p, text: Pen)", (
        26, 9, "several keys in one line need braces around them — write: - {id: p, text: Pen}")),
    "no comma": (PEN, "- {id: p text: Pen}", (
        26, 15, "a comma is missing before 'text' — write: - {id: p, text: Pen}")),
    "semicolon": (PEN, "- {id: p; text: Pen}", (
        26, 15, "a comma is missing before 'text' — write: - {id: p, text: Pen}")),
    "no bracket": ("Delhi, Delhi]", "Delhi, Delhi", (
        16, 14, "the bracket in line 16 is not closed — write ] where it ends")),
    "no brace": (PEN, PEN[:-1], (
        26, 9, "the bracket in line 26 is not closed — write } where it ends")),
    "block that is not indented": ("explanation: So.", "explanation: |\n    So it is.", (
        29, 5, "this line is no part of the block above it — indent all its lines further than its key")),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_sign_that_is_not_one_of_yaml(slip: str) -> None:
    old, new, expected = SLIPS[slip]
    assert told(old, new) == expected
