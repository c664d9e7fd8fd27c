"""Only a test makes 'hoger' or 'lager' of survey figures, and it is shown in plain words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from scherm import run as open_page
from streamlit.testing.v1 import AppTest

from app.lezen import data
from app.lezen.rijen import Verschil, Waarneming
from app.oordeel import verschillen, zinnen
from app.oordeel.overzicht import kerncijfers
from app.oordeel.reeksen import GeenVerandering, Verandering, change

TOETS = Verschil("rol_transitie", "ja", "regio_rest", "WGO01", "2023", "", 0.254, "hoger", 0.118, 0.376, "levering")
RIJ = Waarneming(
    indicator_id="rapportcijfer", categorie="", uitsplitsing="", regio_code="NL01", niveau="land",
    branche_code="TOTAAL", periode="2021", schatting="gewogen", herkomst="levering", peildatum=None, waarde=7.3,
    waarde_tot=None, onder=7.1, boven=7.5, teller=None, noemer=None, n=301, status="beschikbaar",
    is_voorlopig=False, levering_id="l", precisie="", populatie="", bron="Bron", vindplaats="p. 1",
    periode_naam="2021", periode_soort="jaar", begin=date(2021, 1, 1), eind=date(2021, 12, 31), is_steekproef=True,
)  # fmt: skip
LATER = replace(RIJ, periode="2023", periode_naam="2023", waarde=7.6, begin=date(2023, 1, 1), eind=date(2023, 12, 31))
STAP = Verschil("rapportcijfer", "", "verandering", "NL01", "2023", "2021", 0.3, "hoger", 0.1, 0.5, "levering")


def plain(scherm: AppTest) -> str:
    delen = [e.value for soort in (scherm.title, scherm.header, scherm.subheader) for e in soort]
    tekst = "\n".join(delen + [e.proto.body for e in scherm.get("html")])
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", tekst))


def run(**keuze: str) -> str:
    return plain(open_page("pijlers", **keuze))


@pytest.mark.parametrize(
    ("toets", "zin"),
    [
        (TOETS, "Hoger dan bij de rest van Nederland: +25 procentpunt (95%-interval 12 tot 38)."),
        (
            replace(TOETS, oordeel="lager", verschil=-0.254, onder=-0.376, boven=-0.118),
            "Lager dan bij de rest van Nederland: −25 procentpunt (95%-interval −38 tot −12).",
        ),
        (replace(TOETS, oordeel="geen_verschil"), "Geen aantoonbaar verschil met de rest van Nederland."),
        (
            replace(TOETS, oordeel="niet_te_bepalen", verschil=None, onder=None, boven=None),
            "Of het anders is dan bij de rest van Nederland, is niet te bepalen.",
        ),
        (
            replace(TOETS, soort="verandering", periode_vorig="2021"),
            "Hoger dan in 2021: +25 procentpunt (95%-interval 12 tot 38).",
        ),
        (replace(TOETS, soort="verandering", periode_vorig="2021", oordeel="geen_verschil"),
         "Geen aantoonbaar verschil met 2021."),
        (replace(TOETS, soort="verandering", vorige_naam="2e kwartaal 2021", oordeel="geen_verschil"),
         "Geen aantoonbaar verschil met het 2e kwartaal 2021."),
    ],
)  # fmt: skip
def test_a_verdict_in_plain_words(toets, zin) -> None:
    assert verschillen.sentence(toets, "aandeel") == zin


def test_two_samples_are_not_compared_by_eye() -> None:
    assert isinstance(change(RIJ, LATER, ()), GeenVerandering)
    assert isinstance(change(RIJ, LATER, (), [replace(STAP, oordeel="geen_verschil")]), GeenVerandering)
    stap = change(RIJ, LATER, (), [STAP])
    assert isinstance(stap, Verandering)
    assert float(stap.verschil) == 0.3
    geteld = [replace(rij, is_steekproef=False) for rij in (RIJ, LATER)]
    assert isinstance(change(geteld[0], geteld[1], ()), Verandering)


def test_a_title_moves_only_after_a_test() -> None:
    def title(*getoetst: Verschil) -> str:
        return zinnen.trend_title("Rapportcijfer", zinnen.trend_clause((RIJ, LATER), "cijfer", (), getoetst))

    assert title() == "Rapportcijfer: 7,6 in 2023"
    assert title(STAP) == "Rapportcijfer: stijging van 7,3 in 2021 naar 7,6 in 2023"
    assert title(replace(STAP, oordeel="geen_verschil")) == "Rapportcijfer: 7,6 in 2023"


def test_a_verdict_belongs_to_its_own_figure() -> None:
    assert verschillen.of_figure([STAP], LATER) == [STAP]
    for anders in ({"herkomst": "synthetisch"}, {"regio_code": "WGO01"}, {"branche_code": "VVT"}, {"categorie": "ja"},
                   {"uitsplitsing": "functie=hr"}, {"waarde": None}, {"periode": "2021"}):  # fmt: skip
        assert verschillen.of_figure([STAP], replace(LATER, **anders)) == []
    assert verschillen.change_of([STAP], RIJ, LATER) == STAP
    assert verschillen.change_of([STAP], replace(RIJ, periode="2019"), LATER) is None


@pytest.fixture
def twee(twee_metingen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(twee_metingen))


@pytest.mark.usefixtures("twee")
def test_a_wgo_that_rose_and_is_above_the_rest() -> None:
    """WGO01: from 4 to 16 of 20 and a mark that rose by two; WGO02 stayed at 15 of 30."""
    tekst = run(groep="WGO01")
    assert re.search(r"Hoger dan in 2021: \+60 procentpunt \(95%-interval \d\d tot \d\d\)\.", tekst)
    assert re.search(r"Hoger dan bij de rest van Nederland: \+\d\d procentpunt", tekst)
    assert re.search(r"Hoger dan in 2021: \+2,0 \(95%-interval 1,\d tot 2,\d\)\.", tekst)
    gebleven = run(groep="WGO02")
    assert "Geen aantoonbaar verschil met 2021." in gebleven
    assert "Hoger dan in" not in gebleven


@pytest.mark.usefixtures("twee")
def test_no_verdict_without_the_weighted_figure_or_without_an_earlier_wave() -> None:
    assert "Hoger dan" not in run(groep="WGO01", schatting="ongewogen")
    assert "in 2021" not in run(groep="WGO01", periode="2021")
    assert "te bepalen" not in run(groep="WGO03")


@pytest.mark.usefixtures("twee")
@pytest.mark.parametrize(
    ("jaar", "opties"), [("2023", ["Gewogen", "Geraakt", "Ongewogen"]), ("2021", ["Gewogen", "Ongewogen"])]
)
def test_raked_figures_can_be_chosen_where_a_margin_was_delivered(jaar: str, opties: list[str]) -> None:
    scherm = open_page("pijlers", periode=jaar, schatting="geraakt")
    assert list(scherm.button_group(key="kies_schatting").options) == opties
    assert ("berekend (geraakt)" in plain(scherm)) == (jaar == "2023")


@pytest.mark.usefixtures("twee")
def test_beside_the_map_stands_what_the_tests_say() -> None:
    keuze = {"indicator": "rol_transitie", "niveau": "wgo", "regio": "WGO01", "periode": "2023", "categorie": "ja"}
    scherm = open_page("kaart", **keuze)
    assert re.search(r"Hoger dan bij de rest van Nederland: \+30 procentpunt .* Hoger dan in 2021: \+60", plain(scherm))


@pytest.mark.usefixtures("twee")
def test_the_card_of_the_country_says_what_the_test_says() -> None:
    kaart = next(k for k in kerncijfers.collect(data.kenmerk()) if k.indicator.indicator_id == "rapportcijfer")
    assert kaart.stap is None
    assert re.fullmatch(r"Hoger dan in 2021: \+0,\d \(95%-interval 0,\d tot 0,\d\)\.", kaart.reden)


def test_words_of_comparison_come_from_the_table_and_nowhere_else(warehouse, monkeypatch) -> None:
    """Per group as many 'Hoger dan' and 'Lager dan' as there are verdicts on the questions shown."""
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    # A story says what it says in words of its own.
    monkeypatch.setattr("app.lezen.onderwerp.verhaalrijen.alle", lambda _merk: ())
    for groep in ("NL01", "WGO13", "VVT"):
        tekst = run(groep=groep, pijler="kiezen_toeleiden")
        vragen = ("werving_bekendheid/bekend", "werving_bekendheid/gebruikt", "imago_bekendheid/bekend",
                  "werving_realistisch/", "werving_animo/", "werving_anders/", "werving_geen/", "imago_realistisch/",
                  "imago_animo/", "imago_anders/", "imago_geen/", "impact_instroom_onderwijs/eens",
                  "impact_zij_instroom/eens", "rol_transitie/ja", "rapportcijfer/")  # fmt: skip
        oordelen = [
            v.oordeel for v in data.verschillen(data.kenmerk())
            if v.regio_code == groep and f"{v.indicator_id}/{v.categorie}" in vragen
        ]  # fmt: skip
        assert len(re.findall(r"Hoger dan (?:bij|in) ", tekst)) == oordelen.count("hoger")
        assert len(re.findall(r"Lager dan (?:bij|in) ", tekst)) == oordelen.count("lager")
        # What is shipped has made-up answers alone, and those are not tested.
        assert not oordelen
