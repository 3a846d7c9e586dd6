"""The colours of signs and of marks: bars, curves, heat maps, progress. Words have none.

They are of the 240 that a terminal with 256 colours has beside the 16 of its owner's palette, and
that look the same everywhere. What is drawn on the terminal's own ground is of a middle lightness,
so that it stands out by 3 to 1 on light and on dark; a heat map lays its own ground.
"""

from __future__ import annotations

# Laid under signs: of the 16 of a palette, and of the 256, where no palette makes them grey. Never
# bold: some terminals brighten bold text, and black would turn grey.
SIGNS = {
    "here": ("black on bright_cyan", "color(16) on color(80)"),
    "sign right": ("black on bright_green", "color(16) on color(114)"),
    "sign wrong": ("bright_white on red", "color(231) on color(160)"),
    "sign partly": ("black on bright_yellow", "color(16) on color(221)"),
}
# What holds, what is refuted, and what is neither.
MARKS = {"mark": 68, "mark right": 65, "mark wrong": 167}
# The ground, and steps from dark to light that look equally far apart.
RAMP = (16, 25, 31, 37, 43, 85)
# A word that is laid on the ground.
ON_GROUND = 255

_OF_VERDICTS = {"holds": "mark right", "refuted": "mark wrong"}

# Style of a mark → (colour of its sign, or None; colour laid under it, or None).
LAID: dict[str, tuple[int, int | None]] = {
    **{name: (colour, None) for name, colour in MARKS.items()},
    # A shade in the colour of what is laid under it: one that is copied as text is still a shade.
    **{f"ramp {step}": (colour, colour) for step, colour in enumerate(RAMP)},
    "ramp word": (ON_GROUND, RAMP[0]),
}


def of_verdict(verdict: str) -> str:
    """The style of a mark about which an experiment found this."""
    return _OF_VERDICTS.get(verdict, "mark")
