"""Writing beside a concept what each area may see of it: its own rows, and of all other tables nothing.

What is not named here stays empty. Of a delivery an area sees how many rows are its own, that they passed which checks,
and where a supplier has something to look at; never a text that somebody wrote, nor how much there is of others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.afspraken import eigenrijen
from pipelines.afspraken.codelijsten import sql_list
from pipelines.afspraken.contract import Bron, Tabel
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.warehouse import eigen
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK
from pipelines.afspraken.warehouse.verbinding import KLEINE_BLOKKEN, insert_rows, quote_path
from pipelines.laden.keuze import row_periods
from pipelines.levering.intrekken import Intrekking
from pipelines.levering.opzij import Opzij
from pipelines.levering.toets.valideren import Keuring

# The tables of such a publication, each from the same table of the concept; all others are left out.
_TABELLEN = {
    "waarneming": f"select w.* from pub.waarneming w where {eigenrijen.is_of_area('w', 'eigen', 'pub')}",
    "periode": "select * from pub.periode where periode in (select periode from eigen.waarneming)",
    "indicator": "select * from pub.indicator where indicator_id in (select indicator_id from eigen.waarneming)",
    "levering": "select * from pub.levering where false",
    "kwaliteit": "select * from pub.kwaliteit where false",
    "publicatie": "select publicatie_id, gemaakt_op, code_versie from pub.publicatie",
}
_MEESTE_RIJNUMMERS = 20
Spel = tuple[str, date, date]


@dataclass(frozen=True)
class Grondslag:
    """What a concept rests on: the deliveries that count, those that do not, and the contracts they were held to."""

    keuringen: Sequence[Keuring]
    opzij: Sequence[Opzij]
    ingetrokken: Sequence[Intrekking]
    bronnen: Mapping[str, Bron]
    indicatoren: Mapping[str, Indicator]


def write_own(con: duckdb.DuckDBPyConnection, publicatie: Path, nu: Path | None, van: Grondslag) -> None:
    """Write the publication of every area that has figures in this one, in a folder beside it.

    `con`: the work database, for where regions lay. `nu`: the publication of now, to say which deliveries are others.
    """
    map_ = publicatie.parent / eigen.MAP
    map_.mkdir(mode=0o700)
    con.execute(f"attach {quote_path(publicatie)} as pub (read_only)")
    zelfde: dict[str, str] | None = None
    if nu is not None:
        con.execute(f"attach {quote_path(nu)} as nu (read_only)")
        zelfde = dict(con.execute(f"{_SOMMEN.format('pub')} intersect {_SOMMEN.format('nu')}").fetchall())
    for (code,) in con.execute(_GEBIEDEN).fetchall():
        bestand = map_ / f"{code}.duckdb"
        if _write(con, bestand, code, van, zelfde):
            bestand.chmod(VERTROUWELIJK)
        else:
            bestand.unlink()
    con.execute("detach pub")
    if nu is not None:
        con.execute("detach nu")


# The areas that any figure is of, as far as that goes by the region alone.
_GEBIEDEN = f"""
select distinct v.ouder_code
from voorouder v
join regio r on r.regio_code = v.ouder_code and r.niveau in {sql_list(eigenrijen.NIVEAUS)}
where v.regio_code in (select regio_code from pub.waarneming)
order by all
"""
_SOMMEN = "select levering_id, string_agg(sha256, ' ' order by tabel) from {}.levering group by levering_id"


def _write(
    con: duckdb.DuckDBPyConnection, bestand: Path, code: str, van: Grondslag, zelfde: Mapping[str, str] | None
) -> bool:
    """Write the publication of one area; return whether any figure is in it."""
    con.execute(f"attach {quote_path(bestand)} as eigen ({KLEINE_BLOKKEN})")
    con.execute(
        f"create table eigen.{eigenrijen.GEBIEDEN} as select regio_code, van, tot from voorouder where ouder_code = ?",
        [code],
    )
    for tabel, vraag in _TABELLEN.items():
        con.execute(f"create table eigen.{tabel} as {vraag}")
    gebied = con.execute(f"select regio_code, van, tot from eigen.{eigenrijen.GEBIEDEN}").fetchall()
    for tabel, rijen in _deliveries(con, gebied, van, zelfde).items():
        insert_rows(con, f"eigen.{tabel}", rijen)
    aantal = con.execute("select count(*) from eigen.waarneming").fetchone()
    con.execute("checkpoint eigen; detach eigen")
    return aantal is not None and aantal[0] > 0


def _deliveries(
    con: duckdb.DuckDBPyConnection, gebied: Sequence[Spel], van: Grondslag, zelfde: Mapping[str, str] | None
) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of levering and of kwaliteit that are about this area.

    `zelfde`: the sums of deliveries that are what they are in the publication of now; nothing where there is none. The
    sum of any other could be held against a guess of what others delivered.
    """
    uit: dict[str, list[tuple[object, ...]]] = {"levering": [], "kwaliteit": []}
    opzij = {deel.levering_id for deel in van.opzij}
    gebruikt = frozenset(con.execute("select levering_id, tabel, periode, reeks from gebruikt").fetchall())
    for keuring in (*van.keuringen, *(deel.keuring for deel in van.opzij)):
        levering, som = keuring.levering, (zelfde or {}).get(keuring.levering.levering_id, "")
        if not levering.is_echt:
            continue
        bron = van.bronnen[levering.bron]
        for naam, rijen in _own_rows(keuring, bron, gebied):
            telt = _counted(keuring, bron.tabellen[naam], rijen, gebruikt)
            uit["levering"].append(
                (levering.levering_id, levering.bron, naam, "", som, len(rijen), telt, levering.herkomst,
                 levering.leverancier, levering.periode, levering.ontvangen, None, None, None, bron.titel,
                 levering.vertrouwelijk)
            )  # fmt: skip
            if levering.levering_id in opzij:
                uit["kwaliteit"].append(_not_counted(levering.levering_id, naam, eigenrijen.OPZIJ, len(rijen)))
                continue
            uit["kwaliteit"] += _checks(keuring, naam, len(rijen))
            if not _is_secret(keuring, bron, van.indicatoren):
                uit["kwaliteit"] += _attention(keuring, naam, rijen)
    if zelfde is not None and van.ingetrokken:
        van_nu = {levering_id for (levering_id,) in con.execute(
            f"select distinct levering_id from nu.waarneming w where {eigenrijen.is_of_area('w', 'eigen', 'nu')}"
        ).fetchall()}  # fmt: skip
        uit["kwaliteit"] += [
            _not_counted(mark.levering_id, "", eigenrijen.INGETROKKEN, 0)
            for mark in van.ingetrokken if mark.levering_id in van_nu
        ]  # fmt: skip
    return uit


