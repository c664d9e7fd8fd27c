"""What one publication says of confidential persons, cell by cell; nothing here knows the suppressor.

A cell is known by what it is: the persons of a branche in a region on a day. The file it was delivered in, and the
period it is told under, are no part of that: another publication may give the same persons under another.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipelines.aanval.aanval import Feit, Plek
from pipelines.afspraken.codelijsten import Herkomst, Status
from pipelines.afspraken.warehouse.verbinding import open_alone

# Counts are shown in tens and shares in whole percents, half up: 735 to 744 persons are shown as 740.
TIEN, ONDER_TIEN, BOVEN_TIEN, HALF_PROCENT = 10, 5, 4, 0.005
# Figures from before this day may carry the regions of this day.
EERSTE_DAG = date(2018, 1, 1)
KRAP = 1e-9


class Reeks(NamedTuple):
    """One table to an attacker: an indicator, its uitsplitsing and herkomst, and the day (or else period) it is of."""

    indicator_id: str
    uitsplitsing: str
    herkomst: str
    moment: str


class Telling(NamedTuple):
    """A side of an indicator that counts the same persons as a side of a confidential one."""

    indicator_id: str
    eigen: str
    uitsplitsing: str
    ander_id: str
    kant: str


class Gezien(NamedTuple):
    """What is seen of one cell: its figures, or nothing where it is hidden; and the delivered file behind it."""

    feit: Feit | None
    bestand: str


@dataclass
class Blad:
    """One table as one publication shows it: its day and period, what adds up, and what is seen of each cell.

    `elders`: figures of other indicators that count the same persons; `gepubliceerd`: shares that others publish.
    """

    dag: date
    periode: str
    is_optelbaar: bool
    is_aandeel: bool
    heeft_noemer: bool = False
    kan_negatief: bool = False
    cellen: dict[Plek, Gezien] = field(default_factory=dict)
    ontbreekt: set[Plek] = field(default_factory=set)
    elders: dict[Plek, Feit] = field(default_factory=dict)
    gepubliceerd: dict[Plek, tuple[float, float]] = field(default_factory=dict)


@dataclass
class Publicatie:
    """One publication to an attacker: by the name of its file, its tables, and which file each delivery was."""

    naam: str
    bladen: dict[Reeks, Blad]
    tellingen: frozenset[Telling]
    bestanden: dict[str, str]


def read_publication(
    pad: Path, geheim: Collection[tuple[str, str, str, str]] = (), bekend: Collection[Telling] = ()
) -> Publicatie | None:
    """Return what one publication says of confidential tables; nothing of one that is damaged.

    `geheim`: (indicator, uitsplitsing, herkomst, period) that are confidential besides what the publication calls so.
    `bekend`: what counts the same persons, where a publication is too old to say so itself.
    """
    try:
        with open_alone(pad) as pub:
            eigen = read_tellingen(pub)
            tellingen = eigen | frozenset(bekend)
            bladen = _read_cells(pub, geheim, {t.ander_id for t in tellingen})
            _add_published(pub, bladen)
            for telling in sorted(tellingen):
                _add_same_persons(pub, bladen, telling)
            bestanden = dict(pub.execute(_BESTANDEN).fetchall())
    except duckdb.Error:
        return None
    return Publicatie(pad.stem, bladen, tellingen, bestanden)


def read_tellingen(con: duckdb.DuckDBPyConnection) -> frozenset[Telling]:
    """Return what counts the same persons; nothing where a publication is from before that was said."""
    er_is = con.execute("select 1 from duckdb_tables() where table_name = 'telt_zoals'").fetchone()
    return frozenset(Telling(*rij) for rij in con.execute("from telt_zoals").fetchall()) if er_is else frozenset()


def moment_of(indicator_id: str, periode: str, peildatum: date | None, eind: date, gedeeld: Collection[str]) -> str:
    """Return of when a cell is: the day its persons are counted, or the period where it may be a flow."""
    if peildatum is not None:
        return peildatum.isoformat()
    return eind.isoformat() if indicator_id in gedeeld else periode


def _read_cells(
    pub: duckdb.DuckDBPyConnection, geheim: Collection[tuple[str, str, str, str]], gedeeld: Collection[str]
) -> dict[Reeks, Blad]:
    kolommen = {k for (k,) in pub.execute("select column_name from (describe levering)").fetchall()}
    per_levering = "coalesce(cast(l.vertrouwelijk as varchar) in ('true', 'ja'), false)"
    vraag = _CELLEN.format(levering=per_levering if "vertrouwelijk" in kolommen else "false")
    bladen: dict[Reeks, Blad] = {}
    for rij in pub.execute(vraag).fetchall():
        (indicator_id, uitsplitsing, herkomst, periode, bestand, regio, branche, peildatum, eind, is_optelbaar,
         is_aandeel, is_geheim, status, waarde, teller, noemer) = rij  # fmt: skip
        if not is_geheim and (indicator_id, uitsplitsing, herkomst, periode) not in geheim:
            continue
        moment = moment_of(indicator_id, periode, peildatum, eind, gedeeld)
        leeg = Blad(max(peildatum or eind, EERSTE_DAG), periode, is_optelbaar, is_aandeel)
        blad = bladen.setdefault(Reeks(indicator_id, uitsplitsing, herkomst, moment), leeg)
        plek = (regio, branche)
        feit = make_feit(waarde, teller, noemer, is_aandeel=is_aandeel)
        if status == Status.ONDERDRUKT:
            blad.cellen[plek] = Gezien(None, bestand)
        elif feit is not None:
            blad.cellen[plek] = Gezien(feit, bestand)
            blad.heeft_noemer |= noemer is not None
            blad.kan_negatief |= teller is not None and teller < 0
        elif status == Status.ONTBREEKT:
            blad.ontbreekt.add(plek)
    return bladen


def make_feit(waarde: float | None, teller: float | None, noemer: float | None, *, is_aandeel: bool) -> Feit | None:
    """Return what a shown cell tells: each figure within its rounding; nothing where no figure stands."""
    if noemer is None and teller is None and not is_aandeel:
        teller = waarde
    if teller is None and noemer is None and waarde is None:
        return None
    feit = Feit(aandeel=(0.0, 1.0 if is_aandeel else float("inf")))
    if teller is not None:
        feit.teller = around(teller)
    if noemer is not None:
        feit.noemer = around(noemer)
    if is_aandeel and waarde is not None:
        feit.aandeel = share_around(waarde)
    return feit


def around(aantal: float) -> tuple[float, float]:
    """Return which counts are shown as this one: 735 to 744 as 740; one that is not in tens is itself."""
    if aantal % TIEN != 0:
        return (aantal, aantal)
    onder = aantal - ONDER_TIEN
    return (max(0.0, onder) if aantal >= 0 else onder, aantal + BOVEN_TIEN)


def share_around(waarde: float) -> tuple[float, float]:
    """Return which shares are shown as this one; one that is not in whole percents is itself."""
    half = HALF_PROCENT if abs(waarde * 100 - round(waarde * 100)) < KRAP * 100 else KRAP
    return max(0.0, waarde - half), min(1.0, waarde + half)


def _add_published(pub: duckdb.DuckDBPyConnection, bladen: dict[Reeks, Blad]) -> None:
    """Note the shares that others publish of the same cells: everybody knows those."""
    for reeks, blad in bladen.items():
        sleutel = (reeks.indicator_id, reeks.uitsplitsing, blad.periode)
        for regio, branche, waarde in pub.execute(_GEPUBLICEERD, sleutel).fetchall():
            blad.gepubliceerd[regio, branche] = (max(0.0, waarde - HALF_PROCENT), min(1.0, waarde + HALF_PROCENT))


def _add_same_persons(pub: duckdb.DuckDBPyConnection, bladen: dict[Reeks, Blad], telling: Telling) -> None:
    """Note what an indicator that counts the same persons shows of them."""
    rijen: list[tuple[Any, ...]] = [
        rij for rij in pub.execute(_ZELFDE, [telling.eigen, telling.indicator_id, telling.uitsplitsing]).fetchall()
        if rij[4] is not None
    ]  # fmt: skip
    is_rond = all(aantal % TIEN == 0 for *_, aantal in rijen)
    for herkomst, dag, regio, branche, aantal in rijen:
        # Who publishes it does not matter: the persons are those of the real table.
        van = Herkomst.LEVERING if herkomst == Herkomst.GEPUBLICEERD else herkomst
        blad = bladen.get(Reeks(telling.ander_id, "", van, dag.isoformat()))
        if blad is not None:
            feit = blad.elders.setdefault(
                (regio, branche), Feit(aandeel=(0.0, 1.0 if blad.is_aandeel else float("inf")))
            )
            setattr(feit, telling.kant, around(aantal) if is_rond else (aantal, aantal))


_BESTANDEN = "select levering_id, string_agg(sha256, ' ' order by tabel) as sha256 from levering group by levering_id"
_CELLEN = f"""
with l as (
    select b.levering_id, b.sha256, bool_or({{levering}}) as is_geheim
    from ({_BESTANDEN}) b join levering l using (levering_id) group by all
)
select w.indicator_id, w.uitsplitsing, w.herkomst, w.periode, coalesce(l.sha256, ''), w.regio_code, w.branche_code,
       w.peildatum, p.eind, i.optelbaar, i.eenheid = 'aandeel',
       i.vertrouwelijk is not null or coalesce(l.is_geheim, false), w.status, w.waarde, w.teller, w.noemer
from waarneming w
join indicator i on i.indicator_id = w.indicator_id
join periode p on p.periode = w.periode
left join l on l.levering_id = w.levering_id
where w.herkomst <> 'gepubliceerd' and w.categorie = '' and w.schatting = ''
order by all
"""
_GEPUBLICEERD = """
select regio_code, branche_code, waarde from waarneming join indicator i using (indicator_id)
where herkomst = 'gepubliceerd' and categorie = '' and i.eenheid = 'aandeel' and waarde is not null
  and waarde_tot is null and indicator_id = ? and uitsplitsing = ? and periode = ?
"""
_ZELFDE = """
select w.herkomst, coalesce(w.peildatum, p.eind), w.regio_code, w.branche_code,
       if(? = 'noemer', w.noemer, coalesce(w.teller, if(w.noemer is null, w.waarde, null)))
from waarneming w join periode p on p.periode = w.periode
where w.indicator_id = ? and w.uitsplitsing = ? and w.categorie = '' and w.waarde_tot is null
order by all
"""
