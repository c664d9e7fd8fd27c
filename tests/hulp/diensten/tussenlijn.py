"""A line in between: everything goes through it, late, or not any more from a moment on."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Lijn:
    """How the line is now; a test changes it while things go over it."""

    poort: int = 0
    # Seconds that each piece is under way, either way.
    traag: float = 0
    # When this is said to the server, that still comes there, and nothing comes back.
    knip_na: bytes = b""
    is_geknipt: threading.Event = field(default_factory=threading.Event)


@contextlib.contextmanager
def line_to(poort: int) -> Iterator[Lijn]:
    """Give a line to this port until the test is over."""
    lijn = Lijn()
    with socket.create_server(("127.0.0.1", 0)) as luister:
        lijn.poort = luister.getsockname()[1]
        threading.Thread(target=_listen, args=(luister, poort, lijn), daemon=True).start()
        yield lijn


def _listen(luister: socket.socket, poort: int, lijn: Lijn) -> None:
    with contextlib.suppress(OSError):
        while True:
            hier, _ = luister.accept()
            daar = socket.create_connection(("127.0.0.1", poort))
            for van, naar, heen in ((hier, daar, True), (daar, hier, False)):
                threading.Thread(target=_pass, args=(van, naar, lijn, heen), daemon=True).start()


def _pass(van: socket.socket, naar: socket.socket, lijn: Lijn, heen: bool) -> None:
    with contextlib.suppress(OSError):
        while deel := van.recv(65536):
            if lijn.traag:
                time.sleep(lijn.traag)
            is_laatste = heen and bool(lijn.knip_na) and lijn.knip_na in deel
            if is_laatste:
                # Before the server can answer.
                van.shutdown(socket.SHUT_RDWR)
            naar.sendall(deel)
            if is_laatste:
                lijn.knip_na = b""
                lijn.is_geknipt.set()
                time.sleep(0.3)
                break
    for sok in (van, naar):
        with contextlib.suppress(OSError):
            sok.shutdown(socket.SHUT_RDWR)
