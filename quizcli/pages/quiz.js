// The page: shows one question after the other, and keeps what was done. The rule: it draws
// nothing; orders, numbers and what answers earn come with the page. A text is shown as a text:
// no HTML is made of one here.

const MARKS = { right: "Right", partly: "Partly right", wrong: "Wrong" };
const WORDS = { true: "Right", false: "Wrong" };
const ALMOST = "Almost: check the spelling and answer again.";
const AS_SHOWN = "You have not changed the order: press the button again to answer with it as it is.";

// What was done so far, as it is kept. A state is data; the functions below work on one.
function newState(variant, now, random) {
  const uid = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { variant, at: 0, uid, started: now, finished: null, answers: {}, drafts: {}, guesses: {},
    hints: {}, student: {} };
}

function markOf(credit) {
  const [n, d] = read(credit);
  return n === d ? "right" : n ? "partly" : "wrong";
}

// Points, and the most that could be earned: what nobody graded does not count once answered.
function score(quiz, state) {
  let [points, maximum] = [[0n, 1n], [0n, 1n]];
  for (const [name] of quiz.variants[state.variant].plan) {
    const asked = quiz.questions[name], answer = state.answers[name];
    if (asked.kind === "card" || (answer && answer.credit === undefined)) continue;
    maximum = plus(maximum, read(asked.points));
    if (answer) points = plus(points, times(read(asked.points), read(answer.credit)));
  }
  return [points, maximum];
}

// The file that is handed in, as quizcli class grade reads it.
function handIn(quiz, state) {
  const { seed, plan } = quiz.variants[state.variant];
  const { id, name, section } = state.student;
  const answers = plan.map(([of, parts], index) => {
    const asked = quiz.questions[of], answer = state.answers[of];
    return { number: index + 1, question: asked.id, kind: asked.type, given: answer?.given ?? [],
      shown: parts, variables: asked.variables, asked: answer ? asked.asked : null, points: null,
      max_points: null, seconds: answer?.seconds ?? 0, hints: 0, guess: answer?.guess ?? false,
      at: answer?.at ?? null };
  });
  return {
    format_version: 2,
    attempt: { uid: state.uid, bank: quiz.bank, title: quiz.title, bank_digest: quiz.digest,
      parent_digest: quiz.parent, student: { id: id || null, name: name || null,
        section: section || null }, seed, policy: { exam: false, limit: null, shuffle: null,
        credit: null }, origin: "page", program: quiz.program, started: state.started,
      finished: state.finished, points: null, max_points: null, percent: null },
    answers,
  };
}

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};
// A sign, and the words that say what it says.
const told = (isRight, words) => element("div", { class: "told" },
  element("span", { class: `sign ${isRight ? "good" : "bad"}`, "aria-hidden": "true" },
    isRight ? "✓" : "✗"), " ", words);
const by = (id) => document.getElementById(id);

class QuizPage {
  constructor(quiz, storage, clock, random) {
    Object.assign(this, { quiz, storage, clock, random });
    for (const asked of Object.values(quiz.questions)) {
      asked.units = quiz.units;
      asked.hints ??= 0;
    }
    this.key = `quizcli ${quiz.id}`;
    this.state = { ...newState(0, clock(), random()), ...this.kept() };
    by("quiz").addEventListener("submit", (event) => { event.preventDefault(); this.go(); });
    by("quiz").addEventListener("input", () => this.draft());
    by("quiz").addEventListener("click", (event) => this.clicked(event.target));
    by("quiz").addEventListener("keydown", (event) => this.pressed(event));
    by("skip").addEventListener("click", () => this.skip());
    by("hint").addEventListener("click", () => this.hint());
    by("back").addEventListener("click", () => this.show(this.state.at - 1));
    by("variant")?.addEventListener("change", (event) => this.vary(Number(event.target.value)));
    this.begin();
  }

  // What is kept ----------------------------------------------------------------------------

  kept() {
    try {
      return JSON.parse(this.storage().getItem(this.key));
    } catch {
      return null;
    }
  }

  keep() {
    try {
      this.storage().setItem(this.key, JSON.stringify(this.state));
      by("kept").textContent = "Your progress is saved in this browser.";
    } catch {
      by("kept").textContent = "This browser cannot save your progress: leave the page open until you are done.";
    }
  }

  // Going from one to the next -----------------------------------------------------------------

