"""The public statistics: one good file and one hostile file per table; every fault is named, nothing is lost."""

from __future__ import annotations

import pytest
from koppen import KOPPEN

from pipelines.levering.aannemen import check_path

# Good rows, with what a source may write: empty, a point, <5 and nvt.
GOED = {
    "werknemers.werknemers": [
        "2021,NL01,TOTAAL,cbs_breed,1000,25000.5",
        "2021,RA0101,TOTAAL,cbs_breed,<5,.",
        "2021,RA0101,GGZ,pfzw,10,",
    ],
    "vacatures.vacatures": ["2021KW03,PV20,TOTAAL,sbi_q,1500,,", "2021KW03,RA0101,VVT,azw_breed,.,120,9000"],
    "vacatures.moeilijk_vervulbaar": ["2017,NL01,TOTAAL,1000,400", "2021,NL01,REV,nvt,nvt"],
    "onderwijs.instroom": [
        "2021/22,NL01,mbo4,verpleegkundige_mbo,bbl,900,,",
        "2021/22,RA0101,hbo,Social Work (deeltijd),deeltijd,<5,eerstejaars,woon",
    ],
    "onderwijs.rendement": ["2021/22,NL01,mbo4,verpleegkundige_mbo,80,20"],
    "onderwijs.rendement_percentage": [
        "2021/22,sectorrendement,,NL01,mbo,,,71.5",
        "2021/22,sectorrendement,woon,RA0101,mbo,Verpleegkundige,bbl,.",
        "2021/22,studierendement,,NL01,wo,,voltijd,0",
    ],
    "onderwijs.stages": ["2021,NL01,mbo3,1000,", "2021,NL01,mbo4,1000,20"],
    "onderwijs.numerus_fixus": ["2021/22,NL01,2,10"],
    "verzuim.verzuim": ["2021KW04,NL01,VVT,kzv,93,1000,", "2021KW04,NL01,VVT,nea,,,6.1", "2021,NL01,GGZ,vernet,.,.,."],
    "mobiliteit.stromen": [
        "2022KW04,NL01,TOTAAL,azw_breed,1400000,175000,47000,40000,88000,155000",
        "2022,NL01,TOTAAL,azw_breed,1400000,175000,,,,155000",
    ],
    "gepubliceerd.cijfers": [
        "c1,verzuim,NL01,TOTAAL,2021,0.07,afgerond,CBS StatLine,tabel 1,primair",
        "c2,verzuim,RA0101,VVT,2021KW03,0,exact,CBS StatLine,tabel 1,afgeleid",
    ],
    "werknemersenquete.uitkomsten": [
        "2022KW02,NL01,TOTAAL,werkdruk_te_hoog,0.495,4000,0.02",
        "2022KW02,RA0101,TOTAAL,tevreden,.,,",
    ],
}
# Per table: a row, and the first line of each message it must give.
FOUT = {
    "werknemers.werknemers": {
        "2021,NL01,TOTAAL,cbs_breed,1000,2500000": (
            "kolom contracturen: 2500000 uren bij 1000 werknemers is niet meer dan 0 en hoogstens 43,2 uur per week."
        ),
        "2021,NL01,GGZ,cbs_breed,1001,0": "1001) dan TOTAAL (1000)",
        "2021,RA0101,TOTAAL,cbs_breed,1002,": "Regio RA0101 heeft meer werknemers (1002) dan NL01 (1000).",
        "2021,NL01,KO,cbs_smal,10,": "'KO' hoort niet bij telling cbs_smal.",
        "2021,NL01,UMC,pfzw,10,": "'UMC' hoort niet bij telling pfzw.",
        "2021,NL01,SW,cbs_bred,10,": "'cbs_bred' bestaat niet. Bedoelde u cbs_breed?",
        "2021,NL1,SW,cbs_breed,=1+1,": "'=1+1' is geen geheel getal.",
    },
    "vacatures.vacatures": {
        "2021/22,NL01,TOTAAL,sbi_q,1,,": "'2021/22' is geen jaar of kwartaal.",
        "2021KW03,NL01,KO,azw_smal,1,,": "'KO' hoort niet bij afbakening azw_smal.",
        "2021KW03,NL01,TOTAAL,azw_breed,500,9,400": "500 openstaande vacatures is meer dan het aantal banen (400).",
        "2021KW03,RA0101,TOTAAL,azw_breed,501,,": "Regio RA0101 heeft meer openstaande of ontstane vacatures, of",
        "2021KW03,NL01,SW,azw_breed,501,,": "Branche SW heeft meer openstaande of ontstane vacatures, of",
        "2021KW03,RA0102,TOTAAL,azw_breed,-1,,": "'-1' is minder dan 0.",
    },
    "vacatures.moeilijk_vervulbaar": {"2017,NL01,GGZ,10,11": "11 is meer dan werkgevers (10)."},
    "onderwijs.instroom": {
        "2021,NL01,hbo,x,voltijd,1,eerstejaars,woon": "'2021' is geen schooljaar.",
        "2021/22,NL01,hbo,x,bbl,1,eerstejaars,woon": "'bbl' bestaat niet bij niveau hbo.",
        "2021/22,NL01,hbo,niveau=hbo;x,voltijd,1,eerstejaars,woon": "'niveau=hbo;x' is geen naam van een opleiding.",
        "2021/22,NL01,hbo,<script>,voltijd,1,eerstejaars,woon": "is geen naam van een opleiding.",
        "2021/22,NL01,hbo,=cmd|' /C calc',voltijd,1,eerstejaars,woon": "is geen naam van een opleiding.",
        "2021/22,NL01,mbo5,x,bol,1,eerstejaars,woon": "'mbo5' bestaat niet.",
        "2021/22,NL01,mbo4,x,bol,1,eerstejaars,woon": "",
        "2021/22,RA0101,mbo4,x,bol,2,eerstejaars,woon": "Regio RA0101 heeft meer instroom dan NL01.",
        "2021/22,NL01,mbo4,a\x07b,bol,1,eerstejaars,woon": "'a�b' bevat een teken dat niemand kan lezen.",
        "2021/22,NL01,mbo4,y,bol,1,eerstejaar,studie": "'eerstejaar' bestaat niet. Bedoelde u eerstejaars?",
        "2021/22,NL01,mbo4,z,bol,1,,geboorte": "'geboorte' bestaat niet.",
    },
    "onderwijs.rendement": {
        "2021/22,NL01,hbo,@x,1,1": "'@x' is geen naam van een opleiding.",
        "2021/22,NL01,hbo,y,1.5,1": "'1.5' is geen geheel getal.",
        "2021/22,NL01,hbo,z,1,1": "",
        "2021/22,RA0101,hbo,z,2,1": "Regio RA0101 heeft meer gediplomeerden of verlaters dan NL01.",
    },
    "onderwijs.rendement_percentage": {
        "2021/22,sectorrendement,,NL01,mbo,,,0.71": "0.71 is geen percentage.",
        "2021/22,sectorrendement,,RA0101,mbo,,,71": "Van regio RA0101 staat er niet bij of het is waar men studeert",
        "2021/22,sectorrendement,,NL01,wo,,bbl,71": "'bbl' bestaat niet bij niveau wo.",
        "2021/22,sectorrendement,,NL01,mbo,a;b,,71": "'a;b' is geen naam van een opleiding.",
        "2021/22,jaarresultaat,,NL01,mbo,,bol,71": "'jaarresultaat' bestaat niet.",
        "2021/22,studierendement,,NL01,wo,,duaal,101": "'101' ligt niet tussen 0 en 100.",
    },
    "onderwijs.stages": {
        "2021,NL01,hbo,,": "deze cel is leeg.",
        "2021,GM0014X,hbo,1,": "'GM0014X' bestaat niet.",
        "2021,NL01,mbo2,9,1": "",
        "2021,RA0101,mbo2,10,1": "Regio RA0101 heeft meer plaatsen of tekort",
    },
    "onderwijs.numerus_fixus": {"2021/22,NL01,11,10": "11 is meer dan opleidingen (10)."},
    "verzuim.verzuim": {
        "2021KW04,NL01,VVT,kzv,101,100,": "101 verzuimdagen is meer dan beschikbare_dagen (100).",
        "2021KW04,NL01,SW,kzv,10,,": "verzuimdagen ('10') en beschikbare_dagen ('') horen bij elkaar",
        "2021KW04,NL01,GGZ,kzv,,,0.057": "0.057 is geen percentage.",
        "2021KW04,NL01,GHZ,kzv,50,1000,8.1": "8.1% past niet bij 50 van 1000 dagen.",
        "2021/22,NL01,GHZ,nea,,,5": "'2021/22' is geen jaar of kwartaal of maand.",
        "2021KW04,NL01,KO,kvz,1,2,": "'kvz' bestaat niet. Bedoelde u kzv?",
    },
    "mobiliteit.stromen": {
        "2022KW04,NL01,TOTAAL,azw_breed,1000,100,50,40,11,90": "zijn samen meer dan instroom (100).",
        "2022,NL01,TOTAAL,azw_breed,1000,400,,,,90": "Periode 2022 (400) is anders dan het vierde kwartaal (100).",
        "2022KW04,NL01,GGZ,azw_breed,80,1,,,,81": "81 is meer dan werknemers_begin (80).",
        "2022KW04,RA0101,TOTAAL,azw_breed,1001,100,,,,90": "Regio RA0101 heeft meer werknemers, instroom of uitstroom",
    },
    "gepubliceerd.cijfers": {
        "c1,verzuim,NL01,TOTAAL,2021,7.1,afgerond,CBS,p,primair": "7.1 is geen aandeel.",
        "c2,verzuin,NL01,TOTAAL,2021,0.1,afgerond,CBS,p,primair": "'verzuin' bestaat niet. Bedoelde u verzuim?",
        "c3,verzuim,NL01,TOTAAL,2021,.,afgerond,CBS,p,primair": "'.' is geen getal.",
        "c4,verzuim,NL01,TOTAAL,2021,0.1,ongeveer,CBS,p,primair": "'ongeveer' bestaat niet.",
        "c5,verzuim,NL01,TOTAAL,2021,0.1,exact,,p,primair": "kolom bron: deze cel is leeg.",
        "c6,verzuim,NL01,TOTAAL,2031,0.1,exact,CBS,p,primair": "2031 ligt na de dag van ontvangst.",
        "c7,verzuim,NL01,VVT,2021,0,exact,A,p,primair": "(c7) komt meer dan eens voor. Zo staat het in 2 rijen: 8, 9.",
        "c7,verzuim,NL01,GGZ,2021,0.1,exact,CBS,p,primair": "",
    },
    "werknemersenquete.uitkomsten": {
        "2022KW02,NL01,TOTAAL,tevreden,68,100,": "'68' ligt niet tussen 0 en 1.",
        "2022KW02,NL01,GGZ,tevreden,0.68,100,0.6": "0.6 is geen marge.",
        "2022KW02,NL01,VVT,tevreden,0.68,0,": "bij aandeel 0.68 kan n niet 0 zijn.",
        "2022KW02,NL01,ZKH,tevreden,0.68,3000000000,": "'3000000000' is geen geheel getal.",
        "2022KW02,NL01,GHZ,werkdruk,0.68,,": "'werkdruk' bestaat niet. Bedoelde u werkdruk_te_hoog?",
    },
}


