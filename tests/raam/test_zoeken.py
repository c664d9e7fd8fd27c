"""Search: what a reader types leads to the right place, and never to nothing."""

from __future__ import annotations

import pytest
from publicatiebed import Toon

from app.beeld.fragmenten import Verwijzer
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.raam.paginas import PAGINAS
from app.raam.zoeken import index, rang
from app.raam.zoeken.antwoord import answer
from app.raam.zoeken.rang import BEGRIP, CIJFER, PAGINA, REGIO, VERHAAL, VRAAG, Vondst, Zoekwoord

VONDSTEN = (
    Vondst(CIJFER, "Ziekteverzuim", "Welk deel van de dagen gaat verloren?", "p", (("indicator", "verzuim"),)),
    Vondst(CIJFER, "Verwacht tekort", "Hoeveel mensen komt zorg en welzijn tekort?", "p"),
    Vondst(VRAAG, "Minder verzuim", "Is het verzuim gedaald?", "p"),
    Vondst(REGIO, "Twente", "Arbeidsmarktregio", "regio", (("regio", "RA0408"),)),
    Vondst(REGIO, "Twenterand", "Gemeente in Twente", "regio", (("regio", "RA0408"),)),
    Vondst(VERHAAL, "Verzuim", "Signaal", "verhalen", ook="In één regio daalde het"),
)
OOK = {"personeelstekort": Zoekwoord(("verwacht tekort",)), "ziek": Zoekwoord(("ziekteverzuim",))}


def titles(vraag: str) -> list[str]:
    return [v.titel for v in rang.find(VONDSTEN, vraag, OOK)]


@pytest.mark.parametrize(
    ("vraag", "eerste"),
    [
        ("TWENTE", "Twente"),  # the whole name goes before a longer one
        ("ziekteverz", "Ziekteverzuim"),
        ("personeelstekort", "Verwacht tekort"),
        ("een regio", "Verzuim"),  # accents do not count: één is een, which says nothing; 'regio' stands in its text
        ("hoeveel tekort is er", "Verwacht tekort"),
        ("Personeels-tekort", "Verwacht tekort"),  # as it is written without the hyphen
    ],
)
def test_what_fits_best_comes_first(vraag: str, eerste: str) -> None:
    assert titles(vraag)[0] == eerste


def test_every_word_must_be_there() -> None:
    assert titles("verwacht verzuim") == []


def test_the_survey_comes_after_the_programme_and_stories_last_however_well_they_fit() -> None:
    soorten = [soort for soort, _ in rang.in_groups(rang.find(VONDSTEN, "verzuim", OOK))]
    assert soorten == [CIJFER, VRAAG, VERHAAL]
    assert titles("verzuim")[0] == "Verzuim"


def test_a_figure_and_a_region_in_one_question_are_one_link() -> None:
    ((cijfer, regio),) = rang.find_combined(VONDSTEN, "ziek twente", OOK)
    assert (cijfer.titel, regio.titel) == ("Ziekteverzuim", "Twente")


def test_a_slip_of_the_keyboard_finds_the_nearest() -> None:
    assert titles("ziekteverzium") == []
    assert rang.nearest(VONDSTEN, "ziekteverzium")[0].titel == "Ziekteverzuim"


@pytest.fixture
def merk(toon: Toon) -> Kenmerk:
    return data.kenmerk()


@pytest.mark.parametrize(
    ("vraag", "titel"),
    [
        ("personeelstekort", "Verwacht tekort"), ("diploma", "Opleidingsrendement"),
        ("zzp", "Aantal werknemers"), ("verloop", "Uitstroom uit de sector"), ("almelo", "Almelo"),
        ("wgv", "WGV Zorg en Welzijn"), ("raat", "RAAT"), ("knoppen", "Tekort en knoppen"),
        ("opleidingen twente", "Instroom in de opleidingen in Twente"), ("verzium", "Ziekteverzuim"),
    ],
)  # fmt: skip
def test_what_readers_type_leads_there(merk: Kenmerk, vraag: str, titel: str) -> None:
    assert answer(merk, vraag, Verwijzer())["groepen"][0]["rijen"][0]["titel"] == titel


@pytest.mark.parametrize("vraag", ["", "?", "xqzwv", "het", "a" * 500, "<b>'\"", "ziekte xqzwv"])
def test_there_is_always_somewhere_to_go(merk: Kenmerk, vraag: str) -> None:
    assert answer(merk, vraag, Verwijzer())["groepen"][0]["rijen"]


def test_what_is_not_counted_is_said(merk: Kenmerk) -> None:
    assert answer(merk, "zzp", Verwijzer())["melding"].startswith("Over zzp'ers zijn hier geen cijfers")


def test_all_pairs_are_counted_and_the_first_are_shown(merk: Kenmerk) -> None:
    antwoord = answer(merk, "werknemers utrecht", Verwijzer("1"))
    groep = next(g for g in antwoord["groepen"] if g["kop"] == "Cijfer in een regio")
    alle = int(antwoord["melding"].split()[0])
    assert len(groep["rijen"]) == 4 < alle
    assert groep["meer"].startswith(f"En nog {alle - 4}")


def test_a_figure_that_no_region_has_is_no_hit_of_a_region_until_it_is_made_up(merk: Kenmerk) -> None:
    antwoord = answer(merk, "ziekteverzuim twente", Verwijzer("0"))
    assert antwoord["melding"].startswith("Van ziekteverzuim zijn er geen cijfers per regio; te leveren door CBS")
    assert [rij["titel"] for groep in antwoord["groepen"] for rij in groep["rijen"]] == ["Ziekteverzuim", "Twente"]
    verzonnen = answer(merk, "ziekteverzuim twente", Verwijzer("1"))["groepen"][0]
    assert [rij["titel"] for rij in verzonnen["rijen"]] == ["Ziekteverzuim in Twente"]


def test_links_keep_what_the_reader_was_in(merk: Kenmerk) -> None:
    adressen = [
        rij["adres"] for groep in answer(merk, "vacatures", Verwijzer("1", "p-1"))["groepen"] for rij in groep["rijen"]
    ]
    assert adressen
    assert all("voorbeeld=1&publicatie=p-1" in adres for adres in adressen)


def test_everything_that_is_found_leads_to_a_page(merk: Kenmerk) -> None:
    vondsten = index.places(merk)
    assert {v.pagina for v in vondsten} <= {"", *PAGINAS}
    assert {CIJFER, REGIO, PAGINA, VRAAG, BEGRIP, VERHAAL} == {v.soort for v in vondsten}


def test_every_name_that_a_word_leads_to_is_there(merk: Kenmerk) -> None:
    vondsten = index.places(merk)
    dood = {
        (woord, naam)
        for woord, deel in index.synonyms().items()
        for naam in deel.zoek
        if not any(set(rang.words(naam)) <= set(v.in_titel) for v in vondsten)
    }
    assert dood == set()
    assert all(rang.words(woord) == [woord] for woord in index.synonyms())
