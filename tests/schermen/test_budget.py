"""The page Budget: what was published, every rule with its outcome, and budgets per WGO once they are delivered."""

from __future__ import annotations

import re

import pytest
from cijfergelijk import catching
from publicatiebed import Toon
from scherm import plain
from scherm import run as open_page
from streamlit.testing.v1 import AppTest

from app.lezen.onderwerp.plannen import Regeltoets
from app.oordeel.programma import budgetzinnen

VERBODEN = re.compile(r"significant|p-waarde|\bn/a\b|\bNone\b|\bnull\b|\bnan\b|Traceback")
# 600 of 1.000 euro for WGO01, in whole euros; 40% of it co-financed.
GELEVERD = """
    insert into waarneming by name
    select i as indicator_id, c as categorie, case when i = 'budget_aandeel' then 'soort=realisatie' else '' end
           as uitsplitsing, 'WGO01' as regio_code, 'wgo' as niveau, 'TOTAAL' as branche_code, '2021' as periode,
           '' as schatting, 'levering' as herkomst, w as waarde, 'beschikbaar' as status, false as is_voorlopig,
           'srs_budget/proef' as levering_id
    from (values ('budget_bedrag', '', 1000.0), ('budget_bedrag', 'subsidie', 600.0),
                 ('budget_bedrag', 'cofinanciering', 400.0), ('budget_aandeel', 'basis', 0.6),
                 ('budget_aandeel', 'innoveren', 0.4)) t(i, c, w)
"""


def run(**keuze: str) -> AppTest:
    scherm = open_page("budget", **keuze)
    assert not VERBODEN.search(plain(scherm))
    return scherm


def test_the_published_split_adds_up_to_99_and_says_so(toon: Toon) -> None:
    scherm = run()
    kop = "13 werkgeversorganisaties samen: 41% van het budget gaat naar de pijler basis, in 2021"
    assert scherm.header[0].value == kop
    tekst = plain(scherm)
    assert "De aandelen zijn afgerond en tellen op tot 99%." in tekst
    for bedrag in ("€ 20,1 mln in totaal", "€ 14,4 mln subsidie", "€ 5,7 mln cofinanciering"):
        assert bedrag in tekst
    assert re.search(r"Kiezen en toeleiden 19% .*Leren en opleiden 14% .*Werken en behoud 20% .*Innoveren 5%", tekst)


def test_guideline_and_split_have_another_base_and_are_not_compared(toon: Toon) -> None:
    tekst = plain(run())
    assert "Vergelijk die twee dus niet met elkaar." in tekst
    assert "richtlijn 55,4% budget 13 WGO's zonder cofinanciering rond bladzijde 7, paragraaf 1.1" in tekst
    assert "minstens 25%" in tekst
    assert "Cofinanciering van de drie inhoudelijke pijlers samen minstens 50%" in tekst


def test_not_delivered_says_who_delivers_what(toon: Toon) -> None:
    toon("delete from waarneming where niveau = 'wgo' and indicator_id like 'budget%'")
    tekst = plain(run())
    assert "Te leveren door: RegioPlus. Per pijler zijn de subsidie en de cofinanciering nodig (tabel budget)." in tekst
    assert "Bekijk met voorbeelddata" not in tekst


def test_rules_not_yet_tested_is_said_in_words(toon: Toon) -> None:
    toon("delete from regeltoets")
    assert "zijn over 2021 nog geen regels getoetst" in plain(run())


