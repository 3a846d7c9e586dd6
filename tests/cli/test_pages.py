"""Pages to keep: whole, the same for the same seed, and never over a file that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.parsed import ParsedPage, parsed
from tests.support.program import quizcli

SEED = ("--seed", "1")


def page_of(file: Path) -> ParsedPage:
    """A page that was written, with nothing wrong with it."""
    found = parsed(file.read_text(encoding="utf-8"))
    assert found.faults == []
    return found


def test_a_measured_answer_is_a_page(tmp_path: Path) -> None:
    """What is claimed and found, the rule, other seeds, other worlds, the checks, the command."""
    file = tmp_path / "one.html"
    done = quizcli("demo", "rnn/nan", *SEED, "--html", file, home=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"quizcli: written to {file}\n"
    words = " ".join(page_of(file).words.split())
    for said in (
        "Exploding gradients", "Rule: Each world is run", "Assumed:", "Measured under seed 1",
        "c, holds: 20 of 20 seeds, 84–100%", "Null control (radius 0.5, z 1):",
        "Break: large-relu", "Honesty checks", "without the effect", "Knobs",
        "quizcli demo rnn/nan --seed 1 --html nan.html", "NumPy", "bank rnn, digest",
    ):  # fmt: skip
        assert said in words, said


def test_the_command_on_a_page_makes_it_again(tmp_path: Path) -> None:
    """Turned knobs, a break and an experiment without a question included."""
    typed = ["demo", "gate-roles", "--set", "units=8", "--break", "tanh-output", *SEED]
    quizcli(*typed, "--html", "gate-roles.html", home=tmp_path, cwd=tmp_path)
    file = tmp_path / "gate-roles.html"
    found = page_of(file)
    command = next(line for line in found.words.split("\n") if "quizcli demo" in line)
    command = command[command.index("quizcli demo") : command.index("gate-roles.html") + 15]
    kept = file.read_bytes()
    file.unlink()
    done = quizcli(*command.split()[1:], home=tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == kept
    assert "An assumption is broken, tanh-output:" in found.words
    words = " ".join(found.words.split())
    assert "Usual world" in words  # and what is above not once more
    assert "Break: tanh-output" not in words


BANK = """\
format: 1
id: two
title: Two & <more>
questions:
  - id: roles
    kind: single-choice
    title: Which gates
    prompt: Which pair of gates?
    options:
      - {id: a, text: "u, 1-u", correct: true, claim: {update: u, forget: 1-u}}
      - {id: b, text: "</style><script>x</script>", claim: {update: 1-u, forget: u}}
    demo: {name: gate-roles}
  - id: plain
    kind: single-choice
    prompt: Is it measured?
    options:
      - {id: a, text: "no", correct: true}
      - {id: b, text: "yes"}
"""


def test_the_proofs_of_a_bank_are_a_page(tmp_path: Path) -> None:
    """An overview, a table of contents, a section a question; what is not measured is told."""
    (tmp_path / "two.yaml").write_text(BANK)
    typed = ("bank", "prove", "two.yaml", "--seeds", "2", "--from", "5")
    done = quizcli(*typed, "--html", "two.html", home=tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "written to two.html" in done.stderr
    assert "without an experiment, so not proved: plain" in done.stderr
    found = page_of(tmp_path / "two.html")
    assert "script" not in found.tags
    words = " ".join(found.words.split())
    for said in (
        "Two & <more>", "1 question: 1 proved.", "Which gates: 2 of 2 seeds, 34–100%", "Contents",
        "Which gates ✓ proved", "plain not measured", "</style><script>x</script>",
        "Measured under seed 5", "Break: tanh-output", "Honesty checks",
        "This question has no experiment",
        "quizcli bank prove two.yaml --seeds 2 --from 5 --html two.html",
    ):  # fmt: skip
        assert said in words, said


def test_a_key_that_is_not_measured_is_told_by_the_page_too(tmp_path: Path) -> None:
    right, wrong = "update: u, forget: 1-u", "update: 1-u, forget: u"
    swapped = BANK.replace(right, "?").replace(wrong, right).replace("{?}", f"{{{wrong}}}")
    (tmp_path / "two.yaml").write_text(swapped)
    typed = ("bank", "prove", "two.yaml", "--quick", "-q", "roles", "--seeds", "1")
    done = quizcli(*typed, "--html", "two.html", home=tmp_path, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    words = " ".join(page_of(tmp_path / "two.html").words.split())
    assert "0 of 1 seed single out the key, not under seed 1." in words
    assert "-q roles --seeds 1 --from 1 --quick --html roles.html" in words
    assert "Honesty checks" not in words


def test_a_question_is_found_by_the_id_that_it_had(tmp_path: Path) -> None:
    """On the page of its experiment, and on that of its proof."""
    (tmp_path / "two.yaml").write_text(
        BANK.replace("id: roles\n", "id: roles\n    formerly: [old]\n")
    )
    typed = ("bank", "prove", "two.yaml", "--quick", "-q", "old", "--seeds", "1")
    for ask in (("demo", "two.yaml/old", *SEED), typed):
        done = quizcli(*ask, "--html", "two.html", "--force", home=tmp_path, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        words = " ".join(page_of(tmp_path / "two.html").words.split())
        assert "Which pair of gates?" in words
        assert "Measured under seed 1" in words


KINDS = """\
format: 1
id: kinds
title: All kinds
language: de
questions:
  - id: order
    kind: ordering
    prompt: Put them in order.
    items: [{id: x, text: first}, {id: y, text: second}, {id: z, text: third}]
  - id: pairs
    kind: matching
    prompt: Match them.
    pairs: [{id: one, left: one, right: eins}, {id: two, left: two, right: zwei}]
  - id: width
    kind: number
    prompt: How many values has $\\Gamma_u$ with 100 units?
    answer: 100
    expect: [{answer: 300, feedback: Three gates are *not* one.}]
    hints: ["More than **41**."]
    demo: {name: gate-width}
    claim: {width: "{given}"}
  - id: essay
    kind: free
    prompt: Tell a story.
    model: Once upon a time.
