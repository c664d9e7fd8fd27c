"""The page Verhalen: a story is found by pijler, by place, by voice and by word, and says who it comes from."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from gesprekpublicatie import REGIOS, wgo_of, write_test_bed
from scherm import run as open_page
from scherm import text
from streamlit.testing.v1 import AppTest

from app.lezen import data

VERHALEN = [
    ("V1", "goed_voorbeeld", "werken_behoud", "werken", wgo_of(REGIOS[0]), None, "Het team roostert",
     "Ideeën van de vloer.", "professional", 12, "Een rapport", "p. 3", 2022),
    ("V2", "signaal", "werken_behoud", "werken", "NL01", None, "Te veel papier", "<b>Invullen</b> kost uren.",
     "professional", None, "Een rapport", "p. 9", 2021),
    ("V3", "inzicht", "leren_opleiden", "leren", None, None, "Begeleiding telt", "Stages lukken met tijd.",
     "bestuurder", None, "Een ander rapport", "p. 1", 2018),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _publicatie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    write_test_bed(tmp_path / data.BESTAND, {REGIOS[0]: {"verhalen": VERHALEN}})


run = partial(open_page, "verhalen")


def titles(scherm: AppTest) -> list[str]:
    return re.findall(r"<h3>(.*?)</h3>", " ".join(blok.proto.body for blok in scherm.get("html")))


def test_without_a_choice_all_stories_are_there_newest_first() -> None:
    scherm = run()
    uitgelicht, alle = (
        ["Het team roostert", "Begeleiding telt"],
        ["Het team roostert", "Te veel papier", "Begeleiding telt"],
    )
    assert titles(scherm) == [*uitgelicht, *alle], "van elke pijler een, een met een regio eerst"
    assert scherm.header[0].value == "3 verhalen"
    assert "pijler=werken_behoud" in text(scherm)
    assert "Volgens 12 professionals. Bron: Een rapport, 2022, p. 3." in text(scherm)


def test_a_long_list_is_titles_that_open_and_a_short_one_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zes = [
        (
            f"V{i}",
            "inzicht",
            "basis",
            "",
            None,
            None,
            f"Titel {i}",
            f"Tekst {i}.",
            "bestuurder",
            None,
            "Bron",
            "p",
            2022,
        )
        for i in range(6)
    ]
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "zes"))
    (tmp_path / "zes").mkdir()
    write_test_bed(tmp_path / "zes" / data.BESTAND, {REGIOS[0]: {"verhalen": zes}})
    lijst = next(blok.proto.body for blok in run().get("html") if "Titel 5" in blok.proto.body)
    assert "<details><summary><h3>Titel 5</h3><span" in lijst
    assert "</summary><p>Tekst 5.</p>" in lijst
    een = next(blok.proto.body for blok in run(zoek="titel 5").get("html") if "Titel 5" in blok.proto.body)
    assert "<details>" not in een


@pytest.mark.parametrize(
    ("keuze", "gevonden"),
    [
        ({"pijler": "werken_behoud"}, ["Het team roostert", "Te veel papier"]),
        ({"actielijn": "leren"}, ["Begeleiding telt"]),
        ({"verhaalregio": wgo_of(REGIOS[0])}, ["Het team roostert"]),
        ({"verhaalregio": "landelijk"}, ["Te veel papier", "Begeleiding telt"]),
        ({"stem": "bestuurder"}, ["Begeleiding telt"]),
        ({"zoek": "IDEEEN vloer"}, ["Het team roostert"]),
        ({"zoek": "ander rapport"}, ["Begeleiding telt"]),
        ({"zoek": "papier", "pijler": "leren_opleiden"}, []),
    ],
)
def test_a_story_is_found_by_what_a_link_asks_for(keuze: dict[str, str], gevonden: list[str]) -> None:
    scherm = run(**keuze)
    assert titles(scherm) == gevonden
    assert ("Geen verhaal past bij deze keuzes" in text(scherm)) == (not gevonden)


def test_typing_a_word_changes_the_link_and_one_button_forgets_all() -> None:
    scherm = run(pijler="werken_behoud")
    scherm.text_input(key="kies_zoek").set_value(" Papier ").run()
    assert titles(scherm) == ["Te veel papier"]
    assert scherm.query_params["zoek"] == "Papier"
    next(knop for knop in scherm.button if knop.label == "Wis alle keuzes").click().run()
    assert scherm.header[0].value == "3 verhalen"
    assert "zoek" not in scherm.query_params


def test_a_story_is_text_and_a_link_to_nothing_says_so() -> None:
    scherm = run(pijler="<script>", zoek="x" * 200)
    assert "De link noemt voor de pijler iets dat hier niet bestaat." in text(scherm)
    assert len(scherm.text_input(key="kies_zoek").value) == 80
    assert "&lt;b&gt;Invullen" in " ".join(blok.proto.body for blok in run().get("html"))


def test_a_reader_learns_how_to_add_a_story() -> None:
    assert "Een verhaal is één rij in de tabel" in text(run())
