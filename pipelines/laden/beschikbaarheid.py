"""The gap map: which figures there should be, at which level, and who could deliver them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import duckdb

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import GETALLEN, Bron, load_bronnen
from pipelines.afspraken.indicatoren import Indicator, columns_in
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.openbaar.koppelen.doelvelden import Gekoppeld
from pipelines.openbaar.openen import filled_figures, fixed_values, levels_of, load_all

ENQUETE = "srs_enquete"
GEPUBLICEERD = "gepubliceerd"


def load_wanted_levels(
    con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator], bronnen: Mapping[str, Bron]
) -> None:
    """Fill gewenst: one row per indicator × niveau that it should have figures for, and ophaalbaar: what is public.

    An indicator that is computed names its levels; a survey question is for the country and the WGO's; one that
    is only published should at least be there for the country.
    """
    con.execute("create table gewenst (indicator_id varchar, niveau varchar, leverancier varchar, tabel varchar)")
    insert_rows(con, "gewenst", [rij for indicator in indicatoren.values() for rij in _wanted(indicator, bronnen)])
    con.execute("create table ophaalbaar (indicator_id varchar, niveau varchar, opdracht varchar, bevestigd boolean)")
    insert_rows(con, "ophaalbaar", [rij for i in indicatoren.values() for rij in _public(i, bronnen)])


def _wanted(indicator: Indicator, bronnen: Mapping[str, Bron]) -> Iterator[tuple[str, str, str, str]]:
    if indicator.bron is not None:
        naam, tabel, niveaus = *indicator.bron.split("."), indicator.niveaus or (Niveau.LAND,)
    elif indicator.enquete or indicator.indicator_id in ("respondenten", "respons"):
        naam, tabel, niveaus = ENQUETE, "antwoorden", (Niveau.LAND, Niveau.WGO)
    else:
        naam, tabel, niveaus = GEPUBLICEERD, "cijfers", (Niveau.LAND,)
    leverancier = bronnen[naam].leverancier if naam in bronnen else ""
    for niveau in niveaus:
        yield indicator.indicator_id, niveau, leverancier, f"{naam}/{tabel}"


def _public(indicator: Indicator, bronnen: Mapping[str, Bron]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield, per niveau, each public table that has all that the indicator counts, and whether someone saw its keys."""
    naam, _, tabel = str(indicator.bron).partition(".")
    if naam not in bronnen or tabel not in bronnen[naam].tabellen:
        return
    contract = bronnen[naam].tabellen[tabel]
    manieren = (f"{indicator.teller or ''} {indicator.noemer or ''}", indicator.waarde or "")
    nodig = [
        {kolom for kolom in columns_in(manier, contract) if contract.kolommen[kolom].type in GETALLEN}
        for manier in manieren
    ]
    for koppeling in _all_mapped():
        gevuld = filled_figures(koppeling)
        if _asks_other(indicator.waar or "", fixed_values(koppeling)):
            continue
        if koppeling.vult == f"{naam}/{tabel}" and any(kolommen and kolommen <= gevuld for kolommen in nodig):
            opdracht = f"fetch {koppeling.catalogus.lower()} {koppeling.naam}"
            for niveau in sorted(levels_of(koppeling) & set(indicator.niveaus)):
                yield indicator.indicator_id, niveau, opdracht, koppeling.sleutels_gezien


def _asks_other(waar: str, vast: Mapping[str, set[str]]) -> bool:
    """Return whether an indicator is of a code (`vraag = 'imago'`) that a mapping never fills."""
    gevraagd = re.findall(r"\b([a-z_]+)\s*=\s*'([^']*)'", waar)
    return any(kolom in vast and code not in vast[kolom] for kolom, code in gevraagd)


@cache
def _all_mapped() -> tuple[Gekoppeld, ...]:
    return tuple(load_all(load_bronnen()).values())
