"""What the service says of itself: alive, ready, counts for this computer alone, and lines without readers in them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from commissiebreken import forget, tamper
from gesprekpublicatie import REGIOS, write_test_bed
from starlette.requests import Request

from app.commissie.model import BESTAND, URL, Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from app.dienst.bewaking import toestand
from app.dienst.bewaking.notities import Notities
from app.raam.metingen import FOUTEN
from app.raam.wie.terugkeer import without_prose
from app.rollen.lezer import ONLEESBAAR, OPEN, SCHAKELAAR

SCORE = Onderwerp("score", "RA0205", 2026, "regiovisie/verstevigen")


async def answer(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


async def fail(_scope: Any, _receive: Any, _send: Any) -> None:
    raise ValueError("geheim cijfer 4861")


async def break_off(_scope: Any, _receive: Any, send: Any) -> None:
    await answer(_scope, _receive, send)
    raise ValueError("geheim cijfer 4861")


def ask(app: Any = answer, **scope: Any) -> list[Any]:
    """Return what is sent when an app is asked this; one that answers 200 where none is given."""
    gezonden: list[Any] = []

    async def send(bericht: Any) -> None:
        gezonden.append(bericht)

    heel = {"type": "http", "method": "GET", "path": "/kaart", "query_string": b"regio=RA0101", "headers": []} | scope
    asyncio.run(toestand.Verslag(app)(heel, None, send))  # type: ignore[arg-type]
    return gezonden


def test_ready_names_the_publication_and_says_when_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    assert toestand.ready(None).status_code == 503  # type: ignore[arg-type]
    write_test_bed(tmp_path / "publicatie.duckdb", {REGIOS[0]: {}})
    antwoord = toestand.ready(None)  # type: ignore[arg-type]
    inhoud = json.loads(bytes(antwoord.body))
    assert (antwoord.status_code, inhoud["klaar"], inhoud["vervangend"]) == (200, True, False)
    assert inhoud["publicatie"]


@pytest.mark.parametrize(
    ("schade", "reden"),
    [
        ("", None),
        ("afgekapt", "De notities van de commissie zijn beschadigd."),
        ("herschreven", "De notities van de commissie zijn beschadigd."),
    ],
)
def test_ready_says_that_the_notes_are_damaged_and_readers_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schade: str, reden: str | None
) -> None:
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    monkeypatch.setattr(toestand, "NOTITIES", Notities())
    write_test_bed(tmp_path / "publicatie.duckdb", {REGIOS[0]: {}})
    assert "commissie" not in json.loads(bytes(toestand.ready(None).body))  # type: ignore[arg-type]
    opslag = open_opslag(tmp_path)
    opslag.save(SCORE, Inhoud("Geheim", 2), wie="An", rol="commissie", gebaseerd_op=0)
    bestand = tmp_path / BESTAND
    if schade == "afgekapt":
        bestand.write_bytes(bestand.read_bytes()[:5_000] + b"\xff" * 3_000)
    elif schade:
        tamper(opslag, "update wijziging set tekst = 'anders'")
    forget()
    antwoord = toestand.ready(None)  # type: ignore[arg-type]
    stand = json.loads(bytes(antwoord.body))["commissie"]
    assert (antwoord.status_code, stand["klaar"]) == (200, not reden)
    assert (reden or "") in stand.get("reden", "")
    assert b"Geheim" not in bytes(antwoord.body)
    # Looked at once for all who ask meanwhile, and said to nobody where there are no notes.
    bestand.unlink()
    monkeypatch.setenv(SCHAKELAAR, OPEN)
    assert "commissie" not in json.loads(bytes(toestand.ready(None).body))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "vanaf", "koppen", "status"),
    [
        ("localhost:8501", "127.0.0.1", {}, 200),
        ("127.0.0.1:8501", "::1", {}, 200),
        ("monitor.voorbeeld.nl", "127.0.0.1", {}, 404),
        ("", "127.0.0.1", {}, 404),
        # Who is elsewhere can write any Host, also to a proxy that leaves it as it is.
        ("localhost:8501", "10.0.0.9", {}, 404),
        ("localhost:8501", "127.0.0.1", {"x-forwarded-for": "10.0.0.9"}, 404),
        ("localhost:8501", "127.0.0.1", {"forwarded": "for=10.0.0.9"}, 404),
    ],
)
def test_counts_are_for_this_computer_alone(host: str, vanaf: str, koppen: dict[str, str], status: int) -> None:
    verzoek = SimpleNamespace(headers={"host": host} | koppen, client=SimpleNamespace(host=vanaf))
    antwoord = toestand.metrics(verzoek)  # type: ignore[arg-type]
    assert antwoord.status_code == status
    assert (b"regiomonitor_rerun_seconds_bucket" in antwoord.body) is (status == 200)


def test_a_line_says_what_was_asked_and_not_by_whom_or_with_which_choice(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "regiomonitor"):
        (begin,) = ask(headers=[(b"cookie", b"geheim")], client=("10.0.0.9", 1))
    regel = json.loads(toestand._Json().format(caplog.records[-1]))
    nummer = dict(begin["headers"])[b"x-request-id"].decode()
    assert {naam: regel[naam] for naam in ("nummer", "soort", "pad", "status")} == {
        "nummer": nummer, "soort": "GET", "pad": "/kaart", "status": 200,
    }  # fmt: skip
    assert not {"RA0101", "geheim", "10.0.0.9"} & {deel for w in regel.values() for deel in str(w).split()}
    assert "RA0101" not in str(regel)


@pytest.mark.parametrize("app", [fail, break_off])
def test_a_route_that_raises_is_counted_and_told_as_a_failure(app: Any, caplog: pytest.LogCaptureFixture) -> None:
    teller = FOUTEN.labels("verzoek")._value
    eerder = teller.get()
    with caplog.at_level(logging.INFO, "regiomonitor"), contextlib.suppress(ValueError):
        begin, inhoud = ask(app)
        assert begin["status"] == 500
        assert b"x-request-id" in dict(begin["headers"])
        assert b"geheim" not in inhoud["body"]
    assert teller.get() == eerder + 1
    fout, verzoek = (json.loads(toestand._Json().format(r)) for r in caplog.records)
    assert (fout["fout"], fout["waar"][-1].split(":")[0]) == ("ValueError", "test_toestand.py")
    assert "geheim" not in str(fout)
    assert verzoek["status"] == 500


def test_the_number_of_a_proxy_is_kept_and_what_is_no_number_is_not() -> None:
    assert dict(ask(headers=[(b"X-Request-Id", b"abcdef-123456")])[0]["headers"])[b"x-request-id"] == b"abcdef-123456"
    for nep in (b"kort", b"a" * 65, b"abcdefgh\r\nset-cookie: x=1"):
        assert dict(ask(headers=[(b"x-request-id", nep)])[0]["headers"])[b"x-request-id"] != nep


def test_a_fault_is_told_by_its_kind_and_place_and_not_with_what_was_in_it() -> None:
    try:
        raise ValueError("geheim cijfer 4861")
    except ValueError:
        record = logging.LogRecord("regiomonitor", logging.ERROR, "x", 1, "Fout op een pagina\n{}", (), None)
        record.exc_info = sys.exc_info()
    regel = toestand._Json().format(record)
    assert "geheim" not in regel
    assert "\n" not in regel
    assert json.loads(regel)["fout"] == "ValueError"
    assert json.loads(regel)["waar"][-1].startswith("test_toestand.py:")


def test_streamlit_speaks_in_the_same_lines(capsys: pytest.CaptureFixture[str]) -> None:
    from streamlit.logger import get_logger

    schrijver = get_logger("streamlit.proef")
    namen = [n for n in logging.root.manager.loggerDict if n.partition(".")[0] in ("streamlit", "regiomonitor")]
    eerder = {n: (s.handlers, s.propagate, s.level) for n in namen for s in [logging.getLogger(n)]}
    try:
        toestand.write_json_lines()
        schrijver.error("Error during authentication: %s", "x\nregel van een ander")
    finally:
        for naam, (handlers, propagate, niveau) in eerder.items():
            logger = logging.getLogger(naam)
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(niveau)
    (regel,) = capsys.readouterr().out.splitlines()
    assert json.loads(regel)["wat"].endswith("x\nregel van een ander")


@pytest.mark.parametrize(
    ("vraag", "komt_door"),
    [
        (b"error=access_denied&error_description=jan%40zorg.nl+BSN+123&state=a", b"error=access_denied&state=a"),
        (b"error=jan%40zorg.nl&error%5Fdescription=x&error_uri=y", b"error=onbekend"),
        (b"code=a%2Fb%3D&state=c", b"code=a%2Fb%3D&state=c"),
    ],
)
def test_who_comes_back_from_a_provider_writes_nothing_of_his_own_in_the_log(vraag: bytes, komt_door: bytes) -> None:
    assert without_prose(vraag) == komt_door


def test_it_is_not_ready_while_the_settings_of_login_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = tmp_path / "toegang.toml"
    pad.write_text('"jo@voorbeeld.nl" = [', encoding="utf-8")
    monkeypatch.setenv(SCHAKELAAR, str(pad))
    klaar = toestand.ready(Request({"type": "http"}))
    assert (klaar.status_code, json.loads(bytes(klaar.body))) == (503, {"klaar": False, "reden": ONLEESBAAR})
