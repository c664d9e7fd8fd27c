"""A server that begins and ends: it is what started it, it hears who stops it, and it says what is wrong before."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dienst import WORTEL, free_port, is_listening, running

from app.dienst import server


@pytest.mark.parametrize("signaal", [signal.SIGINT, signal.SIGTERM])
def test_the_server_is_what_started_it_and_ends_with_it(tmp_path: Path, signaal: int) -> None:
    (tmp_path / "warehouse").mkdir()
    with running(tmp_path, tmp_path / "warehouse") as loopt:
        pid = loopt.proces.pid
        opdracht = Path(f"/proc/{pid}/cmdline")
        if opdracht.exists():
            assert b"app.dienst.web" in opdracht.read_bytes()
            assert Path(f"/proc/{pid}/task/{pid}/children").read_text() == ""
        os.kill(pid, signaal)
        assert loopt.proces.wait(30) == 0
        assert not is_listening(loopt.poort)


def test_who_stops_the_server_before_it_listens_is_heard() -> None:
    # Importing Streamlit is not done yet; without a word, and as if it had been asked later.
    opdracht = [sys.executable, "-X", "importtime", "-m", "app.dienst.web", str(free_port()), "127.0.0.1"]
    with subprocess.Popen(opdracht, cwd=WORTEL, stderr=subprocess.PIPE, text=True) as proces:
        assert proces.stderr is not None
        next(regel for regel in proces.stderr if regel.endswith(" anyio\n"))
        proces.send_signal(signal.SIGINT)
        rest = proces.stderr.read()
        assert proces.wait(30) == 0
    assert "Traceback" not in rest


def test_a_wrong_address_is_said_before_serving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("REGIOMONITOR_ADRES", "monitor.voorbeeld.nl")
    assert server.serve(free_port(), warehouse=tmp_path) == 1
    assert "https://monitor.voorbeeld.nl" in caplog.text


_HANGT = """
import sys, time
from pathlib import Path
from app.dienst import luisteren, web
async def app(scope, receive, send):
    assert scope["type"] == "http"
    Path(sys.argv[2]).touch()
    time.sleep(600)
luisteren.asgi.build = lambda adressen, **rest: app
luisteren._EINDE = 0.2
web.main(int(sys.argv[1]), "127.0.0.1")
"""


def test_a_server_that_hangs_ends_all_the_same(tmp_path: Path) -> None:
    poort, bezig = free_port(), tmp_path / "bezig"
    opdracht = [sys.executable, "-c", _HANGT, str(poort), str(bezig)]
    with subprocess.Popen(opdracht, cwd=WORTEL, env={**os.environ, "REGIOMONITOR_GEBIEDEN": "uit"}) as proces:
        try:
            while not is_listening(poort):
                assert proces.poll() is None
                time.sleep(0.05)
            with socket.create_connection(("127.0.0.1", poort)) as sok:
                sok.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                while not bezig.exists():
                    time.sleep(0.05)
                proces.terminate()
                assert proces.wait(30) == 1
        finally:
            proces.kill()
