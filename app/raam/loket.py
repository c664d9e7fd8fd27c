"""The one door from the app to what takes deliveries and builds: a command in a process of its own, JSON in and out.

The app itself knows nothing behind it. What is asked is a word of `app.opdrachten.aanleveren.loket`; what comes back
was made of a supplier's file and is only ever shown as text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.logboek.deur import LogboekError
from app.logboek.regel import Afloop, Daad
from app.logboek.waarover import delivery
from app.rollen.rechten import Recht
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, scratch

SCHAKELAAR = "REGIOMONITOR_AANLEVEREN"
MEESTE_MB = 200
# A build of all deliveries takes minutes on a slow computer.
_HOOGSTENS = 1800
_LANGSTE_NAAM = 80
# A template holds nothing of anybody; it is made outside a run, where nobody knows who asks.
_VAN_IEDEREEN = ("sjabloon",)
# What one needs for each other word: a word that is not here is nobody's. Of a source it is asked for that source.
_VRAAGT: Mapping[str, Recht] = {
    **dict.fromkeys(("voorstel", "eerder", "check", "proef", "accept", "withdraw"), Recht.AANLEVEREN),
    "build": Recht.PUBLICEREN,
}
# What the log of who did what has to know of.
_DADEN = {
    "check": Daad.LEVERING_GEKEURD, "proef": Daad.LEVERING_BEPROEFD, "accept": Daad.LEVERING_BEWAARD,
    "withdraw": Daad.LEVERING_INGETROKKEN, "build": Daad.PUBLICATIE_GEBOUWD,
}  # fmt: skip
_WORTEL = Path(__file__).resolve().parents[2]
Antwoord = dict[str, Any]
_STUK: Antwoord = {
    "meldingen": [{
        "bestand": "", "tekst": "Dit liep vast.",
        "advies": "Probeer het opnieuw, of gebruik de opdracht check; helpt dat niet, meld dit dan.",
    }]
}  # fmt: skip


def is_open() -> bool:
    """Return whether deliveries are taken here at all; of what, is asked at every question."""
    return os.environ.get(SCHAKELAAR) == "ja"


def is_stuck(antwoord: Antwoord) -> bool:
    """Return whether this is no answer to the question, but that answering went wrong."""
    return antwoord is _STUK or antwoord.get("meldingen") == _STUK["meldingen"]


def ask(wat: str, bestand: tuple[str, bytes] | None = None, **velden: object) -> Antwoord:
    """Return the answer to one question about deliveries; a file lies on disk for its owner alone, and only meanwhile.

    Raises:
        PermissionError: no deliveries are taken here.
    """
    return follow(lambda _stap: None, wat, bestand, **velden)


def follow(
    meld: Callable[[str], object], wat: str, bestand: tuple[str, bytes] | None = None, **velden: object
) -> Antwoord:
    """Return the answer as `ask` does; `meld` hears of every step of what takes long.

    Raises:
        PermissionError: no deliveries are taken here.
    """
    if not is_open() or not (wat in _VAN_IEDEREEN or _may(wat, velden)):
        raise PermissionError(SCHAKELAAR)
    warehouse, raw = Path(os.environ["REGIOMONITOR_WAREHOUSE"]), os.environ["REGIOMONITOR_RAW"]
    # A name that the next command clears away, if this process is ended before it could.
    with scratch(warehouse, ".bouw-loket-") as map_:
        vraag = {"wat": wat, "raw": raw, "warehouse": str(warehouse), "werkmap": str(map_), **velden}
        if bestand is not None:
            pad = map_ / plain_name(bestand[0])
            with open(os.open(pad, os.O_CREAT | os.O_EXCL | os.O_WRONLY, VERTROUWELIJK), "wb") as stroom:
                stroom.write(bestand[1])
            vraag["pad"] = str(pad)
        return _run(vraag, meld) if wat not in _DADEN else _recorded(_DADEN[wat], vraag, meld)


def _recorded(daad: Daad, vraag: Antwoord, meld: Callable[[str], object]) -> Antwoord:
    """Return the answer to what the log has to know of; without a line there nothing is asked."""
    from app.raam.wie import vastleggen

    levering = str(vraag.get("levering", ""))
    wat = f"{vraag.get('bron', '')} {vraag.get('periode', '')}".strip()
    waarover = delivery(Path(vraag["raw"]), levering) if levering else wat
    try:
        with vastleggen.recorded(daad, waarover) as verloop:
            antwoord = _run(vraag, meld)
            if antwoord.get("meldingen"):
                verloop.uitkomst = Afloop.MISLUKT if is_stuck(antwoord) else Afloop.GEWEIGERD
    except LogboekError as fout:
        antwoord = {"meldingen": [melding.as_dict() for melding in fout.meldingen]}
    return antwoord


def _may(wat: str, velden: Mapping[str, object]) -> bool:
    """Return whether this reader delivers for every source that a question names, or may build of all of them."""
    # Streamlit is loaded by the server that shows pages, not by the command that starts it.
    from app.raam.wie import lezer

    bron, levering = str(velden.get("bron", "")), str(velden.get("levering", ""))
    van = levering.partition("/")[0]
    # A name that begins with a stroke is a place elsewhere on the disk, and names no source.
    if levering and (not van or ".." in levering):
        return False
    recht = _VRAAGT.get(wat)
    if recht is Recht.PUBLICEREN:
        return lezer.may(recht)
    genoemd = {bron, van} - {""}
    return recht is not None and bool(genoemd) and all(lezer.may(recht, naam) for naam in genoemd)


def _run(vraag: Antwoord, meld: Callable[[str], object]) -> Antwoord:
    antwoord: object = None
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "app.opdrachten.aanleveren.loket"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, cwd=_WORTEL, env={**os.environ, "PYTHONPATH": str(_WORTEL)},
    ) as proces:  # fmt: skip
        stop = threading.Timer(_HOOGSTENS, proces.kill)
        stop.start()
        try:
            assert proces.stdin is not None
            assert proces.stdout is not None
            proces.stdin.write(json.dumps(vraag).encode())
            proces.stdin.close()
            for regel in proces.stdout:
                deel = json.loads(regel)
                if "stap" in deel:
                    meld(str(deel["stap"]))
                else:
                    antwoord = deel["antwoord"]
        except (OSError, ValueError, KeyError):
            proces.kill()
        except BaseException:
            # The reader went on. What only looks has nobody to look for; a build is finished.
            if vraag["wat"] != "build":
                proces.kill()
            raise
        finally:
            stop.cancel()
    return antwoord if isinstance(antwoord, dict) else _STUK


def plain_name(naam: str) -> str:
    """Return the name of a dropped file as one that can do no harm on disk or in a message."""
    deel = re.split(r"[/\\]", naam)[-1]
    pad = Path(re.sub(r"[^\w .()-]", "_", deel).strip(" ."))
    return f"{pad.stem[:_LANGSTE_NAAM] or 'bestand'}{pad.suffix.lower()[:10]}"
