"""How the service is doing, for who keeps it running: alive, ready, and what it counts of itself."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.dienst.bewaking.notities import NOTITIES
from app.dienst.toegang import LOOPBACK, MET_GEHEIM, App, Message, Receive, Scope, Send, error_page
from app.lezen import data
from app.raam.metingen import FOUTEN
from app.rollen.lezer import ONLEESBAAR, SCHAKELAAR, settings
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.opslagstand import now, read_state

LEEFT, KLAAR, METINGEN = "/healthz", "/readyz", "/metrics"
_LOG = logging.getLogger("regiomonitor.verzoek")
_NUMMER = re.compile(rb"[A-Za-z0-9-]{8,64}")
# As long as what a link in a mail ends in: also where what comes before is not as we write it.
_GEHEIM = re.compile(r"[A-Za-z0-9_-]{43,}", re.ASCII)
_LANGSTE_PAD, _DIEPTE = 200, 8
_VERS = {"cache-control": "no-store"}
_HIER = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
# What a proxy tells of whom it asks for; without these it looks like this computer.
_DOOR_PROXY = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"})


def alive(_: Request) -> Response:
    """Answer that the process answers."""
    return PlainTextResponse("ok", headers=_VERS)


def ready(_: Request) -> Response:
    """Answer which publication readers get; 503 when there is none, and said when an older one stands in for it.

    Also 503 while the settings of login cannot be read: nobody gets in.
    """
    try:
        settings(os.environ.get(SCHAKELAAR, ""))
    except AfgekeurdError:
        return JSONResponse({"klaar": False, "reden": ONLEESBAAR}, 503, _VERS)
    try:
        merk = data.kenmerk()
        publicatie = data.publicatie(merk)
    except data.GeenPublicatieError:
        weg = {"klaar": False, "reden": "Er is geen publicatie die heel is."}
        return JSONResponse(weg | _store() | _notes(), 503, _VERS)
    toestand = {
        "klaar": True,
        "publicatie": publicatie.publicatie_id,
        "gemaakt_op": publicatie.gemaakt_op.isoformat(),
        "vervangend": data.is_substitute(merk),
        **_store(),
        **_notes(),
    }
    return JSONResponse(toestand, headers=_VERS)


def _store() -> dict[str, object]:
    """Return how it stands with the store of publications; nothing where there is none."""
    stand = read_state(data.pad().parent)
    return {"opslag": stand.as_dict(now())} if stand else {}


def _notes() -> dict[str, object]:
    """Return how it stands with what the committee writes; nothing where it writes nothing here."""
    fout = NOTITIES.fault(data.pad().parent)
    return {} if fout is None else {"commissie": {"klaar": not fout, **({"reden": fout} if fout else {})}}


def metrics(verzoek: Request) -> Response:
    """Answer with the counts, to who asks on this computer itself; through a proxy there is nothing here.

    Host alone says nothing: anybody can write it.
    """
    naam = verzoek.headers.get("host", "").rpartition(":")[0]
    is_hier = verzoek.client is not None and verzoek.client.host in _HIER
    if naam not in LOOPBACK or not is_hier or _DOOR_PROXY.intersection(verzoek.headers):
        return error_page(404)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST, headers=_VERS)


def _age() -> float:
    try:
        gemaakt = data.publicatie(data.kenmerk()).gemaakt_op
    except data.GeenPublicatieError:
        return float("nan")
    return (datetime.now(gemaakt.tzinfo) - gemaakt).total_seconds()


_LEEFTIJD = Gauge("regiomonitor_publication_age_seconds", "Seconden sinds de publicatie is gemaakt")
_LEEFTIJD.set_function(_age)


def _since_store() -> float:
    stand = read_state(data.pad().parent)
    return stand.age(now()) if stand else float("nan")


def _is_behind() -> float:
    stand = read_state(data.pad().parent)
    return float(stand.is_behind(now())) if stand else 0.0


_OPSLAG_SINDS = Gauge("regiomonitor_store_age_seconds", "Seconden sinds de opslag van publicaties het laatst lukte")
_OPSLAG_SINDS.set_function(_since_store)
_OPSLAG_ACHTER = Gauge("regiomonitor_store_behind", "1 als de opslag van publicaties hapert of te lang stil is")
_OPSLAG_ACHTER.set_function(_is_behind)
_NOTITIES_STUK = Gauge("regiomonitor_committee_failing", "1 als de notities van de commissie niet te lezen zijn")
_NOTITIES_STUK.set_function(lambda: float(bool(NOTITIES.fault(data.pad().parent))))
_SESSIES = Gauge("regiomonitor_sessions", "Open pagina's van lezers")


class Verslag:
    """Gives every request a number, counts who is here, and writes a line for each request that is answered.

    In the line stands no choice, name or address of a reader: what was asked for, how it ended and how long it took.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the answer carries its number, also where it went wrong, for a reader to name."""
        if scope["type"] == "websocket":
            with _SESSIES.track_inprogress():
                await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nummer, begin, status = _number(scope), time.monotonic(), 0

        async def _send(bericht: Message) -> None:
            nonlocal status
            if bericht["type"] == "http.response.start":
                status = bericht["status"]
                bericht = {**bericht, "headers": [*bericht["headers"], (b"x-request-id", nummer)]}
            await send(bericht)

        try:
            await self._app(scope, receive, _send)
        except Exception:
            _LOG.exception("Fout bij een verzoek")
            if status:
                # What was begun cannot be answered otherwise any more; to the reader it is a connection that broke.
                status = 500
                raise
            await error_page(500)(scope, receive, _send)
        finally:
            if status >= 500:
                FOUTEN.labels("verzoek").inc()
            velden = {"nummer": nummer.decode(), "soort": scope["method"],
                      "pad": _without_secret(scope["path"])[:_LANGSTE_PAD], "status": status,
                      "ms": round((time.monotonic() - begin) * 1000)}  # fmt: skip
            _LOG.info("verzoek", extra={"velden": velden})


def _without_secret(pad: str) -> str:
    """Return an address as it may stand in a line: without what a link in a mail ends in, however it was typed."""
    pad = _GEHEIM.sub("…", pad)
    eind = pad.casefold().find(MET_GEHEIM)
    return pad if eind < 0 else f"{pad[: eind + len(MET_GEHEIM)]}…"


def _number(scope: Scope) -> bytes:
    """Return the number that a proxy gave the request, if it is one; else a new one."""
    gegeven = next((waarde for kop, waarde in scope["headers"] if kop.lower() == b"x-request-id"), b"")
    return gegeven if _NUMMER.fullmatch(gegeven) else secrets.token_hex(8).encode()


class _Json(logging.Formatter):
    """One line of JSON for each message; what came from outside cannot begin a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        regel: dict[str, object] = {
            "tijd": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "ernst": record.levelname,
            "wat": record.getMessage(),
            **getattr(record, "velden", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            # Where it went wrong and not with what: a message of a fault may hold a figure.
            regel["fout"] = record.exc_info[0].__name__
            plekken = traceback.extract_tb(record.exc_info[2])[-_DIEPTE:]
            regel["waar"] = [f"{Path(plek.filename).name}:{plek.lineno}" for plek in plekken]
        return json.dumps(regel, ensure_ascii=False)


def write_json_lines() -> None:
    """Write what the service and Streamlit say to standard output, a line of JSON each."""
    uit = logging.StreamHandler(sys.stdout)
    uit.setFormatter(_Json())
    for naam in ("regiomonitor", *(n for n in logging.root.manager.loggerDict if n.partition(".")[0] == "streamlit")):
        schrijver = logging.getLogger(naam)
        schrijver.handlers, schrijver.propagate = [uit], False
    logging.getLogger("regiomonitor").setLevel(logging.INFO)
