"""README and the guides tell the truth: their commands run, their tables are computed, their
examples work.

``pytest --update-golden`` writes computed blocks anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from quizcli import load_bank
from quizcli.bank.shapes import shapes
from quizcli.cli.app import app
from quizcli.cli.bank_formats import MODULES, bank_format
from quizcli.quiz.cards import cards_of
from quizcli.quiz.credit import RULES
from quizcli.quiz.kinds import KINDS
from quizcli.scores.formats import BOOKS, SHEETS
from tests.support.program import quizcli

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
OF_BANKS = ROOT / "questions" / "README.md"
OF_EXPERIMENTS = ROOT / "quizcli" / "demos" / "README.md"
OF_TESTS = ROOT / "tests" / "README.md"
OF_ROOMS = ROOT / "quizcli" / "README.md"
GUIDES = (README, OF_BANKS, OF_EXPERIMENTS, OF_TESTS, OF_ROOMS, ROOT / "CONTRIBUTING.md")
PICTURES = ROOT / "tests" / "terminal" / "golden" / "pictures"
RUN = re.compile(r"<!-- run: quizcli (.+?) -->\n```text\n(.*?)```\n", re.DOTALL)
SLOW = "--seeds 100"


def text(*guides: Path) -> str:
    return "".join(guide.read_text(encoding="utf-8") for guide in guides or GUIDES)


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- end -->\n", text(), re.DOTALL)
    assert found, f"no guide has a block '{name}'"
    return found[0]


def marked(name: str, body: str) -> str:
    return f"<!-- {name} -->\n{body}<!-- end -->\n"


def replace(old: str, new: str) -> None:
    for guide in GUIDES:
        guide.write_text(text(guide).replace(old, new), encoding="utf-8")


def check(request: pytest.FixtureRequest, old: str, new: str) -> None:
    if request.config.getoption("--update-golden") and old != new:
        replace(old, new)
        return
    assert old == new


def runs(slow: bool) -> list[str]:
    return [found[1] for found in RUN.finditer(text()) if (SLOW in found[1]) == slow]


def rerun(command: str, request: pytest.FixtureRequest, home: Path) -> None:
    found = next(found for found in RUN.finditer(text()) if found[1] == command)
    done = quizcli(*shlex.split(command), home=home, COLUMNS="80")
    assert done.returncode == 0, done.stderr
    check(request, found[0], f"<!-- run: quizcli {command} -->\n```text\n{done.stdout}```\n")


@pytest.mark.parametrize("command", runs(slow=False))
def test_what_readme_shows_is_what_the_command_prints(command, request, tmp_path: Path) -> None:
    rerun(command, request, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("command", runs(slow=True))
def test_the_table_of_proofs_is_what_the_command_prints(command, request, tmp_path: Path) -> None:
    rerun(command, request, tmp_path)


def test_the_table_of_credit_rules_is_computed(request: pytest.FixtureRequest) -> None:
    rows = ["| rule | credit | everything | coin |", "|---|---|--:|--:|"]
    for rule in RULES.values():
        everything = float(rule.ticking_everything(5, 3))
        coin = float(rule.blind_guessing(5, 3))
        default = " (default)" if rule.name == "net-correct" else ""
        formula = rule.formula.replace("|", "\\|")
        rows.append(f"| {rule.name}{default} | {formula} | {everything:.2f} | {coin:.2f} |")
    check(request, block("credit rules"), marked("credit rules", "\n".join(rows) + "\n"))


def test_the_description_of_the_format_is_the_one_the_reader_follows(request) -> None:
    lines = []
    for shape, fields in shapes(tuple(KINDS), tuple(RULES)).items():
        lines += [f"**{shape}**", "", "| key | holds | what it is |", "|---|---|---|"]
        for field in fields.values():
            holds = " · ".join(f"`{word}`" for word in field.words) or field.type.value
            must = " (required)" if field.required else ""
            lines.append(f"| `{field.name}`{must} | {holds} | {field.help} |")
        lines.append("")
    check(request, block("format"), marked("format", "\n".join(lines).rstrip() + "\n"))


def test_the_table_of_formats_is_computed(request: pytest.FixtureRequest) -> None:
    rows = ["| format | file | `import` | `export` |", "|---|---|:-:|:-:|"]
    for one in map(bank_format, MODULES):
        files = ", ".join(f"`{suffix}`" for suffix in one.suffixes)
        signs = ("✓" if one.read else "", "✓" if one.write else "")
        rows.append(f"| `{one.name}`: {one.title} | {files} | {signs[0]} | {signs[1]} |")
    check(request, block("formats"), marked("formats", "\n".join(rows) + "\n"))


@pytest.mark.parametrize(
    ("command", "formats"), [("class grade", [*BOOKS]), ("score", ["table", *SHEETS])]
)
def test_help_lists_every_format_of_scores(command, formats, tmp_path: Path) -> None:
    help = quizcli(*command.split(), "--help", home=tmp_path, COLUMNS="200").stdout
    assert f"--format <{'|'.join(formats)}>" in help


def test_the_guide_names_every_grade_book() -> None:
    assert [name for name in BOOKS if f"`{name}`" not in text(OF_BANKS)] == []


EXAMPLES = re.findall(r"```yaml\n(format: 1.*?)```", text(OF_BANKS), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split()[3])
def test_the_example_banks_are_good_ones(example: str, tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    (tmp_path / "chapters").mkdir()
    for name in ("intro", "chapters/one"):  # what the one that includes others finds beside it
        other = EXAMPLES[0].replace("capitals", name[-3:]).replace("france", name[-3:])
        (tmp_path / f"{name}.yaml").write_text(other, encoding="utf-8")
    done = quizcli("bank", "check", path, home=tmp_path)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\A\d banks? checked: 0 faults$", done.stdout.strip()), done.stdout


def test_the_cards_of_the_example_are_called_as_readme_says(tmp_path: Path) -> None:
    path = tmp_path / "gates.yaml"
    path.write_text(EXAMPLES[1], encoding="utf-8")
    for card in cards_of(load_bank(path)):
        assert f"`{card.address}`" in text()


def test_the_python_example_prints_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"```python\n(.*?)```", text(README), re.DOTALL)
    assert example
    monkeypatch.chdir(ROOT)
    said = re.findall(r"print\(.*\)  # (.*)", example[1])
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(example[1], {})
    assert out.getvalue().split() == said
    assert said


def test_the_experiment_of_ones_own_proves_its_bank(tmp_path: Path) -> None:
    """Installed as it is printed, and looked into: it measures."""
    guide = text(OF_EXPERIMENTS)
    parts = (r"```python\n(.*?)```", r"```toml\n(.*?)```", r"```yaml\n(.*?)```")
    module, project, bank = (re.search(part, guide, re.DOTALL)[1] for part in parts)
    points = tomllib.loads(project)["project"]["entry-points"]["quizcli.demos"]
    info = tmp_path / "lab_dropout-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lab-dropout\nVersion: 1.0\n")
    lines = ["[quizcli.demos]", *(f"{name} = {where}" for name, where in points.items()), ""]
    (info / "entry_points.txt").write_text("\n".join(lines))
    (tmp_path / "lab_dropout.py").write_text(module, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(bank, encoding="utf-8")

    def run(*arguments: str) -> str:
        done = quizcli(
            *arguments, home=tmp_path, cwd=tmp_path, PYTHONPATH=f"{ROOT}{os.pathsep}{tmp_path}"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "0 faults" in run("bank", "check", "own.yaml")
    proved = run("bank", "prove", "own.yaml", "--seeds", "100")
    assert "the key under 100 of 100 seeds" in proved
    assert "1 experiment: 1 passed all checks." in proved
    assert "inverted-dropout" in run("demo", "dropout", "--break", "inverted-dropout")


COMMANDS = sorted(
    set(re.findall(r"^quizcli(?: [^\s#].*?)?(?=  |$)", text(), re.MULTILINE))
    | set(re.findall(r"`quizcli ([^`]+)`", text()))
)


@pytest.mark.parametrize("command", [c for c in COMMANDS if "seeds 100" not in c])
def test_every_command_in_readme_is_understood(command: str, tmp_path: Path) -> None:
    """Run as printed, with a finished attempt, handed in, and a file of answers; a refusal to resume
    or repeat what is not there is understood, an unknown word is not."""
    key = {q.id: sorted(q.key) for q in load_bank(ROOT / "questions" / "rnn.yaml").questions}
    (tmp_path / "answers.yaml").write_text(
        "".join(f"{q}: [{', '.join(o)}]\n" for q, o in key.items())
    )
    quizcli("take", "rnn", "--answers", "answers.yaml", home=tmp_path, cwd=tmp_path)
    quizcli("take", "rnn", "--no-shuffle", home=tmp_path, text="a\n")  # which is wrong
    (tmp_path / "hand-ins").mkdir()
    quizcli("score", "1", "--format", "json", "-o", "hand-ins/1.json", home=tmp_path, cwd=tmp_path)
    exported = quizcli("journal", "export", home=tmp_path).stdout
    (tmp_path / "log.csv").write_text(exported)
    shutil.copy(tmp_path / "journal.sqlite3", tmp_path / "other.sqlite3")
    (tmp_path / "questions.gift").write_text("Salt?{T}\n")
    (tmp_path / "deck.apkg").write_bytes(b"PK")  # which is told to be no whole package
    quizcli("bank", "import", "questions.gift", "-o", "my-bank.yaml", home=tmp_path, cwd=tmp_path)
    shutil.copy(tmp_path / "my-bank.yaml", tmp_path / "old.yaml")
    arguments = shlex.split(command.split(" > ", maxsplit=1)[0])
    arguments = arguments[1:] if arguments[:1] == ["quizcli"] else arguments
    done = quizcli(*arguments, home=tmp_path, cwd=tmp_path, text="a\n" * 10)
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr


DRAWN = {
    "question": ("bank", "preview", "rnn/gate-width"),
    "feedback": ("bank", "preview", "rnn/gate-width", "--answer", "a"),
    "evidence": ("demo", "rnn/gate-width", "--seed", "8131"),
}


@pytest.mark.parametrize("ground", ["dark", "light"])
@pytest.mark.parametrize("name", DRAWN)
def test_the_pictures_are_those_that_the_program_draws(
    name: str, ground: str, tmp_path: Path, golden
) -> None:
    """As ``--svg`` writes them, each on both grounds."""
    assert quizcli("config", "set", "picture", ground, home=tmp_path).returncode == 0
    done = quizcli(*DRAWN[name], "--svg", tmp_path / "a.svg", home=tmp_path, COLUMNS="80")
    assert done.returncode == 0, done.stderr
    golden(PICTURES / f"{name}-{ground}.svg", (tmp_path / "a.svg").read_text(encoding="utf-8"))


def test_readme_shows_every_picture_on_both_grounds_and_is_short() -> None:
    shown = set(re.findall(r'(?:src|srcset)="([^"]+)"', text(README)))
    assert shown == {str(path.relative_to(ROOT)) for path in PICTURES.iterdir()}
    assert len(shown) == 2 * len(DRAWN) == 2 * text(README).count(' alt="')
    assert len(text(README).splitlines()) <= 150


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.relative_to(ROOT)))
def test_links_lead_somewhere(guide: Path) -> None:
    """To a file that is there, and to a heading that it has."""
    for place in re.findall(r"\]\((?!http)([^)\s]+)\)", text(guide)):
        file, _, heading = place.partition("#")
        found = guide.parent / file if file else guide
        assert found.exists(), place
        if heading:
            there = re.findall(r"^#+ (.+)$", text(found), re.MULTILINE)
            assert heading in {name.lower().replace(" ", "-") for name in there}, place


OF_CHORES = ROOT / "CONTRIBUTING.md"


def test_the_files_of_every_chore_are_there_and_hold_what_is_said_of_them() -> None:
    """``NAME`` is one of one's own; there are others of its sort."""
    places = re.findall(r"`((?:quizcli|tests|questions|\.ci)/[^` ]*)`", text(OF_CHORES))
    assert len(places) > 30
    assert [place for place in places if not [*ROOT.glob(place.replace("NAME", "*"))]] == []
    held = re.findall(r"`(\w+)`\s+(?:of|in)\s+`([^`N]+\.py)`", text(OF_CHORES))
    assert len(held) > 5
    for name, place in held:
        code = (ROOT / place).read_text(encoding="utf-8")
        assert re.search(rf"^(class |def |    )?{name}\b", code, re.MULTILINE), (name, place)


