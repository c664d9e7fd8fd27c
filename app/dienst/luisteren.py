"""Listening for readers: the web application with its settings, until a signal ends it."""

from __future__ import annotations

import os
import threading
import time
from types import FrameType

import uvicorn
from streamlit.web import bootstrap

from app.dienst import asgi, server, toegang
from app.dienst.bewaking import toestand
from app.lezen import data
from app.raam import loket
from app.raam.wie import lezer
from app.rollen.lezer import OP_LOOPBACK, SCHAKELAAR, has_login

# The addresses of the proxies in front, whose word for who asks is taken.
PROXY = "REGIOMONITOR_PROXY"
# What a browser sends: a choice, or a form of the committee.
_BERICHT = 4_000_000
_KOPPEN = 64_000
# How long readers get to end what they asked for, and how long the server gets to end after that.
_AFRONDEN = 3
_EINDE = 6


class _Server(uvicorn.Server):
    """Ends at a signal, also when a page hangs."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; what has not stopped by then is left."""
        threading.Thread(target=_end_at_last, daemon=True).start()
        super().handle_exit(sig, frame)


def _end_at_last() -> None:
    time.sleep(_EINDE)
    os._exit(1)


def listen(poort: int, host: str) -> int:
    """Serve until told to stop; 1 when it could not start."""
    wie = os.environ.get(SCHAKELAAR, "")
    proxy = os.environ.get(PROXY, "")
    bootstrap.load_config_options({
        "server.port": poort,
        "server.address": host,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.baseUrlPath": "",
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "server.maxUploadSize": loket.MEESTE_MB,
        # Where nobody logs in, Streamlit looks for no settings of login either.
        "secrets.files": [wie] if has_login(wie) else [],
    })  # fmt: skip
    if wie != OP_LOOPBACK:
        toestand.write_json_lines()
    if has_login(wie):
        lezer.AFGEMELD.share(data.pad().parent)
    adressen = toegang.allowed_addresses(poort, host, os.environ.get(toegang.SCHAKELAAR, ""))
    dienst = _Server(
        uvicorn.Config(
            asgi.build(adressen, neemt_aan=loket.is_open()),
            host=host,
            port=poort,
            http="h11",
            ws="websockets-sansio",
            ws_per_message_deflate=True,
            ws_max_size=_BERICHT,
            ws_ping_interval=30,
            ws_ping_timeout=30,
            h11_max_incomplete_event_size=_KOPPEN,
            server_header=False,
            # Only of a proxy that is named: anybody can write who he is.
            proxy_headers=bool(proxy),
            forwarded_allow_ips=proxy,
            access_log=False,
            log_level="error",
            timeout_graceful_shutdown=_AFRONDEN,
        )
    )
    haler = server.fetch_once(data.pad().parent, os.environ)
    try:
        dienst.run()
    finally:
        if haler is not None and haler.poll() is None:
            haler.kill()
    return 0 if dienst.started else 1
