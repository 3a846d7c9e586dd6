"""A page as a parser reads it: a judge of what we wrote that is not ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib.util import find_spec

VOID = {"meta", "br", "hr", "input"}


@dataclass
class ParsedPage(HTMLParser):
    """``faults``: tags that are not balanced, ids that occur twice, drawings without a title."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str | None]] = field(default_factory=list)
    words: str = ""
    faults: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    drawings: list[dict[str, str | None]] = field(default_factory=list)
    untitled: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        given = dict(attrs)
        if len(given) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if (id := given.get("id")) is not None:
            if id in self.ids:
                self.faults.append(f"id {id} twice")
            self.ids.add(id)
        if self.open and self.open[-1] == "svg" and self.untitled:
            self.untitled = 0
            if tag != "title":
                self.faults.append("a drawing does not begin with its title")
        if tag == "svg":
            self.untitled = 1
            self.drawings.append(given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.words += data


def invalid(text: str) -> list[str]:
    """What the rules of HTML do not allow, where there is a judge of them."""
    if find_spec("html5lib") is None:
        return []
    import html5lib

    judge = html5lib.HTMLParser()
    (judge.parse if text.startswith("<!doctype") else judge.parseFragment)(text)
    return [f"{name} in line {place[0]}" for place, name, _ in judge.errors]


def parsed(text: str) -> ParsedPage:
    """A page, read to its end."""
    found = ParsedPage()
    found.faults += invalid(text)
    found.feed(text)
    found.close()
    for tag, name, value in found.attributes:
        if name in {"aria-labelledby", "aria-describedby"}:
            for id in (value or "").split():
                if id not in found.ids:
                    found.faults.append(f"<{tag}> names {id}, which is not there")
        if name == "href" and value is not None and value.removeprefix("#") not in found.ids:
            found.faults.append(f"a link to {value}")
        if name.startswith("on") or name == "style":
            found.faults.append(f"<{tag}> has {name}")
    found.faults += [f"<{tag}> is never closed" for tag in found.open]
    return found
