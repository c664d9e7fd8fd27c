"""Serve the app: one process. It talks to nobody else, but for fetching the map once, beside it."""

from __future__ import annotations

import atexit
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from app.dienst import toegang
from app.post.instellingen import POSTSLEUTELS
from app.raam import loket
from app.rollen import lezer as rollen
from app.rollen.lezer import OP_LOOPBACK, OPEN
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse import meegeleverd
from pipelines.afspraken.warehouse.opslagstand import OPSLAGSLEUTELS, follows_store

SCHAKELAAR = "REGIOMONITOR_GEBIEDEN"
GEBIEDEN = "gebieden"
POGING = "gebieden.poging"
# The download has a limit of its own; a process that hangs all the same is ended.
_HOOGSTENS = 60
_WORTEL = Path(__file__).resolve().parents[2]
_NIET_ALLEEN = (
    "Zonder aanmelden is de monitor alleen op deze computer te openen. Voor anderen: .venv/bin/regiomonitor serve, "
    f"met de instellingen van het aanmelden (--toegang BESTAND of {rollen.SCHAKELAAR}), of met --open voor de "
    "publicatie alleen; commissie en aanleveren zijn dan dicht."
)
_LOG = logging.getLogger("regiomonitor")


def serve(
    port: int,
    host: str = "127.0.0.1",
    warehouse: Path = Path("data/warehouse"),
    raw: Path | None = None,
    *,
    voorbeeld: bool = False,
    wie: str = OP_LOOPBACK,
) -> int:
    """Become the app, until it is stopped; returns 1 where it may not be served.

    With `voorbeeld` readers begin in voorbeeldmodus.

    `wie` says who may do what: all of it for who sits at this computer, reading alone for everybody (`open`), or the
    path of the settings of login. With `raw` the page Data aanleveren takes deliveries, but not where all can ask.

    It answers on the loopback names, on `host` and on the address in REGIOMONITOR_ADRES, and on no other.
    """
    omgeving = _surroundings(Path(warehouse), raw, voorbeeld=voorbeeld, wie=wie)
    try:
        _judge(port, host, wie, omgeving)
    except (ValueError, AfgekeurdError) as fout:
        _LOG.error("%s", fout)
        return 1
    _become([sys.executable, "-m", "app.dienst.web", str(port), host], omgeving)


def _become(opdracht: list[str], omgeving: Mapping[str, str]) -> NoReturn:
    """Go on as another program, under the same number: what a build or a check needed is let go with all of this one.

    Python is told that it ends, so that what it would clean up on its way out is cleaned up.
    """
    atexit._run_exitfuncs()
    os.chdir(_WORTEL)
    os.execve(opdracht[0], opdracht, omgeving)  # noqa: S606 - our own program, and no shell is wanted


def _surroundings(warehouse: Path, raw: Path | None, *, voorbeeld: bool, wie: str) -> dict[str, str]:
    """Return what the server gets from its surroundings; it takes deliveries of who is known, where it builds."""
    neemt_aan = raw is not None and wie != OPEN and not follows_store(warehouse)
    # The keys of the store and of the mail server are for the command that sends or fetches alone.
    omgeving = {naam: w for naam, w in os.environ.items() if naam not in (*OPSLAGSLEUTELS, *POSTSLEUTELS)}
    return {
        # Of more heaps than this, each thread that ever ran keeps one half empty.
        "MALLOC_ARENA_MAX": "2",
        **omgeving,
        meegeleverd.SCHAKELAAR: "1" if voorbeeld else "0",
        "REGIOMONITOR_WAREHOUSE": str(warehouse.resolve()),
        loket.SCHAKELAAR: "ja" if neemt_aan else "",
        **({"REGIOMONITOR_RAW": str(raw.resolve())} if raw is not None and neemt_aan else {}),
        rollen.SCHAKELAAR: wie,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(_WORTEL), os.environ.get("PYTHONPATH", "")])),
    }


def _judge(port: int, host: str, wie: str, omgeving: dict[str, str]) -> None:
    """Check that who may do what is settled for where the server answers; adds the address that login comes back to.

    Raises:
        ValueError: an address is none, or others could reach what is for this computer alone.
        AfgekeurdError: the settings of login are not right.
    """
    instellingen = rollen.settings(wie)
    if instellingen is not None:
        omgeving[toegang.SCHAKELAAR] = instellingen.adres
    toegang.allowed_addresses(port, host, omgeving.get(toegang.SCHAKELAAR, ""))
    if geweigerd := refusal(host, wie):
        raise ValueError(geweigerd)


def refusal(host: str, wie: str) -> str:
    """Return why this may not be served: others could reach what is for this computer alone; empty where it may."""
    is_alleen_hier = host in toegang.LOOPBACK and not os.environ.get(toegang.SCHAKELAAR)
    return _NIET_ALLEEN if wie == OP_LOOPBACK and not is_alleen_hier else ""


def fetch_once(warehouse: Path, omgeving: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
    """Start fetching the borders of the map, once per warehouse and without waiting for it.

    Returns the process that does it; nothing when the borders are there, when it was tried before, or when
    it is switched off.
    """
    if omgeving.get(SCHAKELAAR) == "uit" or not warehouse.is_dir() or (warehouse / GEBIEDEN).exists():
        return None
    opdracht = [sys.executable, "-m", "app.opdrachten.aanleveren.grenzen_ophalen", str(warehouse)]
    weg = subprocess.DEVNULL
    try:
        # Made in one step, so that of two servers that start together only one tries.
        (warehouse / POGING).open("x").close()
        haler = subprocess.Popen(opdracht, env=dict(omgeving), cwd=_WORTEL, stdin=weg, stdout=weg, stderr=weg)
    except OSError:
        return None
    threading.Thread(target=_report, args=(haler,), daemon=True).start()
    return haler


def _report(haler: subprocess.Popen[bytes]) -> None:
    """Say in one line that the borders could not be fetched; a process that was stopped with the server is no news."""
    try:
        is_mislukt = haler.wait(_HOOGSTENS) > 0
    except subprocess.TimeoutExpired:
        haler.kill()
        is_mislukt = True
    if is_mislukt:
        _LOG.warning(
            "De grenzen voor de kaart zijn niet opgehaald; de kaart toont tegels. "
            "Zelf ophalen kan met: .venv/bin/regiomonitor fetch gebieden"
        )
