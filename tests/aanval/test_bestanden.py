"""What `export`, `report` and `--diff` wrote is attacked as files: a planted figure is found in each form."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Cm

from app.opdrachten import cli
from pipelines.aanval.uitgegeven.bestanden import Geheim, find_in_files

# One hospital: 1,503 members of 1,503.
CEL = Geheim(
    ("dekkingsgraad", "", "levering", "2021"), ("RA0102", "ZKH"), "Dekkingsgraad", ("Drenthe", "Ziekenhuizen"),
    (1503.0, 1503.0),
)  # fmt: skip
KOP = (
    "indicator_id",
    "uitsplitsing",
    "regio_code",
    "branche_code",
    "periode",
    "cijfer",
    "waarde",
    "teller",
    "herkomst",
)
ALS_WOORD = "verborgen"


def row(waarde: object = "") -> tuple[object, ...]:
    return ("dekkingsgraad", "", "RA0102", "ZKH", "2021", ALS_WOORD, waarde, "", "levering")


def as_csv(pad: Path, waarde: object, scheiding: str = ",") -> None:
    regels = (scheiding.join(map(str, rij)) for rij in (KOP, row(waarde)))
    pad.write_text("\ufeff" + "\n".join(regels) + "\n", encoding="utf-8")


def as_sdmx(pad: Path, waarde: object) -> None:
    kop = "INDICATOR,UITSPLITSING,REF_AREA,BRANCHE,TIME_PERIOD,OBS_VALUE,STATUS\n"
    pad.write_text(f"{kop}dekkingsgraad,_Z,RA0102,ZKH,2021,{waarde},onderdrukt\n", encoding="utf-8")


def as_json(pad: Path, waarde: object) -> None:
    rij = dict(zip(KOP, row(waarde or None), strict=True))
    pad.write_text(json.dumps({"naam": "dekkingsgraad", "cijfers": [rij]}), encoding="utf-8")


def as_cube(pad: Path, waarde: object) -> None:
    assen = {"reeks": "dekkingsgraad|-|-", "regio": "RA0102", "branche": "ZKH", "periode": "2021"}
    inhoud = {
        "class": "dataset", "id": list(assen), "size": [1] * 4, "value": {"0": waarde} if waarde else {},
        "dimension": {as_: {"category": {"index": [code]}} for as_, code in assen.items()},
    }  # fmt: skip
    pad.write_text(json.dumps(inhoud), encoding="utf-8")


def as_parquet(pad: Path, waarde: object) -> None:
    with duckdb.connect() as con:
        kolommen = ", ".join(f"? as {kolom}" for kolom in KOP)
        con.execute(f"create table t as select {kolommen}", list(row(waarde or None)))
        con.execute(f"copy t to '{pad}' (format parquet)")


def as_xlsx(pad: Path, waarde: object) -> None:
    boek = Workbook()
    for rij in (("Dekkingsgraad",), KOP, row(waarde)):
        boek.active.append(rij)
    boek.save(pad)


def as_docx(pad: Path, waarde: object) -> None:
    """A dossier of Drenthe with a table of branches, in tens."""
    document = Document()
    document.add_heading("Dossier Drenthe")
    tabel = document.add_table(rows=1, cols=2)
    tabel.rows[0].cells[0].text, tabel.rows[0].cells[1].text = "Ziekenhuizen", "1.500" if waarde else ALS_WOORD
    document.save(str(pad))


def as_pptx(pad: Path, waarde: object) -> None:
    dia = (boek := Presentation()).slides.add_slide(boek.slide_layouts[6])
    tekst = f"In Drenthe werken {'1.503' if waarde else '2.000'} mensen bij een lid."
    dia.shapes.add_textbox(Cm(1), Cm(1), Cm(9), Cm(2)).text_frame.text = tekst
    boek.save(str(pad))


def as_diff(pad: Path, waarde: object) -> None:
    regel = f"Dekkingsgraad, Drenthe, Ziekenhuizen, 2021: verborgen → {f'{waarde}%' if waarde else 'verborgen'}"
    pad.write_text(f"Wat er veranderde\n{regel}\n", encoding="utf-8")


VORMEN: dict[str, Callable[[Path, object], None]] = {
    "open.csv": as_csv, "open.nl.csv": lambda pad, waarde: as_csv(pad, waarde, ";"), "open.sdmx.csv": as_sdmx,
    "open.json": as_json, "open.jsonstat.json": as_cube, "open.parquet": as_parquet, "open.xlsx": as_xlsx,
    "dossier.docx": as_docx, "dia.pptx": as_pptx, "verschil.txt": as_diff,
}  # fmt: skip


@pytest.mark.parametrize("naam", VORMEN)
def test_a_hidden_figure_in_a_file_is_found_and_a_word_in_its_place_is_not(naam: str, tmp_path: Path):
    (tmp_path / "goed").mkdir()
    (tmp_path / "lek").mkdir()
    VORMEN[naam](tmp_path / "goed" / naam, "")
    VORMEN[naam](tmp_path / "lek" / naam, 83)
    assert find_in_files(tmp_path / "goed", [CEL]) == ([], [])
    gevonden, _ = find_in_files(tmp_path / "lek", [CEL])
    assert [(b.reeks, b.plek) for b in gevonden] == [(CEL.reeks, CEL.plek)]
    assert gevonden[0].tekst.startswith(f"staat in {naam}, r")


def test_a_name_with_a_star_is_one_file_and_not_all_that_look_like_it(tmp_path: Path):
    as_parquet(tmp_path / "open_*.parquet", "")
    as_parquet(tmp_path / "open_2.parquet", 83)
    gevonden, ongelezen = find_in_files(tmp_path, [CEL])
    assert ([b.tekst.partition(",")[0] for b in gevonden], ongelezen) == (["staat in open_2.parquet"], [])


def test_what_others_publish_and_figures_of_other_cells_are_no_finding(tmp_path: Path):
    rijen = [
        ("dekkingsgraad", "", "RA0102", "ZKH", "2021", "83%", "0.83", "", "gepubliceerd"),
        ("dekkingsgraad", "", "RA0102", "VVT", "2021", "83%", "0.83", "1500", "levering"),
        ("dekkingsgraad", "", "RA0102", "ZKH", "2022", "83%", "0.83", "1500", "levering"),
    ]
    (tmp_path / "open.csv").write_text("\n".join(",".join(rij) for rij in (KOP, *rijen)), encoding="utf-8")
    (tmp_path / "dossier.md").write_text("# Groningen\nZiekenhuizen: 1.500\n", encoding="utf-8")
    assert find_in_files(tmp_path, [CEL]) == ([], [])


def test_what_cannot_be_read_is_named_and_the_command_says_so(kleine_publicatie: Path, tmp_path: Path, capsys):
    (tmp_path / "kaart.png").write_bytes(b"\x89PNG")
    (tmp_path / "stuk.json").write_text("{", encoding="utf-8")
    assert [pad.name for pad in find_in_files(tmp_path, [CEL])[1]] == ["kaart.png", "stuk.json"]
    opdracht = ["audit", "--warehouse", str(kleine_publicatie), "--map"]
    assert cli.main([*opdracht, str(tmp_path)]) == 0
    assert "kaart.png is niet nagekeken" in capsys.readouterr().err
    assert cli.main([*opdracht, str(tmp_path / "weg")]) == 1
    assert "Deze map bestaat niet." in capsys.readouterr().err
