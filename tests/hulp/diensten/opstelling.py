"""Two hosts with two processes each behind a real nginx, as docs/installatie has it: one monitor.

A host is a network namespace with an address of its own; where the kernel gives none, it is an address of loopback.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dienst import WORTEL, free_port

NAAM = "monitor.voorbeeld.nl"
INSTALLATIE = WORTEL / "docs" / "installatie"
PER_HOST = 2
_GEDULD = 90
_STIL = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@dataclass(frozen=True)
class Host:
    """One computer: its own address, the one under which it sees ours, and how to run something on it."""

    naam: str
    adres: str
    gastheer: str
    voor: tuple[str, ...] = ()


@dataclass
class Antwoord:
    status: int
    koppen: dict[str, str]
    inhoud: bytes


@dataclass
class Opstelling:
    """The monitor as its readers reach it, and its processes with what each wrote."""

    poort: int
    hosts: list[Host]
    processen: list[subprocess.Popen[bytes]] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)

    def ask(self, pad: str, soort: str = "GET", wacht: float = 30, **koppen: str) -> Antwoord:
        """Ask for an address as a browser does; underscores in the name of a header are strokes."""
        lijn = http.client.HTTPSConnection("127.0.0.1", self.poort, timeout=wacht, context=_trusting())
        with contextlib.closing(lijn):
            alle = {"host": NAAM} | {naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}
            lijn.request(soort, pad, headers=alle)
            antwoord = lijn.getresponse()
            gekregen = {naam.lower(): waarde for naam, waarde in antwoord.getheaders()}
            inhoud = b"" if antwoord.status == 101 else antwoord.read()
            return Antwoord(antwoord.status, gekregen, inhoud)

    def handshake(self, herkomst: str = f"https://{NAAM}", **koppen: str) -> int:
        """Open the websocket of a page and let it go; what it was answered with."""
        eigen = {"upgrade": "websocket", "connection": "Upgrade", "sec_websocket_version": "13", "origin": herkomst,
                 "sec_websocket_key": "dGhlIHNhbXBsZSBub25jZQ==", "sec_websocket_protocol": "streamlit"}  # fmt: skip
        return self.ask("/_stcore/stream", **eigen, **koppen).status

    def who_answered(self, antwoord: Antwoord) -> int:
        """Return which process an answer is of, by the number that it wrote down; -1 when none did."""
        nummer, eind = antwoord.koppen["x-request-id"], time.monotonic() + 5
        while time.monotonic() < eind:
            for i, log in enumerate(self.logs):
                if f'"{nummer}"' in log.read_text(encoding="utf-8"):
                    return i
            time.sleep(0.05)
        return -1


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextlib.contextmanager
def hosts() -> Iterator[list[Host]]:
    """Give two hosts meanwhile."""
    with contextlib.ExitStack() as opruimen:
        gemaakt = []
        try:
            for nummer in (1, 2):
                gemaakt.append(opruimen.enter_context(_namespace(nummer)))
        except (OSError, subprocess.CalledProcessError):
            gemaakt = [Host(f"lo{n}", f"127.0.0.{n}", "127.0.0.1") for n in (2, 3)]
        yield gemaakt


@contextlib.contextmanager
def _namespace(nummer: int) -> Iterator[Host]:
    naam, buiten, net = f"rmproef{nummer}", f"rmproefv{nummer}", f"10.77.{nummer}"
    subprocess.run(["ip", "netns", "del", naam], stderr=subprocess.DEVNULL)
    subprocess.run(["ip", "netns", "add", naam], **_STIL)
    try:
        for opdracht in (
            f"link add {buiten} type veth peer name eth0 netns {naam}",
            f"addr add {net}.1/24 dev {buiten}",
            f"link set {buiten} up",
            f"-n {naam} addr add {net}.2/24 dev eth0",
            f"-n {naam} link set eth0 up",
            f"-n {naam} link set lo up",
        ):
            subprocess.run(["ip", *opdracht.split()], **_STIL)
        yield Host(naam, f"{net}.2", f"{net}.1", ("ip", "netns", "exec", naam))
    finally:
        subprocess.run(["ip", "netns", "del", naam], stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def running(map_: Path, warehouse: Path, toegang: Path, computers: list[Host], **omgeving: str) -> Iterator[Opstelling]:
    """Serve a warehouse that all hosts share, behind nginx; `{host}` in a setting is us as that host sees us."""
    opstelling = Opstelling(free_port(), computers)
    gedeeld = Gedeeld(warehouse, toegang, omgeving)
    try:
        for host in computers:
            for i in range(PER_HOST):
                start(opstelling, host, 8601 + i, map_, gedeeld)
        plekken = [f"{host.adres}:{8601 + i}" for host in opstelling.hosts for i in range(PER_HOST)]
        nginx = start_nginx(map_, opstelling.poort, plekken)
        try:
            eind = time.monotonic() + _GEDULD
            while not all(_is_up(host, 8601 + i) for host in computers for i in range(PER_HOST)):
                assert time.monotonic() < eind, "de processen starten niet"
                time.sleep(0.2)
            yield opstelling
        finally:
            nginx.terminate()
            nginx.wait(10)
    finally:
        for proces in opstelling.processen:
            proces.send_signal(signal.SIGCONT)
            proces.terminate()
        for proces in opstelling.processen:
            proces.wait(20)


@dataclass(frozen=True)
class Gedeeld:
    """What every process of an arrangement reads, and what is set for each of them."""

    warehouse: Path
    toegang: Path
    omgeving: dict[str, str]


def start(opstelling: Opstelling, host: Host, poort: int, map_: Path, gedeeld: Gedeeld) -> None:
    """Start one process of one host."""
    log = map_ / f"{host.naam}-{poort}.log"
    opdracht = [*host.voor, str(Path(sys.executable).with_name("regiomonitor")), "serve", "--host", host.adres,
                "--port", str(poort), "--warehouse", str(gedeeld.warehouse),
                "--toegang", str(gedeeld.toegang)]  # fmt: skip
    alles = {**os.environ, "REGIOMONITOR_GEBIEDEN": "uit", "REGIOMONITOR_PROXY": host.gastheer}
    alles |= {naam: waarde.format(host=host.gastheer) for naam, waarde in gedeeld.omgeving.items()}
    with log.open("wb") as uit:
        opstelling.processen.append(subprocess.Popen(opdracht, cwd=map_, env=alles, stdout=uit, stderr=uit))
    opstelling.logs.append(log)


def _is_up(host: Host, poort: int) -> bool:
    with socket.socket() as sok:
        sok.settimeout(1)
        return sok.connect_ex((host.adres, poort)) == 0


def make_certificate(map_: Path) -> None:
    """Write a certificate that nobody vouches for."""
    opdracht = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAAM}",
                "-keyout", str(map_ / "tls.key"), "-out", str(map_ / "tls.crt")]  # fmt: skip
    subprocess.run(opdracht, **_STIL)


def nginx_config(map_: Path, poort: int, processen: list[str]) -> Path:
    """Write our nginx.conf for a port of loopback, with these processes, inside what nginx itself needs."""
    tekst = (INSTALLATIE / "nginx.conf").read_text(encoding="utf-8")
    servers = "".join(f"    server {plek} max_fails=1 fail_timeout=5s;\n" for plek in processen)
    tekst = re.sub(r"(    server 127\.0\.0\.1:\d+ [^\n]*\n)+", servers, tekst, count=1)
    tekst = tekst.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    tekst = tekst.replace("listen 443", f"listen 127.0.0.1:{poort}").replace("/etc/regiomonitor", str(map_))
    tekst = tekst.replace("/var/log/nginx", str(map_))
    pad = map_ / "nginx.conf"
    tijdelijk = "".join(f"{soort}_temp_path {map_}/{soort};\n" for soort in ("client_body", "proxy"))
    wie = "user root;\n" if os.geteuid() == 0 else ""
    pad.write_text(
        f"{wie}daemon off;\npid {map_}/nginx.pid;\nerror_log {map_}/nginx.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{tijdelijk}{tekst}\n}}\n", encoding="utf-8"
    )  # fmt: skip
    return pad


def find_nginx() -> str | None:
    """Return where nginx is, if anywhere; Debian has it outside the path of who is not root."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def start_nginx(map_: Path, poort: int, processen: list[str]) -> subprocess.Popen[bytes]:
    """Start it as `nginx_config` has it."""
    pad, nginx = nginx_config(map_, poort, processen), find_nginx()
    assert nginx
    return subprocess.Popen([nginx, "-c", str(pad), "-e", str(map_ / "nginx.log")], stderr=subprocess.DEVNULL)
