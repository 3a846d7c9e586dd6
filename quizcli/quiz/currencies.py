"""Amounts of money as people write them: ``$1.00``, ``USD 1``, ``1 dollar``, ``-€ 5``, ``$3/kg``.

The rule: a sign, a code and a name of one currency mean the same, whichever of them a bank has.
"""

from __future__ import annotations

import re
from unicodedata import category

from quizcli.quiz.quantities import has_comma

_NAMES = {
    "$": "usd us$ ＄ dollar dollars",
    "€": "eur euro euros",
    "£": "gbp ￡ pound pounds",
    "¥": "jpy ￥ yen cny rmb yuan",
    "₹": "inr rs rupee rupees रुपये रुपया रुपए रु",
    "₩": "krw won",
    "₽": "rub rouble roubles ruble rubles",
    "₺": "try lira",
    "₴": "uah hryvnia",
    "₪": "ils shekel shekels",
    "₫": "vnd dong",
    "₱": "php peso pesos",
    "₦": "ngn naira",
    "₿": "btc bitcoin",
    "fr": "chf francs franc sfr",
}
# What the script of a page needs to know of them: the sign that each name stands for.
CURRENCIES = {name: sign for sign, names in _NAMES.items() for name in (sign, *names.split())}
_AMOUNT = re.compile(
    r"(?P<sign>[+\-−]?)\s*(?P<unit>[^\W\d_]{0,8}\.?(?:[$¢£-¥]|[\u20a0-\u20cf＄￡￥])?)\s*"
    r"(?P<number>[+\-−]?(?:[0-9][0-9.,'\s]*|[.,][0-9]+)"
    r"(?:(?:[eE/^]|\*\*)[+\-]?[0-9]+)?)(?P<rest>.*)",
    re.DOTALL,
)


def is_sign(unit: str) -> bool:
    """Whether a unit begins with the sign of a currency, as ``$/kg`` does."""
    return category(unit[:1] or "a") == "Sc"


def same_currency(unit: str, wanted: str) -> bool:
    """Whether two units are one currency, which may be said in two ways: ``$5 USD``."""
    words = unit.split()
    sure = bool(words and _currency(wanted)) and len(set(words)) == len(words)
    return sure and all(_currency(word) == _currency(wanted) for word in words)


def currency_behind(text: str) -> str:
    """An amount with the currency that stands before it behind it; other texts as they are."""
    found = _AMOUNT.match(text.strip().removesuffix("/-"))  # no paise, as in Rs. 500/-
    unit = found["unit"] if found else ""
    if found is None or not (category(unit[-1:] or "a") == "Sc" or _is_name(unit)):
        return text
    number, rest = found["sign"] + found["number"].strip(), found["rest"].strip()
    return f"{number} {unit}{rest}" if rest.startswith("/") else f"{number} {rest} {unit}"


def _is_name(unit: str) -> bool:
    """Whether it is the code or the name of a currency; any three capitals may be a code."""
    return _currency(unit) != "" or (len(unit) == 3 and unit.isascii() and unit.isupper())


def _currency(unit: str) -> str:
    return CURRENCIES.get(unit.casefold().rstrip("."), "")


def said_amount(number: str, unit: str, language: str) -> str:
    """A number with its unit, as it is written in a language: ``$1.00``, ``-$3/kg``, ``1,00 €``."""
    if not is_sign(unit) or has_comma(language):
        return f"{number} {unit}"
    sign = number[:1] if number[:1] in {"-", "−"} else ""
    return f"{sign}{unit[0]}{number.removeprefix(sign)}{unit[1:]}"
