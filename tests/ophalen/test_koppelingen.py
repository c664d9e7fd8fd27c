"""Mappings that are filed together, that add up gemeenten, and that are looked at before they are trusted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from draadserver import serve
from statline import Statline, Tabel, code, topic, vacatures

from app.taal.opmaak import uitsplitsing_tekst
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.openbaar import verkennen
from pipelines.openbaar.koppelen.gemeenten import add_up, members
from pipelines.openbaar.koppelen.koppeling import load_koppelingen, read_koppeling
from pipelines.openbaar.openen import Opdracht, levels_of, load_all
from pipelines.openbaar.ophaler import fetch_mapped
from pipelines.openbaar.tabellen.perioden import contract_period
from pipelines.openbaar.tabellen.tabel import multiple_of

BRONNEN = load_bronnen()
KOPPELINGEN = load_koppelingen(BRONNEN)
JAAR = code("2025JJ00", "2025", Status="Definitief")


def verzuim(branches: list[str], percentage: str, **anders: str) -> Tabel:
    """Return a table of verzuim: one year, these branches; the keys of the AZW table are made up for this test."""
    codes = [code(f"A{n:06}", naam) for n, naam in enumerate(branches)]
    rijen = [{"ID": n, "Branches": c["Key"], "Perioden": "2025JJ00", "Ziekteverzuimpercentage_1": percentage}
             for n, c in enumerate(codes)]  # fmt: skip
    dimensies = [("Branches", "Dimension", "AZW branches", codes), ("Perioden", "TimeDimension", "Perioden", [JAAR])]
    maten = [topic("Ziekteverzuimpercentage_1", "Ziekteverzuimpercentage", "%")]
    return Tabel(
        "24015NED", "Ziekteverzuimpercentage; AZW branches", dimensies, maten, rijen, catalogus="AZW", **anders
    )


def bedrijfstak() -> Tabel:
    tabel = verzuim(["Alle", "Q Gezondheids- en welzijnszorg"], "     7.1")
    tabel.id, tabel.titel, tabel.catalogus = "80072ned", "Ziekteverzuimpercentage; bedrijfstakken", "CBS"
    codes = [code("T001081", "A-U Alle economische activiteiten"), code("300020 ", "Q Gezondheids- en welzijnszorg")]
    tabel.dimensies[0] = ("BedrijfskenmerkenSBI2008", "Dimension", "Bedrijfskenmerken (SBI 2008)", codes)
    for rij, deel in zip(tabel.rijen, codes, strict=True):
        rij.pop("Branches")
        rij["BedrijfskenmerkenSBI2008"] = deel["Key"]
    return tabel


AZW = list(KOPPELINGEN["verzuim_branches"].dimensies[0].categorieen)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., tuple[Opdracht, list[str]]]]:
    import contextlib

    with contextlib.ExitStack() as stapel:

        def run(*tabellen: Tabel) -> tuple[Opdracht, list[str]]:
            statline, gezegd = Statline(list(tabellen)), []
            statline.basis, _ = stapel.enter_context(serve(statline))
            (tmp_path / "raw").mkdir()
            opdracht = Opdracht(
                BRONNEN, tmp_path / "raw", tmp_path / "wh", statline.basis, gezegd.append, alle=KOPPELINGEN
            )
            return opdracht, gezegd

        yield run


def newest(opdracht: Opdracht) -> set[tuple[str, str]]:
    map_ = sorted(opdracht.raw.glob("verzuim/*"), key=lambda pad: (len(pad.name), pad.name))[-1]
    rijen = []
    for pad in map_.glob("*.csv"):
        with pad.open(encoding="utf-8", newline="") as stroom:
            rijen += list(csv.DictReader(stroom))
    return {(rij["branche_code"], rij["percentage"]) for rij in rijen}


def test_tables_of_one_series_are_one_delivery_and_none_pushes_the_other_out(start):
    azw = verzuim(AZW, "     6.5")
    opdracht, _ = start(bedrijfstak(), azw)
    beide = [KOPPELINGEN["verzuim_bedrijfstak"], KOPPELINGEN["verzuim_branches"]]
    assert fetch_mapped(beide, opdracht) == 1, opdracht.fouten
    assert {("ALLE", "7.1"), ("TOTAAL", "7.1"), ("UMC", "6.5"), ("KO", "6.5")} <= newest(opdracht)
    # One of them asked alone, after it changed: the other comes along.
    azw.bijgewerkt = "2026-08-14T02:00:00"
    assert fetch_mapped(beide[:1], opdracht) == 1, opdracht.fouten
    assert {("ALLE", "7.1"), ("UMC", "6.5")} <= newest(opdracht)
    # One that was there and moved: the delivery of before stays.
    azw.bijgewerkt, azw.maten[0]["Unit"] = "2026-11-14T02:00:00", "promille"
    assert fetch_mapped(beide, opdracht) == 0
    gezegd = "\n".join(map(str, opdracht.fouten))
    assert "Eenheid van Ziekteverzuimpercentage '%' is er niet. Wel: promille" in gezegd
    assert "verzuim_branches zat eerder in deze levering" in gezegd


def test_a_part_that_was_never_there_does_not_keep_the_others_out(start):
    opdracht, gezegd = start(bedrijfstak(), verzuim([*AZW[:-1], "Peuteropvang"], "     6.5"))
    assert fetch_mapped([KOPPELINGEN["verzuim_bedrijfstak"], KOPPELINGEN["verzuim_branches"]], opdracht) == 1
    assert "Categorie van AZW branches 'Kinderopvang' is er niet" in str(opdracht.fouten[0])
    assert "verzuim/kwartaalenquete: zonder verzuim_branches." in gezegd


def test_gemeenten_add_up_only_where_each_has_a_figure():
    # Groningen had ten gemeenten in 2023; each has 5 students, of one in Drenthe nothing is known.
    leden = members("arbeidsmarktregio", 2023)
    assert len(leden) == 28
    gemeenten = sorted(leden["RA0101"] | leden["RA0102"])
    geheim = min(leden["RA0102"])
    frame = pd.DataFrame(
        [{"schooljaar": "2023/24", "regio_code": gm, "instroom": "." if gm == geheim else "5"} for gm in gemeenten]
    )
    som, onbekend = add_up(frame, "arbeidsmarktregio", "regio_code", ["schooljaar"], ["instroom"], {"2023/24": 2023})
    cijfers = som.set_index("regio_code")["instroom"]
    assert cijfers["RA0101"] == str(5 * len(leden["RA0101"]))
    assert (cijfers["RA0102"], onbekend) == ("", 27)
    assert len(cijfers) == 28


@pytest.mark.parametrize(
    ("eenheid", "keer"),
    [("x 1 000", 1000), ("1 000 banen", 1000), ("x 1 000 000", 1_000_000), ("%", 1), ("aantal", 1), ("euro", 1),
     ("x mln", None), ("x 100", None), ("mln euro", None), ("per 100 banen", None)],
)  # fmt: skip
def test_a_unit_says_how_often_it_counts_or_is_refused(eenheid, keer):
    assert multiple_of(eenheid) == keer


@pytest.mark.parametrize(
    ("code_", "periode"),
    [("2021JJ00", "2021"), ("2021KW03", "2021KW03"), ("2021MM04", "2021MM04"), ("2022SJ00", "2022/23"),
     ("1999SJ00", "1999/00"), ("2021W101", None), ("2021X000", None), ("2021KW05", None), ("2021JJ01", None)],
)  # fmt: skip
def test_periods_of_cbs_are_those_of_the_contract(code_, periode):
    gevonden = contract_period(code_)
    assert (gevonden.code if gevonden else None) == periode


def test_every_mapping_is_tried_and_said_to_be_found_moved_or_gone(start):
    ander = verzuim(AZW[:-1], "     6.5")
    opdracht, _ = start(vacatures(), ander)
    uitkomst = {naam: verkennen.check_mapping(KOPPELINGEN[naam], opdracht) for naam in
                ("vacatures_provincie", "verzuim_branches", "vacatures_regio")}  # fmt: skip
    assert [soort for soort, _ in uitkomst.values()] == [verkennen.GEVONDEN, verkennen.VERHUISD, verkennen.WEG]
    assert "pipelines/bronnen/openbaar/statline/verzuim_branches.yml" in str(uitkomst["verzuim_branches"][1][0])
    assert "Zoek haar opvolger, zoals met .venv/bin/regiomonitor fetch azw --zoek vacatures" in str(
        uitkomst["vacatures_regio"][1][0]
    )


def test_what_does_not_answer_is_not_said_to_be_gone(start, monkeypatch):
    monkeypatch.setattr("pipelines.ophalen.ophalen.sleep", lambda _: None)
    opdracht, _ = start(vacatures())
    opdracht.base_url = "http://127.0.0.1:1"
    assert verkennen.check_mapping(KOPPELINGEN["vacatures_provincie"], opdracht)[0] == verkennen.NIET_BEREIKT


def test_a_draft_holds_what_the_table_says_and_asks_for_the_rest(start, tmp_path):
    opdracht, _ = start(vacatures())
    plek = Path(verkennen.write_draft(verkennen.features("CBS", "83599NED", opdracht), tmp_path))
    with pytest.raises(AfgekeurdError, match="BRON/TABEL"):
        read_koppeling(plek, BRONNEN)
    tekst = plek.read_text(encoding="utf-8")
    for leeg, vol in (
        ("BRON/TABEL", "vacatures/vacatures"),
        ("activiteiten: CODE", "activiteiten: ALLE"),
        ("Industrie: CODE", "Industrie: OZW"),
        ("welzijnszorg: CODE", "welzijnszorg: TOTAAL"),
    ):
        tekst = tekst.replace(leeg, vol)
    tekst = tekst.replace("kolom: KOLOM", "kolom: branche_code", 1).replace("kolom: KOLOM", "kolom: openstaand")
    plek.write_text(tekst + "vast: {afbakening: sbi_q}\n", encoding="utf-8")
    koppeling = read_koppeling(plek, BRONNEN)
    assert verkennen.check_mapping(koppeling, opdracht) == (verkennen.GEVONDEN, [])


def test_keys_that_no_one_saw_are_said_to_be_so():
    """Of DUO: those of which a real file was read under its mapping, see test_duo_echt."""
    assert {naam for naam, k in load_all(BRONNEN).items() if k.sleutels_gezien} == {
        "vacatures_provincie", "verzuim_bedrijfstak",
        "eerstejaars_hbo", "gediplomeerden_hbo", "ingeschrevenen_hbo", "studenten_mbo",
    }  # fmt: skip


def test_every_table_of_students_with_regions_says_whether_they_study_or_live_there():
    """First years and enrolled of hbo have the key under which they were published: there the count itself says it."""
    plaats = {
        naam: koppeling.vast.get("plaats") or koppeling.vast["maat"]
        for naam, koppeling in load_all(BRONNEN).items()
        if koppeling.bron == "onderwijs" and koppeling.doeltabel != "prognose" and levels_of(koppeling) != {"land"}
    }
    assert plaats == {
        "mbo_deelnemers": "woon", "mbo_gediplomeerden": "woon", "mbo_sectorrendement": "woon", "mbo_studenten": "woon",
        "studenten_woongemeente": "woon", "gediplomeerden_hbo": "studie",
        "eerstejaars_hbo": "eerstejaars", "ingeschrevenen_hbo": "ingeschrevenen",
    }  # fmt: skip
    for maat in ("eerstejaars", "ingeschrevenen"):
        assert uitsplitsing_tekst(f"maat={maat};niveau=hbo").endswith("waar de opleiding staat, hbo")
        assert uitsplitsing_tekst(f"maat={maat};niveau=hbo;plaats=woon").endswith(" hbo, waar de student woont")


def test_what_a_server_calls_a_table_leads_to_no_other_folder(start, tmp_path):
    tabel = vacatures()
    opdracht, _ = start(tabel)
    kenmerken = replace(verkennen.features("CBS", "83599NED", opdracht), tabel="../../elders")
    assert Path(verkennen.write_draft(kenmerken, tmp_path / "wh")).parent == tmp_path / "wh" / "opgehaald" / "concept"
    tabel.bijgewerkt = ".."
    fetch_mapped([KOPPELINGEN["vacatures_provincie"]], opdracht)
    assert [pad.name for pad in (tmp_path / "wh" / "opgehaald" / "CBS" / "83599NED").iterdir()] == ["__"]
