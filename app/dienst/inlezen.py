"""What a server reads beside serving: first its pages and its publication, then each later publication."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
from collections.abc import AsyncIterator, Hashable

from app.beeld import later
from app.lezen.publicatie import volgen
from app.raam.metingen import GETOOND
from pipelines.afspraken.warehouse.gaaf import Merk

# While the publication is read in for the first time.
BEZIG = threading.Event()
# How long a browser takes, at most, from the first answer until it asks for a page.
_WACHT = 4.0


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
    read_rest(_WACHT)
    volger.run()


def read_rest(hoogstens: float) -> None:
    """Read the made-up figures too, once a first page was shown or after so many seconds, and clean up.

    A first page seldom has them, and all of this takes as long as that page does.
    """
    from app.lezen import data
    from app.raam import klaarzetten

    GETOOND.wait(hoogstens)
    # What cannot be read now is said to whoever asks for it.
    with contextlib.suppress(Exception):
        klaarzetten.read_figures(data.kenmerk(), voorbeeld=True)
    settle()


def warm_up() -> volgen.Volger:
    """Import the pages and read the publication, beside serving, so that the first reader need not wait for it.

    Returns what reads in each later one before it is shown.
    """
    from app import hoofd  # noqa: F401
    from app.lezen import data, geheugen
    from app.raam import klaarzetten

    def read_in(merk: Merk, eerder: Merk | None) -> None:
        klaarzetten.read_in(merk, eerder)
        gc.freeze()

    def let_go(merk: Hashable) -> None:
        geheugen.let_go(merk)
        settle()

    volger = volgen.Volger(data.pad().parent, read_in, let_go)
    later.read_now()
    volger.look()
    return volger


def settle() -> None:
    """Collect what is gone, and set what stays apart, so that no later collection goes through it.

    Readers wait for each: with a publication in it that is a third of a second, some six times a minute. What is set
    apart is looked at again here, for of those who read then some have left.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
