"""The order of regions: by value only where something tells them apart, and in groups where it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from zinrijen import BASIS

from app.lezen.rijen import Verschil, Waarneming
from app.oordeel.vergelijken import volgorde
from app.oordeel.vergelijken.volgorde import Rijgroep

NAMEN = {"RA0101": "Groningen", "RA0102": "Drenthe", "RA0205": "Twente"}


def rows(*waarden: float | None, **anders: object) -> dict[str, Waarneming]:
    """Return one figure per region of NAMEN, in its order."""
    vast = {"niveau": "arbeidsmarktregio", "status": "beschikbaar", **anders}
    return {
        code: replace(BASIS, regio_code=code, waarde=waarde, **vast)
        for code, waarde in zip(NAMEN, waarden, strict=True)
    }


def verdict(code: str, oordeel: str) -> Verschil:
    return Verschil("dekkingsgraad", "", "regio_rest", code, "2019", "", 0.1, oordeel, herkomst="gepubliceerd")


def groups(
    rijen: dict[str, Waarneming], eenheid: str = "personen", toetsen: tuple[Verschil, ...] = ()
) -> list[Rijgroep]:
    return volgorde.arrange("waarde", NAMEN, lambda: volgorde.of_figures(NAMEN, rijen, eenheid, toetsen))


def test_by_place_is_the_order_of_the_codes_and_by_name_that_of_the_alphabet():
    assert volgorde.arrange("ligging", NAMEN, list) == [Rijgroep("", ("RA0101", "RA0102", "RA0205"))]
    assert volgorde.arrange("naam", NAMEN, list) == [Rijgroep("", ("RA0102", "RA0101", "RA0205"))]


def test_full_counts_stand_from_high_to_low_and_what_has_no_figure_last():
    assert groups(rows(10, None, 30)) == [Rijgroep("", ("RA0205", "RA0101")), Rijgroep(volgorde.ZONDER, ("RA0102",))]


@pytest.mark.parametrize(
    "anders",
    [{"precisie": "circa"}, {"is_voorlopig": True}, {"waarde_tot": 40.0}, {"uitsplitsing": "prognose=2025-12"}],
)
def test_what_is_not_exact_and_final_is_one_group(anders: dict[str, object]):
    assert groups(rows(10, 20, 30, **anders)) == [Rijgroep(volgorde.ONBEKEND, tuple(NAMEN))]


def test_of_a_survey_only_the_test_tells_regions_apart():
    rijen = rows(0.5, 0.9, 0.4, is_steekproef=True)
    toetsen = (verdict("RA0101", "geen_verschil"), verdict("RA0102", "hoger"), verdict("RA0205", "geen_verschil"))
    assert groups(rijen, "aandeel", toetsen) == [
        Rijgroep("Hoger dan de rest van Nederland", ("RA0102",)),
        Rijgroep("Geen aantoonbaar verschil met de rest van Nederland", ("RA0101", "RA0205")),
    ]
    assert groups(rijen, "aandeel") == [Rijgroep(volgorde.ONBEKEND, tuple(NAMEN))]


def test_shares_from_counts_fall_into_the_groups_of_the_funnel():
    namen = {f"RA{nr:04}": f"Regio {nr}" for nr in range(12)}
    # Eleven regions at 50% of 1,000, and one at 90%.
    tellers = dict.fromkeys(namen, 500) | {"RA0007": 900}
    rijen = {
        code: replace(BASIS, regio_code=code, waarde=t / 1000, teller=t, noemer=1000) for code, t in tellers.items()
    }
    gevonden = volgorde.arrange("waarde", namen, lambda: volgorde.of_figures(namen, rijen, "aandeel", ()))
    assert [(g.kop.split(" ")[0], len(g.codes)) for g in gevonden] == [("Hoger", 1), ("Binnen", 11)]
    assert gevonden[0].codes == ("RA0007",)


def test_made_up_figures_have_no_order_by_value():
    verzonnen = rows(1, 2, 3, herkomst="synthetisch")
    assert volgorde.orders(verzonnen) == ["ligging", "naam"]
    assert volgorde.orders(rows(1, 2, 3)) == ["ligging", "naam", "waarde"]
    with pytest.raises(ValueError, match="voorbeelddata"):
        groups(verzonnen)


def test_four_regions_without_a_figure_are_counted_in_one_line_and_three_are_named() -> None:
    alle = [Rijgroep("", ("RA0101", "RA0102", "RA0103", "RA0104", "RA0205"))]
    stil = dict.fromkeys(("RA0102", "RA0103", "RA0104"), "ontbreekt")
    assert volgorde.with_silent_counted(alle, stil, "arbeidsmarktregio") == alle
    assert volgorde.with_silent_counted(alle, {**stil, "RA0205": "ontbreekt"}, "arbeidsmarktregio") == [
        Rijgroep("", ("RA0101",)),
        Rijgroep("4 arbeidsmarktregio's: geen cijfer", ()),
    ]
