"""Other people's ways of writing: read where the meaning is certain, and said; else refused with what is allowed."""

from __future__ import annotations

import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.levering.leveringen import read_levering
from pipelines.levering.toets.keuren import validate_levering
from pipelines.levering.toets.valideren import Keuring
from pipelines.levering.waarden.duiden import read_period

BRONNEN = load_bronnen()
EENHEDEN = {i.indicator_id: i.eenheid for i in load_indicatoren(INDICATORS_YML, BRONNEN).values()}
VACATURES = "periode,regio_code,branche_code,afbakening,openstaand"
INSTROOM = "schooljaar,regio_code,niveau,opleiding,leerweg,instroom"
VERZUIM = "periode,regio_code,branche_code,meting,percentage"


@pytest.fixture
def keur(maak_levering):
    def check(bron: str, tabel: str, kop: str, *rijen: str, naam: str = "l1") -> Keuring:
        map_ = maak_levering({tabel: "\n".join([kop, *rijen]) + "\n"}, naam, bron=bron)
        levering = read_levering(map_, BRONNEN)
        return validate_levering(levering, BRONNEN[bron], EENHEDEN)

    return check


def column(keuring: Keuring, tabel: str, kolom: str) -> list[str]:
    return keuring.frames[tabel][kolom].fillna("").tolist()


def test_periods_and_regions_of_statline_are_read_and_said(keur):
    keuring = keur(
        "vacatures", "vacatures", VACATURES,
        "2022JJ00,NL01  ,TOTAAL,sbi_q,65000",
        "2023KW04*,Groningen (PV),TOTAAL,sbi_q,2000",
        "2023 1e kwartaal,Nederland,Gehandicaptenzorg,azw_breed,5000",
    )  # fmt: skip
    assert [str(m) for m in keuring.meldingen] == []
    assert column(keuring, "vacatures", "periode") == ["2022", "2023KW04", "2023KW01"]
    assert column(keuring, "vacatures", "regio_code") == ["NL01", "PV20", "NL01"]
    assert column(keuring, "vacatures", "branche_code") == ["TOTAAL", "TOTAAL", "GHZ"]
    assert column(keuring, "vacatures", "is_voorlopig") == ["", "1", ""]
    gezegd = [str(m) for m in keuring.opmerkingen]
    assert "vacatures.csv, rij 2, kolom periode: '2022JJ00' is gelezen als 2022: 1 keer." in gezegd
    assert (
        "vacatures.csv, rij 3, kolom periode: '2023KW04*' is gelezen als 2023KW04, voorlopig (een sterretje bij "
        "StatLine): 1 keer." in gezegd
    )


@pytest.mark.parametrize(
    ("staat", "is_"),
    [
        ("2023 3e kwartaal", "2023KW03"), ("2023-Q3", "2023KW03"), ("Q3 2023", "2023KW03"), ("2023k3", "2023KW03"),
        ("3e kwartaal van 2023", "2023KW03"), ("kwartaal 3 2023", "2023KW03"),
        ("Q3", None), ("2023 Q3 2023", None), ("Q5 2023", None), ("2023Q", None),
    ],
)  # fmt: skip
def test_a_quarter_is_read_as_people_write_it_with_its_year_once(staat, is_):
    lezing = read_period(staat)
    assert (lezing and lezing.waarde) == is_


@pytest.mark.parametrize(
    ("staat", "merk"),
    [
        ("definitief (was voorlopig)", "0"), ("Definitief", "0"), ("voorlopig", "1"), ("Nader voorlopig", "1"),
    ],
)  # fmt: skip
def test_what_is_final_now_is_final_whatever_it_was(keur, staat, merk):
    keuring = keur("vacatures", "vacatures", f"{VACATURES},is_voorlopig", f"2023,NL01,TOTAAL,sbi_q,65000,{staat}")
    assert (keuring.meldingen, column(keuring, "vacatures", "is_voorlopig")) == ([], [merk])


def test_a_state_that_may_mean_either_is_refused(keur):
    rij = "2023,NL01,TOTAAL,sbi_q,65000,niet definitief"
    assert keur("vacatures", "vacatures", f"{VACATURES},is_voorlopig", rij).meldingen


