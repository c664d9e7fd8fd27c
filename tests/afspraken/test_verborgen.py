"""What is hidden now is hidden in an older publication too, in every table that knows it."""

from __future__ import annotations

import duckdb

from pipelines.afspraken.verborgen import hide_marked, mark_hidden


def test_of_a_change_no_term_is_left_when_one_of_its_figures_is_hidden_now() -> None:
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as nu")
        waarneming = (
            "create table {}waarneming as select 'dekkingsgraad' as indicator_id, '' as categorie, '' as uitsplitsing, "
            "'WGO01' as regio_code, 'wgo' as niveau, unnest(['GGZ', 'VVT']) as branche_code, '2021' as periode, "
            "'' as schatting, 'levering' as herkomst, unnest([{}]) as status, 0.5 as waarde, "
            "null::double as waarde_tot, null::double as standaardfout, null::double as onder, null::double as boven, "
            "50.0 as teller, 100.0 as noemer, null::integer as n"
        )
        con.execute(waarneming.format("nu.", "'onderdrukt', 'beschikbaar'"))
        con.execute(waarneming.format("", "'beschikbaar', 'beschikbaar'"))
        con.execute("create table publicatie as select 0 as aantal_onderdrukt")
        con.execute(
            "create table ontleding as select 'dekkingsgraad' as indicator_id, unnest(['WGO01', 'WGO01', 'WGO02']) "
            "as regio_code, '2021' as periode, '2019' as periode_vorig, unnest(['GGZ', 'VVT', 'VVT']) as branche_code"
        )
        mark_hidden(con, ["nu"])
        assert hide_marked(con) == 1
        assert con.execute("select status from waarneming order by branche_code").fetchall() == [
            ("onderdrukt",),
            ("beschikbaar",),
        ]
        assert con.execute("select regio_code from ontleding").fetchall() == [("WGO02",)]
