"""Every computed sentence reads as Dutch for none, for one, for many and where something is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from koersrijen import LAGER
from koersrijen import figure as course
from zinrijen import BASIS, LATER

from app.documenten import dias
from app.lezen.onderwerp.plannen import Regeltoets
from app.lezen.rijen import Branche, Doel, Regio, Waarneming
from app.oordeel import zinnen
from app.oordeel.gesprek import dossier
from app.oordeel.gesprek.signaal import Signaal
from app.oordeel.gesprek.toetsing import Toetsing
from app.oordeel.kaart import kaartzinnen
from app.oordeel.overzicht import samenvatting
from app.oordeel.programma import ambities, budgetzinnen, koers
from app.oordeel.reeksen import Verandering, change
from app.taal.opmaak import telling
from pipelines.afspraken.codelijsten import Regeloordeel

KWARTAAL = replace(BASIS, periode_soort="kwartaal", periode_naam="2e kwartaal 2023", waarde=900)
BRANCHES = {code: Branche(code, naam, naam, "") for code, naam in (("ZKH", "Ziekenhuizen"), ("JZ", "Jeugdzorg"))}
VOLDOET, NIET, ONBEKEND = Regeloordeel.VOLDOET, Regeloordeel.VOLDOET_NIET, Regeloordeel.NIET_TE_BEPALEN


def step(van: float, tot: float) -> Verandering:
    stap = change(replace(BASIS, waarde=van), replace(LATER, waarde=tot), ())
    assert isinstance(stap, Verandering)
    return stap


def national(**series: Sequence[Waarneming]) -> Callable[[str], Sequence[Waarneming]]:
    return lambda naam: tuple(series.get(naam, ()))


@pytest.mark.parametrize(
    ("aantal", "tekst"), [(0, "0 regio's"), (1, "1 regio"), (2, "2 regio's"), (2_000, "2.000 regio's")]
)
def test_a_count_has_the_word_of_its_number(aantal: int, tekst: str) -> None:
    assert telling(aantal, "regio", "regio's") == tekst


@pytest.mark.parametrize(
    ("waarden", "titel"),
    [
        ([], "Ziekteverzuim: cijfers zijn er voor deze keuze niet"),
        ([0.05], "Ziekteverzuim: één provincie heeft een cijfer, 5%"),
        ([0.05, 0.05], "Ziekteverzuim: 5% in alle 2 provincies met een cijfer"),
        ([0.05, 0.06, 0.08], "Ziekteverzuim: van 5% tot 8% in 3 provincies"),
    ],
)
def test_the_title_of_a_map(waarden: list[float], titel: str) -> None:
    rijen = [replace(BASIS, regio_code=f"PV{n}", waarde=w, decimalen=0) for n, w in enumerate(waarden)]
    assert kaartzinnen.title(LAGER, rijen, None, "provincie") == titel


def test_the_title_of_a_map_says_of_its_only_figure_that_it_is_indicative_or_made_up() -> None:
    rij = replace(BASIS, waarde=0.05, decimalen=0, status="indicatief")
    assert kaartzinnen.title(LAGER, [rij], None, "wgo").endswith("heeft een cijfer, 5% (indicatief)")
    verzonnen = replace(BASIS, herkomst="synthetisch")
    assert kaartzinnen.title(LAGER, [verzonnen], None, "wgo") == (
        "Ziekteverzuim in 1 werkgeversorganisatie (voorbeelddata)"
    )


@pytest.mark.parametrize(
    ("stappen", "slot"),
    [
        ({}, "naar 68% in 2021"),
        ({"ZKH": (0.7, 0.7)}, "naar 68% in 2021"),
        ({"ZKH": (0.7, 0.65)}, "; de grootste daling bij ziekenhuizen, naar 65%"),
        ({"ZKH": (0.7, 0.75), "JZ": (0.3, 0.35)}, "naar 68% in 2021"),
        ({"ZKH": (0.7, 0.75), "JZ": (0.3, 0.6)}, "; verdubbeld bij jeugdzorg"),
    ],
)
def test_of_two_branches_that_changed_as_much_neither_changed_most(
    stappen: dict[str, tuple[float, float]], slot: str
) -> None:
    alle = {"TOTAAL": step(0.66, 0.68)} | {code: step(*paar) for code, paar in stappen.items()}
    assert zinnen.coverage_title(alle, BRANCHES).endswith(slot)


def test_a_coverage_that_stayed_says_so_once() -> None:
    titel = zinnen.coverage_title({"TOTAAL": step(0.66, 0.66)}, BRANCHES)
    assert titel == "Dekkingsgraad 66% in 2021, even hoog als in 2019"


@pytest.mark.parametrize(
    ("aantal", "tekst"),
    [(1, "in 2021 hoger dan in 2019"), (2, "in 2021 bij 1 van de 2 opleidingen hoger dan in 2019")],
)
def test_a_tally_of_one_series_counts_nothing(aantal: int, tekst: str) -> None:
    assert zinnen.tally([step(1, 2)], aantal, "opleidingen") == tekst


def test_one_side_of_a_balance_has_its_figure_in_a_title_and_no_rise_or_fall() -> None:
    zin = zinnen.trend_clause((BASIS, LATER), "aandeel", (), is_kant=True)
    assert zinnen.trend_title("Uitstroom", zin) == "Uitstroom: 68% in 2021"


def test_an_empty_place_is_said_once() -> None:
    regio = sigra()
    geen = kaartzinnen.region_sentence(regio, None, None, LAGER)
    leeg = kaartzinnen.region_sentence(regio, replace(BASIS, waarde=None, status="ontbreekt"), None, LAGER)
    assert geen == leeg == "Voor Sigra is er in deze periode geen cijfer te zien."
    een = replace(BASIS, n=1, schatting="gewogen", waarde=0.5)
    assert "(1 antwoord)" in kaartzinnen.region_sentence(regio, een, None, LAGER)


def sigra() -> Regio:
    return Regio("WGO06", "wgo", "Sigra", "", None, None, "", None, None)


@pytest.mark.parametrize(
    ("rij", "zin"),
    [
        (KWARTAAL, "Aan het eind van het 2e kwartaal 2023 stonden er 900 vacatures open."),
        (replace(BASIS, waarde=900), "Aan het eind van 2019 stonden er 900 vacatures open."),
        (replace(BASIS, waarde=1), "Aan het eind van 2019 stond er 1 vacature open."),
        (replace(BASIS, waarde=0), "Aan het eind van 2019 stonden er 0 vacatures open."),
    ],
)
def test_vacancies_of_a_quarter_or_a_year(rij: Waarneming, zin: str) -> None:
    assert samenvatting.lead_sentences(national(openstaande_vacatures=[rij]), ()) == [zin]


@pytest.mark.parametrize(
    ("erin", "eruit", "titel"),
    [
        ([], [BASIS], ""),
        ([replace(BASIS, waarde=100)], [replace(BASIS, waarde=100)], "In- en uitstroom in 2019: 100 erbij, 100 eraf: "
         "even veel"),
        ([replace(BASIS, waarde=100)], [replace(BASIS, waarde=90)], "In- en uitstroom in 2019: 100 erbij, 90 eraf: per "
         "saldo 10 erbij"),
        ([KWARTAAL], [replace(KWARTAAL, precisie="circa")], "In- en uitstroom in de twaalf maanden tot en met het "
         "2e kwartaal 2023: 900 erbij, ongeveer 900 eraf"),
    ],
)  # fmt: skip
def test_in_out_and_what_is_left(erin: list[Waarneming], eruit: list[Waarneming], titel: str) -> None:
    assert samenvatting.flow_title(national(instroom_sector=erin, uitstroom=eruit)) == titel


@pytest.mark.parametrize(
    ("n", "begin"),
    [(None, "Organisaties gaven hun"), (1, "1 organisatie gaf haar"), (1_095, "1.095 organisaties gaven hun")],
)
def test_who_gave_a_grade(n: int | None, begin: str) -> None:
    rij = replace(BASIS, waarde=7.3, n=n)
    assert samenvatting.lead_sentences(national(rapportcijfer=[rij]), ())[0].startswith(begin)


@pytest.mark.parametrize(
    ("oordelen", "titel"),
    [
        ([], "Er is nog geen regel van het programma getoetst"),
        ([ONBEKEND], "Of 1 regel van het programma gevolgd is, is nog niet te bepalen"),
        ([ONBEKEND] * 2, "Of 2 regels van het programma gevolgd zijn, is nog niet te bepalen"),
        ([VOLDOET], "Van 1 regel: 1 voldoet"),
        ([VOLDOET, VOLDOET, NIET, ONBEKEND], "Van 4 regels: 2 voldoen, 1 voldoet niet en 1 is niet te bepalen"),
    ],
)
def test_how_many_rules_are_met(oordelen: list[str], titel: str) -> None:
    toetsen = [Regeltoets(f"r{n}", 2021, "NL01", 0.2, 0.1, oordeel, "") for n, oordeel in enumerate(oordelen)]
    assert budgetzinnen.rule_title(toetsen) == titel


def test_why_rules_cannot_be_judged_is_what_the_test_said_and_nothing_else() -> None:
    redenen = [("A", ONBEKEND, "Niet gepubliceerd"), ("B", ONBEKEND, "Niet gepubliceerd"), ("C", ONBEKEND, ""),
               ("D", VOLDOET, "Gehaald")]  # fmt: skip
    toetsen = [
        Regeltoets(t, 2021, "NL01", 0.2, None, oordeel, f"{t}. {waarom}." if waarom else "", t, berekening=waarom)
        for t, oordeel, waarom in redenen
    ]
    assert budgetzinnen.undecided(toetsen) == ["2 regels: Niet gepubliceerd.", "1 regel: geen reden gegeven"]


@pytest.mark.parametrize(
    ("aandelen", "titel"),
    [
        ({}, "A, 2021: hoe het budget is verdeeld, is niet bekend"),
        ({"basis": 0.55, "innoveren": 0.45}, "A: 55% van het budget gaat naar de pijler basis, in 2021"),
        ({"basis": 0.5, "innoveren": 0.5}, "A: elk 50% van het budget gaat naar de pijlers basis en innoveren, in "
         "2021"),
    ],
)  # fmt: skip
def test_where_most_of_a_budget_goes(aandelen: dict[str, float], titel: str) -> None:
    verdeling = [replace(BASIS, categorie=pijler, waarde=deel) for pijler, deel in aandelen.items()]
    assert budgetzinnen.title("A", "2021", verdeling) == titel


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        ({"precisie": "circa"}, "het cijfer is een schatting in de bron"),
        ({"precisie": "bereik"}, "de bron geeft alleen een ondergrens, en geen cijfer"),
        ({"precisie": "bereik", "waarde_tot": 0.08}, "de bron geeft een ondergrens en een bovengrens, en geen cijfer"),
    ],
)
def test_why_a_rough_figure_is_not_held_against_an_ambition(anders: dict[str, object], reden: str) -> None:
    doel = Doel("verzuim", "NL01", 2020, 0.07, 2024, 0.06, "RAAT")
    assert ambities.weigh(doel, LAGER, [course(2022, 0.065, **anders)], ()).reden == reden


def test_a_line_of_which_nothing_runs_says_so() -> None:
    prognose = replace(LAGER, buiten_koers="prognose")
    assert koers.Koerslijn("A", (koers.Koers(prognose, koers.ONBEKEND, "", ()),)).tekst == (
        "te weinig bekend: er loopt geen cijfer"
    )


@pytest.mark.parametrize(
    ("signalen", "beoordeeld", "zin"),
    [
        (1, 0, "Er is 1 signaal om te bespreken; geen van de 11 regels was te beoordelen."),
        (1, 1, "Er is 1 signaal om te bespreken; 1 van de 11 regels was te beoordelen."),
        (2, 3, "Er zijn 2 signalen om te bespreken; 3 van de 11 regels waren te beoordelen."),
        (0, 0, "Niet te beoordelen: het budget per werkgeversorganisatie is niet geleverd."),
        (0, 11, "Geen van de 11 regels geeft een signaal. Niet te beoordelen: het budget per "
         "werkgeversorganisatie is niet geleverd."),
    ],
)  # fmt: skip
def test_how_many_signals_and_how_many_rules(signalen: int, beoordeeld: int, zin: str) -> None:
    gevonden = [Signaal("budgetregel", "", (), "")] * signalen
    toets = Toetsing(beoordeeld, 11, ("het budget per werkgeversorganisatie",))
    assert dossier._signal_sentences(gevonden, toets) == [zin]


@pytest.mark.parametrize(
    ("echt", "titel"),
    [
        ([], "Bronnen en definities"),
        ([False], "A: het ene kerncijfer is voorbeelddata (verzonnen)"),
        ([False, True], "A: 1 van de 2 kerncijfers is voorbeelddata (verzonnen)"),
        ([False, False], "A: alle 2 kerncijfers zijn voorbeelddata (verzonnen)"),
        ([True], "A: elk kerncijfer is geleverd of gepubliceerd"),
    ],
)
def test_how_many_key_figures_are_real(echt: list[bool], titel: str) -> None:
    rijen = [replace(BASIS, herkomst="levering" if is_echt else "synthetisch") for is_echt in echt]
    assert dias._real_title("A", [dossier.Dossiercijfer(LAGER, rij, None, "", "", "") for rij in rijen]) == titel


def test_a_day_of_measurement_goes_before_a_period() -> None:
    rij = replace(BASIS, peildatum=date(2020, 6, 30))
    assert zinnen.at_moment(rij) == "op 30 juni 2020"
