"use strict";
// Numbers, amounts of money and texts as they are typed. The rule: they are read as quizcli reads
// them in the terminal, to the last fraction, and tests hold the two to one list of cases. Nothing
// here knows a question's key.

// Exact rationals: [numerator, denominator], in lowest terms.
const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a < 0n ? -a : a; };
const ratio = (n, d) => {
  const by = gcd(n, d) * (d < 0n ? -1n : 1n);
  return [n / by, d / by];
};
const read = (text) => {
  const [n, d = "1"] = text.split("/");
  return ratio(BigInt(n), BigInt(d));
};
const plus = ([a, b], [c, d]) => ratio(a * d + c * b, b * d);
const minus = ([a, b], [c, d]) => ratio(a * d - c * b, b * d);
const times = ([a, b], [c, d]) => ratio(a * c, b * d);
const size = ([n, d]) => [n < 0n ? -n : n, d];
const isAtMost = ([a, b], [c, d]) => a * d <= c * b;

class BadAnswer extends Error {}

// Spaces and lengths as Python counts them.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]+`, "gu");
const strip = (text) => text.replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu"), "");
const letters = (text) => [...text];
const first = (text, n) => letters(text).slice(0, n).join("");

// Numbers -----------------------------------------------------------------------------------

const LONGEST_NUMBER = 60;
const POWER = 330;
const GROUPS = "\\u00a0\\u2007\\u2008\\u2009\\u202f '’";
const GROUPED = new RegExp(
  `(?<![0-9])([1-9][0-9]{0,2}|(?<=[.,])[0-9]{3})((?:[${GROUPS}][0-9]{3})+)(?![0-9])`, "gu");
const NUMBER = new RegExp(
  "^(?<sign>[+-]?)(?<body>[0-9.,]+)" +
  "(?:(?:[eE]|[*x×·]10(?:\\^|\\*\\*))(?<power>[+-]?[0-9]{1,4})|(?<slash>/)(?<below>[0-9]+)|" +
  "(?:\\^|\\*\\*)(?<raised>[+-]?[0-9]{1,4}))?" +
  "(?<unit>[^0-9.,+\\-/^*].*|)$", "su");
// Digits that are none of a number: raised, circled, with a point.
const NO_DIGIT = new RegExp("^[\\p{Nd}²³¹⁰⁴-⁹₀-₉\\u1369-\\u1371\\u19da①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾" +
  "➀-➈➊-➒\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}]",
  "u");

const short = (text) => letters(text).length <= 20 ? text : `${first(text, 20)}…`;
const noNumber = (text) =>
  new BadAnswer(`'${short(text)}' is not a number: type it in digits, such as 100 or 1e2.`);
const outOfReach = (text) =>
  new BadAnswer(`'${short(text)}' is out of range: powers of ten up to ${POWER}.`);

