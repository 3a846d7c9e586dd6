"""What an experiment may ask of the machine."""

from __future__ import annotations

from quizcli.demos.evidence import DemoError


def afford(need: float, most: float, what: str, instead: str) -> None:
    """Raises DemoError where ``what`` takes more bytes than ``most``; ask before computing it."""
    if need > most:
        raise DemoError(
            f"{what} need {need / 2**20:,.0f} MB — {instead}: {most / 2**20:.0f} MB is the most"
        )
