"""Whether the gemeenten of the monitor lie in the arbeidsmarktregio's in which CBS has them, year by year."""

from __future__ import annotations

import pandas as pd

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import BRONNEN
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.openbaar.koppelen.gemeenten import GEMEENTE, VOORVOEGSELS, members
from pipelines.openbaar.openen import Opdracht
from pipelines.openbaar.tabellen.statline import V3
from pipelines.openbaar.tabellen.tabel import REGIO, list_some
from pipelines.openbaar.tabellen.tabellezer import Keuze
from pipelines.ophalen import ophalen

GEBIEDEN = BRONNEN / "openbaar" / "gebieden.yml"
_RA = str(Niveau.ARBEIDSMARKTREGIO)
_VERDER = "Pas pipelines/referentie/gemeenten.csv aan; zie pipelines/referentie/herkomst.yml."


def compare_division(jaar: str, opdracht: Opdracht) -> list[str]:
    """Return how many gemeenten CBS has in how many arbeidsmarktregio's in a year, and which lie elsewhere here.

    Raises:
        AfgekeurdError: there is no table of the year, or it cannot be read.
    """
    tabellen = load_yaml(GEBIEDEN)
    if jaar not in tabellen:
        tekst = f"Van {show_value(jaar)} is er geen tabel. Er zijn: {', '.join(tabellen)}."
        raise AfgekeurdError([Melding("--indeling", tekst)])
    bron = V3("CBS", opdracht.base_url).features(str(tabellen[jaar]))
    eigen = bron.kenmerken
    regio = [dimensie.sleutel for dimensie in eigen.dimensies if dimensie.soort == REGIO]
    if len(regio) != 1:
        ophalen.reject(eigen.plek, f"Deze tabel heeft {len(regio)} dimensies met regio's; verwacht: één.", _VERDER)
    rijen = bron.rows(Keuze([maat.sleutel for maat in eigen.maten], {d.sleutel: () for d in eigen.dimensies}))
    bij_cbs = _regions(rijen, regio[0], eigen.plek)
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


def _regions(rijen: pd.DataFrame, regio: str, plek: str) -> dict[str, str]:
    """Return the arbeidsmarktregio per gemeente, from the one column that holds nothing else."""
    gemeenten = rijen[rijen[regio].str.startswith(VOORVOEGSELS[GEMEENTE])]
    cellen = {kolom: gemeenten[kolom].astype(str).str.strip() for kolom in gemeenten if kolom != regio}
    raak = [kolom for kolom, cel in cellen.items() if len(cel) and cel.str.fullmatch(r"RA\d{4}").all()]
    if len(raak) != 1:
        ophalen.reject(plek, f"Kolommen met arbeidsmarktregio's (RA): {list_some(raak)}; verwacht: één.", _VERDER)
    return dict(zip(gemeenten[regio], cellen[raak[0]], strict=True))
