"""The parts of docs/ that are made: each stands between two marks, and is what its maker returns today."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from pipelines.documentatie.aanleveren import column_key_table, contracts, delivery_key_table, mapping_key_table
from pipelines.documentatie.indicatoren import catalogue, entry_key_table, place_table
from pipelines.documentatie.licenties import licence_table
from pipelines.documentatie.schemas import SCHEMAS, as_json
from pipelines.documentatie.woordenlijst import glossary

DOCS = Path(__file__).parents[2] / "docs"


def decisions() -> str:
    """Return one link per note of a decision, the newest first."""
    notities = sorted((DOCS / "besluiten").glob("2*.md"), reverse=True)
    titels = (pad.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for pad in notities)
    return "\n".join(f"- {pad.name[:10]}: [{titel}]({pad.name})" for pad, titel in zip(notities, titels, strict=True))


DELEN: Mapping[str, Callable[[], str]] = {
    "sleutels van een indicator": entry_key_table,
    "plekken": place_table,
    "catalogus": catalogue,
    "sleutels van een levering": delivery_key_table,
    "sleutels van kolommen.yml": mapping_key_table,
    "sleutels van een kolom": column_key_table,
    "contracten": contracts,
    "licenties": licence_table,
    "woordenlijst": glossary,
    "besluiten": decisions,
}
_DEEL = re.compile(r"(<!-- gemaakt: (.+?) -->\n).*?(<!-- einde: \2 -->)", re.DOTALL)


def fill(tekst: str) -> str:
    """Return a page with each of its made parts made anew.

    Raises:
        KeyError: a page asks for a part that nobody makes.
    """
    return _DEEL.sub(lambda deel: f"{deel[1]}\n{DELEN[deel[2]]()}\n\n{deel[3]}", tekst)


def outdated(map_: Path = DOCS) -> dict[Path, str]:
    """Return the pages and schemas that are not what would be made now, each with what it should say."""
    nieuw = {pad: fill(pad.read_text(encoding="utf-8")) for pad in sorted(map_.rglob("*.md"))}
    nieuw |= {map_ / "schemas" / f"{naam}.schema.json": as_json(schema()) for naam, schema in SCHEMAS.items()}
    return {pad: tekst for pad, tekst in nieuw.items() if not pad.is_file() or pad.read_text(encoding="utf-8") != tekst}
