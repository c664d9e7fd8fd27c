"""Data aanleveren: from a supplier's own file to a delivery that is filed, on the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scherm import SCHERM, new_screen, plain
from streamlit.testing.v1 import AppTest

from app.opdrachten.aanleveren.loket import answer
from app.raam import loket
from pipelines.afspraken.contract import load_bronnen
from pipelines.levering.kolommen.voorstel import propose
from pipelines.levering.toets import leesproces

KOP = "Verzuim per regio\n\nTijdvak;Regio;Branche;Ziekteverzuim\n"
GOED = KOP + "2023 1e kwartaal;Heel Nederland;Ouderenzorg;8,1\n2023 1e kwartaal;Heel Nederland;Alle zorg;7,2\n"


@pytest.fixture
def raw(kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


@pytest.fixture
def hier(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer in this process what the page asks: to start one for every answer takes seconds (the door has a test)."""
    monkeypatch.setattr(loket, "_run", lambda vraag, _meld: json.loads(json.dumps(answer(vraag), default=str)))
    monkeypatch.setattr(leesproces, "propose_apart", propose)


def drop(inhoud: str, naam: str, bron: str = "verzuim") -> AppTest:
    """Return the page after a file of this source was dropped on it."""
    scherm = new_screen(SCHERM.format(pagina="aanleveren"), 120).run()
    scherm.selectbox(key="lever_bron").select(bron).run()
    scherm.selectbox(key=f"lever_van_{bron}").select(load_bronnen()[bron].leverancier).run()
    scherm.file_uploader(key="lever_bestand").upload(naam, inhoud.encode(), "text/csv").run()
    assert not scherm.exception
    return scherm


def fields(scherm: AppTest) -> dict[str, object]:
    """Return what the mapping step proposes, by its label without the signs that keep it plain."""
    return {
        veld.label.replace("\\", ""): veld.value for soort in (scherm.selectbox, scherm.text_input) for veld in soort
    }


def press(scherm: AppTest, naam: str) -> AppTest:
    next(knop for knop in scherm.button if knop.label == naam).click().run()
    assert not scherm.exception
    return scherm


def test_a_file_in_its_own_layout_is_mapped_checked_and_filed(raw: Path, hier: None) -> None:
    scherm = drop(GOED, "Verzuim Q1 (def).csv")
    velden = fields(scherm)
    assert velden["Kolom 'Ziekteverzuim' (zoals 8,1, 7,2)"] == "percentage"
    assert velden["'Ouderenzorg' is"] == "VVT"
    press(scherm, "Controleer")
    assert "Kies nog wat dit is: meting." in plain(scherm)
    assert "klopt niet" not in plain(scherm)
    next(veld for veld in scherm.selectbox if veld.label == "meting (nodig)").select("vernet")
    press(scherm, "Controleer")
    assert "Kies nog wat dit is" not in plain(scherm)
    assert "Goedgekeurd" in plain(scherm)
    assert list(raw.iterdir()) == []
    # What was read is there to see, and nothing is filed by a button that looks like the next step.
    assert "De eerste rijen, zoals zij zijn gelezen" in plain(scherm)
    assert "8,1" in plain(scherm)
    assert not [knop for knop in scherm.button if knop.label == "Bewaar als nieuwe versie"]
    press(scherm, "Bewaar zonder proef")
    assert "Zeg eerst of deze cijfers vertrouwelijk zijn." in plain(scherm)
    vertrouwelijk = next(veld for veld in scherm.radio if veld.label == "Zijn deze cijfers vertrouwelijk?")
    vertrouwelijk.set_value(vertrouwelijk.options[1])
    press(scherm, "Bewaar zonder proef")
    (map_,) = (raw / "verzuim").iterdir()
    assert (map_ / "verzuim.csv").read_text(encoding="utf-8") == GOED
    assert "vast:\n    meting: vernet" in (map_ / "kolommen.yml").read_text(encoding="utf-8")
    assert "\nvertrouwelijk: ja\n" in (map_ / "levering.yml").read_text(encoding="utf-8")
    assert "Bewaard, nog niet in de publicatie" in plain(scherm)
    # The second time there is nothing to choose.
    tweede = drop(GOED.replace("1e kwartaal", "2e kwartaal"), "Verzuim Q2.csv")
    assert tweede.radio[0].value == "Zoals de vorige levering"
    assert "Goedgekeurd" in plain(tweede)
    # A column has another name: that one is asked, and all else is as it was told.
    derde = drop(GOED.replace("Ziekteverzuim", "Afwezig"), "Verzuim Q3.csv")
    assert [expander.label for expander in derde.expander if expander.label.startswith("Zoals")] == [
        "Zoals de vorige keer (7)"
    ]
    assert {naam: waarde for naam, waarde in fields(derde).items() if naam.startswith(("Kolom", "meting"))} == {
        "Kolom 'Tijdvak' (zoals 2023 1e kwartaal)": "periode",
        "Kolom 'Regio' (zoals Heel Nederland)": "regio_code",
        "Kolom 'Branche' (zoals Ouderenzorg, Alle zorg)": "branche_code",
        "Kolom 'Afwezig' (zoals 8,1, 7,2)": None,
        "meting (nodig)": "vernet",
    }
    next(v for v in derde.selectbox if v.label.startswith("Kolom 'Afwezig'")).select("percentage")
    press(derde, "Controleer")
    assert "Goedgekeurd" in plain(derde)


