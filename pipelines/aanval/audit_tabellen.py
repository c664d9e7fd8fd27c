"""All publications that can be read, as one table to an attacker; nothing here knows the suppressor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import duckdb

from pipelines.aanval.aanval import Feit, Plek, Relatie, Waarheid, Werkgevers
from pipelines.aanval.gezien import Blad, Publicatie, Reeks, moment_of
from pipelines.afspraken.codelijsten import GEHELEN, TOTAAL, Niveau

# Branches that a table may lack and still add up: outside the source, or only now and then apart.
MAG_ONTBREKEN = frozenset({*GEHELEN, "UMC", "OZW"})


class Verandering(NamedTuple):
    """A cell that two publications show, each otherwise: what the other says, and what this one says."""

    publicatie: str
    toen: Feit
    nu: Feit


@dataclass
class Aanvalstabel:
    """What publications say of one table: facts per cell, which cells the attacked one hides, what adds up.

    `eigen` has the facts of the attacked one, `eerder` those of the others; `getoond_in` says where one shows a cell
    that is hidden here, `verborgen_in` where one hides a cell that is shown here; `veranderd` and `gelijk` are what
    two of them show otherwise or, from another file, alike. `openbaar`: shares that others publish now.
    """

    dag: date
    periode: str
    is_optelbaar: bool
    is_aandeel: bool = True
    heeft_noemer: bool = False
    # A balance, such as who came less who left.
    kan_negatief: bool = False
    feiten: dict[Plek, Feit] = field(default_factory=dict)
    eigen: dict[Plek, Feit] = field(default_factory=dict)
    eerder: dict[Plek, Feit] = field(default_factory=dict)
    getoond: set[Plek] = field(default_factory=set)
    getoond_in: dict[Plek, str] = field(default_factory=dict)
    verborgen_in: dict[Plek, str] = field(default_factory=dict)
    veranderd: dict[Plek, list[Verandering]] = field(default_factory=dict)
    gelijk: set[Plek] = field(default_factory=set)
    verborgen: set[Plek] = field(default_factory=set)
    ontbreekt: set[Plek] = field(default_factory=set)
    bestand: dict[Plek, str] = field(default_factory=dict)
    openbaar: dict[Plek, tuple[float, float]] = field(default_factory=dict)
    relaties: list[Relatie] = field(default_factory=list)
    waarheid: dict[Plek, Waarheid] = field(default_factory=dict)

    def known_before(self) -> dict[Plek, Feit]:
        """Return what is known without the attacked one: from the others, and from who else publishes."""
        uit = {plek: self.eerder[plek].copy() if plek in self.eerder else self.empty() for plek in self.feiten}
        for plek in self.openbaar.keys() & uit.keys():
            uit[plek].sharpen(Feit(self.empty().teller, aandeel=self.openbaar[plek]))
        return uit

    def empty(self) -> Feit:
        """Return what is known of a cell of which nothing is shown."""
        teller = (float("-inf") if self.kan_negatief else 0.0, float("inf"))
        return Feit(teller, aandeel=(0.0, 1.0) if self.is_aandeel else (float("-inf"), float("inf")))


def make_tabellen(
    eigen: Publicatie, anderen: Sequence[Publicatie], gebied: duckdb.DuckDBPyConnection
) -> dict[Reeks, Aanvalstabel]:
    """Return every confidential table of these publications together, as an attacker of `eigen` sees them.

    `gebied`: a publication, for which regions lie in which.
    """
    tabellen: dict[Reeks, Aanvalstabel] = {}
    for publicatie in (eigen, *anderen):
        for reeks, blad in publicatie.bladen.items():
            leeg = Aanvalstabel(blad.dag, blad.periode, blad.is_optelbaar, blad.is_aandeel)
            tabel = tabellen.setdefault(reeks, leeg)
            tabel.heeft_noemer |= blad.heeft_noemer
            tabel.kan_negatief |= blad.kan_negatief
            if publicatie is eigen:
                _take_own(tabel, blad)
            else:
                _take_other(tabel, blad, publicatie.naam)
    for tabel in tabellen.values():
        tabel.relaties = find_relations(gebied, tabel)
    return tabellen


def _take_own(tabel: Aanvalstabel, blad: Blad) -> None:
    tabel.ontbreekt |= blad.ontbreekt
    for plek, gezien in blad.cellen.items():
        feit = tabel.empty()
        if gezien.feit is not None:
            feit.sharpen(gezien.feit)
            tabel.eigen[plek] = feit.copy()
            tabel.getoond.add(plek)
        else:
            tabel.verborgen.add(plek)
        tabel.feiten[plek] = feit
        tabel.bestand[plek] = gezien.bestand
    tabel.openbaar = dict(blad.gepubliceerd)
    _take_beside(tabel.feiten, blad)
    _take_beside(tabel.eigen, blad)


def _take_beside(feiten: dict[Plek, Feit], blad: Blad) -> None:
    """Add what other tables, and others who publish, say of these cells."""
    for plek, feit in blad.elders.items():
        if plek in feiten or plek in blad.cellen:
            feiten.setdefault(plek, Feit(aandeel=feit.aandeel)).sharpen(feit)
    for plek, aandeel in blad.gepubliceerd.items():
        if plek in feiten:
            feiten[plek].sharpen(Feit(aandeel=aandeel))


def _take_other(tabel: Aanvalstabel, blad: Blad, naam: str) -> None:
    """Add what another publication shows or hides of the same persons."""
    for plek, gezien in blad.cellen.items():
        hier = tabel.eigen[plek] if plek in tabel.getoond else None
        if plek not in tabel.bestand:
            tabel.bestand[plek] = gezien.bestand
            tabel.feiten[plek] = tabel.empty()
            if gezien.feit is None:
                tabel.verborgen.add(plek)
        if gezien.feit is None:
            if hier is not None:
                tabel.verborgen_in[plek] = naam
            continue
        if hier is None and plek in tabel.verborgen:
            tabel.getoond_in[plek] = naam
        if hier is not None and not hier.agrees(gezien.feit):
            tabel.veranderd.setdefault(plek, []).append(Verandering(naam, gezien.feit, hier))
            continue
        if hier is not None and tabel.bestand[plek] != gezien.bestand:
            tabel.gelijk.add(plek)
        tabel.feiten[plek].sharpen(gezien.feit)
        tabel.eerder.setdefault(plek, tabel.empty()).sharpen(gezien.feit)
    _take_beside(tabel.feiten, blad)
    _take_beside(tabel.eerder, blad)


def add_truth(
    tabellen: Mapping[Reeks, Aanvalstabel], werk: duckdb.DuckDBPyConnection, huidig: Publicatie
) -> dict[tuple[Reeks, Plek], Waarheid]:
    """Add the true counts of cells made of the same delivered file as publication `huidig`; return those of all cells.

    Those of a cell that another file says otherwise tell which cells are sensitive, not how large they were.
    """
    heeft = {k for (k,) in werk.execute("select column_name from (describe cel_exact)").fetchall()}
    kanten = ", ".join(k if k in heeft else f"null as {k}" for k in _PER_KANT)
    gedeeld = {t.ander_id for t in huidig.tellingen}
    alle: dict[tuple[Reeks, Plek], Waarheid] = {}
    for rij in werk.execute(_EXACT.format(kanten=kanten)).fetchall():
        (indicator_id, uitsplitsing, herkomst, periode, peildatum, eind, levering_id, regio, branche,
         teller, noemer, werkgevers, grootste, tweede, *leden) = rij  # fmt: skip
        moment = moment_of(indicator_id, periode, peildatum, eind, gedeeld)
        reeks, plek = Reeks(indicator_id, uitsplitsing, herkomst, moment), (regio, branche)
        tabel = tabellen.get(reeks)
        if teller is None or tabel is None:
            continue
        waar = Waarheid(
            teller, noemer, werkgevers, grootste, tweede, _side(leden[:3]), _side(leden[3:]), tabel.is_aandeel
        )
        alle[reeks, plek] = waar
        if tabel.bestand.get(plek) == huidig.bestanden.get(levering_id, ""):
            tabel.waarheid[plek] = waar
            tabel.heeft_noemer |= noemer is not None
    return alle


def _side(kolommen: Sequence[Any]) -> Werkgevers | None:
    """Return the employers of one side; nothing where they are not known."""
    aantal, grootste, tweede = kolommen
    return None if aantal is None else Werkgevers(aantal, grootste or 0.0, tweede or 0.0)


def find_relations(pub: duckdb.DuckDBPyConnection, tabel: Aanvalstabel) -> list[Relatie]:
    """Return every margin with its parts: branches in a region, regions of one level in a larger region."""
    niveau, ouders = _regions_on(pub, tabel.dag)
    geldig = {rij[0] for rij in pub.execute(_BRANCHES, [tabel.dag]).fetchall()}
    regios = {regio for regio, _ in tabel.feiten}
    branches = {branche for _, branche in tabel.feiten}
    is_hele_lijst = branches >= geldig - MAG_ONTBREKEN
    # By the margin and the level that its parts are of; of branches there is none.
    delen: dict[tuple[Plek, str], set[Plek]] = defaultdict(set)
    for regio, branche in tabel.feiten:
        if branche not in GEHELEN:
            delen[(regio, TOTAAL), ""].add((regio, branche))
        for ouder in ouders.get(regio, ()):
            delen[(ouder, branche), niveau[regio]].add((regio, branche))
    uit = []
    for (rand, laag), groep in sorted(delen.items()):
        if rand in tabel.feiten:
            if not laag:
                is_compleet = is_hele_lijst and not any(regio == rand[0] for regio, _ in tabel.ontbreekt)
            else:
                kinderen = {r for r, n in niveau.items() if n == laag and rand[0] in ouders[r]}
                is_compleet = kinderen <= regios and not any((r, rand[1]) in tabel.ontbreekt for r in kinderen)
            soort = f"{niveau[rand[0]]} uit {laag}" if laag else "branches"
            uit.append(Relatie(rand, tuple(sorted(groep)), soort, is_compleet))
    return uit


def find_members(pub: duckdb.DuckDBPyConnection, dag: date) -> dict[str, frozenset[str]]:
    """Return of every region on a day of which arbeidsmarktregio's it is made; that is what an area is."""
    niveau, ouders = _regions_on(pub, dag)
    uit: dict[str, set[str]] = defaultdict(set)
    for regio, soort in niveau.items():
        if soort == Niveau.ARBEIDSMARKTREGIO:
            for gebied in (regio, *ouders[regio]):
                uit[gebied].add(regio)
    return {regio: frozenset(leden) for regio, leden in uit.items()}


