"""A delivery that is confidential goes under the rules of persons and employers, whatever it is about."""

from __future__ import annotations

import pytest
from werk import deliver, figures, shipped

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.levering.leveringen import read_levering

KOPPEN = {
    "verzuim.verzuim": "periode,regio_code,branche_code,meting,verzuimdagen,beschikbare_dagen,werkgevers",
    "vacatures.moeilijk_vervulbaar": "periode,regio_code,branche_code,werkgevers,werkgevers_moeilijk_vervulbaar",
    "mobiliteit.stromen": (
        "periode,regio_code,branche_code,afbakening,werknemers_begin,instroom,instroom_herintreders,uitstroom,werkgevers"
    ),
}


def shown(plek: str, *rijen: str, vertrouwelijk: bool = True, wat: str = "") -> dict[tuple[str, ...], object]:
    """Return (waarde, teller, noemer) per (regio, branche) of one indicator of these rows; None where it is hidden."""
    bron, tabel = plek.split(".")
    bronnen, indicatoren = shipped(bron)
    tekst = "\n".join([KOPPEN[plek], *rijen]) + "\n"
    levering = deliver(bronnen[bron], {tabel: tekst}, vertrouwelijk=vertrouwelijk)
    vraag = (
        "select regio_code, branche_code, waarde, teller, noemer, status from getoonde_cel "
        f"where indicator_id = '{wat or bron}' and status <> 'ontbreekt'"
    )
    return {
        (regio, branche): None if status == "onderdrukt" else tuple(cijfers)
        for regio, branche, *cijfers, status in figures([levering], bronnen, indicatoren, vraag)
    }


EEN_ZIEKENHUIS = "2024,RA0101,ZKH,vernet,8123,200456,1"
DRIE_IN_DE_BUURT = "2024,RA0102,ZKH,vernet,8123,200456,3"


def test_the_sick_days_of_one_hospital_are_hidden_and_those_of_three_are_not_exact():
    """8,123 of 200,456 days is 4.05 %: shown as 4 %, and as 8,120 of 200,460."""
    uit = shown("verzuim.verzuim", EEN_ZIEKENHUIS, DRIE_IN_DE_BUURT)
    assert uit == {("RA0101", "ZKH"): None, ("RA0102", "ZKH"): (0.04, 8120.0, 200460.0)}


def test_who_does_not_say_how_many_employers_shows_no_region_by_branche():
    uit = shown("verzuim.verzuim", EEN_ZIEKENHUIS[:-1], "2024,RA0102,TOTAAL,vernet,8123,200456,")
    assert uit[("RA0101", "ZKH")] is None
    assert uit[("RA0102", "TOTAAL")] == (0.04, 8120.0, 200460.0)


def test_the_same_table_is_shown_as_it_is_when_it_is_public():
    uit = shown("verzuim.verzuim", EEN_ZIEKENHUIS, vertrouwelijk=False)
    assert uit == {("RA0101", "ZKH"): (8123 / 200456, 8123.0, 200456.0)}


@pytest.mark.parametrize(("alle", "moeilijk", "getoond"), [(1, 1, False), (99, 50, False), (100, 50, True)])
def test_employers_are_a_share_of_a_hundred_or_more(alle, moeilijk, getoond):
    uit = shown("vacatures.moeilijk_vervulbaar", f"2024,RA0101,ZKH,{alle},{moeilijk}", wat="moeilijk_vervulbaar")
    assert (uit["RA0101", "ZKH"] is not None) is getoond


def test_two_who_came_back_are_hidden_with_what_would_give_them_away():
    """Of three branches one has 2; the total of the region is there, so a second goes along."""
    rijen = [f"2024,RA0101,{b},azw_breed,5000,{i},{h},400,9" for b, i, h in
             (("ZKH", 300, 2), ("VVT", 300, 60), ("GGZ", 300, 50), ("TOTAAL", 900, 112))]  # fmt: skip
    uit = shown("mobiliteit.stromen", *rijen, wat="herintreders")
    verborgen = {branche for (regio, branche), cijfer in uit.items() if regio == "RA0101" and cijfer is None}
    assert "ZKH" in verborgen
    assert len(verborgen) == 2
    assert uit["RA0101", "TOTAAL"] == (110.0, 110.0, None)


def test_a_source_that_is_shown_as_it_is_cannot_be_confidential(maak_levering):
    """Stories and answers do not pass through disclosure control: better refused than shown."""
    map_ = maak_levering({}, bron="verhalen", vertrouwelijk="ja")
    with pytest.raises(AfgekeurdError) as fout:
        read_levering(map_, load_bronnen())
    assert "vertrouwelijk: 'ja' kan bij bron verhalen niet" in str(fout.value)
