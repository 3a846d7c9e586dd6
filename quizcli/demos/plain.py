"""Evidence as plain JSON data and back, for an experiment that runs in another process."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quizcli.demos.evidence import DemoError, Evidence, Figure, Finding, Verdict
from quizcli.report import pictures

if TYPE_CHECKING:
    from quizcli.report.pictures import Picture

_PICTURES = {
    kind.__name__: kind
    for kind in (
        pictures.Bars,
        pictures.Series,
        pictures.HeatMap,
        pictures.TextTable,
        pictures.AlignedRows,
    )
}
_PARTS = {"bars": pictures.Bar, "lines": pictures.Line}


def to_plain(evidence: Evidence) -> dict[str, Any]:
    """Evidence as dictionaries, lists, texts and numbers."""
    plain = asdict(evidence)
    plain["parameters"] = dict(evidence.parameters)
    plain["pictures"] = [
        {"kind": type(picture).__name__, **asdict(picture)} for picture in evidence.pictures
    ]
    return plain


def from_plain(plain: Any) -> Evidence:
    """Evidence again. Raises DemoError for data that is none."""
    try:
        return Evidence(
            experiment=str(plain["experiment"]),
            seed=int(plain["seed"]),
            parameters=dict(plain["parameters"]),
            findings=tuple(_finding(finding) for finding in plain["findings"]),
            rule=str(plain["rule"]),
            pictures=tuple(_picture(dict(picture)) for picture in plain["pictures"]),
            assumption=str(plain["assumption"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DemoError(f"what came back is no evidence ({error!r})") from None


def _finding(plain: dict[str, Any]) -> Finding:
    return Finding(
        claim=dict(plain["claim"]),
        predicts=str(plain["predicts"]),
        figure=Figure(**plain["figure"]),
        verdict=Verdict(plain["verdict"]),
        reason=str(plain["reason"]),
    )


def _picture(plain: dict[str, Any]) -> Picture:
    kind = _PICTURES[plain.pop("kind")]
    if kind is pictures.AlignedRows:
        plain["rows"] = tuple(
            pictures.AlignedRow(row["label"], tuple(row["symbols"]), tuple(row["marks"]))
            for row in plain["rows"]
        )
    for name, part in _PARTS.items():
        if name in plain:
            plain[name] = tuple(part(**_tupled(item)) for item in plain[name])
    made: Picture = kind(**_tupled(plain))
    return made


def _tupled(plain: dict[str, Any]) -> dict[str, Any]:
    """JSON knows lists only; pictures are made of tuples."""
    return {name: _tuple(value) for name, value in plain.items()}


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
