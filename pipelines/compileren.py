"""One compiler for every indicator: levels, totals, completeness and status, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.contract import Bron, Tabel
from pipelines.indicatoren import Indicator
from pipelines.meldingen import AfgekeurdError, Melding

INDICATORS = "indicators.yml"
_WERKGEVERS = ("werkgevers", "grootste_werkgever", "tweede_werkgever")
# First that applies (contract, status).
_STATUSSEN = "['nvt', 'ontbreekt', 'onderdrukt', 'beschikbaar']"


def compile_indicatoren(
    con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator], bronnen: Mapping[str, Bron]
) -> None:
    """Fill table cel: one row per indicator × uitsplitsing × regio × branche × periode, unprotected.

    Expects the staged tables (`<bron>.<tabel>`), `gebruikt` (which delivery counts per table and period),
    `periode`, and the reference tables of `load_regio`.

    Raises:
        AfgekeurdError: an expression does not run, or would add up what is not additive.
    """
    con.execute(_sql("cel.sql"))
    for indicator in (i for i in indicatoren.values() if i.bron is not None):
        bron, naam = str(indicator.bron).split(".")
        tabel = bronnen[bron].tabellen[naam]
        if not indicator.optelbaar:
            _refuse_sums(con, indicator, tabel)
        try:
            con.execute(_rows_query(indicator, tabel))
            _spread(con, indicator, tabel)
            con.execute(_cells_query(indicator, tabel))
        except duckdb.Error as fout:
            tekst = f"{indicator.indicator_id}: de uitdrukking is niet te berekenen ({str(fout).splitlines()[0]})."
            raise AfgekeurdError([Melding(INDICATORS, tekst, advies="Controleer teller en noemer.")]) from None
        if "branche" in indicator.per:
            con.execute(_not_applicable_query(indicator, tabel))


def _sql(naam: str) -> str:
    return Path(__file__).with_name(naam).read_text(encoding="utf-8")


def _extra(indicator: Indicator) -> list[str]:
    """Return the columns that become the uitsplitsing, in the order in which a key names them."""
    return sorted(deel for deel in indicator.per if deel != "branche")


def _refuse_sums(con: duckdb.DuckDBPyConnection, indicator: Indicator, tabel: Tabel) -> None:
    """Refuse to add up unique persons: a cell must be one delivered row."""
    cel = ["periode", "regio_code", *_extra(indicator)]
    waar = ""
    if "branche_code" in tabel.kolommen:
        cel.append("branche_code")
        waar = "" if "branche" in indicator.per else "where branche_code = 'TOTAAL'"
    dubbel = con.execute(
        f"select periode, count(*) from {indicator.bron} {waar} group by {', '.join(cel)} having count(*) > 1 limit 1"
    ).fetchone()
    if dubbel:
        tekst = (
            f"{indicator.indicator_id} is niet optelbaar, maar een cel van periode {dubbel[0]} "
            f"telt {dubbel[1]} rijen van {indicator.bron}."
        )
        advies = f"Zet alle sleutelkolommen van de tabel in 'per' ({', '.join(tabel.sleutel)})."
        raise AfgekeurdError([Melding(INDICATORS, tekst, advies=advies)])


def _rows_query(indicator: Indicator, tabel: Tabel) -> str:
    """Return the query for temp table rij: one row per source row, with its level, day and delivery."""
    bron, naam = str(indicator.bron).split(".")
    gegeven = [kolom for kolom in ("branche_code", "peildatum") if kolom in tabel.kolommen]
    branche = "b.branche_code" if "branche_code" in gegeven else "'TOTAAL'"
    peildatum = "b.peildatum" if "peildatum" in gegeven else "cast(null as date)"
    return f"""
        create or replace temp table rij as
        select b.* {f"exclude ({', '.join(gegeven)})" if gegeven else ""},
               {branche} as branche_code, {peildatum} as peildatum, coalesce({peildatum}, p.eind) as dag,
               r.niveau, g.herkomst, g.levering_id
        from {indicator.bron} b
        join regio r on r.regio_code = b.regio_code
        join periode p on p.periode = b.periode
        join gebruikt g on g.bron = '{bron}' and g.tabel = '{naam}' and g.periode = b.periode
    """


def _spread(con: duckdb.DuckDBPyConnection, indicator: Indicator, tabel: Tabel) -> None:
    """Work out which regions and totals each row counts for (see spreiden.sql)."""
    con.execute("create or replace temp table doelniveau (niveau varchar)")
    con.executemany("insert into doelniveau values (?)", [(niveau,) for niveau in indicator.niveaus])
    con.execute("create or replace temp table verwachte_branche as " + _expected_branches(tabel))
    con.execute(f"create or replace temp table optellen as select {indicator.optelbaar} as ja")
    con.execute(_sql("spreiden.sql"))


def _expected_branches(tabel: Tabel) -> str:
    """Return the query for the branches that together make TOTAAL, as the source's contract has them."""
    kolom = tabel.kolommen.get("branche_code")
    behalve = ("TOTAAL", "ALLE", *(kolom.behalve if kolom else ()))
    return "select branche_code from branche where branche_code not in ({})".format(
        ", ".join(f"'{code}'" for code in behalve)
    )


