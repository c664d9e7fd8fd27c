"""The command line as a user meets it: exit codes, Dutch, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from app.opdrachten.cli import main

KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
GOED = KOP + "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
FOUT = KOP + "2021,2022-06-30,NL01,TOTAAL,1001,1000\n2021,2022-06-30,NL01,VTT,10,1000\n"


@pytest.mark.parametrize(
    ("aanroep", "melding"),
    [
        (["bild"], "'bild' bestaat niet. Bedoelde u build?"),
        ([], "hier ontbreekt: OPDRACHT."),
        (["build", "--raw"], "--raw vraagt om een waarde."),
        (["build", "--snel"], "onbekend: --snel."),
        (["start", "--port", "abc"], "--port: 'abc' is geen poort (1 tot en met 65535)."),
        (["accept", "x"], "hier ontbreekt: --periode."),
    ],
)
def test_a_wrong_call_is_exit_2_in_dutch(aanroep, melding, capsys):
    with pytest.raises(SystemExit) as stop:
        main(aanroep)
    uit = capsys.readouterr().err
    assert stop.value.code == 2
    assert melding in uit
    assert "--help" in uit


def test_check_says_what_where_what_is_allowed_and_what_next(maak_levering, capsys):
    assert main(["check", str(maak_levering({"dekking": FOUT}))]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "dekking.csv, rij 2, kolom medewerkers_aangesloten: 1001 is meer dan medewerkers_totaal (1000).",
        "  Aangesloten medewerkers zijn een deel van het totaal. Controleer beide kolommen en lever opnieuw aan.",
        "dekking.csv, rij 3, kolom branche_code: 'VTT' bestaat niet. Bedoelde u VVT?",
        "  Toegestaan: TOTAAL, ZKH, REV, GGZ, GHZ, VVT, HAG, SW, JZ, KO, OZW.",
        "2 fouten gevonden. Er is niets opgeslagen; de vorige publicatie blijft staan.",
    ]


def test_check_accepts_and_writes_nothing(maak_levering, tmp_path, capsys):
    map_ = maak_levering({"dekking": GOED})
    voor = sorted(tmp_path.rglob("*"))
    assert main(["check", str(map_)]) == 0
    assert "goedgekeurd" in capsys.readouterr().out
    assert sorted(tmp_path.rglob("*")) == voor


def test_check_of_a_loose_file_needs_its_source(maak_levering, capsys):
    bestand = str(maak_levering({"dekking": GOED}) / "dekking.csv")
    assert main(["check", bestand]) == 1
    assert "Noem de bron met --bron." in capsys.readouterr().err
    assert main(["check", bestand, "--bron", "pfzw_dekkin"]) == 1
    assert "Bedoelde u pfzw_dekking?" in capsys.readouterr().err
    assert main(["check", bestand, "--bron", "pfzw_dekking"]) == 0


def test_check_as_json(maak_levering, capsys):
    assert main(["check", str(maak_levering({"dekking": FOUT})), "--json"]) == 1
    uitkomst = json.loads(capsys.readouterr().out)
    assert uitkomst["goedgekeurd"] is False
    assert {"bestand", "rij", "kolom", "cel", "tekst", "advies", "aantal", "rijen"} == set(uitkomst["meldingen"][0])


def test_who_names_the_description_hears_which_folder_to_name(maak_levering, capsys):
    map_ = maak_levering({"dekking": GOED})
    assert main(["check", str(map_ / "levering.yml"), "--bron", "pfzw_dekking"]) == 1
    assert "Noem in de opdracht de map waar het in staat, niet het bestand." in capsys.readouterr().err


def test_accept_files_a_new_version_each_time(maak_levering, goedgekeurd, tmp_path, capsys):
    map_ = maak_levering({"dekking": GOED})
    bak = tmp_path / "bewaard"
    for verwacht in ("2021-2025-06-30", "2021-2025-06-30-v2"):
        assert main(["accept", str(map_), "--periode", "2021", "--raw", str(bak)]) == 0
        assert (bak / "pfzw_dekking" / verwacht / "dekking.csv").read_text() == GOED
    assert f"regiomonitor build --raw {bak}" in capsys.readouterr().out


def test_accept_of_a_rejected_delivery_leaves_nothing_behind(maak_levering, tmp_path):
    map_ = maak_levering({"dekking": FOUT})
    bak = tmp_path / "bewaard"
    assert main(["accept", str(map_), "--periode", "2021", "--raw", str(bak)]) == 1
    assert not bak.exists()


def test_accept_and_build_say_what_was_read_as_what(maak_levering, tmp_path, capsys):
    kop = "periode,regio_code,branche_code,telling,werknemers\n"
    map_ = maak_levering({"werknemers": kop + "2021JJ00,NL01,TOTAAL,cbs_breed,1400000\n"}, bron="werknemers")
    bak, gelezen = tmp_path / "bewaard", "rij 2, kolom periode: '2021JJ00' is gelezen als 2021: 1 keer."
    assert main(["accept", str(map_), "--periode", "2021", "--raw", str(bak)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"werknemers.csv, {gelezen}"
    assert main(["build", "--raw", str(bak), "--warehouse", str(tmp_path / "wh")]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"werknemers/2021-2025-06-30/werknemers.csv, {gelezen}"
    with duckdb.connect(str(tmp_path / "wh" / "publicatie.duckdb"), read_only=True) as con:
        (melding,) = con.execute("select melding from kwaliteit where controle = 'gelezen als'").fetchone()
    assert melding == "Opmerkingen bij het lezen: 1; de controle van de levering noemt ze."


def test_build_is_quick_to_say_that_nothing_changed(maak_levering, goedgekeurd, tmp_path, capsys):
    maak_levering({"dekking": GOED})
    mappen = ["--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "wh")]
    assert main(["build", *mappen]) == 0
    assert main(["build", *mappen]) == 0
    assert "Er is niets veranderd" in capsys.readouterr().out
    assert main(["publications", "--warehouse", str(tmp_path / "wh")]) == 0
    assert "deze staat nu in de app" in capsys.readouterr().out


def test_environment_sets_the_folders(maak_levering, goedgekeurd, tmp_path, monkeypatch):
    maak_levering({"dekking": GOED})
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "elders"))
    assert main(["build", "--quiet"]) == 0
    assert (tmp_path / "elders" / "publicatie.duckdb").is_file()


def test_a_missing_raw_folder_is_one_clear_message(tmp_path, capsys):
    assert main(["build", "--raw", str(tmp_path / "weg"), "--warehouse", str(tmp_path / "wh")]) == 1
    assert "Deze map bestaat niet." in capsys.readouterr().err


def test_check_as_json_is_json_alone_and_writes_nothing_anywhere(maak_levering, tmp_path):
    map_ = maak_levering({"dekking": f'{GOED}2021,2022-06-30,NL01,"\x1b[31m""x\\",1,2\n'})
    thuis = tmp_path / "thuis"
    (thuis / "tmp").mkdir(parents=True)

    def tree() -> dict[Path, bytes]:
        return {pad: pad.read_bytes() if pad.is_file() else b"" for pad in tmp_path.rglob("*")}

    voor = tree()
    omgeving = os.environ | {"HOME": str(thuis), "TMPDIR": str(thuis / "tmp"), "PYTHONPATH": str(Path.cwd())}
    uit = subprocess.run(
        [sys.executable, "-m", "app.opdrachten.cli", "check", str(map_), "--json"],
        cwd=thuis, env=omgeving, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (uit.returncode, uit.stderr) == (1, "")
    assert [melding["rij"] for melding in json.loads(uit.stdout)["meldingen"]] == [3]
    assert tree() == voor
