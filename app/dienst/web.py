"""The process that serves the app; `app.dienst.server` becomes it. A signal ends it from its first moment."""

from __future__ import annotations

import signal
import sys
from types import FrameType


def main(poort: int, host: str) -> int:
    """Serve until told to stop; 1 when it could not start."""
    for soort in (signal.SIGTERM, signal.SIGINT):
        signal.signal(soort, _stop)
    # Reading all of the app takes a second, in which somebody may already want it to end.
    from app.dienst import luisteren

    return luisteren.listen(poort, host)


def _stop(_signaal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), sys.argv[2]))