def _own_rows(keuring: Keuring, bron: Bron, gebied: Sequence[Spel]) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield each table with rows of this area, and which rows those are; never of persons one by one."""
    dag = keuring.levering.ontvangen
    codes = [code for code, begin, eind in gebied if begin <= dag <= eind]
    for naam, frame in keuring.frames.items():
        kolom = _region_column(bron.tabellen[naam])
        rijen = frozenset(frame.index[frame[kolom].isin(codes)]) if kolom in frame else frozenset()
        if rijen:
            yield naam, rijen


def _region_column(tabel: Tabel) -> str | None:
    return None if tabel.groot else next((k.naam for k in tabel.kolommen.values() if k.type == "regio"), None)


def _counted(keuring: Keuring, tabel: Tabel, rijen: frozenset[int], gebruikt: frozenset[tuple[object, ...]]) -> int:
    """Return how many of these rows count: a later delivery takes the place of a period and series, not of a table."""
    plekken = sorted(rijen)
    perioden = row_periods(keuring, tabel.naam).loc[plekken]
    reeksen = keuring.frames[tabel.naam].loc[plekken, list(tabel.reeks)].fillna("")
    return sum(
        (keuring.levering.levering_id, tabel.naam, periode, "|".join(map(str, reeks))) in gebruikt
        for periode, reeks in zip(perioden, reeksen.itertuples(index=False, name=None), strict=True)
    )


def _is_secret(keuring: Keuring, bron: Bron, indicatoren: Mapping[str, Indicator]) -> bool:
    """Return whether cells of this delivery may be hidden, or its rows are persons: nothing is said of one of them."""
    bronnen = {str(i.bron).partition(".")[0] for i in indicatoren.values() if i.vertrouwelijk}
    is_persoon = any(tabel.groot or tabel.bases for tabel in bron.tabellen.values())
    return is_persoon or keuring.levering.vertrouwelijk or bron.naam in bronnen


def _checks(keuring: Keuring, tabel: str, aantal: int) -> Iterator[tuple[object, ...]]:
    """Yield every check that these rows passed, each once."""
    gelukt = {(regel["controle"], regel["kolom"]) for regel in keuring.kwaliteit
              if regel["tabel"] == tabel and regel["gelukt"]}  # fmt: skip
    for controle, kolom in sorted(gelukt, key=str):
        yield keuring.levering.levering_id, tabel, controle, kolom, True, aantal, 0, None


def _attention(keuring: Keuring, tabel: str, rijen: frozenset[int]) -> Iterator[tuple[object, ...]]:
    """Yield per column in how many of these rows something was read otherwise or confirmed, and which rows those are.

    Of a table in more files a remark does not say which row of the table it is about.
    """
    paden = keuring.levering.bestanden[tabel]
    gezien: Counter[str | None] = Counter()
    nummers: dict[str | None, set[int]] = {}
    for melding in keuring.opmerkingen if len(paden) == 1 else ():
        plekken = set(melding.rijen or ((melding.rij,) if melding.rij is not None else ())) & rijen
        if melding.bestand == paden[0].name and plekken:
            nummers.setdefault(melding.kolom, set()).update(plekken)
            gezien[melding.kolom] = len(nummers[melding.kolom])
    for kolom, aantal in sorted(gezien.items(), key=str):
        eerste = ", ".join(map(str, sorted(nummers[kolom])[:_MEESTE_RIJNUMMERS]))
        yield keuring.levering.levering_id, tabel, eigenrijen.AANDACHT, kolom, True, len(rijen), aantal, eerste


def _not_counted(levering_id: str, tabel: str, waarom: str, aantal: int) -> tuple[object, ...]:
    return levering_id, tabel, waarom, None, False, aantal, 0, None
