"""What a server reads beside serving: first its pages and its publication, then each later publication."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
from collections.abc import AsyncIterator

from app.beeld import later
from app.lezen.publicatie import volgen

# While the publication is read in for the first time.
BEZIG = threading.Event()


@contextlib.asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Read in beside serving, for as long as the app is there."""
    BEZIG.set()
    threading.Thread(target=_keep_up, daemon=True).start()
    yield


def _keep_up() -> None:
    gewoon = sys.getswitchinterval()
    # Meanwhile a browser asks for dozens of files, each of which would wait for its turn.
    sys.setswitchinterval(0.0005)
    try:
        volger = warm_up()
    finally:
        sys.setswitchinterval(gewoon)
        BEZIG.clear()
    volgen.follow(volger)
    volger.run()


def warm_up() -> volgen.Volger:
    """Import the pages and read the publication, beside serving, so that the first reader need not wait for it.

    Returns what reads in each later one before it is shown.
    """
    from app import hoofd  # noqa: F401
    from app.lezen import data, geheugen
    from app.raam import klaarzetten

    volger = volgen.Volger(data.pad().parent, klaarzetten.read_in, geheugen.let_go)
    later.read_now()
    volger.look()
    # All of this stays, so a full collection, for which every reader waits, need not go through it again.
    gc.collect()
    gc.freeze()
    return volger
