"""The gap map: which figures there should be, at which level, and who could deliver them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from pipelines.afspraken.contract import Bron
from pipelines.afspraken.indicatoren import Indicator

ENQUETE = "srs_enquete"
GEPUBLICEERD = "gepubliceerd"


def load_wanted_levels(
    con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator], bronnen: Mapping[str, Bron]
) -> None:
    """Fill table gewenst: one row per indicator × niveau that it should have figures for.

    An indicator that is computed names its levels; a survey question is for the country and the WGO's; one that
    is only published should at least be there for the country.
    """
    con.execute("create table gewenst (indicator_id varchar, niveau varchar, leverancier varchar, tabel varchar)")
    rijen = [rij for indicator in indicatoren.values() for rij in _wanted(indicator, bronnen)]
    if rijen:
        con.executemany("insert into gewenst values (?, ?, ?, ?)", rijen)


def _wanted(indicator: Indicator, bronnen: Mapping[str, Bron]) -> Iterator[tuple[str, str, str, str]]:
    if indicator.bron is not None:
        naam, tabel, niveaus = *indicator.bron.split("."), indicator.niveaus or ("land",)
    elif indicator.enquete or indicator.indicator_id in ("respondenten", "respons"):
        naam, tabel, niveaus = ENQUETE, "antwoorden", ("land", "wgo")
    else:
        naam, tabel, niveaus = GEPUBLICEERD, "cijfers", ("land",)
    leverancier = bronnen[naam].leverancier if naam in bronnen else ""
    for niveau in niveaus:
        yield indicator.indicator_id, niveau, leverancier, f"{naam}/{tabel}"
