"""A file or an answer that is not whole gives no figure in silence: it is refused, or stops until someone looked."""

from __future__ import annotations

import json

import pytest
from draadserver import Antwoord
from duobed import EERSTEJAARS, KOP, RIJEN, file, table
from statline import Statline, vacatures

from pipelines.levering.leveringen import Bevestigd
from pipelines.openbaar.duo import ckan
from pipelines.openbaar.duo.bestand import from_records

LATER = "2026-04-01T09:00:00"
BEVESTIGD = {"bevestigd": Bevestigd("Nagevraagd bij DUO.")}


def only_api(pad: str) -> Antwoord | None:
    return Antwoord(b"<html>weg</html>", 404) if pad.startswith(("/dataset/", "/datastore/dump/")) else None


def test_a_datastore_that_gives_the_first_page_again_is_refused(onderwijs, monkeypatch):
    monkeypatch.setattr(ckan, "_BLAD", 7)

    def again(pad: str) -> Antwoord | None:
        if "offset=7" in pad:
            dienst.ander = only_api
            antwoord = dienst(pad.replace("offset=7", "offset=0"))
            dienst.ander = again
            return antwoord
        return only_api(pad)

    bed = onderwijs(file(), ander=again)
    dienst = bed.dienst
    assert bed.fetch() == 0
    assert "Een rij komt twee keer: de server gaf een pagina dubbel." in bed.fouten
    dienst.ander = only_api
    assert bed.fetch() == 1, bed.fouten


def test_rows_that_are_there_twice_are_not_counted_twice(onderwijs):
    bed = onderwijs(file(table(rijen=RIJEN + RIJEN)))
    assert bed.fetch() == 0
    assert "14 van de 28 rijen staan er vaker, zoals: Groningen, 0014, gezondheidszorg, 34560" in bed.fouten


def test_a_file_with_fewer_rows_than_the_datastore_has_is_not_taken(onderwijs):
    def cut(pad: str) -> Antwoord | None:
        return Antwoord(table(rijen=RIJEN[:-1])) if pad.startswith("/dataset/") else None

    bed = onderwijs(file(), ander=cut)
    # The dump holds all of it, so that is what comes in.
    assert bed.fetch() == 1, bed.fouten
    assert [pad for pad in bed.gevraagd if pad.startswith("/datastore/dump/")]


def test_a_first_file_that_ends_between_two_rows_stops_until_someone_looked(onderwijs):
    """Rows are in order of provincie, so what is lacking is whole provincies; a nought would be made up."""
    bed = onderwijs(file(table(rijen=RIJEN[:-3]), datastore=False))
    assert bed.fetch() == 0
    assert "geen enkele rij van 3 van de 12 provincies: PV29, PV30, PV31." in bed.fouten
    assert f'zet dan in {EERSTEJAARS.plek}: bevestigd: {{sprong: "de reden"}}' in bed.fouten
    assert not list(bed.opdracht.raw.glob("*/*/levering.yml"))
    assert bed.fetch(**BEVESTIGD) == 1, bed.fouten
    assert "  Let op: Het bestand heeft geen enkele rij van 3 van de 12 provincies: PV29, PV30, PV31." in bed.gezegd


def test_regions_without_a_student_are_named(onderwijs):
    bed = onderwijs(file())
    assert bed.fetch() == 1, bed.fouten
    (regel,) = [regel for regel in bed.gezegd if "Nergens een student van zorg en welzijn, en dus 0: RA" in regel]
    # Of the 28, Groningen (RA0101) and Drenthe (RA0102) have some.
    assert regel.count("RA") == 26


@pytest.mark.parametrize(
    ("rijen", "melding"),
    [
        # All of Groningen is gone; or all in deeltijd of it: 40 in 2 years, on 4 levels.
        (
            (*RIJEN[2:], "Groningen;0014;techniek;1;voltijd onderwijs;man;1;1"),
            "RA0101 had cijfers en heeft nu niets of 0",
        ),
        (RIJEN, "8 cijfers van 20 of meer zijn nu weg of 0: 2019/20"),
    ],
)
def test_what_the_last_delivery_had_and_is_gone_stops_until_someone_looked(onderwijs, rijen, melding):
    bed = onderwijs(file(table(rijen=("Groningen;0014;gezondheidszorg;34560;deeltijd onderwijs;man;40;40", *RIJEN))))
    assert bed.fetch() == 1, bed.fouten
    (bestand,) = bed.dienst.bestanden.values()
    bestand.inhoud, bestand.bijgewerkt = table(rijen=rijen), LATER
    assert bed.fetch() == 0
    assert melding in bed.fouten
    assert len(list(bed.opdracht.raw.glob("*/*/levering.yml"))) == 1
    assert bed.fetch(**BEVESTIGD) == 1, bed.fouten


