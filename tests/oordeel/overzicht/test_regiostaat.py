"""The state of the regions and their roll-up, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from koersrijen import LAGER, figure

from app.beeld.fragmenten import Verwijzer
from app.beeld.onderwerp import landbeeld
from app.beeld.tekening import pagina
from app.lezen.rijen import Regio, Waarneming
from app.oordeel.overzicht import regiostaat

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
    assert regiostaat.roll_up_title([uit, heel]) == "Van 2 indicatoren is er 1 op te tellen van regio's naar Nederland"
    wie = "(1 van de 3 regio's, 60% van de medewerkers)"
    assert regiostaat.roll_up_cover([uit, heel]).endswith(f"Niet overal een cijfer: {uit.indicator.titel} {wie}.")


def test_regions_that_are_together_nederland_need_no_others() -> None:
    rijen = [region("RA0101", 2022, 0.04), region("RA0102", 2022, 0.02)]
    uit = rolled(rijen, eenheid="vacatures")  # Nederland has 0,06
    assert (uit.is_heel, uit.waarom, uit.ontbreekt) == (True, "", ("RA0103",))
    assert regiostaat.roll_up_title([uit]) == (
        "De ene indicator met cijfers per regio is op te tellen van regio's naar Nederland"
    )
    assert regiostaat.roll_up_cover([uit]) == "Bij 1 indicator zijn de regio's met een cijfer samen heel Nederland."


def test_a_ratio_of_some_regions_is_not_called_added_up_to_nederland() -> None:
    uit = rolled([region("RA0101", 2022, 0.08, teller=8.0, noemer=100.0)])
    assert (uit.samen, uit.waarom) == ("8%", "Alleen de regio's met cijfer.")
    assert regiostaat.roll_up_title([uit]).startswith("De ene indicator met cijfers per regio is niet op te tellen")
    assert regiostaat.roll_up_cover([uit]).startswith("Van geen enkele indicator zijn er cijfers voor alle regio's.")


def test_only_the_newest_period_is_rolled_up() -> None:
    uit = rolled([region("RA0101", 2021, 10.0), region("RA0102", 2022, 10.0)], eenheid="vacatures")
    assert (uit.periode, uit.regios) == ("2022", 1)


def test_a_hidden_region_is_a_tile_without_a_figure_and_a_gap_in_the_line() -> None:
    rijen = [region("RA0101", 2021, 0.08), region("RA0101", 2022, None, status="onderdrukt")]
    rijen += [region("RA0102", 2021, 0.06), region("RA0102", 2022, 0.07)]
    html = pagina.as_html(landbeeld.draw(regiostaat.collect(REGIOS, rijen, ()), LAGER, (), Verwijzer()))
    assert html.count("rm-strook") == 1  # the region with two figures that follow each other
    assert "geen cijfer" in html
    assert "VOORBEELD" not in html


def test_voorbeelddata_stand_stamped() -> None:
    rijen = [region("RA0101", 2021, 0.08, herkomst="synthetisch")]
    html = pagina.as_html(landbeeld.draw(regiostaat.collect(REGIOS, rijen, ()), LAGER, (), Verwijzer()))
    assert html.count("VOORBEELD") == 1
    assert html.count("rm-tekenvak-voorbeeld") == 1

    staten = regiostaat.collect(REGIOS, [*rijen, region("RA0101", 2022, 0.07, herkomst="synthetisch")], ())
    assert regiostaat.title(LAGER, staten) == f"{LAGER.titel} per regio (voorbeelddata)"
    assert not any(s.stap for s in staten)


@pytest.mark.parametrize(
    ("heel", "deels", "titel", "dekking"),
    [
        (
            0,
            1,
            "De ene indicator met cijfers per regio is niet op te tellen",
            "Van geen enkele indicator zijn er cijfers voor alle regio's.",
        ),
        (
            0,
            2,
            "Van 2 indicatoren is geen enkele op te tellen",
            "Van geen enkele indicator zijn er cijfers voor alle regio's.",
        ),
        (
            1,
            0,
            "De ene indicator met cijfers per regio is op te tellen",
            "Van 1 indicator zijn er cijfers voor alle regio's, en dus voor alle",
        ),
        (
            2,
            1,
            "Van 3 indicatoren zijn er 2 op te tellen",
            "Van 2 indicatoren zijn er cijfers voor alle regio's, en dus voor alle",
        ),
    ],
)
def test_a_roll_up_reads_well_of_none_one_and_many(heel: int, deels: int, titel: str, dekking: str) -> None:
    alle = [rolled([region(c, 2022, 10.0) for c in REGIOS], eenheid="vacatures")] * heel
    alle += [rolled([region("RA0101", 2022, 10.0)], eenheid="vacatures")] * deels
    assert regiostaat.roll_up_title(alle) == f"{titel} van regio's naar Nederland"
    assert regiostaat.roll_up_cover(alle).startswith(dekking)


@pytest.mark.parametrize(
    ("omhoog", "omlaag", "zin"),
    [
        (1, 0, "in 2022 bij 1 van de 3 regio's hoger dan in 2021"),
        (2, 0, "in 2022 bij 2 van de 3 regio's hoger dan in 2021"),
        (2, 1, "in 2022 bij 2 van de 3 regio's hoger dan en bij 1 lager dan in 2021"),
    ],
)
def test_the_state_of_the_regions_reads_well_of_one_and_many(omhoog: int, omlaag: int, zin: str) -> None:
    rijen = [region(c, 2021, 0.06) for c in REGIOS]
    rijen += [region(c, 2022, 0.07) for c in [*REGIOS][:omhoog]]
    rijen += [region(c, 2022, 0.05) for c in [*REGIOS][omhoog : omhoog + omlaag]]
    staten = regiostaat.collect(REGIOS, rijen, ())
    assert regiostaat.title(LAGER, staten) == f"{LAGER.titel}: {zin}"


def test_a_region_that_is_hidden_or_has_nothing_to_count_is_not_said_to_lack_a_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rijen = [region("RA0101", 2022, 0.06), region("RA0102", 2022, None, status="onderdrukt")]
    staten = regiostaat.collect(REGIOS, rijen, ())
    assert [s.waarom_leeg for s in staten[1:]] == ["niet getoond", "geen cijfer"]
    monkeypatch.setattr(regiostaat.regiogegevens, "is_whole", lambda _merk, een: een is rijen[0])
    apart = regiostaat.told_apart(("", 0, 0, 0), staten)
    assert [s.waarom_leeg for s in apart[1:]] == ["niet getoond", "niet van toepassing"]
    html = pagina.as_html(landbeeld.draw(apart, LAGER, (), Verwijzer()))
    assert "n.v.t." in html
    assert "niet getoond" in html
    assert "geen cijfer" not in html