  get plan() { return this.quiz.variants[this.state.variant].plan; }
  get name() { return this.plan[this.state.at][0]; }
  get asked() { return this.quiz.questions[this.name]; }
  get section() { return by(this.name); }
  get answer() { return this.state.answers[this.name]; }
  get isCard() { return this.asked.kind === "card"; }
  // Whether its answer is graded, and may be called a guess.
  get canGuess() { return Boolean(KINDS[this.asked.kind]?.credit); }
  // Whether the answer was looked at, and stands.
  get isFinal() { return Boolean(this.answer) && !this.quiz.keyless; }

  begin() {
    if (by("variant")) by("variant").value = String(this.state.variant);
    by("all").hidden = false;
    for (const [name, parts] of this.plan) this.arrange(by(name), parts);
    if (this.state.finished) this.end(); else this.show(this.state.at, false);
  }

  // Puts the parts of a question in the order of this variant, and names them by letters.
  arrange(section, parts) {
    section.querySelectorAll(".hint, .after, .reason, .foreseen").forEach((each) => {
      each.hidden = true;
    });
    section.querySelectorAll(".told").forEach((each) => each.remove());
    const list = section.querySelector(".choices, .rights, .order");
    if (list) list.append(...parts.map((id) => this.part(list, id)));
    section.querySelectorAll(".rights .letter").forEach((letter, index) => {
      letter.textContent = `${String.fromCharCode(97 + index)}.`;
    });
    const rights = [...section.querySelectorAll(".rights > li")].map((right) =>
      [right.dataset.id, `${right.querySelector(".letter").textContent} ${right.dataset.plain}`]);
    section.querySelectorAll("select").forEach((select) => select.replaceChildren(
      ...[["", "–"], ...rights].map(([id, text]) => element("option", { value: id }, text))));
  }

  part(list, id) { return list.querySelector(`:scope > li[data-id="${CSS.escape(id)}"]`); }

  show(at, moves = true) {
    this.state.at = Math.max(0, Math.min(at, this.plan.length - 1));
    this.shownAt = performance.now();
    this.turned = false;
    by("result").hidden = true;
    by("quiz").hidden = false;
    document.querySelectorAll("#quiz > section").forEach((each) => { each.hidden = true; });
    this.section.hidden = false;
    this.section.querySelectorAll(".hint").forEach((hint, index) => {
      hint.hidden = index >= (this.state.hints[this.name] ?? 0);
    });
    by("place").textContent =
      `${this.isCard ? "Card" : "Question"} ${this.state.at + 1} of ${this.plan.length}`;
    this.fill(this.state.drafts[this.name] ?? this.answer?.given ?? this.parts());
    by("guess").checked = this.state.guesses[this.name] ?? this.answer?.guess ?? false;
    by("fault").textContent = by("verdict").textContent = "";
    if (this.isFinal) this.reveal();
    this.label();
    this.list();
    this.keep();
    if (moves) {
      by("place").focus();
      by("place").scrollIntoView();
    }
  }

  label() {
    const done = this.isFinal || this.state.finished;
    const last = this.state.at === this.plan.length - 1;
    const next = last ? "Finish" : "Next";
    const verb = this.isCard ? (this.turned ? "I knew it" : "Turn it over")
      : this.quiz.keyless ? "Save and continue" : "Check";
    by("go").textContent = done ? next : verb;
    by("skip").textContent = this.isCard && this.turned ? "Not yet" : "Skip";
    by("skip").hidden = Boolean(done);
    by("back").hidden = this.state.at === 0;
    by("hint").hidden = done || (this.state.hints[this.name] ?? 0) >= this.asked.hints;
    by("guessing").hidden = this.isFinal || !this.canGuess;
    by("guess").disabled = done;
    this.section.querySelectorAll("fieldset").forEach((each) => { each.disabled = done; });
  }

  next() {
    if (this.state.at + 1 < this.plan.length) this.show(this.state.at + 1); else this.end();
  }

  skip() {
    if (this.isCard && this.turned) this.record([], { known: false });
    this.next();
  }

  hint() {
    this.state.hints[this.name] = (this.state.hints[this.name] ?? 0) + 1;
    const given = this.section.querySelectorAll(".hint")[this.state.hints[this.name] - 1];
    given.hidden = false;
    this.label();
    this.keep();
    if (by("hint").hidden) by("go").focus();
  }

  // What was answered ------------------------------------------------------------------------

