"""Markdown as plain text: tables and codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def as_table(koppen: Sequence[str], rijen: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a bar in a cell stays a bar."""
    regels = [koppen, ["---"] * len(koppen), *rijen]
    return "\n".join("| " + " | ".join(_cell(cel) for cel in rij) + " |" for rij in regels)


def _cell(tekst: str) -> str:
    return " ".join(tekst.split()).replace("|", "\\|")


def code(tekst: str) -> str:
    """Return a name as it is typed."""
    return f"`{tekst}`"


def codes(teksten: Iterable[str]) -> str:
    """Return names as they are typed, one after another."""
    return ", ".join(code(tekst) for tekst in teksten)
