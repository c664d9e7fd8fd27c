"""The process that serves the app; `app.dienst.server` becomes it. A signal ends it from its first moment."""

from __future__ import annotations

import signal
import sys
from types import FrameType


def main(poort: int, host: str) -> int:
    """Serve until told to stop; 1 when it could not start."""
    for soort in (signal.SIGTERM, signal.SIGINT):
        signal.signal(soort, _stop)
    _do_without("pandas")
    # Reading all of the app takes a second, in which somebody may already want it to end.
    from app.dienst import luisteren

    return luisteren.listen(poort, host)


class _Afwezig:
    """Says of one package that it is not there."""

    def __init__(self, naam: str) -> None:
        self._naam = naam

    def find_spec(self, naam: str, _pad: object = None, _doel: object = None) -> None:
        """Refuse the package; what else is asked for is not ours to find."""
        if naam == self._naam:
            raise ModuleNotFoundError(f"No module named {naam!r}", name=naam)


def _do_without(naam: str) -> None:
    """Let nothing in this process read a package.

    DuckDB and pyarrow would read pandas at their first value, only to ask whether it is one of its own; no page has
    such values, and it takes a third of a second and 30 MB.
    """
    sys.meta_path.insert(0, _Afwezig(naam))


def _stop(_signaal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), sys.argv[2]))
