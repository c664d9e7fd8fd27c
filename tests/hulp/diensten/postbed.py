"""A monitor with mail in a test: a mail server on this computer, readers with roles, a publication to write about."""

from __future__ import annotations

import email
import re
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import duckdb
import pytest
from aiosmtpd.controller import Controller
from dienst import free_port
from gesprekpublicatie import write_test_bed
from toegangsbed import login_settings

from app.commissie.bank.opslag import URL, Opslag
from app.commissie.bank.verbinden import address
from app.post import abonnement as abonnementen
from app.post import instellingen as post
from app.post.abonnement import Antwoord, Postonderwerp, Wens
from app.post.instellingen import Postinstellingen
from app.post.onthouden import remember_login
from app.post.verbinding import Verbinding
from app.post.versturen import Verslag, Verzender, now
from app.rollen.instellingen import load
from app.rollen.lezer import SCHAKELAAR, Lezer, identify_later

BASIS = "https://monitor.voorbeeld.nl"
NU = datetime(2026, 11, 30, 9)
EERST, NIEUW, NIEUWER = (f"2026110{dag}T060000Z-{dag:08x}" for dag in (1, 2, 3))
ROLLEN = """\
[toegang]
openbaar = {openbaar}
[toegang.org]
rolveld = "groups"
[toegang.org.groepen]
lezers = ["kijker"]
commissie = ["commissie"]
[toegang.org.personen]
{personen}
"""


@dataclass
class Bus:
    """What a mail server took, and how it answers: for each recipient by the beginning of its address."""

    gekregen: list[EmailMessage] = field(default_factory=list)
    ruw: list[bytes] = field(default_factory=list)
    antwoorden: dict[str, str] = field(default_factory=dict)
    na: str = "250 OK"
    van: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, sessie: Any, envelop: Any, adres: str, _opties: Any) -> str:
        """Take a recipient, or not."""
        if antwoord := next((a for begin, a in self.antwoorden.items() if adres.startswith(begin)), ""):
            return antwoord
        envelop.rcpt_tos.append(adres)
        return "250 OK"

    async def handle_DATA(self, server: Any, sessie: Any, envelop: Any) -> str:
        """Take a mail."""
        self.van.append(envelop.mail_from)
        self.ruw.append(envelop.original_content)
        self.gekregen.append(email.message_from_bytes(envelop.original_content, policy=default))
        return self.na

    def subjects(self, aan: str = "") -> list[str]:
        """Return the subjects of what came, for one address or for all."""
        return [str(m["Subject"]).partition(" | ")[0] for m in self.gekregen if aan in ("", m["To"])]

    def link(self, soort: str) -> str:
        """Return what the newest link of this kind ends in."""
        gevonden = re.findall(rf"/berichten/{soort}/([\w-]+)", str([text_of(m) for m in self.gekregen]))
        return gevonden[-1]


def text_of(bericht: EmailMessage, soort: str = "plain") -> str:
    """Return the text of a mail."""
    deel = bericht.get_body((soort,))
    assert deel is not None
    return str(deel.get_content()).replace("\r\n", "\n")


@contextmanager
def mail_server(bus: Bus, **anders: Any) -> Iterator[int]:
    """Serve meanwhile; gives the port."""
    poort = free_port()
    controller = Controller(bus, hostname="127.0.0.1", port=poort, **anders)
    controller.start()
    try:
        yield poort
    finally:
        controller.stop()


def certificate(map_: Path) -> tuple[ssl.SSLContext, Path]:
    """Return what a server on this computer shows, and the file by which it is trusted."""
    pad, sleutel = map_ / "post.crt", map_ / "post.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost", "-keyout", sleutel, "-out", pad], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pad, sleutel)
    return context, pad


_GEMAAKT: dict[str, bytes] = {}


def _publication(naam: str, maak: Callable[[Path], None]) -> bytes:
    """Return a publication file, made once in this process: with hundreds of statements it takes half a second."""
    if naam not in _GEMAAKT:
        with tempfile.TemporaryDirectory() as map_:
            maak(Path(map_) / "p.duckdb")
            _GEMAAKT[naam] = (Path(map_) / "p.duckdb").read_bytes()
    return _GEMAAKT[naam]


