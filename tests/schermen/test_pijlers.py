"""The page Pijlers: published beside computed, one group at a time, and words where there is no outcome."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from publicatiebed import Toon
from scherm import plain, text
from scherm import run as open_page
from streamlit.testing.v1 import AppTest

from app.beeld.onderwerp import pijlerbeeld, pijlertekening
from app.beeld.tekening import sporen
from app.lezen import data
from app.lezen.rijen import Indicator, Waarneming
from app.oordeel import enquete
from app.oordeel.enquete import Cijfer, Groep, Vraag
from app.oordeel.programma import pijlers, pijlerwoorden
from app.taal.te_weinig import too_few_text

VERBODEN = re.compile(r"significant|p-waarde|\bn/a\b|\bNone\b|\bnull\b|\bnan\b|Traceback|hoger dan|lager dan")
RIJ = Waarneming(
    indicator_id="leren_bpv", categorie="", uitsplitsing="", regio_code="NL01", niveau="land",
    branche_code="TOTAAL", periode="2021", schatting="gewogen", herkomst="synthetisch", peildatum=None, waarde=0.225,
    waarde_tot=None, onder=0.1, boven=0.4, teller=None, noemer=None, n=40, status="beschikbaar",
    is_voorlopig=False, levering_id="l", precisie="", populatie="", bron="Bron", vindplaats="p. 1",
    periode_naam="2021", periode_soort="jaar", begin=date(2021, 1, 1), eind=date(2021, 12, 31),
)  # fmt: skip
GEPUBLICEERD = replace(RIJ, schatting="ongewogen", herkomst="gepubliceerd", waarde=0.18, onder=None, boven=None)
INDICATOR = Indicator(
    indicator_id="leren_bpv", volgorde=1, titel="Praktijkvorming", vraag="Is de praktijkvorming aangepast?",
    definitie="", formule="", eenheid="aandeel", richting="hoger", actielijn="", pijler="leren_opleiden",
    schakel="effect", bron="", optelbaar=True, vertrouwelijk="", te_bevestigen=False,
)  # fmt: skip
NEDERLAND = Groep("NL01", "land", "Nederland")


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


@pytest.fixture
def geleverd(toon: Toon) -> None:
    """The shipped publication as if its answers of organisations had been delivered."""
    verzonnen = "levering_id like 'srs_enquete/%' and herkomst = 'synthetisch'"
    toon(f"update waarneming set herkomst = 'levering' where {verzonnen}")


run = partial(open_page, "pijlers")


def line(scherm: AppTest, vraag: str) -> str:
    """Return what one question says."""
    regel = next(deel for deel in text(scherm).split('class="rm-vraag"') if vraag in deel)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", regel))


def test_five_pijlers_on_one_screen_with_the_finding_as_title() -> None:
    scherm = run(voorbeeld="0")
    assert (
        scherm.header[0].value == "Nederland: bereik van 36% tot 69%, effect van 37% tot 65% en impact van 6% tot 53%"
    )
    assert text(scherm).count('class="rm-pijler ') == 5
    assert "VOORBEELD" not in text(scherm)


@pytest.mark.usefixtures("geleverd")
def test_published_stands_beside_computed() -> None:
    scherm = run(pijler="leren_opleiden", schatting="ongewogen")
    regel = line(scherm, "Bent u beter op de hoogte")
    assert re.search(r"62% ja berekend \(5\d% tot 6\d%\)", regel)
    assert "Gevraagd aan 152 organisaties die leren en opleiden kennen." in plain(scherm)
    assert "Er waren meer antwoorden mogelijk" in plain(scherm)


@pytest.mark.parametrize(
    "beide", [(GEPUBLICEERD, RIJ), (GEPUBLICEERD,), (RIJ,), (GEPUBLICEERD, replace(RIJ, waarde=None))]
)
def test_a_share_is_written_and_drawn_the_same_on_the_page_and_in_its_picture(beide: tuple[Waarneming, ...]) -> None:
    cijfer = enquete.questions({"leren_bpv": INDICATOR}, beide, "gewogen")["leren_bpv"].cijfer
    regel, html = pijlertekening.share_line("Samen", cijfer), pijlerbeeld.share_line("Samen", cijfer)
    gezegd = re.findall(r"<p[^>]*>(.*?)</p>", html)[1:]
    assert re.sub(r"<[^>]+>", "", "; ".join(gezegd)) == regel.tekst
    assert sporen.track(regel.merken) in html


@pytest.mark.parametrize("pijler", ["basis", "kiezen_toeleiden", "leren_opleiden", "werken_behoud", "innoveren"])
def test_every_chain_has_four_links_and_says_that_activities_are_not_delivered(pijler: str) -> None:
    scherm = run(pijler=pijler)
    assert text(scherm).count('class="rm-schakel"') == 4
    assert "De activiteiten van deze pijler zijn niet geleverd." in plain(scherm)
    assert "De nulmeting telt ongeveer 17 tot 25 projecten per werkgeversorganisatie" in plain(scherm)


def test_answers_that_were_not_published_are_named() -> None:
    tekst = plain(run(pijler="kiezen_toeleiden", voorbeeld="0"))
    assert "Gepubliceerd: eens 18%, oneens 26%; neutraal en weet niet zijn niet gepubliceerd." in tekst
    # What was published stands alone in voorbeeldmodus too.
    assert "Berekend:" not in line(run(pijler="kiezen_toeleiden"), "Is de instroom vanuit het onderwijs")


@pytest.mark.usefixtures("geleverd")
def test_answers_that_were_delivered_are_all_there() -> None:
    regel = line(run(pijler="kiezen_toeleiden"), "Is de instroom vanuit het onderwijs")
    assert re.search(r"Berekend: eens 1\d%, neutraal \d+%, oneens \d+%, weet niet \d+%", regel)


@pytest.mark.parametrize(
    ("groep", "zin"),
    [
        ("WGO04", "Flever: 4 organisaties deden mee; te weinig voor een uitkomst (minstens 10)."),
        ("WGO07", "samen Voor Betere Zorg: 8 organisaties deden mee; te weinig voor een uitkomst (minstens 10)."),
        ("KO", "Kinderopvang: 5 organisaties deden mee; te weinig voor een uitkomst (minstens 10)."),
        ("grootteklasse=onbekend", "Omvang in fte: onbekend: 1 organisatie deed mee; te weinig"),
    ],
)
def test_a_group_that_is_too_small_gets_words_and_no_picture(groep: str, zin: str) -> None:
    scherm = run(groep=groep)
    assert zin in plain(scherm)
    assert "rm-beeld" not in text(scherm)


def test_a_question_with_too_few_answers_says_so() -> None:
    scherm = run(groep="WGO11", pijler="innoveren")
    assert "op deze vraag; minstens 10 nodig" in plain(scherm)


def test_only_real_figures_of_a_wgo_are_its_response() -> None:
    tekst = plain(run(groep="WGO06", voorbeeld="0"))
    assert "18 organisaties deden mee (respons 31%)" in tekst
    assert "Sigra: over deze groep is op deze vragen niets gepubliceerd of geleverd." in tekst


def test_a_title_on_voorbeelddata_says_so() -> None:
    assert run(groep="WGO01").header[0].value == "ZorgpleinNoord (voorbeelddata)"


def test_every_group_speaks_plainly_and_is_never_crossed() -> None:
    merk = data.kenmerk()
    groepen = enquete.groepen(merk, "2021")
    assert len(groepen) == 1 + 13 + 9 + 5 + 3 + 4
    scherm = run()
    for sleutel, groep in groepen.items():
        assert sum((groep.regio_code != "NL01", groep.branche_code != "TOTAAL", groep.uitsplitsing != "")) <= 1
        scherm.selectbox(key="kies_groep").select(sleutel).run()
        assert not scherm.exception
        assert not VERBODEN.search(text(scherm)), (sleutel, VERBODEN.search(text(scherm)))
        assert sleutel == "NL01" or scherm.query_params["groep"] == sleutel


def test_a_hostile_link_falls_back_and_is_not_echoed() -> None:
    kwaad = "<script>alert(1)</script>"
    scherm = run(groep=kwaad, pijler=kwaad, schatting=kwaad, periode=kwaad)
    assert "alert(1)" not in text(scherm)
    assert "De link noemt voor de groep iets dat hier niet bestaat" in text(scherm)


def test_delivered_goes_before_published_and_published_before_voorbeelddata() -> None:
    geleverd = replace(RIJ, herkomst="levering")
    assert Cijfer(RIJ, GEPUBLICEERD).beste is GEPUBLICEERD
    assert Cijfer(geleverd, GEPUBLICEERD).beste is geleverd
    assert Cijfer(RIJ).beste is RIJ


def test_one_kind_of_estimate_at_a_time() -> None:
    geleverd = replace(RIJ, herkomst="levering")
    rijen = [geleverd, replace(geleverd, schatting="ongewogen", waarde=0.2), GEPUBLICEERD]
    for schatting, waarde in (("gewogen", 0.225), ("ongewogen", 0.2)):
        vraag = enquete.questions({"leren_bpv": INDICATOR}, rijen, schatting)["leren_bpv"]
        assert vraag.cijfer.berekend is not None
        assert vraag.cijfer.berekend.waarde == waarde
        assert vraag.cijfer.gepubliceerd is GEPUBLICEERD


def test_no_made_up_answer_stands_among_real_ones() -> None:
    vragen = {naam: replace(INDICATOR, indicator_id=naam) for naam in ("leren_bpv", "leren_anders")}
    verzonnen = replace(RIJ, indicator_id="leren_anders")
    assert [*enquete.questions(vragen, [GEPUBLICEERD, RIJ, verzonnen], "gewogen")] == ["leren_bpv"]
    assert [*enquete.questions(vragen, [RIJ, verzonnen], "gewogen")] == ["leren_bpv", "leren_anders"]


def test_percentages_are_rounded_half_up() -> None:
    assert pijlerwoorden.figure(RIJ) == "23%"
    assert pijlerwoorden.interval_text(RIJ) == "10% tot 40%"


@pytest.mark.parametrize(
    ("n", "zin"),
    [
        (0, "geen antwoorden op deze vraag; minstens 10 nodig"),
        (1, "1 antwoord op deze vraag; minstens 10 nodig"),
        (9, "9 antwoorden op deze vraag; minstens 10 nodig"),
        (10, "de respons is lager dan 20%"),
    ],
)
def test_why_there_is_no_outcome(n: int, zin: str) -> None:
    assert too_few_text(n) == zin


def test_a_low_response_is_the_reason_when_enough_answered() -> None:
    leeg = replace(RIJ, waarde=None, status="te_weinig", n=12)
    vraag = Vraag(INDICATOR, {"": Cijfer(leeg)}, "")
    vragen = {
        "respondenten": Vraag(INDICATOR, {"": Cijfer(replace(RIJ, waarde=12.0))}, ""),
        "respons": Vraag(INDICATOR, {"": Cijfer(replace(RIJ, waarde=0.19))}, ""),
    }
    reden = enquete.reason_for_nothing(Groep("WGO01", "wgo", "Voorbeeld"), vragen, [vraag])
    assert reden == "Voorbeeld: de respons was 19%; te laag voor een uitkomst (minstens 20%)."
    assert enquete.reason_for_nothing(NEDERLAND, vragen, [Vraag(INDICATOR, {"": Cijfer(RIJ)}, "")]) == ""


def test_no_effect_never_stands_for_a_pijler() -> None:
    geen = Vraag(
        replace(INDICATOR, indicator_id="leren_geen", rol="afsluiter"), {"": Cijfer(replace(RIJ, waarde=0.9))}, ""
    )
    gewoon = Vraag(INDICATOR, {"": Cijfer(RIJ)}, "")
    assert enquete.leading([geen, gewoon]) is gewoon
    assert enquete.leading([geen]) is None


def test_of_made_up_outcomes_none_is_the_highest() -> None:
    laag, hoog = (Vraag(INDICATOR, {"": Cijfer(replace(RIJ, waarde=w))}, "") for w in (0.2, 0.8))
    assert enquete.leading([laag, hoog]) is laag
    echt = [Vraag(INDICATOR, {"": Cijfer(replace(RIJ, waarde=w, herkomst="levering"))}, "") for w in (0.2, 0.8)]
    assert enquete.leading(echt) is echt[1]


def test_most_named_only_where_it_is_certain() -> None:
    ruim = replace(GEPUBLICEERD, waarde=10.0, waarde_tot=20.0, precisie="bereik")
    top = replace(GEPUBLICEERD, waarde=30.0, precisie="circa")
    assert pijlers.most_named([ruim, top]) is top
    assert pijlers.most_named([replace(ruim, waarde_tot=None), top]) is None
    assert pijlers.most_named([replace(ruim, waarde_tot=30.0), top]) is None


def test_a_pijler_of_the_national_picture_leads_here() -> None:
    scherm = open_page("landelijk", voorbeeld="0")
    assert 'href="/pijlers?pijler=innoveren"' in text(scherm)


def test_a_table_travels_only_when_it_is_opened() -> None:
    scherm = run(pijler="basis")
    assert "95%-marge</th>" not in text(scherm)
    scherm.session_state["tabel_rapportcijfer"] = True
    scherm.run()
    assert "95%-marge</th>" in text(scherm)
    assert ">9 of 10<" in text(scherm) or "cijfer 9 of 10" in text(scherm)


def test_examples_are_offered_where_there_is_anything_to_see_in_them() -> None:
    assert "Bekijk met voorbeelddata" in plain(run(groep="WGO06", voorbeeld="0"))
    klein = plain(run(groep="WGO07", voorbeeld="0"))
    assert "8 organisaties deden mee; te weinig voor een uitkomst (minstens 10)." in klein
    assert "Bekijk met voorbeelddata" not in klein
