"""All queries of the app: what the publication says, as small immutable rows.

Only `publicatie.duckdb` is opened, read-only. It is copied into memory in one go, so that a build can
swap the file at any moment: a run sees the old publication or the new one, never half of each.
"""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb

from app.lezen.catalogus import INDICATOREN
from app.lezen.geheugen import remember, remember_once
from app.lezen.oorsprong import BRONTEKST
from app.lezen.publicatie import decimalen, gekozen, volgen
from app.lezen.publicatie.openen import copy_of, read_alike
from app.lezen.rijen import (
    Branche,
    Doel,
    Indicator,
    Kenmerk,
    Publicatie,
    Regio,
    Resultaat,
    Trendbreuk,
    Verschil,
    Waarneming,
)
from app.lezen.versheid import VEROUDERD
from pipelines.afspraken.codelijsten import REGIONALE_NIVEAUS, Herkomst, Niveau, Schatting, sql_list
from pipelines.afspraken.warehouse.bewaard import kept
from pipelines.afspraken.warehouse.concept import is_concept
from pipelines.afspraken.warehouse.gaaf import archive_of, merk_of
from pipelines.afspraken.warehouse.verbinding import publication_id

BESTAND = "publicatie.duckdb"
T = TypeVar("T")
# Which publication was read under a Kenmerk: whoever goes on with it gets no figure of a newer one.
_EERST: dict[Kenmerk, str] = {}


class GeenPublicatieError(Exception):
    """There is no publication to read (yet)."""


def pad() -> Path:
    """Return where the publication is, or will be."""
    return _resolved(os.environ.get("REGIOMONITOR_WAREHOUSE") or "data/warehouse", os.getcwd()) / BESTAND


@functools.lru_cache(maxsize=16)
def _resolved(map_: str, werkmap: str) -> Path:
    """Return a folder in full; asked several times in every run, and the disk need not be."""
    return Path(werkmap, map_).resolve()


def kenmerk(bestand: Path | None = None) -> Kenmerk:
    """Return what tells this publication file from another one at the same path.

    Without a path that of the one to show: the one that is held, the chosen one, that of now, or where it is damaged
    the newest whole one.
    """
    if bestand is None and (vast := gekozen.held()) is not None:
        return vast
    if gevraagd := bestand or gekozen.chosen_file(pad().parent):
        merk = merk_of(gevraagd)
    else:
        merk = volgen.shown_now(pad().parent)
    if merk is None:
        raise GeenPublicatieError(str(bestand or pad()))
    return gekozen.under_now(merk)


def is_substitute(merk: Kenmerk) -> bool:
    """Whether this is shown in the place of the publication of now, which is damaged."""
    return merk[0] != str(pad()) and not is_concept(Path(merk[0]))


def archief(merk: Kenmerk) -> Path:
    """Return the folder with all kept publications."""
    return archive_of(Path(merk[0]))


@remember_once(2)
def _open(merk: Kenmerk) -> duckdb.DuckDBPyConnection:
    """Copy the publication into memory; the same one again where another stands in its place by now."""
    try:
        con = copy_of(Path(merk[0]))
        nu = publication_id(con)
        eerst = _EERST.setdefault(merk, nu)
        if eerst == nu:
            return con
        con.close()
        return copy_of(kept(archief(merk).parent)[eerst])
    except (duckdb.Error, KeyError) as fout:
        raise GeenPublicatieError(merk[0]) from fout


def _query(merk: Kenmerk, sql: str, waarden: Sequence[object] = ()) -> duckdb.DuckDBPyConnection:
    return _open(merk).cursor().execute(sql, list(waarden))


def _rows(merk: Kenmerk, soort: type[T], sql: str, waarden: Sequence[object] = ()) -> tuple[T, ...]:
    """Return the rows of an answer as objects."""
    return _as_objects(soort, haal_tabel(merk, sql, waarden))


