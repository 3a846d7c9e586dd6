"""Banks as YAML: what is written is read again as it was, and looks as people write it."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizcli.bank.nodes import read_tree
from quizcli.bank.plain import plain_node
from quizcli.bank.yaml_text import bank_text


def bank(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"format": "1", "id": "seas", "title": "Seas", **more, "questions": list(questions)}


def test_a_bank_looks_as_people_write_it() -> None:
    question = {
        "id": "depth",
        "kind": "number",
        "prompt": "How deep is it?\n\n    x = 1\n",
        "answer": "11",
        "options": [{"id": "a", "text": "11", "correct": True, "feedback": "No: it is # 1"}],
        "tags": ["ocean", "a, b", "no"],
        "explanation": "It is the deepest place that anybody has measured" + " so far" * 9,
        "set": {"x": "it's"},
    }
    assert bank_text(bank(question), {"depth": "from depth 01234567"}) == (
        "format: 1\n"
        "id: seas\n"
        "title: Seas\n"
        "questions:\n\n"
        "  - id: depth  # from depth 01234567\n"
        "    kind: number\n"
        "    prompt: |\n"
        "      How deep is it?\n\n"
        "          x = 1\n"
        "    answer: 11\n"
        "    options:\n"
        "      - id: a\n"
        "        text: '11'\n"
        "        correct: true\n"
        "        feedback: 'No: it is # 1'\n"
        "    tags: [ocean, 'a, b', 'no']\n"
        "    explanation: >-\n"
        "      It is the deepest place that anybody has measured so far so far so far so far so far so\n"
        "      far so far so far so far\n"
        "    set:\n"
        "      x: it's\n"
    )


SIGNS = st.sampled_from(
    list("ab: #-'\"[]{},&*!|>%@`?\\=~\n\t.0189_\u00e4\u6d77\ufeff\u2028\x85")
) | st.characters(exclude_categories=("Cs", "Cc", "Cn"))
TEXTS = st.text(SIGNS, max_size=120) | st.sampled_from(
    ["no", "~", "- a", "1e3", "0x1F", "<<", "=", "---", "a:", " a"]
)


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_any_text_is_read_again_as_it_was(texts: list[str], text: str) -> None:
    source = bank(
        {"id": "q", "prompt": text, "tags": texts, "options": [{"text": each} for each in texts]},
        title=text,
    )
    written = bank_text(source)
    assert plain_node(read_tree(written.encode(), "b.yaml")) == source
    other = yaml.safe_load(written)  # any other reader takes texts for texts as well
    assert [other["title"], other["questions"][0]["tags"]] == [text, texts]
