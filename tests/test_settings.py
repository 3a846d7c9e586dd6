"""Settings: the table, what is accepted, which source decides, and the file there and back."""

from __future__ import annotations

import math
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.quiz.credit import RULES
from quizcli.settings import (
    CREDITS,
    SETTINGS,
    BadSetting,
    Held,
    Setting,
    checked,
    merged,
    parsed,
    read,
    setting,
    whole_file,
    written,
)

NUMBER = Setting("retention", 0.9, "a share", low=0.7, high=0.99, whole=False)


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.name)
def test_every_setting_explains_itself(one: Setting) -> None:
    """Its default is one that it accepts, and its one line fits beside its name."""
    assert checked(one, one.default) == one.default
    assert 10 < len(one.what) < 70
    assert one.accepts
    assert parsed(one, str(one.default).lower()) == one.default


def test_credit_accepts_every_rule() -> None:
    assert ("bank", *RULES) == CREDITS
    assert {parsed(setting("credit"), rule) for rule in RULES} == set(RULES)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("colour", "Never", "never"), ("plain", "yes", True), ("plain", "off", False),
        ("width", "72", 72), ("width", "72.0", 72), ("width", " AUTO ", "auto"),
        ("width", "20", 20), ("width", "1000", 1000), ("shuffle", "true", True),
        ("shuffle", "bank", "bank"), ("confirm-leave", "on", True),
    ],
)  # fmt: skip
def test_what_is_accepted(name: str, text: str, value: object) -> None:
    found = parsed(setting(name), text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("colour", "nevr", "did you mean 'never'?"),
        ("colour", "true", "use auto, always or never"),
        ("plain", "flase", "did you mean 'false'?"),
        ("plain", "1", "use true or false"),
        ("width", "19", "use auto or a whole number from 20 to 1,000"),
        ("width", "1001", "from 20 to 1,000"),
        ("maximum-interval", "36,500", "type the number without commas"),
        ("maximum-interval", "36501", "use a whole number from 1 to 36,500"),
        ("width", "72.5", "a whole number"),
        ("width", "nan", "a whole number"),
        ("width", "inf", "a whole number"),
        ("width", "9" * 5000, "a whole number"),
        ("width", "yes", "use auto"),
        ("credit", "netcorrect", "did you mean 'net-correct'?"),
        ("shuffle", "", "use bank, true or false"),
    ],
)
def test_what_is_refused(name: str, text: str, says: str) -> None:
    with pytest.raises(BadSetting) as refused:
        parsed(setting(name), text)
    assert str(refused.value).startswith(f"{name} cannot be ")
    assert says in str(refused.value)


def test_a_number_with_a_fraction() -> None:
    """Settings of that kind stay what they are, and whole ones become whole."""
    assert parsed(NUMBER, "0.85") == 0.85
    for text in ("0.69", "1", "nan", "high"):
        with pytest.raises(BadSetting, match=r"a number from 0\.7 to 0\.99"):
            parsed(NUMBER, text)


def test_an_unknown_name() -> None:
    with pytest.raises(BadSetting, match="'color' — did you mean 'colour'"):
        setting("color")
    with pytest.raises(BadSetting, match="settings are colour, plain, width"):
        setting("zzz")


def test_the_nearer_source_decides() -> None:
    """Environment before file before default, each told."""
    found = merged({"colour": "never", "plain": True}, {"plain": Held(False, "QUIZCLI_PLAIN")})
    assert found["colour"] == ("never", "file")
    assert found["plain"] == (False, "QUIZCLI_PLAIN")
    assert found["width"] == ("auto", "default")
    assert list(found) == [one.name for one in SETTINGS]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('colour = "never"\nwidth = = 3\n', 2, "invalid TOML: "),
        ("# fine\n\nplain", 3, "invalid TOML: "),
        ('colour = "never\n', 1, "invalid TOML: "),
        ("width = 72\nwidth = 80\n", 2, "invalid TOML: cannot overwrite a value"),
        ("x = " + "[" * 5000, 1, "invalid TOML: "),
    ],
)
def test_a_file_that_is_no_toml(text: str, line: int, says: str) -> None:
    found = read(text)
    assert not found.readable
    assert not found.values
    [(where, what)] = found.faults
    assert where == line
    assert what.startswith(says)
    assert "write a line like" in what


def test_one_bad_setting_costs_no_other() -> None:
    """Each fault has its line; good settings hold; values stay that a later version may know."""
    text = 'colour = "never"\nwidht = 72\nplain = "yes"\n\n[review]\nnew = 3\n'
    found = read(text)
    assert found.readable
    assert found.values == {"colour": "never"}
    assert found.kept == {"widht": 72, "plain": "yes", "review": {"new": 3}}
    assert [line for line, _ in found.faults] == [2, 3, 5]
    assert "did you mean 'width'?" in found.faults[0][1]
    assert found.faults[1][1] == 'plain cannot be "yes" — use true or false'


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES))
def test_what_is_written_is_read_again(kept: dict[str, str | bool | int | float]) -> None:
    """Any name and any value, by a reader that is not ours."""
    found = tomllib.loads(whole_file({}, kept))
    assert found.keys() == kept.keys()
    for name, value in kept.items():
        assert type(found[name]) is type(value)
        same = found[name] == value
        assert same or (math.isnan(found[name]) and math.isnan(value))  # type: ignore[arg-type]


def test_the_file_as_it_is_written() -> None:
    text = whole_file({"plain": True, "width": 72}, {"future": "x"})
    assert read(text).values == {"plain": True, "width": 72}
    assert text == (
        "# Written by quizcli config; your comments are not preserved.\n\n# lines instead of "
        "screens\nplain = true\n\n# maximum width in columns; running text stays within 80\nwidth = "
        "72\n\n"
        '# Not valid in this version, and kept as it was.\nfuture = "x"\n'
    )


@given(st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    """Never a traceback; a fault has a line of the file."""
    lines = len(text.splitlines())
    for line, what in read(text).faults:
        assert 0 <= line <= max(1, lines)
        assert " — " in what


def test_values_in_words() -> None:
    assert [written(value) for value in ("a", True, 3, 0.5, [1], {}, None)] == [
        '"a"',
        "true",
        "3",
        "0.5",
        "a list",
        "a table",
        "a date or time",
    ]


def test_what_cannot_be_written_again_is_not_lost() -> None:
    """A table of a file is refused rather than dropped."""
    with pytest.raises(BadSetting, match="review is not a setting and would be lost"):
        whole_file({}, {"review": {"new": 3}})
