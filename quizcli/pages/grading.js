// What an answer earns. The rule: the same as in the terminal. What is finite comes as a table;
// numbers and texts are compared as they were read. Nothing here knows a page, a clock or a storage.

// Whether so many insertions, deletions, replacements and swaps of neighbours make one the other.
function isWithin(one, other, edits) {
  [one, other] = [letters(one), letters(other)];
  if (Math.abs(one.length - other.length) > edits) return false;
  let earlier, before = [], row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    [earlier, before, row] = [before, row, [i]];
    for (let j = 1; j <= other.length; j++) {
      let cost = Math.min(before[j] + 1, row[j - 1] + 1,
        before[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, earlier[j - 2] + 1);
      }
      row.push(cost);
    }
  }
  return row.at(-1) <= edits;
}

// Answers -----------------------------------------------------------------------------------

function longestRun(places) {
  let longest = 0, run = 0;
  places.forEach((place, at) => {
    run = at && place === places[at - 1] + 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}

const pairsInOrder = (places) =>
  places.reduce((n, one, at) => n + places.slice(at + 1).filter((other) => one < other).length, 0);

// A kind: check(asked, text) throws BadAnswer for what cannot be an answer, credit(asked, given)
// gives the share that an answer earns as "n/d", foreseen(asked, given) the index of the wrong
// answer that it is, or -1.
const KINDS = {
  choice: {
    credit({ key, credits }, given) {
      const hits = given.filter((id) => key.includes(id)).length;
      return credits[hits][given.length - hits];
    },
  },
  pairs: {
    credit: ({ key, credits }, given) => credits[given.filter((pair) => key.includes(pair)).length],
  },
  order: {
    credit({ key, credits, counts }, given) {
      const places = given.map((id) => key.indexOf(id));
      const counted = { run: longestRun, pairs: pairsInOrder,
        whole: () => Number(places.every((place, at) => place === at)) };
      return credits[counted[counts](places)];
    },
  },
  number: {
    check: amount,
    isRight: (asked, text) => isAtMost(
      size(minus(amount(asked, text), read(asked.answer))), read(asked.tolerance)),
    credit: (asked, [text]) => KINDS.number.isRight(asked, text) ? "1" : "0",
    foreseen(asked, [text]) {
      const value = amount(asked, text);
      let best = -1, nearest = read(asked.tolerance);
      asked.foreseen.forEach((each, at) => {
        const apart = size(minus(read(each), value));
        // Of two that are as near, the first.
        if (isAtMost(apart, nearest) && !(best >= 0 && isAtMost(nearest, apart))) {
          [best, nearest] = [at, apart];
        }
      });
      return KINDS.number.isRight(asked, text) ? -1 : best;
    },
  },
  text: {
    check(asked, text) {
      const plain = folded(text, asked);
      if (Math.max(letters(text).length, letters(plain).length) > LONGEST_TEXT) {
        throw new BadAnswer(`That is too long: ${LONGEST_TEXT} characters at most.`);
      }
      if (!plain) throw new BadAnswer("Type an answer.");
    },
    isRight(asked, text) {
      const plain = folded(text, asked);
      const flags = asked.exact.includes("case") ? "u" : "iu";
      return asked.answers.includes(plain) ||
        asked.patterns.some((each) => new RegExp(`^(?:${each})$`, flags).test(plain));
    },
    credit: (asked, [text]) => KINDS.text.isRight(asked, text) ? "1" : "0",
    foreseen: (asked, [text]) => asked.foreseen.indexOf(folded(text, asked)),
    isNear: (asked, [text]) => !KINDS.text.isRight(asked, text) &&
      KINDS.text.foreseen(asked, [text]) < 0 &&
      asked.answers.some((right) => isWithin(folded(text, asked), right, asked.near)),
  },
  free: {
    check(_, text) {
      if (letters(text).length > 10000) {
        throw new BadAnswer("That is too long: 10,000 characters at most.");
      }
    },
  },
};

// What a typed line says: its text, and whether a question mark behind it calls it a guess. Words
// are the answer, sign by sign.
function typed(asked, line) {
  if (asked.kind !== "number") return { text: strip(line), guess: false };
  return { text: strip(line.replace(/[? ]+$/, "")), guess: strip(line).endsWith("?") };
}

// An exact number of points as quizcli writes it: 1, 0.5, 2/3, 1 2/3.
function shown([n, d]) {
  if (100n % d === 0n) return String(Number(n * (100n / d)) / 100);
  return n / d ? `${n / d} ${n % d}/${d}` : `${n}/${d}`;
}

// What an answer earned of its points: 0.5 of 1, 0.67 of 25, since 2/3 of 25 would be two thirds of all.
function outOf(points, maximum) {
  const got = shown(points), whole = shown(maximum), [n, d] = points;
  const isShare = got.includes("/") && n < d && whole !== "1" && !whole.includes("/");
  return `${isShare ? decimals(n, d) : got} of ${whole}`;
}

// A share with two digits behind the point, 0.01 at least; half a hundredth goes to even.
function decimals(n, d) {
  const [whole, rest] = [100n * n / d, 2n * (100n * n % d)];
  const hundredths = whole + BigInt(rest > d || (rest === d && whole % 2n === 1n));
  return (Math.max(1, Number(hundredths)) / 100).toFixed(2);
}

// Points in hundredths of the maximum, to one digit behind the point; half a tenth goes to even.
function percent(points, maximum) {
  if (!maximum[0]) return "0";
  const [n, d] = times(times(points, [100n, 1n]), [maximum[1], maximum[0]]);
  const value = Number(n) / Number(d);
  return (value % 1 === 0.25 ? value - 0.01 : value).toFixed(1).replace(/\.0$/, "");
}
