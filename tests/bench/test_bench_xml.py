"""How fast large files of XML become a bank: printed, fails nobody. The aims are 5 MB/s, and ten
times the file in memory.

pytest -m bench -n 0 -s tests/bench/test_bench_xml.py
"""

from __future__ import annotations

import tracemalloc
from time import process_time

import pytest

from quizcli.formats import moodle_xml, qti
from quizcli.formats.format import BankFormat
from tests.support.drafts import to_bank

QUESTIONS = 10_000
_MOODLE = """\
  <question type="multichoice">
    <name><text>River {n}</text></name>
    <questiontext format="html">
      <text><![CDATA[<p>Through how many countries does river number {n} flow?</p>]]></text>
    </questiontext>
    <generalfeedback format="html">
      <text><![CDATA[<p>Its delta lies in the last one.</p>]]></text>
    </generalfeedback>
    <defaultgrade>1.0000000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber>river-{n}</idnumber>
    <single>true</single>
    <shuffleanswers>true</shuffleanswers>
    <answernumbering>abc</answernumbering>
    <correctfeedback format="html">
      <text>Your answer is correct.</text>
    </correctfeedback>
    <answer fraction="100" format="html">
      <text><![CDATA[<p>Through three of them.</p>]]></text>
      <feedback format="html">
        <text><![CDATA[<p>Yes, from its spring to the sea.</p>]]></text>
      </feedback>
    </answer>
    <answer fraction="0" format="html">
      <text><![CDATA[<p>Through one.</p>]]></text>
      <feedback format="html">
        <text><![CDATA[<p>It leaves that after a third of its way.</p>]]></text>
      </feedback>
    </answer>
    <answer fraction="0" format="html">
      <text><![CDATA[<p>Through two.</p>]]></text>
      <feedback format="html">
        <text></text>
      </feedback>
    </answer>
  </question>
"""


def moodle() -> bytes:
    """A file as Moodle writes it."""
    inner = "".join(_MOODLE.format(n=n) for n in range(QUESTIONS))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{inner}</quiz>\n'.encode()


_QTI = """\
      <item ident="river-{n}" title="River {n}">
        <itemmetadata>
          <qtimetadata>
            <qtimetadatafield>
              <fieldlabel>question_type</fieldlabel>
              <fieldentry>multiple_choice_question</fieldentry>
            </qtimetadatafield>
            <qtimetadatafield>
              <fieldlabel>points_possible</fieldlabel>
              <fieldentry>1.0</fieldentry>
            </qtimetadatafield>
          </qtimetadata>
        </itemmetadata>
        <presentation>
          <material>
            <mattext texttype="text/html">&lt;p&gt;Through how many countries does river number {n} flow?&lt;/p&gt;</mattext>
          </material>
          <response_lid ident="response1" rcardinality="Single">
            <render_choice>
              <response_label ident="1">
                <material>
                  <mattext texttype="text/plain">Through three of them, as all know.</mattext>
                </material>
              </response_label>
              <response_label ident="2">
                <material>
                  <mattext texttype="text/plain">Through one, in which it stays.</mattext>
                </material>
              </response_label>
            </render_choice>
          </response_lid>
        </presentation>
        <resprocessing>
          <outcomes>
            <decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/>
          </outcomes>
          <respcondition continue="No">
            <conditionvar>
              <varequal respident="response1">1</varequal>
            </conditionvar>
            <setvar action="Set" varname="SCORE">100</setvar>
          </respcondition>
        </resprocessing>
      </item>
"""


def canvas() -> bytes:
    """A file as Canvas writes it."""
    inner = "".join(_QTI.format(n=n) for n in range(QUESTIONS))
    return f"<questestinterop><assessment><section>\n{inner}</section></assessment></questestinterop>".encode()


FILES = {"Moodle XML": (moodle_xml.FORMAT, moodle), "QTI 1.2": (qti.FORMAT, canvas)}


@pytest.mark.bench
@pytest.mark.parametrize("name", FILES)
def test_bench_importing(name: str) -> None:
    format, made = FILES[name]
    data = made()
    assert format.read
    reading, making = [], []
    for _ in range(3):
        start = process_time()
        source = format.read(data)
        middle = process_time()
        draft = to_bank(source, "rivers", "Rivers")
        reading.append(middle - start)
        making.append(process_time() - start)
    assert len(draft.bank["questions"]) == QUESTIONS
    megabytes = len(data) / 1e6
    print(f"\n{name}, {megabytes:.1f} MB: read {megabytes / min(reading):.1f} MB/s,", end=" ")
    print(
        f"to a bank {megabytes / min(making):.1f} MB/s, {_memory(format, data):.1f} times the file"
    )


def _memory(format: BankFormat, data: bytes) -> float:
    """The most memory that is in use, in sizes of the file."""
    assert format.read
    tracemalloc.start()
    to_bank(format.read(data), "rivers", "Rivers")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / len(data)
