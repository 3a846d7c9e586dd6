"""What a class says of its items: figures by name, answers that were given, keys that are doubted."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizcli.report.codes import UserError
from quizcli.scores.class_answers import class_answers
from quizcli.scores.class_grading import graded_class
from quizcli.scores.hand_in_head import Student
from quizcli.scores.hand_in_store import HandInStore
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.item_data import report_data
from quizcli.scores.item_report import class_report
from quizcli.scores.item_results import report_result
from quizcli.scores.marks_table import read_marks
from quizcli.scores.policies import GradingRules
from quizcli.scores.repairs import CREDIT_ALL, Wish, checked_repair
from quizcli.scores.tries import TryPile
from tests.support.classes import LSAT6, LSAT7, made_up, published
from tests.support.handing_in import FIXTURES, SAMPLE, graded, handed_in, the_bank

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.scores.repairs import Repair

KINDS, VARIED = FIXTURES / "kinds.yaml", FIXTURES / "varied.yaml"


def of_class(
    answers: list[dict[str, list[str]]],
    path: Path = SAMPLE,
    *,
    as_asked: bool = False,
    repair: Repair | None = None,
    **own: Any,
) -> Any:
    """The data of a class whose students answered so."""
    reader = HandInReader(the_bank(path), as_asked=as_asked)
    pile = TryPile(HandInStore(reader.earned))
    for number, given in enumerate(answers):
        data = handed_in(given, Student(f"{number:04}"), path=path, seed=number, **own)
        pile.add(reader.graded(data, f"{number}"))
    grades, _ = graded_class(pile, reader, GradingRules(), [], "", repair)
    found = class_answers(grades, reader.questions)
    report = class_report(found, reader.questions)
    assert report_result(report, "x", found.questions).body  # every table and picture is made
    data: dict[str, Any] = json.loads(json.dumps(report_data(report), allow_nan=False))
    return data | {"items": {item["question"]: item for item in data["items"]}}


def heads(item: dict[str, Any]) -> dict[str, int]:
    """How many chose each option."""
    return {each["option"]: round(each["share"] * each["n"]) for each in item["options"]}


TWELVE = [
    *[{"gate": ["units"], "tasks": ["sentiment", "voice"], "decay": ["true"]}] * 5,
    *[{"gate": ["words"], "tasks": ["sentiment", "image"], "decay": ["true"]}] * 3,
    *[{"gate": ["one"], "tasks": ["sentiment"], "decay": ["false"]}] * 3,
    {},
]


def test_the_names_of_the_figures() -> None:
    data = of_class(TWELVE)
    gate, tasks = data["items"]["gate"], data["items"]["tasks"]
    assert {
        "question", "facility", "item_rest", "discrimination_index", "discriminative_efficiency",
        "effective_weight", "alpha_if_deleted", "options", "flags", "notes",
    } <= gate.keys()  # fmt: skip
    assert {"n", "mean", "median", "sd", "skewness", "kurtosis", "alpha", "sem", "cic",
            "error_ratio"} <= data["test"].keys()  # fmt: skip
    assert (gate["n"], round(gate["facility"], 4)) == (12, 0.4167)
    assert heads(gate) == {"one": 3, "units": 5, "words": 3}
    assert [each["option"] for each in gate["options"] if each["key"]] == ["units"]
    assert heads(tasks) == {"sentiment": 11, "voice": 5, "image": 3, "transcript": 0}
    assert [each["option"] for each in tasks["options"] if each["key"]] == ["sentiment", "voice"]
    assert "chosen by fewer than 5%: transcript" in tasks["notes"]


def test_what_has_no_figure_is_null() -> None:
    unrolled = of_class(TWELVE)["items"]["unrolled"]
    assert (unrolled["facility"], unrolled["item_rest"]) == (0, None)
    assert unrolled["discriminative_efficiency"] is None
    assert unrolled["notes"][0] == "nobody got it right"
    alone = of_class(TWELVE[:1])
    assert alone["test"]["sd"] is None
    assert alone["model"] is None


def test_the_commonest_responses_of_what_is_typed() -> None:
    """The right one whatever its words, then the wrong ones."""
    answers = [{"width": ["100"], "output": ["Softmax"]}, {"width": ["1e2"]}, {"width": ["7"]},
               {"width": ["7"], "output": ["sigmoid"]}, {"width": ["300"]}, {}]  # fmt: skip
    items = of_class(answers, KINDS)["items"]
    assert list(heads(items["width"]).items()) == [("100", 2), ("7", 2), ("300", 1)]
    assert items["width"]["options"][0]["key"]
    assert [each["option"] for each in items["output"]["options"]] == ["softmax", "sigmoid"]


def test_what_all_were_given_the_points_for_is_told_apart_all_the_same() -> None:
    """The analysis says what was answered, whoever earned what."""
    answers = [{"width": ["100"]}, {"width": ["7"]}, {"width": ["7"]}]
    reader = HandInReader(the_bank(KINDS))
    wish = Wish(CREDIT_ALL, "width")
    repair = checked_repair([wish], reader.bank, reader.questions, "r", never_lower=False)
    width = of_class(answers, KINDS, repair=repair)["items"]["width"]
    assert width["facility"] == 1
    assert list(heads(width).items()) == [("100", 1), ("7", 2)]


def test_by_variant_where_numbers_were_drawn() -> None:
    answers = [{"layer": ["product" if n % 3 else "sum"]} for n in range(12)]
    layer = of_class(answers, VARIED, vary=True)["items"]["layer"]
    assert re.fullmatch(r"From \d+ to \d+", layer["title"])  # as it is usually asked
    assert sum(each["n"] for each in layer["variants"]) == 12
    assert {each["values"][:2] for each in layer["variants"]} == {"H "}
    shares = sum(each["n"] * each["facility"] for each in layer["variants"])
    assert round(shares) == 8
    # The able all say 7 of one question, and the others are right, each of their own numbers.
    able: list[dict[str, list[str]]] = [{"width": ["7"], "layer": ["product"]}] * 20
    seeds = range(20, 40)
    drawn = [
        handed_in({}, path=VARIED, seed=n, vary=True)["answers"][0]["variables"] for n in seeds
    ]
    others = [{"width": [values["H"]]} for values in drawn]
    width = of_class(able + others, VARIED, vary=True)["items"]["width"]
    assert [option["correlation"] > 0 for option in width["options"]] == [False, True]
    assert width["options"][0]["option"] == "the right answer"
    assert width["flags"] == []  # wrong numbers of different questions are no answer to one


def test_what_was_not_asked_is_no_mark() -> None:
    both = [{"gate": ["units"]}, {"gate": ["one"]}]
    assert of_class(both, only=["gate"], as_asked=True)["items"].keys() == {"gate"}
    whole = of_class(both, only=["gate"])["items"]
    assert (whole["decay"]["n"], whole["decay"]["facility"]) == (2, 0)
    pile_of = [graded(handed_in({}, Student("1")), file="1")]
    reader = HandInReader(the_bank(), as_asked=True)
    pile_of.append(reader.graded(handed_in({}, Student("2"), only=["gate"]), "2"))
    pile = TryPile(HandInStore(reader.earned))
    for one in pile_of:
        pile.add(one)
    grades, _ = graded_class(pile, reader, GradingRules(), [], "")
    marks = class_answers(grades, reader.questions).marks
    assert np.array_equal(marks, [[0, 0, 0, 0], [0, *[np.nan] * 3]], equal_nan=True)


def test_the_first_try_counts() -> None:
    reader = HandInReader(the_bank())
    pile = TryPile(HandInStore(reader.earned))
    for day, gate in ((20, "one"), (21, "units")):
        pile.add(graded(handed_in({"gate": [gate]}, day=day), file=f"{day}"))
    grades, _ = graded_class(pile, reader, GradingRules(), [], "")
    assert class_answers(grades, reader.questions).marks.tolist() == [[0, 0, 0, 0]]


def a_bank(key: str = "a") -> str:
    """Ten questions of four options; of the first another ``key``."""
    questions = [
        f"  - {{id: q{n}, kind: single-choice, prompt: What of {n}?, options: ["
        + ", ".join(
            f"{{id: {o}, text: {o}{n}, correct: {str(o == (key if not n else 'a')).lower()}}}"
            for o in "abcd"
        )
        + "]}"
        for n in range(10)
    ]
    return "format: 1\nid: ten\ntitle: Ten\nquestions:\n" + "\n".join(questions) + "\n"


@pytest.fixture
def planted(tmp_path: Path) -> Any:
    """A class of a hundred, by a bank whose first key is a popular distractor."""
    made = made_up(3, 100)
    wrong = "abcd"[made.popular(0)]
    path = tmp_path / "ten.yaml"
    path.write_text(a_bank(wrong))
    answers = [{f"q{n}": ["abcd"[c]] for n, c in enumerate(row)} for row in made.choices]
    return of_class(answers, path), wrong, answers, path


def test_a_planted_wrong_key_is_found(planted: Any) -> None:
    data, wrong, _, _ = planted
    (flag,) = data["items"]["q0"]["flags"]
    assert (flag["level"], flag["better"], flag["key"]) == ("nearly-certain", "a", wrong)
    assert flag["p"] < 0.005
    assert flag["n"] == 100
    assert flag["alpha_after"] > flag["alpha_before"]
    assert not [flag for id in data["items"] if id != "q0" for flag in data["items"][id]["flags"]]
    assert data["model"]["n"] == 100
    assert len(data["model"]["items"]) == 10


def test_what_is_said_of_it(planted: Any) -> None:
    _, wrong, answers, path = planted
    reader = HandInReader(the_bank(path))
    pile = TryPile(HandInStore(reader.earned))
    for number, given in enumerate(answers):
        pile.add(
            graded(handed_in(given, Student(f"{number}"), path=path), path=path, file=f"{number}")
        )
    grades, _ = graded_class(pile, reader, GradingRules(), [], "")
    report = class_report(class_answers(grades, reader.questions), reader.questions)
    (said,) = [
        block.text for block in report_result(report, "Ten").body
        if getattr(block, "text", "").startswith("The key of")
    ]  # fmt: skip
    assert "The key of 'q0' is wrong (nearly certain): 'a' correlates better with the other" in said
    assert f"than the key '{wrong}' does (" in said
    assert re.search(r"alpha would be 0\.\d\d instead of 0\.\d\d and the mean .* would gain", said)


def marks(tmp_path: Path, text: str) -> Any:
    (tmp_path / "m.csv").write_text(text)
    return read_marks(tmp_path / "m.csv", "m.csv")


@pytest.mark.parametrize(
    ("counts", "alpha", "sem", "log_likelihood"),
    [(LSAT6, 0.2949972, 0.86907, -2466.653), (LSAT7, 0.4534087, 0.88613, -2658.805)],
)
def test_a_table_of_marks(
    tmp_path: Path, counts: str, alpha: float, sem: float, log_likelihood: float
) -> None:
    rows = [",".join(f"{mark:g}" for mark in row) for row in published(counts)]
    text = "i1,i2,i3,i4,i5\n" + "\n".join(rows) + "\n"
    data = report_data(class_report(marks(tmp_path, text), {}, priors=False))
    assert round(data["test"]["alpha"], 7) == alpha
    assert round(data["test"]["sem"], 5) == sem
    assert data["model"]["priors"] == "none"
    assert round(data["model"]["log_likelihood"], 3) == log_likelihood


def test_maxima_names_and_gaps(tmp_path: Path) -> None:
    found = marks(tmp_path, "Who;Name;q1;q2\nmax;;2;1\ns1;A;1,5;-\ns2;B;;1\n")
    assert (found.questions, found.maxima.tolist()) == (("q1", "q2"), [2, 1])
    assert np.array_equal(found.marks, [[1.5, np.nan], [np.nan, 1]], equal_nan=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "id,q\n1,x\n2,3\n",
            "line 2: 'x' of 'q' is not a mark\nline 3: 3 of 'q' is above 1 — put the maxima",
        ),
        ("id,q\nmax,0\n1,0\n", "line 2: 'q' is worth 0"),
        ("id,q\nmax,\n1,0\n", "line 2: 'q' is worth nan"),
        ("id,q\n1,-1\n", "'-1' of 'q' is not a mark"),
        ("id,q\n1,nan\n", "'nan' of 'q' is not a mark"),
        ("id,q,q\n1,1,1\n", "two columns called 'q'"),
        ("id,name\n1,A\n", "has no marks in it"),
        ("q1,q2\n", "has no marks in it"),
    ],
)
def test_tables_that_hold_no_marks(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=re.escape(said)):
        marks(tmp_path, text)


def test_a_title_with_variables_is_drawn() -> None:
    """As the question has in every other list: a template is nothing to read."""
    path = FIXTURES / "varied.yaml"
    reader = HandInReader(the_bank(path))
    pile = TryPile(HandInStore(reader.earned))
    for number in range(3):
        pile.add(
            graded(handed_in({}, Student(f"{number}"), path=path), path=path, file=f"{number}")
        )
    grades, _ = graded_class(pile, reader, GradingRules(), [], "")
    report = class_report(class_answers(grades, reader.questions), reader.questions)
    titles = [item.title for item in report.items]
    assert "From 5 to 5" in titles
    assert not any("{" in title for title in titles)
