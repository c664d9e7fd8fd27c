"""The forms that others made a standard of keep to it: SDMX-CSV 2.0, JSON-stat 2.0 and OpenDocument."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from vormlezers import machine, sheet

from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.taal.cellen import Verzonnen
from app.uitgave import tabel, velden
from app.uitgave.vorm import jsonstat, sdmx, vormen
from pipelines.afspraken.codelijsten import Status

# CL_OBS_STATUS 2.2 and CL_CONF_STATUS 1.3 of SDMX.
CL_OBS_STATUS = {*"ABDEFGIJKLMNOPQSUVW"}
CL_CONF_STATUS = {*"FNCDSAOTGMEP"}


@pytest.fixture
def merk(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Kenmerk:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    return data.kenmerk()


def made(**waarden: object) -> tabel.Cijfertabel:
    """Return a table of one row."""
    basis = {"indicator_id": "x", "regio_code": "NL01", "branche_code": "TOTAAL", "niveau": "land", "periode": "2021",
             "status": "beschikbaar", "voorlopig": False, "eenheid": "personen"}  # fmt: skip
    rij = tuple((basis | waarden).get(naam) for naam in velden.NAMEN)
    return tabel.Cijfertabel("x", "X", "", "p", datetime(2022, 1, 1), (rij,))


@pytest.mark.parametrize(
    ("status", "voorlopig", "code"),
    [
        ("beschikbaar", False, "A"), ("beschikbaar", True, "P"), ("indicatief", False, "U"), ("indicatief", True, "U"),
        ("te_weinig", False, "O"), ("onderdrukt", False, "Q"), ("onderdrukt", True, "Q"), ("ontbreekt", False, "L"),
        ("nvt", False, "M"),
    ],
)  # fmt: skip
def test_a_status_has_a_code_of_sdmx(status: str, voorlopig: bool, code: str) -> None:
    (rij,) = machine(sdmx.to_sdmx(made(status=status, voorlopig=voorlopig)))
    assert (rij["OBS_STATUS"], rij["STATUS"]) == (code, status)
    assert rij["CONF_STATUS"] == ("C" if status == "onderdrukt" else "F")


def test_every_status_has_one() -> None:
    assert set(sdmx.OBS_STATUS) == set(Status)


@pytest.mark.parametrize(
    ("periode", "code"),
    [
        ("2021", "2021"), ("2021KW03", "2021-Q3"), ("2021KW01", "2021-Q1"), ("2021MM04", "2021-04"),
        ("2020/21", "2020-10-01/P1Y"), ("2022-06-30", "2022-06-30"),
    ],
)  # fmt: skip
def test_a_period_is_one_of_sdmx(periode: str, code: str) -> None:
    assert sdmx.time_period(periode) == code


def test_sdmx_csv_has_its_columns_in_order_and_no_empty_dimension(merk: Kenmerk) -> None:
    for naam in data.indicatoren(merk):
        rijen = machine(sdmx.to_sdmx(tabel.of_indicator(merk, naam)))
        dimensies = sdmx.KOLOMMEN[3 : sdmx.KOLOMMEN.index("OBS_VALUE")]
        assert not rijen or list(rijen[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
        sleutels = [tuple(r[d] for d in dimensies) for r in rijen]
        assert all(all(sleutel) for sleutel in sleutels)
        assert len(set(sleutels)) == len(sleutels)
        for r in rijen:
            assert (r["STRUCTURE"], r["ACTION"]) == ("dataflow", "R")
            assert r["OBS_STATUS"] in CL_OBS_STATUS
            assert r["CONF_STATUS"] in CL_CONF_STATUS
            assert bool(r["OBS_VALUE"]) == (r["OBS_STATUS"] in "APU"), r


def test_a_cube_of_two_regions_and_two_periods_has_each_figure_in_its_place() -> None:
    rijen = [
        made(regio_code=regio, periode=periode, waarde=waarde, status=status).rijen[0]
        for regio, periode, waarde, status in (
            ("NL01", "2022", 2.0, "beschikbaar"), ("NL01", "2021", 1.0, "indicatief"), ("RA0101", "2022", None, "nvt"),
        )
    ]  # fmt: skip
    dagen = [(date(2022, 1, 1), date(2022, 12, 31)), (date(2021, 1, 1), date(2021, 12, 31)), (date(2022, 1, 1), None)]
    plek = velden.NAMEN.index("periode_begin")
    rijen = [(*rij[:plek], *dag, *rij[plek + 2 :]) for rij, dag in zip(rijen, dagen, strict=True)]
    kubus = jsonstat.cube(made().only(rijen))
    # series × (NL01, RA0101) × TOTAAL × (2021, 2022) × waarde: the last index runs fastest.
    assert kubus["size"] == [1, 2, 1, 2, 1]
    assert kubus["value"] == {"1": 2.0, "0": 1.0}
    assert kubus["status"] == {"0": "indicatief", "3": "nvt"}


def test_in_a_cube_what_is_made_up_is_a_series_of_its_own() -> None:
    echt, verzonnen = made(waarde=1.0), made(waarde=2.0, herkomst=Verzonnen("VOORBEELD (synthetisch)"), periode="2022")
    kubus = jsonstat.cube(echt.only([*echt.rijen, *verzonnen.rijen]))
    reeks = kubus["dimension"]["reeks"]["category"]
    assert reeks["index"] == ["x|-|-", "x|-|-|synthetisch"]
    assert "VOORBEELD (verzonnen)" in reeks["label"]["x|-|-|synthetisch"]


def test_a_cube_keeps_to_the_standard(merk: Kenmerk) -> None:
    for uit in (tabel.of_indicator(merk, "verzuim", voorbeeld=True), tabel.of_region(merk, "WGO01", voorbeeld=True),
                tabel.of_indicator(merk, "verzuim").only([])):  # fmt: skip
        kubus = json.loads(vormen.to_jsonstat(uit))
        assert (kubus["version"], kubus["class"]) == ("2.0", "dataset")
        assert len(kubus["id"]) == len(kubus["size"]) == len(set(kubus["id"]))
        assert set(kubus["dimension"]) == set(kubus["id"])
        aantal = 1
        for naam, grootte in zip(kubus["id"], kubus["size"], strict=True):
            codes = kubus["dimension"][naam]["category"]["index"]
            assert len(codes) == len(set(codes)) == grootte
            assert set(kubus["dimension"][naam]["category"].get("label", {})) <= set(codes)
            aantal *= grootte
        assert set().union(*kubus["role"].values()) <= set(kubus["id"])
        assert all(0 <= int(plek) < aantal for plek in (*kubus["value"], *kubus["status"]))
        assert set(kubus["status"].values()) <= set(kubus["extension"]["status"]["label"])
        assert len(kubus["value"]) <= aantal
        assert sum(isinstance(v, (int, float)) for v in kubus["value"].values()) == len(kubus["value"])
        # Each row has a place of its own.
        met_waarde = sum(waarde is not None for waarde in uit.column("waarde"))
        maten = kubus["size"][-1]
        assert sum(int(plek) % maten == 0 for plek in kubus["value"]) == met_waarde


def test_an_opendocument_says_what_it_is_and_each_part_is_in_its_list(merk: Kenmerk) -> None:
    inhoud = vormen.to_ods(tabel.of_indicator(merk, "rapportcijfer"))
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
        eerste = pakket.infolist()[0]
        assert (eerste.filename, eerste.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert pakket.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        delen = {naam: etree.fromstring(pakket.read(naam)) for naam in pakket.namelist() if naam != "mimetype"}
    lijst = delen["META-INF/manifest.xml"]
    paden = {deel.get(next(k for k in deel.keys() if k.endswith("full-path"))) for deel in lijst}  # noqa: SIM118
    assert paden == set(delen) - {"META-INF/manifest.xml"} | {"/"}
    tekst = etree.tostring(delen["content.xml"]).decode()
    gebruikt = set(re.findall(r'table:style-name="(s\d+)"', tekst))
    assert gebruikt <= set(re.findall(r'style:name="(s\d+)"', tekst))
    assert (
        re.findall(r'"VerticalSplitPosition"[^>]*>(\d+)<', etree.tostring(delen["settings.xml"]).decode()) == ["3"] * 2
    )
    assert tekst.count("table:table-header-rows") == 2 * 2  # Uitleg, Gegevens


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not here: not tried in the real one")
def test_libreoffice_opens_both_workbooks_with_the_same_figures(merk: Kenmerk, tmp_path: Path) -> None:
    uit = tabel.of_indicator(merk, "rapportcijfer")
    bronnen = [tmp_path / f"uit_{vorm}.{vorm}" for vorm in ("ods", "xlsx")]
    for bron in bronnen:
        bron.write_bytes(vormen.VORMEN[bron.suffix[1:]].write(uit))
    opdracht = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", "xlsx",
                "--outdir", str(tmp_path / "uit"), *map(str, bronnen)]  # fmt: skip
    subprocess.run(opdracht, check=True, capture_output=True, timeout=120)
    for bron in bronnen:
        inhoud = (tmp_path / "uit" / f"{bron.stem}.xlsx").read_bytes()
        gelezen = sheet(inhoud)
        assert [r["cijfer"] for r in gelezen] == uit.column("cijfer")
        waarden = [r["waarde"] for r in gelezen]
        assert [w if isinstance(w, float | int) else None for w in waarden] == pytest.approx(uit.column("waarde"))
        boek = openpyxl.load_workbook(io.BytesIO(inhoud))
        assert boek.sheetnames == ["Voorblad", "Uitleg", "Gegevens"]