@pytest.mark.parametrize("vorm", ["2024SJ00", "2024/'25", "2024/2025", "2024-2025", "2024/25*"])
def test_a_school_year_of_cbs_is_a_school_year(keur, vorm):
    keuring = keur("onderwijs", "instroom", INSTROOM, f"{vorm},NL01,mbo4,Verzorgende,bol,50")
    assert (keuring.meldingen, column(keuring, "instroom", "schooljaar")) == ([], ["2024/25"])


def test_two_school_years_that_do_not_follow_are_none(keur):
    (melding,) = keur("onderwijs", "instroom", INSTROOM, "2024/2026,NL01,mbo4,Verzorgende,bol,50").meldingen
    assert melding.tekst == "'2024/2026' is geen periode."


def test_a_name_that_more_areas_have_is_refused_with_what_to_write(keur):
    (melding,) = keur("vacatures", "vacatures", VACATURES, "2023,Groningen,TOTAAL,sbi_q,2000").meldingen
    assert melding.tekst.startswith("'Groningen' bestaat niet.")
    assert "een naam kan er meer zijn" in melding.advies


def test_the_masks_of_duo_are_hidden_and_never_a_number(keur):
    keuring = keur(
        "onderwijs", "instroom", INSTROOM + ",INDICATIEAVG",
        "2024/25,NL01,mbo4,a,bol,-1,N", "2024/25,NL01,mbo4,b,bol,4,J", "2024/25,NL01,mbo4,c,bol,4,N",
        "2024/25,NL01,mbo4,d,bol,<5,",
    )  # fmt: skip
    assert keuring.meldingen == []
    assert column(keuring, "instroom", "instroom") == [".", "<5", "4", "<5"]
    assert [m.tekst for m in keuring.opmerkingen if "reeks zonder telling" not in m.tekst] == [
        "'4 met INDICATIEAVG = J' is gelezen als <5, verborgen door DUO: 1 keer.",
        "'-1' is gelezen als ., verborgen door DUO: 1 keer.",
    ]


@pytest.mark.parametrize(
    "rijen",
    [
        ["2024/25,NL01,mbo4,a,bol,-1", "2024/25,NL01,mbo4,b,bol,4"],
        [f"2024/25,NL01,mbo4,o{nummer},bol,4" for nummer in range(5)],
    ],
)
def test_a_4_that_may_be_a_mask_is_refused_with_the_way_to_say_so(keur, rijen):
    (melding,) = keur("onderwijs", "instroom", INSTROOM, *rijen).meldingen
    assert "'4' kan hier een masker van DUO zijn" in melding.tekst
    assert "INDICATIEAVG" in melding.advies


def test_a_4_among_other_small_numbers_is_a_4(keur):
    rijen = [f"2018/19,NL01,mbo4,o{n},bol,{n}" for n in (1, 2, 3, 4)]
    keuring = keur("onderwijs", "instroom", INSTROOM, *rijen)
    assert (keuring.meldingen, column(keuring, "instroom", "instroom")) == ([], ["1", "2", "3", "4"])


def test_minus_one_elsewhere_is_no_mask(keur):
    (melding,) = keur("vacatures", "vacatures", VACATURES, "2023,NL01,TOTAAL,sbi_q,-1").meldingen
    assert melding.tekst == "'-1' is minder dan 0."


def test_a_percentage_is_read_where_the_column_holds_percents(keur):
    keuring = keur("verzuim", "verzuim", VERZUIM, '2025,NL01,VVT,vernet,"8,12%"', "2024,NL01,VVT,vernet,7.9")
    assert (keuring.meldingen, column(keuring, "verzuim", "percentage")) == ([], ["8.12", "7.9"])
    assert [m.tekst for m in keuring.opmerkingen] == ["'8,12%' is gelezen als 8.12, procenten: 1 keer."]


def test_a_whole_number_of_a_program_is_a_whole_number_but_1_000_is_not_read(keur):
    kop = "periode,regio_code,branche_code,telling,werknemers"
    keuring = keur(
        "werknemers", "werknemers", kop, "2025,NL01,TOTAAL,cbs_breed,1540000.0", "2024,NL01,TOTAAL,cbs_breed,1.000"
    )  # fmt: skip
    assert column(keuring, "werknemers", "werknemers") == ["1540000", "1.000"]
    assert [m.tekst for m in keuring.meldingen] == ["'1.000' is geen geheel getal."]


