"""`python -m pipelines.documentatie`: bring the reference in docs/ up to date, or only check that it is."""

from __future__ import annotations

import argparse
import sys

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.documentatie.maken import DOCS, outdated


def main() -> int:
    """Write what is out of date; with --controleer only name it, and return 1 where there is any."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.documentatie", description="Maak de naslag in docs/.")
    parser.add_argument("--controleer", action="store_true", help="schrijf niets; meld wat niet bij is")
    args = parser.parse_args()
    try:
        verouderd = outdated()
    except AfgekeurdError as fout:
        print(fout, file=sys.stderr)
        return 1
    for pad, tekst in verouderd.items():
        naam = pad.relative_to(DOCS)
        if args.controleer:
            print(f"docs/{naam}: niet bij. Maak de naslag opnieuw met: make docs", file=sys.stderr)
        else:
            pad.write_text(tekst, encoding="utf-8")
            print(f"docs/{naam} is bijgewerkt.")
    return 1 if verouderd and args.controleer else 0


if __name__ == "__main__":
    sys.exit(main())
