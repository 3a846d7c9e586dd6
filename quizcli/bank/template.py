"""A bank to begin with: one question of each kind, and remarks that say what may be changed."""

from __future__ import annotations

SCHEMA_FILE = ".quizcli-schema.json"

_TEXT = """\
# yaml-language-server: $schema={schema}
# The line above lets an editor complete and check this file while you write.
#
# quizcli bank check {path} --watch     every fault with its line, again at each save
# quizcli bank preview {id} --watch     the first question as a learner sees it
# quizcli take {id}                     the quiz

format: 1
id: {id}                        # the bank's name in commands
title: {title}

questions:
  # One option is right. Say why each wrong one is wrong: that is what a learner reads.
  - id: first                   # keep an id once it has been used: scores and reviews rely on it
    kind: single-choice
    title: A few words for lists
    prompt: What is asked, with $x^2$ for maths and `code` between backticks?
    options:
      - id: right
        text: The right answer
        correct: true
        feedback: Why it is right.
      - id: wrong
        text: A mistake that people make
        feedback: Where the mistake lies.
    hints: [What to think of first]
    explanation: What to remember of it.

  # Several may be right.
  - id: second
    kind: multiple-choice
    prompt: Which of these hold?
    options:
      - {{id: one, text: This, correct: true}}
      - {{id: two, text: This too, correct: true}}
      - {{id: three, text: And this does not}}

  # A flashcard: the learner turns it over and says how well they knew it.
  - id: third
    kind: card
    front: What stands in front
    back: What stands behind
"""


def new_bank(id: str, title: str, path: str) -> str:
    """The text of a new bank with this id."""
    import json

    shown = title
    if not title.replace(" ", "").isalnum():
        quoted = json.dumps(title, ensure_ascii=False)
        shown = "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in quoted)
    return _TEXT.format(id=id, title=shown, schema=f"./{SCHEMA_FILE}", path=path)
