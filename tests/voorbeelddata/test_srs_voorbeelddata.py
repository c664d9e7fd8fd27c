"""The voorbeelddata of the survey give every published figure of the nulmeting."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from respondenten import BASISKOLOMMEN, EFFECTEN, Rij

from pipelines.levering.aannemen import check_path
from pipelines.voorbeelddata import srs_enquete

RAW = Path(__file__).parents[2] / "data" / "raw"
VOORBEELD = RAW / "srs_enquete" / "voorbeeld-2021"
NULMETING = RAW / "srs_enquete" / "nulmeting-2021"
# Figures of the nulmeting that are not about respondents, with the source they belong to.
NIET_UIT_DE_ENQUETE = {
    "dekkingsgraad": "PFZW", "budget_bedrag": "begroting", "budget_aandeel": "begroting",
    "cofinanciering_aandeel": "regels voor de begroting", "activiteiten": "projecten per WGO",
}  # fmt: skip
CIJFERS = {
    "cijfer_tm_4": range(1, 5), "cijfer_tm_5": range(1, 6), "cijfer_7": (7,), "cijfer_8": (8,), "cijfer_9_10": (9, 10),
}  # fmt: skip
OPEN_VRAGEN = ("pilot_inzicht", "thema_aandacht", "rol_soort")


def read(pad: Path) -> list[Rij]:
    with pad.open(encoding="utf-8", newline="") as stroom:
        return list(csv.DictReader(stroom))


@pytest.fixture(scope="module")
def antwoorden() -> list[Rij]:
    return read(VOORBEELD / "antwoorden.csv")


@pytest.fixture(scope="module")
def noemingen() -> list[Rij]:
    return read(VOORBEELD / "open_antwoorden.csv")


@pytest.fixture(scope="module")
def uitgenodigd() -> dict[str, int]:
    return {rij["wgo_code"]: int(rij["uitgenodigd"]) for rij in read(NULMETING / "uitgenodigd.csv")}


@pytest.fixture(scope="module")
def gepubliceerd() -> list[Rij]:
    cijfers = read(RAW / "gepubliceerd" / "2026-feiten" / "cijfers.csv")
    return [rij for rij in cijfers if rij["bron"].startswith("Nulmeting SRS 2021")]


def test_the_script_makes_the_shipped_files_byte_for_byte(tmp_path):
    srs_enquete.main(["--raw", str(tmp_path)])
    gemaakt = {pad.name: pad.read_bytes() for pad in (tmp_path / "srs_enquete" / "voorbeeld-2021").iterdir()}
    assert gemaakt == {pad.name: pad.read_bytes() for pad in VOORBEELD.iterdir()}
    assert set(gemaakt) == {"levering.yml", "antwoorden.csv", "open_antwoorden.csv"}
    assert not any(b"\r" in inhoud for inhoud in gemaakt.values())


def test_what_is_made_up_says_so_and_who_was_invited_is_real(gepubliceerd, uitgenodigd):
    for map_, herkomst in ((VOORBEELD, "synthetisch"), (NULMETING, "levering")):
        assert yaml.safe_load((map_ / "levering.yml").read_text(encoding="utf-8"))["herkomst"] == herkomst
    respons = {rij["regio_code"]: int(rij["noemer"]) for rij in gepubliceerd if rij["indicator_id"] == "respons"}
    assert respons == uitgenodigd | {"NL01": sum(uitgenodigd.values())}


def test_both_shipped_deliveries_pass_every_check():
    assert [check_path(map_, None).meldingen for map_ in (VOORBEELD, NULMETING)] == [[], []]


def compute(cijfer: Rij, antwoorden: list[Rij], noemingen: list[Rij], uitgenodigd: dict[str, int]) -> tuple[int, int]:
    """Numerator and base of the figure a published row is about; for counts the base is who was counted."""
    filters = [deel.split("=", 1) for deel in cijfer["uitsplitsing"].split(";") if deel]
    filters += [["wgo_code", cijfer["regio_code"]]] if cijfer["regio_code"] != "NL01" else []
    filters += [["branche_code", cijfer["branche_code"]]] if cijfer["branche_code"] != "TOTAAL" else []
    groep = [rij for rij in antwoorden if all(rij[kolom] == waarde for kolom, waarde in filters)]
    vraag, categorie = cijfer["indicator_id"], cijfer["categorie"]
    if vraag == "respondenten":
        return len(groep), len(antwoorden) if categorie == "aandeel" else len(groep)
    if vraag == "respons":
        regio = cijfer["regio_code"]
        return len(groep), sum(uitgenodigd.values()) if regio == "NL01" else uitgenodigd[regio]
    if vraag in OPEN_VRAGEN:
        eigen = [rij for rij in noemingen if rij["vraag"] == vraag]
        return sum(rij["code"] == categorie for rij in eigen), len({rij["respondent_id"] for rij in eigen})
    antwoord = [rij[vraag] for rij in groep if rij[vraag]]
    if vraag == "rapportcijfer":
        if not categorie:
            return sum(map(int, antwoord)), len(antwoord)
        return sum(int(gegeven) in CIJFERS[categorie] for gegeven in antwoord), len(antwoord)
    return antwoord.count(categorie or "1"), len(antwoord)


def agrees(cijfer: Rij, teller: int, basis: int) -> bool:
    """Whether a published row is what these counts give: base, exact counts, and the value at its rounding."""
    vraag, categorie = cijfer["indicator_id"], cijfer["categorie"]
    telling = vraag in OPEN_VRAGEN or (vraag, categorie) == ("respondenten", "")
    waarde = Fraction(teller) if telling else Fraction(teller, basis)
    if cijfer["n"] and int(cijfer["n"]) != basis:
        return False
    if cijfer["noemer"] and (int(cijfer["noemer"]) != basis or int(cijfer["teller"] or teller) != teller):
        return False
    if cijfer["precisie"] == "bereik":
        laag = int(cijfer["waarde"])
        # Open upwards is printed as 'more than', a range as 10 to 20.
        return laag <= teller <= int(cijfer["waarde_tot"]) if cijfer["waarde_tot"] else teller > laag
    if telling or cijfer["precisie"] == "exact":
        return float(waarde) == float(cijfer["waarde"])
    stap = Decimal("0.1") if (vraag, categorie) == ("rapportcijfer", "") else Decimal("0.01")
    gerond = (Decimal(waarde.numerator) / waarde.denominator).quantize(stap, ROUND_HALF_UP)
    return gerond == Decimal(cijfer["waarde"])


def test_every_published_figure_of_the_survey_comes_out(antwoorden, noemingen, uitgenodigd, gepubliceerd):
    # No exceptions: each row is either reproduced or not about respondents at all.
    cijfers = [rij for rij in gepubliceerd if rij["indicator_id"] not in NIET_UIT_DE_ENQUETE]
    uitkomsten = {rij["id"]: compute(rij, antwoorden, noemingen, uitgenodigd) for rij in cijfers}
    assert len(uitkomsten) == 189
    assert {rij["id"]: uitkomsten[rij["id"]] for rij in cijfers if not agrees(rij, *uitkomsten[rij["id"]])} == {}


def test_shares_by_branche_add_up_to_103_percent_as_printed(antwoorden):
    telling = Counter(rij["branche_code"] for rij in antwoorden)
    procenten = [(Decimal(100 * n) / 301).quantize(Decimal(1), ROUND_HALF_UP) for n in telling.values()]
    assert sum(procenten) == 103


def test_the_bases_are_those_that_are_printed(antwoorden):
    gevuld = {kolom: sum(bool(rij[kolom]) for rij in antwoorden) for kolom in BASISKOLOMMEN}
    verwacht = {"amo_geen": 199, "netwerk_nieuwe_samenwerking": 276, "werving_geen": 128, "imago_geen": 173,
                "impact_zij_instroom": 209, "leren_geen": 152, "impact_minder_uitval": 152, "werken_geen": 154,
                "impact_opleiding": 154, "impact_digitaal": 109, "pilot_inzichten": 107}  # fmt: skip
    assert {kolom: gevuld[kolom] for kolom in verwacht} == verwacht
    assert len(antwoorden) == 301
    # Figure 2.8 says 'bekend met werving' with N = 128, but 250 know it: 128 is who used it, and only with those
    # does the union with imago come to 209.
    bekend = [rij for rij in antwoorden if rij["werving_bekendheid"] != "niet_bekend"]
    assert 249 <= len(bekend) <= 251
    assert sum(bool(rij["werving_geen"] and rij["imago_geen"]) for rij in antwoorden) == 92


def test_a_role_in_the_transition_is_61_81_80_and_12_together_234(antwoorden):
    groepen = Counter(rij["betrokkenheid"] for rij in antwoorden)
    ja = Counter(rij["betrokkenheid"] for rij in antwoorden if rij["rol_transitie"] == "ja")
    assert {code: (ja[code], groepen[code]) for code in groepen} == {
        "actief": (61, 66), "regelmatig": (81, 99), "af_en_toe": (80, 111), "alleen_informatie": (12, 25),
    }  # fmt: skip


def test_who_sees_an_effect_names_one_and_who_sees_none_does_not(antwoorden):
    for blok, effecten in EFFECTEN.items():
        for rij in (rij for rij in antwoorden if rij[f"{blok}_geen"]):
            assert (rij[f"{blok}_geen"] == "1") == ("1" not in [rij[effect] for effect in effecten])


def test_open_questions_are_answered_by_some_of_those_asked(antwoorden, noemingen):
    wie = {vraag: {rij["respondent_id"] for rij in noemingen if rij["vraag"] == vraag} for vraag in OPEN_VRAGEN}
    assert {vraag: len(namen) for vraag, namen in wie.items()} == {
        "pilot_inzicht": 59, "thema_aandacht": 204, "rol_soort": 188,
    }  # fmt: skip
    assert wie["pilot_inzicht"] < {rij["respondent_id"] for rij in antwoorden if rij["pilot_inzichten"] == "ja"}
    assert wie["rol_soort"] < {rij["respondent_id"] for rij in antwoorden if rij["rol_transitie"] == "ja"}
    assert wie["thema_aandacht"] < {rij["respondent_id"] for rij in antwoorden}


def test_the_involved_know_more(antwoorden):
    def share(*betrokkenheid: str) -> float:
        groep = [rij["amo_bekendheid"] for rij in antwoorden if rij["betrokkenheid"] in betrokkenheid]
        return groep.count("bekend") / len(groep)

    assert share("actief") > share("regelmatig") > share("af_en_toe", "alleen_informatie") > 0.4
