"""Gemeenten as squares, and a server on this computer that speaks the form of PDOK."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pdok import Antwoord, Server, squares


@pytest.fixture(scope="session")
def graden() -> list[dict]:
    return squares(2023, graden=True)


@pytest.fixture
def meters() -> list[dict]:
    return squares(2023, graden=False)


@pytest.fixture
def serve() -> Iterator[Server]:
    """Start a server on this computer that answers each path as told; nothing is an answer that never comes."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[str], Antwoord | None]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                antwoord = answer(self.path)
                if antwoord is None:
                    time.sleep(1)
                    return
                self.send_response(antwoord[0])
                for naam, waarde in antwoord[1].items():
                    self.send_header(naam, waarde)
                self.end_headers()
                with contextlib.suppress(OSError):  # the reader hung up, as it should
                    for stuk in [antwoord[2]] if isinstance(antwoord[2], bytes) else antwoord[2]:
                        self.wfile.write(stuk)

            def log_message(self, *_: object) -> None:
                """Keep the test output clean."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