@pytest.fixture
def messages(maak_levering):
    """Return every message on these rows of one table."""

    def check(naam: str, rijen: list[str]) -> str:
        bron, tabel = naam.split(".")
        tekst = "\n".join([KOPPEN[naam], *rijen]) + "\n"
        map_ = maak_levering({tabel: tekst}, naam=f"l{len(rijen)}", bron=bron)
        return "\n".join(str(melding) for melding in check_path(map_, None).meldingen)

    return check


@pytest.mark.parametrize("naam", KOPPEN)
def test_good_rows_are_accepted(messages, naam):
    assert messages(naam, GOED[naam]) == ""


@pytest.mark.parametrize("naam", KOPPEN)
def test_every_fault_of_a_hostile_file_is_named_in_one_go(messages, naam):
    meldingen = messages(naam, [*FOUT[naam]])
    for rij, verwacht in FOUT[naam].items():
        assert verwacht in meldingen, f"{rij}: {verwacht}\n--- gezien:\n{meldingen}"


def test_an_unknown_column_and_a_missing_one_are_named(maak_levering):
    kop = KOPPEN["verzuim.verzuim"].replace("meting", "metting")
    map_ = maak_levering({"verzuim": f"{kop}\n2021KW04,NL01,VVT,kzv,93,1000,\n"}, bron="verzuim")
    teksten = [m.tekst for m in check_path(map_, None).meldingen]
    assert teksten == ["Kolom 'metting' hoort niet in deze tabel. Bedoelde u meting?", "Kolom 'meting' ontbreekt."]


def test_rounded_parts_of_a_flow_may_add_up_to_a_little_more(messages):
    """47.100 + 40.100 + 88.000 is 175.200; each was rounded to hundreds, as 175.000 was."""
    rij = "2022KW04,NL01,TOTAAL,azw_breed,1400000,175000,47100,40100,88000,155000"
    assert messages("mobiliteit.stromen", [rij]) == ""
