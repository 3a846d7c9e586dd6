r"""Signs of GIFT that mean nothing: escaped ones, and those in formulas, code, tags and entities.

They are replaced by characters that Unicode keeps for a program's own use, so that whatever reads
the text afterwards may split it at any ``{ } = ~ # :`` it finds; `shown` puts them back. The
escapes are Moodle's: ``\\ \: \# \= \{ \} \~`` and ``\n`` for a new line; any other backslash is
itself.
"""

from __future__ import annotations

import re
from sys import intern

from quizcli.formats.sources import SourceText

NEWLINE = "\ufdd7"  # a written \n, which no collapsing of spaces may eat
_HIDDEN = {"\\": "\ufdd0", ":": "\ufdd1", "#": "\ufdd2", "=": "\ufdd3", "{": "\ufdd4"}
_HIDDEN |= {"}": "\ufdd5", "~": "\ufdd6", "n": NEWLINE}
_SHOWN = str.maketrans({own: "\n" if sign == "n" else sign for sign, own in _HIDDEN.items()})
_OWN = re.compile("[\ufdd0-\ufdd7]")
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_MEANT = re.compile("[#={}~]")
_FOREIGN = re.compile(r"[$`<&\\\ufdd0]")  # what a formula, code, a tag or an entity begins with
_MARKUP = re.compile(r"\[(html|markdown|plain|moodle)\]", re.IGNORECASE)

# On one line: code between backticks, or a formula, by the rule for dollars (no space within them,
# no digit behind them) or between \( and \). No answers stand in it.
_FORMULA = re.compile(
    r"\$\$[^$\n]{1,500}\$\$|`[^`\n]{1,500}`"
    r"|(?:(?<![^\W_])\$|\$(?=[\\\ufdd0^_{]))(?=[^\s$=~#{,;:!?)\]}])[^$\n]{0,500}(?<![\s=~#{(\[])\$(?!\d)"
    r"|[\\\ufdd0]\((?:(?![\\\ufdd0][()])[^\n]){1,500}[\\\ufdd0]\)"
    r"|[\\\ufdd0]\[(?:(?![\\\ufdd0][\[\]])[^\n]){1,500}[\\\ufdd0]\]"
)
_ANSWERS = re.compile(r"\{\s*(?:[=~#]|(?:T|F|TRUE|FALSE)\b)")
# A tag whose attributes are quoted, and a character by its number.
_TAG = re.compile(r"""<\w++(?:\s++[\w:-]++(?:\s*+=\s*+(?:"[^"<>\n]*+"|'[^'<>\n]*+'))?+)++\s*+/?>""")
_ENTITY = re.compile(r"&#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});")


def without_escapes(text: str) -> str:
    """The text with its escaped signs hidden."""
    if not text.isascii():
        text = _OWN.sub("\ufffd", text)
    return _ESCAPE.sub(lambda match: _HIDDEN[match[1]], text) if "\\" in text else text


def hide_signs(text: str) -> str:
    """All signs of a text hidden."""
    return _MEANT.sub(lambda match: _HIDDEN[match[0]], text)


def without_foreign_signs(line: str) -> tuple[str, bool]:
    """A line with the signs of formulas, code, tags and entities hidden, and whether there were
    braces among them, which should have been escaped."""
    if not _FOREIGN.search(line):
        return line, False
    braces = line.count("{")
    if "$" in line or "`" in line or "(" in line or "[" in line:
        line = _FORMULA.sub(_foreign, line)
    if "<" in line:
        line = _TAG.sub(_foreign, line)
    if "&#" in line:
        line = _ENTITY.sub(_foreign, line)
    return line, line.count("{") < braces


def _foreign(match: re.Match[str]) -> str:
    """What was matched, hidden; but for what only looks like a formula, since answers or a feedback
    begin in it."""
    answers = match[0][0] in "$`\\\ufdd0" and ("#" in match[0] or _ANSWERS.search(match[0]))
    return match[0] if answers else hide_signs(match[0])


def shown(text: str) -> str:
    """The text as it was meant, its hidden signs shown."""
    return text if text.isascii() else text.translate(_SHOWN)


def collapsed(text: str) -> str:
    """A text on one line but for the newlines that were written as such."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    if NEWLINE not in text:
        return shown(" ".join(text.split()))
    first, *others = text.split(NEWLINE)
    lines = [" ".join(first.split())]
    for line in others:
        words = line.lstrip()
        indent = line[: len(line) - len(words)].replace("\n", " ")
        lines.append(indent + " ".join(words.split()))
    return shown("\n".join(lines)).strip()


def marked_text(source: str, default: str) -> SourceText:
    """A text with the markup that stands before it, else that of its question."""
    source = source.strip()
    markup = default
    if source[:1] == "[" and (match := _MARKUP.match(source)):
        markup = intern(match[1].lower())
        source = source[match.end() :].lstrip()
    if markup in {"html", "markdown"}:
        return SourceText(shown(source).strip(), markup)
    return SourceText(collapsed(source), markup)
