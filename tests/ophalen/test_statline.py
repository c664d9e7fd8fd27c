"""Tables of StatLine become deliveries; what is not as expected is said, never guessed."""

from __future__ import annotations

import json

import pytest
import yaml
from draadserver import Antwoord
from statline import Statline, Tabel, code, topic, vacatures


def test_a_table_becomes_a_delivery_with_its_origin(bed):
    bed = bed(vacatures())
    assert bed.fetch() == 1, bed.fouten
    rijen = bed.rows()
    # 17 regions × 2 branches × 2 quarters; the year and the industry are left out, and said to be.
    assert len(rijen) == 68
    assert rijen[0] == {
        "periode": "2026KW01", "regio_code": "NL01", "branche_code": "ALLE", "afbakening": "sbi_q",
        "openstaand": "600000", "is_voorlopig": "0",
    }  # fmt: skip
    assert {r["is_voorlopig"] for r in rijen if r["periode"] == "2026KW02"} == {"1"}
    assert bed.gezegd[:2] == [
        "vacatures_provincie: 68 rijen.",
        "  Niet gevraagde codes: 1 × andere categorie van Bedrijfstakken/branches (SBI 2008); "
        "1 × periode van een andere soort.",
    ]
    (pad,) = bed.filed()
    levering = yaml.safe_load(pad.read_text(encoding="utf-8"))
    assert levering["verwijzing"].startswith(
        "CBS 83599NED Openstaande vacatures; SBI 2008, regio, bijgewerkt 2026-05-15 "
        "[vacatures_provincie 2026-05-15T02:00:00/"
    )
    assert (levering["periode"], levering["herkomst"], levering["licentie"]) == ("2026KW02", "levering", "CC BY 4.0")
    assert "ruwe antwoorden met SHA-256 " in levering["opmerking"]


def test_the_other_wire_form_gives_the_same_rows(bed, tmp_path):
    bed = bed(vacatures())
    bed.fetch()
    verwacht = bed.rows()
    bed.opdracht.raw = tmp_path / "leeg"
    bed.opdracht.raw.mkdir()
    assert bed.fetch(vorm="v4") == 1, bed.fouten
    assert sorted(bed.rows(), key=str) == sorted(verwacht, key=str)
    assert any("/Observations" in pad for pad in bed.gevraagd)


def test_a_table_that_did_not_change_is_not_filed_again_and_its_rows_are_not_asked(bed):
    bed = bed(vacatures())
    bed.fetch()
    bed.gevraagd.clear()
    assert bed.fetch() == 0
    assert bed.gezegd[-1] == "vacatures/vacatures_provincie: niets nieuws."
    assert not [pad for pad in bed.gevraagd if "UntypedDataSet" in pad]
    bed.statline.tabellen[0].bijgewerkt = "2026-08-14T02:00:00"
    assert bed.fetch() == 1
    assert len(bed.filed()) == 2


def test_a_fetch_that_was_cut_off_goes_on_where_it_was(bed):
    tabel = with_rows(vacatures(), 15_000)
    stuk = [True]

    def ander(pad: str) -> Antwoord | None:
        return Antwoord(b"{}", 404) if stuk[0] and "$skip=10000" in pad else None

    bed = bed(tabel, ander=ander)
    assert bed.fetch() == 0
    assert "foutcode 404" in bed.fouten
    assert not bed.filed()
    stuk[0] = False
    bed.gevraagd.clear()
    assert bed.fetch() == 1, bed.fouten
    assert ["$skip" in pad and pad[-5:] for pad in bed.gevraagd if "UntypedDataSet" in pad][:1] == ["10000"]
    assert len(bed.rows()) == 15_000


