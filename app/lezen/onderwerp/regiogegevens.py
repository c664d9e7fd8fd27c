"""Queries about one region: regions like it, ambitions, its WGO's, and which figures other regions have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.lezen import data
from app.lezen.data import haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Doel, Kenmerk, Waarneming
from pipelines.afspraken.codelijsten import AFWEZIG, TOTAAL, Herkomst, Niveau, sql_list


@dataclass(frozen=True, slots=True)
class Gelijkende:
    """One region like another, with what it is compared on."""

    regio_code: str
    branches_gelijk: float
    werknemers: float
    stedelijk: float
    periode: str


@dataclass(frozen=True, slots=True)
class Elders:
    """In how many regions of a level one real figure is known."""

    indicator_id: str
    uitsplitsing: str
    periode: str
    naam: str
    eind: date
    regios: int
    # Whether these regions are together the figure of Nederland: the others then have none to deliver.
    is_heel: bool = False


@remember(100)
def gelijkende(merk: Kenmerk, regio_code: str) -> tuple[Gelijkende, ...]:
    """Return the regions like this one, the nearest first; nothing where that would rest on made-up employees."""
    tabel = haal_tabel(
        merk,
        f"""
        select g.gelijkende_code, g.branches_gelijk, k.werknemers, k.stedelijk, coalesce(p.naam, k.periode)
        from gelijkende_regio g
        join regiokenmerk k on k.regio_code = g.gelijkende_code
        left join periode p using (periode)
        where g.regio_code = $1 and g.herkomst <> '{Herkomst.SYNTHETISCH}'
        order by g.rang
        """,
        [regio_code],
    )
    return tuple(Gelijkende(*rij) for rij in tabel.rijen)


@remember(100)
def kenmerk_van(merk: Kenmerk, regio_code: str) -> Gelijkende | None:
    """Return what a region itself is compared on."""
    tabel = haal_tabel(
        merk,
        f"""
        select k.regio_code, 1::double, k.werknemers, k.stedelijk, coalesce(p.naam, k.periode)
        from regiokenmerk k left join periode p using (periode)
        where k.regio_code = $1 and k.herkomst <> '{Herkomst.SYNTHETISCH}'
        """,
        [regio_code],
    )
    return Gelijkende(*tabel.rijen[0]) if tabel.rijen else None


@remember(100)
def ambities(merk: Kenmerk, regio_codes: tuple[str, ...]) -> tuple[Doel, ...]:
    """Return the ambitions of these regions, by indicator and year."""
    sql = """
        select d.indicator_id, d.regio_code, d.nuljaar, d.nulwaarde, d.doeljaar, d.doelwaarde, coalesce(d.bron, '')
        from doel d left join indicator i using (indicator_id)
        where list_contains($1, d.regio_code) order by i.volgorde, d.doeljaar, d.regio_code
    """
    return tuple(Doel(*rij) for rij in haal_tabel(merk, sql, [list(regio_codes)]).rijen)


@remember(4)
def wgos_met_cijfers(merk: Kenmerk) -> frozenset[str]:
    """Return the WGO's that have a figure of any kind."""
    tabel = haal_tabel(merk, f"select distinct regio_code from waarneming where niveau = '{Niveau.WGO}'")
    return frozenset(str(rij[0]) for rij in tabel.rijen)


@remember(100)
def indicatoren_van(merk: Kenmerk, regio_code: str, voorbeeld: bool) -> tuple[str, ...]:
    """Return the indicators that have a figure for one region as a whole, in the order of the catalogue."""
    tabel = haal_tabel(
        merk,
        f"""
        select indicator_id from indicator where indicator_id in (
            select indicator_id from waarneming
            where regio_code = $1 and branche_code = '{TOTAAL}' and coalesce(categorie, '') = ''
              and waarde is not null and {data.may_show(voorbeeld)}
        ) order by volgorde, indicator_id
        """,
        [regio_code],
    )
    return tuple(str(rij[0]) for rij in tabel.rijen)


@remember(2)
def areas_per_indicator(merk: Kenmerk, voorbeeld: bool) -> dict[str, frozenset[str]]:
    """Return the areas that have a figure, by indicator."""
    mag = data.may_show(voorbeeld)
    sql = (
        f"select indicator_id, list(distinct regio_code) from waarneming where waarde is not null and {mag} group by 1"
    )
    return {str(naam): frozenset(codes) for naam, codes in haal_tabel(merk, sql).rijen}


