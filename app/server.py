"""Serve the app: one process on loopback that talks to nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

_WORTEL = Path(__file__).resolve().parent.parent


def serve(port: int, host: str = "127.0.0.1", warehouse: Path = Path("data/warehouse")) -> int:
    """Run the app until it is stopped; returns its exit code."""
    omgeving = {
        **os.environ,
        "REGIOMONITOR_WAREHOUSE": str(Path(warehouse).resolve()),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(_WORTEL), os.environ.get("PYTHONPATH", "")])),
    }
    opdracht = [
        sys.executable, "-m", "streamlit", "run", str(_WORTEL / "app" / "asgi.py"),
        "--server.port", str(port),
        "--server.address", host,
        "--server.headless", "true",
        "--server.fileWatcherType", "none",
        "--browser.gatherUsageStats", "false",
        "--client.toolbarMode", "viewer",
        "--client.showErrorDetails", "none",
        "--logger.hideWelcomeMessage", "true",
    ]  # fmt: skip
    with subprocess.Popen(opdracht, env=omgeving, cwd=_WORTEL) as proces:

        def _stop(_signaal: int, _frame: FrameType | None) -> None:
            proces.terminate()

        vorige = {soort: signal.signal(soort, _stop) for soort in (signal.SIGTERM, signal.SIGINT)}
        try:
            uitkomst = proces.wait()
        finally:
            for soort, oud in vorige.items():
                signal.signal(soort, oud)
    return 0 if uitkomst in (0, -signal.SIGTERM, -signal.SIGINT) else uitkomst
