"""What an experiment returned, checked once, where it enters; NumPy's scalars become Python's.

The rule: whoever draws or writes evidence may rely on its types and sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from math import isnan
from typing import TYPE_CHECKING, Any

from quizcli.demos.evidence import Evidence, Finding, Measurement, Verdict
from quizcli.report.pictures import (
    AlignedRow,
    AlignedRows,
    Bar,
    Bars,
    HeatMap,
    Series,
    SeriesLine,
    TextTable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.evidence import Claim, Parameters

_OWN = {str, int, float, bool}
_QUICK = {"float": float, "str": str, "int": int}
PICTURES = (AlignedRows, Bars, HeatMap, Series, TextTable)
PARTS = {part.__name__: part for part in (AlignedRow, Bar, SeriesLine)}


class BadEvidence(ValueError):
    """What came back is no evidence; the message names the field."""


def checked(
    evidence: object, claims: Sequence[Claim], seed: int, parameters: Parameters
) -> Evidence:
    """The evidence of a run, of plain Python values. Raises BadEvidence, also for another run's."""
    if not isinstance(evidence, Evidence):
        raise BadEvidence(f"it returned {_called(evidence)}, not Evidence")
    if not isinstance(evidence.findings, (tuple, list)):
        raise BadEvidence(f"findings: {_called(evidence.findings)} is not a tuple of findings")
    if len(evidence.findings) != len(claims):
        raise BadEvidence(f"{len(evidence.findings)} findings for {len(claims)} claims")
    findings = tuple(
        _finding(finding, f"findings[{i}]") for i, finding in enumerate(evidence.findings)
    )
    if [dict(finding.claim) for finding in findings] != [dict(claim) for claim in claims]:
        raise BadEvidence("its findings are for other claims")
    if not isinstance(evidence.pictures, (tuple, list)):
        raise BadEvidence(f"pictures: {_called(evidence.pictures)} is not a tuple of pictures")
    for name in ("experiment", "rule", "assumption"):
        _text(getattr(evidence, name), name)
    if (its_seed := _whole(evidence.seed, "seed")) != seed:
        raise BadEvidence(f"seed: it is {its_seed} and not {seed} — give the seed of the run")
    knobs = _knobs(evidence.parameters)
    if others := [name for name, value in parameters.items() if knobs.get(name) != value]:
        said = f"{others[0]} is not {parameters[others[0]]!r}"
        raise BadEvidence(f"parameters: {said} — give the parameters of the run")
    return replace(
        evidence,
        seed=its_seed,
        parameters=knobs,
        findings=findings,
        pictures=tuple(
            _picture(picture, f"pictures[{i}]") for i, picture in enumerate(evidence.pictures)
        ),
    )


def _knobs(parameters: object) -> Parameters:
    """Where the knobs stood; a dictionary of what a knob may be."""
    if not isinstance(parameters, Mapping):
        raise BadEvidence(
            f"parameters: {parameters!r} is not a dictionary — give the parameters of the run"
        )
    plain = _plain(parameters, "parameters")
    for name, value in plain.items():
        if type(value) not in _OWN:
            raise BadEvidence(
                f"parameters: {name} is {value!r}, which is neither a number nor a text"
            )
    return dict(plain)


def _finding(finding: object, where: str) -> Finding:
    if not isinstance(finding, Finding):
        raise BadEvidence(f"{where}: {_called(finding)} is not a Finding")
    if not isinstance(finding.verdict, Verdict):
        words = ", ".join(Verdict)
        raise BadEvidence(f"{where}.verdict: {finding.verdict!r} is not one of {words}")
    figure = finding.figure
    if not isinstance(figure, Measurement):
        raise BadEvidence(f"{where}.figure: {_called(figure)} is not a Measurement")
    for name in ("unit", "what", "shown"):
        _text(getattr(figure, name), f"{where}.figure.{name}")
    for name in ("predicts", "reason"):
        _text(getattr(finding, name), f"{where}.{name}")
    value = _number(figure.value, f"{where}.figure.value")
    claim = _plain(finding.claim, f"{where}.claim")
    return replace(finding, claim=claim, figure=replace(figure, value=value))


