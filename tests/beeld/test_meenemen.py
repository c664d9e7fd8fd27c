"""Every table can be taken along, every picture names its sources, and every figure is the same wherever it stands."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from cijfergelijk import CIJFER, Tabel, Vangst, catching, html_tables, shown
from kantoor import needs_libreoffice, save_again
from scherm import run, text

from app.beeld.tabel import werkblad
from app.taal import kolommen
from app.taal.cellen import Cijfertekst, Maat
from app.taal.opmaak import STATUS_WOORD

# Pages and selections: whole, of a region, with what may not be shown, with too few answers, real figures only.
KEUZES: list[tuple[str, dict[str, str]]] = [
    ("landelijk_beeld", {}),
    ("landelijk_beeld", {"voorbeeld": "0"}),
    ("kaart", {"indicator": "dekkingsgraad", "branche": "REV", "regio": "RA0512"}),
    ("kaart", {"indicator": "verzuim", "regio": "RA0101"}),
    ("kaart", {"indicator": "amo_bekendheid", "niveau": "wgo", "regio": "WGO03"}),
    ("kaart", {"indicator": "medewerkerstevredenheid"}),
    ("mijn_regio", {"regio": "RA0101", "indicator": "verzuim"}),
    ("mijn_regio", {"regio": "WGO03", "indicator": "dekkingsgraad"}),
    ("pijlers", {"pijler": "werken_behoud"}),
    ("pijlers", {"pijler": "kiezen_toeleiden", "groep": "WGO12"}),
    ("budget", {}),
    ("knoppen", {}),
    ("knoppen", {"regio": "RA0101", "knoppen_b": "25-25-25-25-25-25-25-25"}),
    ("verhalen", {}),
    ("toegankelijkheid", {}),
    ("indicator", {"indicator": "verzuim"}),
    ("indicator", {"indicator": "dekkingsgraad", "regio": "WGO03"}),
    ("indicator", {"indicator": "rol_soort"}),
    *(
        ("verantwoording", {"onderdeel": deel, "indicator": "verzuim"})
        for deel in ("indicatoren", "leveringen", "controles", "aansluiting", "niet_opgenomen", "gaten", "publicaties",
                     "publicatie")
    ),
]  # fmt: skip


SCHERMEN = Path(__file__).parents[2] / "app" / "schermen"


@pytest.fixture(scope="module")
def bladen(warehouse: Path) -> list[tuple[str, str, Vangst]]:
    """Every page with a selection: its name, all that it says, and all that it offers to take along."""
    with pytest.MonkeyPatch.context() as m:
        m.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
        uit = []
        for naam, keuze in KEUZES:
            with catching(m) as vangst:
                uit.append((f"{naam} {keuze}", text(run(naam, **keuze)), vangst))
    return uit


def test_every_table_on_every_page_can_be_taken_along(bladen: list[tuple[str, str, Vangst]]) -> None:
    zonder = {
        (naam, bijschrift)
        for naam, tekst, vangst in bladen
        for bijschrift in html_tables(tekst)
        if bijschrift not in {t.titel for t in vangst.tabellen}
    }
    assert zonder == set()
    assert sum(len(html_tables(tekst)) for _, tekst, _ in bladen) > 50


def test_no_page_has_more_tables_than_downloads() -> None:
    """Also of tables that a page shows only in another state; what the committee wrote has an export of its own."""
    paginas = [p for p in SCHERMEN.rglob("*.py") if p.parent.name != "gesprek" or p.name == "pagina.py"]
    bronnen = {p.relative_to(SCHERMEN).as_posix(): p.read_text(encoding="utf-8") for p in paginas}
    tekort = {
        naam
        for naam, tekst in bronnen.items()
        if len(re.findall(r"(?<!\w)table\(", tekst)) > len(re.findall(r"\.(?:download|table_buttons)\(", tekst))
    }
    # A list that is taken along by the page that shows it; what is wrong with a file that its reader has; and the
    # largest rows of the table below it.
    assert tekort <= {"verantwoording/lijst.py", "aanleveren/uitkomst.py", "vooraf.py"}
    assert len(paginas) > 15


def test_every_column_is_explained_and_every_file_name_is_safe(bladen: list[tuple[str, str, Vangst]]) -> None:
    tabellen = [t for _, _, vangst in bladen for t in vangst.tabellen]
    assert {k for t in tabellen for k in t.kolommen if not kolommen.meaning(k)} == set()
    assert {t.bestand for t in tabellen if re.search(r"[/\\:.]", t.bestand)} == set()


def test_a_picture_says_its_sources_and_which_part_is_made_up(bladen: list[tuple[str, str, Vangst]]) -> None:
    kaders = {b.kader.bestand: b.kader for _, _, vangst in bladen for b in vangst.beelden}
    assert all(k.titel and k.bron for k in kaders.values())
    assert "Actieprogramma" in kaders["knoppen_NL01"].bron
    assert kaders["knoppen_NL01"].voorbeeld == ""
    assert {"land_dekkingsgraad", "pijlers_NL01", "pijler_werken_behoud_NL01", "rapportcijfers_NL01",
            "kerncijfers_RA0101"} <= set(kaders)  # fmt: skip
    assert kaders["pijlers_NL01"].voorbeeld == ""
    assert kaders["verloop_RA0101_verzuim"].voorbeeld == "VOORBEELD: deze cijfers zijn verzonnen"


def numbers(t: Tabel) -> list[tuple[str, str, str]]:
    """Return, per number in a download, what the page writes, what the CSV holds, and what a spreadsheet shows."""
    uit = []
    for rij, regel, cellen in t.compared():
        for kolom, veld in zip(t.kolommen, rij, strict=True):
            if isinstance(veld, Cijfertekst):
                uit.append((str(veld), regel[kolom], shown(cellen[kolom])))
    return uit


def test_a_number_is_a_number_in_the_spreadsheet_and_reads_as_on_the_page(
    bladen: list[tuple[str, str, Vangst]],
) -> None:
    alle = [drie for _, _, vangst in bladen for t in vangst.tabellen for drie in numbers(t)]
    assert len(alle) > 150
    assert {(pagina, blad) for pagina, _, blad in alle if pagina != blad} == set()
    assert {(pagina, los) for pagina, los, _ in alle if pagina not in (los, los.replace(".", ""))
            and pagina.replace(".", "") != los} == set()  # fmt: skip
    als_tekst = {
        (t.bestand, kolom, veld)
        for _, _, vangst in bladen
        for t in vangst.tabellen
        for rij in t.rijen
        for kolom, veld in zip(t.kolommen, rij, strict=True)
        if type(veld) is str and CIJFER.fullmatch(veld) and kolom.lower() not in TEKST
    }
    assert als_tekst == set()


def test_a_column_of_numbers_has_numbers_only(bladen: list[tuple[str, str, Vangst]]) -> None:
    """And each empty cell among them has its reason in the same row."""
    redenen = set()
    for naam, _, vangst in bladen:
        for t in vangst.tabellen:
            koppen, rijen = werkblad.with_reasons(t.kolommen, t.rijen)
            for x, kop in enumerate(koppen):
                velden = [rij[x] for rij in rijen]
                if any(isinstance(v, Cijfertekst | Maat) for v in velden):
                    assert all(v is None or isinstance(v, Cijfertekst | Maat | int | float) for v in velden), (
                        naam,
                        kop,
                    )
                    redenen |= {rij[koppen.index(werkblad.WAAROM)] for rij in rijen if rij[x] is None}
    assert redenen >= {"niet getoond", "te weinig antwoorden", "niet gegeven", "niet te maken"}
    assert "" not in redenen


# What looks like a number and is a name, or is the text of the page beside the number itself.
TEKST = {"periode", "periode_laatste", "cijfer", "waarde", "jaar", "regel van wcag", "versie van de code", "versie"}


def test_page_csv_spreadsheet_and_value_of_one_figure_are_the_same(bladen: list[tuple[str, str, Vangst]]) -> None:
    gezien = set()
    for naam, _, vangst in bladen:
        for t in (t for t in vangst.tabellen if "cijfer" in t.kolommen and "status" in t.kolommen):
            for rij, regel, cellen in t.compared():
                cijfer, status = regel["cijfer"], regel["status"]
                gezien.add(status)
                assert cellen["cijfer"].value == cijfer == rij[t.kolommen.index("cijfer")]
                if regel["waarde"] == "":
                    assert cijfer == STATUS_WOORD[status], (naam, regel)
                    assert cellen["waarde"].value is None
                    assert cellen[werkblad.WAAROM].value == STATUS_WOORD[status]
                    continue
                assert isinstance(rij[t.kolommen.index("waarde")], Maat)
                getoond = [
                    shown(cellen[k]) for k in ("waarde", "waarde_tot") if k in cellen and cellen[k].value is not None
                ]
                kaal = cijfer.removeprefix("ongeveer ").removeprefix("meer dan ")
                assert " tot ".join(dict.fromkeys(getoond)) == kaal, (naam, regel)
    assert gezien >= {"beschikbaar", "indicatief", "onderdrukt", "te_weinig"}


def test_figures_of_a_page_are_those_of_its_download(bladen: list[tuple[str, str, Vangst]]) -> None:
    """Of each table the numbers on the page stand in its download, whatever their columns are called."""
    vergeleken = 0
    for naam, tekst, vangst in bladen:
        pagina = html_tables(tekst)
        for t in vangst.tabellen:
            mee = t.figures()
            for rij in pagina.get(t.titel, []):
                for kop, veld in rij.items():
                    if kop.lower() in TEKST or not re.fullmatch(rf"(?:ongeveer )?{CIJFER.pattern}", veld):
                        continue
                    vergeleken += 1
                    assert veld.removeprefix("ongeveer ").replace(".", "") in mee, (naam, t.titel, kop, veld)
    assert vergeleken > 500


def test_chart_tooltip_and_picture_have_the_figures_of_the_table(bladen: list[tuple[str, str, Vangst]]) -> None:
    """What a chart says on pointing, and what is written in its picture, stands in a download of the same page."""
    vergeleken = 0
    for naam, _, vangst in bladen:
        mee = {f for t in vangst.tabellen for f in t.figures()}
        for beeld in vangst.beelden:
            # How sure an interval is, is no figure.
            gezegd = [v.removeprefix("Met 95% zekerheid ") for tip in beeld.tooltips for v in tip]
            assert gezegd
            cijfers = {f.replace(".", "") for v in gezegd for f in CIJFER.findall(v) if re.search("[%.,]", f)}
            assert cijfers <= mee, (naam, beeld.kader.bestand, cijfers - mee)
            vergeleken += len(cijfers)
            in_beeld = {f for v in beeld.svg_text for f in CIJFER.findall(v)}
            namen = {t.replace("-\n", "").replace("\n", " ") for t in beeld.svg_text}
            assert in_beeld
            assert any(beeld.kader.titel[:20] in t for t in namen)
    assert vergeleken > 150


@needs_libreoffice("xlsx")
def test_libreoffice_opens_the_workbook_and_shows_the_same(
    bladen: list[tuple[str, str, Vangst]], tmp_path: Path
) -> None:
    t = next(t for _, _, vangst in bladen for t in vangst.tabellen if t.bestand == "knoppen_NL01")
    voor = tmp_path / "knoppen.xlsx"
    voor.write_bytes(werkblad.workbook(werkblad.Blad(t.titel, "P", t.bron), t.kolommen, t.rijen))
    een, twee = openpyxl.load_workbook(voor), openpyxl.load_workbook(save_again(voor))
    assert twee.sheetnames == een.sheetnames
    for blad in een.worksheets:
        na = twee[blad.title]
        assert [[c.value for c in rij] for rij in na.rows] == [[c.value for c in rij] for rij in blad.rows]
        assert [shown(c) for rij in na.rows for c in rij] == [shown(c) for rij in blad.rows for c in rij]