def test_every_rule_has_its_outcome_and_what_it_rests_on(toon: Toon) -> None:
    toon(
        "delete from regeltoets",
        "insert into regeltoets (regel_id, jaar, regio_code, norm, uitkomst, oordeel, toelichting, titel, soort, som, "
        "berekening) values "
        "('cofinanciering_inhoudelijk', 2021, 'NL01', 0.5, 0.4999, 'voldoet_niet', 'Eis. 4.999 van 10.000 euro', "
        "'Eis', 'eis', 'cofinanciering voor drie pijlers, gedeeld door alles voor drie pijlers', "
        "'4.999 van 10.000 euro'), "
        "('richtlijn_basis', 2021, 'NL01', 0.554, null, 'niet_te_bepalen', 'Niet geleverd.', 'Richtlijn', 'richtlijn', "
        "'een som', ''), ('basis_informatie', 2021, 'WGO01', 0.1, 0.2, 'voldoet', '20 van 100 euro', 'Ander', '', '', "
        "'')",
    )
    scherm = run()
    assert "Van 2 regels: 1 voldoet niet en 1 is niet te bepalen" in [e.value for e in scherm.header]
    tekst = plain(scherm)
    som = "Cofinanciering voor drie pijlers, gedeeld door alles voor drie pijlers."
    # What is met in one table, the sums behind it in another.
    assert "Richtlijn 55,4% ? niet te bepalen Eis minstens 50% 49,99% ✗ voldoet niet" in tekst
    assert f"Richtlijn Een som. Niet geleverd. Eis {som} 4.999 van 10.000 euro" in tekst
    assert [e.proto.expanded for e in scherm.expander if "egels" in e.label] == [True, False]
    assert "20 van 100 euro" not in tekst


def test_each_table_of_rules_takes_along_what_it_shows(toon: Toon, monkeypatch: pytest.MonkeyPatch) -> None:
    toon()
    with catching(monkeypatch) as vangst:
        run()
    gehaald, sommen = (t for t in vangst.tabellen if t.bestand.startswith("regels"))
    assert gehaald.kolommen == ("Regel", "Voor wie", "Norm", "Uitkomst", "Oordeel")
    assert sommen.kolommen == ("Regel", "Voor wie", "Waar het op rust")
    assert [len(rij) for rij in (gehaald.rijen[0], sommen.rijen[0])] == [5, 3]


def test_until_a_rule_can_be_judged_the_page_is_one_sentence_and_one_chart(toon: Toon) -> None:
    toon("delete from waarneming where niveau = 'wgo' and indicator_id like 'budget%'")
    scherm = run()
    assert len(scherm.header) == 1
    assert len(scherm.get("vega_lite_chart")) == 1
    assert "Of 12 regels van het programma gevolgd zijn, is nog niet te bepalen." in plain(scherm)
    assert not [e.label for e in scherm.expander if e.proto.expanded]


def test_a_wgo_that_delivered_has_its_own_split_and_stands_in_the_list(toon: Toon) -> None:
    toon("delete from waarneming where niveau = 'wgo' and indicator_id like 'budget%'", GELEVERD)
    landelijk = plain(run())
    assert re.search(r"ZorgpleinNoord € 1\.000 € 600 € 400 60% geen cijfer geen cijfer geen cijfer 40%", landelijk)
    scherm = run(regio="WGO01")
    assert scherm.header[0].value == "ZorgpleinNoord: 60% van het budget gaat naar de pijler basis, in 2021"
    assert "tellen op tot" not in plain(scherm)


def test_a_link_to_a_region_without_budget_shows_the_country(toon: Toon) -> None:
    assert run(regio="RA0101").header[0].value.startswith("13 werkgeversorganisaties samen")


def test_a_publication_of_before_rules_had_a_title_says_what_it_knows(toon: Toon) -> None:
    toon(*(f"alter table regeltoets drop column {kolom}" for kolom in ("titel", "soort", "som")))
    assert "Minimum kiezen toeleiden 20%" in plain(run())


def test_one_rule_that_is_met_reads_as_one() -> None:
    toets = Regeltoets("r", 2021, "NL01", 0.2, 0.2, "voldoet", "")
    assert budgetzinnen.rule_title([toets]) == "Van 1 regel: 1 voldoet"


def test_rules_that_cannot_be_judged_are_not_called_judged() -> None:
    toets = Regeltoets("r", 2021, "NL01", 0.2, None, "niet_te_bepalen", "")
    titel = budgetzinnen.rule_title([toets, toets])
    assert titel == "Of 2 regels van het programma gevolgd zijn, is nog niet te bepalen"
