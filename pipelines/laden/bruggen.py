"""Bridges: figures for another division of the country (UWV, zorgkantoor) brought to the 28 arbeidsmarktregio's.

A source may deliver rows for the 35 UWV-arbeidsmarktregio's (AM..) or the 31 zorgkantoorregio's (ZK..) only
where its contract says so (`bruggen`). Gemeenten belong to one region of each division, so every source region
falls apart into pieces. A count goes to the arbeidsmarktregio's in the proportion of the inhabitants of those
pieces (1 January 2024): Σ count × inhabitants of the piece / inhabitants of the source region.

That is an estimate: it takes for granted that what is counted lies as people do. The result is a series of its
own (uitsplitsing `brug=uwv`), never joined with figures that were counted per arbeidsmarktregio. `past_niet` says
per region which part of its inhabitants lives in source regions that are cut; where it is 0 nothing is estimated.
Only counts are bridged: a share, a percentage or a margin cannot be cut in pieces. The division is that of 2024.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from pipelines.afspraken.codelijsten import CELSTATUSSEN, sql_list
from pipelines.afspraken.contract import Bron, Tabel

_STATUSSEN = sql_list(CELSTATUSSEN)


def apply_bruggen(con: duckdb.DuckDBPyConnection, bronnen: Mapping[str, Bron]) -> None:
    """Replace the rows of source regions in every staged table by estimated rows per arbeidsmarktregio.

    A table in which there were any gets a column `brug`: the division the row came from, null where it was
    counted as it stands. A region is estimated only when every source region it needs was delivered.
    """
    for bron in bronnen.values():
        for tabel in bron.tabellen.values():
            if any(kolom.bruggen for kolom in tabel.kolommen.values()):
                _bridge(con, f"{bron.naam}.{tabel.naam}", tabel)


def _bridge(con: duckdb.DuckDBPyConnection, naam: str, tabel: Tabel) -> None:
    waar = f"from {naam} where regio_code in (select bron_code from brug)"
    if con.execute(f"select count(*) {waar}").fetchone() == (0,):
        return
    kolommen = [rij[0] for rij in con.execute(f"select column_name from (describe {naam})").fetchall()]
    aantallen = [k for k in kolommen if k in tabel.kolommen and tabel.kolommen[k].tijd]
    statussen = [k for k in kolommen if k.startswith("celstatus")]
    cijfers = {k.naam for k in tabel.kolommen.values() if k.type in ("geheel", "getal")}
    sleutel = [k for k in kolommen if k != "regio_code" and k not in cijfers and k not in statussen]
    groep = ", ".join([*sleutel, "doel", "indeling", "delen"])
    sommen = [f"case when count(*) = delen then sum({k} * deel) end as {k}" for k in aantallen]
    slechtste = [
        f"case when count(*) < delen then 'ontbreekt' "
        f"else {_STATUSSEN}[min(list_position({_STATUSSEN}, {k}))] end as {k}"
        for k in statussen
    ]
    con.execute(f"alter table {naam} add column brug varchar")
    con.execute(
        f"""
        create or replace temp table gebrugd as
        with bron as (
            select b.*, g.regio_code as doel, g.deel, g.indeling
            from {naam} b join brug g on g.bron_code = b.regio_code
        ),
        nodig as (select indeling, regio_code as doel, count(*) as delen from brug group by all)
        select {", ".join([*sleutel, "doel as regio_code", "indeling as brug", *sommen, *slechtste])}
        from bron join nodig using (indeling, doel)
        group by {groep}
        """
    )
    con.execute(f"delete {waar}")
    con.execute(f"insert into {naam} by name from gebrugd")
