"""``quizcli config``: what can be set, what holds, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.guard import guarded
from quizcli.cli.lazy import SETTINGS as CONTEXT

if TYPE_CHECKING:
    from quizcli.settings import Held, Setting, Value

app = typer.Typer(
    help="Show and change settings.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    context_settings=CONTEXT,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Plain = Annotated[bool, typer.Option("--plain", help="No escapes.")]
Name = Annotated[str, typer.Argument(help="A setting: quizcli config list.")]


@app.command("list")
@guarded
def list_settings(json: Json = False, plain: Plain = False) -> None:
    """List every setting: what holds, where that comes from, what it may be."""
    from quizcli.cli.config_values import settings, settings_path
    from quizcli.cli.context import show
    from quizcli.report.result import Columns, Line, Paragraph, Result
    from quizcli.settings import SETTINGS

    held = settings()
    rows = [(one.name, _word(held[one.name].value), _source(held[one.name])) for one in SETTINGS]
    about = [Paragraph(f"{one.name}: {one.what}. It may be {one.accepts}.") for one in SETTINGS]
    body: tuple[Columns | Line | Paragraph, ...] = (
        Columns(("Setting", "Now", "From"), tuple(rows)),
        Line(""),
        *about,
        Line(""),
        Line("  quizcli config set plain true", accent=True),
        Line("  quizcli config unset plain", accent=True),
    )
    data = {
        "file": str(settings_path()),
        "settings": [_data(one, held[one.name]) for one in SETTINGS],
    }
    show(Result(data=data, body=body), as_json=json, plain=plain)


@app.command("get")
@guarded
def get(name: Name, json: Json = False) -> None:
    """Print the value of one setting."""
    from quizcli.cli.config_values import settings
    from quizcli.cli.context import show
    from quizcli.report.result import Result

    one = _setting(name)
    held = settings()[one.name]
    show(Result(data={"setting": _data(one, held)}, raw=f"{_word(held.value)}\n"), as_json=json)


@app.command("set")
@guarded
def set_value(
    name: Name,
    value: Annotated[str, typer.Argument(help="What it is to be.")],
    json: Json = False,
) -> None:
    """Set a setting, for every quiz from now on."""
    from quizcli.report.codes import UserError
    from quizcli.settings import BadSetting, parsed

    one = _setting(name)
    try:
        wanted = parsed(one, value)
    except BadSetting as bad:
        raise UserError(str(bad)) from None
    _change(one, wanted, as_json=json)


@app.command("unset")
@guarded
def unset(name: Name, json: Json = False) -> None:
    """Go back to the default of a setting."""
    _change(_setting(name), None, as_json=json)


@app.command("path")
@guarded
def path(json: Json = False) -> None:
    """Print where the settings lie."""
    from quizcli.cli.config_values import settings_path
    from quizcli.cli.context import show
    from quizcli.report.result import Result

    where = str(settings_path())
    show(Result(data={"file": where}, raw=f"{where}\n"), as_json=json)


def _setting(name: str) -> Setting:
    from quizcli.report.codes import UserError
    from quizcli.settings import BadSetting, setting

    try:
        return setting(name)
    except BadSetting as bad:
        raise UserError(str(bad)) from None


def _change(one: Setting, value: Value | None, *, as_json: bool) -> None:
    """Write the file with another value, or without one, and say what holds now."""
    from quizcli.cli.config_values import asked_elsewhere, load, placed, settings_path
    from quizcli.cli.context import show
    from quizcli.cli.verbs.score import write_whole
    from quizcli.report.codes import ExitCode, UserError
    from quizcli.report.result import Line, Result
    from quizcli.settings import BadSetting, merged, whole_file

    found = load()
    if not found.readable:
        raise UserError(f"{placed(found.faults[0])}; nothing was changed", ExitCode.FAILED)
    values = {name: held for name, held in found.values.items() if name != one.name}
    kept = {name: held for name, held in found.kept.items() if name != one.name}
    if value is not None:
        values[one.name] = value
    try:
        text = whole_file(values, kept)
    except BadSetting as bad:
        raise UserError(f"{settings_path()}: {bad}", ExitCode.FAILED) from None
    # A link, as collections of such files use them, is to stay one.
    file = settings_path().resolve()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{file.parent} cannot be made: {reason}", ExitCode.FAILED) from None
    write_whole(file, text)
    environment = asked_elsewhere()
    held = merged(values, environment)[one.name]
    notices = []
    if one.name in environment:
        notices.append(f"{held.source} in the environment decides before the file")
    word = f"{one.name} is {_word(held.value)} ({_source(held)})"
    show(
        Result({"setting": _data(one, held)}, (Line(word),), notices=tuple(notices)),
        as_json=as_json,
    )


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
