"""What publications tell of confidential tables, cell by cell, for the audit; nothing here knows the suppressor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.aanval.aanval import Feit, Plek, Relatie, Waarheid
from pipelines.afspraken.verbinding import DUCKDB_CONFIG

# Counts are shown in tens, shares in whole percents.
HALF_TIEN, HALF_PROCENT = 5.0, 0.005
# Figures from before this day may carry the regions of this day.
EERSTE_DAG = date(2018, 1, 1)
# Branches that a table may lack and still add up: outside the source, or only now and then apart.
MAG_ONTBREKEN = frozenset({"TOTAAL", "ALLE", "UMC", "OZW"})


class Reeks(NamedTuple):
    """One table of the publication: an indicator, its uitsplitsing, herkomst and period, and the delivered file."""

    indicator_id: str
    uitsplitsing: str
    herkomst: str
    periode: str
    bestand: str


@dataclass
class Aanvalstabel:
    """What publications say of one table: facts per cell, which cells the attacked one hides, what adds up.

    `eerder` has the facts of the other publications alone, and `getoond_in` where one shows a cell hidden here.
    """

    dag: date
    is_optelbaar: bool
    heeft_noemer: bool = False
    feiten: dict[Plek, Feit] = field(default_factory=dict)
    eerder: dict[Plek, Feit] = field(default_factory=dict)
    getoond_in: dict[Plek, str] = field(default_factory=dict)
    verborgen: set[Plek] = field(default_factory=set)
    ontbreekt: set[Plek] = field(default_factory=set)
    relaties: list[Relatie] = field(default_factory=list)
    waarheid: dict[Plek, Waarheid] = field(default_factory=dict)


def load_tabellen(pub: duckdb.DuckDBPyConnection) -> dict[Reeks, Aanvalstabel]:
    """Return the confidential tables of one publication: what it shows and hides, and what adds up in each."""
    tabellen: dict[Reeks, Aanvalstabel] = {}
    for *sleutel, regio, branche, dag, is_optelbaar, status, waarde, teller, noemer in pub.execute(_CELLEN).fetchall():
        tabel = tabellen.setdefault(Reeks(*sleutel), Aanvalstabel(max(dag, EERSTE_DAG), is_optelbaar))
        plek = (regio, branche)
        if status == "onderdrukt":
            tabel.verborgen.add(plek)
            tabel.feiten[plek] = Feit()
        elif status == "beschikbaar":
            tabel.feiten[plek] = make_feit(waarde, teller, noemer)
            tabel.heeft_noemer |= noemer is not None
        elif status == "ontbreekt":
            tabel.ontbreekt.add(plek)
    for reeks, tabel in tabellen.items():
        for regio, branche, waarde in pub.execute(_GEPUBLICEERD, (*reeks[:2], reeks.periode)).fetchall():
            if (regio, branche) in tabel.verborgen:
                tabel.feiten[regio, branche].aandeel = (
                    max(0.0, waarde - HALF_PROCENT),
                    min(1.0, waarde + HALF_PROCENT),
                )
        tabel.relaties = _find_relations(pub, tabel)
    return tabellen


def make_feit(waarde: float, teller: float, noemer: float | None) -> Feit:
    """Return what a shown cell tells: each figure within its rounding."""
    feit = Feit((max(0.0, teller - HALF_TIEN), teller + HALF_TIEN))
    if noemer is not None:
        feit.noemer = (max(0.0, noemer - HALF_TIEN), noemer + HALF_TIEN)
        feit.aandeel = (max(0.0, waarde - HALF_PROCENT), min(1.0, waarde + HALF_PROCENT))
    return feit


def add_earlier(tabellen: dict[Reeks, Aanvalstabel], pad: Path) -> None:
    """Add what another publication shows of the same delivered tables; one that is damaged shows nothing."""
    try:
        with duckdb.connect(str(pad), read_only=True, config=DUCKDB_CONFIG) as pub:
            ander = load_tabellen(pub)
    except duckdb.Error:
        return
    for reeks in tabellen.keys() & ander.keys():
        tabel = tabellen[reeks]
        tabel.heeft_noemer |= ander[reeks].heeft_noemer
        for plek in (ander[reeks].feiten.keys() - ander[reeks].verborgen) & tabel.feiten.keys():
            tabel.feiten[plek].sharpen(ander[reeks].feiten[plek])
            tabel.eerder.setdefault(plek, Feit()).sharpen(ander[reeks].feiten[plek])
            if plek in tabel.verborgen:
                tabel.getoond_in[plek] = pad.stem


def add_truth(tabellen: dict[Reeks, Aanvalstabel], werk: duckdb.DuckDBPyConnection, huidig: Path) -> None:
    """Add the true counts of the tables that were made of the same delivered file as publication `huidig`."""
    with duckdb.connect(str(huidig), read_only=True, config=DUCKDB_CONFIG) as pub:
        bestanden = dict(pub.execute(_BESTANDEN).fetchall())
    for rij in werk.execute(_EXACT).fetchall():
        indicator_id, uitsplitsing, herkomst, periode, levering_id, regio, branche, teller, noemer, *werkgevers = rij
        bestand = bestanden.get(levering_id, "")
        tabel = tabellen.get(Reeks(indicator_id, uitsplitsing, herkomst, periode, bestand))
        if tabel is not None and teller is not None and (regio, branche) in tabel.feiten:
            tabel.waarheid[regio, branche] = Waarheid(teller, noemer, *werkgevers)
            tabel.heeft_noemer |= noemer is not None


def _find_relations(pub: duckdb.DuckDBPyConnection, tabel: Aanvalstabel) -> list[Relatie]:
    """Return every margin with its parts: branches in a region, regions of one level in a larger region."""
    niveau, ouders = _regions_on(pub, tabel.dag)
    geldig = {rij[0] for rij in pub.execute(_BRANCHES, [tabel.dag]).fetchall()}
    regios = {regio for regio, _ in tabel.feiten}
    is_hele_lijst = {branche for _, branche in tabel.feiten} >= geldig - MAG_ONTBREKEN
    delen: dict[tuple[Plek, str], set[Plek]] = defaultdict(set)
    for regio, branche in tabel.feiten:
        if branche not in ("TOTAAL", "ALLE"):
            delen[(regio, "TOTAAL"), "branches"].add((regio, branche))
        for ouder in ouders[regio]:
            delen[(ouder, branche), f"{niveau[ouder]} uit {niveau[regio]}"].add((regio, branche))
    uit = []
    for (rand, soort), groep in sorted(delen.items()):
        if rand in tabel.feiten:
            if soort == "branches":
                is_compleet = is_hele_lijst and not any(regio == rand[0] for regio, _ in tabel.ontbreekt)
            else:
                laag = soort.rpartition(" uit ")[2]
                kinderen = {r for r, n in niveau.items() if n == laag and rand[0] in ouders[r]}
                is_compleet = kinderen <= regios and not any((r, rand[1]) in tabel.ontbreekt for r in kinderen)
            uit.append(Relatie(rand, tuple(sorted(groep)), soort, is_compleet))
    return uit


def _regions_on(pub: duckdb.DuckDBPyConnection, dag: date) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the level of every region that exists on this day, and all regions each lies in."""
    niveau = dict(pub.execute(_REGIOS, [dag, dag]).fetchall())
    lid: dict[str, set[str]] = defaultdict(set)
    for kind, ouder in pub.execute(_LEDEN, [dag, dag]).fetchall():
        if kind in niveau and ouder in niveau:
            lid[kind].add(ouder)
    return niveau, {regio: _climb(lid, [regio]) for regio in niveau}


