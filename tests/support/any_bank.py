"""Banks for round trips: any questions whose texts are full of signs, with what comes back of one
from a format."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from quizcli.formats.format import BankFormat
from tests.support.drafts import to_bank
from tests.support.plain_banks import faults, written

SIGNS = [
    "=", "~", "#", "{", "}", ":", "::", "->", "%50%", "[html]", "//", "<b>", "&lt;", "&", "T", "TRUE",
    "####", "(", ")", "1.", "-", "|", "@", "^", "!", ",", ";", '"', "'", "A.", "a)", "ANSWER:", "$5",
    "US$", "\\", "[x]", "...", "tab", "?", "*",
]  # fmt: skip
FORMULAS = ["$x_1 < 2$", "$\\frac{a}{b}$"]
MARKED = ["$$y$$", "`a*{b}`", "*so*", "**so**", "a_b", "[a](http://b.c)"]
WORDS = ["sea", "Ä", "海", "x", "1", *SIGNS, *FORMULAS]
LINES = ["\n\n", "\n- ", "\n  ", "\n\n    if"]


def texts(*, marked: bool = False, lines: bool = False) -> st.SearchStrategy[str]:
    """Texts that say something."""
    words = [*WORDS, *(MARKED if marked else ()), *(LINES if lines else ())]
    joined = st.lists(st.sampled_from(words), min_size=1, max_size=6).map(" ".join)
    # No spaces at the end of a line, which nobody sees.
    return joined.map(lambda text: re.sub(" +\n", "\n", text).replace("\n ", "\n").strip()).filter(
        bool
    )


def choices(
    text: st.SearchStrategy[str], *, several: bool = False, feedback: bool = False
) -> st.SearchStrategy[dict[str, Any]]:
    """Choices of one, or of several."""
    said = st.fixed_dictionaries({}, optional={"feedback": text} if feedback else {})
    parts = st.lists(
        st.tuples(text, said), min_size=3, max_size=5, unique_by=lambda p: " ".join(p[0].split())
    )
    return parts.map(
        lambda found: {
            "kind": "multiple-choice" if several else "single-choice",
            "options": [
                {"id": f"o{n}", "text": each}
                | ({"correct": "true"} if n == 1 or (several and n == 2) else {})
                | more
                for n, (each, more) in enumerate(found)
            ],
        }
    )


def questions(
    kinds: st.SearchStrategy[dict[str, Any]],
    text: st.SearchStrategy[str],
    **optional: st.SearchStrategy[Any],
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some questions of these kinds, each with an id."""
    one = st.builds(
        lambda kind, prompt, more: {"id": "q", "prompt": prompt} | kind | more,
        kinds,
        text,
        st.fixed_dictionaries({}, optional=dict(optional)),
    )
    return st.lists(one, min_size=1, max_size=3).map(
        lambda found: [each | {"id": f"q{n}"} for n, each in enumerate(found)]
    )


def come_back(format: BankFormat, found: list[dict[str, Any]], ids: tuple[str, ...] = ()) -> None:
    """Write and read a bank of these questions; what comes back is the same, or was told as lost.
    Ids are compared where they have one of these names: "id", "options"."""
    source = {"format": "1", "id": "seas", "title": "Seas", "questions": found}
    if faults(source):
        return  # such as options that look alike
    file = written(format, source)
    assert file == written(format, source)
    assert format.read
    data = file.content.encode() if isinstance(file.content, str) else file.content
    draft = to_bank(format.read(data), "seas", "Seas")
    if file.losses:
        return
    assert (draft.remarks, draft.losses) == ((), ())
    back = [_bare(each, ids) for each in draft.bank["questions"]]
    assert back == [_bare(each, ids) for each in found]


def _bare(question: dict[str, Any], ids: tuple[str, ...]) -> dict[str, Any]:
    bare = {name: said for name, said in question.items() if name != "id" or "id" in ids}
    for name in ("options", "pairs", "items"):
        if name in bare and question["kind"] != "true-false" and name not in ids:
            parts = [{k: v for k, v in part.items() if k != "id"} for part in bare[name]]
            bare[name] = [
                {**part, **({"correct": "true"} if part.get("correct") else {})} for part in parts
            ]
    return bare
