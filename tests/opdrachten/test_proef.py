"""What would change, told before a delivery is filed: open figures in full, hidden ones as a number."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from conftest import LEVERING, write_delivery

from app.lezen.verschil.publicatieverschil import Cijferwijziging
from app.oordeel.vergelijken.cijferwijziging import largest
from app.opdrachten.aanleveren.loket import answer
from app.opdrachten.aanleveren.proefopdracht import trial_lines
from app.opdrachten.aanleveren.proevenboek import PER_DAG, PROEVEN, Proef, note_outcome, read_trials, take_turn
from app.opdrachten.cli import main
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.bouwen import build
from pipelines.levering.aannemen import accept_path
from pipelines.levering.intrekken import withdraw
from pipelines.levering.leveringen import today
from pipelines.onthulling import onthulling

KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
DAG = date(2026, 11, 29)


def test_a_source_has_a_few_trials_a_day_and_each_is_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / PROEVEN
    assert [take_turn(log, "verzuim", "a" * 64, DAG) for _ in range(PER_DAG)] == [*range(PER_DAG - 1, -1, -1)]
    with pytest.raises(AfgekeurdError, match="vandaag al 5 proeven"):
        take_turn(log, "verzuim", "b" * 64, DAG)
    assert take_turn(log, "vacatures", "b" * 64, DAG) == PER_DAG - 1
    assert take_turn(log, "verzuim", "b" * 64, date(2026, 11, 30)) == PER_DAG - 1
    assert log.stat().st_mode & 0o777 == 0o600


def test_of_trials_at_the_same_time_no_more_are_done_than_there_are(tmp_path: Path) -> None:
    def turn(_nummer: int) -> int | None:
        try:
            return take_turn(tmp_path / PROEVEN, "verzuim", "a" * 64, DAG)
        except AfgekeurdError:
            return None

    with ThreadPoolExecutor(12) as tegelijk:
        gekregen = [over for over in tegelijk.map(turn, range(12)) if over is not None]
    assert sorted(gekregen) == [*range(PER_DAG)]


def test_the_largest_change_is_that_for_what_a_figure_was() -> None:
    def change(regio: str, oud: float | None, nieuw: float | None) -> Cijferwijziging:
        return Cijferwijziging("waarde", "verzuim", "", "", regio, "", "", "", "", oud, nieuw, None, None, None, None)

    cijfers = [change("NL01", 1000, 1100), change("RA0101", 10, 20), change("RA0102", None, 5), change("RA0103", 7, 7)]
    assert [cijfer.regio_code for cijfer in largest(cijfers, 2)] == ["RA0101", "NL01"]


VERZUIM = "periode,regio_code,branche_code,meting,verzuimdagen,beschikbare_dagen,percentage\n"


def absence(dagen: int) -> str:
    return VERZUIM + f"2021KW02,NL01,TOTAAL,kzv,{dagen},40829400,\n"


@pytest.mark.parametrize("als_concept", [False, True])
def test_what_others_filed_or_withdrew_since_is_no_effect_of_a_trial(
    als_concept: bool, verzuim_en_dekking: Path, tmp_path: Path
) -> None:
    shutil.copytree(verzuim_en_dekking, tmp_path, dirs_exist_ok=True)
    nieuw = LEVERING | {"bron": "verzuim", "periode": "2021KW03"}
    write_delivery(tmp_path / "raw", {"verzuim": absence(3_155_800).replace("KW02", "KW03")}, "v2", nieuw)
    withdraw(tmp_path / "raw", "verzuim/v1", "Een vergissing", DAG)
    if als_concept:
        build(tmp_path / "raw", tmp_path / "wh", als_concept=True)
    antwoord = answer(question(tmp_path, f"{KOP}2022,2023-06-30,NL01,TOTAAL,690,1000\n"))
    assert antwoord["aantallen"] == {"nieuw": 1, "weg": 0, "waarde": 0, "marge": 0, "status": 0, "herkomst": 0}
    assert antwoord["per_indicator"] == {"dekkingsgraad": {"nieuw": 1}}
    assert antwoord["grootste"] == []


@pytest.mark.parametrize("is_weg", [False, True])
def test_a_trial_beside_deliveries_that_are_not_what_they_were_is_refused(
    is_weg: bool, verzuim_en_dekking: Path, tmp_path: Path
) -> None:
    shutil.copytree(verzuim_en_dekking, tmp_path, dirs_exist_ok=True)
    if is_weg:
        shutil.rmtree(tmp_path / "raw" / "verzuim" / "v1")
    else:
        (tmp_path / "raw" / "verzuim" / "v1" / "verzuim.csv").write_text(absence(3_155_800))
    antwoord = answer(question(tmp_path, f"{KOP}2022,2023-06-30,NL01,TOTAAL,690,1000\n"))
    assert "niet meer wat zij waren" in antwoord["meldingen"][0]["tekst"]
    assert "verzuim" not in str(antwoord)


STROMEN = "periode,regio_code,branche_code,afbakening,werknemers_begin,instroom,uitstroom,werkgevers\n"


@pytest.mark.parametrize("wat", ["check", "accept", "proef"])
def test_a_jump_beside_secret_figures_of_others_is_not_told_for_it_would_tell_them(
    wat: str, geheime_stromen: Path, tmp_path: Path
) -> None:
    shutil.copytree(geheime_stromen, tmp_path, dirs_exist_ok=True)
    vraag = question(tmp_path, STROMEN + "2022,RA0919,VVT,azw_breed,4,1,1,30\n")
    bestand = (tmp_path / "dekking.csv").rename(tmp_path / "stromen.csv")
    antwoord = answer(vraag | {"wat": wat, "bron": "mobiliteit", "pad": str(bestand)})
    # A trial that was refused where this figure is large enough would tell it in a few tries.
    assert {"check": "rijen", "accept": "plek", "proef": "aantallen"}[wat] in antwoord
    antwoord.pop("sprong", None)
    assert not [deel for deel in ("4321", "4.321", "factor", "sprong", "1.000") if deel in str(antwoord)], antwoord
    # Who keeps the monitor has the deliveries, and is told.
    with pytest.raises(AfgekeurdError, match=r"deze reeks heeft ook 4\.321"):
        accept_path(bestand, "mobiliteit", "2022", geheime_stromen / "raw")


@pytest.fixture(scope="module")
def geheime_stromen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A delivery of a few employers who asked for secrecy, and the publication of it; made once."""
    map_ = tmp_path_factory.mktemp("geheim")
    levering = LEVERING | {"bron": "mobiliteit", "periode": "2021", "vertrouwelijk": "ja"}
    rijen = STROMEN + "2021,RA0919,VVT,azw_breed,4321,777,654,30\n"
    write_delivery(map_ / "raw", {"stromen": rijen}, "m1", levering)
    build(map_ / "raw", map_ / "wh")
    return map_