def test_a_window_of_years_that_moves_on_loses_nothing(onderwijs):
    bed = onderwijs(file())
    assert bed.fetch() == 1, bed.fouten
    (bestand,) = bed.dienst.bestanden.values()
    bestand.inhoud, bestand.bijgewerkt = table(KOP.replace("2019;2020", "2020;2021")).replace(b"0;<5", b"7;<5"), LATER
    # 2019 stays in the first delivery; that 2020 has other figures is a correction.
    assert bed.fetch() == 1, bed.fouten


def care(code: str, voor: int, na: int) -> str:
    return f"Groningen;0014;gezondheidszorg;{code};voltijd onderwijs;man;{voor};{na}"


def test_an_education_under_a_new_code_is_named_and_stops(onderwijs):
    bed = onderwijs(file(table(rijen=(care("34560", 110, 0), care("30123", 0, 120), *RIJEN[2:]))))
    assert bed.fetch() == 0
    assert "verpleegkundige_hbo: 110 in 2019 en 0 in 2020." in bed.fouten
    assert "Code 30123 is nieuw in 2020, met 120 studenten; zij tellen bij overig_zorg_hbo." in bed.fouten
    assert "zet die dan in pipelines/bronnen/openbaar/opleidingen.csv" in bed.fouten
    assert bed.fetch(**BEVESTIGD) == 1, bed.fouten


def test_a_region_that_falls_to_nought_within_a_file_stops(onderwijs):
    rij = "Drenthe;0106;gezondheidszorg;34560;voltijd onderwijs;man;{};{}"
    bed = onderwijs(file(table(rijen=(care("34560", 110, 90), rij.format(21, 0), *RIJEN[3:]))))
    assert bed.fetch() == 0
    assert "RA0102: 21 in 2019 en 0 in 2020." in bed.fouten
    (bestand,) = bed.dienst.bestanden.values()
    # So few may come to nought by themselves.
    bestand.inhoud = table(rijen=(care("34560", 110, 90), rij.format(20, 0), *RIJEN[3:]))
    assert bed.fetch() == 1, bed.fouten


def test_a_year_with_a_sign_is_named_and_not_lost(onderwijs):
    bed = onderwijs(file(table(KOP.replace("2020", "2020*")), datastore=False))
    assert bed.fetch() == 0
    assert "Deze koppen lijken van een jaar, maar worden zo niet gelezen: 2020*." in bed.fouten


@pytest.mark.parametrize("kop", ["INDICATIE_AVG", "Indicatie AVG", "INDICATIEAVG"])
def test_a_mask_is_one_however_its_column_and_its_sign_are_written(onderwijs, kop):
    rijen = (care("34560", 4, 20) + ";J", care("34560", 2, 2).replace("man", "vrouw") + ";N",
             *(f"{rij.replace('<5', '< 5')};N" for rij in RIJEN[2:]))  # fmt: skip
    bed = onderwijs(file(table(f"{KOP};{kop}", rijen)))
    assert bed.fetch() == 1, bed.fouten
    # 1 to 4 and 2 is 3 to 6.
    assert bed.rows()["2019/20", "RA0101", "verpleegkundige_hbo"] == ("3", "6")
    assert bed.rows()["2020/21", "RA0102", "overig_zorg_hbo"] == ("<5", "")


