"""Multiple choice in Markdown, as people keep it in repositories: a heading or a numbered line
asks, boxes are the options, ``[x]`` is right; or letters are, and a line says ``Answer: B``.

What we write for people has its key folded behind the options, with what is said of each.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from quizcli.formats.decoding import decoded, decoded_source
from quizcli.formats.dropped import called
from quizcli.formats.format import BankFormat
from quizcli.formats.markdown_quiz_writer import BOX, FOLD, OUR_HEADING, written
from quizcli.formats.sources import (
    Remark,
    SourceAnswer,
    SourceFile,
    SourceKind,
    SourceQuestion,
    SourceTitle,
)
from quizcli.formats.sources import SourceText as Text
from quizcli.report.words import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

_HEADING = re.compile(r"(#{1,6})(?:\s+(.*?))?\s*#*\s*\Z")
_NUMBERED = re.compile(
    r"(?:\*\*)?(?:Q(?:uestion)?\s*)?[0-9]{1,4}\s*[.):]\s*(?=\S|\Z)", re.IGNORECASE
)
_LETTER = re.compile(r"(\s*)(?:[-*+]\s+)?\(?([A-Za-z])[.)]\s+(.*\S)")
_ANSWER = re.compile(
    r"\W*(?:Correct )?Answers?\s*:?\W*\s*([A-Za-z](?:\s*(?:,|and)\s*[A-Za-z])*)\b\W*\Z",
    re.IGNORECASE,
)
_SAID = re.compile(r"\s*[*_]*(?:Explanation|Reason|Why)\s*:[*_]*\s*", re.IGNORECASE)
_OURS = re.compile(r"<!--\s*id:\s*([^\s;]+)(?:;\s*kind:\s*([a-z-]+))?(?:;\s*tags:\s*(.*?))?\s*-->")
_FENCE = re.compile(r"\s*(```|~~~)")
_LOOKS = re.compile(r"^\s*(?:[-*+]|[0-9]+[.)])\s+[\[(][ xX][\])]\s+\S", re.MULTILINE)
_LEAST = 2


class _QuizBlock:
    """What stands from one heading, or one number, to the next."""

    def __init__(self, line: int, title: str, *, level: int, ours: bool) -> None:
        self.line = line
        self.title = title
        self.level = level  # of its heading; 0 where it has none
        self.ours = ours
        self.prompt: list[str] = []
        self.options: list[_Option] = []
        self.key: list[_Option] = []
        self.rights = ""
        self.explanation: list[str] = []
        self.id = self.kind = self.tags = ""
        self.folded = ""
        self.last: _Option | None = None


class _Option:
    """A box or a letter with its text, and what is said of it."""

    def __init__(self, line: int, text: str, *, right: bool) -> None:
        self.line = line
        self.lines = [text]
        self.right = right
        self.said: list[str] = []


def read(data: bytes) -> SourceFile:
    """The questions of a file, and what is to be said of it."""
    text, remarks = decoded_source(data)
    return SourceFile(_items(text.expandtabs(4), remarks), remarks)


def _items(text: str, remarks: list[Remark]) -> Iterator[SourceQuestion | SourceTitle]:
    for block in _blocks(text):
        if block.level == 1 and block.title and not block.options:
            yield SourceTitle(block.line, (block.title,), "markdown")
        if question := _question(block, remarks):
            yield question


def _blocks(text: str) -> Iterator[_QuizBlock]:
    # What we wrote ourselves has signs of its own, and any others are text.
    ours = bool(_OURS.search(text))
    head = re.match(r"# (.*)", text) if ours else None
    text = text[head.end() :] if head else text
    block = _QuizBlock(1, head[1] if head else "", level=1 if head else 0, ours=ours)
    fenced = ""
    for number, line in enumerate(text.split("\n"), 1):
        fence = _FENCE.match(line)
        if fenced or fence:
            fenced = "" if fenced and fence and fence[1] == fenced else fenced or (fence or "")[1]
            _add(block, line, code=True)
            continue
        heading = (OUR_HEADING if ours else _HEADING).match(line)
        numbered = None if ours and not heading else _NUMBERED.match(line)
        starts = numbered and not BOX.match(line) and (block.options or not block.level)
        if heading or (starts and not block.folded):
            yield block
            title = (heading[2] or "") if heading else line
            block = _QuizBlock(
                number,
                _NUMBERED.sub("", title, count=1),
                level=len(heading[1]) if heading else 0,
                ours=ours,
            )
            if numbered and not heading:
                block.prompt, block.title = [block.title], ""
            continue
        _line(block, number, line)
    yield block


def _line(block: _QuizBlock, number: int, line: str) -> None:
    """One line that begins no block, outside code."""
    if ours := _OURS.match(line.strip()):
        block.id, block.kind, block.tags = (part or "" for part in ours.groups())
    elif fold := FOLD.match(line):
        tag = fold[0].strip().lower()
        if tag.startswith("<summary"):
            block.folded = line[fold.end() :].partition("</")[0].strip().lower() or "answer"
        elif tag.startswith("</details"):
            block.folded = ""
        block.last = None
    elif answer := block.options and not block.ours and _ANSWER.match(line):
        block.rights, block.last = answer[1].upper(), None
    elif (option := _option(block, number, line)) is not None:
        (block.key if block.folded else block.options).append(option)
        block.last = option
    else:
        _add(block, line)


def _option(block: _QuizBlock, number: int, line: str) -> _Option | None:
    box = BOX.match(line)
    if box and (box[3] or block.ours):  # code stands below the box
        return _Option(number, box[3] or "", right=box[2] in "xX*✓")
    letter = _LETTER.match(line)
    if not letter or block.ours or block.folded or not (block.prompt or block.title):
        return None
    expected = chr(ord("A") + len(block.options))
    return _Option(number, letter[3], right=False) if letter[2].upper() == expected else None


def _add(block: _QuizBlock, line: str, *, code: bool = False) -> None:
    """A line of whatever is being read."""
    if block.folded.startswith("hint"):
        return
    option = block.last
    if not block.options:
        block.prompt.append(line)
        return
    bare = line.lstrip()
    quoted = bare.startswith(">") and not code
    if option and quoted and (line.startswith(" ") or block.folded):
        option.said.append(bare[1:].removeprefix(" "))
    elif option and option.said and not bare:
        return
    elif option and (line.startswith("  ") or not bare):
        option.lines.append(line[2:])
    else:
        block.last = None
        block.explanation.append(bare[1:].removeprefix(" ") if quoted else line)


def _question(block: _QuizBlock, remarks: list[Remark]) -> SourceQuestion | None:
    prompt = "\n".join(block.prompt).strip("\n ")
    if not block.options and block.kind:  # of ours, which was written for people
        what = f"'{block.id}' is left out: of a Markdown quiz only choices are read"
        fix = f"this is {with_article(called(block.kind)[0])}: import it from another format"
        remarks.append(Remark(block.line, what, fix, lost=True))
        return None
    if not block.options:
        # A title above the questions asks nothing; a passage does.
        text = Text(prompt, "markdown")
        return SourceQuestion(block.line, SourceKind.DESCRIPTION, text) if prompt else None
    title = unescape(block.title if block.ours else block.title.strip("* "))
    if prompt and title.endswith(("?", ":", "…")) and not block.ours:
        prompt, title = f"{title}\n\n{prompt}", ""  # the heading asks, and this is what about
    name = " ".join((prompt or title).split())[:40]
    options = _with_key(block)
    rights = sum(option.right for option in options)
    if len(options) < _LEAST or not rights:
        what, fix = "it has one option", "write - [ ] before each"
        if not rights:
            what, fix = (
                "no option is ticked",
                "write [x] for each right one, or Answer: and a letter",
            )
        remarks.append(Remark(block.line, f"'{name}' is left out: {what}", fix, lost=True))
        return None
    explanation = "\n".join(block.explanation).strip("\n ")
    explanation = explanation if block.ours else _SAID.sub("", explanation, count=1)
    several = block.kind.startswith("multiple") or (rights > 1 and not block.kind)
    return SourceQuestion(
        block.line,
        SourceKind.TRUTH if block.kind == "true-false" else SourceKind.CHOICE,
        Text(prompt or title, "markdown"),
        id=block.id,
        tags=tuple(tag.strip() for tag in block.tags.split(",") if tag.strip()),
        title=title if prompt else "",
        feedback=Text(explanation, "markdown") if explanation else None,
        **_answers(block, options, several=several),
    )


def _with_key(block: _QuizBlock) -> Sequence[_Option]:
    """The options, with the key that is folded away, or that letters say."""
    if len(block.key) == len(block.options) and any(option.right for option in block.key):
        for option, key in zip(block.options, block.key, strict=True):
            option.right, option.said = key.right, option.said or key.said
    for letter in re.findall(r"\b[A-Z]\b", block.rights):
        place = ord(letter) - ord("A")
        if place < len(block.options):
            block.options[place].right = True
    return block.options


def _answers(block: _QuizBlock, options: Sequence[_Option], *, several: bool) -> dict[str, Any]:
    said = [Text(text, "markdown") if (text := "\n".join(each.said).strip()) else None
            for each in options]  # fmt: skip
    if block.kind == "true-false":
        truth = options[0].right
        right, wrong = (said[0], said[1]) if truth else (said[1], said[0])
        return {"truth": truth, "if_right": right, "if_wrong": wrong}
    answers = [
        SourceAnswer(each.line, each.right, Text(shown, "markdown"), None, text)
        for each, text in zip(options, said, strict=True)
        for shown in ["\n".join(each.lines).strip("\n").rstrip()]
    ]
    return {"answers": tuple(answers), "several": several}


FORMAT = BankFormat(
    "markdown",
    "a Markdown quiz",
    (".md", ".markdown"),
    lambda head: _LOOKS.search(decoded(head).text) is not None,
    read,
    written,
    options=("keyless",),
)
