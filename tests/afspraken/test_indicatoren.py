"""The catalogue: a slip of the pen stops the build, with the entry and the nearest right name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError

GOED = """
proef:
  titel: Proef
  vraag: Hoeveel?
  eenheid: aandeel
  richting: hoger
  bron: pfzw_dekking.dekking
  teller: sum(medewerkers_aangesloten)
  noemer: sum(medewerkers_totaal)
  niveaus: [land]
  optelbaar: nee
  vertrouwelijk: personen_en_werkgevers
"""


def load(tmp_path: Path, tekst: str) -> str:
    """Return '' when the catalogue is right, else its messages."""
    pad = tmp_path / "indicators.yml"
    pad.write_text(tekst, encoding="utf-8")
    try:
        load_indicatoren(pad, load_bronnen())
    except AfgekeurdError as fout:
        return str(fout)
    return ""


def test_a_right_entry_loads(tmp_path):
    assert load(tmp_path, GOED) == ""


@pytest.mark.parametrize(
    ("goed", "fout", "melding"),
    [
        ("titel:", "tietel:", "proef: onbekende sleutel 'tietel'. Bedoelde u titel?"),
        ("pfzw_dekking.dekking", "pfzw_dekking.deking", "bestaat niet. Bedoelde u pfzw_dekking.dekking?"),
        ("(medewerkers_aangesloten)", "(medewerkers_aangeslotn)", "teller noemt 'medewerkers_aangeslotn'"),
        ("(medewerkers_totaal)", "(medewerkers_totaall)", "Bedoelde u medewerkers_totaal?"),
        ("[land]", "[landd]", "proef: niveau 'landd' bestaat niet. Bedoelde u land?"),
        ("aandeel", "aandelen", "proef: eenheid 'aandelen' bestaat niet. Bedoelde u aandeel?"),
        ("  vraag: Hoeveel?\n", "", "proef: sleutel 'vraag' ontbreekt."),
        ("[land]\n", "[land]\n  per: [leerweg]\n", "proef: per 'leerweg' bestaat niet in pfzw_dekking.dekking."),
        ("  niveaus: [land]\n", "", "proef: sleutel 'niveaus' ontbreekt."),
        ("[land]\n", "[land]\n  breuken:\n    - {datum: 2021-13-01, tekst: x}\n", "'2021-13-01' is geen datum"),
        ("[land]\n", "[land]\n  breuken:\n    - {datum: 2021-01-01, tekst: x, zeker: soms}\n",
         "zeker 'soms' is geen ja of nee"),
        ("  bron: pfzw_dekking.dekking\n", "", "proef: 'teller' staat er zonder bron."),
        ("  vertrouwelijk: personen_en_werkgevers\n", "",
         "proef: bron pfzw_dekking.dekking eist vertrouwelijk: personen_en_werkgevers."),
        ("  optelbaar: nee\n", "", "proef: bron pfzw_dekking.dekking eist optelbaar: nee."),
        ("[land]\n", "[land]\n  plek: {landelik: 1}\n", "plek: 'landelik' bestaat niet. Bedoelde u landelijk?"),
        ("[land]\n", "[land]\n  plek: {landelijk: eerst}\n", "landelijk 'eerst' is geen geheel getal vanaf 1."),
        ("[land]\n", "[land]\n  plek: {landelijk: 0}\n", "landelijk '0' is geen geheel getal vanaf 1."),
        ("[land]\n", "[land]\n  plek: {landelijk: nee}\n", "landelijk 'nee' is geen geheel getal vanaf 1."),
        ("[land]\n", "[land]\n  plek: 3\n", "proef, plek: hier horen sleutels met waarden te staan."),
        ("[land]\n", "[land]\n  knop: verzuimm\n", "knop 'verzuimm' bestaat niet. Bedoelde u verzuim?"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_the_nearest_right_name(tmp_path, goed, fout, melding):
    assert goed in GOED
    assert melding in load(tmp_path, GOED.replace(goed, fout))


def test_all_slips_come_back_at_once(tmp_path):
    fout = GOED.replace("titel:", "tietel:") + GOED.replace("proef:", "tweede:").replace("[land]", "[landd]")
    melding = load(tmp_path, fout)
    assert "proef: onbekende sleutel 'tietel'" in melding
    assert "tweede: niveau 'landd'" in melding


@pytest.mark.parametrize(
    ("goed", "fout", "melding"),
    [
        ("[land]", "{land: ja}", "proef: niveaus is geen lijst."),
        ("aandeel", "[aandeel]", "proef, eenheid: hier hoort één waarde te staan."),
        ("pfzw_dekking.dekking", "[x]", "proef, bron: hier hoort één waarde te staan."),
        ("proef:", "Pröf:", "Pröf: een naam heeft kleine letters, cijfers en lage streepjes."),
        ("hoger", "'{waarde}'", "proef: richting '{waarde}' bestaat niet."),
        (GOED, "- a\n- b\n", "indicators.yml: hier horen sleutels met waarden te staan."),
    ],
)
def test_what_has_not_its_shape_is_a_message_and_not_a_traceback(tmp_path, goed, fout, melding):
    assert melding in load(tmp_path, GOED.replace(goed, fout))


def test_two_figures_have_no_place_in_common(tmp_path):
    met_plek = GOED.replace("[land]\n", "[land]\n  plek: {regio: 10, dossier: nee}\n")
    assert load(tmp_path, met_plek) == ""
    melding = load(tmp_path, met_plek + met_plek.replace("proef:", "tweede:"))
    assert "tweede, plek: regio 10 is al van proef." in melding
    assert "Kies een nummer ertussen" in melding
    assert "dossier" not in melding


def test_every_published_indicator_is_in_the_catalogue(publicatie):
    """Each figure of the shipped delivery has an entry that says what it means."""
    los = publicatie.execute("select indicator_id from gepubliceerd_cijfer except select indicator_id from indicator")
    assert los.fetchall() == []


def test_the_catalogue_says_what_is_wanted_and_in_which_unit():
    indicatoren = load_indicatoren(INDICATORS_YML, load_bronnen())
    assert indicatoren["dekkingsgraad"].optelbaar is False
    assert indicatoren["verzuim"].richting == "lager"
    assert indicatoren["amo_bekendheid"].enquete


def test_persons_counted_in_two_indicators_are_declared_and_published(publicatie):
    """PFZW's count of employees is the denominator of dekkingsgraad; hours per contract have it as theirs."""
    assert set(publicatie.execute("from telt_zoals").fetchall()) == {
        ("aantal_werknemers", "teller", "telling=pfzw", "dekkingsgraad", "noemer"),
        ("werknemers_per_1000", "teller", "telling=pfzw", "dekkingsgraad", "noemer"),
        ("contractomvang", "noemer", "telling=pfzw", "dekkingsgraad", "noemer"),
        ("werknemers_per_1000", "teller", "telling=pfzw", "dekkingsgraad", "noemer"),
    }


