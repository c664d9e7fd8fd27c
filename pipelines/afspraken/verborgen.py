"""What is hidden in a publication, as a condition on the figures of another one.

A cell is what it is: the figure of an area, a branche and a moment, whoever delivered it and whatever estimate it is.
One that a supplier or the monitor hides is hidden for all of those. Figures that others published stay: they are known.

What rests on too few answers now is not shown from before either, that one estimate of it alone: another may be good.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.afspraken import zelfdecel
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Herkomst, Status, sql_list

_CEL = ("indicator_id", "uitsplitsing", "regio_code", "branche_code", "periode")
# A row has no figure for another reason.
_LEEG = (Status.NVT, Status.ONTBREEKT, Status.ONDERDRUKT)
_SCHATTING = (*_CEL, "categorie", "schatting")
_CIJFER = ("waarde", "waarde_tot", "standaardfout", "onder", "boven", "teller", "noemer", "n")


def mark_hidden(
    con: duckdb.DuckDBPyConnection, databases: Sequence[str], hier: Sequence[str] = ("memory",), nu: str = ""
) -> None:  # fmt: skip
    """Make table verborgen: one row per cell that is hidden in one of these attached publications.

    `hier`: where these cells are looked for, also those that go by another name there (zelfdecel.py). `nu`: the one of
    now where that is another one, of which table onzeker gets what rests on too few answers.
    """
    cel = ", ".join(_CEL)
    delen = [
        f"select {cel} from {naam}.waarneming where status = '{Status.ONDERDRUKT}' "
        f"and herkomst is distinct from '{Herkomst.GEPUBLICEERD}'"
        for naam in databases
    ]
    con.execute(f"create or replace temp table verborgen as {' union '.join(delen)}")
    for naam in hier:
        zelfdecel.add(con, databases, naam)
    con.execute(
        f"create or replace temp table onzeker as select distinct {', '.join(_SCHATTING)} "
        f"from {nu or hier[0]}.waarneming where {bool(nu)} and status = '{Status.TE_WEINIG}'"
    )


def is_hidden(rij: str) -> str:
    """Return the condition that a row of waarneming with this alias may not be shown: by table verborgen or onzeker."""
    return f"({_is_secret(rij)} or {_is_uncertain(rij)})"


def _is_secret(rij: str) -> str:
    return f"{rij}.herkomst is distinct from '{Herkomst.GEPUBLICEERD}' and {_stands_in('verborgen', _CEL, rij)}"


def _is_uncertain(rij: str) -> str:
    return _stands_in("onzeker", _SCHATTING, rij)


def _stands_in(tabel: str, sleutel: Sequence[str], rij: str) -> str:
    gelijk = " and ".join(f"v.{naam} is not distinct from {rij}.{naam}" for naam in sleutel)
    return f"exists (select 1 from temp.{tabel} v where {gelijk})"


def hide_marked(con: duckdb.DuckDBPyConnection) -> int:
    """Hide in the publication that is in use what table verborgen has, wherever it stands; returns how many figures.

    Beside the figures themselves: what was computed with one of them, the start of an ambition, likeness of regions.
    """
    leeg = ", ".join(f"{naam} = null" for naam in _CIJFER)
    status = f"if({_is_secret('waarneming')}, '{Status.ONDERDRUKT}', '{Status.TE_WEINIG}')"
    uit = con.execute(
        f"update waarneming set status = {status}, {leeg} "
        f"where status not in {sql_list(_LEEG)} and {is_hidden('waarneming')}"
    ).fetchone()
    hier = "select table_name from duckdb_tables() where database_name = current_database()"
    tabellen = {naam for (naam,) in con.execute(hier).fetchall()}
    for tabel, opdracht in _OOK.items():
        # One from before a table lacks it.
        if tabel in tabellen:
            con.execute(opdracht)
    con.execute(
        "update publicatie set aantal_onderdrukt = "
        f"(select count(*) from waarneming where status = '{Status.ONDERDRUKT}')"
    )
    return int(uit[0]) if uit else 0


# An aansluiting of two series names both in its uitsplitsing, so that is not looked at.
_OOK = {
    "aansluiting": f"""delete from aansluiting
        where herkomst_berekend is distinct from '{Herkomst.GEPUBLICEERD}' and exists (
        select 1 from temp.verborgen v where v.indicator_id = aansluiting.indicator_id
        and v.regio_code = aansluiting.regio_code and v.branche_code = aansluiting.branche_code
        and v.periode = aansluiting.periode)""",
    "verschil": f"""delete from verschil where exists (
        select 1 from temp.verborgen v where v.indicator_id = verschil.indicator_id
        and v.regio_code in (verschil.regio_code, '{LAND}') and v.branche_code = '{TOTAAL}'
        and v.periode in (verschil.periode, verschil.periode_vorig)) or exists (
        select 1 from temp.onzeker v where v.indicator_id = verschil.indicator_id
        and v.categorie = verschil.categorie and v.regio_code in (verschil.regio_code, '{LAND}')
        and v.branche_code = '{TOTAAL}' and v.periode in (verschil.periode, verschil.periode_vorig))""",
    "ontleding": """delete from ontleding where exists (
        select 1 from temp.verborgen v where v.indicator_id = ontleding.indicator_id
        and v.regio_code = ontleding.regio_code and v.periode in (ontleding.periode, ontleding.periode_vorig))""",
    "doel": f"""update doel set nulwaarde = null where exists (
        select 1 from temp.verborgen v where v.indicator_id = doel.indicator_id and v.regio_code = doel.regio_code
        and v.branche_code = '{TOTAAL}' and left(v.periode, 4) in (doel.nuljaar::varchar, (doel.nuljaar + 1)::varchar,
                                                                  (doel.nuljaar - 1)::varchar))""",
    "gelijkende_regio": """delete from gelijkende_regio where exists (
        select 1 from regiokenmerk k join temp.verborgen v on v.indicator_id = 'aantal_werknemers'
        and v.regio_code = k.regio_code and v.uitsplitsing = k.uitsplitsing and v.periode = k.periode
        where k.regio_code in (gelijkende_regio.regio_code, gelijkende_regio.gelijkende_code))""",
    "regiokenmerk": """delete from regiokenmerk where exists (
        select 1 from temp.verborgen v where v.indicator_id = 'aantal_werknemers'
        and v.regio_code = regiokenmerk.regio_code and v.uitsplitsing = regiokenmerk.uitsplitsing
        and v.periode = regiokenmerk.periode)""",
}