def test_a_guess_of_which_figure_it_is_is_not_filled_in(raw: Path, hier: None) -> None:
    kop = "Kwartaal;Regio;Sector;vacatures nieuw;vacatures open\n"
    scherm = drop(kop + "2026KW01;Nederland;TOTAAL;120;200\n", "lijst.csv", "vacatures")
    (veld,) = (v for v in scherm.selectbox if v.label.startswith("Kolom 'vacatures nieuw'"))
    assert (veld.value, veld.proto.placeholder) == (None, "Kies… misschien openstaand")
    assert fields(scherm)["Kolom 'Regio' (zoals Nederland)"] == "regio_code"
    press(scherm, "Controleer")
    # The figure that is left may be the other column: it is not left out without a word.
    assert "Kies nog wat dit is: kolom 'vacatures nieuw'; kolom 'vacatures open'; afbakening." in plain(scherm)
    next(v for v in scherm.selectbox if v.label == veld.label).select("ontstaan")
    next(v for v in scherm.selectbox if v.label.startswith("Kolom 'vacatures open'")).select("openstaand")
    press(scherm, "Controleer")
    assert "Kies nog wat dit is: afbakening." in plain(scherm)


def test_a_new_supplier_is_typed_in_a_field_that_a_run_leaves_alone(raw: Path, hier: None) -> None:
    scherm = drop(GOED, "verzuim.csv")
    scherm.selectbox(key="lever_van_verzuim").select("Iemand anders").run()
    assert "typ die naam" in plain(scherm)
    scherm.text_input(key="lever_ander_verzuim").set_value(" Onze Zorgkoepel ").run()
    scherm.file_uploader(key="lever_bestand").upload("ander.csv", GOED.encode(), "text/csv").run()
    assert scherm.text_input(key="lever_ander_verzuim").value == " Onze Zorgkoepel "
    assert "typ die naam" not in plain(scherm)


def test_what_is_wrong_is_told_with_its_place_and_as_text(raw: Path, hier: None) -> None:
    vals = "periode;regio_code;branche_code;meting;percentage\n2023KW01;NL01;<img src=x onerror=alert(1)>;kzv;7,2\n"
    scherm = drop(vals, "verzuim.csv")
    assert "1 ding klopt niet in verzuim.csv" in plain(scherm)
    assert "rij 2 branche_code: '<img src=x onerror=alert(1)>' bestaat niet." in plain(scherm)
    html = "\n".join(e.proto.body for e in scherm.get("html"))
    assert "&lt;img src=x" in html
    assert "<img src=x" not in html
    assert not [knop for knop in scherm.button if knop.label.startswith("Bewaar")]
    assert list(raw.iterdir()) == []


def test_an_answer_comes_through_the_door_and_nothing_of_a_file_stays_behind(
    raw: Path, kleine_publicatie: Path
) -> None:
    eerder = sorted(kleine_publicatie.rglob("*"))
    assert "voorstel" in loket.ask("voorstel", ("x.csv", GOED.encode()), bron="verzuim")
    assert sorted(kleine_publicatie.rglob("*")) == eerder


@pytest.mark.parametrize(
    ("naam", "veilig"),
    [
        ("verzuim.csv", "verzuim.csv"), ("../../etc/passwd.csv", "passwd.csv"), ("C:\\x\\a.XLSX", "a.xlsx"),
        ("a\0\n<b>.csv", "a___b_.csv"), (".csv", "csv"), ("", "bestand"), ("x" * 300 + ".csv", "x" * 80 + ".csv"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_can_do_no_harm(naam: str, veilig: str) -> None:
    assert loket.plain_name(naam) == veilig


def test_where_nobody_may_deliver_the_page_says_why_and_the_door_is_shut(
    kleine_publicatie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    monkeypatch.delenv(loket.SCHAKELAAR, raising=False)
    scherm = new_screen(SCHERM.format(pagina="aanleveren")).run()
    assert "Hier kunt u niet aanleveren" in plain(scherm)
    assert not scherm.get("file_uploader")
    with pytest.raises(PermissionError):
        loket.ask("build")
