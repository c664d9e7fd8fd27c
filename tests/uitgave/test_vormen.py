"""The forms of open data: the same figures in each, nothing that the publication does not show, and the same bytes."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from vormlezers import LEZERS, dutch, figures, machine, number

from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.oordeel import zinnen
from app.uitgave import tabel, velden
from app.uitgave.vorm import vormen
from pipelines.afspraken.codelijsten import TOONBAAR


@pytest.fixture
def merk(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Kenmerk:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    return data.kenmerk()


def test_every_form_of_every_indicator_has_the_figures_of_the_pages(merk: Kenmerk) -> None:
    gezien = 0
    # The workbooks take long, and are tried on some of them.
    boeken = {"dekkingsgraad", "instroom_opleidingen", "rapportcijfer"}
    for naam in data.indicatoren(merk):
        op_pagina = [
            (r.indicator_id, r.regio_code, r.branche_code, r.periode, number(r.waarde), r.status)
            for r in data.waarnemingen(merk, naam, False)
        ]
        gezien += len(op_pagina)
        uit = tabel.of_indicator(merk, naam)
        for vorm in vormen.VORMEN.values():
            if vorm.naam in ("xlsx", "ods") and naam not in boeken:
                continue
            cijfers = figures(vorm.naam, vorm.write(uit))
            # A cube has an order of its own.
            in_kubus = vorm.naam == "jsonstat.json"
            assert (sorted(cijfers) if in_kubus else cijfers) == (sorted(op_pagina) if in_kubus else op_pagina), vorm
    assert gezien > 1000


def test_every_form_has_a_figure_as_the_page_writes_it(merk: Kenmerk) -> None:
    uit = tabel.of_indicator(merk, "instroom_opleidingen")
    op_pagina = [
        zinnen.figure(r, zinnen.unit_of(r, data.indicatoren(merk)))
        for r in data.waarnemingen(merk, "instroom_opleidingen", False)
    ]
    for vorm in set(vormen.VORMEN) - {"jsonstat.json"}:
        gelezen = LEZERS[vorm](vormen.VORMEN[vorm].write(uit))
        assert [r["cijfer"] for r in gelezen] == op_pagina, vorm


def test_nothing_hidden_is_in_any_form_and_nothing_made_up_unless_asked(merk: Kenmerk) -> None:
    statussen = set()
    for naam in data.indicatoren(merk):
        assert not tabel.of_indicator(merk, naam).is_voorbeeld
        met = tabel.of_indicator(merk, naam, voorbeeld=True)
        for rij in json.loads(vormen.to_json(met))["rijen"]:
            statussen.add(rij["status"])
            if rij["status"] not in TOONBAAR:
                assert not any(rij[kolom] is not None for kolom in ("waarde", "waarde_tot", "onder", "boven")), rij
            if rij["status"] == "onderdrukt":
                assert (rij["teller"], rij["noemer"], rij["n"]) == (None, None, None)
            if rij["herkomst"] == "synthetisch":
                assert rij["status"] in ("nvt", "ontbreekt")
    assert {"onderdrukt", "te_weinig", "beschikbaar"} <= statussen


def test_made_up_figures_are_marked_in_every_form(merk: Kenmerk) -> None:
    alles = tabel.of_indicator(merk, "vacaturegraad", voorbeeld=True)
    met = alles.only([rij for rij in alles.rijen if any("VOORBEELD" in str(veld) for veld in rij)][:20])
    assert met.is_voorbeeld
    assert "VOORBEELD" in json.loads(vormen.to_json(met))["opmerkingen"][0]
    assert b"VOORBEELD" in pq.read_schema(io.BytesIO(vormen.to_parquet(met))).metadata[b"opmerkingen"]
    voorblad = openpyxl.load_workbook(io.BytesIO(vormen.to_xlsx(met)))["Voorblad"]
    assert any("VOORBEELD" in str(cel.value) for rij in voorblad for cel in rij)
    for regels in (machine(vormen.to_csv(met)), dutch(vormen.to_dutch_csv(met))):
        assert any(r["herkomst"].startswith("VOORBEELD") for r in regels)


@pytest.mark.parametrize("vorm", vormen.VORMEN)
def test_the_same_table_gives_the_same_bytes(merk: Kenmerk, vorm: str) -> None:
    uit = tabel.of_indicator(merk, "dekkingsgraad")
    write = vormen.VORMEN[vorm].write
    assert write(uit) == write(uit)


def test_a_table_of_a_region_has_its_figures_of_every_indicator(merk: Kenmerk) -> None:
    regio = tabel.of_region(merk, "WGO01")
    los = [
        rij
        for naam in data.indicatoren(merk)
        for rij in tabel.of_indicator(merk, naam).rijen
        if rij[velden.NAMEN.index("regio_code")] == "WGO01"
    ]
    assert list(regio.rijen) == los
    assert los


def test_a_key_occurs_once_and_what_must_stand_in_a_row_does(merk: Kenmerk) -> None:
    alles = [rij for naam in data.indicatoren(merk) for rij in tabel.of_indicator(merk, naam, voorbeeld=True).rijen]
    plekken = [velden.NAMEN.index(naam) for naam in velden.SLEUTEL]
    sleutels = [tuple(rij[i] for i in plekken) for rij in alles]
    assert len(sleutels) == len(set(sleutels))
    verplicht = [i for i, veld in enumerate(velden.VELDEN) if veld.verplicht]
    assert not [rij for rij in alles if any(rij[i] in (None, "") for i in verplicht)]
    assert {veld.naam for veld in velden.VELDEN if not veld.betekenis} <= {"indicator"}


def test_a_number_is_written_as_a_program_reads_it_and_a_day_as_a_day() -> None:
    rij = tuple(
        {"waarde": 0.125, "n": 10, "peildatum": date(2022, 6, 30), "voorlopig": False, "regio": "=1+1"}.get(naam)
        for naam in velden.NAMEN
    )
    uit = tabel.Cijfertabel("x", "X", "", "p", date(2022, 1, 1), (rij,))  # type: ignore[arg-type]
    gelezen = machine(vormen.to_csv(uit))[0]
    assert (gelezen["waarde"], gelezen["n"], gelezen["peildatum"]) == ("0.125", "10", "2022-06-30")
    # A text is never run as a formula by what opens a CSV; a program gets it as it is.
    assert (gelezen["voorlopig"], gelezen["regio"]) == ("false", "'=1+1")
    assert vormen.as_object(rij)["regio"] == "=1+1"
