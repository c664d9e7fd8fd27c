"""A delivery from the future is refused, and a mistake of before is withdrawn with a reason that stays to be seen."""

from __future__ import annotations

import re
import shlex
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from app.opdrachten.cli import main
from pipelines.afspraken.contract import load_bronnen
from pipelines.bouwen import PUBLICATIE, build, is_current
from pipelines.levering.intrekken import find_intrekkingen, withdraw_advice
from pipelines.levering.leveringen import find_leveringen, today
from pipelines.levering.toets.keuren import validate_levering

BRONNEN = load_bronnen()
DEKKING = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
    "2021,2022-06-30,NL01,TOTAAL,{},1000\n"
)
VACATURES = "periode,regio_code,branche_code,afbakening,openstaand,ontstaan\n"


def tree(map_: Path) -> dict[str, bytes]:
    return {str(p.relative_to(map_)): p.read_bytes() for p in sorted(map_.rglob("*")) if p.is_file()}


@pytest.mark.parametrize(("later", "code"), [(0, 0), (1, 1)])
def test_a_delivery_was_received_today_at_the_latest(maak_levering, later, code, capsys):
    dag = today() + timedelta(days=later)
    assert main(["check", str(maak_levering({"dekking": DEKKING.format(680)}, ontvangen=str(dag)))]) == code
    if code:
        assert f"ontvangen: '{dag}' is na vandaag.\n  Schrijf de dag van ontvangst" in capsys.readouterr().err


def test_a_period_of_figures_is_not_after_its_delivery_but_that_of_a_plan_may_be(maak_levering, capsys):
    cijfers = maak_levering({"dekking": DEKKING.format(680)}, periode='"2026"')
    assert main(["check", str(cijfers)]) == 1
    assert "periode: '2026' begint na ontvangen (2025-06-30)." in capsys.readouterr().err
    rij = "activiteit_id,jaar,wgo_code,pijler,titel,status\nx,2026,WGO01,basis,Netwerk,gepland\n"
    plan = maak_levering({"activiteiten": rij}, bron="srs_activiteiten", periode='"2026"')
    assert main(["check", str(plan)]) == 0


def check(map_: Path) -> list[str]:
    (levering,) = [deel for deel in find_leveringen(map_.parents[1], BRONNEN) if deel.map == map_]
    eenheden = {"dekkingsgraad": "aandeel", "tekort_verwacht": "personen"}
    return [m.tekst for m in validate_levering(levering, BRONNEN[levering.bron], eenheden).meldingen]


@pytest.mark.parametrize(
    ("rij", "fout"),
    [
        ("2025,NL01,TOTAAL,sbi_q,5,\n", []),
        ("2025KW02,NL01,TOTAAL,sbi_q,5,6\n", []),
        ("2025,NL01,TOTAAL,sbi_q,5,6\n", ["'2025' ligt of eindigt na de dag van ontvangst."]),
        ("2025KW03,NL01,TOTAAL,sbi_q,5,\n", ["'2025KW03' ligt of eindigt na de dag van ontvangst."]),
    ],
)
def test_a_flow_is_known_when_its_period_is_over_and_a_level_when_it_has_begun(maak_levering, rij, fout):
    assert check(maak_levering({"vacatures": VACATURES + rij}, bron="vacatures", ontvangen="2025-06-30")) == fout


@pytest.mark.parametrize(
    ("indicator", "uitsplitsing", "fout"),
    [
        ("dekkingsgraad", "", ["2026 ligt na de dag van ontvangst."]),
        ("dekkingsgraad", "prognose=2025", []),
        ("tekort_verwacht", "", []),
    ],
)
def test_a_published_figure_about_later_is_a_forecast(maak_levering, indicator, uitsplitsing, fout):
    kop = "id,indicator_id,uitsplitsing,regio_code,branche_code,periode,waarde,precisie,bron,vindplaats,kwaliteit\n"
    rij = f"a,{indicator},{uitsplitsing},NL01,TOTAAL,2026,1,exact,X,p1,primair\n"
    assert check(maak_levering({"cijfers": kop + rij}, bron="gepubliceerd")) == fout


@pytest.mark.parametrize(("gerealiseerd", "aantal"), [(0, 0), (500, 1)])
def test_what_must_still_come_was_not_reached_yet(maak_levering, gerealiseerd, aantal):
    rij = f"programma,periode,regio_code,gerealiseerd,doel\nsectorplanplus,2026,NL01,{gerealiseerd},900\n"
    assert len(check(maak_levering({"bereik": rij}, bron="programmas"))) == aantal