# What is typed by whoever changes the program.
TYPED = [
    line.partition("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", text(OF_CHORES, OF_TESTS), re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


def test_whoever_changes_the_program_need_not_activate_its_environment() -> None:
    words = re.findall(r"`((?:pytest|python|pip-audit) [^`]+)`", text(OF_CHORES, OF_TESTS))
    lines = [line for line in TYPED if not line.startswith("python3 -m venv .venv && ")]
    assert [line for line in (*words, *lines) if not line.startswith(".venv/bin/")] == []


def test_runs_of_tests_in_guides_have_their_files() -> None:
    places = [word for line in TYPED for word in line.split() if word.startswith("tests/")]
    assert len(places) > 10
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.slow
@pytest.mark.parametrize("line", sorted({line for line in TYPED if " -m pytest" in line}))
def test_runs_of_tests_in_guides_find_their_tests(line: str) -> None:
    """Collected as printed, with every option; they run in the suite that this belongs to."""
    words = shlex.split(line.removeprefix(".venv/bin/python "))
    command = [sys.executable, *words, "--collect-only", "-q"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-1000:]


def test_readme_links_every_guide() -> None:
    for guide in GUIDES[1:]:
        assert f"]({guide.relative_to(ROOT)})" in text(README)


def test_every_harness_of_the_table_is_there() -> None:
    """In the files and folders of its last column."""
    rows = re.findall(r"^\| .+? \| (.+?) \| (.+?) \|$", text(OF_TESTS), re.MULTILINE)
    assert len(rows) > 12
    for harness, where in rows[1:]:
        places = [ROOT / place for place in re.findall(r"`([^`]+)`", where)]
        files = [file for place in places for file in (place, *place.rglob("*.py"))]
        code = "".join(file.read_text("utf-8") for file in files if file.is_file())
        assert code, where
        for name in re.findall(r"`([A-Za-z_]+)`", harness):
            assert re.search(rf"\b(?:def|class|import) {name}\b", code), (name, where)


def test_the_file_of_answers_in_readme_is_taken(tmp_path: Path) -> None:
    """The command below it, as it stands."""
    example = re.search(r"```yaml\n(.*?)```\n\n```sh\nquizcli (.*?)\n", text(README), re.DOTALL)
    assert example
    (tmp_path / "answers.yaml").write_text(example[1], encoding="utf-8")
    done = quizcli(*shlex.split(example[2]), home=tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"percent": 30' in done.stdout


def test_the_two_commands_are_single_lines_and_say_the_same_install() -> None:
    lines = [line for line in text(README).splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    assert lines[0].endswith("quizcli take rnn")
    assert lines[1].endswith("pytest -n auto")
    for line in lines:
        assert subprocess.run(["bash", "-n", "-c", line], check=False).returncode == 0


def test_every_command_has_help_and_stands_in_readme(tmp_path: Path) -> None:
    group = typer.main.get_command(app)
    commands = {(name,): group.get_command(None, name) for name in group.list_commands(None)}
    for verb in ("bank", "class", "journal", "config"):
        below = commands[(verb,)].commands
        commands |= {(verb, name): below[name] for name in below}
    listed = quizcli("--help", home=tmp_path).stdout
    for name, command in commands.items():
        done = quizcli(*name, "--help", home=tmp_path)
        assert done.returncode == 0
        assert len(done.stdout.strip().splitlines()) > 3
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"
        assert f"quizcli {' '.join(name)}" in text(), f"{name} is missing in README"
        assert name[0] in listed
