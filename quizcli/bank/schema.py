"""The bank format as a JSON Schema, for editors that complete and check YAML while it is typed.

Made from the same description that reading follows, so the two cannot drift apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.bank.shapes import FORMAT, MAX_COUNT, MAX_OPTIONS, MAX_RETENTION, MIN_RETENTION, shapes
from quizcli.bank.unknown import foreign
from quizcli.quiz.credit import RULES
from quizcli.quiz.fields import Field, Type
from quizcli.quiz.kinds import KINDS

if TYPE_CHECKING:
    from quizcli.quiz.kinds.base import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR = {"type": ["string", "number", "boolean"]}
# "id: true" and "id: 7" are ids as well; an editor sees them as other types.
_ID = {**_SCALAR, "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$"}
_POINTS = {
    "type": ["number", "string"],
    "exclusiveMinimum": 0,
    "pattern": r"^[0-9]{1,9}(\.[0-9]{1,9}|/[0-9]{1,9})?$",
}
_RETENTION = {
    "type": ["number", "string"],
    "minimum": MIN_RETENTION,
    "maximum": MAX_RETENTION,
    "pattern": r"^0?\.[0-9]{1,9}$",
}
_TIME_PATTERN = "^[1-9][0-9]{0,4} ?(s|min)?$"
# YAML gives an editor a number where we read a text: "text: 100" is fine.
_TEXT = {**_SCALAR, "minLength": 1}
# What a field of a type is, whatever it is called.
_FIXED: dict[Type, dict[str, Any]] = {
    Type.TEXT: _TEXT,
    Type.TEXTS: {"type": "array", "items": _TEXT, "minItems": 1},
    Type.IDS: {"type": "array", "items": _ID, "minItems": 1},
    Type.ID: _ID,
    Type.RETENTION: _RETENTION,
    Type.COUNT: {"type": "integer", "minimum": 0, "maximum": MAX_COUNT},
    Type.TIME: {"type": ["integer", "string"], "minimum": 1, "pattern": _TIME_PATTERN},
    Type.LANGUAGE: {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"},
    Type.BOOLEAN: {"type": "boolean"},
    Type.POINTS: _POINTS,
    Type.VARIABLES: {"type": "object", "additionalProperties": {"type": ["string", "object"]}},
    Type.DATA: {"type": "object", "additionalProperties": _SCALAR},
}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a bank."""
    all_shapes = shapes(tuple(KINDS), tuple(RULES))
    definitions = {name: _object(fields) for name, fields in all_shapes.items() if name != "bank"}
    of_kinds = {"items": {"allOf": [_of_kind(kind) for kind in KINDS.values()]}}
    return {
        "$schema": DIALECT,
        "title": f"quizcli question bank, format {FORMAT}",
        **_object(all_shapes["bank"]),
        "anyOf": [{"required": ["questions"]}, {"required": ["include"]}],
        # A handout has no keys.
        "if": {"properties": {"keyless": {"const": True}}, "required": ["keyless"]},
        "else": {"properties": {"questions": of_kinds}},
        "$defs": definitions,
    }


def _object(fields: dict[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


def _of_kind(kind: Kind) -> dict[str, Any]:
    """What a question of one kind must have and may not have."""
    return {
        "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
        "then": {
            "required": list(kind.needs),
            "properties": dict.fromkeys(sorted(foreign(kind)), False),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    return {"description": field.help, **_type(field)}


def _type(field: Field) -> dict[str, Any]:
    match field.type:
        case Type.WORD if field.name == "format":
            return {"enum": [FORMAT]}
        case Type.WORD:
            return {"enum": list(field.words)}
        case Type.OBJECTS:
            items = {"$ref": f"#/$defs/{field.of}"}
            number = {"minItems": 2, "maxItems": MAX_OPTIONS} if field.of == "option" else {}
            return {"type": "array", "items": items, "minItems": 1, **number}
        case Type.OBJECT:
            reference = {"$ref": f"#/$defs/{field.of}"}
            return {"anyOf": [_ID, reference]} if field.name == "demo" else reference
    return _FIXED[field.type]
