"""Does a hidden figure go out by any way of open data? Every publication that can be asked for, and every change.

It reads what is hidden from the file of the publication of now itself, and beside it what is given out: the rows that
all forms and filters are made of, the file as a whole, and what the feeds and differences tell.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.lezen import data
from app.lezen.gevraagd import publication_of
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import publicaties
from app.uitgave import tabel
from app.uitgave.database import public_copy
from app.uitgave.velden import NAMEN
from app.uitgave.wijzigingen import between
from pipelines.afspraken.codelijsten import Herkomst, Status
from pipelines.afspraken.warehouse.verbinding import open_alone

Cel = tuple[str, str, str, str, str]
_CEL = ("indicator_id", "uitsplitsing", "regio_code", "branche_code", "periode")
_CIJFERS = ("waarde", "waarde_tot", "onder", "boven", "teller", "noemer", "n")
_VERBORGEN = f"status = '{Status.ONDERDRUKT}' and herkomst <> '{Herkomst.GEPUBLICEERD}'"
# All pairs of these many: more tell the same in another order.
_PUBLICATIES = 6


def leaks(warehouse: Path) -> list[str]:
    """Return each hidden figure that is given out, in words: by which way and in which publication; not the figure."""
    nu = publication_of(warehouse, None)
    verborgen = hidden(nu)
    gevonden: dict[str, None] = {}
    ids = [uitgave.publicatie_id for uitgave in publicaties.history(nu)]
    for publicatie_id in dict.fromkeys([data.publicatie(nu).publicatie_id, *ids]):
        merk = publication_of(warehouse, publicatie_id) if publicatie_id in ids else nu
        gevonden |= dict.fromkeys(_in_rows(merk, verborgen | hidden(merk), publicatie_id))
    gevonden |= dict.fromkeys(_in_file(nu, verborgen))
    for van, tot in itertools.permutations(ids[:_PUBLICATIES], 2):
        gevonden |= dict.fromkeys(_in_changes(nu, verborgen, van, tot))
    return list(gevonden)


def hidden(merk: Kenmerk) -> frozenset[Cel]:
    """Return the cells that the file of a publication says are hidden."""
    vraag = (
        f"select distinct {', '.join(f'coalesce({naam}, $leeg)' for naam in _CEL)} from waarneming where {_VERBORGEN}"
    )
    with open_alone(merk[0]) as con:
        return frozenset(con.execute(vraag, {"leeg": ""}).fetchall())


def _in_rows(merk: Kenmerk, verborgen: frozenset[Cel], publicatie_id: str) -> Iterator[str]:
    cel, cijfers = ([NAMEN.index(naam) for naam in namen] for namen in (_CEL, _CIJFERS))
    herkomst = NAMEN.index("herkomst")
    for voorbeeld in (False, True):
        for naam in data.indicatoren(merk):
            for rij in tabel.of_indicator(merk, naam, voorbeeld=voorbeeld).rijen:
                sleutel = tuple(str(rij[i] or "") for i in cel)
                if sleutel in verborgen and rij[herkomst] != Herkomst.GEPUBLICEERD and _tells(rij[i] for i in cijfers):
                    yield f"{_name(sleutel)}: staat in de cijfers van publicatie {publicatie_id}."


def _tells(waarden: Iterable[object]) -> bool:
    return any(waarde is not None for waarde in waarden)


def _in_file(nu: Kenmerk, verborgen: frozenset[Cel]) -> Iterator[str]:
    """Look in both copies of the database: at the figures, and at how sure they are."""
    iets = " or ".join(f"{naam} is not null" for naam in (*_CIJFERS, "standaardfout"))
    vraag = f"""select {", ".join(_CEL)} from waarneming
                where herkomst <> '{Herkomst.GEPUBLICEERD}' and ({iets})"""
    for voorbeeld in (False, True):
        kopie = public_copy(nu, voorbeeld)
        with open_alone(kopie.pad) as con:
            for rij in con.execute(vraag).fetchall():
                sleutel = tuple(str(deel or "") for deel in rij)
                if sleutel in verborgen:
                    yield f"{_name(sleutel)}: staat in {kopie.naam}."


def _in_changes(nu: Kenmerk, verborgen: frozenset[Cel], van: str, tot: str) -> Iterator[str]:
    verschil = between(nu, van, tot, voorbeeld=True)
    for c in verschil.cijfers if verschil else ():
        sleutel = tuple(str(getattr(c, naam) or "") for naam in _CEL)
        is_bekend = {c.herkomst_oud, c.herkomst_nieuw} <= {Herkomst.GEPUBLICEERD, None}
        if sleutel in verborgen and not is_bekend:
            yield f"{_name(sleutel)}: staat bij wat er veranderde van {van} naar {tot}."


def _name(cel: Iterable[str]) -> str:
    return ", ".join(deel for deel in cel if deel)
