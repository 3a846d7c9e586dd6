"""The answers of one question in GIFT, kind by kind."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from quizcli.formats.dropped import NoPlaceError, option_losses, pair_losses
from quizcli.formats.html_text import has_html
from quizcli.formats.losses import Loss
from quizcli.formats.markdown_text import to_markdown
from quizcli.formats.moodle_answers import (
    digits,
    is_right,
    option_weights,
    right_number,
    wildcard,
)
from quizcli.formats.plain_text import from_plain
from quizcli.formats.weights import per_cent
from quizcli.quiz.inline import SpanKind
from quizcli.quiz.markup import spans

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS = re.compile(r"[\\:#={}~\n]")
_MARKUP = "$*_`"  # signs that mark something up where there are two of them
_STARTS = ("[", "%", "//", "$")  # of a text that would be read as something else


def escaped(text: str) -> str:
    """A text whose signs mean themselves."""
    return _SIGNS.sub(lambda match: "\\n" if match[0] == "\n" else f"\\{match[0]}", text)


class GiftQuestionWriter:
    """Writes one question. All its texts are marked up alike: not at all, where none needs it."""

    def __init__(self, question: Mapping[str, Any], losses: list[Loss], credit: str) -> None:
        self.question = question
        self.credit = question.get("credit", credit)
        self.losses = losses
        self.prompt = str(question.get("prompt", ""))

    def lose(self, what: str, many: str = "", changed: str = "") -> None:
        """Note what has no place."""
        self.losses.append(Loss(0, what, many, changed))

    @cached_property
    def marked(self) -> bool:
        """Whether a text of it is more than signs that mean themselves."""
        parts = [*self.question.get("options", ()), *self.question.get("pairs", ())]
        parts += self.question.get("expect", ())
        texts = [part.get(name, "") for part in parts for name in ("text", "left", "feedback")]
        texts += [self.prompt, self.question.get("explanation", "")]
        return not all(_is_plain(str(text)) for text in texts)

    def asked(self) -> str:
        """The prompt with its markup."""
        return f"[markdown]{self._source(self.prompt)}" if self.marked else escaped(self.prompt)

    def title(self) -> str:
        """The title, which is plain there."""
        title = str(self.question.get("title", ""))
        read = spans(title)
        plain = "".join(s.source if s.kind is SpanKind.MATH else s.text for s in read)
        if from_plain(plain) != title:
            self.lose("formatted title")
        return " ".join(plain.split())

    def rich(self, text: Any) -> str:
        """A text that may be marked up, as its question is."""
        if not self.marked:
            return escaped(str(text))
        source = self._source(str(text))
        return f"[markdown]{source}" if source.startswith(_STARTS) else source

    def _source(self, text: str) -> str:
        return escaped(to_markdown(text.strip()))

    def answer(self, sign: str, text: Any, feedback: Any = "") -> str:
        """The line of an answer."""
        return f"{sign}{self.rich(text)}{self.said(feedback)}"

    def foreseen(self, answer: str, each: Mapping[str, Any]) -> str:
        """The line of a wrong answer that was foreseen."""
        if "claim" in each:
            self.lose("claim")
        return f"=%0%{answer}{self.said(each.get('feedback'))}"

    def said(self, feedback: Any) -> str:
        """A feedback behind its sign; "" for none."""
        return f"#{self.rich(feedback)}" if feedback else ""


def _is_plain(text: str) -> bool:
    """Whether a text means itself in every notation, and stays as it is where lines are joined."""
    even = text.isprintable() and "  " not in text and text == text.strip()
    return (
        even
        and not text.startswith(_STARTS)
        and from_plain(text) == text
        and "".join(span.text for span in spans(text)) == text
        and not has_html(text)
    )


def truth(writer: GiftQuestionWriter) -> list[str]:
    """``TRUE``, with what is said of a wrong and of a right answer."""
    right, wrong = sorted(writer.question["options"], key=is_right, reverse=True)
    said = [option.get("feedback", "") for option in (wrong, right)]
    _lose_of_options(writer)
    if said[1]:
        return [f"{right['id'].upper()}#{writer.rich(said[0])}#{writer.rich(said[1])}"]
    return [right["id"].upper() + writer.said(said[0])]


def single(writer: GiftQuestionWriter) -> list[str]:
    """``=`` before the right one, ``~`` before the others."""
    _lose_of_options(writer)
    return [
        writer.answer("=" if is_right(option) else "~", option["text"], option.get("feedback"))
        for option in writer.question["options"]
    ]


def multiple(writer: GiftQuestionWriter) -> list[str]:
    """Weights that amount to the credit rule."""
    options = writer.question["options"]
    _lose_of_options(writer)
    right, wrong = option_weights(options, writer.credit, writer.losses)
    return [
        writer.answer(
            f"~%{per_cent(right if is_right(option) else wrong)}%",
            option["text"],
            option.get("feedback"),
        )
        for option in options
    ]


def _lose_of_options(writer: GiftQuestionWriter) -> None:
    writer.losses += option_losses(writer.question, {"feedback"})


def text(writer: GiftQuestionWriter) -> list[str]:
    """Accepted answers, wildcards, and wrong ones that were foreseen."""
    question = writer.question
    right = [_plain(answer) for answer in question["answers"]]
    for pattern in question.get("patterns", ()):
        wild = wildcard(str(pattern))
        if wild and "->" not in wild:
            right.append(wild)
        else:
            writer.lose("pattern")
    lines = [f"=%100%{_typed(answer)}" for answer in right]
    return lines + [
        writer.foreseen(_typed(_plain(each["answer"])), each) for each in question.get("expect", ())
    ]


def _plain(answer: Any) -> str:
    """A typed answer, which no markup changes, but a star stands for any letters there. An arrow
    would make a matching of it."""
    if "->" in str(answer):
        raise NoPlaceError("text question with an arrow", "text questions with an arrow")
    return " ".join(str(answer).split()).replace("*", "\\*")


def _typed(answer: str) -> str:
    """A typed answer, which begins with no markup of its own."""
    return f"[plain]{escaped(answer)}" if answer.startswith("[") else escaped(answer)


def number(writer: GiftQuestionWriter) -> list[str]:
    """The number with its tolerance, and wrong ones that were foreseen."""
    question = writer.question
    if unit := question.get("unit"):
        writer.prompt += f" ({_behind(writer.prompt, unit)})"
        writer.lose("unit", changed="moved into the prompt")
    answer, tolerance = right_number(question, writer.losses)
    lines = ["#", f"=%100%{answer}:{tolerance}"]
    for each in question.get("expect", ()):
        foreseen = digits(each["answer"], writer.losses)
        lines.append(writer.foreseen(f"{foreseen}:{tolerance}", each))
    return lines


def _behind(prompt: str, unit: str) -> str:
    """A unit whose signs mean themselves behind a prompt: its "$" would end the formula that a
    price in the prompt then began."""
    several = {sign for sign in _MARKUP if f"{prompt}{unit}".count(sign) > 1}
    return "".join(f"\\{sign}" if sign in several else sign for sign in unit)


def matching(writer: GiftQuestionWriter) -> list[str]:
    """``=left -> right``, and right sides alone."""
    if writer.question.get("credit") not in {None, "per-pair"}:
        writer.lose("credit rule", changed="replaced by a part for each pair")
    writer.losses += pair_losses(writer.question)
    lines = []
    for pair in writer.question["pairs"]:
        left = str(pair["left"])
        if "->" in left:
            writer.lose("arrow in a pair", "arrows in pairs", "written as another sign")
            left = left.replace("->", "→")
        lines.append(f"={writer.rich(left)} -> {escaped(str(pair['right']).strip())}")
    return lines + [
        f"= -> {escaped(str(right).strip())}" for right in writer.question.get("distractors", ())
    ]


def essay(_writer: GiftQuestionWriter) -> list[str]:
    """Nothing: that makes it an essay."""
    return []
