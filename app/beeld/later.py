"""Pyarrow, read when the first chart is made: it takes long beside the rest of what a page needs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
else:

    class _Later:
        """Stands for a package that is read when something of it is asked for."""

        def __init__(self, naam: str) -> None:
            self._naam = naam

        def __getattr__(self, deel: str) -> object:
            """Return a part of the package."""
            return getattr(import_module(self._naam), deel)

    pa = _Later("pyarrow")

__all__ = ["pa"]


def read_now() -> None:
    """Read it, so that nobody who asks for a chart waits for it."""
    import_module("pyarrow")
