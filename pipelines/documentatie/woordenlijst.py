"""The glossary: one word, one meaning, from `app/woordenlijst.yml`."""

from __future__ import annotations

from pathlib import Path

from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.documentatie.opmaak import as_table

WOORDENLIJST = Path(__file__).parents[2] / "app" / "woordenlijst.yml"


def glossary() -> str:
    """Return one row per word, in alphabetical order."""
    woorden = sorted(load_yaml(WOORDENLIJST).items(), key=lambda paar: paar[0].casefold())
    return as_table(("Woord", "Betekenis"), woorden)
