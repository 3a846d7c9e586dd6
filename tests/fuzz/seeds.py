"""Where fuzzing begins: files that are read well, in every way that a reader knows."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from quizcli.bank.plain import plain_bank
from quizcli.bank.shelf import load_bank
from quizcli.cli.bank_formats import bank_format
from quizcli.formats.format import ExportSource
from quizcli.report.codes import UserError
from tests.cli import test_anki_log
from tests.formats import test_anki, test_workbook
from tests.support.bank_files import EVERYTHING, ROOT
from tests.support.handing_in import ALL_RIGHT, handed_in

if TYPE_CHECKING:
    from collections.abc import Iterable

# The test module in which texts of a format stand, where its name is another.
_TESTS = {
    "gift": "gift_reading", "csv": "question_table", "tsv": "question_table", "qti-1.2": "qti",
    "qti-2.1": "qti2", "qti-3.0": "qti2", "markdown": "markdown_quiz", "anki-text": "anki",
    "moodle-xml": "moodle_xml", "xlsx": "workbook",
}  # fmt: skip
# What of `quizcli.formats` a format runs through, beside its own file and what all share.
_XML, _HTML = ("xml_reader",), ("html_blocks", "html_text", "weights")
ROOMS = {
    "gift": ("gift", *_HTML), "moodle-xml": ("moodle", *_XML, *_HTML),
    "qti-1.2": ("qti1_items", "zip_files", *_XML, *_HTML),
    "qti-2.1": ("qti2_items", "zip_files", *_XML, *_HTML),
    "qti-3.0": ("qti2_items", "zip_files", *_XML, *_HTML),
    "csv": ("csv_rows", "table_columns"), "tsv": ("csv_rows", "table_columns"),
    "xlsx": ("question_table", "table_columns"), "anki": ("anki_collection", "anki_notes", *_HTML),
    "anki-text": ("anki_notes", "flashcards", *_HTML), "quizlet": ("flashcards",),
    "markdown": ("markdown_text",), "text2qti": ("markdown_text",),
}  # fmt: skip

ANSWERS = (
    "gate: [units]\ntasks: [sentiment, voice]\ndecay: 'true'\nunrolled: given\n",
    '{"gate": ["units"], "tasks": [], "none": [1]}',
    "- gate\n- {gate: units}\n",
)
SETTINGS = (
    'colour = "always"\nplain = true\nwidth = 72\nretention = 0.85\nname = "Ada"\n',
    "colour = 1979-05-27\nunknown = [1, 2]\nwidth = 0x50\n[table]\nplain = true\n",
    '"colour" = "nevr"\nleech = 1_0\nfuzz = "off"\nrollover = inf\n',
)
MATHS = (
    r"Of $x^{(i)<t>}$ and $\Gamma_u = \sigma(W_u [c^{<t-1>}, x^{<t>}] + b_u)$ is \$5.",
    r"$\frac{a}{b} \sqrt[3]{x} \tilde{c} \hat{y} \sum_{t=1}^{T} \begin{bmatrix}1 & 2\\3\end{bmatrix}$",
    r"$$\left( \frac{1}{2} \right) \text{of it} \mathbf{W} \binom{n}{k} \overline{x} \le \infty$$",
    r"`code $x$` and *an emphasis $y$* and **$z$**, $P(y \mid x)$, $\begin{cases}a & b\end{cases}$",
    r"$\prod_i \int_0^1 \lim_{n \to \infty} \mathrm{softmax} \operatorname{tanh} x' x'' \ne \cdot \%$",
)
CLOZE = (
    "The [[gate::update gate]] of a [[cell|which?::GRU]] is $[[f::\\Gamma_u]]$.",
    "`[[ -f x ]]` and [[x::a[i]]] and \\[[ no \\]] and [[a::b::c|d]]",
    "[[a::]] [[::b]] [[a::b]] ]] [[",
)
KEYS = (
    "\x1b[A\x1b[1;5D\x1bOB a b\r\n\t\x7f\x1b\x1b[C\x1b[<0;1;1M\x1b[M !!\x1b[[A",
    "\x1b]0;title\x07\x1bPq\x1b\\\x1b[200~pasted\x1b[201~\x1b\x9b5A\x1bb\x1bf\x04\x01",
)
REPAIRS = (
    "bank: sample\nreason: R\nnever-lower: true\nkey: {gate: [units]}\nwithout: [tasks]\n",
    '{"bank": "sample", "reason": "R", "credit-all": ["decay"], "without-option": {"gate": ["one"]}}',
)
ROSTERS = (
    "id,name,section\n007,Ada Byron,1\n008,Bob,2\n",
    'Student;SIS User ID;SIS Login ID\n"Byron, Ada";1;ada\n    Points Possible;;\n',
    "OrgDefinedId,Username,Last Name,First Name,Email\n#1,#ada,Byron,Ada,a@b.c\n",
)

OVERRIDES = (
    "student,question,mark,excused,extra,reason\n7,gate,1/2,no,,R\n8,,,yes,2 h,ill\n9,,,,1 d,Z\n",
    "Student ID;Question;Points;Comment\n007;decay;0,5;R\n",
)
MARKS = (
    "name,a,b,c\nAda,1,0,0.5\nBob,-,1,1\nmax,1,1,2\n",
    "Student;Q1;Q2\nx;1,5;0\ny;2;1\n",
)
RESPONSES = (
    'student,name,gate,tasks,decay,unrolled\n7,Ada,a,"a,b",true,given\n8,Bob,units,,b,\n',
    "student;question;response\n7;gate;a\n7;2;a,b\n8;Q3;true\n",
    "student,form,1,2,3,4\n7,1,a,b,a,a\n8,2,b,ac,b,\n",
)


@cache
def of_format(name: str) -> tuple[bytes, ...]:
    """What our own writer makes of banks of all kinds, and the texts of the reader's tests."""
    found: list[bytes] = []
    format = bank_format(name)
    fixtures = ROOT / "tests" / "fixtures"
    for path in (EVERYTHING, fixtures / "kinds.yaml", fixtures / "cards.yaml"):
        if format.write:
            with suppress(UserError):
                bank = load_bank(path)
                content = format.write(ExportSource(bank, plain_bank(bank))).content
                found.append(content.encode() if isinstance(content, str) else content)
    tests = import_module(f"tests.formats.test_{_TESTS.get(name, name)}")
    texts = [
        text for text in vars(tests).values() if isinstance(text, str) and text != tests.__doc__
    ]
    found += [text.encode() for text in texts if len(text) > 20 and "\n" in text]
    if name == "anki":
        notes = [("g1", "Front <b>x</b>\x1fBack", " a b "), ("g2", "{{c1::Gap::hint}} of it", "")]
        found += [test_anki.collection(*notes), b"My notes"]
    if name == "xlsx":
        table = test_workbook.xlsx(
            ("Question", "A", "B", "Answer"), ("How many?", 3, 4.5, "B"), ("Which?", "x", "y", 1)
        )
        with ZipFile(BytesIO(table)) as archive:
            found += [table, archive.read("xl/worksheets/sheet1.xml")]
    inner = []
    for data in found:
        if name.startswith("qti") and data.startswith(b"PK"):
            with ZipFile(BytesIO(data)) as archive:
                inner += [
                    archive.read(each) for each in archive.namelist() if each.endswith(".xml")
                ]
    return (*found, *inner)