def members(merk: Kenmerk, regio_code: str, dag: date) -> tuple[str, ...]:
    """Return the arbeidsmarktregio's of an area on a day: those of a WGO, or the region itself."""
    if data.regios(merk)[regio_code].niveau != Niveau.WGO:
        return (regio_code,)
    return tuple(sorted(ra for ra, wgo in data.wgo_van_regio(merk, dag).items() if wgo == regio_code))


@remember(4)
def municipalities(merk: Kenmerk) -> tuple[tuple[str, str], ...]:
    """Return the name of each municipality of now with the arbeidsmarktregio in which it lies, by name."""
    tabel = haal_tabel(
        merk,
        f"""
        select r.naam, l.ouder_code
        from regio r
        join regio_lid l on l.kind_code = r.regio_code and l.ouder_code like 'RA%' and l.geldig_tot is null
        where r.niveau = '{Niveau.GEMEENTE}' and r.geldig_tot is null
        order by r.naam, l.ouder_code
        """,
    )
    return tuple((str(naam), str(code)) for naam, code in tabel.rijen)


@remember(100)
def wgos_ever(merk: Kenmerk, regio_code: str) -> tuple[str, ...]:
    """Return every WGO that an arbeidsmarktregio belongs or belonged to, in the order of their codes."""
    sql = "select distinct ouder_code from regio_lid where kind_code = ? and ouder_code like 'WGO%' order by 1"
    return tuple(str(rij[0]) for rij in haal_tabel(merk, sql, [regio_code]).rijen)


_ELDERS = f"""
with geheel as (
    select indicator_id, uitsplitsing, periode, any_value(waarde) as waarde, any_value(teller) as teller,
           any_value(noemer) as noemer
    from waarneming join indicator using (indicator_id)
    where niveau = '{Niveau.LAND}' and branche_code = '{TOTAAL}' and categorie = ''
      and herkomst <> '{Herkomst.SYNTHETISCH}'
      and (noemer is not null or eenheid in ('aantal', 'personen', 'vacatures', 'euro'))
    group by all
)
select indicator_id, uitsplitsing, periode, any_value(p.naam) as naam, any_value(p.eind) as eind,
       count(distinct regio_code) as regios,
       coalesce(any_value(if(g.noemer is null, [g.waarde], [g.teller, g.noemer]))
           = if(any_value(g.noemer) is null, [sum(w.waarde)], [sum(w.teller), sum(w.noemer)]), false) as is_heel
from waarneming w join periode p using (periode)
left join geheel g using (indicator_id, uitsplitsing, periode)
where niveau = $1 and branche_code = '{TOTAAL}' and categorie = ''
  and status not in {sql_list(AFWEZIG)} and herkomst <> '{Herkomst.SYNTHETISCH}'
  and regio_code in (select regio_code from regio where niveau = $1 and coalesce(geldig_tot, $2) >= $2)
group by indicator_id, uitsplitsing, periode
order by indicator_id, uitsplitsing, eind
"""


@remember(12)
def elsewhere(merk: Kenmerk, niveau: str, dag: date) -> tuple[tuple[Elders, ...], int]:
    """Return which figures exist at a level in how many regions, and how many regions it has that still exist."""
    rijen = haal_tabel(merk, _ELDERS, [niveau, dag]).rijen
    sql = "select count(*) from regio where niveau = $1 and coalesce(geldig_tot, $2) >= $2"
    aantal = haal_tabel(merk, sql, [niveau, dag]).rijen[0][0]
    return tuple(Elders(*rij) for rij in rijen), int(aantal)


def is_whole(merk: Kenmerk, een: Waarneming | None) -> bool:
    """Whether the areas with a real figure like this one are together Nederland: of the others nothing is missing."""
    if een is None or een.branche_code != TOTAAL or een.categorie:
        return False
    elders, _ = elsewhere(merk, een.niveau, data.publicatie(merk).gemaakt_op.date())
    dit = (een.indicator_id, een.uitsplitsing, een.periode)
    return any(e.is_heel and (e.indicator_id, e.uitsplitsing, e.periode) == dit for e in elders)
