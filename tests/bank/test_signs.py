"""Signs in the place of YAML's, each in the midst of a bank of four questions: one true sentence."""

from __future__ import annotations

import pytest

from tests.bank.test_quotation import told

PEN = "- {id: p, text: Pen}"
SLIPS = {
    "en dash": ("  - id: three", "  – id: three", (
        17, 3, "'–' begins this line, but each item of a list begins with '- ' — write: - id: three")),
    "star": ("  - id: three", "  * id: three", (
        17, 3, "'*' begins this line, but each item of a list begins with '- ' — write: - id: three")),
    "no dash": ("  - id: three", "  id: three", (
        17, 3, "a '- ' is missing before 'id' — each item of a list begins with it: - id: …")),
    "no key": ("  - id: three", "  - three", (
        17, 5, "a key is missing before 'three' — write: - id: three")),
    "no colon": ("  - id: three", "  - id three", (
        17, 5, "a ':' is missing after 'id' — write: - id: three")),
    "no key before several words": ("  - id: three", "  - three seas", (
        17, 5, "a key is missing before 'three seas' — write: - id: three seas")),
    "equals": ("    kind: number", "    kind = number", (
        18, 10, "'=' follows 'kind', where a ':' belongs — write: kind: number")),
    "slashes": ("    kind: number", "    // a number\n    kind: number", (
        18, 5, "'//' does not start a comment — a comment starts with '#'")),
    "no braces": (PEN, "- id: p, text: Pen", (
        26, 9, "several keys in one line need braces around them — write: - {id: p, text: Pen}")),
    "parentheses": (PEN, "- (id: p, text: Pen)", (
        26, 9, "several keys in one line need braces around them — write: - {id: p, text: Pen}")),
    "no comma": (PEN, "- {id: p text: Pen}", (
        26, 15, "a comma is missing before 'text' — write: - {id: p, text: Pen}")),
    "semicolon": (PEN, "- {id: p; text: Pen}", (
        26, 15, "a comma is missing before 'text' — write: - {id: p, text: Pen}")),
    "no bracket": ("Delhi, Delhi]", "Delhi, Delhi", (
        16, 14, "the bracket on line 16 is not closed — write ] where it ends")),
    "no brace": (PEN, PEN[:-1], (
        26, 9, "the bracket on line 26 is not closed — write } where it ends")),
    "block that is not indented": ("explanation: So.", "explanation: |\n    So it is.", (
        29, 5, "this line is not part of the block above it — indent all its lines further than its key")),
    "no dash before braces": (PEN, PEN[2:], (
        26, 7, "a '- ' is missing before '{' — write: - {id: p, text: Pen}")),
    "no dash before a later item": ('- {id: q, text: "`Quill`"}', "q: Quill", (
        27, 7, "a '- ' is missing before 'q' — each item of a list begins with it: - q: …")),
    "keys that hold their values": (PEN, "- {id:p, text:Pen}", (
        26, 10, "unknown key 'id:p' in the item — write it as id: p")),
    "equals in braces": (PEN, "- {id: p, text = Pen}", (
        26, 17, "unknown key 'text = Pen' in the item — write it as text: Pen")),
    "marks of print": (PEN, "- {id: p, text: “Pen, ink”}", (
        26, 29, "unknown key 'ink”' in the item — “ is not a quotation mark in YAML; write text: \"Pen, ink\"")),
    "another name": ("    kind: number", "    type: number", (
        18, 5, "unknown key 'type' in the question — did you mean 'kind'?")),
    "a comma behind a number": ("answer: 12", "answer: 12,", (
        20, 13, "'12,' is not a number — a comma follows it")),
    "no value in braces": ("correct: true", "correct", (
        9, 37, "'correct' is empty — write 'correct: true', or remove the key")),
    "a block that is not indented, with a colon": ("explanation: So.", "explanation: |\n    So: it is.", (
        28, 18, "'explanation' is empty — indent the lines of the text further than 'explanation'")),
    "a text in its own line, with a colon": ("explanation: So.", "explanation:\n      So it: is.", (
        29, 7, "'explanation' is a mapping — put the text in quotes, or in a block after '|': it contains ': '")),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_sign_that_is_not_one_of_yaml(slip: str) -> None:
    old, new, expected = SLIPS[slip]
    assert told(old, new) == expected