@pytest.mark.parametrize("teken", ["NA", "NULL", "-", "*", "x", "n.v.t."])
def test_a_sign_of_elsewhere_is_refused_with_every_sign_that_is_allowed(keur, teken):
    keuring = keur(
        "vacatures", "vacatures", VACATURES, f"2023,NL01,TOTAAL,sbi_q,{teken}", f"2022,{teken},TOTAAL,sbi_q,1"
    )
    cijfer, code = keuring.meldingen
    assert cijfer.tekst == f"'{teken}' is geen getal."
    assert cijfer.advies.endswith(
        "Leeg: ontbreekt; een punt (.): onderdrukt; <5: 1 t/m 4, onderdrukt; nvt: niet van toepassing."
    )
    assert code.tekst == f"'{teken}' bestaat niet."
    assert code.advies == "Hier hoort altijd een code; laat anders de rij weg."


def test_one_value_is_one_message_with_its_count_and_the_first_places(keur):
    rijen = [f"2023,RA{nummer:04},TOTAAL,sbi_q,NA" for nummer in (101, 102, 103)]
    (melding,) = keur("vacatures", "vacatures", VACATURES, *rijen).meldingen
    assert str(melding).startswith(
        "vacatures.csv, rij 2, kolom openstaand: 'NA' is geen getal. Zo staat het in 3 rijen: 2, 3, 4.\n"
    )
    assert melding.as_dict()["rijen"] == [2, 3, 4]


def test_students_without_a_count_are_a_series_of_their_own_and_that_is_said(keur):
    rij = "2020/21,NL01,hbo,Verpleegkundige,voltijd,500"
    (melding,) = keur("onderwijs", "instroom", INSTROOM, rij, naam="los").opmerkingen
    assert melding.tekst.startswith("Niet ingevuld: maat en plaats (1 keer). Dit is een reeks zonder telling")
    assert "Kies maat: nieuwe_studenten, eerstejaars, " in melding.advies
    assert melding.advies.endswith("ingeschrevenen_azw of ingeschrevenen_sectorkamer; plaats: studie of woon.")
    kop = INSTROOM.replace("regio_code", "maat,plaats,regio_code")
    assert keur("onderwijs", "instroom", kop, rij.replace("NL01", "eerstejaars,studie,NL01")).opmerkingen == []
    half = keur("onderwijs", "instroom", kop, rij.replace("NL01", "eerstejaars,,NL01"), naam="half").opmerkingen
    assert [m.tekst.split(" (")[0] for m in half] == ["Niet ingevuld: plaats"]


@pytest.mark.parametrize(
    ("staat", "is_"),
    [
        ("1e kw 2025", "2025KW01"), ("2e kw. 2025", "2025KW02"), ("eerste kwartaal 2025", "2025KW01"),
        ("2025 KW1", "2025KW01"), ("kw4 2025", "2025KW04"), ("Maart 2025", "2025MM03"), ("2025-03", "2025MM03"),
        ("2002-03", None), ("schooljaar 2024/2025", "2024/25"), ("31-03-2025", "2025-03-31"),
        ("03-04-2025", None), ("202503", None), ("2025-1", None), ("mrt-25", None), ("31-02-2025", None),
    ],
)  # fmt: skip
def test_a_period_as_people_write_it_is_read_where_it_can_be_no_other(staat, is_):
    lezing = read_period(staat)
    assert (lezing and lezing.waarde) == is_


def test_a_day_where_a_quarter_is_asked_gets_the_quarter_to_write(keur):
    (melding,) = keur("vacatures", "vacatures", VACATURES, "31-03-2025,NL01,TOTAAL,sbi_q,65000").meldingen
    assert (melding.tekst, melding.advies) == (
        "'2025-03-31' is geen jaar of kwartaal.", "Schrijf 2025 voor het jaar of 2025KW01 voor het kwartaal.",
    )  # fmt: skip


def test_a_date_is_read_where_day_and_month_cannot_be_the_other_way(keur):
    kop = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal"
    goed = keur("pfzw_dekking", "dekking", kop, "2022,30-6-2023,NL01,TOTAAL,700,1000")
    assert (goed.meldingen, column(goed, "dekking", "peildatum")) == ([], ["2023-06-30"])
    (melding,) = keur("pfzw_dekking", "dekking", kop, "2022,05-06-2023,NL01,TOTAAL,700,1000", naam="l2").meldingen
    assert melding.tekst == "'05-06-2023' is geen datum."
