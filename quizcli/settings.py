"""Settings: which there are, what each may be, and which of several sources decides.

The rule: a setting is one line of :data:`SETTINGS`. Reading, checking, merging and writing follow
from the table; nothing here touches a file, an environment or a screen.

The file is TOML, a line a setting. What is wrong in it is told with its line, and costs that
setting alone, or the whole file where it is no TOML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.report.numbers import real, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | bool | int | float
FILE_NAME = "config.toml"
LONGEST_TEXT = 200
HINTED = 10  # mistyped names for which the nearest one is looked for
SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Setting(NamedTuple):
    """One setting: any of ``words``; true or false for a ``switch``; a number from ``low`` to
    ``high`` where these are given, a whole one unless ``whole`` is False; any ``text`` of one line.
    ``what`` is one line for a person."""

    name: str
    default: Value
    what: str
    words: tuple[str, ...] = ()
    switch: bool = False
    low: float | None = None
    high: float | None = None
    whole: bool = True
    text: bool = False

    @property
    def accepts(self) -> str:
        """What it may be, in words."""
        if self.text:
            return "one line of text"
        choices = [*self.words, *(("true", "false") if self.switch else ())]
        if self.low is not None and self.high is not None:
            kind = "a whole number" if self.whole else "a number"
            choices.append(f"{kind} from {self.low:,.12g} to {self.high:,.12g}")
        return ", ".join(choices[:-1]) + f" or {choices[-1]}" if choices[1:] else choices[0]


BANKS = "bank: as the bank says"
# By name: the rules themselves load rational numbers, which the first question does without.
CREDITS = (
    "bank",
    "all-or-nothing",
    "net-correct",
    "coverage",
    "every-decision",
    "proportional",
    "false2",
)
SETTINGS: tuple[Setting, ...] = (
    Setting("colour", "auto", "when to use colours", ("auto", "always", "never")),
    Setting("plain", False, "lines instead of screens", switch=True),
    Setting(
        "width",
        "auto",
        "maximum width in columns; running text stays within 80",
        ("auto",),
        low=20,
        high=1000,
    ),
    Setting("picture", "dark", "background of the pictures that --svg saves", ("dark", "light")),
    Setting("shuffle", "bank", f"shuffle questions and options; {BANKS}", ("bank",), switch=True),
    Setting("vary", False, "draw new numbers in questions with variables", switch=True),
    Setting(
        "credit",
        "bank",
        f"credit rule if several options can be ticked; {BANKS}",
        CREDITS,
    ),
    Setting(
        "retention",
        0.9,
        "the chance of recall, from 0 to 1, at which a card is due",
        low=0.7,
        high=0.97,
        whole=False,
    ),
    Setting("maximum-interval", 36500, "longest interval in days", low=1, high=36500),
    Setting("new-per-day", 20, "new cards per day", low=0, high=9999),
    Setting("reviews-per-day", 9999, "due cards per day; 9999: no limit", low=1, high=9999),
    Setting("leech", 8, "lapses after which a card is suspended; 0: never", low=0, high=99),
    Setting("rollover", 4, "the hour at which a new learning day begins", low=0, high=23),
    Setting("fuzz", True, "spread cards learned together over neighbouring days", switch=True),
    Setting("confirm-leave", True, "whether Esc asks before leaving a quiz", switch=True),
    Setting("name", "", "your name, to appear on what you hand in", text=True),
    Setting("student", "", "your number or login in a course, next to your name", text=True),
    Setting("section", "", "your section or group in a course, next to your name", text=True),
)


class BadSetting(Exception):
    """A name that is none, or a value that a setting cannot have: a sentence with its mend."""


class Held(NamedTuple):
    """A setting's value, and where it comes from: ``default``, ``file``, or the name of a variable
    of the environment."""

    value: Value
    source: str


class Read(NamedTuple):
    """What a file said: values that hold, values of the file that are not known or not allowed,
    and every fault as (line, ``what — mend``), with line 0 for the whole file."""

    values: dict[str, Value]
    kept: dict[str, object]
    faults: tuple[tuple[int, str], ...]
    readable: bool = True


def setting(name: str) -> Setting:
    """The setting of a name. Raises BadSetting, with the nearest name."""
    for each in SETTINGS:
        if each.name == name:
            return each
    from quizcli.report.words import did_you_mean

    hint = did_you_mean(name[:100], [each.name for each in SETTINGS], "the settings are")
    raise BadSetting(f"no setting is called '{_short(name)}' — {hint}")


def parsed(one: Setting, text: str) -> Value:
    """The value that a person typed. Raises BadSetting."""
    if one.text:
        return checked(one, text.strip())
    word = text.strip().lower()
    if one.switch and word in SWITCH:
        return SWITCH[word]
    if one.low is not None and word not in one.words:
        for number in (whole(word, -(10**9), 10**9), real(word, -1e9, 1e9)):
            if number is not None:
                return checked(one, number)
        # What is typed has none, though sentences have: 2,5 is no 25.
        if one.whole and whole(word.replace(",", ""), 0, 10**9) is not None:
            raise BadSetting(f"{one.name} cannot be {word} — type the number without commas")
    return checked(one, word)


def checked(one: Setting, value: object) -> Value:
    """``value``, where the setting may have it. Raises BadSetting, with the nearest word."""
    if isinstance(value, bool):
        if one.switch:
            return value
    elif isinstance(value, str):
        if value in one.words:
            return value
        if one.text and len(value) <= LONGEST_TEXT and (value.isprintable()):
            return value
    elif isinstance(value, int | float) and one.low is not None and one.high is not None:
        whole = not one.whole or value == value // 1
        if one.low <= value <= one.high and whole:  # never true of a NaN
            return int(value) if one.whole else value
    from quizcli.report.words import nearest

    words = (*one.words, *(("true", "false") if one.switch else ()))
    close = nearest(value, words) if isinstance(value, str) else None
    hint = f"did you mean '{close}'?" if close else f"use {one.accepts}"
    raise BadSetting(f"{one.name} cannot be {_short(written(value))} — {hint}")


def read(text: str) -> Read:
    """The settings in the text of a file."""
    import tomllib

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        return Read({}, {}, (_unreadable(error, text),), readable=False)
    values: dict[str, Value] = {}
    kept: dict[str, object] = {}
    faults: list[tuple[int, str]] = []
    places = _lines(text)
    known = {one.name for one in SETTINGS}
    for name, value in table.items():
        try:
            if name not in known and len(faults) >= HINTED:
                raise BadSetting(f"no setting is called '{_short(name)}'")
            values[name] = checked(setting(name), value)
        except BadSetting as fault:
            faults.append((places.get(name, 0), str(fault)))
            kept[name] = value
    return Read(values, kept, tuple(faults))


def _unreadable(error: Exception, text: str) -> tuple[int, str]:
    """Where the parser stopped. It has its place in words only, before Python 3.14."""
    import re

    found = re.search(r"^(.*) \(at line (\d+), column \d+\)$", str(error))
    line = int(found[2]) if found else len(text.rstrip().splitlines()) or 1
    what = (found[1] if found else str(error).partition(" (")[0]).rstrip(".")
    what = what[:1].lower() + what[1:] if what else "nested too deeply"
    return line, f"invalid TOML: {what} — write a line like: width = 72"


def _lines(text: str) -> dict[str, int]:
    """The line of each name, from 1, where a line begins with it."""
    import re

    start = re.compile(r"""\s*\[*\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\].=]+))\s*[\].=]""")
    found: dict[str, int] = {}
    for n, line in enumerate(text.splitlines(), 1):
        if match := start.match(line):
            found.setdefault(match[1] or match[2] or match[3] or "", n)
    return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def merged(
    values: Mapping[str, Value], environment: Mapping[str, Held] | None = None
) -> dict[str, Held]:
    """Every setting with its source: the environment before the file before the default."""
    found = {}
    for one in SETTINGS:
        held = (environment or {}).get(one.name)
        if held is None and one.name in values:
            held = Held(values[one.name], "file")
        found[one.name] = held or Held(one.default, "default")
    return found


def whole_file(values: Mapping[str, Value], kept: Mapping[str, object] | None = None) -> str:
    """The text of the file that holds these values: each below what it is. ``kept`` are values
    that this version does not know or allow, and leaves as they are. Raises BadSetting for one
    that cannot be written again: a table, a list, a date."""
    lines = ["# Written by quizcli config; your comments are not preserved."]
    for one in SETTINGS:
        if one.name in values:
            lines += ["", f"# {one.what}", f"{one.name} = {written(values[one.name])}"]
    if kept:
        lines += ["", "# Not valid in this version, and kept as it was."]
        for name, value in kept.items():
            if not isinstance(value, Value):
                raise BadSetting(f"{name} is not a setting and would be lost — remove it first")
        lines += [f"{_key(name)} = {written(value)}" for name, value in kept.items()]
    return "\n".join(lines) + "\n"


def written(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        import json  # TOML's basic strings are JSON's, but for DEL

        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int) and value.bit_length() > 10_000:
        return f"{value:#x}"  # as it was: Python writes no more than 4,300 decimal digits
    return repr(value) if isinstance(value, int | float) else f"a {_kind(value)}"


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "table"
    return "list" if isinstance(value, list) else "date or time"


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else written(name)