def _regions_on(pub: duckdb.DuckDBPyConnection, dag: date) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the level of every region that exists on this day, and all regions each lies in."""
    niveau = dict(pub.execute(_REGIOS, [dag, dag]).fetchall())
    lid: dict[str, set[str]] = defaultdict(set)
    for kind, ouder in pub.execute(_LEDEN, [dag, dag]).fetchall():
        if kind in niveau and ouder in niveau:
            lid[kind].add(ouder)
    return niveau, {regio: _climb(lid, [regio]) for regio in niveau}


def _climb(lid: Mapping[str, set[str]], regios: Iterable[str]) -> set[str]:
    boven = {ouder for regio in regios for ouder in lid.get(regio, ())}
    return boven | _climb(lid, boven) if boven else boven


_PER_KANT = (
    "werkgevers_leden", "grootste_lid", "tweede_lid", "werkgevers_niet_leden", "grootste_niet_lid", "tweede_niet_lid",
)  # fmt: skip
_EXACT = """
select c.indicator_id, c.uitsplitsing, c.herkomst, c.periode, c.peildatum, p.eind, c.levering_id, c.regio_code,
       c.branche_code, c.teller, c.noemer, c.werkgevers, c.grootste_werkgever, c.tweede_werkgever, {kanten}
from cel_exact c join periode p on p.periode = c.periode
order by all
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
