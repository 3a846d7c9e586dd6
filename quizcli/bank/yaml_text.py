"""A bank's YAML, as people write it: plain UTF-8, texts of several lines as blocks, and quotes only
where they are needed."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WIDTH = 96
_INDENT = "  "
# What begins with a letter, or is no number although it begins like one ("6,650 km", "3-legs"), and
# holds no sign that YAML reads.
_PLAIN = re.compile(
    r"(?:[^\W\d_]|\d[\d.,]*%? [^\W\d_]|\d[\d-]*-[a-z]{2})"
    r"(?:[^\x00-\x1f\x7f:#\n]|:(?=\S)|(?<=\S)#)*\Z"
)
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?\Z")
# Words that readers of YAML take for truths or for nothing.
_WORDS = re.compile(r"(?:true|false|yes|no|on|off|null|y|n)\Z", re.IGNORECASE)
# Fields in which these are meant.
_MEANT = {
    "answer", "tolerance", "points", "format", "count", "time", "correct", "shuffle", "retention",
    "new_per_day", "keyless", "near", "unit_required", "exact", "answers",
}  # fmt: skip


def bank_text(bank: Mapping[str, Any], notes: Mapping[str, str] | None = None) -> str:
    """The YAML of a bank; ``notes`` are remarks behind the ids of questions, by these."""
    head = {name: said for name, said in bank.items() if name != "questions"}
    notes = notes or {}
    questions = (question_text(q, _INDENT, notes.get(q["id"], "")) for q in bank["questions"])
    return whole_text(head, questions)


def whole_text(head: Mapping[str, Any], questions: Iterable[str], above: str = "") -> str:
    """The YAML of a bank whose questions are written already, each as an item of a list; ``above``
    are the lines that begin it."""
    first = above + "\n".join([*mapping_lines(head, ""), "questions:"]) + "\n"
    return "\n".join([first, *questions])


def question_text(question: Mapping[str, Any], indent: str, note: str = "") -> str:
    """The YAML of one question as an item of a list."""
    lines = list(mapping_lines(question, indent + _INDENT))
    lines[0] = f"{indent}- {lines[0].lstrip()}" + (f"  # {note}" if note else "")
    return "\n".join(lines) + "\n"


def mapping_lines(fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    """The lines of a mapping."""
    for name, said in fields.items():
        key = f"{indent}{_inline(name, '')}:"
        if isinstance(said, (list, tuple)):
            yield from _list(key, name, said, indent)
        elif hasattr(said, "items"):
            yield key
            yield from mapping_lines(said, indent + _INDENT)
        else:
            first, *others = _scalar(_word(said), name, indent + _INDENT, len(key) + 1)
            yield f"{key} {first}"
            yield from others


def _list(key: str, name: str, items: Any, indent: str) -> Iterator[str]:
    if all(isinstance(item, str) for item in items):
        whole = f"{key} [{', '.join(_within_list(item, name) for item in items)}]"
        if len(whole) <= WIDTH and not any("\n" in item for item in items):
            yield whole
            return
    yield key
    inner = indent + _INDENT
    for item in items:
        if hasattr(item, "items"):
            first, *others = mapping_lines(item, inner + _INDENT)
            yield f"{inner}- {first.lstrip()}"
        else:
            first, *others = _scalar(_word(item), name, inner + _INDENT, len(inner) + 2)
            yield f"{inner}- {first}"
        yield from others


def _word(said: Any) -> str:
    return ("true" if said else "false") if isinstance(said, bool) else str(said)


def _scalar(text: str, name: str, indent: str, column: int) -> Iterator[str]:
    """A text at some column, and the lines below it where it is a block."""
    if "\n" in text and (block := _block(text, indent)):
        yield from block
        return
    inline = _inline(text, name)
    if column + len(inline) <= WIDTH or not _folds(text, indent):
        yield inline
        return
    yield ">-"
    width = max(WIDTH - len(indent), 40)
    lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
    yield from (f"{indent}{line}" for line in lines)


def _block(text: str, indent: str) -> list[str]:
    """A text of several lines as they are; none where no block can hold it."""
    if not text.replace("\n", "").isprintable() or not text.strip("\n "):
        return []
    bare = text.rstrip("\n")
    chomp = {0: "-", 1: ""}.get(len(text) - len(bare), "+")
    lines = text.split("\n")[: None if chomp == "-" else -1]
    lead = "2" if lines[0][:1] in {" ", ""} else ""
    return [f"|{lead}{chomp}", *(f"{indent}{line}" if line else "" for line in lines)]


def _folds(text: str, indent: str) -> bool:
    """Whether a text may be wrapped, and be the same when it is read."""
    return (
        len(indent) < WIDTH // 2
        and text.isprintable()
        and " " in text
        and "  " not in text
        and "\n" not in text
        and text == text.strip()
        and all(sign == " " or not sign.isspace() for sign in text)
    )


def _inline(text: str, name: str) -> str:
    if name in _MEANT and (_NUMBER.match(text) or text in {"true", "false"}):
        return text
    if _PLAIN.match(text) and _says_itself(text):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _within_list(text: str, name: str) -> str:
    plain = _inline(text, name)
    quoted = plain[:1] in {"'", '"'}
    return (
        plain
        if quoted or not re.search(r"[\[\]{},:?]", plain)
        else f"'{text.replace(chr(39), 2 * chr(39))}'"
    )


def _says_itself(text: str) -> bool:
    return (
        text.isprintable()
        and text == text.rstrip()
        and not (_WORDS.match(text) or text.endswith(":"))
    )


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign == "\n":
        return "\\n"
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
