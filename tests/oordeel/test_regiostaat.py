"""The state of the regions and their roll-up, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from koersrijen import LAGER, figure

from app.beeld.fragmenten import Verwijzer
from app.beeld.onderwerp import landbeeld
from app.lezen.data import Regio, Waarneming
from app.oordeel import regiostaat

REGIOS = {c: Regio(c, "arbeidsmarktregio", c, "", None, None, "", 0.5, 1.0) for c in ("RA0101", "RA0102", "RA0103")}


def region(code: str, jaar: int, waarde: float | None, **anders: object) -> Waarneming:
    return figure(jaar, waarde, regio_code=code, niveau="arbeidsmarktregio", **anders)  # type: ignore[arg-type]


def rolled(rijen: list[Waarneming], **anders: object) -> regiostaat.Optelling:
    indicator = replace(LAGER, **anders)
    staten = regiostaat.collect(REGIOS, rijen, ())
    medewerkers = {"RA0101": 600.0, "RA0102": 300.0, "RA0103": 100.0}
    uit = regiostaat.roll_up(indicator, staten, [figure(2022, 0.06)], medewerkers)
    assert uit is not None
    return uit


def test_ratios_roll_up_as_sum_over_sum() -> None:
    # (120.000 + 30.000) / (1.500.000 + 750.000) = 6,67%; the mean of 8% and 4% would be 6%.
    rijen = [
        region("RA0101", 2022, 0.08, teller=120_000.0, noemer=1_500_000.0, decimalen=1),
        region("RA0102", 2022, 0.04, teller=30_000.0, noemer=750_000.0, decimalen=1),
    ]
    uit = rolled(rijen)
    assert (uit.samen, uit.regios, uit.aandeel_medewerkers, uit.nederland) == ("6,7%", 2, 0.9, "6%")
    assert uit.waarom == "Alleen de regio's met cijfer."


def test_a_percentage_alone_is_never_averaged() -> None:
    uit = rolled([region("RA0101", 2022, 0.08), region("RA0102", 2022, 0.04)])
    assert uit.samen == ""
    assert "Alleen percentages" in uit.waarom


def test_unique_persons_are_never_summed() -> None:
    uit = rolled([region(c, 2022, 10.0) for c in REGIOS], eenheid="personen", optelbaar=False)
    assert uit.samen == ""


@pytest.mark.parametrize(("codes", "samen"), [(list(REGIOS), "30"), (["RA0101", "RA0102"], "")])
def test_a_sum_needs_every_region(codes: list[str], samen: str) -> None:
    assert rolled([region(c, 2022, 10.0) for c in codes], eenheid="vacatures").samen == samen


def test_a_roll_up_says_which_series_and_which_regions_it_lacks() -> None:
    uit = rolled([region("RA0101", 2022, 10.0, uitsplitsing="afbakening=azw_breed")], eenheid="vacatures")
    assert (uit.reeks, uit.aanwezig, uit.ontbreekt) == ("zorg en welzijn breed", ("RA0101",), ("RA0102", "RA0103"))
    heel = rolled([region(c, 2022, 10.0) for c in REGIOS], eenheid="vacatures")
    assert (
        regiostaat.roll_up_title([uit, heel]) == "Van 2 indicatoren zijn er 1 op te tellen van regio's naar Nederland"
    )
    wie = "(1 van de 3 regio's, 60% van de medewerkers)"
    assert regiostaat.roll_up_cover([uit, heel]).endswith(f"Niet overal een cijfer: {uit.indicator.titel} {wie}.")


def test_only_the_newest_period_is_rolled_up() -> None:
    uit = rolled([region("RA0101", 2021, 10.0), region("RA0102", 2022, 10.0)], eenheid="vacatures")
    assert (uit.periode, uit.regios) == ("2022", 1)


def test_a_hidden_region_is_a_tile_without_a_figure_and_a_gap_in_the_line() -> None:
    rijen = [region("RA0101", 2021, 0.08), region("RA0101", 2022, None, status="onderdrukt")]
    rijen += [region("RA0102", 2021, 0.06), region("RA0102", 2022, 0.07)]
    html = landbeeld.as_html(regiostaat.collect(REGIOS, rijen, ()), LAGER, (), Verwijzer(alleen_echt=False))
    assert html.count("rm-strook") == 1  # the region with two figures that follow each other
    assert "geen cijfer" in html
    assert "VOORBEELD" not in html


def test_voorbeelddata_stand_stamped() -> None:
    rijen = [region("RA0101", 2021, 0.08, herkomst="synthetisch")]
    html = landbeeld.as_html(regiostaat.collect(REGIOS, rijen, ()), LAGER, (), Verwijzer(alleen_echt=False))
    assert html.count("VOORBEELD") == 1
    assert html.count("rm-landtegel-voorbeeld") == 1


def test_a_roll_up_with_one_made_up_region_is_an_example() -> None:
    echt, verzonnen = region("RA0101", 2022, 10.0), region("RA0102", 2022, 10.0, herkomst="synthetisch")
    assert not rolled([echt], eenheid="vacatures").is_voorbeeld
    assert rolled([echt, verzonnen], eenheid="vacatures").is_voorbeeld
