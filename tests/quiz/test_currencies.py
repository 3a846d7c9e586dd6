"""Amounts of money: as people write them, and as they are shown."""

from __future__ import annotations

import pytest

from quizcli.bank.read import read_bank
from quizcli.quiz.grading import grade
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.responses import BadResponse

NUMBER = KINDS["number"]


def amount(answer: str, unit: str, more: str = "", language: str = ""):
    """A question whose answer is an amount."""
    text = (
        f"format: 1\nid: b\ntitle: T\n{language}questions:\n  - {{id: q, kind: number, prompt: P, "
        f"answer: '{answer}', unit: '{unit}'{more}}}\n"
    )
    return read_bank(text.encode(), "b.yaml").questions[0]


@pytest.mark.parametrize(
    "typed",
    ["$0.90", "0.9 $", "0.9$", "$ 0.9", "USD 0.9", "usd0.90", "0.9 USD", "US$0.90", "US$ .9",
     "0.9 dollars", "+$0.90", "$0.90 USD", "$.9", "0.9", "＄0.90"],
)  # fmt: skip
def test_dollars_however_they_are_written(typed: str) -> None:
    question = amount("0.90", "$", ", unit_required: false")
    assert grade(question, (typed,)).credit == 1, typed
    assert grade(question, (typed.replace("9", "8"),)).credit == 0


@pytest.mark.parametrize(
    ("unit", "typed"),
    [("€", "EUR 5"), ("€", "5 euros"), ("EUR", "€5"), ("EUR", "5 Euro"), ("USD", "$5"),
     ("£", "GBP 5"), ("£", "5 pounds"), ("CHF", "Fr. 5"), ("CHF", "5 CHF"), ("Rs", "₹5"), ("₹", "Rs. 5/-"), ("₹", "५ रुपये"), ("₹", "₹५"), ("HK$", "HK$5"),
     ("$/kg", "$5/kg"), ("$/kg", "5 $/kg"), ("$/kg", "$ 5 /kg"), ("¢", "5¢"), ("¥", "5 yen")],
)  # fmt: skip
def test_a_sign_a_code_and_a_name_are_one_currency(unit: str, typed: str) -> None:
    assert grade(amount("5", unit), (typed,)).credit == 1


@pytest.mark.parametrize("unit", ["$", "USD"])
@pytest.mark.parametrize("typed", ["$1/2", "USD 1/2", "$5e-1", "dollars 2**-1", "$2^-1"])
def test_an_amount_is_any_number(unit: str, typed: str) -> None:
    assert grade(amount("0.5", unit), (typed,)).credit == 1


@pytest.mark.parametrize(
    "typed", ["EUR 0.9", "€0.90", "0.9 kg", "CAD 0.9", "HK$0.9", "0.9 dollops", "$0.9/kg"]
)
def test_another_currency_is_told_and_not_counted(typed: str) -> None:
    with pytest.raises(BadResponse, match=r"The answer must be in \$: type an amount like \$100\."):
        grade(amount("0.90", "$"), (typed,))


@pytest.mark.parametrize(
    ("answer", "unit", "language", "shown"),
    [
        ("1.00", "$", "", "$1.00"), ("-3", "€", "", "-€3"), ("2", "$/kg", "", "$2/kg"),
        ("1.00", "€", "language: de\n", "1.00 €"), ("5", "USD", "", "5 USD"), ("5", "ms", "", "5 ms"),
        ("$1.00", "$", "", "$1.00"), ("1.00 $", "$", "", "1.00 $"),
    ],
)  # fmt: skip
def test_the_key_is_shown_as_money_is_written(
    answer: str, unit: str, language: str, shown: str
) -> None:
    question = amount(answer, unit, language=language)
    assert NUMBER.key(question) == (shown,)
    assert grade(question, NUMBER.key(question)).credit == 1


def test_the_instruction_asks_for_an_amount() -> None:
    assert NUMBER.instruction(amount("1", "$")) == "Type an amount in $."
    assert NUMBER.instruction(amount("1", "ms")) == "Type a number, in ms."