@pytest.mark.parametrize("is_getoond", [True, False])
def test_a_jump_beside_open_figures_is_told_once_they_are_published(
    is_getoond: bool, verzuim_en_dekking: Path, tmp_path: Path
) -> None:
    shutil.copytree(verzuim_en_dekking, tmp_path, dirs_exist_ok=True)
    if not is_getoond:
        (tmp_path / "raw" / "verzuim" / "v1").rename(tmp_path / "raw" / "verzuim" / "v2")
    (tmp_path / "verzuim.csv").write_text(absence(2_155).replace("KW02", "KW03").replace("40829400", "40829"))
    vraag = question(tmp_path, "") | {"wat": "check", "pad": str(tmp_path / "verzuim.csv"), "bron": "verzuim"}
    assert ("deze reeks heeft ook" in str(answer(vraag | {"periode": "2021KW03"}))) == is_getoond


@pytest.fixture(scope="module")
def verzuim_en_dekking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deliveries of two suppliers, and the publication of both; made once."""
    map_ = tmp_path_factory.mktemp("twee")
    write_delivery(map_ / "raw", {"dekking": f"{KOP}2021,2022-06-30,NL01,TOTAAL,680,1000\n"}, "l1", LEVERING)
    verzuim = LEVERING | {"bron": "verzuim", "periode": "2021KW02"}
    write_delivery(map_ / "raw", {"verzuim": absence(2_155_800)}, "v1", verzuim)
    build(map_ / "raw", map_ / "wh")
    return map_


def question(map_: Path, inhoud: str) -> dict[str, str]:
    """Return what the page asks of a trial of this file."""
    (map_ / "werk").mkdir()
    (map_ / "dekking.csv").write_text(inhoud)
    return {"wat": "proef", "pad": str(map_ / "dekking.csv"), "bron": "pfzw_dekking", "periode": "2022",
            "raw": str(map_ / "raw"), "warehouse": str(map_ / "wh"), "werkmap": str(map_ / "werk")}  # fmt: skip


def test_a_trial_tells_how_many_would_be_hidden_and_leaves_everything_as_it_was(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse, raw, werkmap = (tmp_path / naam for naam in ("warehouse", "raw", "werk"))
    shutil.copytree(kleine_publicatie, warehouse)
    werkmap.mkdir()
    # What this publication was made of.
    land, regio = "2021,2022-06-30,NL01,TOTAAL,680,1000\n", "2021,2022-06-30,RA0101,TOTAAL,68,100\n"
    write_delivery(raw, {"dekking": KOP + land + regio}, "l1", LEVERING)
    bestand = tmp_path / "dekking.csv"
    bestand.write_text(f"{KOP}2021,2022-06-30,NL01,TOTAAL,800,1000\n2021,2022-06-30,RA0101,TOTAAL,68,100\n")
    vraag = {"wat": "proef", "pad": str(bestand), "bron": "pfzw_dekking", "periode": "2021", "raw": str(raw),
             "warehouse": str(warehouse), "werkmap": str(werkmap)}  # fmt: skip
    eerder = {pad: pad.stat().st_size for pad in warehouse.rglob("*.duckdb")}
    antwoord = answer(vraag)
    # With 800 of 1,000 the figure of the country would no longer be shown: that is for whoever keeps the monitor.
    assert (antwoord["grootste"], antwoord["breuken"], antwoord["nog"]) == ([], [], PER_DAG - 1)
    assert set(antwoord["aantallen"].values()) == {0}
    assert not {"verborgen", "weer_getoond"} & antwoord.keys()
    (*_, uitkomst) = (warehouse / PROEVEN).read_text(encoding="utf-8").splitlines()
    assert uitkomst.endswith('"verborgen, weer getoond:",1,0')
    assert {pad: pad.stat().st_size for pad in warehouse.rglob("*.duckdb")} == eerder
    assert [pad.name for pad in raw.glob("*/*")] == ["l1"]
    # What was worked out on trial need not be by the build of the same delivery.
    accept_path(bestand, "pfzw_dekking", "2021", raw, None)
    monkeypatch.setattr(onthulling, "choose_hidden", lambda _groep: pytest.fail("is already worked out"))
    build(raw, warehouse)


def test_a_trial_on_the_command_line_says_the_same_in_words_and_leaves_no_folder(
    verzuim_en_dekking: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(verzuim_en_dekking, tmp_path, dirs_exist_ok=True)
    bestand, warehouse = tmp_path / "dekking.csv", tmp_path / "wh"
    bestand.write_text(f"{KOP}2022,2023-06-30,NL01,TOTAAL,690,1000\n")
    vraag = ["check", str(bestand), "--bron", "pfzw_dekking", "--proef", "--raw", str(tmp_path / "raw")]
    vraag += ["--warehouse", str(warehouse)]
    assert main(vraag) == 1
    assert not (warehouse / PROEVEN).exists()
    capsys.readouterr()
    assert main([*vraag, "--periode", "2022"]) == 0
    gezegd = capsys.readouterr().out
    assert "Wat er zou veranderen: 1 keer nieuw." in gezegd
    assert f"vandaag nog zijn: {PER_DAG - 1}." in gezegd
    assert not list(warehouse.glob(".bouw-loket-*"))
    # The turns are those of the page: where they are used up, a command has none either.
    for _ in range(PER_DAG - 1):
        take_turn(warehouse / PROEVEN, "pfzw_dekking", "a" * 64, today())
    assert main([*vraag, "--periode", "2022", "--json"]) == 1
    assert "vandaag al 5 proeven" in json.loads(capsys.readouterr().out)["meldingen"][0]["tekst"]


def test_a_changed_figure_is_told_in_words(verzuim_en_dekking: Path) -> None:
    cijfer = Cijferwijziging("waarde", "dekkingsgraad", "", "", "NL01", "TOTAAL", "2021", "", "levering", 0.68, 0.69,
                             "beschikbaar", "beschikbaar", None, None)  # fmt: skip
    uitkomst = {"aantallen": {"waarde": 1}, "per_indicator": {"dekkingsgraad": {"waarde": 1}},
                "grootste": [asdict(cijfer)], "breuken": [], "nog": 0}  # fmt: skip
    regels = list(trial_lines(uitkomst, verzuim_en_dekking / "wh"))
    assert [regel for regel in regels if "was 68" in regel and "wordt 69" in regel], regels


def test_what_trials_would_hide_is_read_with_the_log_and_that_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    boek = tmp_path / PROEVEN
    for som in ("a" * 64, "b" * 64):
        take_turn(boek, "verzuim", som, DAG)
    note_outcome(boek, Proef(f"{DAG}", "verzuim", "b" * 64, 4, 1))
    assert [(p.sha256[0], p.verborgen) for p in read_trials(boek)] == [("a", None), ("b", 4)]
    assert main(["logboek", "--proeven", "--warehouse", str(tmp_path)]) == 0
    gezegd = capsys.readouterr().out
    assert "verzuim  bestand aaaaaaaaaaaa: geen uitkomst" in gezegd
    assert "verzuim  bestand bbbbbbbbbbbb: 4 cijfers verborgen, 1 weer getoond" in gezegd
    assert main(["logboek", "--warehouse", str(tmp_path)]) == 0
    assert "proeven" in capsys.readouterr().out
