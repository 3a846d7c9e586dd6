"""A bank of 500 questions as a quiz in one file: the time beside that of showing it, and the size
beside its content."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.support.program import quizcli

pytestmark = pytest.mark.bench


def test_a_page_of_500_questions(tmp_path: Path) -> None:
    questions = [
        {"id": f"q{n}", "kind": "single-choice", "prompt": f"Which is $\\Gamma_{{{n}}}$ of `layer {n}`?",
         "options": [{"id": f"o{k}", "text": f"$\\frac{{{k}}}{{{n}}}$", "correct": k == 1,
                      "feedback": f"Feedback {k} of {n}."} for k in range(4)]}
        for n in range(500)
    ]  # fmt: skip
    bank, page = tmp_path / "big.yaml", tmp_path / "big.html"
    bank.write_text(json.dumps({"format": 1, "id": "big", "title": "Big", "questions": questions}))
    times = {}
    for name, arguments in {
        "first": ("show", bank, "--json"), "show": ("show", bank, "--json"),
        "page": ("export", bank, "--to", "html", "-o", page),
    }.items():  # fmt: skip
        began = time.perf_counter()
        assert quizcli("bank", *arguments, home=tmp_path).returncode == 0
        times[name] = time.perf_counter() - began
    text = page.read_text(encoding="utf-8")
    before, after = text.partition("<section")[0], text.rpartition("</section>")[2]
    frame = (
        len(before) + len(after) - len(after.partition('id="data">')[2].partition("</script>")[0])
    )
    print(f"\na page of 500 questions takes {times['page'] / times['show']:.1f} times a show (5)")
    print(f"beside questions and keys it has {frame / 1000:.0f} KB (60)")
