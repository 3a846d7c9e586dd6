"""The gaps of a text of Moodle's, ``{1:SHORTANSWER:=Paris~Rome}``, as gaps of ours."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from quizcli.formats.ids import IdGiver, slug
from quizcli.formats.losses import Loss

if TYPE_CHECKING:
    from quizcli.formats.sources import SourceText

_CHOICES = r"MULTI(?:CHOICE|RESPONSE)(?:_[HVS]{1,2})?|MC[HVS]{0,2}|MR[HS]{0,2}"
_GAP = re.compile(
    rf"\{{[0-9]{{0,4}}:(?P<type>SHORTANSWER(?:_C)?|SAC?|MWC?|NUMERICAL|NM|{_CHOICES}):"
    r"(?P<answers>(?:\\.|[^\\{}])*+)\}",
    re.DOTALL,
)
_PART = re.compile(r"((?:\\.|[^\\~])*+)(?:~|\Z)", re.DOTALL)
_ANSWER = re.compile(
    r"\s*(?P<weight>=|%-?[0-9.]+%)?(?P<text>(?:\\.|[^\\#])*+)(?P<said>#.*)?", re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_ID = 24


def with_gaps(prompt: SourceText, line: int, losses: list[Loss]) -> SourceText:
    """A text with its gaps as ours; each has the right answer, and nothing else of its question."""
    giver = IdGiver()

    def gap(match: re.Match[str]) -> str:
        answer = _right(match, line, losses)
        if not answer:
            losses.append(Loss(line, "gap without an answer", "gaps without an answer"))
            return "_____"
        inner = answer.replace("[[", r"\[[").replace("]]", r"\]]")
        written = f"[[{giver.give(slug(answer, _ID))}::{inner}]]"
        return escape(written, quote=False) if prompt.markup == "html" else written

    source = prompt.text.replace("[[", r"\[[").replace("]]", r"\]]")
    return prompt._replace(text=_GAP.sub(gap, source))


def _right(match: re.Match[str], line: int, losses: list[Loss]) -> str:
    """The first answer that earns all points."""
    right = ""
    for part in _PART.findall(match["answers"]):
        found = _ANSWER.match(part)
        if not part or not found:
            continue
        text = unescape(_TAG.sub("", _ESCAPED.sub(r"\1", found["text"]))).strip()
        if match["type"] in {"NUMERICAL", "NM"}:
            text, _, tolerance = text.partition(":")
            if tolerance.strip("0. "):
                losses.append(Loss(line, "tolerance of a gap", "tolerances of gaps"))
        if found["said"] and found["said"] != "#":
            losses.append(Loss(line, "feedback of a gap", "feedback texts of gaps"))
        if found["weight"] in {"=", "%100%"} and not right and text != "*":
            right = text
        else:
            losses.append(Loss(line, "other answer of a gap", "other answers of gaps"))
    return right
