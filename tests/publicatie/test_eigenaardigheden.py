"""The quirks of the sources, by their number in docs/eigenaardigheden.md: what the monitor does about each."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from app.taal.verandering import verschil_tekst
from pipelines.afspraken.codelijsten import round_half_up
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren

BRONNEN = load_bronnen()
INDICATOREN = load_indicatoren(INDICATORS_YML, BRONNEN)
DOCUMENT = Path(__file__).parents[2] / "docs" / "eigenaardigheden.md"


def published(con, indicator: str, **sleutel: str) -> dict[str, float]:
    """Return the published national figures of one indicator by categorie."""
    welke = {"uitsplitsing": "", "regio_code": "NL01", "branche_code": "TOTAAL"} | sleutel
    waar = " and ".join(f"{kolom} = '{waarde}'" for kolom, waarde in welke.items())
    vraag = (
        f"select categorie, waarde from gepubliceerd_cijfer where gekozen and indicator_id = '{indicator}' and {waar}"
    )
    return dict(con.execute(vraag).fetchall())


def percents(waarden) -> int:
    return sum(int(round_half_up(Decimal(str(waarde)) * 100, 0)) for waarde in waarden)


def counts_that_fit(aandeel: float, n: int) -> list[int]:
    """Return every whole count of n that is printed as this share."""
    gedrukt = Decimal(str(aandeel))
    return [aantal for aantal in range(n + 1) if round_half_up(Fraction(aantal, n), 2) == gedrukt]


def test_1_the_base_of_figuur_2_8_is_who_used_it_not_who_knows_it(publicatie):
    """128 of 301 is 43 %, the share that used it; 83 % knows it."""
    assert "gebruikten (43%)" in INDICATOREN["werving_realistisch"].definitie
    assert published(publicatie, "werving_bekendheid")["gebruikt"] == float(round_half_up(Fraction(128, 301), 2))
    vraag = "select distinct n from gepubliceerd_cijfer where indicator_id = 'werving_realistisch'"
    assert publicatie.execute(vraag).fetchall() == [(128,)]


def test_2_the_base_of_figuur_2_10_is_the_union_of_users_and_who_knows_the_campaign():
    basis = BRONNEN["srs_enquete"].tabellen["antwoorden"].kolommen["impact_zij_instroom"].basis
    assert basis == "werving_bekendheid = 'gebruikt' or imago_bekendheid = 'bekend'"
    assert "(209)" in INDICATOREN["impact_zij_instroom"].definitie


def test_3_dekkingsgraad_2021_is_about_30_june_2022(publicatie):
    rijen = publicatie.execute(
        "select distinct periode, cast(peildatum as varchar) from waarneming where indicator_id = 'dekkingsgraad' "
        "and peildatum is not null order by 1"
    ).fetchall()
    assert rijen == [("2019", "2019-08-01"), ("2021", "2022-06-30")]


def test_4_a_change_of_shares_is_in_percentage_points():
    assert verschil_tekst(Decimal("3"), "aandeel").endswith("procentpunt")


@pytest.mark.parametrize(("branche", "datum"), [("ZKH", "2021-01-01"), ("SW", "2022-01-01"), ("KO", "2022-01-01")])
def test_5_and_6_a_branche_that_was_redrawn_has_a_break(publicatie, branche, datum):
    vraag = "select cast(datum as varchar) from trendbreuk where indicator_id = 'dekkingsgraad' and branche_code = ?"
    assert publicatie.execute(vraag, [branche]).fetchall() == [(datum,)]


def test_7_umcs_are_outside_pfzw_and_overig_has_respondents_but_no_published_coverage(publicatie):
    assert "UMC" in BRONNEN["pfzw_dekking"].tabellen["dekking"].kolommen["branche_code"].behalve
    assert not INDICATOREN["dekkingsgraad"].optelbaar
    assert published(publicatie, "dekkingsgraad", branche_code="OZW", periode="2021") == {}
    assert published(publicatie, "respondenten", branche_code="OZW")[""] == 17


def test_8_who_was_invited_is_not_who_is_a_member(publicatie):
    assert "dat zijn niet alle leden" in INDICATOREN["respons"].definitie
    assert "uitgenodigd" in INDICATOREN["respons"].vraag


def test_9_two_wgos_have_too_few_respondents_though_every_response_is_above_20_percent(publicatie):
    weinig = publicatie.execute(
        "select distinct r.naam from waarneming w join regio r using (regio_code) where w.status = 'te_weinig' "
        "and w.indicator_id = 'rapportcijfer' and w.niveau = 'wgo' order by 1"
    ).fetchall()
    assert len(weinig) == 2
    assert weinig[0] == ("Flever",)
    laagste = "select min(waarde) from waarneming where indicator_id = 'respons' and niveau = 'wgo'"
    assert publicatie.execute(laagste).fetchone()[0] > 0.2


def test_10_half_a_percent_is_rounded_up():
    """Viazorg: 18 of 80; binary rounding gives 22."""
    assert round_half_up(Fraction(18, 80), 2) == Decimal("0.23")


def test_11_12_and_13_shares_are_shown_as_published_and_never_made_to_add_up_to_100(publicatie):
    branches = publicatie.execute(
        "select waarde from gepubliceerd_cijfer where indicator_id = 'respondenten' and categorie = 'aandeel' "
        "and uitsplitsing = '' and regio_code = 'NL01' and gekozen"
    ).fetchall()
    assert percents(waarde for (waarde,) in branches) == 103
    assert percents(published(publicatie, "budget_aandeel", uitsplitsing="soort=realisatie").values()) == 99
    richtlijn = published(publicatie, "budget_aandeel", uitsplitsing="soort=richtlijn").values()
    assert sum(Decimal(str(waarde)) for waarde in richtlijn) == Decimal("0.999")
    assert percents(published(publicatie, "werving_bekendheid").values()) == 101
    assert percents(published(publicatie, "imago_bekendheid").values()) == 99
    assert percents(published(publicatie, "leren_bekendheid").values()) == 99


def test_14_guideline_and_outcome_of_the_budget_are_never_one_derived_from_the_other(publicatie):
    """55.4 % of 14.4 is 39.7 % of 20.1, not the 41 % that was printed: without budgets no verdict on the guideline."""
    basis = {
        soort: published(publicatie, "budget_aandeel", uitsplitsing=f"soort={soort}")["basis"]
        for soort in ("richtlijn", "realisatie")
    }
    assert basis == {"richtlijn": 0.554, "realisatie": 0.41}
    assert round_half_up(Fraction("0.554") * Fraction("14.4") / Fraction("20.1"), 2) != Decimal("0.41")
    oordeel = "select oordeel from regeltoets where regel_id = 'richtlijn_basis' and regio_code = 'NL01'"
    assert publicatie.execute(oordeel).fetchall() == [("niet_te_bepalen",)]


def test_15_the_share_of_mark_6_was_never_published(publicatie):
    assert "cijfer_6" not in published(publicatie, "rapportcijfer")
    herkomst = (
        "select distinct herkomst from waarneming where indicator_id = 'rapportcijfer' and categorie = 'cijfer_6'"
    )
    assert ("gepubliceerd",) not in publicatie.execute(herkomst).fetchall()


def test_16_the_mean_mark_is_published_and_not_computed_from_groups(publicatie):
    assert published(publicatie, "rapportcijfer")[""] == 7.3
    assert "Niet na te rekenen uit groepsgemiddelden" in INDICATOREN["rapportcijfer"].definitie


def test_17_kinderopvang_has_respondents_of_its_own_and_no_mean_of_its_own(publicatie):
    assert published(publicatie, "respondenten", branche_code="KO")[""] == 5
    assert published(publicatie, "rapportcijfer", branche_code="KO") == {}


def test_18_verbal_fractions_are_not_figures(publicatie):
    """'A third' took part in pilots: 107 of 301, 36 %."""
    assert published(publicatie, "pilot")[""] == pytest.approx(107 / 301)
    rijen = publicatie.execute("select cijfer_id from niet_opgenomen where reden like 'verbale breuk%'").fetchall()
    assert {("S1-041",), ("S1-042",)} <= set(rijen)


def test_19_the_base_of_figuur_2_18_is_the_union_of_both_skills():
    basis = BRONNEN["srs_enquete"].tabellen["antwoorden"].kolommen["impact_digitaal"].basis
    assert basis == "inzet_digitaal = 1 or inzet_verander = 1"
    assert "samen 109" in INDICATOREN["impact_digitaal"].definitie


def test_20_weet_niet_is_part_of_the_base_of_a_statement(publicatie):
    """Of the 209, those who 'do not know' stay in the denominator of 'eens'."""
    antwoorden = publicatie.execute(
        "select sum(teller), max(noemer) from waarneming where indicator_id = 'impact_zij_instroom' "
        "and regio_code = 'NL01' and branche_code = 'TOTAAL' and uitsplitsing = '' and schatting = 'ongewogen' "
        "and herkomst = 'synthetisch'"
    ).fetchone()
    assert antwoorden == (209, 209)


def test_21_participants_of_mixed_kinds_are_no_figure(publicatie):
    reden = "kwalitatief veldwerk (interviews, sessies, deelnemers): geen indicator"
    assert publicatie.execute("select count(*) > 0 from niet_opgenomen where reden = ?", [reden]).fetchone() == (True,)


def test_23_slips_of_the_pen_in_the_sources_are_not_repeated(publicatie):
    for tabel, kolommen in (("gepubliceerd_cijfer", "populatie, bron, opmerking"), ("verhaal", "titel, samenvatting")):
        tekst = str(publicatie.execute(f"select {kolommen} from {tabel}").fetchall())
        assert not re.search(r"PFWZ|ZPP'ers|Samen Sterk Regionaal|figuurFiguur|toegevoerde", tekst)


def test_24_there_were_fourteen_wgos_and_then_thirteen(publicatie):
    telling = (
        "select count(*) from regio where niveau = 'wgo' and ?::date between geldig_van and coalesce(geldig_tot, ?)"
    )
    aantallen = [publicatie.execute(telling, [dag, dag]).fetchone()[0] for dag in ("2018-06-30", "2021-12-31")]
    assert aantallen == [14, 13]


def test_25_leaving_the_employer_is_another_indicator_than_leaving_the_sector(publicatie):
    assert published(publicatie, "uitstroom") == {"": 80_000}
    assert published(publicatie, "uitstroom_werkgever") == {"": 180_000}


def test_26_and_28_effects_of_the_levers_are_constants_without_a_total(publicatie):
    effecten = published(publicatie, "knop_effect")
    assert len(effecten) == 8
    assert "" not in effecten
    assert publicatie.execute("select count(*) from waarneming where waarde = 153500").fetchone() == (0,)
    assert INDICATOREN["knop_effect"].bron is None


def test_27_what_the_levers_leave_open_is_said():
    tekst = INDICATOREN["knop_effect"].definitie
    assert "procent of procentpunt" in tekst
    assert "per week" in tekst


def test_29_the_survey_before_cbs_is_another_series(publicatie):
    for indicator in ("werkdruk", "medewerkerstevredenheid"):
        breuken = [str(breuk.datum) for breuk in INDICATOREN[indicator].breuken]
        assert "2019-04-01" in breuken


def test_31_a_figure_of_one_year_in_two_sources_is_shown_once_and_both_stay_traceable(publicatie):
    rijen = publicatie.execute(
        "select waarde, gekozen from gepubliceerd_cijfer where indicator_id = 'instroom_opleidingen' "
        "and uitsplitsing = 'opleiding=verpleegkundige_mbo' and periode = '2017/18' order by 1"
    ).fetchall()
    assert rijen == [(9000, True), (9100, False)]


def test_32_the_programme_counts_employers_with_a_vacancy_that_is_hard_to_fill(publicatie):
    vraag = "select uitsplitsing, branche_code from gepubliceerd_cijfer where cijfer_id = 'S2-062'"
    assert publicatie.execute(vraag).fetchone() == ("maat=werkgevers", "SW")


def test_33_vacancies_per_employee_are_no_vacaturegraad(publicatie):
    """28.500 of 1.2 million employees is 23.75 per thousand; CBS counts per thousand jobs."""
    assert published(publicatie, "vacaturegraad") == {}
    assert "banen" in (INDICATOREN["vacaturegraad"].noemer or "")


def test_34_each_forecast_of_the_shortage_carries_its_vintage(publicatie):
    rijen = publicatie.execute(
        "select distinct uitsplitsing from waarneming where indicator_id = 'tekort_verwacht'"
    ).fetchall()
    vorm = r"(afbakening=azw_breed;)?prognose=20\d\d(-\d\d)?(;scenario=referentie)?"
    assert all(re.fullmatch(vorm, uitsplitsing) for (uitsplitsing,) in rijen)
    assert len(rijen) >= 2


def test_36_the_response_of_the_concept_study_is_its_net_109(publicatie):
    vraag = (
        "select teller, noemer from waarneming where uitsplitsing = 'studie=33568' and indicator_id = 'panel_respons'"
    )
    assert publicatie.execute(vraag).fetchone() == (109, 250)


def test_37_and_38_every_share_of_the_panel_fits_its_n(publicatie):
    """No whole number of 91 is 17 %; and what people use an AI coach for adds up to 83 of 82, so it is left out."""
    assert counts_that_fit(0.17, 91) == []
    rijen = publicatie.execute(
        "select waarde, n from waarneming where indicator_id in ('panel_uitkomst', 'panel_prioriteit')"
    ).fetchall()
    assert rijen
    assert all(counts_that_fit(waarde, n) for waarde, n in rijen)
    gebruik = sum(counts_that_fit(aandeel, 82)[0] for aandeel in (0.24, 0.35, 0.30, 0.11))
    assert gebruik > 82
    vragen = {u for (u,) in publicatie.execute("select distinct uitsplitsing from waarneming where n = 82").fetchall()}
    assert not any("gebruiken" in vraag for vraag in vragen)


def test_39_and_42_no_percentage_of_the_panel_rests_on_fewer_than_sixty_and_none_has_an_interval(publicatie):
    """15 of 48 of the recruitment survey (31 %) is not there."""
    panel = "select count(*) from waarneming where indicator_id like 'panel_%' and {}"
    for fout in ("waarde is not null and n < 60", "coalesce(onder, boven, standaardfout) is not null", "waarde = 0.31"):
        assert publicatie.execute(panel.format(fout)).fetchone() == (0,)


def test_40_five_answers_of_the_panel_add_up_to_99(publicatie):
    rijen = publicatie.execute(
        "select waarde from waarneming where uitsplitsing = 'studie=33568;vraag=AI-coach aansprekend'"
    ).fetchall()
    assert (len(rijen), percents(waarde for (waarde,) in rijen)) == (5, 99)


def test_the_document_has_every_quirk_once_and_names_tests_that_exist():
    regels = re.findall(r"^\| (\d+) \|.*\|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert list(map(int, regels)) == list(range(1, 43))
    genoemd = set(re.findall(r"`(test_\w+)`", DOCUMENT.read_text(encoding="utf-8")))
    bestaand = set(re.findall(r"^def (test_\w+)", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE))
    assert genoemd <= bestaand
    assert bestaand - genoemd == {"test_the_document_has_every_quirk_once_and_names_tests_that_exist"}