def _as_objects(soort: type[T], tabel: Resultaat) -> tuple[T, ...]:
    """Return the rows as objects whose fields are the columns; empty text where there is no text."""
    tekst = {f.name for f in fields(soort) if f.type == "str"}  # type: ignore[arg-type]
    return tuple(
        soort(**{k: "" if v is None and k in tekst else v for k, v in zip(tabel.kolommen, rij, strict=True)})
        for rij in tabel.rijen
    )


def haal_tabel(merk: Kenmerk, sql: str, waarden: Sequence[object] = ()) -> Resultaat:
    """Return the answer to a query as plain rows."""
    resultaat = _query(merk, sql, waarden)
    return Resultaat(tuple(kolom[0] for kolom in resultaat.description or []), tuple(resultaat.fetchall()))


_VOORRANG = f"""
qualify row_number() over (
    partition by indicator_id, categorie, uitsplitsing, regio_code, niveau, branche_code, periode
    order by list_position({sql_list(Herkomst)}, herkomst),
             list_position({sql_list(Schatting)}, schatting)
) = 1
"""

# Which rows may be shown. In voorbeeldmodus made-up ones too, of an indicator and niveau without any real row: what is
# laid side by side within a niveau is wholly real or wholly made up. As the view beste_waarneming_voorbeeld has it,
# which publications of before do not have.
_ECHT = f"herkomst <> '{Herkomst.SYNTHETISCH}'"
_MET_VOORBEELD = f"""({_ECHT} or (indicator_id, niveau) not in (
    select (indicator_id, niveau) from waarneming where {_ECHT}))"""

# Figures with what the reader must know of them: `welke` says which, on columns that both tables have.
_WAARNEMINGEN = (
    """
with gekozen as (
    select indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode,
           any_value(precisie) as precisie, any_value(populatie) as populatie,
           any_value(bron) as bron, any_value(plek) as plek, any_value(kwaliteit) as kwaliteit,
           any_value(oorsprong) as oorsprong, any_value(geciteerd_door) as geciteerd_door,
           any_value(afbakening) as afbakening, bool_or(over_looptijd) as over_looptijd
    from gepubliceerd_cijfer
    where gekozen and {welke}
    group by all
),
w as (
    select * exclude (standaardfout) from waarneming
    where {welke} and {mag}
    {voorrang}
)
select w.*, g.precisie, g.populatie, g.afbakening, coalesce(g.over_looptijd, false) as is_over_looptijd,
       coalesce("""
    + BRONTEKST
    + """, l.leverancier) as bron,
       coalesce(g.plek, nullif(l.verwijzing, ''), l.bestand) as vindplaats,
       p.naam as periode_naam, p.soort as periode_soort, p.begin, p.eind,
       w.schatting <> '' or w.onder is not null or w.indicator_id in (select indicator_id from verschil)
           as is_steekproef,
       d.decimalen,
       """
    + VEROUDERD
    + f""" as verouderd,
       k.indicator_id is not null as is_kern,
       if(i.eenheid = 'cijfer' and w.categorie <> '', 'aandeel', i.eenheid) as eenheid
from w
join periode p using (periode)
left join indicator i on i.indicator_id = w.indicator_id
left join kernreeks k on k.indicator_id = w.indicator_id and k.plek = if(w.niveau = '{Niveau.LAND}', 'land', 'regio')
    and k.uitsplitsing = w.uitsplitsing and k.periode_soort = p.soort
left join gekozen g on w.herkomst = '{Herkomst.GEPUBLICEERD}' and g.indicator_id = w.indicator_id
    and g.categorie is not distinct from w.categorie and g.uitsplitsing is not distinct from w.uitsplitsing
    and g.regio_code = w.regio_code and g.branche_code = w.branche_code and g.periode = w.periode
left join (
    select levering_id, any_value(leverancier) as leverancier, any_value(verwijzing) as verwijzing,
           any_value(bestand) as bestand
    from levering group by levering_id
) l on l.levering_id = w.levering_id
"""
    + decimalen.KOPPELING
    + """
left join branche b on b.branche_code = w.branche_code
order by w.indicator_id, w.categorie, w.uitsplitsing, w.niveau, w.regio_code, b.volgorde, p.begin, p.eind
"""
)


