"""``quizcli journal fit``: fit, show what it is worth, and ask before anything changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.cli.context import Context
    from quizcli.scheduling.fitting import Fit


def fit_or_reset(context: Context, *, apply: bool, reset: bool, as_json: bool) -> None:
    """Carry the verb out; raises UserError where the log says too little."""
    from quizcli.cli.output import show
    from quizcli.report.codes import ExitCode, UserError
    from quizcli.report.result import Paragraph, Result
    from quizcli.scheduling.fitting import TooFewReviews
    from quizcli.scheduling.memory import DEFAULT_PARAMETERS

    card_states = context.card_states()
    if reset:
        card_states.learn(None)
        said = (Paragraph("The default parameters of FSRS-6 are in use again."),)
        data = {"applied": True, "parameters": list(DEFAULT_PARAMETERS)}
        show(context, Result(data=data, body=said), as_json=as_json)
        return
    try:
        fit = card_states.fitted()
    except TooFewReviews as few:
        words = str(few)
        raise UserError(words[:1].lower() + words[1:], ExitCode.FAILED) from None
    if not as_json:
        show(context, Result(body=tuple(map(Paragraph, fit.sentences()))))
    applied = apply or (not as_json and _asked(context, fit))
    if applied:
        card_states.learn(fit.parameters)
    told = Paragraph("The new parameters are in use." if applied else "Nothing was changed.")
    show(context, Result(data=_data(fit, applied=applied), body=(told,)), as_json=as_json)
    if not applied and not context.env.interactive and not as_json:
        context.notice("use them with: quizcli journal fit --apply")


def _asked(context: Context, fit: Fit) -> bool:
    """Whether the person says yes; without a terminal nobody is asked, and nothing changes."""
    env = context.env
    if not env.interactive:
        return False
    default = "y" if fit.helps else "n"
    env.stdout.write(f"Use the new parameters? (y or n, empty: {default}) ")
    env.stdout.flush()
    line = env.stdin.readline(1000)
    return bool(line) and (line.strip().lower() or default) in {"y", "yes"}


def _data(fit: Fit, *, applied: bool) -> dict[str, object]:
    return {
        "reviews": fit.reviews,
        "held_out": fit.held_out,
        "in_sample": fit.whole._asdict(),
        "seen": fit.seen._asdict(),
        "unseen": fit.unseen._asdict(),
        "constant": fit.constant,
        "standard_error": fit.error,
        "overfitting": fit.overfitting,
        "helps": fit.helps,
        "parameters": list(fit.parameters),
        "applied": applied,
    }
