"""Files as programs write them: where the header is, what separates the fields, and what a file is that has none."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.levering.aannemen import check_path
from pipelines.levering.bestand.tekst import first_rows, read_text_table

KOLOMMEN = ("periode", "regio_code", "aantal")
CELLEN = [("2025", "NL01", "5")]


@pytest.fixture
def lees(tmp_path):
    def read(inhoud: str | bytes, naam: str = "t.csv"):
        pad = tmp_path / naam
        pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())
        return read_text_table(pad, (), KOLOMMEN)

    return read


def workbook(**bladen: list[list]) -> bytes:
    boek = openpyxl.Workbook()
    boek.remove(boek.worksheets[0])
    for naam, rijen in bladen.items():
        blad = boek.create_sheet(naam)
        for rij in rijen:
            blad.append(rij)
    stroom = io.BytesIO()
    boek.save(stroom)
    return stroom.getvalue()


def cells(gelezen) -> list[tuple]:
    return list(gelezen.frame.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("inhoud", "gezegd"),
    [
        ("periode;regio_code;aantal;\r\n2025;NL01;5;\r\n", "Lege velden achter de laatste kolom zijn overgeslagen."),
        ("sep=;\r\nperiode;regio_code;aantal\r\n2025;NL01;5\r\n", "De eerste regel (sep=;) is overgeslagen."),
        ("periode\tregio_code\taantal\n2025\tNL01\t5\n", "De velden zijn gescheiden door tabs."),
        ("Verzuim, kwartaalrapportage\n\nperiode;regio_code;aantal\n2025;NL01;5\n",
         "De kop staat op rij 3; 1 rij erboven is overgeslagen."),
        ("periode,regio_code,aantal\nPeriode,Regio,Aantal mensen\n2025,NL01,5\n",
         "Onder de kop staat geen gegeven maar uitleg: rij 2 overgeslagen."),
        ('periode,regio_code,aantal\nStart,Waar,Hoeveel\n"{""ImportId"":""a""}","{""ImportId"":""b""}",x\n2025,NL01,5\n',
         "Onder de kop staat geen gegeven maar uitleg: rij 2, 3 overgeslagen."),
    ],
)  # fmt: skip
def test_what_stands_around_the_table_is_passed_over_and_said(lees, inhoud, gezegd):
    gelezen = lees(inhoud)
    assert (cells(gelezen), gelezen.meldingen) == (CELLEN, [])
    assert [m.tekst for m in gelezen.opmerkingen] == [gezegd]


def test_a_first_row_of_wrong_data_is_no_row_of_labels(lees):
    gelezen = lees("periode,regio_code,aantal\n20x5,NL,5\n2025,NL01,5\n")
    assert len(cells(gelezen)) == 2


def test_a_filled_cell_behind_the_last_column_is_not_thrown_away(lees):
    (melding,) = lees("periode;regio_code;aantal;\n2025;NL01;5;let op\n").meldingen
    assert melding.tekst == "Deze rij heeft 4 velden; de kop heeft er 3."


def test_beside_the_table_a_codebook_may_stand_and_two_tables_may_not(lees):
    tabel = [list(KOLOMMEN), ["2025", "NL01", 5]]
    gelezen = lees(workbook(Codeboek=[["code", "betekenis"], [1, "ja"]], Data=tabel), "t.xlsx")
    assert cells(gelezen) == CELLEN
    assert [m.tekst for m in gelezen.opmerkingen] == ["Gelezen is het werkblad 'Data'; de andere 1 niet."]
    with pytest.raises(AfgekeurdError, match="2 werkbladen"):
        lees(workbook(Een=tabel, Twee=tabel), "t.xlsx")


def test_a_cell_that_shows_a_percentage_is_that_percentage(lees):
    boek = openpyxl.Workbook()
    boek.active.append(KOLOMMEN)
    boek.active.append(["2025", "NL01", 0.0812])
    boek.active["C2"].number_format = "0.00%"
    stroom = io.BytesIO()
    boek.save(stroom)
    assert cells(lees(stroom.getvalue(), "t.xlsx")) == [("2025", "NL01", "8.12%")]


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        ('"Vacatures; SBI2008, regio"\n\n\n"";"Regio\'s";"Groningen (PV)"\n"";"Perioden";"2023 1e kwartaal"\n'
         '"Onderwerp";"Bedrijfstakken";""\n"Vacatures";"Q";"2,1"\n"Bron: CBS"\n', "de tabelindeling van StatLine"),
        ('"ID";"RegioS";"Perioden";"Vacatures_1"\n"0";"NL01  ";"2023KW01";"    68.4"\n',
         "een download van StatLine met codes"),
        ('"AZW branches";"Perioden";"Regio\'s";"Arbeidsvolume"\n"Zorg";"2020 1e kwartaal*";"Groningen (PV)";0,8\n',
         "een download van StatLine met namen"),
        ('"TableInfos"\n"ID";"Title"\n"0";"Woonplaatsen"\n', "het bestand met metadata van StatLine"),
        ("PROVINCIE;GEMEENTENUMMER;2019\nDrenthe;0106;1\n", "een bestand van DUO"),
        ("BRIN NUMMER;SOORT DIPLOMA;2019\n25BE;hbo bachelor;1\n", "een bestand van DUO met gediplomeerden"),
        ("jaar,studenten_min,studenten_max\n2020,1,4\n", "een tabel met onder- en bovengrenzen"),
        ("StartDate,ResponseId,Q1\nStart Date,Response ID,Vraag\n", "een export van een enquêteprogramma"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named_with_the_way_to_get_it_in(lees, inhoud, soort):
    with pytest.raises(AfgekeurdError) as fout:
        lees(inhoud)
    (melding,) = fout.value.meldingen
    assert melding.tekst == f"Dit is {soort}; deze tabel heeft andere kolommen."
    assert melding.advies.endswith("Kolommen van deze tabel: periode, regio_code, aantal.")


def test_a_total_below_the_table_is_one_message_whatever_stands_in_it(lees):
    tabel = [list(KOLOMMEN), ["2025", "NL01", 5], ["Totaal", None, "=SUM(C2:C2)"]]
    for gelezen in (lees(workbook(Data=tabel), "t.xlsx"), lees("periode;regio_code;aantal\n2025;NL01;5\nTotaal;;5\n")):
        assert cells(gelezen) == CELLEN
        (melding,) = gelezen.meldingen
        assert (melding.rij, melding.tekst) == (3, "Deze rij is een totaal: in kolom periode staat 'Totaal'.")
        assert melding.advies == "Haal de rij weg; de monitor telt zelf op."


def test_many_columns_of_another_table_are_named_in_one_message(maak_levering):
    map_ = maak_levering({"dekking": "periode,regio_code,aantal,kosten,fte\n2021,NL01,1,2,3\n"})
    teksten = [m.tekst for m in check_path(map_, None).meldingen]
    assert teksten[:2] == [
        "Deze kolommen horen niet in deze tabel: aantal, kosten, fte.",
        "Deze kolommen ontbreken: peildatum, branche_code, medewerkers_aangesloten, medewerkers_totaal.",
    ]


@pytest.mark.parametrize(
    ("naam", "soort"),
    [("instroom.json", "een JSON-bestand"), ("duo.xls", "een Excel-bestand van voor 2007"),
     ("instroom.rtf", "een bestand van een andere soort (.rtf)")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_it_is_and_the_way_in(tmp_path, naam, soort):
    (tmp_path / naam).write_text("x", encoding="utf-8")
    with pytest.raises(AfgekeurdError) as fout:
        check_path(tmp_path / naam, "onderwijs")
    (melding,) = fout.value.meldingen
    assert melding.tekst == f"Dit is {soort}, en zo niet te lezen."
    namen = ", ".join(load_bronnen()["onderwijs"].tabellen)
    assert melding.advies.endswith(f"Geef het de naam van de tabel: {namen}.")


def test_another_sheet_may_be_full_of_formulas_and_a_damaged_one_is_said(tmp_path):
    tabel, pad = [list(KOLOMMEN), ["2025", "NL01", 5]], tmp_path / "t.xlsx"
    pad.write_bytes(workbook(Data=tabel, Rekenblad=[["=A1", "=A2"]] * 150))
    assert first_rows(pad, 300)[0] == [(1, list(KOLOMMEN)), (2, ["2025", "NL01", "5"])]
    with zipfile.ZipFile(io.BytesIO(workbook(Data=tabel))) as heel, zipfile.ZipFile(pad, "w") as stuk:
        for naam in heel.namelist():
            inhoud = heel.read(naam)
            stuk.writestr(naam, inhoud[: len(inhoud) // 2] if "sheet1" in naam else inhoud)
    with pytest.raises(AfgekeurdError, match="geen leesbaar Excel-bestand"):
        first_rows(pad, 300)
