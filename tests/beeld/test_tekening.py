"""A picture of boxes says the same on the page and in the image of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zinrijen import BASIS, LATER

from app.beeld.tekening import lijntje, pagina, pixels
from app.beeld.tekening.sporen import Merk
from app.beeld.tekening.vakken import Lijn, Paar, Spoor, Tekening, Tekst, Vak

NAAM = Tekst("naam", "Haag\u00adlanden", "/kaart?regio=RA1020", "Haaglanden")
TEGEL = Vak(1, 2, 0, (NAAM, Paar(Tekst("getal", "432"), "−110"), Lijn({0: [(10.0, 50.0), (90.0, 40.0)]})))
LEEG = Vak(3, 2, 0, (Tekst("naam", "Gooi"), Tekst("stil", "geen cijfer"), Lijn({})))
TEKENING = Tekening((TEGEL, LEEG), 6, met_voorbeeld=False, is_omlijnd=True)


def placed(*vakken: Vak, met_voorbeeld: bool = False, is_omlijnd: bool = True) -> list[dict[str, object]]:
    rijen: list[dict[str, object]] = pixels.place(Tekening(vakken, 6, met_voorbeeld, is_omlijnd)).rijen.to_pylist()
    return rijen


def test_the_page_and_the_image_say_the_same_words() -> None:
    woorden = [rij["tekst"] for rij in pixels.place(TEKENING).rijen.to_pylist() if rij["tekst"]]
    assert woorden == ["Haaglanden", "432", "−110", "Gooi", "geen cijfer"]
    html = pagina.as_html(TEKENING).replace("\u00ad", "")
    assert all(f">{woord}<" in html for woord in woorden)
    assert 'href="/kaart?regio=RA1020"' in html


def test_a_box_lies_in_its_columns_and_its_line_within_it() -> None:
    rijen = placed(TEGEL)
    (vlak,) = (rij for rij in rijen if rij["laag"] == "vlak")
    assert (vlak["x"], vlak["x2"]) == (112.0, 332.0)  # six columns of 112, and 4 between boxes
    # From 10% to 90% of the 210 pixels between its edges.
    assert [rij["x"] for rij in rijen if rij["laag"] == "lijn"] == [117 + 21.0, 117 + 189.0]
    assert [rij["laag"] for rij in placed(LEEG) if rij["laag"] in ("lijn", "eindpunt")] == []
    assert "grid-area:1/2/auto/span 2" in pagina.as_html(TEKENING)


def test_a_change_that_does_not_fit_beside_its_figure_stands_under_it() -> None:
    smal = Vak(0, 1, 0, (Paar(Tekst("getal", "1.234.567"), "+1.000.000"),))
    boven, onder = [rij for rij in placed(smal) if rij["tekst"]]
    assert boven["y"] < onder["y"]
    assert boven["x"] == onder["x"]
    naast = [rij for rij in placed(TEGEL) if rij["tekst"] in ("432", "−110")]
    assert naast[0]["y"] == naast[1]["y"]


def test_what_is_made_up_is_hatched_and_stamped_in_both() -> None:
    verzonnen = Vak(0, 2, 0, (Tekst("naam", "Gooi"),), is_voorbeeld=True)
    lagen = [rij["laag"] for rij in placed(verzonnen, met_voorbeeld=True)]
    assert lagen == ["stempel", "vlak", "arcering", "naam"]
    html = pagina.as_html(Tekening((verzonnen,), 6, met_voorbeeld=True, is_omlijnd=True))
    assert "rm-tekenvak-voorbeeld" in html
    assert ">VOORBEELD<" in html


def test_marks_lie_at_the_same_share_of_their_line() -> None:
    vak = Vak(0, 3, 0, (Spoor((Merk("stip", 0.5), Merk("marge", 0.25, 0.75))),))
    rijen = {rij["laag"]: rij for rij in placed(vak, is_omlijnd=False)}
    assert list(rijen) == ["spoor", "marge", "stip"]  # a dot lies on its band
    breed = 3 * 112 - 14
    assert (rijen["marge"]["x"], rijen["marge"]["x2"], rijen["stip"]["x"]) == (breed / 4, breed * 0.75, breed / 2)
    html = pagina.as_html(Tekening((vak,), 6, met_voorbeeld=False))
    assert "left:25.0%;width:50.0%" in html
    assert "left:50.0%" in html


def test_a_small_line_is_of_three_or_more_real_figures() -> None:
    eerder = replace(BASIS, periode="2018", begin=date(2018, 1, 1), eind=date(2018, 12, 31))
    reeks = (eerder, BASIS, LATER)
    assert "rm-lijntje" in lijntje.of_series(reeks, ())
    assert lijntje.of_series(reeks[1:], ()) == ""
    assert lijntje.of_series((replace(eerder, waarde=None), *reeks[1:]), ()) == ""
    assert lijntje.of_series((*reeks[:2], replace(LATER, herkomst="synthetisch")), ()) == ""
