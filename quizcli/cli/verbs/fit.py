"""``quizcli journal fit``: fit, show what it is worth, and ask before anything changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.cli.guard import env, notice

if TYPE_CHECKING:
    from quizcli.review.card_states import CardStates
    from quizcli.scheduling.fitting import Fit


def fit_or_reset(*, apply: bool, reset: bool, as_json: bool) -> None:
    """Carry the verb out; raises UserError where the log says too little."""
    from quizcli.cli.context import journal, show
    from quizcli.cli.memory import ledger_of
    from quizcli.report.codes import ExitCode, UserError
    from quizcli.report.result import Paragraph, Result
    from quizcli.review.rebuilding import reviews_of
    from quizcli.scheduling.fitting import TooFewReviews
    from quizcli.scheduling.fitting import fit as learn
    from quizcli.scheduling.memory import DEFAULT_PARAMETERS
    from quizcli.scheduling.replay import named

    store = journal()
    try:
        ledger = ledger_of(store)
        if reset:
            _use(ledger, None)
            said = (Paragraph("Back to the parameters that come with FSRS-6."),)
            data = {"applied": True, "parameters": list(DEFAULT_PARAMETERS)}
            show(Result(data=data, body=said), as_json=as_json)
            return
        reviews = reviews_of(ledger)
        log, _ = named((review.card, review.day, review.rating) for review in reviews)
        try:
            found = learn(log, current=ledger.parameters)
        except TooFewReviews as few:
            words = str(few)
            raise UserError(words[:1].lower() + words[1:], ExitCode.FAILED) from None
        if not as_json:
            show(Result(body=tuple(map(Paragraph, found.sentences()))))
        applied = apply or (not as_json and _asked(found))
        if applied:
            _use(ledger, found.parameters)
        told = "The new parameters are in use." if applied else "Nothing was changed."
        show(Result(data=_data(found, applied=applied), body=(Paragraph(told),)), as_json=as_json)
        if not applied and not env().interactive and not as_json:
            notice("use them with: quizcli journal fit --apply")
    finally:
        store.close()


def _asked(found: Fit) -> bool:
    """Whether the person says yes; without a terminal nobody is asked, and nothing changes."""
    if not env().interactive:
        return False
    default = "y" if found.helps else "n"
    env().stdout.write(f"Use the new parameters? (y or n, empty: {default}) ")
    env().stdout.flush()
    line = env().stdin.readline()
    return bool(line) and (line.strip().lower() or default) in {"y", "yes"}


def _use(ledger: CardStates, parameters: tuple[float, ...] | None) -> None:
    """Write the parameters down, and derive every state under them."""
    from quizcli.review.rebuilding import rebuild
    from quizcli.scheduling.memory import DEFAULT_PARAMETERS

    ledger.log.learn(parameters, env().clock.now().isoformat(timespec="milliseconds"))
    ledger.parameters = parameters or DEFAULT_PARAMETERS
    rebuild(ledger)


def _data(found: Fit, *, applied: bool) -> dict[str, object]:
    return {
        "reviews": found.reviews,
        "held_out": found.held_out,
        "in_sample": found.whole._asdict(),
        "seen": found.seen._asdict(),
        "unseen": found.unseen._asdict(),
        "constant": found.constant,
        "standard_error": found.error,
        "overfitting": found.overfitting,
        "helps": found.helps,
        "parameters": list(found.parameters),
        "applied": applied,
    }
