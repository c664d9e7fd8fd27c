"""What is hidden now is hidden in an older publication too, in every table that knows it."""

from __future__ import annotations

import duckdb
import pytest
from uitgave import SCHEMA

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


def test_what_rests_on_too_few_answers_now_is_not_shown_from_before_and_another_estimate_of_it_is() -> None:
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as nu")
        for database, status in (("memory", "beschikbaar"), ("nu", "te_weinig")):
            con.execute(f"use {database}; {SCHEMA}")
            con.execute(
                "insert into waarneming by name select 'tevredenheid' as indicator_id, 'eens' as categorie, "
                "'' as uitsplitsing, 'WGO01' as regio_code, 'wgo' as niveau, 'TOTAAL' as branche_code, "
                "'2023' as periode, 'l' as levering_id, 'levering' as herkomst, s.schatting, s.status, 0.79 as waarde, "
                "61 as n, "
                f"false as is_voorlopig from (values ('gewogen', '{status}'), ('model', 'beschikbaar')) "
                "s(schatting, status)"
            )
        con.execute("use memory")
        mark_hidden(con, ["nu"], nu="nu")
        assert hide_marked(con) == 1
        assert con.execute("select schatting, status, waarde, n from waarneming order by all").fetchall() == [
            ("gewogen", "te_weinig", None, None),
            ("model", "beschikbaar", 0.79, 61),
        ]


# What is hidden now: dekkingsgraad, of region RA0101 on this day.
NU = "'dekkingsgraad', '', 'RA0101', '2022KW02', '2022-06-30', 'onderdrukt', null, 'geheim'"


@pytest.mark.parametrize(
    ("toen", "nu", "is_weg"),
    [
        # Delivered then as that of 2021, counted on the same day.
        ("'dekkingsgraad', '', 'RA0101', '2021', '2022-06-30', 'beschikbaar', 0.61, 'open'", NU, True),
        ("'dekkingsgraad', '', 'RA0101', '2021', '2021-06-30', 'beschikbaar', 0.61, 'open'", NU, False),
        # WGO01 is this one region, WGO02 is two.
        ("'dekkingsgraad', '', 'WGO01', '2022KW02', '2022-06-30', 'beschikbaar', 0.61, 'open'", NU, True),
        ("'dekkingsgraad', '', 'WGO02', '2022KW02', '2022-06-30', 'beschikbaar', 0.61, 'open'", NU, False),
        ("'dekkingsgraad', '', 'RA0102', '2021', '2022-06-30', 'beschikbaar', 0.61, 'open'", NU, False),
        ("'dekkingsgraad', '', 'RA0101', '2021', '2022-06-30', 'beschikbaar', 0.61, 'open'",
         NU.replace("RA0101", "WGO01"), True),
        # The same persons, as how many they are.
        ("'aantal_werknemers', 'telling=pfzw', 'RA0101', '2022KW02', null, 'beschikbaar', 610, 'open'", NU, True),
        ("'aantal_werknemers', 'telling=cbs_smal', 'RA0101', '2022KW02', null, 'beschikbaar', 610, 'open'", NU, False),
        ("'dekkingsgraad', '', 'RA0101', '2021', '2022-06-30', 'beschikbaar', 0.61, 'open'",
         NU.replace("'dekkingsgraad', ''", "'aantal_werknemers', 'telling=pfzw'"), True),
        # Told exactly then, and since its supplier asked for secrecy in whole percents.
        ("'verzuim', '', 'RA0101', '2021', null, 'beschikbaar', 0.0612, 'open'",
         "'verzuim', '', 'RA0101', '2021', null, 'beschikbaar', 0.06, 'geheim'", True),
        ("'verzuim', '', 'RA0101', '2021', null, 'beschikbaar', 0.06, 'geheim'",
         "'verzuim', '', 'RA0101', '2021', null, 'beschikbaar', 0.06, 'geheim'", False),
    ],
)  # fmt: skip
def test_what_is_hidden_now_is_hidden_then_whatever_it_was_called(toen: str, nu: str, is_weg: bool) -> None:
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as nu")
        for database, rij in (("memory", toen), ("nu", nu)):
            con.execute(f"use {database}; {SCHEMA}; {REST}")
            con.execute(
                "insert into waarneming by name select * from (values "
                f"({rij}, '', '', '', 'TOTAAL', 'levering', false)) t(indicator_id, uitsplitsing, regio_code, periode, "
                "peildatum, status, waarde, levering_id, categorie, niveau, schatting, branche_code, herkomst, "
                "is_voorlopig)"
            )
        con.execute("use memory")
        mark_hidden(con, ["nu"])
        assert hide_marked(con) == is_weg
        assert (con.execute("select waarde from waarneming").fetchone() == (None,)) == is_weg


REST = """
insert into periode values ('2021', 'jaar', '2021', '2021-01-01', '2021-12-31'),
    ('2022KW02', 'kwartaal', '2e kwartaal 2022', '2022-04-01', '2022-06-30');
insert into regio (regio_code, niveau)
    values ('RA0101', 'arbeidsmarktregio'), ('RA0102', 'arbeidsmarktregio'), ('RA0103', 'arbeidsmarktregio'),
           ('WGO01', 'wgo'), ('WGO02', 'wgo');
insert into regio_lid (kind_code, ouder_code)
    values ('RA0101', 'WGO01'), ('RA0102', 'WGO02'), ('RA0103', 'WGO02');
insert into telt_zoals values ('aantal_werknemers', 'teller', 'telling=pfzw', 'dekkingsgraad', 'noemer');
insert into indicator (indicator_id, vertrouwelijk) values ('dekkingsgraad', 'pfzw'), ('verzuim', null);
insert into levering (levering_id, tabel, vertrouwelijk) values ('geheim', 't', true), ('open', 't', false)
"""
