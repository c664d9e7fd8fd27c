"""A running server and a bare client: what it sends back, byte for byte, and what it asked of the world."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[3]
# On a busy computer; a server that is there sooner is not waited for.
_GEDULD = 60
# Every address that Python connects to or looks up is written down, in the server and in what started it.
_MEELEZER = """
import json, os, sys
def _write(wat, adres):
    with open(os.environ["MEELEZER"], "a", encoding="utf-8") as f:
        f.write(json.dumps([wat, adres]) + "\\n")
def _note(wat, gegevens):
    if wat in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        adres = gegevens[1] if wat in ("socket.connect", "socket.sendto") else gegevens[0]
        _write(wat, str(adres[0] if isinstance(adres, tuple) else adres))
sys.addaudithook(_note)
_write("begin", "localhost")
"""


@dataclass(frozen=True)
class Antwoord:
    """One answer as it came over the wire."""

    status: int
    koppen: dict[str, str]
    inhoud: bytes


@dataclass(frozen=True)
class Dienst:
    """A server that runs: its port, the process that started it and what it asked of the world."""

    poort: int
    proces: subprocess.Popen[bytes]
    gelezen: Path

    @property
    def host(self) -> str:
        """What a browser on this computer sends as Host."""
        return f"127.0.0.1:{self.poort}"

    @property
    def herkomst(self) -> str:
        """What a page of the app itself sends as Origin."""
        return f"http://{self.host}"

    def send(self, begin: str, **koppen: str) -> Antwoord:
        """Send one request as written, with a Host of its own unless one is given, and read the answer whole."""
        alle = {"host": self.host, **{naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}}
        tekst = f"{begin} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in alle.items() if v) + "\r\n"
        return self.send_bytes(tekst.encode("latin-1"), met_inhoud=not begin.startswith("HEAD "))

    def send_bytes(self, verzoek: bytes, *, met_inhoud: bool = True) -> Antwoord:
        """Send bytes and read one answer."""
        with socket.create_connection(("127.0.0.1", self.poort), timeout=10) as sok:
            sok.sendall(verzoek)
            return _read(sok, met_inhoud=met_inhoud)

    def open_socket(self, pad: str = "/_stcore/stream", **koppen: str) -> Antwoord:
        """Do the handshake of a websocket, from a page of the app itself unless another origin is given."""
        eigen = {
            "origin": self.herkomst, "upgrade": "websocket", "connection": "Upgrade", "sec_websocket_version": "13",
            "sec_websocket_key": "dGhlIHNhbXBsZSBub25jZQ==", "sec_websocket_protocol": "streamlit",
        }  # fmt: skip
        return self.send(f"GET {pad}", **{**eigen, **koppen})

    def outside(self) -> list[str]:
        """Return every address that was asked for and is not this computer."""
        regels = self.gelezen.read_text(encoding="utf-8").splitlines()
        adressen = [str(json.loads(regel)[1]) for regel in regels]
        return [a for a in adressen if a not in ("127.0.0.1", "::1", "localhost", "None")]


def _read(sok: socket.socket, *, met_inhoud: bool) -> Antwoord:
    gekregen = b""
    while b"\r\n\r\n" not in gekregen:
        deel = sok.recv(65536)
        if not deel:
            raise AssertionError(f"geen heel antwoord: {gekregen!r}")
        gekregen += deel
    kop, _, inhoud = gekregen.partition(b"\r\n\r\n")
    begin, *regels = kop.decode("latin-1").split("\r\n")
    status = int(begin.split()[1])
    koppen = {k.lower(): v.strip() for k, _, v in (regel.partition(":") for regel in regels)}
    if met_inhoud and status not in (101, 204, 304):
        if "content-length" in koppen:
            while len(inhoud) < int(koppen["content-length"]):
                inhoud += sok.recv(65536)
        else:
            while deel := _rest(sok, koppen, inhoud):
                inhoud += deel
    return Antwoord(status, koppen, inhoud)


def _rest(sok: socket.socket, koppen: dict[str, str], inhoud: bytes) -> bytes:
    if koppen.get("transfer-encoding") == "chunked" and inhoud.endswith(b"0\r\n\r\n"):
        return b""
    try:
        return sok.recv(65536)
    except ConnectionResetError:
        # What we sent was not read to its end, as it should be.
        return b""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sok:
        sok.bind(("127.0.0.1", 0))
        return int(sok.getsockname()[1])


def is_listening(poort: int) -> bool:
    """Return whether somebody answers on this port."""
    with socket.socket() as sok:
        sok.settimeout(1)
        return sok.connect_ex(("127.0.0.1", poort)) == 0


def command(poort: int, warehouse: Path, extra: str = "") -> list[str]:
    """Return the command that serves a warehouse as `start` does; `extra` are more words for `serve`."""
    code = (
        "from pathlib import Path; from app.dienst.server import serve; "
        f"serve({poort}, warehouse=Path({str(warehouse)!r}){extra})"
    )
    return [sys.executable, "-c", code]


@contextmanager
def started(opdracht: Sequence[str], poort: int, **omgeving: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server and wait until it answers on this port; it ends with the block."""
    alles = {**os.environ, "PYTHONPATH": str(WORTEL), "REGIOMONITOR_GEBIEDEN": "uit", **omgeving}
    with subprocess.Popen(opdracht, cwd=WORTEL, env=alles) as proces:
        try:
            _wait(f"http://127.0.0.1:{poort}/_stcore/health")
            yield proces
        finally:
            proces.terminate()


@contextmanager
def running(map_: Path, warehouse: Path, **omgeving: str) -> Iterator[Dienst]:
    """Serve a warehouse, with what it asks of the world written down, and wait until the server answers."""
    (map_ / "meelezer").mkdir()
    (map_ / "meelezer" / "sitecustomize.py").write_text(_MEELEZER, encoding="utf-8")
    poort, gelezen = free_port(), map_ / "gelezen.txt"
    meelezer = os.pathsep.join((str(map_ / "meelezer"), str(WORTEL)))
    with started(command(poort, warehouse), poort, PYTHONPATH=meelezer, MEELEZER=str(gelezen), **omgeving) as proces:
        yield Dienst(poort, proces, gelezen)


def _wait(adres: str) -> None:
    eind = time.monotonic() + _GEDULD
    while time.monotonic() < eind:
        try:
            urllib.request.urlopen(adres, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("De app start niet.")