def zipped(data: bytes) -> bytes:
    """A file alone, or where it asks for it (a NUL before it) in a package."""
    if not data.startswith(b"\0"):
        return data
    return _zip({"a/b.xml": data[1:]})


def anki_package(data: bytes) -> bytes:
    """A package of Anki whose collection this is."""
    return _zip({"collection.anki2": data})


def workbook(data: bytes) -> bytes:
    """A workbook whose sheet this is."""
    with ZipFile(BytesIO(test_workbook.xlsx(("x",)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return _zip(files | {"xl/worksheets/sheet1.xml": data})


def _zip(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def anki_reviews() -> Iterable[bytes]:
    """A collection with reviews, and one without."""
    yield test_anki_log.collection(test_anki_log.REVIEWS, suspended="sample/gate")
    yield test_anki.collection(*test_anki.NOTES)


def logs() -> Iterable[bytes]:
    """A log with each column, and a short one."""
    from quizcli.review.csv_log import COLUMNS

    full = (
        'rnn/gate,3,2026-11-19T14:05:00.000Z,1200,no,2.5,5.1,7.25,5.0,review,739939,7,0.9,36500,yes,8,"[""a""]","{""n"":""3""}"',
        "rnn/gate,,2026-11-19T14:06:00.000Z,0,no,,,,,suspend,739939,7,0.9,36500,no,8,,",
    )
    yield ("\n".join([",".join(COLUMNS), *full]) + "\n").encode()
    yield b"card,rating,time\r\n'=a,1,2026-11-19T14:05:00Z\r\n"


def hand_ins() -> Iterable[bytes]:
    """One with everything right, one with nothing, one of the first version."""
    for given in (ALL_RIGHT, {}):
        data = handed_in(given, with_key=True)
        yield json.dumps(data).encode()
    yield json.dumps(data | {"format_version": 1}).encode()
