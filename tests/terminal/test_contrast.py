"""Words, signs and marks can be read on every common terminal, dark or light.

Contrast is the ratio of WCAG 2.1, 1.4.3: (L1 + 0.05) / (L2 + 0.05) of relative luminances, and 4.5
is its least for text, 3 for marks (1.4.11). Each palette is what its terminal ships with, black to white and bright black
to bright white, with its own (text, background) pairs; sources: the terminals' default settings,
as the table of ANSI colours that is commonly published lists them.

Solarized is not among them: it gives contrast up by design, 4.1 for its own text on its light
background. Visual Studio Code is not either: it raises the contrast of any text to 4.5 by itself.
Marks stand out on both, and on the other grounds that are common.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from rich.color import Color
from rich.style import Style
from rich.text import Span, Text

from quizcli.terminal.canvas import _COLOURS, ansi
from quizcli.terminal.colours import LAID, MARKS, ON_GROUND, RAMP, SIGNS
from quizcli.terminal.render import _CODES, _MARKS
from quizcli.terminal.style import OutputStyle
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
LEAST_OF_MARKS = 3
# What more terminals stand on, beside the backgrounds of the palettes.
GROUNDS = {
    "Solarized light": "fdf6e3", "Solarized dark": "002b36", "Dracula": "282a36",
    "One Light": "fafafa", "One Dark": "282c34", "Visual Studio Code": "1e1e1e",
    "Gruvbox light": "fbf1c7", "Gruvbox dark": "282828", "Nord": "2e3440", "GNOME": "171421",
    "Catppuccin Latte": "eff1f5", "Monokai": "272822",
} | {
    f"{name}, {pair.split()[1]}": pair.split()[1]
    for name, (_, pairs) in PALETTES.items()
    for pair in pairs
}  # fmt: skip


def of_the_256(number: int) -> str:
    """One of the 240 colours that no palette changes, as six hexadecimal digits."""
    assert number >= 16
    return Color.from_ansi(number).get_truecolor().hex.removeprefix("#")


def lightness(colour: str) -> float:
    """L* of CIELAB: how light it looks, from 0 to 100."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


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
@pytest.mark.parametrize("name", [name for name in THEME if name not in LAID])
def test_every_style_can_be_read(palette: str, name: str) -> None:
    """On each of the palette's own backgrounds. Dim text is at the terminal's whim: none is."""
    style = Style.parse(THEME[name])
    assert not style.dim
    assert not (style.bold and style.color), "bold may brighten a colour"
    colours, pairs = PALETTES[palette]
    for pair in pairs:
        fore, back = shown(style, colours.split(), *pair.split())
        assert contrast(fore, back) >= LEAST, (pair, round(contrast(fore, back), 2))


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", MARKS)
def test_every_mark_is_seen(ground: str, name: str) -> None:
    """With one colour for light and dark, since a terminal does not say which it is."""
    ratio = contrast(of_the_256(MARKS[name]), GROUNDS[ground])
    assert ratio >= LEAST_OF_MARKS, round(ratio, 2)


@pytest.mark.parametrize("name", SIGNS)
def test_signs_of_the_256_can_be_read_whatever_the_palette(name: str) -> None:
    """Solarized has greys in the place of the bright 16."""
    style = Style.parse(SIGNS[name][1])
    pair = [of_the_256(colour.number) for colour in (style.color, style.bgcolor)]
    assert contrast(*pair) >= LEAST


def test_signs_have_the_256_where_there_are_any() -> None:
    lines = [Text("✓ holds", spans=[Span(0, 1, THEME["sign right"])])]
    assert ansi(lines, OutputStyle(colour=True)) == "\x1b[30;102m✓\x1b[0m holds\n"
    deep = ansi(lines, OutputStyle(colour=True, deep=True))
    assert deep == "\x1b[38;5;16;48;5;114m✓\x1b[0m holds\n"


def test_the_ramp_is_even_and_lies_on_its_own_ground() -> None:
    """Every step stands out from the ground, and all look equally far apart."""
    ground, *steps = map(of_the_256, RAMP)
    assert all(contrast(step, ground) >= LEAST_OF_MARKS for step in steps)
    assert contrast(of_the_256(ON_GROUND), ground) >= LEAST
    apart = [lightness(b) - lightness(a) for a, b in pairwise(steps)]
    assert min(apart) > 0.9 * max(apart) > 9


@pytest.mark.parametrize("name", LAID)
def test_a_mark_is_the_same_in_a_screen_and_in_what_a_verb_prints(name: str) -> None:
    style = Style.parse(THEME[name])
    assert f"\x1b[{_MARKS[name]}mx\x1b[0m" == style.render("x", color_system=_COLOURS)


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


def test_the_words_that_verbs_print_are_bold_or_italic_at_most() -> None:
    assert set(_CODES.values()) == {"1", "3"}