def _picture(picture: Any, where: str) -> Any:
    if not isinstance(picture, PICTURES):
        raise BadEvidence(f"{where}: {_called(picture)} is not a picture")
    plain = _record(type(picture), picture, where)
    match plain:
        case Bars():
            _some(plain.bars, f"{where}.bars")
        case Series():
            _some(plain.lines, f"{where}.lines")
            for i, line in enumerate(plain.lines):
                _some(line.values, f"{where}.lines[{i}].values")
        case HeatMap():
            _some(plain.cells, f"{where}.cells")
            _some(plain.columns, f"{where}.columns")
            _table(plain.cells, len(plain.columns), f"{where}.cells")
            _table([plain.rows], len(plain.cells), f"{where}.rows")
        case TextTable():
            _table(plain.rows, len(plain.columns), f"{where}.rows")
        case AlignedRows():
            _some(plain.rows, f"{where}.rows")
    return plain


def _record(type_: type[Any], value: Any, where: str) -> Any:
    """A part of a picture, each field of it as the declaration of that says."""
    if not isinstance(value, type_):
        raise BadEvidence(f"{where}: {_called(value)} is not a {type_.__name__}")
    own = {
        field.name: _field(str(field.type), getattr(value, field.name), f"{where}.{field.name}")
        for field in fields(value)
    }
    if (verdict := own.get("verdict", "")) not in {"", *Verdict}:
        words = ", ".join(Verdict)
        raise BadEvidence(f"{where}.verdict: {verdict!r} is not one of {words}, nor empty")
    return replace(value, **own)


def _field(kind: str, value: Any, where: str) -> Any:
    """A value as a field that is declared as this ``kind`` holds it."""
    if kind.endswith(" | None"):
        return None if value is None else _field(kind.removesuffix(" | None"), value, where)
    if kind.startswith("tuple["):
        inner = kind.removeprefix("tuple[").removesuffix(", ...]")
        several = _several(value, where)
        if set(map(type, several)) == {_QUICK.get(inner)}:  # as curves of a thousand numbers are
            return tuple(several)
        return tuple([_field(inner, item, f"{where}[{i}]") for i, item in enumerate(several)])
    match kind:
        case "str":
            return _words(value, where)
        case "Interval":
            ends = [_number(end, where) for end in _several(value, where)]
            if len(ends) != 2:
                raise BadEvidence(f"{where}: it has no two ends")
            return tuple(ends)
        case "bool":
            if not isinstance(plain := _plain(value, where), bool):
                raise BadEvidence(f"{where}: {plain!r} is neither True nor False")
            return plain
        case "int":
            return _whole(value, where)
        case "float":
            _number(plain := _plain(value, where), where)
            return plain
    return _record(PARTS[kind], value, where)


def _several(value: Any, where: str) -> Sequence[Any]:
    tolist = getattr(value, "tolist", None)  # NumPy's arrays
    several = tolist() if callable(tolist) else value
    if not isinstance(several, (tuple, list)):
        raise BadEvidence(f"{where}: {value!r} is not a tuple")
    return several


def _words(value: Any, where: str) -> str:
    """A text of a picture; a number in its place is written to three digits, as figures are."""
    plain = value if type(value) is str else _plain(value, where)
    if isinstance(plain, float):
        return "–" if isnan(plain) else f"{plain:.3g}".replace("inf", "∞")
    if isinstance(plain, int) and not isinstance(plain, bool):
        return str(plain)
    _text(plain, where)
    return str(plain)


def _whole(value: object, where: str) -> int:
    plain = _plain(value, where)
    if isinstance(plain, bool) or not isinstance(plain, int):
        raise BadEvidence(f"{where}: {plain!r} is not a whole number")
    return plain


def _some(values: Sequence[object], where: str) -> None:
    if not values:
        raise BadEvidence(f"{where}: it is empty")


def _table(rows: Sequence[Sequence[object]], width: int, where: str) -> None:
    for i, row in enumerate(rows):
        if len(row) != width:
            raise BadEvidence(f"{where}: row {i + 1} has {len(row)} cells and not {width}")


def _number(value: object, where: str) -> float:
    value = _plain(value, where)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadEvidence(f"{where}: {value!r} is not a number")
    return float(value)


def _text(value: object, where: str) -> None:
    if not isinstance(value, str):
        raise BadEvidence(f"{where}: {value!r} is not text")


def _plain(value: Any, where: str) -> Any:
    """Python's own types all the way down."""
    if value is None or type(value) in _OWN or isinstance(value, Enum):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item, where) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple([_plain(item, where) for item in value])
    if is_dataclass(value) and not isinstance(value, type):
        own = {field.name: _plain(getattr(value, field.name), where) for field in fields(value)}
        return replace(value, **own)
    item = getattr(value, "item", None)
    if callable(item):  # NumPy's scalars, and arrays of one number
        with suppress(TypeError, ValueError):
            return item()
    raise BadEvidence(f"{where}: {_called(value)} is not a plain value")


def _called(value: object) -> str:
    return f"a {type(value).__name__}"
