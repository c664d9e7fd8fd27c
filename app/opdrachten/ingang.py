"""Where `regiomonitor` comes in: an environment that misses a package is said in words, whichever module asks first."""

from __future__ import annotations

import sys

from app.opdrachten.terminal.ontbreekt import explain_missing


def main() -> int:
    """Run one command, as `app.opdrachten.cli.main`; 1 where a package is missing."""
    try:
        from app.opdrachten.cli import main as run
    except ModuleNotFoundError as fout:
        print(explain_missing(fout), file=sys.stderr)
        return 1
    return run()
