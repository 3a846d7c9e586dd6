"""Addresses of the web, where a file is wanted."""

from __future__ import annotations


def refuse_address(name: str, verb: str = "take") -> None:
    """Raises UserError for an address, with what to type instead."""
    if "://" not in name:
        return
    from pathlib import PurePosixPath
    from shlex import quote
    from urllib.parse import urlsplit

    from quizcli.report.codes import UserError

    try:
        file = PurePosixPath(urlsplit(name).path).name or "FILE"
    except ValueError:  # brackets that hold no address of a host
        file = "FILE"
    raise UserError(
        f"{name} is a web address, and quizcli downloads nothing: read what strangers wrote before "
        f"you use it — curl -LO {quote(name)}, then: quizcli {verb} {quote(file)}"
    )
