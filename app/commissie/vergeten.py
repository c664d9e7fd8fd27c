"""Taking a person out of the committee's history: the name goes, what was decided stays, and the chain is made anew."""

from __future__ import annotations

import re
import secrets
import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.commissie.bank.keten import BEGIN, link_row
from app.commissie.bank.opslag import KOP, Opslag, open_as_owner
from app.commissie.bank.tabellen import BEWAAR, LAAT_LOS, VAN_POST, WIJZIGING
from app.commissie.bank.verbinden import WACHT_S
from app.commissie.model import Wijziging
from pipelines.afspraken.schrift.naam import is_same_name, name_pattern

# What a restore put aside under another name.
_OPZIJ = re.compile(r"wijziging_tot_\w+", re.ASCII)
_PSEUDONIEM = re.compile(r"vergeten-[0-9a-f]{8}")
_Ander = tuple[sa.TableClause, int, dict[str, str]]


@dataclass(frozen=True)
class Vergeten:
    """What stood under the name, and what stands there now: changes written by the person, and texts that name one.

    `is_gewist`: nothing of before is left in a corner of the file either.
    """

    pseudoniem: str
    als_schrijver: int
    in_teksten: int
    is_gewist: bool = True


@dataclass(frozen=True)
class _Persoon:
    """One person as the history has one."""

    naam: str
    pseudoniem: str
    ook_in_teksten: bool

    def clean(self, rij: Mapping[str, Any]) -> dict[str, str]:
        """Return what of a row is to be otherwise."""
        anders = {}
        if is_same_name(str(rij["wie"]), self.naam):
            anders["wie"] = self.pseudoniem
        patroon = name_pattern(self.naam)
        if self.ook_in_teksten and patroon.search(rij["tekst"]):
            anders["tekst"] = patroon.sub(self.pseudoniem, rij["tekst"])
        return anders


def forget(warehouse: Path, naam: str, *, ook_in_teksten: bool, proef: bool) -> Vergeten:
    """Replace a person in every change by a pseudonym that leads nowhere; with `proef` only count.

    The history begins anew after it: a head or an anchor of before no longer fits. A backup of before that comes back
    where this history is keeps what is here; see `is_forgotten`.

    Raises:
        KetenError: the history was tampered with; nothing changed.
        OpslagError: the database does not answer, or this role may not; nothing changed.
    """
    opslag = open_as_owner(warehouse)
    persoon = _Persoon(naam, f"vergeten-{secrets.token_hex(4)}", ook_in_teksten)
    with opslag.transaction(schrijf=not proef) as con:
        tabellen = [sa.table(t, *(sa.column(k) for k in ("nummer", "wie", "tekst"))) for t in _tables(con)]
        anders = [(tabel, nummer, velden) for tabel in tabellen for nummer, velden in _changes(con, tabel, persoon)]
        uit = Vergeten(
            persoon.pseudoniem, sum("wie" in velden for _, _, velden in anders),
            sum("tekst" in velden for _, _, velden in anders),
        )  # fmt: skip
        if proef:
            return uit
        if anders:
            _replace(opslag, con, anders)
    # Also where there was nothing left to replace: one that was cut off after that goes on here. What was seen before
    # belongs to the history with the name.
    (Path(warehouse) / KOP).unlink(missing_ok=True)
    uit = replace(uit, is_gewist=_wipe(opslag))
    opslag.verify()
    return uit


def _replace(opslag: Opslag, con: sa.Connection, anders: Sequence[_Ander]) -> None:
    """Put what is to stand there in its place, within a transaction, and tie and guard the history anew."""
    for opdracht in LAAT_LOS[opslag.soort]:
        con.exec_driver_sql(opdracht)
    if opslag.soort == "sqlite":
        con.exec_driver_sql("pragma secure_delete = on")
    for tabel, nummer, velden in anders:
        con.execute(sa.update(tabel).where(tabel.c.nummer == nummer).values(**velden))
    _tie_anew(con)
    opslag.begin_anew(con, str(uuid.uuid4()))
    for opdracht in BEWAAR[opslag.soort]:
        con.exec_driver_sql(opdracht)


def is_forgotten(toen: Wijziging, nu: Wijziging) -> bool:
    """Return whether the change of then is the one of now but for a person who was forgotten in between."""
    elders = replace(toen, wie=nu.wie, inhoud=replace(toen.inhoud, tekst=nu.inhoud.tekst))
    als_schrijver = toen.wie == nu.wie or _PSEUDONIEM.fullmatch(nu.wie) is not None
    return elders == nu and als_schrijver and _stood_around(_PSEUDONIEM.split(nu.inhoud.tekst), toen.inhoud.tekst)


def _stood_around(delen: Sequence[str], tekst: str) -> bool:
    """Return whether this text is these parts in their order, with a name between each two."""
    begin, *midden = delen
    if not midden:
        return tekst == begin
    plek = len(begin)
    for deel in midden[:-1]:
        gevonden = tekst.find(deel, plek + 1)
        if gevonden < 0:
            return False
        plek = gevonden + len(deel)
    return tekst.startswith(begin) and tekst.endswith(midden[-1]) and plek < len(tekst) - len(midden[-1])


def _tables(con: sa.Connection) -> list[str]:
    return [naam for naam in sa.inspect(con).get_table_names() if naam == WIJZIGING.name or _OPZIJ.fullmatch(naam)]


def _changes(con: sa.Connection, tabel: sa.TableClause, persoon: _Persoon) -> Iterator[tuple[int, dict[str, str]]]:
    for rij in con.execute(sa.select(tabel)).mappings().all():
        if velden := persoon.clean(dict(rij)):
            yield int(rij["nummer"]), velden


def _tie_anew(con: sa.Connection) -> None:
    """Give every change its place in the chain through what stands there now."""
    vorige, bij = BEGIN, []
    kolommen = [kolom for kolom in WIJZIGING.c if kolom.name not in ("nummer", "keten")]
    for rij in con.execute(sa.select(WIJZIGING.c.nummer, *kolommen).order_by(WIJZIGING.c.nummer)).mappings():
        vorige = link_row(vorige, {kolom.name: rij[kolom.name] for kolom in kolommen})
        bij.append({"plek": rij["nummer"], "som": vorige})
    vraag = sa.update(WIJZIGING).where(WIJZIGING.c.nummer == sa.bindparam("plek")).values(keten=sa.bindparam("som"))
    con.execute(vraag, bij)


def _wipe(opslag: Opslag) -> bool:
    """Write the database anew, so that what was there is not left in a corner of its file either.

    Returns False where somebody else has it open and so keeps what was there.
    """
    if opslag.soort == "sqlite":
        with closing(sqlite3.connect(str(opslag.url.database), timeout=WACHT_S, isolation_level=None)) as con:
            try:
                con.execute("vacuum")
                is_bezet = con.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
            except sqlite3.OperationalError:
                return False
            return not is_bezet
    engine = sa.create_engine(opslag.url, poolclass=sa.NullPool, hide_parameters=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
        for tabel in (*_tables(con), *(tabel.name for tabel in VAN_POST)):
            con.exec_driver_sql(f'vacuum full "{tabel}"')
    return True
