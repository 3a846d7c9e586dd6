"""What stands between the braces of a GIFT question: which kind it makes, and the answers."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.formats.gift_escapes import collapsed, marked_text
from quizcli.formats.sources import (
    Remark,
    SourceAnswer,
    SourceKind,
    SourceNumber,
    SourcePair,
    SourceText,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_WEIGHT = re.compile(r"%\s*([-+−]?)\s*([0-9]{1,9}(?:[.,][0-9]{0,15})?)\s*%")
_SHARP = re.compile(r"\b[A-Z]\Z")
_SIGNS = re.compile(r"~|=+")
# "~50%half right" and "~%50half right"; "~50% of it" is an answer.
_ODD_WEIGHT = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?%(?=\w)|%\s*-?[0-9]")
_NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?"
)
_NO_LEFT = re.compile(r"\s*->")  # a pair whose left side is empty
# A decimal comma; "1,000" may be a thousand, and is not read at all.
_COMMA = re.compile(r"[-+]?(?![1-9][0-9]{0,2},[0-9]{3}\Z)[0-9]{1,40},[0-9]{1,40}")


class SignedPart(NamedTuple):
    """What stands behind a sign, up to the next one; ``sign`` is "" where none stands before it.
    ``indent`` is that of a sign that begins a line, -1 of any other."""

    line: int
    sign: str
    source: str
    indent: int = -1

    @property
    def own(self) -> str:
        """The answer itself, without its feedback."""
        return self.source.partition("#")[0]


class AnswerReader:
    """Reads the answers of one question; remarks are added to those of the file."""

    def __init__(self, line: int, markup: str, remarks: list[Remark]) -> None:
        self.line = line
        self.markup = markup
        self.remarks = remarks

    def remark(self, line: int, what: str, fix: str = "") -> None:
        """Note what is odd, and how it was read or is to be mended."""
        self.remarks.append(Remark(line, what, fix))

    def text(self, source: str) -> SourceText:
        """A text with its markup."""
        return marked_text(source, self.markup)

    def feedback(self, source: str) -> SourceText | None:
        """A text of feedback, None for an empty one."""
        text = self.text(source)
        return text if text.text else None

    def read(self, inner: str) -> tuple[SourceKind, dict[str, Any]]:
        """The kind of question, and the fields of its record that the answers fill."""
        fields: dict[str, Any] = {}
        at = inner.rfind("####")
        if at >= 0:
            fields["feedback"] = self.feedback(inner[at + 4 :])
            inner = inner[:at].rstrip("#")
        bare = inner.strip()
        if not bare:
            return SourceKind.ESSAY, fields
        if bare[0] == "#":
            lead = inner.index("#") + 1
            line = self.line + inner.count("\n", 0, lead)
            return SourceKind.NUMBER, fields | self._numbers(inner[lead:], line)
        if "~" not in bare:
            if "->" in bare and "=" in bare:
                return SourceKind.MATCHING, fields | {"pairs": tuple(self._pairs(inner))}
            if (truth := self._truth(bare)) is not None:
                return SourceKind.TRUTH, fields | truth
        answers = tuple(self._answers(inner))
        kind = SourceKind.CHOICE if "~" in bare else SourceKind.SHORT
        return kind, fields | {"answers": answers}

    def _truth(self, bare: str) -> dict[str, Any] | None:
        word, *comments = (part.strip() for part in bare.split("#", 2))
        if word not in _TRUTHS:
            if word.upper() not in {"TRUE", "FALSE"}:
                return None
            self.remark(self.line, f"'{word}' is read as {word.upper()}", "write it in capitals")
        wrong, right = (*comments, "", "")[:2]
        return {
            "truth": _TRUTHS[word.upper()],
            "if_wrong": self.feedback(wrong),
            "if_right": self.feedback(right),
        }

    def _answers(self, inner: str) -> Iterator[SourceAnswer]:
        choice = "~" in inner
        parts = list(self._parts(inner, self.line))
        self._tell_of_lines(parts)
        for line, sign, source, _ in parts:
            if not sign and choice:
                what = f"'{_short(source)}' has no sign, so it is read as a wrong answer"
                self.remark(line, what, "write ~ or = before it")
            weight, text, feedback = self._answer(line, source)
            if not text and not feedback:
                self.remark(line, "an empty answer is left out", f"remove the {sign}")
                continue
            if not text:
                what = "the # begins a feedback, so there is no answer before it"
                self.remark(line, what, "write \\# if it is part of the answer")
            right = sign == "=" or (not sign and not choice)
            said = self.feedback(feedback) if feedback else None
            yield SourceAnswer(line, right, self.text(text), weight, said)

    def _answer(self, line: int, source: str) -> tuple[float | None, str, str]:
        """Weight, text and feedback of what stands behind a sign."""
        weight = None
        source = source.lstrip()
        if source[:1] == "%" and (match := _WEIGHT.match(source)):
            weight = float(match[2].replace(",", ".")) * (1 if match[1] in {"", "+"} else -1)
            source = source[match.end() :]
            if abs(weight) > 100:
                self.remark(line, f"the weight {weight:g}% is read as 100%", "write 100 or less")
                weight = 100.0 if weight > 0 else -100.0
        elif "%" in source and _ODD_WEIGHT.match(source):
            what = f"'{_short(source)}' is read as text, not as a weight"
            self.remark(line, what, "a weight has a % on both sides: %50%")
        text, sign, feedback = source.partition("#")
        # Moodle itself writes an empty feedback behind many answers; C# and F# are something else.
        if sign and _SHARP.search(text) and not feedback.strip():
            what = f"the # behind '{_short(text)}' begins a feedback, which is empty"
            self.remark(line, what, "write \\# if it is part of the answer")
        return weight, text.strip(), feedback.strip()

    def _parts(self, inner: str, line: int) -> Iterator[SignedPart]:
        """The stretches between the signs that begin an answer."""
        places = self._signs(inner, line)
        first = places[0] if places else len(inner)
        if inner[:first].strip():
            lead = inner[: len(inner) - len(inner.lstrip())].count("\n")
            yield SignedPart(line + lead, "", inner[:first])
        before = 0
        for place, end in pairwise([*places, len(inner)]):
            line += inner.count("\n", before, place)
            before = place
            indent = place - inner.rfind("\n", 0, place) - 1 if _begins_line(inner, place) else -1
            yield SignedPart(line, inner[place], inner[place + 1 : end], indent)

    def _tell_of_lines(self, parts: list[SignedPart]) -> None:
        """Where most answers have a line each: a line with two, or one that begins with no sign
        and is indented as the others are."""
        indents = [part.indent for part in parts if part.indent >= 0]
        if len(indents) < 2 or 2 * len(indents) < len(parts):
            return
        for before, part in pairwise(parts):
            if part.indent < 0:
                what = (
                    f"'{_short(before.own)}' and '{_short(part.own)}' are two answers on one line"
                )
                fix = f"write \\{part.sign} if the sign is part of the answer, else begin a line"
                self.remark(part.line, what, fix)
        for part in parts:
            if part.sign:
                self._tell_of_unsigned(part, indents)

    def _tell_of_unsigned(self, part: SignedPart, indents: list[int]) -> None:
        head, *lines = part.own.split("\n")
        for number, line in enumerate(lines, part.line + 1):
            if line.strip() and len(line) - len(line.lstrip()) in indents:
                what = f"'{_short(line)}' has no sign, so it is read as part of '{_short(head)}'"
                self.remark(number, what, "write ~ or = before it if it is an answer of its own")

    def _signs(self, inner: str, line: int) -> list[int]:
        """Where answers begin. An equals sign that is written otherwise than those signs that
        certainly begin one (without the space before it, or with a space behind it and not at the
        beginning of a line) is part of an answer: ``{=x = 5 ~x = 6}``, ``{=a<=b ~a>=b}``."""
        found = [match.span() for match in _SIGNS.finditer(inner)]
        if len(found) < 2 or inner.count("=") < 2:
            return [start for start, _ in found]
        spaced = any(inner[start - 1].isspace() for start, _ in found[1:])
        tilde = [start for start, _ in found if inner[start] == "~"]
        tight = not inner[found[0][0] + 1 : found[0][0] + 2].isspace() or (
            bool(tilde) and all(_begins_line(inner, start) for start in tilde)
        )
        places = [found[0][0]]
        literal = -1
        for start, end in found[1:]:
            parted = inner[start - 1].isspace()
            alike = parted or not spaced
            if parted and tight and inner[end : end + 1].isspace():
                alike = _begins_line(inner, start) or bool(_NO_LEFT.match(inner, end))
            if alike or inner[start] == "~":
                places.append(start)
            elif literal < 0:
                literal = start
        if literal >= 0:
            at = line + inner.count("\n", 0, literal)
            what = "an equals sign inside an answer is read as part of it"
            self.remark(at, what, "write it as \\=")
        return places

    def _pairs(self, inner: str) -> Iterator[SourcePair]:
        parts = list(self._parts(inner, self.line))
        self._tell_of_lines(parts)
        for line, sign, source, _ in parts:
            left, arrow, right = source.partition("->")
            if not arrow or not sign:
                what = f"'{_short(source)}' is not a pair and is left out"
                self.remark(line, what, "write = left -> right")
                continue
            right, _, said = right.partition("#")
            yield SourcePair(line, self.text(left), collapsed(right), self.feedback(said))

    def _numbers(self, inner: str, line: int) -> dict[str, Any]:
        bare = inner.strip()
        parts = list(self._parts(inner, line))
        answers = []
        self._tell_of_lines(parts)
        for at, sign, source, _ in parts:
            weight, text, said = self._answer(at, source)
            number = self._number(at, text) if text not in {"", "*"} else None
            if number is None and text not in {"", "*"}:
                continue
            right = sign == "=" or (not sign and number is not None)
            known = self.text(text or "*")
            answers.append(SourceAnswer(at, right, known, weight, self.feedback(said), number))
        return {"answers": tuple(answers), "lone": bool(bare) and bare[0] not in "=~"}

    def _number(self, line: int, text: str) -> SourceNumber | None:
        """The number that a text is; None, and told, where it is none."""
        plain = collapsed(text).replace("−", "-").replace(" ", "")
        low, dots, high = plain.partition("..")
        number, colon, tolerance = plain.partition(":")
        parts = [low, high] if dots else [number, tolerance] if colon else [plain]
        for index, part in enumerate(parts):
            if _COMMA.fullmatch(part):
                parts[index] = part.replace(",", ".")
                self.remark(line, f"'{part}' is read as {parts[index]}", "write a point")
            elif not _NUMBER.fullmatch(part):
                self.remark(
                    line,
                    f"'{_short(text)}' is not a number",
                    "write only digits: 3.14, 3.14:0.01 or 3.1..3.2",
                )
                return None
        if dots:
            return SourceNumber(low=parts[0], high=parts[1])
        return SourceNumber(parts[0], parts[1] if colon else "")


def _begins_line(text: str, at: int) -> bool:
    """Whether nothing but spaces stands before this place on its line."""
    while at and text[at - 1] in " \t":
        at -= 1
    return not at or text[at - 1] == "\n"


def _short(text: str) -> str:
    text = collapsed(text)
    return text if len(text) <= 40 else f"{text[:40]}…"
