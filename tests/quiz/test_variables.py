"""Variables: what may be declared, what a draw is, and texts that hold them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.quiz.arithmetic import ArithmeticFault, read, written
from quizcli.quiz.quantities import has_comma, quantity
from quizcli.quiz.templates import filled, filled_data, problems
from quizcli.quiz.variables import NoDraw, Variables, declared

H = {"from": "50", "to": "200", "step": "50"}


def variables(said: dict[str, Any], where: tuple[str, ...] = ()) -> Variables:
    found, slips = declared(said, where)
    assert not slips
    return found


def test_every_value_is_drawn_and_no_other() -> None:
    own = variables({
        "H": H, "V": {"choices": ("5000", "10000")}, "r": {"real": ("0", "0.3"), "step": "0.1"},
        "W": "= 2 * H", "kind": {"choices": ("LSTM", "GRU")},
    })  # fmt: skip
    draws = [own.draw(seed, "b", "q") for seed in range(400)]
    assert {d["H"] for d in draws} == {"50", "100", "150", "200"}
    assert {d["V"] for d in draws} == {"5000", "10000"}
    assert {d["r"] for d in draws} == {"0", "0.1", "0.2", "0.3"}
    assert {d["kind"] for d in draws} == {"LSTM", "GRU"}
    assert all(int(d["W"]) == 2 * int(d["H"]) for d in draws)
    # Each about equally often: 100 of 400, within four standard deviations.
    assert all(65 < n < 135 for n in Counter(d["H"] for d in draws).values())


def test_a_draw_belongs_to_its_seed_and_names() -> None:
    """A variable that is added moves no other; another question has other values."""
    one, more = variables({"H": H}), variables({"V": H, "H": H})
    assert [one.draw(s, "b", "q")["H"] for s in range(50)] == [
        more.draw(s, "b", "q")["H"] for s in range(50)
    ]
    assert [one.draw(s, "b", "q") for s in range(50)] != [one.draw(s, "b", "p") for s in range(50)]


def test_constraints_hold_and_those_that_cannot_are_told() -> None:
    own = variables({"a": H, "b": H}, ("a < b", "b != 100"))
    for seed in range(200):
        found = own.draw(seed)
        assert int(found["a"]) < int(found["b"]) != 100
    with pytest.raises(NoDraw, match="none of 1000 draws"):
        variables({"a": H}, ("a > 200",)).draw(1)


def test_defaults() -> None:
    """All or none; what is derived follows from them."""
    own = variables({"H": {**H, "default": "100"}, "W": "= H / 3"})
    assert own.defaults() == {"H": "100", "W": "100/3"}
    assert variables({"H": H}).defaults() is None


@pytest.mark.parametrize(
    ("said", "where", "what"),
    [
        ({"H": {"from": "1"}}, (), "'' is not a number"), ({"H": {"from": "3", "to": "1"}}, (), "must go up"),
        ({"H": {"from": "1", "to": "3", "step": "0"}}, (), "steps above 0"),
        ({"H": {"from": "0.5", "to": "3"}}, (), "whole numbers"),
        ({"H": {"from": "0", "to": "99999"}}, (), "more than 10000 values"),
        ({"H": {"real": ("0", "1")}}, (), "is not a number"), ({"H": {"real": ("0",), "step": "1"}}, (), "two numbers"),
        ({"H": {"real": ("0", "NaN"), "step": "1"}}, (), "'NaN' is not a number"),
        ({"H": {"choices": ()}}, (), "one value or more"), ({"H": {"choices": "1"}}, (), "a list"),
        ({"H": {"chooses": ("1",)}}, (), "'chooses' is not part"), ({"H": {**H, "default": "60"}}, (), "not one of its values"),
        ({"H": H}, ("H",), "'H' is not a comparison"), ({"H": H}, ("3",), "'3' is not a comparison"),
        ({"H": {"choices": ("007", "7")}}, (), "is listed twice"),
        ({"H": {"from": "x"}, "E": "= Hh * 2"}, (), "'Hh' is not a variable"),
        ({"H": "2 * 3"}, (), "begins with '='"), ({"H": "= H + 1"}, (), "derived from each other"),
        ({"a": "= b", "b": "= c", "c": "= a"}, (), "a, b, c: derived from each other"),
        ({"a": "= K"}, (), "'K' is not a variable"), ({"2x": H}, (), "not a valid variable name"),
        ({"given": H}, (), "not a valid variable name"), ({"min": H}, (), "not a valid variable name"),
        ({"H": H}, ("K > 1",), "'K' is not a variable"), ({"H": H}, ("H >",), "is not an expression"),
        ({"H": "= 1 +"}, (), "is not an expression"), ({"H": "= open('x')"}, (), "no function 'open'"),
    ],
)  # fmt: skip
def test_slips(said: dict[str, Any], where: tuple[str, ...], what: str) -> None:
    _, slips = declared(said, where)
    assert any(what in slip.what for slip in slips), slips
    assert all(slip.fix for slip in slips)


VALUES = {"H": 100, "V": 10000, "r": read("0.25"), "W": "LSTM"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{H} units, {V:,} words", "100 units, 10,000 words"), ("{2 * H + 1}", "201"),
        ("an {W} of {r}", "an LSTM of 0.25"), ("{{H}} and {H}", "{H} and 100"), ("{H:.2f}", "100.00"),
        ("{r:%}", "25.000000%"), ("{H / 3:.3g}", "33.3"), ("{H / 3}", "100/3"), ("{V:e}", "1.000000e+04"),
        (r"$W_{H}$ is $\hat{y}^{<t>}$", r"$W_{100}$ is $\hat{y}^{<t>}$"), (r"$\frac{1}{H}$", r"$\frac{1}{100}$"),
        (r"$\Gamma_{u}$ and $\mathbb{R}^{2 * H}$", r"$\Gamma_{u}$ and $\mathbb{R}^{200}$"),
        (r"$\text{H}$", r"$\text{100}$"), ("`np.zeros({H})`", "`np.zeros(100)`"), ("none", "none"),
        ("a\n\n{H}\n\n$x_{H}$\n\n{V}", "a\n\n100\n\n$x_{100}$\n\n10000"), ("$5 and {H}", "$5 and 100"),
    ],
)  # fmt: skip
def test_texts(text: str, shown: str) -> None:
    assert filled(text, VALUES) == shown


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{K}", "'K' is not a variable"), ("{H", "has no partner"), ("H}", "has no partner"), ("{}", "is not an expression"),
        ("{H:.2d}", "'.2d' is not a format"), ("{H:.99f}", "is not a format"), ("{H:x}", "'x' is not a format"), ("{H:999999}", "is not a format"), ("{H:{V}}", "has no partner"),
        ("{H.real}", "more than arithmetic"), ("{open('x')}", "no function"),
    ],
)  # fmt: skip
def test_problems_of_texts(text: str, what: str) -> None:
    found = list(problems(text, VALUES))
    assert any(what in said for _, said, _ in found), found


def test_a_problem_has_its_letter() -> None:
    text = "Of $x$ and $y$\n\n{H} and {H:,}: {Q}"
    assert [at for at, _, _ in problems(text, VALUES)] == [text.index("{Q}")]


def test_formulas_have_no_problems() -> None:
    """Their braces are their own."""
    assert not list(problems(r"$\frac{K}{2}$ {{ }} {H:,} {W}", VALUES))


def test_data() -> None:
    """A text that is a group becomes a number, one around it stays a text; {given} is left."""
    data = {"a": "{H}", "b": "{r}", "c": "{given}", "d": "x {H}", "e": 5, "f": ("{W}",)}
    assert filled_data(data, VALUES) == {
        "a": 100, "b": 0.25, "c": "{given}", "d": "x 100", "e": 5, "f": ("LSTM",),
    }  # fmt: skip


@given(st.text(alphabet="{}$H:,+1 a\\`\n", max_size=40))
def test_any_text_is_filled_or_refused(text: str) -> None:
    """And where nothing is found wrong with it, it is filled."""
    found = list(problems(text, VALUES))
    try:
        assert isinstance(filled(text, VALUES), str)
    except ArithmeticFault:
        assert found


@given(
    st.one_of(st.integers(-(10**9), 10**9), st.fractions(-1000, 1000, max_denominator=1000),
              st.floats(-1e6, 1e6)),
    st.sampled_from(["", "en", "de", "fr"]),
)  # fmt: skip
def test_what_a_text_shows_is_what_a_learner_can_type(value: Any, language: str) -> None:
    """In the language's own writing; and what is kept of a draw is read back."""
    comma = has_comma(language)
    shown = filled("{x}", {"x": value}, comma=comma)
    assert float(quantity(shown, language).value) == pytest.approx(float(value), rel=1e-8)
    kept = read(written(value))
    assert not isinstance(kept, str)
    assert float(kept) == pytest.approx(float(value), rel=1e-8)


def test_formats_of_a_language() -> None:
    assert filled("{V:,} {r} {r:.2f}", VALUES, comma=True) == "10.000 0,25 0,25"


def test_a_single_draw_among_thousands_is_found() -> None:
    own = variables({"H": {"from": "1", "to": "10000"}}, ("H == 7",))
    assert own.draw(1, "b", "q") == {"H": "7"}


@pytest.mark.parametrize("text", ["{1/2:d}", "{log2(8):d}", "{sqrt(2):d}"])
def test_what_is_not_whole_has_no_whole_format(text: str) -> None:
    with pytest.raises(ArithmeticFault, match="is not whole"):
        filled(text, VALUES)
