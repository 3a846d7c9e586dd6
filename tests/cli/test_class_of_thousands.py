"""A class made up of learners, from ``take --answers`` to every format and back from each system."""

from __future__ import annotations

import csv
import io
import json
import random
from math import exp
from pathlib import Path
from typing import Any

import pytest

from quizcli.bank.shelf import shipped
from quizcli.scores.formats import BOOKS
from tests.support import importers
from tests.support.handing_in import the_bank
from tests.support.home import Home

BANK = shipped() / "rnn.yaml"
COLUMN = "Quiz 1"


def answered(number: int) -> tuple[dict[str, list[str]], int]:
    """What a learner of some ability answers, each question right or with one wrong option, and how
    many are right; a few are left out."""
    chance = random.Random(number)
    ability, given, right = chance.gauss(0, 1), {}, 0
    for place, question in enumerate(the_bank(BANK).questions):
        wrong = [option.id for option in question.options if not option.correct]
        if chance.random() < 1 / (1 + exp(place / 5 - 1 - 1.5 * ability)):
            given[question.id] = list(question.key)
            right += 1
        elif chance.random() < 0.9:
            given[question.id] = [chance.choice(wrong)]
    return given, right


def handed_in(tmp_path: Path, students: int) -> dict[str, int]:
    """A folder ``in`` of what a class handed in, a roster of it, and what each is to earn."""
    Home(tmp_path, sample=False)("class", "handout", "rnn", "-o", "handout.yaml")
    (tmp_path / "in").mkdir()
    roster, earned = ["id,name,section,email,username"], {}
    for number in range(students):
        id, desk = f"{number:05}", Home(tmp_path / "desk" / f"{number:05}", sample=False)
        given, earned[id] = answered(number)
        desk.root.mkdir(parents=True)
        (desk.root / "a.json").write_text(json.dumps(given))
        taken = desk("take", str(tmp_path / "handout.yaml"), "--answers", str(desk.root / "a.json"), "--student", id,
                     "--name", f"Müller, {id}", "--seed", str(number))  # fmt: skip
        assert taken.code == 0, taken.err
        desk("score", "--format", "json", "-o", str(tmp_path / "in" / f"{id}.json"))
        roster.append(f'{id},"Müller, {id}",{number % 7},{id}@example.org,u{id}')
    (tmp_path / "roster.csv").write_text("\n".join(roster), "utf-8")
    return earned


@pytest.mark.parametrize("students", [60, pytest.param(3000, marks=pytest.mark.slow)])
def test_from_answers_to_every_format_and_back(tmp_path: Path, students: int) -> None:
    earned = handed_in(tmp_path, students)
    staff = Home(tmp_path, sample=False)
    files = [
        word
        for name, each in BOOKS.items()
        for word in ("--format", name, "-o", f"{name}{each.endings[0]}")
    ]
    ran = staff("class", "grade", "rnn", "in", "--roster", "roster.csv", "--column", COLUMN, *files)
    assert ran.code == 0, ran.err
    text = {path.stem: path.read_bytes().decode() for path in tmp_path.glob("*.*")}
    names = {f"Müller, {id}": points for id, points in earned.items()}

    (item,) = importers.canvas(text["canvas"])
    assert (item.title, item.points, item.grades) == (COLUMN, 10, earned)
    users = {id: f"Müller, {id}" for id in earned}
    assert importers.moodle(text["moodle"], users, "ID number", COLUMN, 10).grades == names
    (column,) = importers.blackboard(text["blackboard"])
    assert column.grades == {f"u{id}": points for id, points in earned.items()}
    assert importers.brightspace(text["brightspace"], 10).grades == earned

    whole: dict[str, Any] = json.loads(text["json"])
    assert {each["student"]["id"]: each["points"] for each in whole["students"]} == earned
    rows = {name: _rows(text[name]) for name in ("students", "items", "events")}
    assert {row["student"]: float(row["points"]) for row in rows["students"]} == earned
    by_item = dict.fromkeys(earned, 0.0)
    for row in rows["items"]:
        by_item[row["student"]] += float(row["points"])
    assert (by_item, len(rows["items"])) == (earned, 10 * students)
    assert sum(row["event"] == "handed in" for row in rows["events"]) == students
    assert text["md"].count("| Müller, ") == students

    found = staff("class", "items", "rnn", "in", "--json").data
    assert (found["test"]["n"], len(found["items"])) == (students, 10)
    assert found["test"]["mean"] == pytest.approx(sum(earned.values()) / students)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))
