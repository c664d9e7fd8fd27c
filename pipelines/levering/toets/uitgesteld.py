"""A module that another one imports and hardly ever uses is read at its first use, not at the import."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType


@contextmanager
def postponed(*namen: str) -> Iterator[None]:
    """Let what is imported in this block find a stand-in for these modules; it reads the real one once asked something.

    After the block they are imported as ever. A module that was read before is no stand-in.
    """
    plaatsvervangers = {naam: _stand_in(naam) for naam in namen if naam not in sys.modules}
    sys.modules.update(plaatsvervangers)
    try:
        yield
    finally:
        for naam, module in plaatsvervangers.items():
            _forget(naam, module)


def _stand_in(naam: str) -> ModuleType:
    module = ModuleType(naam)

    def give(kenmerk: str) -> object:
        # Python itself asks this whenever a module is imported: it is no use of it.
        if kenmerk.startswith("__"):
            raise AttributeError(kenmerk)
        _forget(naam, module)
        return getattr(import_module(naam), kenmerk)

    module.__dict__["__getattr__"] = give
    return module


def _forget(naam: str, module: ModuleType) -> None:
    if sys.modules.get(naam) is module:
        del sys.modules[naam]
