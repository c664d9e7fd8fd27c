"""A server on this computer that answers each path as a test tells it, and notes what was asked."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


@dataclass
class Antwoord:
    """What the server says; `None` for the body is a line that is cut off before anything came."""

    inhoud: bytes | None
    code: int = 200
    koppen: dict[str, str] = field(default_factory=dict)
    # Seconds before each half of the body.
    traag: float = 0
    # How many bytes of the body are sent; the header promises all.
    afgekapt: int | None = None


Vraag = Callable[[str], Antwoord]


@contextlib.contextmanager
def serve(answer: Vraag, certificaat: tuple[str, str] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serve until the test is over; yield the address and the paths that were asked, unquoted."""
    gevraagd: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Else a short body waits forty milliseconds until its headers are acknowledged.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            gevraagd.append(unquote(self.path))
            antwoord = answer(unquote(self.path))
            if antwoord.inhoud is None:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            with contextlib.suppress(OSError):
                self._send(antwoord, antwoord.inhoud)

        def _send(self, antwoord: Antwoord, inhoud: bytes) -> None:
            koppen = {"Content-Type": "application/json", "Content-Length": str(len(inhoud)), **antwoord.koppen}
            self.send_response(antwoord.code)
            for naam, waarde in koppen.items():
                self.send_header(naam, waarde)
            self.end_headers()
            if antwoord.traag:
                for stuk in (inhoud[: len(inhoud) // 2], inhoud[len(inhoud) // 2 :]):
                    time.sleep(antwoord.traag)
                    self.wfile.write(stuk)
                return
            self.wfile.write(inhoud[: antwoord.afgekapt])
            if antwoord.afgekapt is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Keep the test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificaat:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificaat)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http{'s' if certificaat else ''}://127.0.0.1:{server.server_address[1]}", gevraagd
    finally:
        server.shutdown()
        server.server_close()
