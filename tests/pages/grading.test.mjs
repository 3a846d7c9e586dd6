// The script's grading against a list of cases that Python made: node --test, CASES=file.json.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const pages = new URL("../../quizcli/pages/", import.meta.url);
const source = ["reading.js", "grading.js"]
  .map((name) => readFileSync(new URL(name, pages), "utf8")).join("");
const names = "KINDS, quantity, folded, typed, shown, outOf, percent, read, isWithin";
const it = new Function(`${source}\nreturn { ${names} };`)();
const cases = JSON.parse(readFileSync(process.env.CASES, "utf8"));

const outcome = (work) => {
  try {
    return work();
  } catch (bad) {
    if (bad.constructor.name !== "BadAnswer") throw bad;
    return { bad: bad.message };
  }
};

test("numbers are read as Python reads them", () => {
  for (const [text, comma, expected] of cases.quantities) {
    const found = outcome(() => {
      const [[n, d], unit] = it.quantity(text, comma);
      return { value: d === 1n ? `${n}` : `${n}/${d}`, unit };
    });
    assert.deepEqual(found, expected, JSON.stringify([text, comma]));
  }
});

test("texts are folded as Python folds them", () => {
  for (const [text, exact, expected] of cases.folded) {
    assert.equal(it.folded(text, { exact }), expected, JSON.stringify([text, exact]));
  }
});

test("slips are counted as Python counts them", () => {
  for (const [one, other, edits, expected] of cases.within) {
    assert.equal(it.isWithin(one, other, edits), expected, JSON.stringify([one, other]));
  }
});

test("answers earn what they earn in Python", () => {
  for (const [key, given, expected] of cases.earned) {
    const asked = { ...key, units: cases.units };
    const kind = it.KINDS[asked.kind];
    const found = outcome(() => {
      kind.check?.(asked, given[0]);
      const earned = { credit: kind.credit(asked, given) };
      if (kind.foreseen) earned.foreseen = kind.foreseen(asked, given);
      if (kind.isNear) earned.near = asked.near > 0 && kind.isNear(asked, given);
      return earned;
    });
    assert.deepEqual(found, expected, JSON.stringify([key, given]));
  }
});

test("points and percents are written as Python writes them", () => {
  for (const [points, maximum, words, share, both] of cases.points) {
    assert.equal(it.shown(it.read(points)), words);
    assert.equal(it.outOf(it.read(points), it.read(maximum)), both);
    assert.equal(it.percent(it.read(points), it.read(maximum)), share, `${points}/${maximum}`);
  }
});

test("a typed line is the answer that it is in Python", () => {
  for (const [kind, line, text, guess] of cases.lines) {
    assert.deepEqual(it.typed({ kind }, line), { text, guess }, JSON.stringify([kind, line]));
  }
});
