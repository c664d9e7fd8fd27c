"""Files of DUO become deliveries, whatever form they have; what is masked is a range, what moved is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from draadserver import Antwoord
from duobed import EERSTEJAARS, ELDERS, KOP, KOPPELINGEN, file, table

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.openbaar import verkennen
from pipelines.openbaar.duo.bestand import read_bytes


@pytest.fixture
def bed(onderwijs):
    return onderwijs


def test_a_file_becomes_a_delivery_in_which_every_region_is(bed):
    bed = bed(file())
    assert bed.fetch() == 1, bed.fouten
    rijen = bed.rows()
    # 2 years × 2 opleidingen × (the country, 4 landsdelen, 12 provincies and 28 arbeidsmarktregio's).
    assert len(rijen) == 2 * 2 * 45
    assert rijen["2019/20", "RA0101", "verpleegkundige_hbo"] == ("110", "")
    assert rijen["2019/20", "RA0512", "verpleegkundige_hbo"] == ("0", "")
    # 20 and one that is masked is 21 to 24; a mask alone stays one, also for the country.
    assert rijen["2020/21", "RA0101", "verpleegkundige_hbo"] == ("21", "24")
    assert rijen["2020/21", "RA0102", "overig_zorg_hbo"] == ("<5", "")
    assert rijen["2020/21", "NL01", "overig_zorg_hbo"] == ("<5", "")
    assert "eerstejaars_hbo: 180 rijen. Weggelaten rijen: 11 × geen opleiding voor zorg en welzijn." in bed.gezegd
    assert "  2 cellen zijn door DUO gemaskeerd; sommen ermee hebben een onder- en een bovengrens." in bed.gezegd


@pytest.mark.parametrize("weg", ["bestand", "dump", "api"])
def test_the_file_the_dump_and_the_api_give_the_same_delivery(bed, weg):
    def ander(pad: str) -> Antwoord | None:
        dicht = {"bestand": (), "dump": ("/dataset/",), "api": ("/dataset/", "/datastore/dump/")}[weg]
        return Antwoord(b"<html>weg</html>", 404) if pad.startswith(dicht) and dicht else None

    bed = bed(file(), ander=ander)
    assert bed.fetch() == 1, bed.fouten
    assert bed.rows()["2020/21", "RA0101", "verpleegkundige_hbo"] == ("21", "24")


def test_an_address_within_duo_is_not_called_but_the_dump(bed):
    bed = bed(file(url="http://beheer-ggm-ckan-prd/download/b1.csv"))
    assert bed.fetch() == 1, bed.fouten
    assert [pad for pad in bed.gevraagd if pad.startswith("/datastore/dump/")]


def test_what_did_not_change_is_not_read_again(bed):
    bed = bed(file())
    bed.fetch()
    bed.gevraagd.clear()
    assert bed.fetch() == 0
    assert bed.gezegd[-1] == "onderwijs/eerstejaars_hbo: niets nieuws."
    assert bed.gevraagd == [f"/api/3/action/package_show?id={EERSTEJAARS.pakket}"]


KOMMA = "STUDIEJAAR,GEMEENTENUMMER,ONDERDEEL,OPLEIDINGSCODE_ACTUEEL,OPLEIDINGSVORM,AANTAL_EERSTEJAARS_INGESCHREVENEN"
ELDERS_KOMMA = "".join(f"2020,{gm},techniek,34267,voltijd onderwijs,1\n" for gm in (*ELDERS, "0106"))


@pytest.mark.parametrize(
    "inhoud",
    [
        # A row per year under later names, commas, a number without its nought, and a byte order mark.
        f"\ufeff{KOMMA}\n2019,14,gezondheidszorg,34560,voltijd onderwijs,110\n2020,14,gezondheidszorg,34560,"
        f"voltijd onderwijs,24\n{ELDERS_KOMMA}".encode(),
        # Years as JAAR_2019, in JSON.
        b'[{"GEMEENTENUMMER": "0014", "ONDERDEEL": "gezondheidszorg", "OPLEIDINGSCODE ACTUEEL": 34560, '
        b'"OPLEIDINGSVORM": "voltijd onderwijs", "JAAR_2019": 110, "JAAR_2020": 24}'
        + b"".join(
            b', {"GEMEENTENUMMER": "%s", "ONDERDEEL": "techniek", "OPLEIDINGSCODE ACTUEEL": 34267, '
            b'"OPLEIDINGSVORM": "duaal onderwijs", "JAAR_2019": 1, "JAAR_2020": 1}' % gm.encode()
            for gm in (*ELDERS, "0106")
        ) + b"]",
    ],
)  # fmt: skip
def test_later_forms_of_the_same_file_give_the_same_figures(bed, inhoud):
    bed = bed(file(inhoud, datastore=False))
    assert bed.fetch() == 1, bed.fouten
    assert bed.rows()["2019/20", "RA0101", "verpleegkundige_hbo"] == ("110", "")
    assert bed.rows()["2020/21", "RA0101", "verpleegkundige_hbo"] == ("24", "")


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ("OPLEIDINGSVORM", "VORM", "Kolom 'OPLEIDINGSVORM' is er niet. Wel: PROVINCIE, GEMEENTENUMMER"),
        ("2019;2020", "JAAR 19;JAAR 20", "Kolom 'AANTAL_EERSTEJAARS_INGESCHREVENEN' is er niet."),
        ("GEMEENTENUMMER;", "PROVINCIE;", "Kolom 'PROVINCIE' staat er twee keer."),
        ("voltijd onderwijs;man;10", "avond onderwijs;man;10", "Nieuw in OPLEIDINGSVORM: avond onderwijs."),
        (";0014;gezondheidszorg;34560;voltijd onderwijs;man", ";9999;gezondheidszorg;34560;voltijd onderwijs;man",
         "Onbekende gemeenten: 9999."),
        ("man;10;20", "man;10;3,5", "iets anders dan een aantal: 3,5."),
        ("man;10;20", "man;;20", "zet dan leeg_is_nul: ja in pipelines/bronnen/openbaar/duo/eerstejaars_hbo.yml."),
        ("man;10;20", "man;10", "Rij 2 heeft 7 kolommen en de kop 8: dit bestand is stuk."),
        ("man;10;20", "man;10;20;30", "Rij 2 heeft 9 kolommen en de kop 8"),
        ("gezondheidszorg", "zorg", "In ONDERDEEL: 'gezondheidszorg' is er niet. Wel: zorg, techniek."),
    ],
)  # fmt: skip
def test_what_moved_is_said_and_nothing_is_filed(bed, oud, nieuw, melding):
    inhoud = table().decode().replace(oud, nieuw).encode()
    assert inhoud != table()
    bed = bed(file(inhoud, datastore=False))
    assert bed.fetch() == 0
    assert melding in bed.fouten
    assert list(bed.opdracht.raw.glob("*/*")) == []


@pytest.mark.parametrize(
    ("antwoord", "melding"),
    [
        (Antwoord(b"<html>onderhoud</html>"), "Dit is een webpagina of XML; een CSV-bestand is nodig."),
        (Antwoord(b""), "Dit is leeg."),
        (Antwoord(b"niet hier"), "Dit is geen CSV-bestand; het begint met 'niet hier'."),
        (Antwoord(table(), afgekapt=60), "De verbinding met de server is afgebroken (127"),
        (Antwoord(b"[1, 2]"), "Deze JSON is geen lijst van rijen."),
    ],
)
def test_a_file_that_is_no_file_is_refused(bed, monkeypatch, antwoord, melding):
    monkeypatch.setattr("pipelines.ophalen.ophalen.sleep", lambda _: None)
    bed = bed(file(datastore=False), ander=lambda pad: antwoord if pad.startswith("/dataset/") else None)
    assert bed.fetch() == 0
    assert melding in bed.fouten


@pytest.mark.parametrize(
    ("ander", "melding"),
    [
        ('{"success": false, "error": {}}', "De dienst van DUO zegt dat de vraag niet is gelukt."),
        ('{"success": true, "result": {"resources": []}}', "is er niet. Wel: niets."),
    ],
)
def test_a_package_that_is_not_there_is_said(bed, ander, melding):
    bed = bed(file(), ander=lambda pad: Antwoord(ander.encode()) if "package_show" in pad else None)
    assert bed.fetch() == 0
    assert melding in bed.fouten


@pytest.mark.parametrize(("in_csv", "komt_binnen"), [(14, 1), (15, 0)])
def test_rows_are_compared_with_what_duo_counted(bed, in_csv, komt_binnen):
    controle = f"bestand,aantalCsv,aantalDataStore,volledig\nb1.csv,{in_csv},14,Onwaar\n".encode()
    bed = bed(file(), file(controle, "controlebestand", "c1"))
    assert bed.fetch() == komt_binnen
    assert komt_binnen or "heeft 14 rijen; DUO telde er 15 in het CSV-bestand en 14 in de datastore" in bed.fouten


MBO = KOPPELINGEN["gediplomeerden_mbo"]
MBO_KOP = "NIVEAU,LEERWEG,ERKENDE OPLEIDING CODE,ERKENDE OPLEIDING NAAM,SECTORKAMER NAAM,DIPMAN2022,DIPVROUW2022"


def test_men_and_women_are_added_up_in_the_schooljaar_before_and_a_new_code_is_known_by_its_name(bed):
    rijen = [
        "4,BOLVT,99999,MBO-Verpleegkundige,Techniek,-1,40",
        '3,BBL,25491,Verzorgende IG,"Zorg, welzijn en sport",,7',
        '1,BBL,1,Entree,"Zorg, welzijn en sport",5,5',
    ]
    bed = bed(file("\n".join([MBO_KOP, *rijen]).encode(), MBO.bestand), pakket=MBO.pakket)
    assert bed.fetch("gediplomeerden_mbo") == 1, bed.fouten
    assert bed.rows("gediplomeerden") == {
        ("2021/22", "NL01", "verpleegkundige_mbo"): ("40", "44"),
        ("2021/22", "NL01", "verzorgende_ig"): ("7", ""),
    }


def test_a_four_that_duo_marks_is_a_mask_and_one_that_may_be_is_refused(bed):
    kop = f"{MBO_KOP},INDICATIEAVG"
    rij = "4,BOLVT,25480,x,y,4,10"
    bed_ = bed(file(f"{kop}\n{rij},J\n".encode(), MBO.bestand), pakket=MBO.pakket)
    assert bed_.fetch("gediplomeerden_mbo") == 1, bed_.fouten
    assert bed_.rows("gediplomeerden")["2021/22", "NL01", "verpleegkundige_mbo"] == ("11", "14")
    rijen = [rij.replace("x", f"x{n}") for n in range(5)]
    later = file("\n".join([MBO_KOP, *rijen]).encode(), MBO.bestand, bijgewerkt="2026-04-01T09:00:00")
    bed_ = bed(later, pakket=MBO.pakket)
    bed_.fetch("gediplomeerden_mbo")
    assert "een 4 kan hier een masker zijn" in bed_.fouten


def test_a_code_counts_for_the_years_in_which_it_is_valid(bed):
    # 93510 is a code of up to and including 2016/17; what stands under it later is something else.
    kop = MBO_KOP.replace("2022", "2017") + ",DIPMAN2022,DIPVROUW2022"
    bed = bed(file(f"{kop}\n4,BOLVT,93510,MBO-Verpleegkundige,x,1,2,3,9\n".encode(), MBO.bestand), pakket=MBO.pakket)
    assert bed.fetch("gediplomeerden_mbo") == 1, bed.fouten
    assert bed.rows("gediplomeerden") == {("2016/17", "NL01", "verpleegkundige_mbo"): ("3", "")}
    assert "1 × cel van een opleiding buiten haar jaren" in bed.gezegd[0]


def test_one_file_per_year_is_read_whole_and_the_year_is_that_of_its_name(bed):
    koppeling = KOPPELINGEN["instroom_mbo"]
    kop = "NIVEAU,LEERWEG,BEROEPSOPLEIDING CODE,BEROEPSOPLEIDING NAAM,INSTROOM MBO,INSTROOM OPLEIDING,AANTAL"
    rijen = "4,BBL,25480,Mbo-Verpleegkundige,N,J,{}\n4,BBL,25480,Mbo-Verpleegkundige,N,N,900\n"
    delen = [
        file(f"{kop}\n{rijen.format(n)}".encode(), koppeling.bestand.replace("{jaar}", str(j)), f"b{j}")
        for j, n in ((2023, 30), (2024, 40))
    ]
    bed = bed(*delen, pakket=koppeling.pakket)
    assert bed.fetch("instroom_mbo") == 1, bed.fouten
    assert bed.rows() == {
        ("2023/24", "NL01", "verpleegkundige_mbo"): ("30", ""),
        ("2024/25", "NL01", "verpleegkundige_mbo"): ("40", ""),
    }


def test_gemeenten_by_name_are_those_of_the_students_and_abroad_is_counted_apart(bed):
    koppeling = KOPPELINGEN["studenten_woongemeente"]
    kop = "SECTORKAMER NAAM,LEERWEG,NIVEAU,WOONGEMEENTE,WOONPROVINCIE,JAAR_2024"
    plaatsen = ("'S-GRAVENHAGE", "SUDWEST-FRYSLAN", "BELGIE")
    rijen = [f'"Zorg, welzijn en sport",BBL,4,{plaats},X,{n}' for n, plaats in enumerate(plaatsen, 6)]
    elders = "GRONINGEN ASSEN ZWOLLE LELYSTAD ARNHEM UTRECHT AMSTERDAM GOES EINDHOVEN MAASTRICHT"
    rijen += [f"Techniek,BBL,4,{plaats},X,1" for plaats in elders.split()]
    bed = bed(file("\n".join([kop, *rijen]).encode(), koppeling.bestand), pakket=koppeling.pakket)
    assert bed.fetch("studenten_woongemeente") == 1, bed.fouten
    waarden = {regio: aantal for (_, regio, _), (aantal, _) in bed.rows().items() if aantal != "0"}
    assert waarden == {"RA1020": "6", "PV28": "6", "LD03": "6", "RA0103": "7", "PV21": "7", "LD01": "7", "NL01": "13"}
    assert "1 × plaats buiten de regio's" in bed.gezegd[0]


def test_a_mapping_is_found_moved_or_gone_without_reading_a_figure(bed):
    bed = bed(file(), file(table(KOP.replace("OPLEIDINGSVORM", "VORM")), "ander", "b2"))
    controleer = {bestand: verkennen.check_mapping(replace(EERSTEJAARS, bestand=bestand), bed.opdracht)
                  for bestand in (EERSTEJAARS.bestand, "ander", "geen")}  # fmt: skip
    assert [soort for soort, _ in controleer.values()] == [verkennen.GEVONDEN, verkennen.VERHUISD, verkennen.WEG]
    assert not [pad for pad in bed.gevraagd if pad.startswith(("/dataset/", "/datastore/dump/"))]


def test_a_package_is_found_by_a_word_and_shown_with_its_files_and_columns(bed):
    bed = bed(file())
    assert verkennen.search_duo("ho1ejrs", bed.opdracht)[-1].startswith("1 pakket van DUO over 'ho1ejrs'.")
    assert (
        "    kolommen: PROVINCIE, GEMEENTENUMMER, CROHO ONDERDEEL"
        in verkennen.describe_duo(EERSTEJAARS.pakket, bed.opdracht)[2]
    )


def test_old_files_are_not_utf8_and_rows_of_nothing_are_none():
    frame = read_bytes("NAAM;2019\nFryslân;5\n;\n".encode("latin-1"), "x")
    assert frame.to_dict("records") == [{"NAAM": "Fryslân", "2019": "5"}]
    with pytest.raises(AfgekeurdError, match="leeg"):
        read_bytes(b"\xef\xbb\xbf \n", "x")
