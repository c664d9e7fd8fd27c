"""Cells of deliveries that are confidential (`vertrouwelijk: ja` in levering.yml), of whatever indicator.

They follow the rules of tables by person and employer: hidden below ten, with fewer than three employers, and, per
region and branche, where nobody says how many there are; a share on a base below a hundred; and what would give
those away. Counts are shown in tens and shares in whole percents. Public deliveries of the same table are not touched.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from pipelines.afspraken.codelijsten import GETELD, sql_list
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.onthulling.primair import KLEINSTE_AANTAL, KLEINSTE_NOEMER, KRUIS, MINSTE_WERKGEVERS

CONTROLE = "van elk getoond cijfer is bekend hoeveel werkgevers erachter zitten"
ONBEKEND = (
    "Cellen per regio en branche zijn verborgen omdat niet bekend is hoeveel werkgevers erachter zitten. Lever kolom "
    "werkgevers mee waar de tabel die heeft, dan kunnen zij terugkomen."
)
# In words: the cell is confidential, by its indicator or by its delivery.
IS_GEHEIM = (
    "(indicator_id in (select indicator_id from vertrouwelijk) "
    "or levering_id in (select levering_id from geheime_levering))"
)


def note_sources(con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator]) -> None:
    """Add temp table bron_van: one row per computed indicator, with its table and unit; and table geheime_levering."""
    con.execute("create table if not exists geheime_levering (levering_id varchar)")
    con.execute("create or replace temp table bron_van (indicator_id varchar, bron varchar, eenheid varchar)")
    insert_rows(con, "bron_van", [(i.indicator_id, i.bron, i.eenheid) for i in indicatoren.values() if i.bron])


def mark_sensitive(con: duckdb.DuckDBPyConnection) -> None:
    """Mark in table cel which cells of confidential deliveries are sensitive by themselves."""
    con.execute(f"update cel set primair = {_SENSITIVE} from bron_van b where {_VAN_LEVERING}")


def note_unknown(con: duckdb.DuckDBPyConnection) -> None:
    """Note per delivery how many cells are hidden because nobody says how many employers they are of."""
    con.execute(
        f"""
        insert into onthulling_verslag
        select levering_id, ?, 'werkgevers', count(*), count(*) filter (where werkgevers is null and {KRUIS}), ?
        from cel_exact cel join bron_van b on {_VAN_LEVERING}
        group by levering_id having count(*) filter (where werkgevers is null and {KRUIS}) > 0
        """,
        [CONTROLE, ONBEKEND],
    )


def wipe(con: duckdb.DuckDBPyConnection) -> None:
    """Hide in table cel what table verborgen has of confidential deliveries."""
    con.execute(
        f"""
        update cel set status = 'onderdrukt', teller = null, noemer = null, waarde = null, waarde_tot = null,
                       n = null, onder = null, boven = null, werkgevers = null
        from verborgen v join bron_van b on b.bron = v.bron
        where {_VAN_LEVERING} and v.herkomst = cel.herkomst and v.regio_code = cel.regio_code
          and v.branche_code = cel.branche_code and v.periode = cel.periode
          and cel.status in {sql_list(GETELD)}
        """
    )


_VAN_LEVERING = f"""
b.indicator_id = cel.indicator_id and levering_id in (select levering_id from geheime_levering)
and cel.indicator_id not in (select indicator_id from vertrouwelijk) and status in {sql_list(GETELD)}
"""
_PER_DUIZEND = "case when b.eenheid = 'per_1000' then 1000 else 1 end"
_SENSITIVE = f"""
status = 'onderdrukt' or coalesce(werkgevers < {MINSTE_WERKGEVERS}, {KRUIS})
or coalesce(abs(teller) < {KLEINSTE_AANTAL}, false)
or coalesce(noemer * {_PER_DUIZEND} < {KLEINSTE_AANTAL}, false)
or b.eenheid = 'aandeel' and coalesce(noemer < {KLEINSTE_NOEMER} or noemer - teller < {KLEINSTE_AANTAL}, false)
"""
