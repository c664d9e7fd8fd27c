"""Altair and pyarrow, read when the first chart is made: together they take as long as all else before a page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import altair as alt
    import pyarrow as pa
else:

    class _Later:
        """Stands for a package that is read when something of it is asked for."""

        def __init__(self, naam: str) -> None:
            self._naam = naam

        def __getattr__(self, deel: str) -> object:
            """Return a part of the package."""
            return getattr(import_module(self._naam), deel)

    alt, pa = _Later("altair"), _Later("pyarrow")

__all__ = ["alt", "pa"]


def read_now() -> None:
    """Read both, so that nobody who asks for a chart waits for it."""
    for naam in ("altair", "pyarrow"):
        import_module(naam)