def with_rows(tabel: Tabel, aantal: int) -> Tabel:
    """Return the table with so many rows of the country for zorg, each of a quarter of its own."""
    perioden = [code(f"{1900 + n // 4}KW{n % 4 + 1:02}", f"{1900 + n // 4}", Status="Definitief") for n in range(504)]
    regios = tabel.dimensies[1][3]
    branches = tabel.dimensies[0][3]
    rijen = [
        {"ID": n, "BedrijfstakkenBranchesSBI2008": ("422400 ", "T001081")[n // len(regios) // len(perioden)],
         "RegioS": regios[n % len(regios)]["Key"], "Perioden": perioden[n // len(regios) % len(perioden)]["Key"],
         "OpenstaandeVacatures_1": "     1.0"}
        for n in range(aantal)
    ]  # fmt: skip
    tabel.dimensies[0] = (*tabel.dimensies[0][:3], [branches[0], branches[2]])
    tabel.dimensies[2] = (*tabel.dimensies[2][:3], perioden)
    tabel.rijen = rijen
    return tabel


@pytest.mark.parametrize("aantal", [9_999, 10_000, 10_001])
def test_around_a_full_page_no_row_is_lost(bed, aantal):
    bed = bed(with_rows(vacatures(), aantal))
    assert bed.fetch() == 1, bed.fouten
    assert len(bed.rows()) == aantal


def asked(tabel: Tabel) -> list[dict[str, str]]:
    """Return the rows that the mapping asks."""
    return [r for r in tabel.rijen if r["Perioden"] == "2026KW02" and r["BedrijfstakkenBranchesSBI2008"] == "422400 "]


# What a table may turn into between two calls, and what is said of it: the table, what was expected, what is there.
def new_key(tabel: Tabel) -> None:
    tabel.maten[0]["Key"] = "OpenstaandeVacatures_3"


def new_unit(tabel: Tabel) -> None:
    tabel.maten[0]["Unit"] = "aantal"


def new_measure_title(tabel: Tabel) -> None:
    tabel.maten[0]["Title"] = "Vacatures aan het eind van het kwartaal"


def new_title(tabel: Tabel) -> None:
    tabel.titel = "Openstaande vacatures; SBI 2025, regio"


def new_dimension_key(tabel: Tabel) -> None:
    tabel.dimensies[0] = ("BedrijfstakkenSBI2025", *tabel.dimensies[0][1:])


def one_dimension_more(tabel: Tabel) -> None:
    tabel.dimensies.append(("Seizoen", "Dimension", "Seizoencorrectie", [code("1", "Ja"), code("2", "Nee")]))


def category_gone(tabel: Tabel) -> None:
    tabel.dimensies[0] = (*tabel.dimensies[0][:3], tabel.dimensies[0][3][:2])


def region_gone(tabel: Tabel) -> None:
    tabel.dimensies[1] = (*tabel.dimensies[1][:3], tabel.dimensies[1][3][:-1])


def region_new(tabel: Tabel) -> None:
    tabel.dimensies[1][3].append(code("PV99", "Niet in te delen (PV)", 6))


def two_geographies(tabel: Tabel) -> None:
    tabel.dimensies[0] = (tabel.dimensies[0][0], "GeoDimension", *tabel.dimensies[0][2:])


def no_rows(tabel: Tabel) -> None:
    tabel.rijen = []


def all_empty(tabel: Tabel) -> None:
    for rij in tabel.rijen:
        rij["OpenstaandeVacatures_1"] = ""


def no_number(tabel: Tabel) -> None:
    asked(tabel)[-1]["OpenstaandeVacatures_1"] = "    4,5"


def infinite(tabel: Tabel) -> None:
    asked(tabel)[-1]["OpenstaandeVacatures_1"] = "Infinity"


def unknown_code(tabel: Tabel) -> None:
    asked(tabel)[-1]["RegioS"] = "PV77  "


def column_gone(tabel: Tabel) -> None:
    for rij in tabel.rijen:
        del rij["OpenstaandeVacatures_1"]


def twice_in_the_rows(tabel: Tabel) -> None:
    tabel.rijen.append(dict(asked(tabel)[-1]))


def double_code(tabel: Tabel) -> None:
    tabel.dimensies[1][3].append(code("PV20", "Groningen weer", 6))


def measure_named_twice(tabel: Tabel) -> None:
    tabel.maten.append(topic("OpenstaandeVacatures_1", "Openstaande vacatures", "x 1 000"))


@pytest.mark.parametrize(
    ("verander", "delen"),
    [
        (
            new_key,
            [
                "heeft een andere sleutel: verwacht OpenstaandeVacatures_1, er staat OpenstaandeVacatures_3",
                "fetch cbs --toon 83599NED",
                "pipelines/bronnen/openbaar/statline/vacatures_provincie.yml",
            ],
        ),
        (new_unit, ["Eenheid van Openstaande vacatures 'x 1 000' is er niet. Wel: aantal"]),
        (new_measure_title, ["Maat", "Wel: Vacatures aan het eind van het kwartaal"]),
        (new_title, ["exacte_titel", "Wel: Openstaande vacatures; SBI 2025, regio"]),
        (new_dimension_key, ["Dimensie 'BedrijfstakkenBranchesSBI2008' is er niet. Wel: BedrijfstakkenSBI2025"]),
        (one_dimension_more, ["Dimensie 'Seizoencorrectie' staat niet in het koppelbestand"]),
        (category_gone, ["Categorie van Bedrijfstakken/branches (SBI 2008) '422400' is er niet"]),
        (region_gone, ["provincie: 11 van 12 in de tabel. Weg: PV31"]),
        (region_new, ["Onbekende regio's (provincie): PV99 (Niet in te delen (PV))", "weglaten"]),
        (two_geographies, ["één dimensie met regio's; er zijn er 2"]),
        (no_rows, ["geen enkele rij"]),
        (all_empty, ["heeft een cijfer"]),
        (no_number, ["iets anders dan een getal: 4,5"]),
        (infinite, ["iets anders dan een getal: Infinity"]),
        (unknown_code, ["codes die de tabel niet in haar lijst heeft: PV77"]),
        (column_gone, ["ontbreekt kolom OpenstaandeVacatures_1"]),
        (twice_in_the_rows, ["Een rij komt twee keer"]),
        (double_code, ["codes van RegioS zijn niet te lezen of dubbel"]),
        (measure_named_twice, ["2 maten heten"]),
    ],
)
def test_what_moved_is_said_and_nothing_is_filed(bed, verander, delen):
    tabel = vacatures()
    verander(tabel)
    bed = bed(tabel)
    assert bed.fetch() == 0
    assert bed.fouten.startswith("CBS 83599NED"), bed.fouten
    for deel in delen:
        assert deel in bed.fouten
    assert not list(bed.opdracht.raw.glob("*/*"))


def page(pad: str) -> bool:
    return "UntypedDataSet" in pad


def again_the_first(pad: str) -> Antwoord | None:
    return None if not page(pad) or "$skip" not in pad else Antwoord(json.dumps({"value": []}).encode())


@pytest.mark.parametrize(
    ("antwoord", "tekst"),
    [
        (Antwoord(b"<html>Onderhoud</html>"), "webpagina of XML"),
        (Antwoord(b'{"value": [{"ID": 0, '), "afgebroken"),
        (Antwoord('{"value": "é"}'.encode("latin-1")), "geen UTF-8"),
        (Antwoord(b'{"fout": "te veel rijen"}'), "geen lijst 'value'"),
        (Antwoord(b'{"value": [1, 2]}'), "geen lijst 'value'"),
        (Antwoord(b"[]"), "niet in de vorm van deze bron"),
        (Antwoord(b'{"value": [], "odata.nextLink": "https://ander.example/x"}'), "andere server (ander.example)"),
        (Antwoord(b'{"value": [], "odata.nextLink": "/UntypedDataSet"}'), "houden niet op"),
        (Antwoord(b"", 302, {"Location": "https://ander.example/x"}), "andere server (ander.example)"),
        (Antwoord(b"", 404), "foutcode 404"),
        (Antwoord(b'{"value": [{"ID": 0, "OpenstaandeVacatures_1": NaN}]}'), "een getal dat niet bestaat"),
    ],
    ids=["html", "afgekapt", "latin-1", "foutmelding", "getallen", "lijst", "elders", "rondje", "weg", "404", "NaN"],
)  # fmt: skip
def test_an_answer_that_is_no_page_is_one_message_and_is_not_kept(bed, antwoord, tekst):
    stuk = [True]
    bed = bed(vacatures(), ander=lambda pad: antwoord if stuk[0] and page(pad) else None)
    assert bed.fetch() == 0
    assert tekst in bed.fouten
    assert bed.fouten.startswith("CBS 83599NED")
    assert not bed.filed()
    stuk[0] = False
    assert bed.fetch() == 1, bed.fouten


def test_pages_that_stop_before_the_table_does_are_refused(bed):
    def without_link(pad: str) -> Antwoord | None:
        if page(pad) and "$skip" not in pad:
            document = json.loads(Statline.__call__(gewoon, pad).inhoud)
            document.pop("odata.nextLink", None)
            return Antwoord(json.dumps(document).encode())
        return None

    gewoon = Statline([with_rows(vacatures(), 10_001)])
    bed = bed(*gewoon.tabellen, ander=without_link)
    assert bed.fetch() == 0
    assert "Na 10000 rijen houden de pagina's op, maar de tabel gaat verder" in bed.fouten


def test_a_page_that_comes_twice_is_refused(bed):
    def twice(pad: str) -> Antwoord | None:
        return gewoon(pad.replace("$skip=10000", "$skip=0")) if page(pad) else None

    gewoon = Statline([with_rows(vacatures(), 10_001)])
    bed = bed(*gewoon.tabellen, ander=twice)
    assert bed.fetch() == 0
    assert "Een rij komt twee keer" in bed.fouten or "houden niet op" in bed.fouten


def test_marks_stay_marks_and_are_never_zero(bed):
    tabel = vacatures()
    eigen = [rij for rij in tabel.rijen if rij["RegioS"] == "PV20  " and rij["Perioden"] == "2026KW01"]
    for rij, waarde in zip(eigen, ("       .", "", "     0.0"), strict=True):
        rij["OpenstaandeVacatures_1"] = waarde
    eigen[2]["OpenstaandeVacatures_1"] = "     0.0"
    bed = bed(tabel)
    assert bed.fetch() == 1, bed.fouten
    cijfers = {r["branche_code"]: r["openstaand"] for r in bed.rows()
               if (r["regio_code"], r["periode"]) == ("PV20", "2026KW01")}  # fmt: skip
    assert cijfers == {"ALLE": ".", "TOTAAL": "0"}


def without(**codes):
    """The table without the rows that have all of these."""
    tabel = vacatures()
    tabel.rijen = [r for r in tabel.rijen if any(r[naam] != code for naam, code in codes.items())]
    return tabel


def test_a_region_without_a_figure_is_named(bed):
    bed = bed(without(RegioS="PV31  ", Perioden="2026KW02"))
    assert bed.fetch() == 1, bed.fouten
    assert "  2026KW02, provincie: 11 van 12 met een cijfer; zonder: PV31." in bed.gezegd


def test_a_region_without_a_figure_of_one_branche_is_named_and_so_are_rows_that_were_not_sent(bed):
    bed = bed(without(RegioS="PV31  ", BedrijfstakkenBranchesSBI2008="422400 "))
    assert bed.fetch() == 1, bed.fouten
    # 17 regions × 2 branches × 2 quarters is 68; of Limburg zorg is not there in either quarter.
    assert "  Van 68 combinaties van codes gaf de server er 66; de andere zijn onbekend, geen 0." in bed.gezegd
    assert "  2026KW02, 2026KW01, provincie, TOTAAL: 11 van 12 met een cijfer; zonder: PV31." in bed.gezegd


def test_a_page_that_was_cut_off_between_rows_is_refused(bed):
    def cut(pad: str) -> Antwoord | None:
        if not page(pad):
            return None
        document = json.loads(Statline.__call__(gewoon, pad).inhoud)
        return Antwoord(json.dumps({**document, "value": document["value"][:60]}).encode())

    gewoon = Statline([vacatures()])
    bed = bed(*gewoon.tabellen, ander=cut)
    assert bed.fetch() == 0
    assert "Na 60 rijen houden de pagina's op, maar de tabel gaat verder" in bed.fouten


def test_a_title_is_looked_up_and_two_tables_of_one_title_are_refused(bed):
    ander = vacatures()
    ander.id, ander.titel = "80000NED", "Iets anders"
    bed = bed(vacatures(), ander)
    assert bed.fetch(tabel="") == 1, bed.fouten
    ander.titel = vacatures().titel
    assert bed.fetch(tabel="") == 0
    assert "Er zijn 2 tabellen met de titel" in bed.fouten
    ander.titel = bed.statline.tabellen[0].titel = "Openstaande vacatures; nieuwe reeks"
    assert bed.fetch(tabel="") == 0
    assert "Geen tabel heet" in bed.fouten
    assert "Lijkt erop: 83599NED Openstaande vacatures; nieuwe reeks" in bed.fouten