class Post:
    """A monitor whose readers get mail, with a clock of its own."""

    def __init__(self, map_: Path, poort: int) -> None:
        self.warehouse, self.toegang, self.nu = map_, map_ / "toegang.toml", NU
        self.instellingen = Postinstellingen("127.0.0.1", poort, "geen", "monitor@voorbeeld.nl")
        self.rollen()

    def rollen(self, *personen: str, openbaar: bool = False) -> None:
        """Write who has which role by name."""
        tekst = ROLLEN.format(openbaar=str(openbaar).lower(), personen="\n".join(personen))
        self.toegang.write_text(login_settings(BASIS) + tekst, encoding="utf-8")
        self.toegang.chmod(0o600)

    def publish(self, publicatie_id: str = EERST, regios: Any = None) -> None:
        """Let readers see this publication from now on."""
        bewaard = self.warehouse / "publicaties" / f"{publicatie_id}.duckdb"
        bewaard.parent.mkdir(exist_ok=True)
        bewaard.write_bytes(_publication(repr(regios), lambda pad: write_test_bed(pad, regios or {})))
        with duckdb.connect(str(bewaard)) as con:
            con.execute("update publicatie set publicatie_id = ?", [publicatie_id])
        nieuw = self.warehouse / "nieuw.duckdb"
        shutil.copyfile(bewaard, nieuw)
        nieuw.replace(self.warehouse / "publicatie.duckdb")

    def reader(self, naam: str = "jo@voorbeeld.nl", groep: str = "lezers", account: str = "") -> Lezer:
        """Return somebody who is logged in."""
        gevonden = identify_later(load(self.toegang), "org", naam, (groep,))
        return Lezer(naam, gevonden.rollen, account or naam, "org", (groep,))

    def opslag(self) -> Opslag:
        return Opslag(address(self.warehouse), keur=False)

    def ask(self, adres: str, *onderwerpen: Postonderwerp, wie: Lezer | None = None, gebied: str = "") -> Antwoord:
        """Ask for mail at this address."""
        wens = Wens(adres, onderwerpen or (Postonderwerp.PUBLICATIE,), gebied)
        with self.opslag().transaction() as con:
            return abonnementen.subscribe(con, wie or self.reader(), wens, self.nu)

    def confirm(self, token: str, *, mag: bool = True, sinds: str = EERST) -> bool:
        """Agree, as the page behind the link does."""
        with self.opslag().transaction() as con:
            return abonnementen.confirm(con, token, self.nu, lambda _p, _w: mag, sinds) is not None

    def subscribe(
        self, bus: Bus, naam: str, *onderwerpen: Postonderwerp, groep: str = "lezers", gebied: str = ""
    ) -> None:
        """Let somebody have asked and agreed."""
        self.ask(naam, *onderwerpen, wie=self.reader(naam, groep), gebied=gebied)
        self.send()
        assert self.confirm(bus.link("bevestig"))
        bus.gekregen.clear()

    def send(self) -> Verslag:
        """Let one run go."""
        with Verbinding(self.instellingen) as lijn:
            return self.sender().send(lijn)

    def sender(self) -> Verzender:
        return Verzender(self.warehouse, self.instellingen, lambda: load(self.toegang), lambda: self.nu)

    def later(self, **duur: float) -> None:
        self.nu += timedelta(**duur)

    def come_by_now(self, naam: str = "jo@voorbeeld.nl") -> None:
        """Let somebody log in by the clock that commands go by: a login of long ago gets no contents."""
        self.nu = now()
        remember_login(self.warehouse, self.reader(naam))

    def wacht(self) -> int:
        """Return how many subscriptions there are at which mail is not paused."""
        with self.opslag().transaction(schrijf=False) as con:
            return sum(not a.is_gepauzeerd for a in abonnementen.everything(con))

    def count(self, tabel: Any) -> int:
        with self.opslag().transaction(schrijf=False) as con:
            return len(con.execute(tabel.select()).all())


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture(scope="session")
def begonnen_post(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with its first publication, of which a first run took note; made once, and copied for each test."""
    map_ = tmp_path_factory.mktemp("post")
    with pytest.MonkeyPatch.context() as anders:
        anders.delenv(URL, raising=False)
        wij = Post(map_, 1)
        wij.publish()
        assert wij.send().is_goed
    return map_


@pytest.fixture
def lege_post(bus: Bus, begonnen_post: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A monitor with its first publication, where nobody asked for mail yet."""
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    shutil.copytree(begonnen_post, tmp_path, dirs_exist_ok=True)
    with mail_server(bus) as poort:
        wij = Post(tmp_path, poort)
        monkeypatch.setenv(SCHAKELAAR, str(wij.toegang))
        for naam, waarde in ((post.SERVER, f"127.0.0.1:{poort}"), (post.TLS, "geen"),
                             (post.AFZENDER, "monitor@voorbeeld.nl")):  # fmt: skip
            monkeypatch.setenv(naam, waarde)
        yield wij


@pytest.fixture
def jo(lege_post: Post, bus: Bus) -> Post:
    """The same, where jo@voorbeeld.nl gets mail on a new publication."""
    lege_post.subscribe(bus, "jo@voorbeeld.nl")
    return lege_post
