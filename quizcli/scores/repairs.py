"""What is mended after a quiz was taken: keys, options, items.

The rule: a repair is facts in a file of its own, and neither the bank nor a hand-in is changed;
whoever leaves the file out has undone it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.cards import new_ids
from quizcli.quiz.kinds import kind_of
from quizcli.report.codes import UserError
from quizcli.report.words import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizcli.quiz.model import Bank, Question

KEY, WITHOUT, CREDIT_ALL, WITHOUT_OPTION = "key", "without", "credit-all", "without-option"


class Repair(NamedTuple):
    """A repair of a bank, checked: ``keys`` and options that are ``disregarded``, by question,
    questions that are ``dropped`` or ``credited`` to all; and why. Under ``never_lower`` no answer
    and no student loses by it."""

    bank: str
    reason: str
    never_lower: bool
    keys: Mapping[str, tuple[str, ...]]
    dropped: tuple[str, ...]
    credited: tuple[str, ...]
    disregarded: Mapping[str, tuple[str, ...]]

    @property
    def words(self) -> str:
        """What is mended, in a sentence without its end."""
        said = [f"the key of {id} is {listed(ids, 'or')}" for id, ids in self.keys.items()]
        said += [f"{id} is asked without {listed(ids)}" for id, ids in self.disregarded.items()]
        said += [f"{id} does not count" for id in self.dropped]
        said += [f"{id} is credited to all" for id in self.credited]
        said += ["nobody's mark falls"] if self.never_lower else []
        return "; ".join(said)


class Wish(NamedTuple):
    """One thing that is to be mended, as it was written: ``what`` is KEY, WITHOUT, …"""

    what: str
    question: str
    options: tuple[str, ...] = ()


def read_wish(what: str, text: str) -> Wish:
    """``QUESTION``, or ``QUESTION=OPTION,OPTION``. Raises UserError."""
    if what in {WITHOUT, CREDIT_ALL}:
        return Wish(what, text.strip())
    question, sign, options = text.partition("=")
    ids = tuple(dict.fromkeys(part.strip() for part in options.split(",") if part.strip()))
    if not (sign and question.strip() and ids):
        raise UserError(f"'{text[:80]}' is not an option — write --{what} QUESTION=OPTION")
    return Wish(what, question.strip(), ids)


def checked_repair(
    wishes: Iterable[Wish], bank: Bank, questions: Mapping[str, Question], reason: str,
    *, never_lower: bool,
) -> Repair:  # fmt: skip
    """The repair that is wished for. Raises UserError with all that is wrong with it."""
    names = new_ids(bank)
    faults: list[str] = []
    found: dict[str, dict[str, tuple[str, ...]]] = {
        what: {} for what in (KEY, WITHOUT, CREDIT_ALL, WITHOUT_OPTION)
    }
    for what, name, options in wishes:
        id = names.get(name, name)
        if id not in questions:
            hint = did_you_mean(name[:80], tuple(questions), "its questions are")
            faults.append(f"{bank.id} has no question '{name[:80]}' — {hint}")
            continue
        before = found[what].get(id, options)
        if what == WITHOUT_OPTION:
            before = tuple(dict.fromkeys((*before, *options)))
        elif set(before) != set(options):
            faults.append(
                f"'{id}' is given two keys — keep one: --key {id}={','.join((*before, *options))} "
                "has them all"
            )
        faults += _of_options(questions[id], what, options)
        found[what][id] = before
    repair = Repair(
        bank.id, " ".join(reason.split()), never_lower, found[KEY], tuple(found[WITHOUT]),
        tuple(found[CREDIT_ALL]), found[WITHOUT_OPTION],
    )  # fmt: skip
    faults += [] if faults else _of_the_whole(repair, questions)
    if not repair.reason:
        faults.append("a repair needs a reason — add --reason 'what was wrong'")
    if faults:
        raise UserError("\n".join(dict.fromkeys(faults)))
    return repair


def _of_options(question: Question, what: str, options: Sequence[str]) -> list[str]:
    """What is wrong with the options that are named for a question."""
    if what in {WITHOUT, CREDIT_ALL}:
        return []
    kind = kind_of(question)
    if not kind.graded:
        said = f"'{question.id}' takes free answers, which have no key — mark them in"
        return [f"{said} --overrides FILE.csv; --credit-all and --without can be used for it"]
    if not kind.chooses:
        said = f"'{question.id}' has no options ({question.kind}) — correct its answer in the bank"
        return [f"{said} and grade again, or use --credit-all or --without"]
    ids = tuple(option.id for option in question.options)
    return [
        f"'{question.id}' has no option '{id[:80]}' — "
        f"{did_you_mean(id[:80], ids, 'its options are')}"
        for id in options
        if id not in ids
    ]


def _of_the_whole(repair: Repair, questions: Mapping[str, Question]) -> list[str]:
    """What cannot be said together."""
    faults = []
    uses = {
        "a key": set(repair.keys) | set(repair.disregarded),
        "dropped": set(repair.dropped),
        "credited to all": set(repair.credited),
    }
    for id in questions:
        said = [what for what, ids in uses.items() if id in ids]
        if len(said) > 1:
            faults.append(f"'{id}' is repaired in two ways ({listed(said)}) — keep one of them")
    for id, gone in repair.disregarded.items():
        key = set(repair.keys.get(id, questions[id].key))
        if both := sorted(key.intersection(gone)) if id in repair.keys else []:
            faults.append(
                f"'{both[0]}' of '{id}' is both in the key and left out — keep one of them"
            )
        elif not key.difference(gone):
            faults.append(
                f"without {listed(sorted(gone))} '{id}' has no right option — name one: "
                f"--key {id}=OPTION, or --credit-all {id}"
            )
    if len(repair.dropped) == len(questions):
        faults.append("no question is left that counts — keep at least one")
    if not any(uses.values()):
        faults.append(
            "there is nothing to repair — use --key QUESTION=OPTION, --without QUESTION, "
            "--credit-all QUESTION or --without-option QUESTION=OPTION"
        )
    return faults


def idle_wishes(repair: Repair, bank: Bank) -> list[str]:
    """What is said already by the bank."""
    return [
        f"{listed(ids)} is already the key of {id}"
        for id, ids in repair.keys.items()
        if set(ids) == bank.question(id).key and id not in repair.disregarded
    ]