def _cells_query(indicator: Indicator, tabel: Tabel) -> str:
    """Return the query that adds the indicator's cells: delivered rows, and sums whose every part is there."""
    extra = _extra(indicator)
    groep = ", ".join(["doel_regio", "doel_niveau", "doel_branche", "periode", *extra])
    uitsplitsing = " || ';' || ".join(f"'{deel}=' || {deel}" for deel in extra) or "''"
    werkgevers = ", ".join(
        f"case when count(*) = 1 then max({kolom}) end" if kolom in tabel.kolommen else "null" for kolom in _WERKGEVERS
    )
    return f"""
        insert into cel
        with deel as (
            select rij.*, r.doel_regio, r.doel_niveau, b.doel_branche, r.delen * b.delen as delen
            from rij
            join regio_doel r on r.periode = rij.periode and r.regio_code = rij.regio_code
            join branche_doel b on b.periode = rij.periode and b.regio_code = rij.regio_code
                               and b.branche_code = rij.branche_code
            where {"true" if "branche" in indicator.per else "b.doel_branche = 'TOTAAL'"}
        ),
        som as (
            select {groep}, min(peildatum) as peildatum, any_value(herkomst) as herkomst,
                   any_value(levering_id) as levering_id, {indicator.teller} as teller,
                   {indicator.noemer or "cast(null as double)"} as noemer,
                   {werkgevers}, count(distinct (regio_code, branche_code)) = max(delen) as compleet,
                   arg_min(celstatus, list_position({_STATUSSEN}, celstatus)) as slechtste
            from deel group by {groep}
        )
        select '{indicator.indicator_id}', {uitsplitsing}, doel_regio, doel_niveau, doel_branche, periode, peildatum,
               '{"ongewogen" if indicator.enquete else ""}', herkomst, levering_id,
               * exclude ({groep}, peildatum, herkomst, levering_id, compleet, slechtste),
               case when not compleet then 'ontbreekt' when slechtste <> 'beschikbaar' then slechtste
                    when noemer = 0 then 'nvt' else 'beschikbaar' end
        from som
    """


def _not_applicable_query(indicator: Indicator, tabel: Tabel) -> str:
    """Return the query that adds a cell nvt for a branche that did not exist yet on the day it is about."""
    return f"""
        insert into cel
        select distinct '{indicator.indicator_id}', c.uitsplitsing, c.regio_code, c.niveau, b.branche_code, c.periode,
               c.peildatum, c.schatting, c.herkomst, c.levering_id, null, null, null, null, null, 'nvt'
        from cel c
        join periode p on p.periode = c.periode
        join branche b on b.geldig_van > coalesce(c.peildatum, p.eind)
                      and b.branche_code in ({_expected_branches(tabel)})
        where c.indicator_id = '{indicator.indicator_id}' and c.branche_code = 'TOTAAL'
          and not exists (select 1 from cel d where d.indicator_id = c.indicator_id
              and d.uitsplitsing = c.uitsplitsing and d.regio_code = c.regio_code
              and d.periode = c.periode and d.branche_code = b.branche_code)
    """
