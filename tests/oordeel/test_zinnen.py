"""What may be compared, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from zinrijen import BASIS, LATER

from app.beeld.kaart.klassen import make_classes
from app.lezen.rijen import Branche, Indicator, Regio, Trendbreuk, Waarneming
from app.oordeel import balans, zinnen
from app.oordeel.kaart import kaartzinnen
from app.oordeel.overzicht import samenvatting
from app.oordeel.reeksen import (
    GeenVerandering,
    Verandering,
    change,
    earlier_partner,
    main_breakdown,
    no_partner,
    segments,
)
from app.oordeel.trend import Lijn, Trend

BREUK = Trendbreuk("dekkingsgraad", "", "", date(2020, 1, 1), "Vanaf 2020 anders geteld.", "")


def quarter(jaar: int, kwartaal: int, waarde: float | None = 1.0) -> Waarneming:
    begin = date(jaar, 3 * kwartaal - 2, 1)
    eind = date(jaar, 3 * kwartaal, 28)
    naam = f"{kwartaal}e kwartaal {jaar}"
    return replace(
        BASIS, periode=f"{jaar}KW0{kwartaal}", periode_naam=naam, periode_soort="kwartaal", begin=begin, eind=eind,
        waarde=waarde,
    )  # fmt: skip


def test_change_of_two_comparable_figures() -> None:
    stap = change(BASIS, LATER, ())
    assert isinstance(stap, Verandering)
    assert zinnen.change_line(stap, "aandeel") == "+2 procentpunt sinds 2019"
    assert zinnen.wanted(stap, "hoger") == "gewenste richting"
    assert zinnen.wanted(stap, "lager") == "niet de gewenste richting"
    assert zinnen.wanted(stap, "geen") == ""


def test_a_span_names_the_day_of_measurement_where_that_lies_in_another_year() -> None:
    later = replace(LATER, peildatum=date(2022, 6, 30))
    kaart = Indicator(
        "dekkingsgraad", 1, "Dekkingsgraad", "", "", "", "aandeel", "hoger", "", "", "", "", False, "", False
    )
    assert zinnen.scope_text(kaart, [[BASIS, later]]) == "Procent, 2019 tot en met 2021 (peildatum 30 juni 2022)."


def test_a_title_above_made_up_figures_says_so_once() -> None:
    verzonnen = replace(BASIS, herkomst="synthetisch")
    assert zinnen.marked("Titel", [BASIS, verzonnen]) == "Titel (voorbeelddata)"
    assert zinnen.marked("Titel (voorbeelddata)", [verzonnen]) == "Titel (voorbeelddata)"
    assert zinnen.marked("Titel", [BASIS, replace(verzonnen, waarde=None, status="te_weinig")]) == "Titel"


@pytest.mark.parametrize(
    "anders",
    [
        {"is_voorlopig": True},
        {"status": "onderdrukt", "waarde": None},
        {"uitsplitsing": "telling=cbs_breed"},
        {"herkomst": "synthetisch"},
        {"schatting": "gewogen"},
        {"precisie": "circa"},
        {"precisie": "bereik"},
    ],
)
def test_no_change_across_figures_that_differ_in_kind(anders: dict) -> None:
    assert isinstance(change(BASIS, replace(LATER, **anders), ()), GeenVerandering)
    assert isinstance(change(replace(BASIS, **anders), LATER, ()), GeenVerandering)


def test_why_rough_figures_are_not_compared_says_which_is_rough_and_how() -> None:
    circa, open_ = replace(BASIS, precisie="circa"), replace(BASIS, precisie="bereik")
    bereik = replace(BASIS, precisie="bereik", waarde_tot=0.7)
    redenen = [change(van, LATER, ()) for van in (circa, open_, bereik)]
    redenen.append(change(circa, replace(LATER, precisie="circa"), ()))
    assert [r.reden for r in redenen if isinstance(r, GeenVerandering)] == [
        "het eerdere cijfer is een schatting in de bron, daarom geen vergelijking",
        "alleen een ondergrens, daarom geen vergelijking",
        "een ondergrens en een bovengrens, daarom geen vergelijking",
        "schatting in de bron, daarom geen vergelijking",
    ]


def test_one_side_of_a_balance_has_a_change_only_with_the_other_side_and_the_saldo() -> None:
    stap = change(BASIS, LATER, ())
    assert isinstance(stap, Verandering)
    assert not balans.is_alone(stap, [(BASIS, LATER), (BASIS, LATER)], ())
    assert balans.is_alone(stap, [(BASIS, LATER), (replace(BASIS, precisie="circa"), LATER)], ())
    assert balans.is_alone(stap, [(LATER,)], ())
    assert not balans.is_alone(stap, [], ())


def test_without_a_partner_it_says_whether_there_is_anything_before() -> None:
    reeks = [quarter(2022, 3), quarter(2023, 1)]
    assert no_partner(reeks, reeks[0]) == "geen eerder cijfer"
    assert no_partner(reeks, reeks[1]) == "geen cijfer van hetzelfde kwartaal in een eerder jaar"


def test_no_change_across_a_break_but_a_doubt_at_a_possible_one() -> None:
    assert isinstance(change(BASIS, LATER, [BREUK]), GeenVerandering)
    mogelijk = replace(BREUK, tekst="Peuterspeelzalen.", zeker=False)
    stap = change(BASIS, LATER, [mogelijk])
    assert isinstance(stap, Verandering)
    assert "mogelijke trendbreuk" in zinnen.change_line(stap, "aandeel")
    assert zinnen.wanted(stap, "hoger") == ""


def test_a_break_of_another_branche_region_or_uitsplitsing_does_not_count() -> None:
    for anders in ({"branche_code": "ZKH"}, {"regio_code": "WGO06"}, {"uitsplitsing": "niveau=hbo"}):
        assert isinstance(change(BASIS, LATER, [replace(BREUK, **anders)]), Verandering)


def test_a_break_counts_by_peildatum_not_by_year() -> None:
    # 'Dekkingsgraad 2021' was measured on 30 June 2022, after a break in January 2022.
    later = replace(LATER, peildatum=date(2022, 6, 30))
    assert isinstance(change(BASIS, later, [replace(BREUK, datum=date(2022, 1, 1))]), GeenVerandering)


def test_quarters_are_compared_with_the_same_quarter() -> None:
    reeks = [quarter(2022, 3), quarter(2022, 4), quarter(2023, 1), quarter(2023, 3)]
    partner = earlier_partner(reeks, reeks[-1])
    assert partner is not None
    assert partner.periode == "2022KW03"
    assert earlier_partner(reeks[1:], reeks[-1]) is None


def test_lines_break_at_gaps_missing_values_and_breaks() -> None:
    reeks = [quarter(2022, 1), quarter(2022, 2), quarter(2022, 4), quarter(2023, 1, None), quarter(2023, 2)]
    reeks = [replace(r, eind=date(r.eind.year + (r.eind.month == 12), r.eind.month % 12 + 1, 1)) for r in reeks]
    delen = segments(reeks, ())
    assert delen[0] == delen[1]
    assert len(set(delen)) == 4
    assert len(set(segments(reeks, [replace(BREUK, datum=date(2022, 5, 1))]))) == 5


def test_a_subgroup_is_never_the_main_series() -> None:
    groepen = [replace(BASIS, uitsplitsing=u) for u in ("betrokkenheid=actief", "", "betrokkenheid=regelmatig")]
    assert main_breakdown(groepen) == ""


def test_coverage_title_states_the_finding() -> None:
    branches = {
        "SW": Branche("SW", "Sociaal werk", "Sociaal werk", ""),
        "TOTAAL": Branche("TOTAAL", "Totaal", "Totaal", ""),
    }
    sociaal = change(replace(BASIS, waarde=0.23, branche_code="SW"), replace(LATER, waarde=0.46, branche_code="SW"), ())
    totaal = change(BASIS, LATER, ())
    titel = zinnen.coverage_title({"TOTAAL": totaal, "SW": sociaal}, branches)  # type: ignore[dict-item]
    assert titel == "Dekkingsgraad stijgt van 66% in 2019 naar 68% in 2021; verdubbeld bij sociaal werk"


def test_a_claim_across_a_possible_break_says_so() -> None:
    mogelijk = [replace(BREUK, tekst="Peuterspeelzalen.", zeker=False)]
    twijfel = " (mogelijk door een trendbreuk)"
    branches = {
        "SW": Branche("SW", "Sociaal werk", "Sociaal werk", ""),
        "TOTAAL": Branche("TOTAAL", "Totaal", "Totaal", ""),
    }
    sociaal = change(
        replace(BASIS, waarde=0.23, branche_code="SW"), replace(LATER, waarde=0.46, branche_code="SW"), mogelijk
    )
    totaal = change(BASIS, LATER, ())
    titel = zinnen.coverage_title({"TOTAAL": totaal, "SW": sociaal}, branches)  # type: ignore[dict-item]
    assert titel == f"Dekkingsgraad stijgt van 66% in 2019 naar 68% in 2021; verdubbeld bij sociaal werk{twijfel}"
    meer = change(
        replace(BASIS, waarde=0.23, branche_code="SW"), replace(LATER, waarde=0.4, branche_code="SW"), mogelijk
    )
    titel = zinnen.coverage_title({"TOTAAL": totaal, "SW": meer}, branches)  # type: ignore[dict-item]
    assert titel.endswith(f"; de grootste stijging bij sociaal werk, naar 40%{twijfel}")
    zin = zinnen.trend_clause((BASIS, LATER), "aandeel", mogelijk)
    assert zinnen.trend_title("X", zin) == f"X: stijging van 66% in 2019 naar 68% in 2021{twijfel}"
    assert zinnen.several_title("X", [(BASIS, LATER)] * 2, mogelijk).endswith(twijfel)
    assert twijfel not in zinnen.several_title("X", [(BASIS, LATER)] * 2, ())
    eerste = samenvatting.lead_sentences(lambda i: (BASIS, LATER) if i == "dekkingsgraad" else (), mogelijk)[0]
    assert eerste.endswith(f"dat was 66% in 2019{twijfel}.")


def test_uncertain_figures_are_never_the_lowest_or_the_highest() -> None:
    indicator = Indicator("x", 1, "Effect", "", "", "", "aandeel", "hoger", "", "", "", "", False, "", False)
    rijen = [
        replace(BASIS, regio_code=f"WGO0{i}", waarde=w, status=s, schatting="gewogen")
        for i, (w, s) in enumerate([(0.01, "indicatief"), (0.125, "beschikbaar"), (0.3, "beschikbaar")])
    ]
    titel = kaartzinnen.title(indicator, rijen, BASIS, "wgo")
    assert titel == "Effect: van 13% tot 30% in 2 werkgeversorganisaties; bij 1 indicatief; Nederland 66% in 2019"
    assert (
        kaartzinnen.title(indicator, rijen[:2], None, "provincie") == "Effect: 13% in één provincie; bij 1 indicatief"
    )
    alle = [rijen[0], replace(rijen[0], regio_code="WGO09")]
    assert kaartzinnen.title(indicator, alle, None, "wgo") == "Effect: alle 2 cijfers zijn indicatief"


def test_region_sentence_gives_interval_and_n_or_why_there_is_no_figure() -> None:
    indicator = Indicator("x", 1, "Effect", "", "", "", "aandeel", "hoger", "", "", "", "", False, "", False)
    regio = Regio("WGO06", "wgo", "Sigra", "", None, None, "", None, None)
    rij = replace(BASIS, waarde=0.2727, onder=0.139, boven=0.465, n=22, status="indicatief", schatting="gewogen")
    zin = kaartzinnen.region_sentence(regio, rij, None, indicator)
    assert zin == "Effect in Sigra in 2019: 27% (indicatief, 22 antwoorden, 95%-interval 14% tot 47%)."
    weinig = replace(rij, waarde=None, onder=None, boven=None, n=4, status="te_weinig")
    assert "4 antwoorden op deze vraag; minstens 10 nodig" in kaartzinnen.region_sentence(
        regio, weinig, None, indicator
    )


def test_sentences_without_any_figure() -> None:
    assert samenvatting.lead_sentences(lambda _: (), ()) == ["Er zijn nog geen landelijke cijfers om samen te vatten."]


def test_sentences_skip_what_is_not_there() -> None:
    rapport = replace(BASIS, indicator_id="rapportcijfer", waarde=7.3, n=301)
    alle = {"rapportcijfer": (rapport,), "dekkingsgraad": (BASIS, LATER)}
    zin = samenvatting.lead_sentences(lambda i: alle.get(i, ()), ())
    assert len(zin) == 2
    assert "68%" in zin[0]
    assert zin[1] == "301 organisaties gaven hun werkgeversorganisatie over 2019 gemiddeld een 7,3."


def test_map_title_names_no_region() -> None:
    indicator = Indicator("x", 1, "Respons", "", "", "", "aandeel", "hoger", "", "", "", "", False, "", False)
    rijen = [replace(BASIS, regio_code=f"WGO0{i}", waarde=w) for i, w in enumerate((0.22, 0.53))]
    assert (
        kaartzinnen.title(indicator, rijen, BASIS, "provincie")
        == "Respons: van 22% tot 53% in 2 provincies; Nederland 66% in 2019"
    )
    verborgen = [replace(r, waarde=None, status="onderdrukt") for r in rijen]
    assert (
        kaartzinnen.title(indicator, verborgen, BASIS, "provincie")
        == "Respons: cijfers worden bij deze keuze niet getoond"
    )


def test_classes_are_round_and_cover_the_values() -> None:
    klassen = make_classes([0.52, 0.61, 0.77])
    assert klassen is not None
    assert klassen.grenzen == (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
    assert klassen.nummer(0.55) - klassen.nummer(0.5499) == 1
    tweezijdig = make_classes([-900, 6600])
    assert tweezijdig is not None
    assert tweezijdig.is_tweezijdig
    assert tweezijdig.nummer(-1) < tweezijdig.nummer(1)
    assert make_classes([]) is None
    assert make_classes([5.0]) is not None


def test_what_is_lost_in_rounding_is_no_difference() -> None:
    van, tot = (replace(r, eenheid="aandeel", decimalen=0) for r in (BASIS, replace(LATER, waarde=0.6649)))
    stap = change(replace(van, waarde=0.6601), tot, ())
    assert isinstance(stap, Verandering)
    assert (stap.verschil, zinnen.change_line(stap, "aandeel")) == (0, "gelijk gebleven sinds 2019")
    assert zinnen.trend_clause((van, tot), "aandeel", ()) == "66% in 2021, gelijk aan 2019"
    # With a decimal more the same two figures do differ.
    fijn = change(replace(van, waarde=0.6601, decimalen=1), replace(tot, decimalen=1), ())
    assert isinstance(fijn, Verandering)
    assert fijn.verschil > 0


def test_a_change_is_that_of_the_figures_as_they_are_shown() -> None:
    """20,97% and 21,14% read as 21,0% and 21,1%: that is 0,1 more, not the 0,17 that is rounded to 0,2."""
    van, tot = replace(BASIS, waarde=0.2097, decimalen=1), replace(LATER, waarde=0.2114, decimalen=1)
    stap = change(van, tot, ())
    assert isinstance(stap, Verandering)
    assert zinnen.step_text(stap, "aandeel") == "+0,1 procentpunt"
    assert zinnen.trend_clause([van, tot], "aandeel", ()) == "stijging van 21,0% in 2019 naar 21,1% in 2021"


def test_a_headline_over_several_series_says_all_only_of_what_is_real_and_of_the_same_periods() -> None:
    omhoog = (BASIS, LATER)
    omlaag, gelijk = (BASIS, replace(LATER, waarde=0.5)), (BASIS, replace(LATER, waarde=BASIS.waarde))
    verzonnen = tuple(replace(r, herkomst="synthetisch") for r in omhoog)
    los = (LATER,)

    def title(*reeksen: tuple[Waarneming, ...]) -> str:
        return zinnen.several_title("X", reeksen, ())

    assert title(omhoog, omhoog) == "X: in 2021 bij alle 2 opleidingen hoger dan in 2019"
    assert title(omhoog, verzonnen) == "X: in 2021 bij 1 van de 2 opleidingen hoger dan in 2019"
    assert title(omhoog, los) == "X: in 2021 bij 1 van de 2 opleidingen hoger dan in 2019"
    assert title(omhoog, omlaag, gelijk) == (
        "X: in 2021 bij 1 van de 3 opleidingen hoger dan, bij 1 lager dan en bij 1 gelijk aan in 2019"
    )
    assert title(los) == "X"
    naast = "De titel vergelijkt 2019 met 2021."
    assert zinnen.several_scope([omhoog, omlaag], ()) == naast
    assert zinnen.several_scope([omhoog, omlaag, los], ()) == f"{naast} Van 1 van de 3 is er geen vergelijking."


def test_two_points_of_measurement_are_one_slope_unless_there_is_a_break_between_them() -> None:
    assert segments((BASIS, LATER), ()) == [0, 0]
    assert segments((BASIS, LATER), [replace(BREUK, datum=date(2020, 1, 1))]) == [0, 1]
    midden = replace(BASIS, periode="2020", begin=date(2020, 1, 1), eind=date(2020, 12, 31), waarde=None)
    assert segments((BASIS, midden, LATER), ()) == [0, 1, 2]
    assert Trend("x", "", "", "aandeel", [Lijn("x", (BASIS, LATER))], ()).is_helling
    assert not Trend("x", "", "", "aandeel", [Lijn("x", (BASIS, LATER))], (BREUK,)).is_helling
    assert not Trend("x", "", "", "aandeel", [Lijn("x", (BASIS, LATER, LATER))], ()).is_helling
    assert not Trend("x", "", "", "aandeel", [Lijn("x", (BASIS,))], ()).is_helling


def test_a_range_that_reads_as_one_figure_is_written_once() -> None:
    rij = replace(BASIS, waarde=0.1547, waarde_tot=0.1553, decimalen=1, precisie="bereik")
    assert zinnen.figure(rij, "aandeel") == "15,5%"
    assert zinnen.figure(replace(rij, waarde_tot=0.16), "aandeel") == "15,5% tot 16,0%"


def test_of_an_old_forecast_it_is_the_forecast_that_is_old() -> None:
    oud = replace(BASIS, verouderd=87)
    assert zinnen.old_text(oud) == "verouderd: ruim 7 jaar"
    assert zinnen.old_text(replace(oud, uitsplitsing="prognose=2019")) == "verouderde prognose: ruim 7 jaar"
    assert zinnen.old_text(BASIS) == ""
