"""What a page shows to whom: the committee's notes to the committee, and nothing at all to who is out."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

import pytest
from gesprekpublicatie import REGIOS, write_test_bed
from scherm import SCHERM, new_screen, run, text

from app.commissie.bank.opslag import URL
from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from app.opdrachten.aanleveren.loket import WOORDEN
from app.raam import loket
from app.rollen.lezer import NIEMAND, SCHAKELAAR, Lezer
from app.rollen.rechten import read_role

HOOFD = Path(__file__).parents[3] / "app" / "hoofd.py"
REGIO = REGIOS[0]


@pytest.fixture
def notitie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One note of the committee about a region; its text."""
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    write_test_bed(tmp_path / "publicatie.duckdb", {REGIO: {}})
    inhoud = Inhoud(tekst="Bestuur is verdeeld.")
    onderwerp = Onderwerp("notitie", REGIO, 2023)
    assert open_opslag(tmp_path).save(onderwerp, inhoud, wie="An", rol="commissie", gebaseerd_op=0)
    return inhoud.tekst


def show_as(rol: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("app.raam.wie.lezer.current", lambda: Lezer("jo@voorbeeld.nl", (read_role(rol),)))
    scherm = run("voortgangsgesprek", regio=REGIO, gespreksjaar="2023", onderdeel="afspraken")
    velden = "" if not scherm.text_area else "velden"
    return f"{text(scherm)} {velden}"


@pytest.mark.parametrize("rol", ["kijker", "wgo:WGO01", "leverancier:verzuim", "beheer"])
def test_notes_are_for_the_committee_alone(notitie: str, rol: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gezien = show_as(rol, monkeypatch)
    assert "ziet alleen de commissie" in gezien
    assert notitie not in gezien
    assert "velden" not in gezien
    assert "Met scores, notities en afspraken" not in gezien


def test_the_committee_writes_under_the_name_it_logged_in_with(notitie: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gezien = show_as("commissie", monkeypatch)
    assert notitie in gezien
    assert "U schrijft als jo@voorbeeld.nl;" in gezien
    assert "Uw naam" not in gezien
    scherm = run("voortgangsgesprek", regio=REGIO, gespreksjaar="2023")
    veld = f"score/{REGIO}/2023/regiovisie/verstevigen_0"
    scherm.radio(key=f"score_{veld}").set_value(2)
    scherm.text_area(key=f"tekst_{veld}").set_value("Een visie.")
    scherm.button(key="werkblad_bewaren").click().run()
    laatste = open_opslag(Path(os.environ["REGIOMONITOR_WAREHOUSE"])).history()[-1]
    assert (laatste.inhoud.tekst, laatste.wie) == ("Een visie.", "jo@voorbeeld.nl")


def test_who_is_out_sees_no_page(notitie: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCHAKELAAR, str(tmp_path / "weg.toml"))
    scherm = new_screen(HOOFD).run()
    assert not scherm.exception
    assert (
        re.sub("<[^>]*>", "", text(scherm)).strip()
        == "Uw sessie is voorbij. Laad de pagina opnieuw om u weer aan te melden."
    )


def test_a_supplier_asks_about_its_own_source_and_gets_the_template_outside_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path))
    monkeypatch.setattr(loket, "_run", lambda vraag, _meld: {"wat": vraag["wat"]})
    monkeypatch.setattr(
        "app.raam.wie.lezer.current", lambda: Lezer("jo@voorbeeld.nl", (read_role("leverancier:verzuim"),))
    )
    assert loket.ask("withdraw", levering="verzuim/x_20230101") == {"wat": "withdraw"}
    assert loket.ask("eerder", bron="verzuim") == {"wat": "eerder"}
    for velden in (
        {"bron": "azw"}, {"levering": "azw/x_20230101"}, {"levering": f"{tmp_path}/azw/x_20230101"},
        {"levering": "verzuim/../azw/x_20230101"}, {"bron": "verzuim/../azw"},
        {"bron": "verzuim", "levering": "azw/x_20230101"},
    ):  # fmt: skip
        with pytest.raises(PermissionError):
            loket.ask("withdraw", **velden)
    # A download is made where there is no run, and so nobody who asks.
    monkeypatch.setattr("app.raam.wie.lezer.current", lambda: NIEMAND)
    assert loket.ask("sjabloon", bron="verzuim", tabel="verzuim") == {"wat": "sjabloon"}
    with pytest.raises(PermissionError):
        loket.ask("eerder", bron="verzuim")


@pytest.mark.parametrize(("rol", "mag"), [("leverancier:verzuim", False), ("beheer", True), ("", True)])
def test_a_publication_of_all_deliveries_is_not_for_a_supplier_to_make(
    rol: str, mag: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path))
    write_test_bed(tmp_path / "publicatie.duckdb", {REGIO: {}})
    monkeypatch.setattr(loket, "_run", lambda vraag, _meld: {"wat": vraag["wat"], "versies": []})
    if rol:
        monkeypatch.setattr("app.raam.wie.lezer.current", lambda: Lezer("jo@voorbeeld.nl", (read_role(rol),)))
    scherm = new_screen(SCHERM.format(pagina="aanleveren"), 120)
    scherm.session_state["lever_bewaard"] = ["verzuim/x"]
    scherm.run()
    assert not scherm.exception
    assert any(knop.key == "lever_bouw" for knop in scherm.button) is mag
    assert ("gaat mee met de volgende publicatie" in text(scherm)) is not mag
    if mag:
        assert loket.ask("build") == {"wat": "build", "versies": []}
        return
    # Nor by asking the door for something of one's own beside it.
    for velden in ({}, {"bron": "verzuim"}, {"levering": "verzuim/x"}):
        with pytest.raises(PermissionError):
            loket.ask("build", **velden)


LEVERT = {"voorstel", "eerder", "check", "proef", "accept", "withdraw"}
AAN_HET_LOKET: dict[str, set[tuple[str, str]]] = {
    **{rol: set() for rol in ("kijker", "wgo:WGO01", "regio:RA0101", "commissie", "meelezer")},
    "leverancier:verzuim": {(wat, "verzuim") for wat in LEVERT},
    "beheer": {(wat, bron) for wat in LEVERT for bron in ("verzuim", "azw")}
    | {("build", bron) for bron in ("verzuim", "azw", "")},
}


@pytest.mark.parametrize("rol", AAN_HET_LOKET)
def test_every_word_about_deliveries_against_every_role_and_a_word_without_a_rule_is_nobodys(
    rol: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    monkeypatch.setenv("REGIOMONITOR_RAW", str(tmp_path))
    monkeypatch.setattr(loket, "_run", lambda vraag, _meld: {"wat": vraag["wat"]})
    monkeypatch.setattr("app.raam.wie.lezer.current", lambda: Lezer("jo@voorbeeld.nl", (read_role(rol),)))
    mag = set()
    for wat in {*WOORDEN, "nieuw_woord"} - {"sjabloon"}:
        for bron in ("verzuim", "azw", ""):
            with contextlib.suppress(PermissionError):
                loket.ask(wat, **({"levering": f"{bron}/x"} if bron and wat == "withdraw" else {"bron": bron}))
                mag.add((wat, bron))
    assert mag == AAN_HET_LOKET[rol]
