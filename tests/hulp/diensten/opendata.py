"""Open data asked without a server around it: one request, one answer."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import uvicorn

from app.dienst.opendata.deur import OpenData
from pipelines.bouwen import PUBLICATIE


@dataclass(frozen=True)
class Antwoord:
    """One answer."""

    status: int
    koppen: dict[str, str]
    inhoud: bytes

    @property
    def json(self) -> Any:
        """What is in it as JSON."""
        return json.loads(self.inhoud)


class Loket:
    """What answers under /data, with one event loop for all that is asked of it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.app, self.loop = OpenData(_passed_on, lambda _: BEGIN), loop

    def ask(self, adres: str, methode: str = "GET", **koppen: str) -> Antwoord:
        """Ask one address, with its parameters behind a question mark."""
        return self.loop.run_until_complete(self.asking(adres, methode, **koppen))

    async def asking(self, adres: str, methode: str = "GET", **koppen: str) -> Antwoord:
        """Ask while something else is asked."""
        pad, _, vraag = adres.partition("?")
        scope = {
            "type": "http", "method": methode, "path": pad, "raw_path": pad.encode(), "query_string": vraag.encode(),
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in {"host": "x", **koppen}.items()],
            "client": ("127.0.0.1", 1), "server": ("x", 80), "scheme": "http", "http_version": "1.1",
        }  # fmt: skip
        berichten: list[dict[str, Any]] = []

        async def _receive() -> dict[str, object]:
            # This reader stays until the answer is there.
            await asyncio.Event().wait()
            raise AssertionError

        async def _send(bericht: Any) -> None:
            berichten.append(bericht)

        await self.app(scope, _receive, _send)
        begin = berichten[0]
        namen = {naam.decode(): waarde.decode() for naam, waarde in begin["headers"]}
        return Antwoord(begin["status"], namen, b"".join(b.get("body", b"") for b in berichten[1:]))


async def _passed_on(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"de app"})


@contextmanager
def counter() -> Iterator[Loket]:
    """Give a counter to ask at."""
    loop = asyncio.new_event_loop()
    try:
        yield Loket(loop)
    finally:
        loop.close()


@contextmanager
def serving() -> Iterator[str]:
    """Serve open data over HTTP on this computer; gives its address."""
    uit = uvicorn.Config(OpenData(_passed_on), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(uit)
    draad = threading.Thread(target=server.run, daemon=True)
    draad.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        draad.join(10)


# The address of the site that is asked.
BEGIN = "https://monitor.voorbeeld.nl"
NIEUW = "20991231T000000Z-ffffffff"


def with_newer(warehouse: Path, doel: Path, *opdrachten: str) -> str:
    """Make a warehouse with this publication and one after it, changed by these statements; returns the older id."""
    shutil.copytree(warehouse / "publicaties", doel / "publicaties")
    oud = next(pad.stem for pad in (doel / "publicaties").glob("*.duckdb"))
    nieuw = doel / PUBLICATIE
    shutil.copyfile(warehouse / PUBLICATIE, nieuw)
    with duckdb.connect(str(nieuw)) as con:
        for opdracht in (f"update publicatie set publicatie_id = '{NIEUW}'", *opdrachten):
            con.execute(opdracht)
    shutil.copyfile(nieuw, doel / "publicaties" / f"{NIEUW}.duckdb")
    return oud
