"""Which versions of a source there are, and which publications rest on each."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.bewaard import kept
from pipelines.afspraken.warehouse.verbinding import open_alone
from pipelines.levering.intrekken import read_intrekking
from pipelines.levering.leveringen import Levering, read_levering, sort_key

# Of older publications it is said that there are, not which.
_MEESTE_PUBLICATIES = 30


def list_versions(raw: Path, warehouse: Path, bron: Bron) -> list[dict[str, object]]:
    """Return one row per real delivery of a source, the newest first, with the publications that rest on it."""
    gebruikt = _used(warehouse, bron.naam)
    return [
        {
            "levering": levering.levering_id,
            "leverancier": levering.leverancier,
            "periode": levering.periode,
            "ontvangen": levering.ontvangen.isoformat(),
            "tabellen": list(levering.bestanden),
            "kolommen": bool(levering.kolommen),
            "ingetrokken": ingetrokken,
            "publicaties": [naam for naam, leveringen in gebruikt.items() if levering.levering_id in leveringen],
        }
        for levering, ingetrokken in sorted(_deliveries(raw, bron), key=lambda paar: sort_key(paar[0]), reverse=True)
    ]


def _deliveries(raw: Path, bron: Bron) -> list[tuple[Levering, str]]:
    gevonden = []
    for map_ in sorted((raw / bron.naam).glob("*")):
        try:
            if map_.is_dir() and not map_.name.startswith("."):
                levering, mark = read_levering(map_, {bron.naam: bron}, bron.naam), read_intrekking(map_)
                gevonden.append((levering, str(mark) if mark else ""))
        except AfgekeurdError:
            # What is no delivery is for the build to name.
            continue
    return [paar for paar in gevonden if paar[0].herkomst != Herkomst.SYNTHETISCH]


def _used(warehouse: Path, bron: str) -> dict[str, set[str]]:
    """Return per kept publication, the newest first, the deliveries of this source that it has figures from."""
    gebruikt: dict[str, set[str]] = {}
    for naam, pad in sorted(kept(warehouse).items(), reverse=True)[:_MEESTE_PUBLICATIES]:
        try:
            with open_alone(pad) as con:
                vraag = "select distinct levering_id from levering where bron = ? and rijen_gebruikt > 0"
                gebruikt[naam] = {levering for (levering,) in con.execute(vraag, [bron]).fetchall()}
        except duckdb.Error:
            continue
    return gebruikt