def may_show(voorbeeld: bool) -> str:
    """Return the condition on rows of waarneming that may be shown: real, or by the rule made up; never a model's."""
    return f"schatting <> '{Schatting.MODEL}' and {_MET_VOORBEELD if voorbeeld else _ECHT}"


@remember_once(4)
def _per_indicator(merk: Kenmerk, voorbeeld: bool) -> dict[str, tuple[Waarneming, ...]]:
    """Return every figure to show, by indicator: asked in one go, which takes as long as ten indicators apart."""
    vraag = _query(merk, _WAARNEMINGEN.format(welke="true", mag=may_show(voorbeeld), voorrang=_VOORRANG))
    groepen = itertools.groupby(read_alike(Waarneming, vraag), key=lambda rij: rij.indicator_id)
    return {naam: tuple(groep) for naam, groep in groepen}


def waarnemingen(merk: Kenmerk, indicator_id: str, voorbeeld: bool) -> tuple[Waarneming, ...]:
    """Return every figure to show of one indicator: the best one per key, in geographic order.

    Without `voorbeeld` real ones only: what judges takes those.
    """
    return _per_indicator(merk, voorbeeld).get(indicator_id, ())


@remember(200)
def waarnemingen_van_groep(
    merk: Kenmerk, regio_code: str, branche_code: str, uitsplitsing: str, periode: str, voorbeeld: bool
) -> tuple[Waarneming, ...]:  # fmt: skip
    """Return every figure of one group in one period: all indicators, and each schatting and herkomst to show."""
    welke = "regio_code = $1 and branche_code = $2 and coalesce(uitsplitsing, '') = $3 and periode = $4"
    return figures_where(merk, welke, may_show(voorbeeld), [regio_code, branche_code, uitsplitsing, periode])


def figures_where(merk: Kenmerk, welke: str, mag: str, waarden: Sequence[object]) -> tuple[Waarneming, ...]:
    """Return the figures of which both hold; `welke` also chooses the published figure that one is taken from."""
    return _rows(merk, Waarneming, _WAARNEMINGEN.format(welke=welke, mag=mag, voorrang=""), waarden)


@remember(200)
def waarnemingen_van_regios(merk: Kenmerk, codes: tuple[str, ...], voorbeeld: bool) -> tuple[Waarneming, ...]:
    """Return, of all indicators, every figure over all branches to show of these regions: the best one per key."""
    return tuple(
        rij
        for indicator_id in _per_indicator(merk, voorbeeld)
        for rij in waarnemingen(merk, indicator_id, voorbeeld)
        if rij.regio_code in codes and rij.branche_code == "TOTAAL"
    )


@remember(4)
def indicatoren(merk: Kenmerk) -> dict[str, Indicator]:
    """Return the catalogue, in its own order, by id."""
    rijen = _rows(merk, Indicator, INDICATOREN)
    return {rij.indicator_id: rij for rij in rijen}


@remember(4)
def regios(merk: Kenmerk) -> dict[str, Regio]:
    """Return all regions above gemeente, in code order, by code."""
    rijen = _rows(merk, Regio, f"from regio where niveau <> '{Niveau.GEMEENTE}' order by regio_code")
    return {rij.regio_code: rij for rij in rijen}


@remember(4)
def branches(merk: Kenmerk) -> dict[str, Branche]:
    """Return the branches in their own order, by code."""
    sql = "select branche_code, naam, naam_kort, toelichting from branche order by volgorde"
    return {rij.branche_code: rij for rij in _rows(merk, Branche, sql)}


