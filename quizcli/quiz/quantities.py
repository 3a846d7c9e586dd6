"""Numbers as people write them: what a learner types, and what a bank says of its answers.

The rule: what is a number is read exactly, as a rational; what is none is told and not counted.
Digits of every script count, as do thousands in groups of three, or of two as in India
(``1,25,010``), powers of ten, fractions and a minus sign of any length. A comma is a decimal mark
where the bank's language writes it so, and elsewhere parts thousands, which never begin with 0:
``0,125`` is an eighth or nothing. A text that would be read in two ways is not read at all.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, decimal

from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 60  # characters of a number with its unit
_IN_DIGITS = "type it in digits, such as 100 or 1e2"
_POWER = 330  # of ten, either way: what a float may have
# Languages that write 1,5 for one and a half (Unicode CLDR, decimal separators).
COMMA = (
    " af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk ky lt lv mk nb nl nn"
    " no pl pt ro ru sk sl sq sr sv tr uk uz vi "
)
# Powers of ten by which an SI prefix multiplies (BIPM, SI Brochure, 9th edition, table 7).
_PREFIXES = {
    "Q": 30, "R": 27, "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2,
    "da": 1, "": 0, "d": -1, "c": -2, "m": -3, "µ": -6, "μ": -6, "u": -6, "n": -9, "p": -12,
    "f": -15, "a": -18, "z": -21, "y": -24, "r": -27, "q": -30,
}  # fmt: skip
# Units that look like a prefix and another unit, and are not: no min is a thousandth of an inch.
_WHOLE = (
    " min mins day days cd Pa ft pt qt ct at yd rd au Eh dB db Gy PS mph kph ppb ppt nmi dpt rad"
    " mol mo mas hp ph pc "
)
# Units of one prefix and no more: no ps is a base, before which f could stand.
_BASES = " m g s A K l L t V W J N C F H T S B b Hz "
_OF_WORDS = ("", "k", "M", "G", "T", "P")  # as in ktokens; the others stand before symbols
# What the script of a page needs to know of them.
UNITS = {"prefixes": _PREFIXES, "whole": _WHOLE, "bases": _BASES, "ofWords": list(_OF_WORDS)}
# Marks of other scripts: of full width, and those that stand between Arabic digits.
_MARKS = {"，": ",", "．": ".", "／": "/", "٬": ",", "٫": "."}
_SPACES = "\u00a0\u2007\u2008\u2009\u202f '’"
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<body>[0-9.,]+)"
    r"(?:(?:[eE]|[*x×·]10(?:\^|\*\*))(?P<power>[+-]?[0-9]{1,4})|(?P<slash>/)(?P<below>[0-9]+)|"
    r"(?:\^|\*\*)(?P<raised>[+-]?[0-9]{1,4}))?"
    r"(?P<unit>[^0-9.,+\-/^*].*|)\Z",
    re.DOTALL,
)


class NotNumber(BadResponse):
    """The text is no number; the message says why, and what to type."""


class Quantity(NamedTuple):
    """A number with the unit that was written behind it, "" for none."""

    value: Fraction
    unit: str = ""


def quantity(text: str, language: str = "", typed: str = "") -> Quantity:
    """The number that a text is, which was ``typed`` otherwise where that is given. Raises
    NotNumber."""
    read, text = text.strip(), (typed or text).strip()
    if len(read) > LONGEST:
        raise NotNumber("That is too long for a number", f"{LONGEST} characters at most")
    match = _NUMBER.match(_ascii(read))
    if match is None or not match["body"].strip(".,"):
        raise NotNumber(f"'{_short(text)}' is not a number", _IN_DIGITS)
    value = _decimal(match["body"], text, comma=has_comma(language))
    if match["slash"]:
        value = _divided(value, match["below"], text)
    elif match["raised"] is not None:
        value = _raised(value, match["raised"], text)
    elif match["power"] is not None:
        if abs(int(match["power"])) > _POWER:
            raise NotNumber(f"'{_short(text)}' is out of range", f"powers of ten up to {_POWER}")
        value *= Fraction(10) ** int(match["power"])
    unit = match["unit"].strip()
    if (
        unit[:1].isdigit()
        or unit[:1] == "_"
        or (match["body"] == "0" and unit[:1] in {"x", "b", "o"} and unit[1:])
    ):
        raise NotNumber(f"'{_short(text)}' is not a number", _IN_DIGITS)
    return Quantity(-value if match["sign"] == "-" else value, unit)


def has_comma(language: str) -> bool:
    """Whether a language has a comma as its decimal mark; not where nothing is said."""
    code = language.partition("-")[0].lower()
    return bool(code) and f" {code} " in COMMA


def _ascii(text: str) -> str:
    """Digits of any script as 0 to 9, any minus sign as a hyphen, no spaces between digits."""
    found = []
    for sign in text:
        digit = decimal(sign, None)
        if digit is not None:
            found.append(str(digit))
        elif sign in "−﹣－" or (category(sign) == "Pd" and not found):
            found.append("-")
        else:
            found.append(_MARKS.get(sign, sign))
    plain = "".join(found)
    first = "[1-9][0-9]{0,2}|(?<=[.,])[0-9]{3}"  # of the thousands, or of the decimals
    grouped = rf"(?<![0-9])({first})((?:[{_SPACES}][0-9]{{3}})+)(?![0-9])"
    plain = re.sub(grouped, lambda m: m[1] + re.sub(f"[{_SPACES}]", "", m[2]), plain)
    plain = re.sub(r"^([+-])\s+", r"\1", plain)
    return re.sub(r"\s*([*x×·/^])\s*(?=[0-9(])", r"\1", plain)


def _decimal(body: str, text: str, *, comma: bool) -> Fraction:
    mark, parts = (",", ".") if comma else (".", ",")
    whole, point, below = body.partition(mark)
    groups = whole.split(parts)
    if comma and not point and len(groups) == 2 and (groups[0] in {"", "0"} or len(groups[1]) != 3):
        whole, point, below = groups[0], ".", groups[1]  # 1.5, as every keyboard can write it
        groups = [whole]
    if not _are_thousands(groups, parts) or parts in below or mark in below or not (whole or below):
        raise NotNumber(f"'{_short(text)}' is not a number", _why(whole, below, mark, parts))
    return Fraction(f"{''.join(groups) or '0'}.{below or '0'}")


def _are_thousands(groups: list[str], parts: str) -> bool:
    """Groups of three, the first of which may be shorter; or of two before the last, where commas
    part them, and no date is written so."""
    first, *others = groups
    if not others:
        return True
    lengths = {len(group) for group in others[:-1]}
    indian = parts == "," and lengths == {2} and len(first) < 3
    return (
        len(first) in {1, 2, 3}
        and first[0] != "0"
        and len(others[-1]) == 3
        and (lengths <= {3} or indian)
    )


def _why(whole: str, below: str, mark: str, parts: str) -> str:
    """Why digits with marks between them are no number."""
    names = {".": "point", ",": "comma"}
    if (whole + below)[-1:] in {mark, parts}:
        return f"a {names[(whole + below)[-1]]} follows it"
    if mark in below:
        return f"it has two decimal marks; a {names[mark]} is one here"
    if whole.count(parts) > 1:
        return f"a {names[parts]} separates thousands here, as in 1{parts}250{parts}000"
    return f"the decimal mark is a {names[mark]} here"


def _divided(value: Fraction, below: str, text: str) -> Fraction:
    if value.denominator != 1 or not int(below):
        raise NotNumber(f"'{_short(text)}' is not a number", "a fraction is two whole numbers, 1/3")
    return value / int(below)


def _raised(value: Fraction, power: str, text: str) -> Fraction:
    exponent = int(power)
    reach = abs(exponent) <= _POWER and len(str(value.numerator)) * abs(exponent) <= 4 * _POWER
    if not reach or (value == 0 and exponent < 0):
        raise NotNumber(f"'{_short(text)}' is out of range", f"powers of ten up to {_POWER}")
    return value**exponent


def factor(unit: str, wanted: str) -> Fraction | None:
    """By what a number in one unit is multiplied to be in the ``wanted`` one: 1/1000 from ms to s;
    None where no SI prefix leads from one to the other."""
    if unit == wanted:
        return Fraction(1)
    # A prefix of a unit that is squared counts twice; nobody types that often enough to guess it.
    if not (unit and wanted) or not unit[-1].isalpha() or not wanted[-1].isalpha():
        return None
    bases = dict(_parted(wanted))
    for base, power in _parted(unit):
        if base in bases:
            return Fraction(10) ** (power - bases[base])
    return None


def _parted(unit: str) -> Iterator[tuple[str, int]]:
    """Each base that a unit may have, with the power of ten of its prefix."""
    for prefix, power in _PREFIXES.items():
        base = unit.removeprefix(prefix)
        name, whole = _first_name(base), _first_name(unit)
        if not unit.startswith(prefix) or not base or (prefix and f" {whole} " in _WHOLE):
            continue
        if f" {name} " in _WHOLE or not (
            _is_prefixed(name) or (len(name) > 4 and prefix not in _OF_WORDS)
        ):
            yield base, power


def _first_name(unit: str) -> str:
    """The letters that a unit begins with: of m/s the m."""
    return unit[: next((n for n, sign in enumerate(unit) if not sign.isalpha()), len(unit))]


def _is_prefixed(name: str) -> bool:
    return any(
        prefix and name.startswith(prefix) and f" {name.removeprefix(prefix)} " in _BASES
        for prefix in _PREFIXES
    )


class DigitsAsWritten(Fraction):
    """A number that keeps the zeros at its end: ``6.50``. What is reckoned with it has none."""

    digits: str

    def __new__(cls, digits: str) -> DigitsAsWritten:
        self = super().__new__(cls, digits)
        self.digits = digits
        return self


def as_written(value: Fraction, text: str) -> Fraction:
    """A number, with the zeros at the end that its text has."""
    digits = text.strip().replace(",", ".")
    ends = re.fullmatch(r"-?[0-9]+\.[0-9]*0", digits, re.ASCII)
    return DigitsAsWritten(digits) if ends and Fraction(digits) == value else value


def written(value: Fraction, most: int = 12) -> str:
    """A number as it is shown: its digits where at ``most`` so many follow the point, else a
    fraction."""
    if isinstance(value, DigitsAsWritten):
        return value.digits
    if value.denominator == 1:
        return str(value.numerator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        places = next((n for n in range(1, most + 1) if (value * 10**n).denominator == 1), None)
        if places is not None:
            return _placed(value, places)
    return f"{value.numerator}/{value.denominator}"


def _placed(value: Fraction, places: int) -> str:
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
