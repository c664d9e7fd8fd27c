"""Where `regiomonitor` comes in: an environment that misses a package is said in words, whichever module asks first."""

from __future__ import annotations

import sys

from app.opdrachten.terminal.ontbreekt import explain_missing
from pipelines.afspraken.voorrang import give_way

# What takes long beside a server of which readers wait for an answer.
ACHTERAAN = ("build", "audit", "check", "accept", "fetch")


def main() -> int:
    """Run one command, as `app.opdrachten.cli.main`; 1 where a package is missing."""
    if sys.argv[1:2] and sys.argv[1] in ACHTERAAN:
        give_way()
    try:
        from app.opdrachten.cli import main as run
    except ModuleNotFoundError as fout:
        print(explain_missing(fout), file=sys.stderr)
        return 1
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
