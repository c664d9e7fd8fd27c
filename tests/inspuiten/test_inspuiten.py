"""Whatever a delivered text, a note, a name or a parameter wants to be, in every way out it is text and no more."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from documentdelen import squeeze
from kwaadbed import KWAAD, bad, marks
from onschadelijk import LEZERS, csv_texts
from opendata import Loket, counter
from scherm import plain, run

from app.dienst import asgi
from app.dienst.bewaking import toestand
from app.dienst.toegang import allowed_addresses
from app.documenten import commissie, maken
from app.lezen.gevraagd import publication_of
from app.opdrachten.cli import main
from app.post import aanleiding, brief, inhoud
from app.raam import loket as aanleverloket
from pipelines.afspraken.vangnet import LOGBOEK

# What each way out shows of what was delivered; of each of these all kinds get there.
CIJFER = {"cijferbron", "citaat"}
PLAN = {"actie", "trekker"}
VERHAAL = {"titel", "samenvatting"}
UITWEGEN: dict[str, tuple[str, set[str]]] = {
    **{f"{naam}.{vorm}": (vorm, CIJFER) for naam in ("indicatoren/vacaturegraad", "regios/RA0101")
       for vorm in ("csv", "nl.csv", "json", "parquet", "xlsx", "ods")},
    "indicatoren/vacaturegraad.sdmx.csv": ("sdmx.csv", set()),
    "indicatoren/vacaturegraad.jsonstat.json": ("jsonstat.json", set()),
    "indicatoren/vacaturegraad.csv-metadata.json": ("json", set()),
    "indicatoren/vacaturegraad": ("json", set()),
    "indicatoren/vacaturegraad.atom": ("atom", set()),
    "publicaties.atom": ("atom", set()),
    "catalogus.ttl": ("ttl", set()),
    "catalogus.jsonld": ("jsonld", set()),
    "CITATION.cff": ("cff", set()),
}  # fmt: skip
DOCUMENTEN = {
    ("RA0101", "docx"): PLAN,
    ("RA0101", "pptx"): PLAN,
    ("RA0101", "pdf"): PLAN,
    ("NL01", "docx"): set(),
    ("NL01", "pptx"): set(),
    ("NL01", "pdf"): set(),
}


@pytest.fixture
def warehouse_van(kwaad: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kwaad))
    return kwaad


@pytest.fixture
def loket() -> Iterator[Loket]:
    with counter() as geopend:
        yield geopend


def assert_whole(vorm: str, teksten: list[str], kolommen: set[str], *, soorten: set[str] | None = None) -> None:
    """Each text that stands somewhere stands there as it was delivered, and of these columns all kinds do."""
    for tekst in teksten:
        vast = squeeze(tekst)
        for soort, kolom in marks(tekst):
            # Where a figure stands may be several places, and each is told by itself.
            if kolom not in ("vindplaats", "plaats"):
                assert squeeze(KWAAD[soort]) in vast, (vorm, soort, kolom)
    heel = squeeze(" ".join(teksten))
    verwacht = {f"kw{soort}_{kolom}" for soort in soorten or KWAAD for kolom in kolommen}
    assert {merk for merk in verwacht if merk not in heel} == set()


@pytest.mark.parametrize("naam", UITWEGEN)
def test_open_data_gives_every_text_and_runs_none(naam: str, loket: Loket, warehouse_van: Path) -> None:
    vorm, kolommen = UITWEGEN[naam]
    antwoord = loket.ask(f"/data/v1/{naam}")
    assert antwoord.status == 200
    assert_headers(antwoord.koppen)
    assert_whole(vorm, LEZERS[vorm](antwoord.inhoud), kolommen)


def assert_headers(koppen: dict[str, str]) -> None:
    """No header was made by a text, and none holds a line end."""
    assert "set-cookie" not in koppen
    assert not [waarde for waarde in koppen.values() if not waarde.isprintable() or "geraakt" in waarde]


@pytest.mark.parametrize(("code", "vorm"), DOCUMENTEN)
def test_a_document_says_every_text_and_runs_none(code: str, vorm: str, warehouse_van: Path) -> None:
    document = maken.compose(publication_of(warehouse_van, None), code)
    teksten = LEZERS[vorm](maken.write(document, vorm))
    assert_whole(vorm, teksten, DOCUMENTEN[code, vorm])
    # Of stories and figures there are some in it, not all.
    assert {kolom for _, kolom in marks(" ".join(teksten))} >= VERHAAL | CIJFER or vorm == "pptx"


@pytest.mark.parametrize("vorm", ["docx", "pdf", "pptx"])
def test_what_the_committee_wrote_is_text_in_a_document(vorm: str, warehouse_van: Path) -> None:
    notities = commissie.read(warehouse_van, "RA0101")
    document = maken.compose(publication_of(warehouse_van, None), "RA0101", notities=notities)
    # The newest holds.
    laatste = {[*KWAAD][-1]}
    verwacht = {"notitie"} if vorm != "pptx" else set()
    assert_whole(vorm, LEZERS[vorm](maken.write(document, vorm)), verwacht, soorten=laatste)


def test_what_the_committee_wrote_and_who_is_text_in_its_csv(warehouse_van: Path, tmp_path: Path) -> None:
    assert main(["committee", "export", str(tmp_path / "c.csv"), "--warehouse", str(warehouse_van)]) == 0
    teksten = csv_texts((tmp_path / "c.csv").read_bytes())
    assert_whole("csv", teksten, {"notitie"})
    # Of what a spreadsheet might run, behind an apostrophe.
    assert {tekst[:80] for tekst in KWAAD.values()} <= {tekst.removeprefix("'") for tekst in teksten}


def test_what_is_only_for_who_delivers_is_not_in_the_publication(kwaad: Path) -> None:
    with duckdb.connect(str(kwaad / "publicatie.duckdb"), read_only=True) as con:
        namen = con.execute("select table_name from duckdb_tables() where not internal").fetchall()
        rijen = [rij for (naam,) in namen for (rij,) in con.execute(f'select t::varchar from "{naam}" t').fetchall()]
    gezien = {kolom for _, kolom in marks(" ".join(rijen))}
    # How a supplier calls a column, and what stands in one that is left out; why it withdrew a delivery is told.
    assert not {"kop", "weg"} & gezien
    assert {"reden", "leverancier", "activiteit"} <= gezien


@pytest.mark.parametrize("vorm", ["csv", "xlsx", "json", "dcat"])
def test_what_is_written_in_a_folder_stays_in_it_and_is_text(vorm: str, warehouse_van: Path, tmp_path: Path) -> None:
    uit = tmp_path / "binnen" / "uit"
    assert main(["export", "--format", vorm, "-o", str(uit), "--warehouse", str(warehouse_van)]) == 0
    for pad in tmp_path.rglob("*"):
        assert pad == uit.parent or pad.is_relative_to(uit), pad
        if lezer := LEZERS.get(pad.suffix[1:]) if pad.is_file() else None:
            assert_whole(pad.suffix[1:], lezer(pad.read_bytes()), set())
    assert not Path("/tmp/geraakt").exists()


@pytest.mark.parametrize("soort", KWAAD)
def test_a_parameter_of_open_data_is_no_more_than_a_parameter(soort: str, loket: Loket, warehouse_van: Path) -> None:
    tekst = bad(soort, "vraag")
    for adres in (
        *(f"indicatoren/vacaturegraad.{v}?{p}={quote(tekst)}" for v in ("csv", "json")
          for p in ("regio", "periode", "niveau", "branche", "pagina", "publicatie", quote(tekst))),
        f"indicatoren/{quote(tekst)}.csv", f"regios/{quote(tekst, safe='')}", f"wijzigingen/{quote(tekst)}..x.json",
    ):  # fmt: skip
        antwoord = loket.ask(f"/data/v1/{adres}")
        assert antwoord.status in (200, 400, 404), adres
        assert_headers(antwoord.koppen)
        assert "passwd:" not in antwoord.inhoud.decode()
        if antwoord.status != 200:
            # A message is JSON, and is read as nothing else.
            assert antwoord.koppen["content-type"].startswith("application/json")
            json.loads(antwoord.inhoud)
    assert loket.ask("/data/v1/indicatoren/vacaturegraad.json").status == 200


@pytest.mark.parametrize("soort", KWAAD)
def test_the_name_of_a_file_is_a_name(soort: str) -> None:
    naam = aanleverloket.plain_name(f"{bad(soort, 'bestand')}\r\nx: y.csv")
    assert naam.isprintable()
    assert not {"/", "\\", "\r", "\n"} & {*naam}
    assert naam not in ("", ".", "..")


def test_a_log_says_nothing_of_what_was_delivered_written_or_asked(
    warehouse_van: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for soort in KWAAD:
            scherm = run("verhalen", zoek=bad(soort, "zoek"), regio=bad(soort, "regio"))
            assert "van 10" in plain(scherm)
    assert [r.getMessage() for r in caplog.records if marks(r.getMessage())] == []
    for pad in (warehouse_van / LOGBOEK, *warehouse_van.glob("logboek/*")):
        assert not pad.is_file() or not marks(pad.read_text("utf-8", errors="replace")), pad
    for soort in KWAAD:
        record = logging.LogRecord("regiomonitor", logging.INFO, "x", 1, "verzoek", (), None)
        record.velden = {"pad": f'/{bad(soort, "pad")}\r\n{{"wat": "nep"}}'}
        (regel,) = toestand._Json().format(record).splitlines()
        assert json.loads(regel)["wat"] == "verzoek"


def test_the_head_of_a_page_says_nothing_of_a_parameter(loket: Loket, warehouse_van: Path) -> None:
    loket.app = asgi.build(allowed_addresses(8501, "127.0.0.1"))  # type: ignore[assignment]
    for soort in KWAAD:
        tekst = quote(bad(soort, "vraag"))
        for pad in ("/", "/kaart", "/regio", "/indicator", "/verhalen"):
            vraag = "&".join(f"{p}={tekst}" for p in ("indicator", "regio", "branche", "zoek", "publicatie", "niveau"))
            antwoord = loket.ask(f"{pad}?{vraag}", host="localhost:8501")
            assert antwoord.status == 200
            assert_headers({k: w for k, w in antwoord.koppen.items() if k != "content-security-policy"})
            LEZERS["html"](antwoord.inhoud)


@pytest.mark.parametrize("soort", KWAAD)
def test_in_a_mail_every_text_is_one_line_of_text(soort: str) -> None:
    tekst = inhoud.plain(f"{bad(soort, 'bericht')}\r\nBcc: x@kwaad.invalid\u202e")
    punt = inhoud.Punt(tekst, "/kaart")
    mail = brief.make(
        inhoud.Brief("Proef", (tekst,), punt, (punt,), uit="/berichten/uit/x"), "jo@voorbeeld.nl", "m@voorbeeld.nl",
        "https://monitor.voorbeeld.nl", datetime(2026, 11, 30),
    )  # fmt: skip
    gelezen = message_from_bytes(mail.as_bytes(), policy=default)
    assert gelezen["Bcc"] is None
    assert [*gelezen.keys()] == [*mail.keys()]
    plat, html = (gelezen.get_body((s,)).get_content() for s in ("plain", "html"))  # type: ignore[union-attr]
    assert sum(squeeze(tekst) in squeeze(regel) for regel in plat.splitlines()) == 3
    assert_whole("html", LEZERS["html"](html.encode()), {"bericht"}, soorten={soort})


def test_a_mail_says_nothing_of_what_was_delivered_or_written(warehouse_van: Path) -> None:
    gezien = aanleiding.look(warehouse_van, [], date(2026, 11, 30))
    assert gezien.merk is not None
    signalen = list(gezien.signals_of("").values())
    assert signalen
    for gemaakt in (inhoud.publication(gezien.merk), inhoud.signals(gezien.merk, signalen), inhoud.agreements(2)):
        assert marks(brief.as_text(gemaakt, "https://monitor.voorbeeld.nl")) == set()
