"""Deliveries on disk: what levering.yml and the folder may hold, and how one is taken in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.levering.aannemen import Los, accept_path, check_path
from pipelines.levering.leveringen import find_leveringen, read_levering

BRONNEN = load_bronnen()
DEKKING = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
    "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
)
GOED = {"dekking": DEKKING}
KAPOT = {"dekking": DEKKING.replace("680", "1680")}


def refused(werk, *argumenten) -> list[str]:
    with pytest.raises(AfgekeurdError) as fout:
        werk(*argumenten)
    return [str(melding) for melding in fout.value.meldingen]


def tree(map_: Path) -> dict[str, bytes]:
    return {str(p.relative_to(map_)): p.read_bytes() if p.is_file() else b"" for p in sorted(map_.rglob("*"))}


def test_a_delivery_is_read_as_written_and_its_text_stays_text(maak_levering):
    map_ = maak_levering(GOED, leverancier="NO", opmerking="0363", periode="2021")
    levering = read_levering(map_, BRONNEN, "pfzw_dekking")
    assert (levering.levering_id, levering.leverancier, levering.opmerking) == ("pfzw_dekking/l1", "NO", "0363")
    assert (levering.periode, levering.ontvangen) == ("2021", date(2025, 6, 30))
    assert levering.bestanden == {"dekking": (map_ / "dekking.csv",)}


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"bron": "pfwz_dekking"}, "bron: 'pfwz_dekking' bestaat niet. Bedoelde u pfzw_dekking?"),
        ({"herkomst": "leverng"}, "herkomst: 'leverng' bestaat niet. Bedoelde u levering?\n"
         "  Toegestaan: levering, gepubliceerd, synthetisch."),
        ({"periode": "0363"}, "periode: '0363' is geen periode.\n"
         "  Toegestaan: 2021, 2021KW03, 2021MM04, 2020/21 of 2021-06-30."),
        ({"periode": "[2021]"}, "periode: hier hoort één waarde te staan."),
        ({"ontvangen": "15-09-2022"}, "ontvangen: '15-09-2022' is geen datum.\n"
         "  Schrijf jaar-maand-dag, zoals 2022-09-15."),
        ({"ontvangen": "2022-02-30"}, "ontvangen: '2022-02-30' is geen datum."),
        ({"ontvangen": "20220915"}, "ontvangen: '20220915' is geen datum."),
        ({"ontvangen": "2022-W37-4"}, "ontvangen: '2022-W37-4' is geen datum."),
        ({"leverancier": ""}, "leverancier: hier staat geen waarde."),
        ({"leverancier": "null"}, "leverancier: hier staat geen waarde."),
        ({"liscentie": "CC0"}, "onbekende sleutel 'liscentie'. Bedoelde u licentie?"),
        ({"leverancier": "!!python/object/apply:os.system [id]"}, "rij 2: Een tag of anker (!, & of *) mag hier niet."),
    ],
)  # fmt: skip
def test_a_wrong_value_in_the_description_is_named(maak_levering, anders, melding):
    map_ = maak_levering(GOED, **anders)
    meldingen = refused(read_levering, map_, BRONNEN)
    assert len(meldingen) == 1
    assert meldingen[0].startswith("l1/levering.yml")
    assert melding in meldingen[0]


def test_all_faults_of_a_description_come_together(maak_levering):
    map_ = maak_levering(GOED, herkomst="x", periode="21", ontvangen="gisteren")
    assert len(refused(read_levering, map_, BRONNEN)) == 3
    (map_ / "levering.yml").write_text("bron: pfzw_dekking\n", encoding="utf-8")
    assert refused(read_levering, map_, BRONNEN) == [
        f"l1/levering.yml: sleutel '{sleutel}' ontbreekt."
        for sleutel in ("leverancier", "periode", "ontvangen", "herkomst")
    ]


def test_escape_codes_in_a_description_do_not_reach_the_terminal(maak_levering):
    for anders in ({"herkomst": '"\\e[31mrood\\u202e"'}, {'"\\e[31mrood"': "x"}):
        map_ = maak_levering(GOED, naam=f"l{len(next(iter(anders)))}", **anders)
        (melding,) = refused(read_levering, map_, BRONNEN)
        assert "\x1b" not in melding
        assert "\u202e" not in melding
        assert "�[31mrood" in melding


def test_a_linked_description_is_not_followed(maak_levering):
    map_ = maak_levering(GOED)
    (map_ / "levering.yml").unlink()
    (map_ / "levering.yml").symlink_to("/etc/passwd")
    assert refused(read_levering, map_, BRONNEN) == [
        "l1/levering.yml: Dit is een verwijzing (symlink) en geen bestand."
    ]


@pytest.mark.parametrize(
    ("bestand", "melding"),
    [
        ("deking.csv", "l1/deking.csv: Bron pfzw_dekking heeft geen tabel 'deking'. Bedoelde u dekking?"),
        ("Dekking.xlsx", "l1/Dekking.xlsx: Bron pfzw_dekking heeft geen tabel 'Dekking'. Bedoelde u dekking?"),
        (
            "dekking_oud.csv",
            "l1/dekking_oud.csv: Bron pfzw_dekking heeft geen tabel 'dekking_oud'. Bedoelde u dekking?",
        ),
        (
            "dekking.xls",
            "l1/dekking.xls: Dit is een Excel-bestand van voor 2007, en zo niet te lezen.\n"
            "  Open het in Excel en kies Opslaan als: Excel-werkmap (.xlsx). Geef het de naam van de tabel: dekking.",
        ),
        ("\x1b[31mrood.csv", "l1/�[31mrood.csv: Bron pfzw_dekking heeft geen tabel '�[31mrood'."),
    ],
)
def test_a_file_that_belongs_to_no_table_is_named(maak_levering, bestand, melding):
    map_ = maak_levering(GOED)
    (map_ / bestand).write_text("x", encoding="utf-8")
    (gevonden,) = refused(read_levering, map_, BRONNEN)
    assert melding in gevonden
    assert "\x1b" not in gevonden


def test_papers_beside_the_data_are_left_alone_but_are_no_data(maak_levering):
    map_ = maak_levering({})
    (map_ / "leesmij.txt").write_text("x", encoding="utf-8")
    assert refused(read_levering, map_, BRONNEN) == [
        "l1/: Deze levering heeft geen gegevens.\n  Zet er een bestand bij: dekking.csv."
    ]


def test_a_folder_or_a_link_in_the_place_of_a_table_is_refused(maak_levering):
    for naam, maak in (("l1", Path.mkdir), ("l2", lambda pad: pad.symlink_to("/etc/passwd"))):
        map_ = maak_levering({}, naam=naam)
        maak(map_ / "dekking.csv")
        keuring = check_path(map_, None)
        assert len(keuring.meldingen) == 1
        assert keuring.meldingen[0].bestand == "dekking.csv"


def test_faults_of_several_deliveries_come_together(maak_levering, tmp_path):
    maak_levering(GOED, naam="a", herkomst="x")
    maak_levering(GOED, naam="b", ontvangen="x")
    maak_levering(GOED, naam="c")
    meldingen = refused(find_leveringen, tmp_path / "raw", BRONNEN)
    assert [melding.split(":")[0] for melding in meldingen] == [
        "pfzw_dekking/a/levering.yml",
        "pfzw_dekking/b/levering.yml",
    ]


def test_a_delivery_in_the_folder_of_another_source_is_refused(maak_levering, tmp_path):
    map_ = maak_levering(GOED)
    (tmp_path / "raw" / "gepubliceerd").mkdir()
    map_.rename(tmp_path / "raw" / "gepubliceerd" / "l1")
    assert refused(find_leveringen, tmp_path / "raw", BRONNEN) == [
        "gepubliceerd/l1/levering.yml: bron: 'pfzw_dekking' hoort niet in de map gepubliceerd.\n"
        "  De map draagt de naam van de bron. Lever een verbeterde versie aan en trek deze in met: "
        f'.venv/bin/regiomonitor withdraw gepubliceerd/l1 --raw {tmp_path / "raw"} --reden "vul hier in waarom"'
    ]


def test_a_data_file_beside_the_deliveries_is_not_missed_in_silence(maak_levering, tmp_path):
    map_ = maak_levering(GOED)
    for los in (map_.parent / "dekking.csv", tmp_path / "raw" / "dekking.xlsx"):
        los.write_text(DEKKING, encoding="utf-8")
    assert [melding.splitlines()[0] for melding in refused(find_leveringen, tmp_path / "raw", BRONNEN)] == [
        "dekking.xlsx: Dit bestand staat los, buiten een levering.",
        "pfzw_dekking/dekking.csv: Dit bestand staat los, buiten een levering.",
    ]


def test_linked_folders_are_not_followed(maak_levering, tmp_path):
    map_ = maak_levering(GOED)
    (map_.parent / "l2").symlink_to(map_)
    (tmp_path / "raw" / "gepubliceerd").symlink_to(map_.parent)
    assert [melding.splitlines()[0] for melding in refused(find_leveringen, tmp_path / "raw", BRONNEN)] == [
        "gepubliceerd: Dit is een verwijzing (symlink) en geen map.",
        "pfzw_dekking/l2/: Deze naam of verwijzing is niet toegestaan.",
    ]


def test_hidden_files_and_half_taken_in_deliveries_do_not_count(maak_levering, tmp_path):
    map_ = maak_levering(GOED)
    (map_.parent / ".aannemen-x").mkdir()
    (map_ / ".dekking.xlsx").write_text("x", encoding="utf-8")
    assert [levering.levering_id for levering in find_leveringen(tmp_path / "raw", BRONNEN)] == ["pfzw_dekking/l1"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert "Deze map bestaat niet." in refused(find_leveringen, tmp_path / "weg", BRONNEN)[0]


def test_a_delivery_can_be_checked_from_inside_its_folder(maak_levering, monkeypatch):
    monkeypatch.chdir(maak_levering(GOED))
    assert check_path(Path("."), None).levering.levering_id == "pfzw_dekking/l1"


@pytest.mark.parametrize(
    ("bestand", "bron", "melding"),
    [
        ("dekking.csv", None, "De bron ontbreekt.\n  Noem de bron met --bron."),
        ("dekking.csv", "../raw", "Bron '../raw' bestaat niet."),
        ("dekking.csv", "pfzw", "Bron 'pfzw' bestaat niet. Bedoelde u pfzw_dekking?"),
        ("dekking.csv", "gepubliceerd", "Aan de naam is niet te zien welke tabel van bron gepubliceerd dit is."),
        (
            "levering.yml",
            "pfzw_dekking",
            "Dit beschrijft een levering en is er zelf geen tabel van.\n  Noem in de opdracht de map",
        ),
        ("../l1/weg.csv", "pfzw_dekking", "Dit pad bestaat niet."),
    ],
)
def test_a_loose_file_needs_a_source_that_knows_it(maak_levering, bestand, bron, melding):
    (gevonden,) = refused(check_path, maak_levering(GOED) / bestand, bron)
    assert melding in gevonden


def test_another_source_than_the_description_says_is_refused(maak_levering):
    (melding,) = refused(check_path, maak_levering(GOED), "gepubliceerd")
    assert melding.startswith("levering.yml: bron: 'pfzw_dekking' is niet de bron van de aanroep (gepubliceerd).")


def test_every_version_is_kept_byte_for_byte(maak_levering, tmp_path):
    map_ = maak_levering({"dekking": DEKKING.replace("\n", "\r\n")})
    (map_ / "levering.yml").write_bytes((map_ / "levering.yml").read_bytes().replace(b"\n", b"\r\n"))
    plekken = [accept_path(map_, None, "2021", tmp_path / "bak").plek for _ in range(2)]
    assert [plek.name for plek in plekken] == ["2021-2025-06-30", "2021-2025-06-30-v2"]
    assert all(tree(plek) == tree(map_) for plek in plekken)
    assert len(find_leveringen(tmp_path / "bak", BRONNEN)) == 2


def test_a_loose_file_gets_a_description_that_can_be_read_back(maak_levering, tmp_path):
    plek = accept_path(maak_levering(GOED) / "dekking.csv", "pfzw_dekking", "2020/21", tmp_path / "bak").plek
    (levering,) = find_leveringen(tmp_path / "bak", BRONNEN)
    assert (levering.map, levering.periode, levering.herkomst) == (plek, "2020/21", "levering")


def test_two_that_choose_the_same_name_at_once_do_not_overwrite_each_other(maak_levering, tmp_path, monkeypatch):
    map_ = maak_levering(GOED)
    eerste = accept_path(map_, None, "2021", tmp_path / "bak").plek
    bestaat = Path.exists
    monkeypatch.setattr(Path, "exists", lambda pad: pad != eerste and bestaat(pad))
    assert accept_path(map_, None, "2021", tmp_path / "bak").plek.name == "2021-2025-06-30-v2"


@pytest.mark.parametrize(
    ("tabellen", "periode"), [(KAPOT, "2021"), (GOED, "2019"), (GOED, "../../tmp"), ({"dekking": ""}, "2021")]
)
def test_a_rejected_delivery_leaves_the_raw_folder_as_it_was(maak_levering, tmp_path, tabellen, periode):
    map_ = maak_levering(tabellen)
    bak = tmp_path / "bak"
    bak.mkdir()
    assert refused(accept_path, map_, None, periode, bak)
    assert tree(bak) == {}


def test_a_copy_that_fails_halfway_leaves_no_half_delivery(maak_levering, tmp_path, monkeypatch):
    map_ = maak_levering(GOED)

    def full(*_args, **_kwargs):
        raise OSError(28, "vol")

    monkeypatch.setattr("pipelines.levering.aannemen.shutil.copyfile", full)
    with pytest.raises(OSError, match="vol"):
        accept_path(map_, None, "2021", tmp_path / "bak")
    assert find_leveringen(tmp_path / "bak", BRONNEN) == []
    assert not [pad for pad in (tmp_path / "bak").rglob("*") if pad.is_file()]


def test_a_loose_file_can_be_confidential_and_a_jump_in_it_confirmed(maak_levering, tmp_path):
    los = Los(vertrouwelijk=True, sprong="De branche is anders ingedeeld")
    plek = accept_path(maak_levering(GOED) / "dekking.csv", "pfzw_dekking", "2020/21", tmp_path / "bak", los=los).plek
    levering = read_levering(plek, BRONNEN, "pfzw_dekking")
    assert (levering.vertrouwelijk, levering.bevestigd.sprong) == (True, "De branche is anders ingedeeld")
