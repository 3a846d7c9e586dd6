"""The house holds: no circle of files, one name for one class, SQL in one room."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "quizcli").rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def imports(name: str) -> set[str]:
    """The files of the package that a file names in an import, those for the type checker too."""
    named: set[str] = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ImportFrom) and node.module in FILES:
            files = {f"{node.module}.{alias.name}" for alias in node.names} & FILES.keys()
            named |= files
            if len(files) < len(node.names):
                named.add(node.module)
        elif isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names} & FILES.keys()
    return named - {name}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A circle of files, where there is one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_two_files_import_each_other() -> None:
    """Neither directly nor by way of others, nor for the type checker alone."""
    assert circle({name: imports(name) for name in FILES}) == []


def test_a_circle_would_be_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []


def test_only_the_journal_speaks_sql() -> None:
    """Every other room asks it by the names of its queries; nothing else is kept in a database."""
    words = r"\s*(select .*\bfrom|insert .*into|update \S+ set|delete from|pragma|create .*table) "
    calls = {"execute", "executemany", "executescript"}
    spoken = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in calls)
        or (
            isinstance(node, ast.Constant)
            and re.match(words, str(node.value), re.IGNORECASE | re.DOTALL)
        )
    }
    assert spoken
    foreign = {"quizcli.formats.anki_collection"}  # another program's file is a database
    assert {name for name in spoken if not name.startswith("quizcli.journal.")} == foreign


def test_a_time_is_written_in_one_place() -> None:
    """In UTC with a Z: a copy that forgot it stood in journals."""
    written = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "timespec"
    }
    assert written == {"quizcli.env"}


def test_whose_retention_counts_is_decided_in_one_place() -> None:
    """That of the bank, else the learner's own: for a review, a quiz, an import and statistics."""
    decided = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.BoolOp)
        and isinstance(node.op, ast.Or)
        and re.search(r"retention.* or (own|\S+\.retention)$", ast.unparse(node))
    }
    assert decided == {"quizcli.review.banks"}


def test_a_class_has_its_name_for_itself() -> None:
    """One name means one thing, in the whole package."""
    places = defaultdict(list)
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(name)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_file_is_longer_than_it_should_be() -> None:
    """A file is one idea, under 300 lines; the experiments of the laboratory wait for theirs."""
    lengths = {
        name: path.read_text(encoding="utf-8").count("\n")
        for name, path in FILES.items()
        if ".demos.experiments." not in name
    }
    assert {name: n for name, n in lengths.items() if n > 320} == {}
