"""A provider that fails: who is in stays in, nobody new comes in, and the page of login says that it failed."""

from __future__ import annotations

import itertools
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from http.cookiejar import CookieJar

import pytest
from aanbieder import Aanbieder, running, settings_for
from dienst import free_port, started
from lang import alleen_lang

pytestmark = alleen_lang
ROLLEN = """\
[toegang.org]
rolveld = "groups"
[toegang.org.groepen]
srs = ["kijker"]
"""
MISLUKT = "niet gelukt of afgebroken"
_NUMMERS = itertools.count(1)
CORA = {"email": "cora@voorbeeld.nl", "email_verified": True, "groups": ["srs"]}


class Bezoeker:
    """A browser without a screen: it keeps cookies, goes where it is sent, and says who it is."""

    def __init__(self, adres: str, basis: str) -> None:
        self._adres, self._basis = adres, basis
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        # As a proxy tells where each comes from: one address may not try without end.
        opener.addheaders = [("X-Forwarded-For", f"10.0.0.{next(_NUMMERS)}")]
        self._open = opener.open

    def ask(self, adres: str) -> tuple[int, str, str]:
        """Return how it was answered, where one came, and the page."""
        try:
            with self._open(adres, timeout=30) as antwoord:
                return antwoord.status, antwoord.url, antwoord.read().decode()
        except urllib.error.HTTPError as fout:
            return fout.code, fout.url, fout.read().decode()

    def log_in(self) -> str:
        """Try to log in as Cora; return the page where one ends."""
        _, _, pagina = self.ask(f"{self._adres}/aanmelden/org")
        keuze = re.search(r'href="(/login\?[^"]*wie=cora)"', pagina)
        if keuze is None:
            return pagina
        return self.ask(f"{self._basis}{unescape(keuze[1])}")[2]

    def is_in(self) -> bool:
        return self.ask(f"{self._adres}/kaart")[1].endswith("/kaart")


@pytest.fixture(scope="module")
def aanbieder() -> Iterator[Aanbieder]:
    with running({"cora": CORA}) as aanbieder:
        yield aanbieder


@pytest.fixture(scope="module")
def adres(aanbieder: Aanbieder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    map_, poort = tmp_path_factory.mktemp("dienst"), free_port()
    (map_ / "warehouse").mkdir()
    pad = map_ / "toegang.toml"
    pad.write_text(settings_for(aanbieder, poort) + ROLLEN)
    pad.chmod(0o600)
    code = (f"from pathlib import Path; from app.dienst.server import serve; serve({poort}, "
            f"warehouse=Path({str(map_ / 'warehouse')!r}), wie={str(pad)!r})")  # fmt: skip
    with started([sys.executable, "-c", code], poort, REGIOMONITOR_PROXY="127.0.0.1"):
        yield f"http://localhost:{poort}"


@pytest.fixture
def nieuw(aanbieder: Aanbieder, adres: str) -> Bezoeker:
    return Bezoeker(adres, aanbieder.basis)


@pytest.fixture
def cora(aanbieder: Aanbieder, adres: str) -> Bezoeker:
    """One who logged in before anything was wrong."""
    aanbieder.is_weg, aanbieder.klok_voor, aanbieder.tekent_met = False, 0, None
    bezoeker = Bezoeker(adres, aanbieder.basis)
    bezoeker.log_in()
    assert bezoeker.is_in()
    return bezoeker


@pytest.mark.lang
def test_a_provider_that_is_gone(aanbieder: Aanbieder, cora: Bezoeker, nieuw: Bezoeker) -> None:
    aanbieder.is_weg = True
    assert MISLUKT in nieuw.log_in()
    assert (cora.is_in(), nieuw.is_in()) == (True, False)
    aanbieder.is_weg = False
    nieuw.log_in()
    assert nieuw.is_in()


@pytest.mark.lang
def test_keys_that_were_rotated(aanbieder: Aanbieder, cora: Bezoeker, nieuw: Bezoeker) -> None:
    oude = aanbieder.sleutel
    aanbieder.rotate()
    aanbieder.tekent_met = oude
    assert MISLUKT in nieuw.log_in()
    assert (cora.is_in(), nieuw.is_in()) == (True, False)
    aanbieder.tekent_met = None
    nieuw.log_in()
    assert nieuw.is_in()


# What the libraries allow is two minutes ahead, and of what is over as much.
@pytest.mark.parametrize(("seconden", "komt_erin"), [(60, True), (-60, True), (300, False), (-900, False)])
@pytest.mark.lang
def test_a_clock_that_is_off(
    aanbieder: Aanbieder, cora: Bezoeker, nieuw: Bezoeker, seconden: int, komt_erin: bool
) -> None:
    aanbieder.klok_voor = seconden
    assert (MISLUKT in nieuw.log_in()) is not komt_erin
    assert (cora.is_in(), nieuw.is_in()) == (True, komt_erin)