"""


def test_an_attempt_is_a_page_with_reasons_and_evidence(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(BANK)
    quizcli("take", "two.yaml", *SEED, "--no-shuffle", home=tmp_path, cwd=tmp_path, text="b?\na\n")
    done = quizcli("history", "1", "--html", "one.html", home=tmp_path, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    found = page_of(tmp_path / "one.html")
    words = " ".join(found.words.split())
    for said in (
        "Score 1 of 2", "Which gates wrong, 0 of 1 point · ", "plain right, 1 of 1 point · ",
        "Your answer", "Wrong, 0 of 1 point. You marked it as a guess.", "Measured under seed 1",
        "a, holds:", "b, refuted:", "quizcli history 1 --html attempt-1.html",
    ):  # fmt: skip
        assert said in words, said
    assert "script" not in found.tags
    first = (tmp_path / "one.html").read_bytes()
    quizcli("history", "1", "--html", "one.html", "--force", home=tmp_path, cwd=tmp_path)
    assert (tmp_path / "one.html").read_bytes() == first


def test_answers_of_every_kind_are_shown(tmp_path: Path) -> None:
    """What belongs where, what was typed, hints that were taken, a model to compare with."""
    (tmp_path / "kinds.yaml").write_text(KINDS)
    answers = "a,b,c\n1a 2a\n?\n300\nIt was <b>night</b>.\n"
    typed = ("take", "kinds.yaml", *SEED, "--no-shuffle")
    quizcli(*typed, home=tmp_path, cwd=tmp_path, text=answers)
    done = quizcli("history", "1", "--html", "one.html", home=tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = page_of(tmp_path / "one.html")
    words = " ".join(found.words.split())
    for said in (
        "Your answer: 300", "The answer: 100", "Three gates are not one.", "Hint: More than 41.",
        "Your answer: It was <b>night</b>.", "A model answer: Once upon a time.",
        "Measured under seed 1", "✗ one zwei", "Right: eins", "✓ two zwei",
    ):  # fmt: skip
        assert said in words, said
    assert ("div", "lang", "de") in found.attributes


def test_an_attempt_at_a_handout_shows_answers_and_no_key(tmp_path: Path) -> None:
    (tmp_path / "kinds.yaml").write_text(KINDS + BANK[BANK.index("  - id: plain") :])
    quizcli("class", "handout", "kinds.yaml", "-o", "out.yaml", home=tmp_path, cwd=tmp_path)
    typed = ("take", "out.yaml", *SEED, "--no-shuffle")
    answers = "c,b,a\n1b 2b\n300\nIt was night.\nb\n"
    quizcli(*typed, home=tmp_path, cwd=tmp_path, text=answers)
    done = quizcli("history", "1", "--html", "one.html", home=tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = page_of(tmp_path / "one.html")
    words = " ".join(found.words.split())
    for said in ("c,b,a", "1b 2b", "300", "It was night."):
        assert f"Your answer: {said}" in words, said
    assert ("li", "class", "picked") in found.attributes
    assert not {"✓", "✗", "Measured"} & {*words.split()}
    assert "The answer:" not in words
    assert "Once upon" not in words


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    """And nothing is measured for it."""
    file = tmp_path / "kept.html"
    file.write_text("mine")
    done = quizcli("demo", "gate-roles", *SEED, "--html", file, home=tmp_path)
    assert (done.returncode, file.read_text()) == (2, "mine")
    assert "--force" in done.stderr
    done = quizcli("demo", "gate-roles", *SEED, "--html", file, "--force", home=tmp_path)
    assert done.returncode == 0
    page_of(file)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["demo", "gate-roles", "--html", "a.html", "--json"], "--json or --html"),
        (["demo", "gate-roles", "--html", "a.html", "--svg", "a.svg"], "--svg or --html"),
        (["demo", "--html", "a.html"], "which experiment?"),
        (["history", "--html", "a.html"], "which attempt?"),
        (["history", "7", "--html", "a.html"], "attempt"),
        (["bank", "prove", "rnn", "--html", "a.html", "--json"], "--json or --html"),
        (["demo", "gate-role", "--html", "a.html"], "did you mean 'gate-roles'?"),
        (["demo", "gate-roles", "--html", "no/where/a.html"], "cannot be written"),
        (["demo", "gate-roles", "--html", "."], "cannot be written"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_no_file(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    done = quizcli(*arguments, home=tmp_path, cwd=tmp_path)
    assert done.returncode in {1, 2}
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.html"))


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no such device")
def test_a_page_goes_into_a_pipe(tmp_path: Path) -> None:
    done = quizcli("demo", "gate-roles", *SEED, "--null", "--html", "/dev/stdout", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert parsed(done.stdout).faults == []
    assert "The null control:" in done.stdout