  parts() {
    return this.asked.kind === "order" ? this.plan[this.state.at][1] : [];
  }

  // What stands in the fields: ids, "left: right" pairs, an order, or one text.
  given() {
    const all = (selector) => [...this.section.querySelectorAll(selector)];
    switch (this.asked.kind) {
      case "card": return [];
      case "choice": return all("input:checked").map((input) => input.value);
      case "order": return all(".order > li").map((part) => part.dataset.id);
      case "pairs": return all(".lefts > li").filter((left) => left.querySelector("select").value)
        .map((left) => `${left.dataset.id}: ${left.querySelector("select").value}`);
      default: return all("input, textarea").map((field) => field.value);
    }
  }

  fill(given) {
    const all = (selector) => this.section.querySelectorAll(selector);
    all(".choices input").forEach((input) => { input.checked = given.includes(input.value); });
    all("[type=text], textarea").forEach((field) => { field.value = given[0] ?? ""; });
    const chosen = new Map(given.map((pair) => pair.split(": ")));
    all(".lefts > li").forEach((left) => {
      left.querySelector("select").value = chosen.get(left.dataset.id) ?? "";
    });
    const order = this.section.querySelector(".order");
    if (order) order.append(...given.map((id) => this.part(order, id)).filter(Boolean));
  }

  draft() {
    this.state.drafts[this.name] = this.given();
    this.state.guesses[this.name] = by("guess").checked;
    by("fault").textContent = "";
    this.keep();
  }

  clicked(target) {
    const button = target.closest(".order button");
    if (button) this.move(button.closest("li"), Number(button.dataset.by), button);
  }