def _climb(lid: dict[str, set[str]], regios: Iterable[str]) -> set[str]:
    boven = {ouder for regio in regios for ouder in lid.get(regio, ())}
    return boven | _climb(lid, boven) if boven else boven


_BESTANDEN = "select levering_id, string_agg(sha256, ' ' order by tabel) as sha256 from levering group by levering_id"
_CELLEN = f"""
select w.indicator_id, w.uitsplitsing, w.herkomst, w.periode, coalesce(l.sha256, ''), w.regio_code, w.branche_code,
       coalesce(w.peildatum, p.eind), i.optelbaar, w.status, w.waarde, w.teller, w.noemer
from waarneming w
join indicator i on i.indicator_id = w.indicator_id and i.vertrouwelijk is not null
join periode p on p.periode = w.periode
left join ({_BESTANDEN}) l on l.levering_id = w.levering_id
where w.herkomst <> 'gepubliceerd' and w.categorie = ''
order by all
"""
_GEPUBLICEERD = """
select regio_code, branche_code, waarde from waarneming join indicator i using (indicator_id)
where herkomst = 'gepubliceerd' and categorie = '' and i.eenheid = 'aandeel' and waarde is not null
  and waarde_tot is null and indicator_id = ? and uitsplitsing = ? and periode = ?
"""
_EXACT = """
select indicator_id, uitsplitsing, herkomst, periode, levering_id, regio_code, branche_code, teller, noemer,
       werkgevers, grootste_werkgever, tweede_werkgever
from cel_exact
"""
_BRANCHES = "select branche_code from branche where coalesce(geldig_van, date '0001-01-01') <= ?"
_REGIOS = """
select regio_code, niveau from regio
where ? >= coalesce(geldig_van, date '0001-01-01') and ? <= coalesce(geldig_tot, date '9999-12-31')
"""
_LEDEN = """
select kind_code, ouder_code from regio_lid
where ? >= coalesce(geldig_van, date '0001-01-01') and ? <= coalesce(geldig_tot, date '9999-12-31')
"""
