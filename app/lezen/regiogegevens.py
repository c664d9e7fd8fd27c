"""Queries of the page Mijn regio: regions like this one, ambitions, actions, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.lezen import data
from app.lezen.data import haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Doel, Kenmerk
from pipelines.afspraken.codelijsten import TOTAAL, Herkomst, Niveau


@dataclass(frozen=True, slots=True)
class Gelijkende:
    """One region like another, with what it is compared on."""

    regio_code: str
    branches_gelijk: float
    werknemers: float
    stedelijk: float
    periode: str


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


def members(merk: Kenmerk, regio_code: str, dag: date) -> tuple[str, ...]:
    """Return the arbeidsmarktregio's of an area on a day: those of a WGO, or the region itself."""
    if not regio_code.startswith("WGO"):
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