  pressed(event) {
    const part = event.target.closest(".order li");
    const moves = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!part || !moves) return;
    event.preventDefault();
    this.move(part, moves, event.target);
  }

  move(part, moves, button) {
    const other = moves < 0 ? part.previousElementSibling : part.nextElementSibling;
    if (!other || this.isFinal || this.state.finished) return;
    if (moves < 0) other.before(part); else other.after(part);
    button.focus();
    const at = [...part.parentElement.children].indexOf(part) + 1;
    by("verdict").textContent = `${part.dataset.plain}: place ${at}`;
    this.draft();
  }

  // What is answered, or what is wrong with it.
  checked() {
    const given = this.given();
    const kind = this.asked.kind;
    if (kind === "choice" && !given.length) throw new BadAnswer("Choose an answer, or skip.");
    if (kind === "pairs") {
      const missing = this.section.querySelectorAll(".lefts > li").length - given.length;
      if (missing) throw new BadAnswer(`Not matched yet: ${missing}.`);
    }
    const isGuess = this.canGuess && by("guess").checked;
    if (!KINDS[kind]?.check) return { given, guess: isGuess };
    const { text, guess } = typed(this.asked, given[0]);
    if (!text) throw new BadAnswer("Type an answer, or skip.");
    KINDS[kind].check(this.asked, text);
    return { given: [text], guess: guess || isGuess };
  }

  go() {
    if (this.isFinal || this.state.finished) return this.next();
    if (this.isCard) return this.turn();
    try {
      const { given, guess } = this.checked();
      if (this.isSlip(given)) throw new BadAnswer(ALMOST);
      if (this.isUntouched(given)) throw new BadAnswer(AS_SHOWN);
      const graded = this.asked.key || this.asked.answer || this.asked.answers;
      const credit = graded ? KINDS[this.asked.kind].credit(this.asked, given) : undefined;
      this.record(given, { guess, credit });
    } catch (bad) {
      if (!(bad instanceof BadAnswer)) throw bad;
      by("fault").textContent = "";
      by("fault").textContent = bad.message;
      return this.section.querySelector("input, select, textarea")?.focus();
    }
    if (this.quiz.keyless) return this.next();
    this.reveal();
    this.label();
    this.list();
  }

  // An answer that is nearly right is asked once more.
  isSlip(given) {
    if (!this.asked.near || this.slipped === this.name) return false;
    if (!KINDS.text.isNear(this.asked, given)) return false;
    this.slipped = this.name;
    return true;
  }

  // An order that nobody touched may be no answer, and is asked for once more.
  isUntouched(given) {
    if (this.asked.kind !== "order" || this.answer || this.asShown === this.name) return false;
    if (given.some((id, at) => id !== this.parts()[at])) return false;
    this.asShown = this.name;
    return true;
  }

  record(given, more) {
    const seconds = Math.round(performance.now() - this.shownAt) / 1000;
    const before = this.answer?.seconds ?? 0;
    delete this.state.drafts[this.name];
    delete this.state.guesses[this.name];
    this.state.answers[this.name] = { given, ...more, at: this.clock(),
      seconds: Math.round((before + seconds) * 1000) / 1000 };
    this.keep();
  }

  turn() {
    if (this.turned) {
      this.record([], { known: true });
      return this.next();
    }
    this.turned = true;
    this.section.querySelector(".after").hidden = false;
    this.label();
  }

  // What is said of an answer -----------------------------------------------------------------

  reveal() {
    const { answer, asked, section } = this;
    section.querySelector(".after").hidden = false;
    by("verdict").textContent = this.verdict(asked, answer);
    section.querySelectorAll(".told").forEach((each) => each.remove());
    if (asked.kind === "choice") this.revealChoices();
    if (asked.kind === "pairs") {
      const chosen = new Map(answer.given.map((pair) => pair.split(": ")));
      section.querySelectorAll(".places > li").forEach((place) => {
        const [left, right] = place.dataset.id.split(": ");
        const isRight = chosen.get(left) === right;
        const given = this.part(section.querySelector(".rights"), chosen.get(left));
        const text = given.querySelector("div");
        place.querySelector(".partner").replaceChildren(
          ...(text.querySelector("p") ?? text).cloneNode(true).childNodes);
        place.querySelector(".instead").hidden = isRight;
        place.prepend(told(isRight, element("span", { class: "aloud" }, WORDS[isRight])));
        place.querySelectorAll(".reason").forEach((each) => { each.hidden = isRight; });
      });
    }
    const found = answer.credit === "0" && KINDS[asked.kind].foreseen?.(asked, answer.given);
    section.querySelectorAll(".foreseen").forEach((each) => {
      each.hidden = Number(each.dataset.n) !== found || found === false;
    });
  }

  revealChoices() {
    const { answer, asked, section } = this;
    for (const row of section.querySelectorAll(".choices > li")) {
      const isRight = asked.key.includes(row.dataset.id);
      const isChosen = answer.given.includes(row.dataset.id);
      // Of a wrong option that was left alone there is nothing to mark.
      const said = `${WORDS[isRight]}${isChosen ? ", your answer" : ""}`;
      if (isRight || isChosen) row.querySelector("label").after(told(isRight, said));
      row.querySelectorAll(".reason").forEach((each) => { each.hidden = false; });
      const missed = row.querySelector(".if-missed"), chosen = row.querySelector(".if-chosen");
      if (missed) missed.hidden = isChosen;
      if (missed && chosen) chosen.hidden = !isChosen;
    }
  }

  verdict(asked, answer) {
    if (asked.kind === "card") return answer?.known ? "You knew it." : "Not yet.";
    if (!answer) return "Not answered.";
    if (answer.credit === undefined) {
      return this.quiz.keyless ? "Answered." : "Recorded; a person will mark it.";
    }
    const of = read(asked.points);
    const earned = outOf(times(of, read(answer.credit)), of);
    const points = `${earned} point${shown(of) === "1" ? "" : "s"}`;
    const guess = answer.guess ? " You marked it as a guess." : "";
    return `${MARKS[markOf(answer.credit)]}. ${points}.${guess}`;
  }

  // All questions, and the end -----------------------------------------------------------------

  list() {
    by("list").replaceChildren(...this.plan.map(([name], index) => {
      const asked = this.quiz.questions[name], answer = this.state.answers[name];
      const title = by(name).dataset.title;
      const said = asked.kind === "card" && !answer ? "Not seen." : this.verdict(asked, answer);
      const button = element("button", { type: "button" },
        `${index + 1}. ${title ? `${title}: ` : ""}${said}`);
      if (index === this.state.at && !by("quiz").hidden) {
        button.setAttribute("aria-current", "step");
      }
      button.addEventListener("click", () => this.show(index));
      return element("li", {}, button);
    }));
  }

  end() {
    by("quiz").hidden = true;
    const result = by("result");
    result.hidden = false;
    const heading = element("h2", { tabindex: "-1" }, this.quiz.keyless ? "Hand in" : "Result");
    const again = element("button", { type: "button" }, "Start over");
    again.addEventListener("click", () => this.mayLose() && this.again(this.state.variant));
    result.replaceChildren(heading, ...(this.quiz.keyless ? this.handing() : this.summary()),
      element("div", { class: "buttons" }, again));
    this.list();
    this.keep();
    if (!this.quiz.keyless) by("all").open = true;
    heading.focus();
  }

  summary() {
    const [points, maximum] = score(this.quiz, this.state);
    const names = this.plan.map(([name]) => name);
    const open = names.filter((name) => !this.state.answers[name]).length;
    const said = maximum[0]
      ? [element("p", { class: "earned" }, `${outOf(points, maximum)} points, ` +
        `${percent(points, maximum)}%.`)] : [];
    const known = names.filter((name) => this.state.answers[name]?.known).length;
    const cards = names.filter((name) => this.quiz.questions[name].kind === "card").length;
    if (cards) said.push(element("p", {}, `Cards: you knew ${known} of ${cards}.`));
    if (open) said.push(element("p", {}, `Not answered: ${open}. You can still answer them.`));
    return said;
  }

  handing() {
    const answered = Object.keys(this.state.answers).length;
    const count = element("p", {}, `Answered: ${answered} of ${this.plan.length}.`);
    if (this.state.finished) return [count, ...this.handed()];
    const fields = [["id", "Your number or login"], ["name", "Your name"], ["section", "Your group"]];
    const labels = fields.map(([name, label]) => {
      const input = element("input", { type: "text", name, maxlength: "200", autocomplete: "off" });
      input.value = this.state.student[name] ?? "";
      input.addEventListener("input", () => {
        this.state.student[name] = strip(input.value);
        this.keep();
      });
      return element("label", {}, label, input);
    });
    const form = element("form", { class: "fields" }, ...labels,
      element("p", {}, "After this, you cannot change any answers."),
      element("button", { type: "submit" }, "Finish and create the file"));
    // The return key goes on to the next field, so that nothing is handed in by accident.
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
      event.preventDefault();
      const fields = [...form.elements];
      fields[fields.indexOf(event.target) + 1].focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.mayFinish()) return;
      this.state.finished = this.clock();
      this.end();
    });
    return [count, form];
  }

  handed() {
    const { seed } = this.quiz.variants[this.state.variant];
    // Seeds may be larger than what a number holds here, and come as texts.
    const text = `${JSON.stringify(handIn(this.quiz, this.state), null, 2)}\n`
      .replace(`"seed": "${seed}"`, `"seed": ${seed}`);
    const who = this.state.student.id || this.state.student.name || this.state.uid.slice(0, 8);
    const file = `${this.quiz.bank}-${who.replace(/[^A-Za-z0-9_-]+/g, "_")}.json`;
    const link = element("a", { download: file, id: "download",
      href: URL.createObjectURL(new Blob([text], { type: "application/json" })) }, `Save ${file}`);
    const copy = element("textarea", { id: "handed", rows: "6", readonly: "",
      "aria-label": "The contents of the file" });
    copy.value = text;
    return [element("p", {}, "Save this file, and hand it in as you were told."),
      element("p", {}, link),
      element("details", {}, element("summary", {}, "Or copy its contents"), copy)];
  }

  // Asks where questions are open or nobody is named.
  mayFinish() {
    const open = this.plan.filter(([name]) => !this.state.answers[name]).length;
    const { id, name } = this.state.student;
    const said = [...(open ? [`Not answered: ${open}.`] : []),
      ...(id || name ? [] : ["There is no name or number."])];
    return !said.length ||
      window.confirm(`${said.join(" ")} Finish anyway? After this, you cannot change any answers.`);
  }

  mayLose() {
    return !Object.keys(this.state.answers).length ||
      window.confirm("Start over? Your answers so far will be lost.");
  }

  again(variant) {
    this.state = newState(variant, this.clock(), this.random());
    this.slipped = this.asShown = null;
    by("result").hidden = true;
    this.begin();
    this.show(0);
  }

  // Another variant is another attempt.
  vary(variant) {
    if (this.mayLose()) this.again(variant);
    else by("variant").value = String(this.state.variant);
  }
}

let page;
if (typeof document !== "undefined") {
  page = new QuizPage(JSON.parse(by("data").textContent), () => window.localStorage,
    () => new Date().toISOString(), () => crypto.getRandomValues(new Uint8Array(16)));
}
