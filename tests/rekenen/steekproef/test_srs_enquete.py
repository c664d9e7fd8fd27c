"""The survey: its contract row by row, and voorbeelddata that give every published figure of the nulmeting."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from respondenten import BASISKOLOMMEN, EFFECTEN, GEVRAAGD, NIETS, STELLINGEN, Rij, answer, asked, everything, to_csv

from pipelines.bouwen import build
from pipelines.levering.aannemen import check_path

RAW = Path(__file__).parents[3] / "data" / "raw"
CODEKOLOMMEN = ("grootteklasse", "functie", "betrokkenheid", "rol_transitie", *(f"{b}_bekendheid" for b in EFFECTEN))
JA_NEE = ("digitale_tools", "inzet_digitaal", "inzet_verander", "pilot")


@pytest.fixture
def keur(maak_levering):
    """Check rows of one table and return the messages per row that one names: column and text."""

    def check(tabel: str, rijen: list[Rij], kolommen: tuple[str, ...] | None = None) -> dict[int | None, list[str]]:
        if tabel == "antwoorden":
            rijen = [rij | {"respondent_id": rij["respondent_id"] + str(nr)} for nr, rij in enumerate(rijen)]
            kolommen = kolommen or (*NIETS, *BASISKOLOMMEN)
        tekst = to_csv(rijen, kolommen or tuple(rijen[0]))
        gevonden: dict[int | None, list[str]] = {}
        for melding in check_path(maak_levering({tabel: tekst}, bron="srs_enquete"), None).meldingen:
            for rij in melding.rijen or (melding.rij,):
                gevonden.setdefault(rij, []).append(f"{melding.kolom}: {melding.tekst}")
        return gevonden

    return check


def test_whoever_is_in_one_base_answers_those_questions_and_no_others(keur):
    rijen = [asked(nummer) for nummer in range(len(GEVRAAGD))]
    assert keur("antwoorden", [NIETS, everything(), *rijen]) == {}


def test_an_empty_answer_inside_its_base_is_an_error(keur):
    gevonden = keur("antwoorden", [everything() | {kolom: ""} for kolom in BASISKOLOMMEN])
    verwacht = [f"{kolom}: deze cel is leeg, maar de vraag is gesteld." for kolom in BASISKOLOMMEN]
    assert gevonden == {rij: [tekst] for rij, tekst in enumerate(verwacht, start=2)}


def test_an_answer_outside_its_base_is_an_error(keur):
    gevonden = keur("antwoorden", [NIETS | {kolom: answer(kolom)} for kolom in BASISKOLOMMEN])
    verwacht = [f"{kolom}: '{answer(kolom)}' staat bij een vraag die niet is gesteld." for kolom in BASISKOLOMMEN]
    assert gevonden == {rij: [tekst] for rij, tekst in enumerate(verwacht, start=2)}


def test_geen_effect_excludes_each_other_effect_and_nothing_at_all_is_allowed(keur):
    paren = [(blok, effect) for blok, effecten in EFFECTEN.items() for effect in effecten]
    rijen = [everything() | {f"{blok}_geen": "1", effect: "1"} for blok, effect in paren]
    alleen = [everything() | {f"{blok}_geen": "1"} for blok in EFFECTEN]
    gevonden = keur("antwoorden", [*rijen, *alleen])
    assert gevonden == {
        rij: [f"{blok}_geen: {blok}_geen is 1, maar er is ook een effect aangekruist."]
        for rij, (blok, _) in enumerate(paren, start=2)
    }


def test_every_question_to_everyone_is_answered_with_a_known_code(keur):
    verplicht = [kolom for kolom in NIETS if kolom not in ("respondent_id", "jaar")]
    codes = [*CODEKOLOMMEN, *STELLINGEN, "pilot_inzichten"]
    rijen = [NIETS | {kolom: ""} for kolom in verplicht] + [everything() | {kolom: "onzin"} for kolom in codes]
    gevonden = keur("antwoorden", rijen)
    for rij, kolom in enumerate(verplicht, start=2):
        assert gevonden[rij] == [f"{kolom}: deze cel is leeg."]
    for rij, kolom in enumerate(codes, start=2 + len(verplicht)):
        assert gevonden[rij][0].startswith(f"{kolom}: 'onzin' bestaat niet."), kolom


def test_yes_or_no_is_1_or_0(keur):
    nullen = [kolom for kolom in BASISKOLOMMEN if answer(kolom) == "0"]
    rijen = [NIETS | {kolom: "2"} for kolom in JA_NEE] + [everything() | {kolom: "soms"} for kolom in nullen]
    gevonden = keur("antwoorden", rijen)
    for rij, kolom in enumerate([*JA_NEE, *nullen], start=2):
        waarde = "2" if rij < 2 + len(JA_NEE) else "soms"
        assert gevonden[rij] == [f"{kolom}: '{waarde}' is geen 0 of 1."]


def test_yes_and_no_in_words_are_1_and_0(keur):
    nullen = [kolom for kolom in BASISKOLOMMEN if answer(kolom) == "0"]
    beide = everything() | {"amo_geen": "ja", "amo_spp": "Ja"}
    assert keur("antwoorden", [everything() | dict.fromkeys(nullen, "Nee"), NIETS | {"pilot": "nee"}, beide]) == {
        4: ["amo_geen: amo_geen is 1, maar er is ook een effect aangekruist."]
    }


def test_marks_regions_branches_and_years_are_what_they_should_be(keur):
    gevallen = [
        ({"rapportcijfer": "1"}, []),
        ({"rapportcijfer": "10"}, []),
        ({"rapportcijfer": "0"}, ["rapportcijfer: '0' ligt niet tussen 1 en 10."]),
        ({"rapportcijfer": "11"}, ["rapportcijfer: '11' ligt niet tussen 1 en 10."]),
        ({"rapportcijfer": "7.5"}, ["rapportcijfer: '7.5' is geen geheel getal."]),
        ({"rapportcijfer": "nvt"}, ["rapportcijfer: 'nvt' is geen geheel getal."]),
        ({"wgo_code": "WGO07"}, []),
        ({"wgo_code": "WGO08"}, ["wgo_code: 'WGO08' bestaat niet op de datum van deze rij."]),
        ({"wgo_code": "RA0308"}, ["wgo_code: 'RA0308' bestaat, maar hoort niet in deze tabel."]),
        ({"branche_code": "TOTAAL"}, ["branche_code: 'TOTAAL' hoort niet in deze tabel."]),
        ({"branche_code": "VTT"}, ["branche_code: 'VTT' bestaat niet. Bedoelde u VVT?"]),
        ({"jaar": "2022"}, ["jaar: 2022 wijkt af van het jaar van de andere rijen (2021)."]),
        ({"jaar": "21"}, ["jaar: '21' is geen periode.", "jaar: 21 wijkt af van het jaar van de andere rijen (2021)."]),
        ({"jaar": "2021KW01"}, ["jaar: '2021KW01' is geen heel jaar.",
                                "jaar: 2021KW01 wijkt af van het jaar van de andere rijen (2021)."]),
    ]  # fmt: skip
    gevonden = keur("antwoorden", [NIETS | anders for anders, _ in gevallen])
    for rij, (anders, verwacht) in enumerate(gevallen, start=2):
        assert gevonden.get(rij, []) == verwacht, anders


def test_a_respondent_has_an_id_and_answers_once_and_panel_id_may_be_there(maak_levering):
    anders = [{"panel_id": "p1"}, {}, {"respondent_id": ""}, {"respondent_id": "s", "jaar": ""}]
    tekst = to_csv([NIETS | deel for deel in anders], (*NIETS, *BASISKOLOMMEN, "panel_id"))
    meldingen = check_path(maak_levering({"antwoorden": tekst}, bron="srs_enquete"), None).meldingen
    assert [(m.rijen or m.rij, m.kolom, m.tekst) for m in meldingen] == [
        ((2, 3), None, "(r) komt meer dan eens voor."),
        (4, "respondent_id", "deze cel is leeg."),
        (5, "jaar", "deze cel is leeg."),
    ]


def test_a_question_may_not_be_left_out(keur):
    kolommen = tuple(kolom for kolom in (*NIETS, *BASISKOLOMMEN) if kolom != "werken_geen")
    assert keur("antwoorden", [everything()], kolommen) == {1: ["None: Kolom 'werken_geen' ontbreekt."]}


def test_invited_is_a_count_per_wgo_of_that_year(keur):
    goed = {"jaar": "2021", "wgo_code": "WGO01", "uitgenodigd": "246"}
    anders = [{}, {}, {"wgo_code": "WGO02", "uitgenodigd": "0"}, {"wgo_code": "WGO03", "uitgenodigd": "."},
              {"wgo_code": "WGO08"}, {"wgo_code": "NL01"}, {"jaar": "2022"}, {"jaar": "2021MM04"},
              {"wgo_code": "WGO04", "uitgenodigd": ""}]  # fmt: skip
    assert keur("uitgenodigd", [goed | deel for deel in anders]) == {
        2: ["None: (2021, WGO01) komt meer dan eens voor."],
        3: ["None: (2021, WGO01) komt meer dan eens voor."],
        4: ["uitgenodigd: '0' is minder dan 1."],
        5: ["uitgenodigd: '.' is geen geheel getal."],
        6: ["wgo_code: 'WGO08' bestaat niet op de datum van deze rij."],
        7: ["wgo_code: 'NL01' bestaat, maar hoort niet in deze tabel."],
        9: ["jaar: '2021MM04' is geen heel jaar."],
        10: ["uitgenodigd: deze cel is leeg."],
    }


def test_an_organisation_answers_once_a_year(keur):
    rijen = [NIETS | {"panel_id": naam} for naam in ("a", "b", "a", "", "")]
    assert keur("antwoorden", rijen, (*NIETS, "panel_id", *BASISKOLOMMEN)) == {
        rij: ["panel_id: panel_id 'a' komt meer dan eens voor."] for rij in (2, 4)
    }


def test_a_theme_belongs_to_its_question_and_is_named_once(keur):
    rijen = [("a", "pilot_inzicht", "onboarding"), ("a", "pilot_inzicht", "overig"), ("a", "rol_soort", "overig"),
             ("b", "rol_soort", "zzp"), ("b", "thema_aandacht", "zij_instroom"), ("b", "pilot_inzicht", "lobby"),
             ("c", "rol_soort", "loby"), ("c", "mening", "overig"), ("d", "thema_aandacht", "zzp"),
             ("d", "thema_aandacht", "zzp"), ("", "thema_aandacht", "zzp"), ("e", "thema_aandacht", "")]  # fmt: skip
    velden = ("respondent_id", "vraag", "code")
    assert keur("open_antwoorden", [dict(zip(velden, rij, strict=True)) for rij in rijen]) == {
        5: ["code: 'zzp' is geen thema van vraag rol_soort."],
        6: ["code: 'zij_instroom' is geen thema van vraag thema_aandacht."],
        7: ["code: 'lobby' is geen thema van vraag pilot_inzicht."],
        8: ["code: 'loby' bestaat niet. Bedoelde u lobby?"],
        9: ["vraag: 'mening' bestaat niet."],
        10: ["None: (d, thema_aandacht, zzp) komt meer dan eens voor."],
        11: ["None: (d, thema_aandacht, zzp) komt meer dan eens voor."],
        12: ["respondent_id: deze cel is leeg."],
        13: ["code: deze cel is leeg."],
    }


def test_staging_renames_and_makes_figures_but_keeps_words_and_empty(goedgekeurd, maak_levering, tmp_path):
    antwoorden = to_csv([NIETS, asked(0) | {"respondent_id": "s", "amo_spp": "1"}], (*NIETS, *BASISKOLOMMEN))
    thema, aantal = "respondent_id,vraag,code\nr,thema_aandacht,zzp\n", "jaar,wgo_code,uitgenodigd\n2021,WGO01,246\n"
    tabellen = {"antwoorden": antwoorden, "open_antwoorden": thema, "uitgenodigd": aantal}
    maak_levering(tabellen, bron="srs_enquete")
    build(tmp_path / "raw", tmp_path / "warehouse")
    vraag = """select periode, regio_code, branche_code, grootteklasse, rapportcijfer, amo_bekendheid, amo_spp,
               amo_geen, panel_id, celstatus from srs_enquete.antwoorden order by respondent_id"""
    with duckdb.connect(str(tmp_path / "warehouse" / "werk.duckdb"), read_only=True) as con:
        vooraan = ("2021", "WGO01", "VVT", "<50", 7.0)
        assert con.execute(vraag).fetchall() == [
            (*vooraan, "niet_bekend", None, None, None, "beschikbaar"),
            (*vooraan, "bekend", 1.0, 0.0, None, "beschikbaar"),
        ]
        assert con.execute("from srs_enquete.uitgenodigd").fetchall() == [("2021", "WGO01", 246.0, "beschikbaar")]
        genoemd = con.execute("from srs_enquete.open_antwoorden").fetchall()
        assert genoemd == [("2021", "r", "thema_aandacht", "zzp", "beschikbaar")]
