"""What one area may see of a concept before its release; only the file of that area is opened, and what is published.

A cell that the publication of now hides stays hidden here too, also where that was decided after the concept was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from app.lezen.geheugen import remember
from app.lezen.verschil.publicatieverschil import Cijferwijziging, compare_own
from pipelines.afspraken.codelijsten import AFWEZIG, Status
from pipelines.afspraken.eigenrijen import AANDACHT, INGETROKKEN, OPZIJ
from pipelines.afspraken.verborgen import is_hidden, mark_hidden
from pipelines.afspraken.warehouse.concept import own_publication
from pipelines.afspraken.warehouse.gaaf import Merk, merk_of, newest_whole
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG, attach_alone

_WELKE = "select publicatie_id, gemaakt_op from eigen.publicatie"
_CIJFERS = f"""
select w.indicator_id, i.titel, i.eenheid, w.categorie, w.uitsplitsing, w.regio_code, w.branche_code, w.periode,
       p.naam, w.schatting, w.herkomst, w.waarde, w.waarde_tot, w.n, w.status, w.is_voorlopig, w.levering_id
from eigen.waarneming w join eigen.indicator i using (indicator_id) join eigen.periode p using (periode)
where not ({is_hidden("w")}) or w.status = '{Status.ONDERDRUKT}'
order by i.volgorde, w.regio_code, w.branche_code, p.begin, p.eind, w.categorie, w.uitsplitsing, w.schatting
"""
_LEVERINGEN = f"""
select l.levering_id, l.bron_titel, l.tabel, l.leverancier, l.periode, l.ontvangen, l.rijen, l.rijen_gebruikt,
       count(*) filter (where k.controle not in ('{AANDACHT}', '{OPZIJ}')) as controles,
       bool_or(k.controle = '{OPZIJ}') as is_opzij,
       coalesce(string_agg(concat_ws(', ', k.kolom, 'rij ' || k.melding), '; ' order by k.kolom)
           filter (where k.controle = '{AANDACHT}'), '') as aandacht
from eigen.levering l join eigen.kwaliteit k using (levering_id, tabel)
group by all order by l.ontvangen desc, l.levering_id, l.tabel
"""
_INGETROKKEN = f"select levering_id from eigen.kwaliteit where controle = '{INGETROKKEN}' order by all"


@dataclass(frozen=True, slots=True)
class EigenCijfer:
    """One figure of the area as the concept has it."""

    indicator_id: str
    titel: str
    eenheid: str
    categorie: str
    uitsplitsing: str
    regio_code: str
    branche_code: str
    periode: str
    periode_naam: str
    schatting: str
    herkomst: str
    waarde: float | None
    waarde_tot: float | None
    n: int | None
    status: str
    is_voorlopig: bool
    levering_id: str


@dataclass(frozen=True, slots=True)
class EigenLevering:
    """One delivered table with rows of the area: how many, how many checks they passed, and what asks for a look."""

    levering_id: str
    bron: str
    tabel: str
    leverancier: str
    periode: str
    ontvangen: date
    rijen: int
    rijen_gebruikt: int
    controles: int
    is_opzij: bool
    aandacht: str


@dataclass(frozen=True)
class Vooraf:
    """What one area sees of a concept: of which one, what changes, all its figures, and the deliveries behind them."""

    publicatie_id: str
    gemaakt_op: datetime
    wijzigingen: tuple[Cijferwijziging, ...]
    cijfers: tuple[EigenCijfer, ...]
    leveringen: tuple[EigenLevering, ...]
    ingetrokken: tuple[str, ...]


def find(warehouse: Path, code: str) -> Merk | None:
    """Return the file of what this area sees before release; nothing where there is none."""
    pad = own_publication(warehouse, code)
    return merk_of(pad) if pad else None


def read(warehouse: Path, merk: Merk) -> Vooraf | None:
    """Return what stands in that file, beside the publication of now; nothing where it cannot be read any more."""
    nu = newest_whole(warehouse)
    try:
        return _read(merk, merk_of(nu) if nu else None)
    except duckdb.Error:
        return None


@remember(50)
def _read(merk: Merk, nu: Merk | None) -> Vooraf:
    bestand = Path(merk[0])
    with duckdb.connect(config=DUCKDB_CONFIG) as con:
        attach_alone(con, eigen=bestand, **({"nu": nu[0]} if nu else {}))
        mark_hidden(con, ["nu", "eigen"] if nu else ["eigen"], ["eigen"])
        ((publicatie_id, gemaakt_op),) = con.execute(_WELKE).fetchall()
        cijfers = tuple(EigenCijfer(*rij) for rij in con.execute(_CIJFERS).fetchall())
        leveringen = tuple(EigenLevering(*rij) for rij in con.execute(_LEVERINGEN).fetchall())
        weg = tuple(str(levering_id) for (levering_id,) in con.execute(_INGETROKKEN).fetchall())
    wijzigingen = compare_own(Path(nu[0]), bestand) if nu else ()
    # That there is still no figure is no change of one.
    wijzigingen = tuple(w for w in wijzigingen if w.soort != "nieuw" or w.status_nieuw not in AFWEZIG)
    return Vooraf(publicatie_id, gemaakt_op, wijzigingen, cijfers, leveringen, weg)