def names(merk: Kenmerk) -> dict[str, str]:
    """Return the names of regions and branches by code."""
    return {code: deel.naam for soort in (regios(merk), branches(merk)) for code, deel in soort.items()}


@remember(100)
def wgo_van_regio(merk: Kenmerk, dag: date) -> dict[str, str]:
    """Return, per arbeidsmarktregio, its WGO on that day; before 2018 the WGO's of 2018 hold."""
    tabel = haal_tabel(
        merk,
        """
        select kind_code, arg_min(ouder_code, abs(date_diff('day', $1::date, van))) as ouder_code
        from (
            select kind_code, ouder_code, coalesce(geldig_van, date '0001-01-01') as van
            from regio_lid
            where kind_code like 'RA%' and ouder_code like 'WGO%'
              and coalesce(geldig_tot, date '9999-12-31') >= greatest($1::date, date '2018-01-01')
              and coalesce(geldig_van, date '0001-01-01') <= greatest($1::date, date '2018-01-01')
        )
        group by kind_code
        """,
        [dag],
    )
    return {str(kind): str(ouder) for kind, ouder in tabel.rijen}


@remember(4)
def trendbreuken(merk: Kenmerk) -> tuple[Trendbreuk, ...]:
    """Return every known break."""
    return _rows(merk, Trendbreuk, "from trendbreuk order by indicator_id, datum")


@remember(4)
def doelen(merk: Kenmerk) -> tuple[Doel, ...]:
    """Return every ambition, in order of indicator and region."""
    return _rows(merk, Doel, "from doel order by indicator_id, regio_code, doeljaar")


@remember(4)
def verschillen(merk: Kenmerk) -> tuple[Verschil, ...]:
    """Return the verdict of every test of real answers; publications of before tested made-up ones too."""
    sql = f"""
        select v.*, p.naam as vorige_naam
        from (select * exclude (standaardfout, p, p_bh) from verschil) v
        left join periode p on p.periode = v.periode_vorig
        where v.herkomst <> '{Herkomst.SYNTHETISCH}'
        order by indicator_id, categorie, v.soort, regio_code, v.periode
    """
    return _rows(merk, Verschil, sql)


@remember(4)
def publicatie(merk: Kenmerk) -> Publicatie:
    """Return the one row that says what this publication is."""
    return _rows(merk, Publicatie, "from publicatie order by gemaakt_op desc limit 1")[0]


@remember(8)
def niveaus_per_indicator(merk: Kenmerk, voorbeeld: bool) -> dict[str, tuple[str, ...]]:
    """Return, per indicator with regional figures, the regional levels that have any."""
    tabel = haal_tabel(
        merk,
        f"""
        select indicator_id, list(distinct niveau) from waarneming join indicator using (indicator_id)
        where niveau in {sql_list(REGIONALE_NIVEAUS)} and {may_show(voorbeeld)}
        group by indicator_id, volgorde order by volgorde, indicator_id
        """,
    )
    return {str(i): tuple(n for n in REGIONALE_NIVEAUS if n in lijst) for i, lijst in tabel.rijen}


@remember(4)
def vulling_per_indicator(merk: Kenmerk, voorbeeld: bool) -> dict[str, tuple[float, date]]:
    """Return, per indicator with regional figures, the largest share of a level's areas with one, and when last so."""
    sql = f"""
        select indicator_id, vol, max(eind) from (
            select indicator_id, niveau, periode, least(1, count(distinct regio_code) / any_value(gebieden)) as vol
            from waarneming join (select niveau, count(*) as gebieden from regio where geldig_tot is null group by all)
                using (niveau)
            where niveau in {sql_list(REGIONALE_NIVEAUS)} and waarde is not null and {may_show(voorbeeld)}
            group by indicator_id, niveau, periode) join periode using (periode)
        group by indicator_id, vol qualify row_number() over (partition by indicator_id order by vol desc) = 1
    """
    return {str(i): (float(vol), eind) for i, vol, eind in haal_tabel(merk, sql).rijen}
