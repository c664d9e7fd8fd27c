"""What is made at a click is of the publication that the page read, and only for who may read it then."""

from __future__ import annotations

import io
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import duckdb
import openpyxl
import pytest
from gesprekpublicatie import REGIOS, write_test_bed
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from toegangsbed import KOEKJESGEHEIM, login_settings

from app.documenten import maken
from app.lezen import data
from app.lezen.publicatie import gekozen
from app.raam.meenemen import documentknoppen, downloads
from app.raam.meenemen.later import later
from app.raam.wie.afgemeld import Afgemeld
from app.rollen.lezer import SCHAKELAAR
from pipelines.afspraken.warehouse import concept
from pipelines.afspraken.warehouse.bewaard import Ingetrokken, announce
from pipelines.afspraken.warehouse.gaaf import record_sum
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE, WERK

KOEKJE = "_streamlit_user"
INSTELLINGEN = (
    login_settings()
    + """[toegang.org.personen]
"jo@voorbeeld.nl" = ["meelezer"]
"""
)


def publish(warehouse: Path, naam: str, anders: str = "") -> None:
    """Put a publication of a few rows in place as a build does, after these statements."""
    nieuw = warehouse / "nieuw.duckdb"
    write_test_bed(nieuw, {REGIOS[0]: {}})
    with duckdb.connect(str(nieuw)) as con:
        con.execute(f"update publicatie set publicatie_id = '{naam}'; {anders}")
    (warehouse / ARCHIEF).mkdir(exist_ok=True)
    record_sum(warehouse / ARCHIEF, naam, nieuw)
    shutil.copyfile(nieuw, warehouse / ARCHIEF / f"{naam}.duckdb")
    nieuw.replace(warehouse / PUBLICATIE)


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse with publication P1 and concept X1, where jo is logged in, who reads along."""
    warehouse, klaar = tmp_path / "wh", tmp_path / "klaar"
    for map_ in (warehouse, klaar):
        map_.mkdir()
    publish(warehouse, "P1")
    shutil.copyfile(warehouse / PUBLICATIE, klaar / PUBLICATIE)
    with duckdb.connect(str(klaar / PUBLICATIE)) as con:
        con.execute("update publicatie set publicatie_id = 'X1'")
    (klaar / WERK).write_bytes(b"werk")
    concept.set_ready(klaar, warehouse, "X1")
    pad = tmp_path / "toegang.toml"
    pad.write_text(INSTELLINGEN, encoding="utf-8")
    pad.chmod(0o600)
    gegevens = {
        "provider": "org", "origin": "https://monitor.voorbeeld.nl", "is_logged_in": True, "iat": time.time(),
        "email": "jo@voorbeeld.nl", "email_verified": True,
    }  # fmt: skip
    koekjes = {KOEKJE: create_signed_value(KOEKJESGEHEIM, KOEKJE, json.dumps(gegevens)).decode()}
    monkeypatch.setattr("app.raam.wie.koekje.get_cookie_secret", lambda: KOEKJESGEHEIM)
    monkeypatch.setattr("app.raam.wie.lezer.AFGEMELD", Afgemeld())
    monkeypatch.setattr("app.raam.meenemen.later.st.context", SimpleNamespace(cookies=koekjes))
    monkeypatch.setenv(SCHAKELAAR, str(pad))
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    yield warehouse
    gekozen.choose("")


def read(naam: str = "", *, mag_concept: bool = False) -> Callable[[], bytes]:
    """Read a publication as a run does, and return what a button of it makes once the run is over."""
    gekozen.choose(naam, mag_concept=mag_concept)
    gekozen.hold(data.kenmerk())
    maak = later(lambda: f"{data.publicatie(data.kenmerk()).publicatie_id}: {downloads._publication()}".encode())
    gekozen.choose("")
    return maak


def test_a_file_is_of_the_publication_of_the_page_though_a_newer_one_came(warehouse: Path) -> None:
    maak = read()
    publish(warehouse, "P2")
    assert data.publicatie(data.kenmerk()).publicatie_id == "P2"
    assert maak().startswith(b"P1: Regiomonitor, publicatie P1 ")


def test_what_is_hidden_since_the_page_was_read_is_hidden_in_the_file_that_is_made(warehouse: Path) -> None:
    vraag = "select count(*) from waarneming where waarde is not null"
    gekozen.choose("")
    gekozen.hold(data.kenmerk())
    maak = later(lambda: str(data.haal_tabel(data.kenmerk(), vraag).rijen[0][0]).encode())
    voor = int(maak())
    gekozen.choose("")
    publish(warehouse, "P2", "update waarneming set waarde = null, status = 'onderdrukt'")
    assert (voor > 0, maak()) == (True, b"0")


def test_what_was_let_go_is_read_again_from_what_was_kept_and_not_from_what_stands_there_now(warehouse: Path) -> None:
    merk = data.kenmerk()
    vraag = "select publicatie_id from publicatie"
    assert data.haal_tabel(merk, vraag).rijen == (("P1",),)
    for naam in ("P2", "P3", "P4"):
        publish(warehouse, naam)
        assert data.haal_tabel(data.kenmerk(), vraag).rijen == ((naam,),)
    assert data.haal_tabel(merk, vraag).rijen == (("P1",),)


def test_a_page_asks_once_which_publication_it_reads(warehouse: Path) -> None:
    gekozen.choose("")
    gekozen.hold(eerst := data.kenmerk())
    publish(warehouse, "P2")
    assert data.kenmerk() == eerst
    gekozen.choose("")
    assert data.kenmerk() != eerst


def test_no_file_of_a_concept_is_made_once_the_role_is_gone(warehouse: Path, tmp_path: Path) -> None:
    maak = read("X1", mag_concept=True)
    assert maak().startswith(b"X1: CONCEPT, niet vrijgegeven")
    (tmp_path / "toegang.toml").write_text(INSTELLINGEN.replace("meelezer", "kijker"), encoding="utf-8")
    with pytest.raises(PermissionError):
        maak()
    # What everybody who logs in may read is still there for this one, and for nobody who logged out.
    gewoon = read()
    assert gewoon()
    (tmp_path / "toegang.toml").write_text(INSTELLINGEN.replace('["meelezer"]', "[]"), encoding="utf-8")
    with pytest.raises(PermissionError):
        gewoon()


def test_no_file_is_made_of_what_was_withdrawn(warehouse: Path) -> None:
    maak = read()
    publish(warehouse, "P2")
    announce(warehouse, Ingetrokken("P1", None, "fout"))
    with pytest.raises(PermissionError):
        maak()


def _everything(inhoud: bytes, map_: Path) -> str:
    """Return every cell of every table of a file with a publication, and what is remarked on it."""
    pad = map_ / "gekregen.duckdb"
    pad.write_bytes(inhoud)
    with duckdb.connect(str(pad), read_only=True) as con:
        tabellen = con.execute("select table_name, comment from duckdb_tables()").fetchall()
        rijen = [con.execute(f'select t::varchar from "{naam}" t').fetchall() for naam, _ in tabellen]
    pad.unlink()
    return f"{tabellen} {rijen}"


def test_all_of_an_earlier_publication_in_one_file_is_of_then_without_what_is_hidden_now(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cel = f"indicator_id = 'dekkingsgraad' and regio_code = '{REGIOS[0]}' and periode = '2021'"
    land = cel.replace(REGIOS[0], "NL01")
    doel = cel.partition(" and periode")[0]
    publish(warehouse, "P1", f"update waarneming set waarde = 0.617283 where {cel}; update waarneming set "
            f"waarde = 0.512345 where {land}; update doel set nulwaarde = 0.617283 where {doel}")  # fmt: skip
    aangeboden: dict[str, Callable[[], bytes]] = {}
    knop = lambda *_, data, file_name, **__: aangeboden.update({file_name: data})  # noqa: E731
    monkeypatch.setattr(f"{downloads.__name__}.st.download_button", knop)
    publish(warehouse, "P2", f"update waarneming set waarde = 0.7, n = 3 where {cel}")
    gekozen.choose("P1")
    gekozen.hold(data.kenmerk())
    downloads.whole_button()
    gekozen.choose("")
    ((naam, maak),) = aangeboden.items()
    assert naam == "regiomonitor_zoals-bekend-P1.duckdb"
    toen = _everything(maak(), tmp_path)
    assert all(deel in toen for deel in ("0.617283", "0.512345", "zoals toen bekend; niet de nieuwste"))
    assert "P2" not in toen
    # The page still stands open when a build hides the cell.
    publish(warehouse, "P3", f"update waarneming set waarde = null, status = 'onderdrukt' where {cel}")
    nu = _everything(maak(), tmp_path)
    assert "0.617283" not in nu
    assert "0.512345" in nu
    announce(warehouse, Ingetrokken("P1", None, "fout"))
    with pytest.raises(PermissionError):
        maak()


def test_a_document_of_a_concept_says_that_it_is_one(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gekozen.choose("X1", mag_concept=True)
    merk = data.kenmerk()
    gekozen.hold(merk)
    document = maken.compose(merk, REGIOS[0])
    assert "Concept: deze publicatie is niet vrijgegeven. Deel er niets uit." in document.regels
    assert document.publicatie.startswith("CONCEPT, niet vrijgegeven")
    aangeboden: dict[str, Callable[[], bytes]] = {}
    knop = lambda *_, data, file_name, **__: aangeboden.update({file_name: data})  # noqa: E731
    for deel in (downloads, documentknoppen):
        monkeypatch.setattr(f"{deel.__name__}.st.download_button", knop)
    mee = downloads.Download("cijfers", ("regio_code",), lambda: [("NL01",)])
    downloads.table_buttons("Cijfers", mee)
    assert [naam for naam in aangeboden if "_concept-X1" not in naam] == []
    boek = openpyxl.load_workbook(io.BytesIO(aangeboden["cijfers_concept-X1.xlsx"]()))
    assert "CONCEPT, niet vrijgegeven" in str([cel.value for rij in boek["Voorblad"].iter_rows() for cel in rij])
    assert maken.file_name(data.publicatie(merk), REGIOS[0], "pdf").endswith("_X1_concept.pdf")
