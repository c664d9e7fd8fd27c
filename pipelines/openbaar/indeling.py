"""Whether the gemeenten of the monitor lie in the arbeidsmarktregio's in which CBS has them, year by year."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import BRONNEN
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.openbaar.koppelen.gemeenten import GEMEENTE, VOORVOEGSELS, members
from pipelines.openbaar.openen import Opdracht, reaching
from pipelines.openbaar.tabellen.statline import V3, address
from pipelines.openbaar.tabellen.tabel import REGIO, Kenmerken, list_some
from pipelines.openbaar.tabellen.tabellezer import Keuze
from pipelines.openbaar.verkennen import outcome_of
from pipelines.ophalen import ophalen

GEBIEDEN = BRONNEN / "openbaar" / "gebieden.yml"
CATALOGUS = "CBS"
_RA = str(Niveau.ARBEIDSMARKTREGIO)
_TABEL = (
    "Zoek de tabel met .venv/bin/regiomonitor fetch cbs --zoek gebieden, "
    "en zet haar in pipelines/bronnen/openbaar/gebieden.yml."
)
_VERDER = "Pas pipelines/referentie/gemeenten.csv aan; zie pipelines/referentie/herkomst.yml."


def compare_division(jaar: str, opdracht: Opdracht) -> list[str]:
    """Return how many gemeenten CBS has in how many arbeidsmarktregio's in a year, and which lie elsewhere here.

    Raises:
        AfgekeurdError: there is no table of the year, or it cannot be read.
    """
    tabellen = division_tables()
    if jaar not in tabellen:
        tekst = f"Van {show_value(jaar)} is er geen tabel. Er zijn: {', '.join(tabellen)}."
        raise AfgekeurdError([Melding("--indeling", tekst)])
    bron = V3(CATALOGUS, opdracht.base_url).features(tabellen[jaar])
    eigen = bron.kenmerken
    regio = _region_of(eigen, jaar)
    rijen = bron.rows(Keuze([maat.sleutel for maat in eigen.maten], {d.sleutel: () for d in eigen.dimensies}))
    bij_cbs = _regions(rijen, regio, eigen.plek)
    hier = {gm: ra for ra, leden in members(_RA, int(jaar)).items() for gm in leden}
    anders = [
        f"{gm}: {bij_cbs.get(gm, 'niet')} bij CBS, {hier.get(gm, 'niet')} in de monitor"
        for gm in sorted(bij_cbs.keys() | hier.keys())
        if bij_cbs.get(gm) != hier.get(gm)
    ]
    kop = f"{eigen.plek} {eigen.titel}: {len(bij_cbs)} gemeenten in {len(set(bij_cbs.values()))} arbeidsmarktregio's"
    if not anders:
        return [f"{kop}, ingedeeld zoals in de monitor."]
    woord = "gemeente is" if len(anders) == 1 else "gemeenten zijn"
    return [f"{kop}; {len(anders)} {woord} hier anders ingedeeld.", *(f"  {regel}" for regel in anders)]


def division_tables() -> dict[str, str]:
    """Return the table of each year."""
    return {str(jaar): str(tabel) for jaar, tabel in load_yaml(GEBIEDEN).items()}


def division_server(opdracht: Opdracht) -> str:
    """Return the host and port that serve these tables."""
    return ophalen.host_of(address(CATALOGUS, V3.vorm, opdracht.base_url))


def check_division(jaar: str, opdracht: Opdracht) -> tuple[str, list[Melding]]:
    """Return whether the table of a year is found, moved, gone or out of reach; reads no rows."""

    def open_() -> Kenmerken:
        try:
            with reaching(division_server(opdracht), opdracht):
                return V3(CATALOGUS, opdracht.base_url).features(division_tables()[jaar]).kenmerken
        except ophalen.WegError as fout:
            raise ophalen.WegError([replace(melding, advies=_TABEL) for melding in fout.meldingen]) from None

    return outcome_of(open_, lambda eigen: _region_of(eigen, jaar))


def _region_of(eigen: Kenmerken, jaar: str) -> str:
    """Return the dimension with regions of the table of a year.

    Raises:
        AfgekeurdError: it is the table of another year, or something else.
    """
    if jaar not in eigen.titel.split():
        tekst = f"Deze tabel heet '{show_value(eigen.titel)}'; verwacht: die van {jaar}."
        ophalen.reject(eigen.plek, tekst, _TABEL)
    regio = [dimensie.sleutel for dimensie in eigen.dimensies if dimensie.soort == REGIO]
    if len(regio) != 1:
        ophalen.reject(eigen.plek, f"Deze tabel heeft {len(regio)} dimensies met regio's; verwacht: één.", _TABEL)
    return regio[0]


def _regions(rijen: pd.DataFrame, regio: str, plek: str) -> dict[str, str]:
    """Return the arbeidsmarktregio per gemeente, from the one column that holds nothing else."""
    gemeenten = rijen[rijen[regio].str.startswith(VOORVOEGSELS[GEMEENTE])]
    cellen = {kolom: gemeenten[kolom].astype(str).str.strip() for kolom in gemeenten if kolom != regio}
    raak = [kolom for kolom, cel in cellen.items() if len(cel) and cel.str.fullmatch(r"RA\d{4}").all()]
    if len(raak) != 1:
        ophalen.reject(plek, f"Kolommen met arbeidsmarktregio's (RA): {list_some(raak)}; verwacht: één.", _VERDER)
    return dict(zip(gemeenten[regio], cellen[raak[0]], strict=True))