@pytest.mark.parametrize(
    ("sleutel", "melding"),
    [
        ("kern: {land: {periode: kwartal}}", "'kwartal' bestaat niet. Bedoelde u kwartaal?"),
        ("kern: {land: {uitsplitsing: meting kzv, periode: jaar}}", "is geen naam=waarde"),
        ("kern: {lnad: {periode: jaar}}", "Bedoelde u land?"),
        ("balans: saldo", "balans 'saldo' bestaat niet."),
        ("telt_zoals: {eigen: teller, indicator: dekking, kant: noemer}", "telt_zoals: 'dekking' bestaat niet."),
        ("telt_zoals: {eigen: teller, indicator: proef, kant: noemer}", "telt_zoals: 'proef' is niet vertrouwelijk."),
        ("telt_zoals: {eigen: rest, indicator: proef, kant: noemer}", "'rest' bestaat niet."),
        ("buiten_koers: voorbij", "'voorbij' bestaat niet."),
        ("ritme: kwartal", "Bedoelde u kwartaal?"),
    ],
)
def test_a_core_series_a_balance_and_a_rhythm_are_checked(tmp_path: Path, sleutel: str, melding: str) -> None:
    pad = tmp_path / "indicators.yml"
    kaart = f"proef:\n  titel: Proef\n  vraag: Hoe?\n  eenheid: aantal\n  richting: hoger\n  {sleutel}\n"
    pad.write_text(kaart, encoding="utf-8")
    with pytest.raises(AfgekeurdError) as fout:
        load_indicatoren(pad, load_bronnen())
    assert melding in str(fout.value)


def test_every_figure_of_education_says_where_a_region_is_of():
    """Where one studies, where one lives, where one is trained, or that the source leaves it open."""
    catalogus = load_indicatoren(INDICATORS_YML, load_bronnen())
    onderwijs = {naam: i for naam, i in catalogus.items() if str(i.bron).startswith("onderwijs.")}
    assert {"stageplekken", "stagetekort", "instroom_opleidingen", "studenten_verwacht"} <= set(onderwijs)
    plek = r"[Ee]en regio (van DUO )?is waar (de opleiding staat|de student woont|het leerbedrijf staat)"
    zwijgt = {naam for naam, i in onderwijs.items() if i.niveaus != ("land",) and not re.search(plek, i.definitie)}
    assert zwijgt == set()
