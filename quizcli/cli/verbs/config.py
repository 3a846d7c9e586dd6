"""``quizcli config``: what can be set, what holds, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.lazy import subgroup
from quizcli.cli.options import JsonOption, PlainOption

if TYPE_CHECKING:
    from quizcli.settings import Held, Setting, Value

app = subgroup()

Name = Annotated[
    str,
    typer.Argument(
        help="The setting; quizcli config list shows them.", autocompletion=completing.settings
    ),
]


@app.command("list")
@verb
def list_settings(context: Context, json: JsonOption = False, plain: PlainOption = False) -> None:
    """List every setting: its value, where it comes from, and what is allowed."""
    from quizcli.cli.output import show
    from quizcli.report.result import Columns, Line, Paragraph, Result
    from quizcli.settings import SETTINGS

    held = context.settings
    rows = [
        (one.name, _word(held[one.name].value) or "–", _source(held[one.name])) for one in SETTINGS
    ]
    about = [Paragraph(f"{one.name}: {one.what}. Allowed: {one.accepts}.") for one in SETTINGS]
    body: tuple[Columns | Line | Paragraph, ...] = (
        Columns(("Setting", "Now", "From"), tuple(rows)),
        Line(""),
        *about,
        Line(""),
        Line("  quizcli config set plain true", accent=True),
        Line("  quizcli config unset plain", accent=True),
    )
    data = {
        "file": str(context.config.path),
        "settings": [_data(one, held[one.name]) for one in SETTINGS],
    }
    show(context, Result(data=data, body=body), as_json=json, plain=plain)


@app.command("get")
@verb
def get(context: Context, name: Name, json: JsonOption = False) -> None:
    """Print the value of one setting."""
    from quizcli.cli.output import show
    from quizcli.report.result import Result

    setting = _setting(name)
    held = context.settings[setting.name]
    result = Result(data={"setting": _data(setting, held)}, raw=f"{_word(held.value)}\n")
    show(context, result, as_json=json)


@app.command("set")
@verb
def set_value(
    context: Context,
    name: Name,
    value: Annotated[
        str, typer.Argument(help="The new value.", autocompletion=completing.setting_values)
    ],
    json: JsonOption = False,
) -> None:
    """Set a setting, for every quiz from now on."""
    from quizcli.report.codes import UserError
    from quizcli.settings import BadSetting, parsed

    setting = _setting(name)
    try:
        new = parsed(setting, value)
    except BadSetting as bad:
        raise UserError(str(bad)) from None
    _change(context, setting, new, as_json=json)


@app.command("unset")
@verb
def unset(context: Context, name: Name, json: JsonOption = False) -> None:
    """Reset a setting to its default, or remove an unknown one from the file."""
    from quizcli.settings import SETTINGS

    if name in {one.name for one in SETTINGS} or name not in context.config.load().kept:
        _change(context, _setting(name), None, as_json=json)
        return
    from quizcli.cli.output import show
    from quizcli.report.result import Line, Result

    _rewritten(context, name, None)
    show(context, Result({"removed": name}, (Line(f"{name} was removed."),)), as_json=json)


@app.command("path")
@verb
def path(context: Context, json: JsonOption = False) -> None:
    """Print where the settings are stored."""
    from quizcli.cli.output import show
    from quizcli.report.result import Result
    from quizcli.terminal.safe import neutral

    where = str(context.config.path)
    show(context, Result(data={"file": where}, raw=f"{neutral(where)}\n"), as_json=json)


def _setting(name: str) -> Setting:
    from quizcli.report.codes import UserError
    from quizcli.settings import BadSetting, setting

    try:
        return setting(name)
    except BadSetting as bad:
        raise UserError(str(bad)) from None


def _change(context: Context, one: Setting, value: Value | None, *, as_json: bool) -> None:
    """Write the file with another value, or without one, and say what holds now."""
    from quizcli.cli.output import show
    from quizcli.report.result import Line, Result
    from quizcli.settings import merged

    values = _rewritten(context, one.name, value)
    environment = context.config.environment()
    held = merged(values, environment)[one.name]
    notices = []
    if one.name in environment:
        notices.append(f"{held.source} in the environment overrides the file")
    word = f"{one.name} is {_word(held.value) or 'empty'} ({_source(held)})"
    result = Result({"setting": _data(one, held)}, (Line(word),), notices=tuple(notices))
    show(context, result, as_json=as_json)


def _rewritten(context: Context, name: str, value: Value | None) -> dict[str, Value]:
    """The values of the file after a change of one, with nobody else changing it meanwhile."""
    from quizcli.report.codes import ExitCode, UserError

    config = context.config
    try:
        with config.locked():
            return _written(context, name, value)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        folder = config.target.parent
        raise UserError(f"{folder} cannot be created: {reason}", ExitCode.FAILED) from None


def _written(context: Context, name: str, value: Value | None) -> dict[str, Value]:
    from quizcli.cli.output import write_whole
    from quizcli.report.codes import ExitCode, UserError
    from quizcli.settings import BadSetting, whole_file

    config = context.config
    loaded = config.load()
    if not loaded.readable:
        fault = config.placed(loaded.faults[0])
        raise UserError(f"{fault}; nothing was changed", ExitCode.FAILED)
    values = {other: held for other, held in loaded.values.items() if other != name}
    kept = {other: held for other, held in loaded.kept.items() if other != name}
    if value is not None:
        values[name] = value
    try:
        text = whole_file(values, kept)
    except BadSetting as bad:
        raise UserError(f"{config.path}: {bad}", ExitCode.FAILED) from None
    write_whole(context, config.target, text, force=True)
    return values


def _word(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _source(held: Held) -> str:
    return held.source if held.source in {"default", "file"} else f"environment, {held.source}"


def _data(one: Setting, held: Held) -> dict[str, object]:
    environment = held.source not in {"default", "file"}
    return {
        "name": one.name,
        "value": held.value,
        "source": "environment" if environment else held.source,
        "variable": held.source if environment else None,
        "default": one.default,
        "what": one.what,
        "accepts": one.accepts,
    }
