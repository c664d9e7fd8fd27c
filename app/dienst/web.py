"""The process that serves the app; `app.dienst.server` starts it, and it ends with what started it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time

import uvicorn
from streamlit.web import bootstrap

from app.dienst import asgi, toegang, toestand
from app.raam import loket
from app.rollen.lezer import OP_LOOPBACK, OPEN, SCHAKELAAR

# What a browser sends: a choice, or a form of the committee.
# The addresses of the proxies in front, whose word for who asks is taken.
PROXY = "REGIOMONITOR_PROXY"
_BERICHT = 4_000_000
_KOPPEN = 64_000
# How long readers get to end what they asked for, and how long the server gets to end after that.
_AFRONDEN = 3
_EINDE = 6


def main(poort: int, host: str) -> int:
    """Serve until told to stop; 1 when it could not start."""
    threading.Thread(target=end_with_parent, daemon=True).start()
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
        "secrets.files": [] if wie in ("", OP_LOOPBACK, OPEN) else [wie],
    })  # fmt: skip
    if wie != OP_LOOPBACK:
        toestand.write_json_lines()
    adressen = toegang.allowed_addresses(poort, host, os.environ.get(toegang.SCHAKELAAR, ""))
    server = uvicorn.Server(
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
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    return 0 if server.started else 1


def end_with_parent() -> None:
    """Wait until whatever started this process is gone or lets go, and stop the server, also when a page hangs.

    Only the parent holds the other side of our standard input; the system closes it even after a kill. It is read
    without a buffer, whose lock would be missed when Python ends.
    """
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_EINDE)
    os._exit(1)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), sys.argv[2]))
