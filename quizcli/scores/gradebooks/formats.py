"""The formats of grade books, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.scores.gradebooks.blackboard import blackboard
from quizcli.scores.gradebooks.brightspace import brightspace
from quizcli.scores.gradebooks.canvas import canvas
from quizcli.scores.gradebooks.moodle import moodle
from quizcli.scores.gradebooks.tables import events, per_item, per_student
from quizcli.scores.gradebooks.whole import as_json, as_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.scores.gradebooks.book import BookFile, GradeBook
    from quizcli.scores.tables import CsvTable

PLAIN: dict[str, Callable[[GradeBook], BookFile]] = {
    "students": per_student,
    "items": per_item,
    "events": events,
    "json": as_json,
    "md": as_markdown,
}
# These can be filled into a file that was downloaded from their system.
SYSTEMS: dict[str, Callable[[GradeBook, CsvTable | None], BookFile]] = {
    "canvas": canvas,
    "moodle": moodle,
    "blackboard": blackboard,
    "brightspace": brightspace,
}


def writer(name: str, template: CsvTable | None) -> Callable[[GradeBook], BookFile]:
    """What writes a format, filled into a download where there is one."""
    if name in PLAIN:
        return PLAIN[name]
    return lambda book: SYSTEMS[name](book, template)