@pytest.mark.parametrize("datum", ["", LATER])
def test_a_file_without_a_date_of_its_own_is_read_again_where_the_package_changed_or_has_none(onderwijs, datum):
    def package(naam: str) -> dict[str, object]:
        ruw = gewoon(naam)
        delen = [{**deel, "last_modified": None, "created": "2024-01-01T00:00:00"} for deel in ruw["resources"]]
        return {**ruw, "metadata_modified": datum, "resources": delen}

    bed = onderwijs(file())
    (bestand,), gewoon = bed.dienst.bestanden.values(), bed.dienst._package
    if not datum:
        bed.dienst._package = package
    assert bed.fetch() == 1, bed.fouten
    bestand.inhoud, bed.dienst._package = table().replace(b"man;10;20", b"man;11;20"), package
    assert bed.fetch() == 1, bed.fouten
    assert bed.rows()["2019/20", "RA0101", "verpleegkundige_hbo"] == ("111", "")


def test_a_table_without_a_date_is_read_again(bed):
    tabel = vacatures()
    tabel.bijgewerkt = None
    bed = bed(tabel)
    assert bed.fetch() == 1, bed.fouten
    for rij in tabel.rijen:
        rij["OpenstaandeVacatures_1"] = str(float(rij["OpenstaandeVacatures_1"]) + 1)
    assert bed.fetch() == 1, bed.fouten
    # 600 and 1, in thousands.
    assert bed.rows()[0]["openstaand"] == "601000"


def test_figures_of_the_same_periods_that_are_a_tenth_of_what_they_were_stop(bed):
    tabel = vacatures()
    bed = bed(tabel)
    assert bed.fetch() == 1, bed.fouten
    for rij in tabel.rijen:
        rij["OpenstaandeVacatures_1"] = str(float(rij["OpenstaandeVacatures_1"]) / 10)
    tabel.bijgewerkt = "2026-09-01T02:00:00"
    assert bed.fetch() == 0
    assert "De helft van de cijfers over dezelfde perioden is nu 0,1 keer wat het was of nog verder weg." in bed.fouten


ANDERE = "https://x.example/ODataFeed/OData/80072ned/$metadata#Cbs.OData.WebAPI.UntypedDataSet"


def altered(document: dict[str, object], **anders: object) -> Antwoord:
    return Antwoord(json.dumps({**document, **anders}).encode())


@pytest.mark.parametrize("afstand", ["even breed", "los"])
@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"odata.metadata": ANDERE}, "De server antwoordt met een andere tabel (80072ned)."),
        ({"@odata.context": "https://x.example/odata/v1/CBS/80072NED/$metadata#Observations", "odata.metadata": ""},
         "De server antwoordt met een andere tabel (80072NED)."),
        ({"odata.error": {"code": "", "message": {"value": "time-out"}}}, "De server meldt een fout"),
        ({"error": {"code": "500"}}, "De server meldt een fout"),
    ],
)  # fmt: skip
def test_a_page_that_says_that_it_is_another_one_or_went_wrong_is_refused(bed, anders, melding, afstand):
    def other(pad: str) -> Antwoord | None:
        return altered(gewoon(pad), **anders) if "UntypedDataSet" in pad else None

    def gewoon(pad: str) -> dict[str, object]:
        document = json.loads(Statline([vacatures()])(pad).inhoud)
        # Rows that are not written alike are read in another way.
        for n, rij in enumerate(document["value"] if afstand == "los" else []):
            rij["OpenstaandeVacatures_1"] = rij["OpenstaandeVacatures_1"].strip() + " " * n
        return document

    bed = bed(vacatures(), ander=other)
    assert bed.fetch() == 0
    assert melding in bed.fouten
    bed.statline.ander = None
    assert bed.fetch() == 1, bed.fouten


def test_an_answer_of_the_right_table_in_other_letters_is_taken(bed):
    def other(pad: str) -> Antwoord | None:
        goed = {"odata.metadata": ANDERE.replace("80072ned", "83599ned")}
        return altered(json.loads(Statline([vacatures()])(pad).inhoud), **goed) if "UntypedDataSet" in pad else None

    bed = bed(vacatures(), ander=other)
    assert bed.fetch() == 1, bed.fouten


@pytest.mark.parametrize(("vorm", "rijen"), [("v3", "UntypedDataSet"), ("v4", "Observations")])
@pytest.mark.parametrize(
    ("einde", "melding"),
    [
        (None, "Na 40 rijen houden de pagina's op, maar de tabel gaat verder."),
        (Antwoord(b'{"fout": "te druk"}'), "De server zegt niet of er na 40 rijen nog meer komt."),
    ],
)
def test_a_page_without_its_last_rows_is_refused_also_where_the_server_does_not_say_so(
    bed, vorm, rijen, einde, melding
):
    def cut(pad: str) -> Antwoord | None:
        if rijen not in pad or "$top" in pad:
            return einde if rijen in pad else None
        document = json.loads(Statline([vacatures()])(pad).inhoud)
        return altered(document, value=document["value"][:40])

    bed = bed(vacatures(), ander=cut)
    assert bed.fetch(vorm=vorm) == 0
    assert melding in bed.fouten


