"""One rule for delivered text: what cannot be stored, steers a terminal or hides what is there, is refused by name."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from app.opdrachten.cli import main
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.schrift.tekens import find_unreadable
from pipelines.levering.aannemen import check_path
from pipelines.levering.leveringen import read_levering

# What a file does to the process that reads it is tried in test_leesproces; here it is this one.
pytestmark = pytest.mark.usefixtures("hier_gelezen")

BRONNEN = load_bronnen()
DEKKING = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
    "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
)
KOP = ["activiteit_id", "jaar", "wgo_code", "pijler", "titel", "doelgroep", "status"]
RIJ = ["x", "2021", "WGO01", "leren_opleiden", "Gastlessen", "scholieren", "loopt"]
BRON = {"bron": "srs_activiteiten", "leverancier": "WGO01"}


@pytest.mark.parametrize(
    ("tekst", "teken"),
    [
        ("Zorg één,\n\t‘ja’ 日本 👩‍⚕️ e\u0301", ""),
        ("a\x00b", "U+0000"),
        ("a\x1b[31m", "U+001B"),
        ("a\x85b", "U+0085"),
        ("\u061ca", "U+061C"),
        ("a\u200f", "U+200F"),
        ("a\u202eb", "U+202E"),
        ("a\u2069b", "U+2069"),
        ("a\ud800b", "U+D800"),
        ("a\ufffeb", "U+FFFE"),
        ("a\uffff", "U+FFFF"),
        ("a\ufdd0", "U+FDD0"),
        ("a\U0010ffff", "U+10FFFF"),
    ],
)
def test_the_first_character_that_no_one_can_read_is_named(tekst, teken):
    assert find_unreadable(tekst) == teken


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"leverancier": '"a\\ud800b"'}, "rij 2: Deze regel bevat een teken dat niemand kan lezen (U+D800)."),
        ({"opmerking": '"a\\u202eb"'}, "'a�b' bevat een teken dat niemand kan lezen (U+202E)."),
        ({"verwijzing": '"\\uffff"'}, "'�' bevat een teken dat niemand kan lezen (U+FFFF)."),
        ({"licentie": '"\\0"'}, "'�' bevat een teken dat niemand kan lezen (U+0000)."),
        ({'"\\e[31m"': "x"}, "'�[31m' bevat een teken dat niemand kan lezen (U+001B)."),
        ({"leverancier": '"a\\nb"'}, "leverancier: 'a�b' staat niet op één regel (U+000A)."),
        ({"leverancier": "a" * 501}, "is langer dan 500 tekens."),
        ({"opmerking": "a" * 5001}, "is langer dan 5000 tekens."),
        ({"opmerking": "a" * 64_000}, "Dit bestand is groter dan 64 kB"),
    ],
)
def test_every_text_of_a_description_obeys_the_rule(maak_levering, anders, melding):
    with pytest.raises(AfgekeurdError) as fout:
        read_levering(maak_levering({"dekking": DEKKING}, **anders), BRONNEN)
    assert len(fout.value.meldingen) == 1
    assert melding in str(fout.value)


def test_a_note_of_several_lines_is_fine(maak_levering):
    map_ = maak_levering({"dekking": DEKKING}, opmerking="|\n  een\n  twee")
    assert read_levering(map_, BRONNEN).opmerking == "een\ntwee"


def activiteiten(maak_levering, soort: str, rij: list[str]):
    map_ = maak_levering({}, **BRON)
    frame = pd.DataFrame([rij], columns=KOP)
    if soort == "csv":
        frame.to_csv(map_ / "activiteiten.csv", index=False)
    elif soort == "xlsx":
        frame.to_excel(map_ / "activiteiten.xlsx", index=False, sheet_name="\u202edalB")
    else:
        frame.to_parquet(map_ / "activiteiten.parquet")
    return map_


@pytest.mark.parametrize("soort", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize(("kolom", "teken"), [("doelgroep", "\u202e"), ("titel", "\u200f"), ("pijler", "\u2066")])
def test_every_cell_obeys_the_rule_in_every_format(maak_levering, soort, kolom, teken):
    rij = [f"a{teken}b" if naam == kolom else waarde for naam, waarde in zip(KOP, RIJ, strict=True)]
    (melding,) = check_path(activiteiten(maak_levering, soort, rij), None).meldingen
    wat = "bestaat niet" if kolom == "pijler" else "bevat een teken dat niemand kan lezen"
    assert (melding.kolom, melding.tekst) == (kolom, f"'a�b' {wat}.")
    assert f"Verwijder U+{ord(teken):04X}" in melding.advies


def test_a_strange_name_of_a_sheet_or_a_header_does_not_reach_the_terminal_or_the_json(maak_levering, capsys):
    assert check_path(activiteiten(maak_levering, "xlsx", RIJ), None).meldingen == []
    map_ = maak_levering({"dekking": DEKKING.replace("regio_code", "regio\u202e\x1bcode")}, naam="kop")
    assert main(["check", str(map_), "--json"]) == 1
    uit = capsys.readouterr().out
    assert not find_unreadable(uit)
    assert "'regio��code' hoort niet" in json.loads(uit)["meldingen"][0]["tekst"]