def test_a_withdrawn_delivery_no_longer_counts_and_its_reason_can_be_seen(maak_levering, goedgekeurd, tmp_path, capsys):
    goed = maak_levering({"dekking": DEKKING.format(680)}, naam="goed", ontvangen="2022-09-15")
    fout = maak_levering({"dekking": DEKKING.format(999)}, naam="fout", ontvangen="2025-06-30")
    raw, warehouse = tmp_path / "raw", tmp_path / "wh"
    build(raw, warehouse)
    voor = tree(fout)
    aanroep = ["withdraw", "pfzw_dekking/fout", "--reden", "Verkeerde 'peildatum': gebruikt in 2025", "--raw", str(raw)]
    assert main(aanroep) == 0
    assert not is_current(raw, warehouse)
    build(raw, warehouse)
    melding = f"Ingetrokken op {today():%d-%m-%Y}: Verkeerde 'peildatum': gebruikt in 2025"
    with duckdb.connect(str(warehouse / PUBLICATIE), read_only=True) as con:
        assert con.execute("select levering_id, rijen_gebruikt from levering").fetchall() == [("pfzw_dekking/goed", 1)]
        assert con.execute("select levering_id, melding from kwaliteit where controle = 'ingetrokken'").fetchall() == [
            ("pfzw_dekking/fout", melding)
        ]
    assert {naam: inhoud for naam, inhoud in tree(fout).items() if naam != "ingetrokken.yml"} == voor
    assert goed.is_dir()
    capsys.readouterr()
    assert main(aanroep) == 1
    assert f"Deze levering is al ingetrokken. {melding}" in capsys.readouterr().err


def test_a_delivery_from_the_future_that_is_already_there_can_be_withdrawn_as_the_message_says(
    maak_levering, tmp_path, capsys
):
    maak_levering({"dekking": DEKKING.format(680)}, naam="goed")
    maak_levering({"dekking": DEKKING.format(999)}, naam="later", ontvangen="2999-01-01")
    raw = tmp_path / "raw"
    assert main(["build", "--raw", str(raw), "--warehouse", str(tmp_path / "wh")]) == 1
    (advies,) = re.findall(r'regiomonitor (withdraw .* --reden) "vul', capsys.readouterr().err)
    assert main([*shlex.split(advies), "Tikfout in ontvangen"]) == 0
    assert [levering.map.name for levering in find_leveringen(raw, BRONNEN)] == ["goed"]


def test_in_the_folder_where_the_command_looks_anyway_it_need_not_be_told_where(tmp_path, monkeypatch):
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path))
    assert ' withdraw b/l --reden "' in withdraw_advice(tmp_path / "b" / "l")
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path / "elders"))
    assert f" withdraw b/l --raw {tmp_path} --reden " in withdraw_advice(tmp_path / "b" / "l")


@pytest.mark.parametrize(
    ("periode", "rijen"),
    [("2030", DEKKING.format(680)), ("2021", DEKKING.format(1680))],
    ids=["a fault in levering.yml", "a fault in a row"],
)
def test_whatever_is_wrong_with_a_delivery_in_the_raw_folder_the_build_says_how_to_withdraw_it(
    maak_levering, tmp_path, capsys, periode, rijen
):
    maak_levering({"dekking": rijen}, naam="fout", periode=periode)
    assert main(["build", "--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "wh")]) == 1
    gezegd = capsys.readouterr().err
    assert gezegd.count(".venv/bin/regiomonitor withdraw pfzw_dekking/fout --raw ") == 1
    assert main(["check", str(tmp_path / "raw" / "pfzw_dekking" / "fout")]) == 1
    assert "withdraw" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("levering", "reden", "melding"),
    [
        ("pfzw_dekking/l2", "x", "pfzw_dekking/l2: Deze levering bestaat niet."),
        ("../raw", "x", "Deze levering bestaat niet."),
        ("pfzw_dekking/..", "x", "Deze levering bestaat niet."),
        ("pfzw_dekking/l1", " ", "--reden: Er staat geen reden."),
        ("pfzw_dekking/l1", "a\x1b[31m", "teken dat op één regel niet kan (U+001B)."),
        ("pfzw_dekking/l1", "a\udcff", "teken dat op één regel niet kan (U+DCFF)."),
    ],
)
def test_what_cannot_be_withdrawn_is_named(maak_levering, tmp_path, levering, reden, melding, capsys):
    maak_levering({"dekking": DEKKING.format(680)})
    assert main(["withdraw", levering, "--reden", reden, "--raw", str(tmp_path / "raw")]) == 1
    assert melding in capsys.readouterr().err
    assert find_intrekkingen(tmp_path / "raw") == []


@pytest.mark.parametrize("inhoud", ["", "op: gisteren\nreden: x\n", "op: 2026-01-01\n", "op: [a]\nreden: x\n", "{"])
def test_a_damaged_mark_is_named_and_withdraws_nothing(maak_levering, tmp_path, inhoud, capsys):
    (maak_levering({"dekking": DEKKING.format(680)}) / "ingetrokken.yml").write_text(inhoud, encoding="utf-8")
    assert main(["build", "--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "wh")]) == 1
    gezegd = capsys.readouterr().err
    assert "pfzw_dekking/l1/ingetrokken.yml: Dit is geen geldig bericht van intrekking." in gezegd
    assert f'.venv/bin/regiomonitor withdraw pfzw_dekking/l1 --raw {tmp_path / "raw"} --reden "' in gezegd
