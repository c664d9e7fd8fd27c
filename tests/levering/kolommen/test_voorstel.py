"""A proposal for a supplier's file: what a name can be in more than one way, and what a header says of its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.levering.aannemen import check_path
from pipelines.levering.kolommen.vertaling import Vertaling
from pipelines.levering.kolommen.voorstel import Labelvoorstel, Voorstel, as_yaml, propose

BRON = load_bronnen()["vacatures"]


def read(map_: Path, kop: str, *rijen: str) -> Voorstel:
    pad = map_ / "lijst.csv"
    pad.write_text("\n".join(["Opgave van ons netwerk;;;", kop, *rijen]) + "\n", encoding="utf-8")
    return propose(pad, BRON)


@pytest.mark.parametrize(
    ("kop", "regio", "groningen"),
    [
        # The header says what they are; else the others do, and then a person looks.
        ("Arbeidsmarktregio", "Twente", ("RA0101", True)),
        ("Provincie", "Fryslân", ("PV20", True)),
        ("Regio", "Twente", ("RA0101", False)),
        ("Regio", "Noord-Brabant", ("PV20", False)),
    ],
)
def test_a_name_of_more_than_one_region_is_the_one_of_the_level_of_its_column(tmp_path, kop, regio, groningen):
    voorstel = read(
        tmp_path, f"Kwartaal;{kop};Sector;Openstaand", f"2026KW01;{regio};VVT;9", "2026KW01;Groningen;VVT;3"
    )
    assert Labelvoorstel("Groningen", *groningen) in voorstel.waarden["regio_code"]


@pytest.mark.parametrize(
    "kop",
    [
        "Openstaande vacatures (x 1.000)",
        "Openstaand, duizend",
        "Vacatures x 1000",
        "Vacatures (x1000)",
        "Vacatures (dzd)",
        "Vacatures in 1000-tallen",
    ],
)
def test_figures_in_thousands_ask_for_their_unit(tmp_path, kop):
    voorstel = read(tmp_path, f"Kwartaal;Regio;Sector;{kop}", "2026KW01;Nederland;VVT;1,8")
    assert "eenheid" in voorstel.ontbreekt
    assert "#   eenheid: ?   # een van: 1, 1000" in as_yaml(voorstel)


def test_thousands_in_a_title_are_asked_too_and_the_check_does_not_pass_without_an_answer(tmp_path):
    pad = tmp_path / "lijst.csv"
    rijen = "Vacatures (x 1 000);;;\n\nKwartaal;Regio;Sector;Openstaand\n2026KW01;Nederland;TOTAAL;1,3\n"
    pad.write_text(rijen, encoding="utf-8")
    assert "eenheid" in propose(pad, BRON).ontbreekt
    kaart = tmp_path / "kaart.yml"
    kolommen = "{Kwartaal: periode, Regio: regio_code, Sector: branche_code, Openstaand: openstaand}"
    begin = f"vacatures:\n  koprij: 3\n  kolommen: {kolommen}\n  vast: {{afbakening: azw_breed"
    kaart.write_text(begin + "}\n", encoding="utf-8")
    (melding,) = check_path(pad, "vacatures", kolommen=kaart).meldingen
    assert melding.tekst == "Er staat 'Vacatures (x 1 000)': niet gezegd is of de cijfers duizendtallen zijn."
    kaart.write_text(begin + ', eenheid: "1000"}\n', encoding="utf-8")
    keuring = check_path(pad, "vacatures", kolommen=kaart)
    assert (keuring.meldingen, keuring.frames["vacatures"]["openstaand"].tolist()) == ([], ["1300"])


def test_a_name_of_another_level_than_the_header_says_is_asked_with_the_nearest_of_that_level(tmp_path):
    regels = [f"2026KW01;{naam};VVT;9" for naam in ("Ede", "Utrecht", "Twente", "Nederland")]
    voorstel = read(tmp_path, "Kwartaal;Arbeidsmarktregio;Sector;Openstaand", *regels)
    labels = {label.label: (label.code, label.zeker) for label in voorstel.waarden["regio_code"]}
    assert set(labels) == {"Ede", "Utrecht"}
    assert labels["Utrecht"] == ("RA0512", False)
    assert labels["Ede"] == (None, False)
    kaart = tmp_path / "kaart.yml"
    kaart.write_text(
        "vacatures:\n  koprij: 2\n  kolommen: {Kwartaal: periode, Arbeidsmarktregio: regio_code, Sector: branche_code, "
        "Openstaand: openstaand}\n  vast: {afbakening: azw_breed}\n  waarden: {regio_code: {Utrecht: PV26}}\n"
    )
    teksten = [m.tekst for m in check_path(tmp_path / "lijst.csv", "vacatures", kolommen=kaart).meldingen]
    assert teksten == ["'Ede' is een gemeente (GM0228); de kop zegt arbeidsmarktregio."]


def test_of_two_columns_that_may_be_one_neither_is_sure(tmp_path):
    voorstel = read(tmp_path, "Kwartaal;Regio;vacatures nieuw;vacatures open", "2026KW01;Nederland;120;200")
    assert [(k.hun, k.zeker) for k in voorstel.kolommen if k.onze == "openstaand"] == [("vacatures nieuw", False)]
    beide = read(tmp_path, "Kwartaal;Regio;Vacatures;Ontstane vacatures", "2026KW01;Nederland;120;200")
    assert [(k.onze, k.zeker) for k in beide.kolommen[2:]] == [("openstaand", True), ("ontstaan", True)]


def test_students_are_not_those_who_began(tmp_path):
    pad = tmp_path / "onderwijs.csv"
    kop, rij = "Schooljaar;Regio;Niveau;Leerweg;Opleiding;Aantal studenten", "2023/24;Nederland;mbo4;bbl;zorg;340"
    pad.write_text(f"{kop}\n{rij}\n", encoding="utf-8")
    voorstel = propose(pad, load_bronnen()["onderwijs"], "instroom")
    assert not any(k.zeker for k in voorstel.kolommen if k.hun == "Aantal studenten")


def test_students_who_live_in_a_region_are_not_counted_where_they_study(tmp_path):
    pad, kaart = tmp_path / "lijst.csv", tmp_path / "kaart.yml"
    kop, rij = "Schooljaar;Woonregio;Niveau;Opleiding;Leerweg;Aantal", "2023/24;Twente;mbo4;zorg;bbl;340"
    pad.write_text(f"{kop}\n{rij}\n", encoding="utf-8")
    bron = load_bronnen()["onderwijs"]
    assert propose(pad, bron, "instroom").reeks == ("maat", "plaats")
    begin = (
        "instroom:\n  kolommen: {Schooljaar: schooljaar, Woonregio: regio_code, Niveau: niveau, Opleiding: opleiding, "
        "Leerweg: leerweg, Aantal: instroom}\n  vast: {maat: ingeschrevenen"
    )
    kaart.write_text(begin + "}\n", encoding="utf-8")
    (melding,) = check_path(pad, "onderwijs", kolommen=kaart).meldingen
    assert melding.tekst == "Er staat niet bij of een regio is waar men studeert of waar men woont."
    kaart.write_text(begin + ", plaats: woon}\n", encoding="utf-8")
    assert check_path(pad, "onderwijs", kolommen=kaart).meldingen == []


def test_a_percentage_is_no_count_for_sure_and_no_part_of_one(tmp_path):
    pad = tmp_path / "lijst.csv"
    pad.write_text("Jaar;Regio;Branche;Instroom %\n2024;Twente;VVT;10\n", encoding="utf-8")
    (kolom,) = (k for k in propose(pad, load_bronnen()["mobiliteit"]).kolommen if k.hun == "Instroom %")
    assert (kolom.onze, kolom.zeker) == ("instroom", False)
    pad.write_text("Kwartaal;Regio;Branche;Vraag;Percentage\n2024KW02;Twente;VVT;tevreden;0,9\n", encoding="utf-8")
    voorstel = propose(pad, load_bronnen()["werknemersenquete"])
    assert not any(k.zeker for k in voorstel.kolommen if k.hun == "Percentage")


def test_figures_in_ones_do_not(tmp_path):
    voorstel = read(tmp_path, "Kwartaal;Regio;Sector;Openstaand", "2026KW01;Nederland;VVT;1800")
    assert "eenheid" not in voorstel.ontbreekt


def test_years_side_by_side_are_said_to_be_so(tmp_path):
    naast = read(tmp_path, "Regio;Sector;2023;2024", "Nederland;VVT;1700;1800")
    assert "# De perioden (2023, 2024) staan naast elkaar; de monitor leest één rij per periode." in as_yaml(naast)
    assert read(tmp_path, "Kwartaal;Regio;Sector;Openstaand", "2026KW01;Nederland;VVT;9").raad == ""


def test_what_was_told_the_last_time_is_sure_and_one_column_that_moved_is_asked(tmp_path):
    vorige = Vertaling(
        "vacatures", 2, {"Wanneer": "periode", "Waar": "regio_code", "Wat": "branche_code", "Hoeveel": "openstaand"},
        {"branche_code": {"Zorg thuis": "VVT"}}, {"afbakening": "azw_breed"}, ("Bijzonder",),
    )  # fmt: skip

    def again(kop: str) -> Voorstel:
        (tmp_path / "lijst.csv").write_text(f"Opgave;;;;\n{kop}\n2026KW02;Nederland;Zorg thuis;9;geen\n")
        return propose(tmp_path / "lijst.csv", BRON, None, {"vacatures": vorige})

    zelfde = again("Wanneer;Waar;Wat;Hoeveel;Bijzonder")
    assert zelfde.zoals_vorige
    assert "# " not in as_yaml(zelfde).partition("\n")[2]
    anders = again("Wanneer;Waar;Wat;Open;Bijzonder")
    assert [(k.hun, k.onze) for k in anders.kolommen if not k.zeker] == [("Open", None)]
    assert (anders.zoals_vorige, anders.vast, anders.waarden["branche_code"][0].code) == (
        False, {"afbakening": "azw_breed"}, "VVT",
    )  # fmt: skip
    # A label that was not there before is asked too.
    (tmp_path / "lijst.csv").write_text("a\nWanneer;Waar;Wat;Hoeveel;Bijzonder\n2026KW02;Nederland;Zorgjes;9;geen\n")
    assert not propose(tmp_path / "lijst.csv", BRON, None, {"vacatures": vorige}).zoals_vorige


@pytest.mark.parametrize(
    ("cijfers", "gelezen", "gevraagd"),
    [
        (("82", "0,9"), ["0.82", "0.009"], []),
        (("0,82", "0,9"), ["0.82", "0.9"], ["'0,82' staat onder 'Percentage' en kan 0,82% zijn of 82%."]),
        (("82%", "0,9%"), ["0.82", "0.009"], []),
    ],
)
def test_a_share_under_a_header_of_percents_is_read_as_that_or_asked(tmp_path, cijfers, gelezen, gevraagd):
    pad, kaart = tmp_path / "lijst.csv", tmp_path / "kaart.yml"
    rijen = [f"2024;Nederland;{branche};tevreden;{w}" for branche, w in zip(("VVT", "GGZ"), cijfers, strict=True)]
    pad.write_text("\n".join(["Jaar;Regio;Branche;Vraag;Percentage", *rijen]) + "\n", encoding="utf-8")
    kaart.write_text(
        "uitkomsten:\n  kolommen: {Jaar: periode, Regio: regio_code, Branche: branche_code, Vraag: vraag, "
        "Percentage: aandeel}\n"
    )
    keuring = check_path(pad, "werknemersenquete", kolommen=kaart)
    assert [m.tekst for m in keuring.meldingen] == gevraagd
    assert keuring.frames["uitkomsten"]["aandeel"].tolist() == gelezen
