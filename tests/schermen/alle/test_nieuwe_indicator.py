"""A brand-new indicator reaches cards, region page, dossier, slides and map by its entry in the catalogue alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import LEVERING, write_delivery
from scherm import run, text

from app.documenten import maken
from app.lezen import data
from app.lezen.onderwerp.regiogegevens import indicatoren_van
from app.oordeel.gesprek import dossier
from pipelines.afspraken.indicatoren import INDICATORS_YML
from pipelines.bouwen import build

# In every set before all that ships: the numbers go up in tens, so there is room.
KAARTJE = """
werkplezier:
  titel: Werkplezier
  vraag: Hoeveel plezier geeft het werk?
  eenheid: per_1000
  richting: hoger
  plek: {landelijk: 5, regio: 5, dossier: 5, dia: 5, diatitel: 5, keuze: 5}
  bron: vacatures.vacatures
  teller: sum(openstaand)
  noemer: sum(banen) / 1000
  niveaus: [land, arbeidsmarktregio]
  per: [afbakening]
"""
CSV = "periode,regio_code,branche_code,afbakening,openstaand,ontstaan,banen\n" + "".join(
    f"{jaar},{regio},TOTAAL,sbi_q,{aantal},,{banen}\n"
    for jaar in (2022, 2023)
    for regio, aantal, banen in (("NL01", jaar - 1000, 50000), ("RA0101", jaar - 2000, 1000))
)


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("nieuw")
    catalogus = map_ / "indicators.yml"
    catalogus.write_text(INDICATORS_YML.read_text(encoding="utf-8") + KAARTJE, encoding="utf-8")
    write_delivery(map_ / "raw", {"vacatures": CSV}, "l1", LEVERING | {"bron": "vacatures", "periode": '"2023"'})
    build(map_ / "raw", map_ / "warehouse", catalogus)
    return map_ / "warehouse"


@pytest.fixture(autouse=True)
def omgeving(map_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(map_))


def page(naam: str, **keuze: str) -> str:
    return text(run(naam, **keuze))


def test_it_is_the_first_card_of_the_national_picture_and_opens_its_regions() -> None:
    tekst = page("landelijk")
    assert "Werkplezier" in tekst
    assert tekst.index("Werkplezier") < tekst.index("Openstaande vacatures")
    assert "Hoeveel plezier geeft het werk? Elk lijntje" in tekst


def test_the_region_page_leads_with_it() -> None:
    assert re.search(r"Groningen: werkplezier[^<]* 23,0 in 2023, Nederland 20,5", page("regio", regio="RA0101"))
    assert "werkplezier" in indicatoren_van(data.kenmerk(), "RA0101", True)


def test_the_map_opens_with_it() -> None:
    scherm = run("kaart")
    assert scherm.selectbox(key="kies_indicator").value == "werkplezier"
    assert "Werkplezier: één arbeidsmarktregio heeft een cijfer" in text(scherm)


def test_dossier_and_slides_begin_with_it() -> None:
    merk = data.kenmerk()
    assert dossier.build_dossier(merk, "RA0101").cijfers[0].indicator.titel == "Werkplezier"
    dia = maken.compose(merk, "RA0101").dias[0]
    assert "werkplezier 23" in dia.titel