@pytest.mark.parametrize(("vorm", "rijen"), [("v3", "UntypedDataSet"), ("v4", "Observations")])
def test_a_table_that_changes_while_it_is_read_is_read_again(bed, vorm, rijen):
    tabel = vacatures()

    def change(pad: str) -> None:
        if rijen in pad:
            tabel.bijgewerkt = "2026-09-01T02:00:00"

    bed = bed(tabel, ander=change)
    assert bed.fetch(vorm=vorm) == 0
    assert "De tabel is veranderd terwijl zij werd gelezen." in bed.fouten
    assert bed.fetch(vorm=vorm) == 1, bed.fouten


def test_a_cell_that_holds_a_list_is_one_message(bed):
    def odd(pad: str) -> Antwoord | None:
        if "UntypedDataSet" not in pad:
            return None
        document = json.loads(Statline([vacatures()])(pad).inhoud)
        document["value"][3]["OpenstaandeVacatures_1"] = [1, 2]
        return altered(document)

    bed = bed(vacatures(), ander=odd)
    assert bed.fetch() == 0
    assert "In een cel staat een lijst in plaats van een waarde." in bed.fouten


@pytest.mark.parametrize("tekst", ["1_0", "١٢", "1.234.5", "12 3"])
def test_what_python_takes_for_a_number_and_cbs_does_not_write_is_refused(bed, tekst):
    tabel = vacatures()
    tabel.rijen[0]["OpenstaandeVacatures_1"] = tekst
    bed = bed(tabel)
    assert bed.fetch() == 0
    assert f"iets anders dan een getal: {tekst}" in bed.fouten


def test_a_word_for_the_status_of_a_period_that_is_new_is_said_and_never_final(bed):
    tabel = vacatures()
    for periode in tabel.dimensies[2][3]:
        periode["Status"] = "Def."
    bed = bed(tabel)
    assert bed.fetch() == 1, bed.fouten
    assert {rij["is_voorlopig"] for rij in bed.rows()} == {"1"}
    assert "  Status 'Def.' van een periode is onbekend; die cijfers tellen als voorlopig." in bed.gezegd


def test_a_table_that_goes_back_to_an_older_version_stops_until_someone_looked(bed):
    tabel = vacatures()
    bed = bed(tabel)
    assert bed.fetch() == 1, bed.fouten
    tabel.bijgewerkt = "2026-02-15T02:00:00"
    assert bed.fetch() == 0
    assert "De tabel is van 2026-02-15, ouder dan die van 2026-05-15 die er al is." in bed.fouten
    assert bed.fetch(**BEVESTIGD) == 1, bed.fouten


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        # Two loose quotation marks in one column: what stands between them is one cell.
        (";man;10;20\r\n", ';"man;10;20\r\nx";10;20\r\n', "Een cel loopt door over meer regels"),
        ("Drenthe;0106;techniek", "Groningen;0014;gezondheidszorg;34560;voltijd onderwijs;totaal;110;24\r\n"
         "Drenthe;0106;techniek", "In GESLACHT staat naast delen ook totaal: zo telt alles dubbel."),
    ],
)  # fmt: skip
def test_rows_that_are_swallowed_and_totals_beside_their_parts_are_refused(onderwijs, oud, nieuw, melding):
    inhoud = table().decode().replace(oud, nieuw, 1)
    assert inhoud.encode() != table()
    bed = onderwijs(file(inhoud.encode(), datastore=False))
    assert bed.fetch() == 0
    assert melding in bed.fouten


def test_a_count_beside_an_empty_one_in_json_stays_a_whole_number():
    assert list(from_records([{"NAAM": "x", "A": 12}, {"NAAM": "y", "A": None}, {"NAAM": "z"}], "x")["A"]) == [
        "12", "", "",
    ]  # fmt: skip
