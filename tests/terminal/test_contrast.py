"""Words and signs can be read on every common terminal, dark or light.

Contrast is the ratio of WCAG 2.1, 1.4.3: (L1 + 0.05) / (L2 + 0.05) of relative luminances, and 4.5
is its least for text. Each palette is what its terminal ships with, black to white and bright black
to bright white, with its own (text, background) pairs; sources: the terminals' default settings,
as the table of ANSI colours that is commonly published lists them.

Solarized is not among them: it gives contrast up by design, 4.1 for its own text on its light
background. Visual Studio Code is not either: it raises the contrast of any text to 4.5 by itself.
"""

from __future__ import annotations

import pytest
from rich.style import Style

from quizcli.terminal.render import _CODES
from quizcli.terminal.views.lines import THEME

NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
PALETTES = {
    "xterm": (
        (
            "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
            "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
        ),
        ("000000 ffffff", "ffffff 000000", "e5e5e5 000000"),
    ),
    "VGA and the Linux console": (
        (
            "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
            "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
        ),
        ("aaaaaa 000000",),
    ),
    "Windows, before 2017": (
        (
            "000000 800000 008000 808000 000080 800080 008080 c0c0c0 "
            "808080 ff0000 00ff00 ffff00 0000ff ff00ff 00ffff ffffff"
        ),
        ("c0c0c0 000000",),
    ),
    "Windows (Campbell)": (
        (
            "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
            "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"
        ),
        ("cccccc 0c0c0c",),
    ),
    "Terminal.app": (
        (
            "000000 c23621 25bc24 adad27 492ee1 d338d3 33bbc8 cbcccd "
            "818383 fc391f 31e722 eaec23 5833ff f935f8 14f0f0 e9ebeb"
        ),
        ("000000 ffffff", "ffffff 000000"),
    ),
    "PuTTY": (
        (
            "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb "
            "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
        ),
        ("bbbbbb 000000",),
    ),
    "GNOME (Tango)": (
        (
            "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf "
            "555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec"
        ),
        ("d3d7cf 2e3436", "2e3436 ffffff", "ffffff 300a24"),
    ),
}
LEAST = 4.5


def luminance(colour: str) -> float:
    """Relative luminance of six hexadecimal digits."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def shown(style: Style, palette: list[str], text: str, background: str) -> tuple[str, str]:
    """The colours that a style has in a palette."""

    def colour(wanted: object, otherwise: str) -> str:
        name = getattr(wanted, "name", "default")
        if name == "default":
            return otherwise
        return palette[NAMES.index(name.removeprefix("bright_")) + 8 * name.startswith("bright_")]

    pair = colour(style.color, text), colour(style.bgcolor, background)
    return pair[::-1] if style.reverse else pair


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("name", THEME)
def test_every_style_can_be_read(palette: str, name: str) -> None:
    """On each of the palette's own backgrounds. Dim text is at the terminal's whim: none is."""
    style = Style.parse(THEME[name])
    assert not style.dim
    assert not (style.bold and style.color), "bold may brighten a colour"
    colours, pairs = PALETTES[palette]
    for pair in pairs:
        fore, back = shown(style, colours.split(), *pair.split())
        assert contrast(fore, back) >= LEAST, (pair, round(contrast(fore, back), 2))


def test_the_measure_is_the_published_one() -> None:
    """Black on white is 21; the grey 767676 is the lightest that white carries."""
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("777777", "ffffff") < LEAST


@pytest.mark.parametrize("name", ["cyan", "yellow", "green", "red", "bright_blue"])
def test_why_no_word_is_coloured(name: str) -> None:
    """Each colour fails somewhere; where that changes, the theme may use it."""
    ratios = [
        contrast(*shown(Style.parse(name), colours.split(), *pair.split()))
        for colours, pairs in PALETTES.values()
        for pair in pairs
    ]
    assert min(ratios) < LEAST


def test_what_verbs_print_is_bold_or_italic_at_most() -> None:
    assert set(_CODES.values()) == {"1", "3"}