// The value of a digit of any script: each has its ten in a row.
function digit(sign) {
  if (!/^\p{Nd}$/u.test(sign)) return null;
  const code = sign.codePointAt(0);
  let start = code;
  while (start > 0 && /^\p{Nd}$/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return String((code - start) % 10);
}

function ascii(text) {
  const found = [];
  for (const sign of text) {
    const value = digit(sign);
    if (value !== null) found.push(value);
    else if ("−﹣－".includes(sign) || (/^\p{Pd}$/u.test(sign) && !found.length)) found.push("-");
    else found.push({ "，": ",", "．": ".", "／": "/", "٬": ",", "٫": "." }[sign] ?? sign);
  }
  return found.join("")
    .replace(GROUPED, (_, head, rest) => head + rest.replace(new RegExp(`[${GROUPS}]`, "gu"), ""))
    .replace(new RegExp(`^([+-])[${SPACE}]+`, "u"), "$1")
    .replace(new RegExp(`[${SPACE}]*([*x×·/^])[${SPACE}]*(?=[0-9(])`, "gu"), "$1");
}

function decimal(body, text, comma) {
  const [mark, parts] = comma ? [",", "."] : [".", ","];
  const at = body.indexOf(mark);
  let whole = at < 0 ? body : body.slice(0, at);
  let below = at < 0 ? "" : body.slice(at + 1);
  let groups = whole.split(parts);
  if (comma && at < 0 && groups.length === 2 &&
      (groups[0] === "" || groups[0] === "0" || groups[1].length !== 3)) {
    [whole, below] = groups;  // 1.5, as every keyboard can write it
    groups = [whole];
  }
  if (!areThousands(groups, parts) || below.includes(parts) || below.includes(mark) ||
      !(whole || below)) {
    throw new BadAnswer(`'${short(text)}' is not a number: ${why(whole, below, mark, parts)}.`);
  }
  return ratio(BigInt(groups.join("") + below || "0"), 10n ** BigInt(below.length));
}

// Groups of three, the first of which may be shorter; or of two before the last, as in India.
function areThousands([head, ...others], parts) {
  if (!others.length) return true;
  const between = others.slice(0, -1);
  const areLong = (length) => between.every((group) => group.length === length);
  return head.length >= 1 && head.length <= 3 && head[0] !== "0" &&
    others.at(-1).length === 3 &&
    (areLong(3) || (parts === "," && head.length < 3 && areLong(2)));
}

// Why digits with marks between them are no number.
function why(whole, below, mark, parts) {
  const names = { ".": "point", ",": "comma" };
  const last = (whole + below).at(-1);
  if (last === mark || last === parts) return `a ${names[last]} follows it`;
  if (below.includes(mark)) return `it has two decimal marks; a ${names[mark]} is one here`;
  if (whole.split(parts).length > 2) {
    return `a ${names[parts]} separates thousands here, as in 1${parts}250${parts}000`;
  }
  return `the decimal mark is a ${names[mark]} here`;
}

function raised(value, power, text) {
  const by = Math.abs(power);
  const reach = by <= POWER && String(value[0]).length * by <= 4 * POWER;
  if (!reach || (value[0] === 0n && power < 0)) throw outOfReach(text);
  const [n, d] = [value[0] ** BigInt(by), value[1] ** BigInt(by)];
  return power < 0 ? ratio(d, n) : [n, d];
}

// The number that a text is, and the unit behind it; what was typed is what is quoted.
function quantity(said, comma, line = said) {
  const [plain, text] = [strip(said), strip(line)];
  if (letters(plain).length > LONGEST_NUMBER) {
    throw new BadAnswer(`That is too long for a number: ${LONGEST_NUMBER} characters at most.`);
  }
  const found = NUMBER.exec(ascii(plain))?.groups;
  if (!found || !/[0-9]/.test(found.body)) throw noNumber(text);
  let value = decimal(found.body, text, comma);
  if (found.slash) {
    if (value[1] !== 1n || BigInt(found.below) === 0n) {
      throw new BadAnswer(
        `'${short(text)}' is not a number: a fraction is two whole numbers, 1/3.`);
    }
    value = ratio(value[0], BigInt(found.below));
  } else if (found.raised !== undefined) {
    value = raised(value, Number(found.raised), text);
  } else if (found.power !== undefined) {
    const power = Number(found.power);
    if (Math.abs(power) > POWER) throw outOfReach(text);
    value = times(value, raised([10n, 1n], power, text));
  }
  const unit = strip(found.unit);
  if (NO_DIGIT.test(unit) || unit[0] === "_" ||
      (found.body === "0" && "xbo".includes(unit[0] ?? "-") && unit.length > 1)) {
    throw noNumber(text);
  }
  return [found.sign === "-" ? minus([0n, 1n], value) : value, unit];
}

const isLetter = (sign) => /^\p{L}$/u.test(sign);
const firstName = (unit) => /^\p{L}*/u.exec(unit)[0];
const hasWord = (words, word) => words.includes(` ${word} `);

// Each base that a unit may have, with the power of ten of its prefix.
function* parted(unit, units) {
  for (const [prefix, power] of Object.entries(units.prefixes)) {
    if (!unit.startsWith(prefix)) continue;
    const base = unit.slice(prefix.length);
    const name = firstName(base);
    if (!base || (prefix && hasWord(units.whole, firstName(unit)))) continue;
    const prefixed = Object.keys(units.prefixes).some((each) =>
      each && name.startsWith(each) && hasWord(units.bases, name.slice(each.length)));
    const long = letters(name).length > 4 && !units.ofWords.includes(prefix);
    if (hasWord(units.whole, name) || !(prefixed || long)) yield [base, power];
  }
}

// By what a number in one unit is multiplied to be in another; null where nothing leads there.
function factor(unit, wanted, units) {
  if (unit === wanted) return [1n, 1n];
  if (!unit || !wanted || !isLetter(letters(unit).at(-1)) || !isLetter(letters(wanted).at(-1))) {
    return null;
  }
  const bases = new Map(parted(wanted, units));
  for (const [base, power] of parted(unit, units)) {
    if (bases.has(base)) return raised([10n, 1n], power - bases.get(base), unit);
  }
  return null;
}

// Money ---------------------------------------------------------------------------------------

const AMOUNT = new RegExp(
  `^(?<sign>[+\\-−]?)[${SPACE}]*` +
  "(?<unit>[\\p{L}\\p{Nl}\\p{No}]{0,8}\\.?(?:[$¢£-¥]|[\\u20a0-\\u20cf＄￡￥])?)" +
  `[${SPACE}]*(?<number>[+\\-−]?(?:[0-9][0-9.,'${SPACE}]*|[.,][0-9]+)` +
  "(?:(?:[eE/^]|\\*\\*)[+\\-]?[0-9]+)?)(?<rest>.*)$", "su");

// The sign of a currency that a sign, a code or a name stands for, "" for none.
function currency(unit, { currencies }) {
  const name = letters(unit).map(foldedCase).join("").replace(/\.+$/, "");
  return Object.hasOwn(currencies, name) ? currencies[name] : "";
}

// Whether two units are one currency, which may be said in two ways: $5 USD.
function isSameCurrency(unit, wanted, units) {
  const words = unit.split(SPACES).filter(Boolean), sign = currency(wanted, units);
  return Boolean(words.length && sign) && new Set(words).size === words.length &&
    words.every((word) => currency(word, units) === sign);
}

// An amount with the currency that stands before it behind it; other texts as they are.
function currencyBehind(text, units) {
  const found = AMOUNT.exec(strip(text))?.groups;
  const unit = found?.unit ?? "";
  // Any three capitals may be a code.
  const isMoney = /\p{Sc}$/u.test(unit) || currency(unit, units) || /^[A-Z]{2}[A-Z.]$/.test(unit);
  if (!isMoney) return text;
  const number = found.sign + strip(found.number), rest = strip(found.rest);
  return rest.startsWith("/") ? `${number} ${unit}${rest}` : `${number} ${rest} ${unit}`;
}

// The text with a unit that stands before its number behind it: $7, -€ 5, EUR 5.
function unitBehind(text, wanted, units) {
  const behind = currencyBehind(text, units);
  if (behind !== text) return behind;
  const bare = strip(text);
  const sign = ["+", "-", "−"].includes(bare[0]) ? bare[0] : "";
  const rest = strip(bare.slice(sign.length));
  if (wanted && rest.startsWith(wanted)) {
    const number = rest.slice(wanted.length);
    const isApart = new RegExp(`^[${SPACE}]`, "u").test(number) || !isLetter(letters(wanted).at(-1));
    if (isApart && strip(number)) return `${sign}${strip(number)} ${wanted}`;
  }
  return text;
}

// What to type where an amount was in something else.
function how(wanted, comma) {
  if (!/^\p{Sc}/u.test(wanted)) return `the number followed by ${wanted}`;
  const [sign, ...rest] = letters(wanted);
  return `an amount like ${comma ? `100 ${wanted}` : `${sign}100${rest.join("")}`}`;
}

// A number in the question's unit.
function amount(asked, text) {
  const { unit: wanted, units, comma } = asked;
  const [value, unit] = quantity(unitBehind(text, wanted, units), comma, text);
  if (!unit && !asked.unitRequired) return value;
  const by = wanted ? factor(unit, wanted, units) : null;
  if (by) return times(value, by);
  if (isSameCurrency(unit, wanted, units)) return value;
  throw new BadAnswer(wanted
    ? `The answer must be in ${wanted}: type ${how(wanted, comma)}.`
    : `The answer has no unit: type the number without '${first(unit, 20)}'.`);
}

// Texts -------------------------------------------------------------------------------------

const LONGEST_TEXT = 200;

// Case is folded letter by letter, as Unicode does: there is no such function in a browser. Small
// Cherokee letters are folded to large ones, and the Turkish i without a dot to nothing else.
function foldedCase(sign) {
  if (sign === "ı") return sign;
  if (/[Ꭰ-Ᏽᏸ-ᏽꭰ-ꮿ]/u.test(sign)) return sign.toUpperCase();
  return sign.toLowerCase().toUpperCase().toLowerCase();
}

// What phones and word processors write for the signs on a keyboard.
function plainSigns(text) {
  return text.replace(/[‘’‚‛ʼ′]/g, "'").replace(/[“”„‟]/g, '"').replace(/[‐‑‒–—―−]/g, "-");
}

function folded(said, asked) {
  const isExact = (name) => asked.exact.includes(name);
  const cut = first(said, LONGEST_TEXT + 1);
  let text = isExact("width") ? cut.normalize("NFC") : plainSigns(cut.normalize("NFKC"));
  if (!isExact("accents")) {
    text = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  }
  if (!isExact("case")) text = letters(text).map(foldedCase).join("");
  text = text.replace(/\p{Cf}/gu, "");
  text = isExact("spaces") ? strip(text) : strip(text).replace(SPACES, " ");
  return first(text, LONGEST_TEXT + 1);
}
