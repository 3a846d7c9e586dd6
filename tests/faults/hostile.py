"""A bank of hostile texts and a class of hostile names, and every file that is written of them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import typer

from quizcli.cli.app import app
from quizcli.cli.bank_formats import names
from quizcli.scores.formats import SHEETS
from tests.support.handing_in import CSV_BOOKS, Student, handed_in
from tests.support.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ATTACKS = (
    "<script>window.pwned=1;alert(1)</script>",
    '<img src=x onerror="window.pwned=1">',
    "</script></style></textarea></title></svg><svg onload=window.pwned=1>",
    "[x](javascript:window.pwned=1) ![y](http://evil.example/p.png) <http://evil.example>",
    '=HYPERLINK("http://evil.example","x")', "@SUM(1)", "+1+cmd|' /C calc'!A0", "-2+3",
    "]]><!--<![CDATA[ --> &lt;script&gt; <?php",
    "${window.pwned=1} {{constructor.constructor('window.pwned=1')()}} <%= 1 %>",
    "<style>*{display:none}</style><base href=http://evil.example><meta http-equiv=refresh content=0>",
    "\u202eevil\u2066 a\u200bb", "../../etc/passwd", "a\tb | c | d",
)  # fmt: skip
TEXTS = tuple(attack.replace("\t", " ") for attack in ATTACKS)  # a bank holds no tab
FORMATS = tuple(names(written=True))
# Every way in which a file is written; a test counts them. The quiz in one file comes thrice.
COMMANDS = (
    "class grade evil in --html grades.html --feedback feedback --format md -o grades.md",
    "class grade evil in " + " ".join(f"--format {book} -o {book}.csv" for book in CSV_BOOKS),
    "class grade evil in --format json -o grades.json",
    "class items evil in --html items.html",
    "class print evil -o print.html --key key.html",
    "class handout evil -o handout.yaml",
    "class regrade evil in --credit-all q1 -o repair.yaml --reason",
    *(f"bank export evil --to {name} -o bank.{name}" for name in FORMATS),
    "bank export evil --keyless --variants 2 -o keyless.html",
    "bank export evil --evidence -o evidence.html",
    "bank import bank.moodle-xml -o again.yaml",
    "bank prove evil -q measured --html prove.html",
    "demo evil/measured --html demo.html",
    "history 1 --html history.html",
    "journal export -o log.csv",
    *(f"score 1 --format {name} -o score.{name}" for name in SHEETS),
    "score 1 --svg score.svg",
    "history 1 --svg history.svg",
    "stats --svg stats.svg",
    "demo evil/measured --svg demo.svg",
    "bank list --svg list.svg",
    "bank show evil --svg show.svg",
    "bank check evil --svg check.svg",
    "bank prove evil -q measured --quick --svg prove.svg",
    "bank preview evil/measured --all --hints --svg preview.svg",
)
# Options that name a file to be read.
READ = {"take --answers", "bank import --update", "doctor --restore"} | {
    f"class {verb} --{option}"
    for verb in ("grade", "items", "regrade", "alike")
    for option in ("responses", "template", "roster", "overrides", "repair", "marks")
}


def _bank() -> dict[str, Any]:
    asked: list[dict[str, Any]] = [
        {
            "id": f"q{n}", "kind": "single-choice", "title": attack[:90], "prompt": attack,
            "explanation": attack, "hints": [attack], "tags": ["t"],
            "options": [{"id": "a", "text": attack, "correct": True, "feedback": attack},
                        {"id": "b", "text": f"{attack} b", "feedback": attack}],
        }
        for n, attack in enumerate(TEXTS)
    ]  # fmt: skip
    everything = " and ".join(TEXTS)
    measured = asked[0] | {
        "id": "measured", "prompt": everything, "explanation": everything,
        "demo": {"name": "padding"},
        "options": [
            {"id": "a", "text": everything, "correct": True, "claim": {"way": "mask"}},
            {"id": "b", "text": f"{everything} b", "claim": {"way": "zeros-after"}},
        ],
    }  # fmt: skip
    return {"format": 1, "id": "evil", "title": TEXTS[0], "questions": [*asked, measured]}


def written(root: Path) -> Path:
    """A folder with every file that can be written of them, by the commands above."""
    home = Home(root, sample=False)
    bank = root / "questions" / "evil.yaml"
    bank.parent.mkdir()
    bank.write_text(json.dumps(_bank()))
    (root / "in").mkdir()
    for n, attack in enumerate(ATTACKS):
        student = Student(f"{attack[:60]}{n}", attack, attack[:20])
        given = {f"q{i}": ["ab"[(i + n) % 2]] for i in range(len(ATTACKS))}
        data = handed_in(given, student, path=bank, seed=n)
        (root / "in" / f"{n}.json").write_text(json.dumps(data))
    home("take", "evil", "--name", ATTACKS[1], "--no-shuffle", text="a\nb\n" * 8)
    for command in COMMANDS:
        ran = home(*command.split(), *[ATTACKS[4]] * command.endswith("--reason"))
        assert ran.code in {0, 1} or "pip install" in ran.told, f"{command}: {ran.told}"
    return root


def asked_for(command: str) -> set[str]:
    """The options of a command above, each with its verb: ``bank show --svg``."""
    words = command.split()
    verb = " ".join(words[: 2 if words[0] in {"class", "bank", "journal"} else 1])
    return {f"{verb} {'--output' if word == '-o' else word}" for word in words if word[0] == "-"}


@cache
def that_write() -> frozenset[str]:
    """Every option that names a file to be written, with its verb."""
    return frozenset(set(_named(typer.main.get_command(app), ())) - READ)


def _named(command: Any, path: tuple[str, ...]) -> Iterator[str]:
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from _named(command.get_command(None, name), (*path, name))
    for option in command.params:
        if option.param_type_name == "option" and option.metavar in {"FILE", "FOLDER"}:
            yield f"{' '.join(path)} {max(option.opts, key=len)}"
