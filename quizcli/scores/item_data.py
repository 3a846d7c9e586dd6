"""An analysis as the JSON object that ``class items --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.scores.items import FORMULAS
from quizcli.scores.options import OPTION_FORMULAS
from quizcli.scores.wrong_key import Doubt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.scores.irt import Curve, CurveErrors
    from quizcli.scores.item_report import ClassReport, ItemReport, KeyDoubt, ModelReport


def report_data(report: ClassReport) -> dict[str, Any]:
    """The JSON object: ``test``, ``items``, ``model``; n/a is null."""
    formulas = FORMULAS | OPTION_FORMULAS
    return {
        "test": {**_plain(report.quiz._asdict()), "max_points": report.maximum},
        "items": [_item_data(item) for item in report.items],
        "model": _model_data(report, report.model) if report.model else None,
        "formulas": formulas,
    }


def _plain(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Intervals as lists."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in figures.items()
    }


def _item_data(item: ItemReport) -> dict[str, Any]:
    doubt = item.doubt
    flagged = doubt is not None and doubt.suspicion.level is not Doubt.LOOK
    return {
        "question": item.question,
        "title": item.title,
        "kind": item.kind or None,
        **_plain(item.figures._asdict()),
        "options": [
            {"option": each.label, "key": each.is_key, **_plain(each.figures._asdict())}
            for each in item.options
        ],
        "variants": [each._asdict() for each in item.variants],
        "flags": [_flag_data(doubt)] if doubt is not None and flagged else [],
        "notes": list(item.notes),
    }


def _flag_data(doubt: KeyDoubt) -> dict[str, Any]:
    said, after = doubt.suspicion, doubt.rekeyed
    return {
        "level": str(said.level),
        "better": doubt.better,
        "key": doubt.key,
        "p": said.p,
        "n": said.n,
        "heads": said.heads,
        "key_heads": said.key_heads,
        "correlation": said.correlation,
        "key_correlation": said.key_correlation,
        "alpha_before": after.before.alpha,
        "alpha_after": after.after.alpha,
        "mean_before": after.before.mean,
        "mean_after": after.after.mean,
        "gain": after.gain,
        "lose": after.lose,
    }


def _model_data(report: ClassReport, found: ModelReport) -> dict[str, Any]:
    return {
        "n": found.model.n,
        "priors": found.model.priors,
        "log_likelihood": found.model.log_likelihood,
        "is_converged": found.model.is_converged,
        "items": [
            {"question": item.question, **_curve(curve, error)}
            for item, curve, error in zip(
                report.items, found.model.curves, found.errors, strict=True
            )
        ],
        "shortest": list(found.kept),
    }


def _curve(curve: Curve | None, error: CurveErrors | None) -> dict[str, Any]:
    return {
        "slope": curve.slope if curve else None,
        "intercept": curve.intercept if curve else None,
        "difficulty": curve.difficulty if curve else None,
        "slope_error": error.slope if error else None,
        "intercept_error": error.intercept if error else None,
        "difficulty_error": error.difficulty if error else None,
    }
