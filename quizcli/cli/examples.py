"""What stands at the foot of each help: commands that can be typed as they are."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": ("quizcli take rnn", "quizcli review", "quizcli bank check my-bank.yaml"),
    "take": (
        "quizcli take rnn --questions 5",
        "quizcli take rnn --exam --time 20",
        "quizcli take my-bank.yaml --no-shuffle",
    ),
    "review": ("quizcli review", "quizcli review rnn --limit 5", "quizcli review --queue"),
    "cards": ("quizcli cards rnn", "quizcli cards --tag gates --new 3"),
    "demo": (
        "quizcli demo",
        "quizcli demo rnn/gate-width",
        "quizcli demo gate-width --seed 8131",
        "quizcli demo rnn/nan --html nan.html",
    ),
    "history": (
        "quizcli history",
        "quizcli history rnn",
        "quizcli history 1 --svg attempt.svg",
        "quizcli history 1 --html attempt-1.html",
    ),
    "score": (
        "quizcli score",
        "quizcli score 1 -o score.csv --no-key",
        "quizcli score 1 --regrade",
    ),
    "stats": ("quizcli stats rnn", "quizcli stats --forecast"),
    "doctor": ("quizcli doctor", "quizcli doctor --json"),
    "bank": ("quizcli bank new my-notes", "quizcli bank list"),
    "bank list": ("quizcli bank list --json",),
    "bank show": ("quizcli bank show rnn", "quizcli bank show --search gate"),
    "bank check": ("quizcli bank check", "quizcli bank check my-bank.yaml"),
    "bank prove": (
        "quizcli bank prove rnn -q gate-width --seeds 5",
        "quizcli bank prove rnn --html rnn.html",
    ),
    "bank preview": (
        "quizcli bank preview rnn/gate-width",
        "quizcli bank preview rnn/gate-width --answer a --plain",
    ),
    "bank new": ('quizcli bank new chemistry --title "Chemistry, first term"',),
    "bank edit": ("quizcli bank edit my-bank/first",),
    "bank diff": (
        "quizcli bank diff old.yaml my-bank.yaml",
        "quizcli bank diff my-bank my-bank.yaml",
    ),
    "bank import": (
        "quizcli bank import questions.gift -o seas.yaml",
        "quizcli bank import questions.gift --update my-bank.yaml",
    ),
    "bank export": (
        "quizcli bank export rnn --to gift -o rnn.gift",
        "quizcli bank export my-bank.yaml --to gift --strict -o my-bank.gift",
        "quizcli bank export rnn --to html --keyless --variants 3 -o quiz.html",
    ),
    "bank schema": ("quizcli bank schema > bank.schema.json",),
    "class": (
        "quizcli class handout rnn -o handout.yaml",
        "quizcli class grade rnn hand-ins/",
        "quizcli class items rnn hand-ins/",
    ),
    "class handout": ("quizcli class handout rnn -o handout.yaml",),
    "class grade": (
        "quizcli class grade rnn hand-ins/",
        "quizcli class grade rnn hand-ins/ --format canvas --template download.csv -o canvas.csv",
        "quizcli class grade rnn --responses answers.csv --format items -o items.csv",
        "quizcli class grade rnn hand-ins/ --html class.html",
    ),
    "class items": (
        "quizcli class items rnn hand-ins/",
        "quizcli class items rnn --responses answers.csv -q gate-width --json",
        "quizcli class items --marks marks.csv --priors none",
        "quizcli class items rnn hand-ins/ --html items.html",
    ),
    "class regrade": (
        "quizcli class regrade rnn hand-ins/ --without gate-width --reason 'two readings'",
        "quizcli class regrade rnn hand-ins/ --credit-all gate-width --reason misprint -o r.yaml",
    ),
    "class print": (
        "quizcli class print rnn --forms 4 -o forms.html --key key.html",
        "quizcli class grade rnn --responses answers.csv",
    ),
    "class alike": ("quizcli class alike rnn hand-ins/ --json",),
    "journal": ("quizcli journal export -o reviews.csv", "quizcli journal undo"),
    "journal export": ("quizcli journal export -o reviews.csv",),
    "journal import": ("quizcli journal import log.csv",),
    "journal merge": ("quizcli journal merge other.sqlite3",),
    "journal undo": ("quizcli journal undo", "quizcli journal undo --redo"),
    "journal rebuild": ("quizcli journal rebuild",),
    "journal fit": ("quizcli journal fit", "quizcli journal fit --reset"),
    "config": ("quizcli config list", "quizcli config set plain true"),
    "config list": ("quizcli config list --json",),
    "config get": ("quizcli config get colour",),
    "config set": ('quizcli config set name "Ada Lovelace"', "quizcli config set new-per-day 10"),
    "config unset": ("quizcli config unset plain",),
    "config path": ("quizcli config path",),
}


def foot(command: str) -> str:
    """The examples of a command, kept as the lines that they are."""
    lines = EXAMPLES.get(command, ())
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines) if lines else ""
