"""The files that one installs with: each read by the program that it is for, where that is here."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest
import yaml
from dienst import free_port
from opstelling import INSTALLATIE, NAAM, find_nginx, make_certificate, nginx_config, start_nginx

WORTEL = INSTALLATIE.parents[1]
GIDS = (WORTEL / "docs" / "handleiding" / "installeren.md").read_text(encoding="utf-8")
UNITS = sorted(pad.name for pad in INSTALLATIE.glob("regiomonitor*"))


@pytest.mark.skipif(find_nginx() is None, reason="NIET GETEST: nginx is er niet")
def test_nginx_reads_its_configuration(tmp_path: Path) -> None:
    make_certificate(tmp_path)
    pad = nginx_config(tmp_path, 1, ["127.0.0.1:8601", "127.0.0.1:8602"])
    klaar = subprocess.run([find_nginx() or "", "-t", "-c", str(pad), "-e", str(tmp_path / "log")], capture_output=True)
    assert klaar.returncode == 0, klaar.stderr.decode()
    assert b"[warn]" not in klaar.stderr


@pytest.mark.skipif(find_nginx() is None, reason="NIET GETEST: nginx is er niet")
def test_nginx_writes_no_link_of_a_mail_down_and_never_holds_up_who_stops(tmp_path: Path) -> None:
    make_certificate(tmp_path)
    # Nobody behind it: what it answers itself is written down by other rules than what it passes on.
    poort, token = free_port(), "a-B_" * 10 + "c3d"
    nginx = start_nginx(tmp_path, poort, [f"127.0.0.1:{free_port()}"])
    try:
        _wait_for(poort)
        vertrouwd = ssl.create_default_context(cafile=str(tmp_path / "tls.crt"))
        vertrouwd.check_hostname = False
        lijn = http.client.HTTPSConnection("127.0.0.1", poort, timeout=10, context=vertrouwd)

        def ask(pad: str, soort: str = "GET") -> int:
            lijn.request(soort, pad, headers={"host": NAAM})
            with lijn.getresponse() as antwoord:
                antwoord.read()
                return antwoord.status

        for pad in ("/berichten/", "//berichten/", "/BERICHTEN/", "/%62erichten/", "/berichten%252Fuit%252F",
                    "/berichten;x/", "/berichten%20/"):  # fmt: skip
            assert ask(pad + token) == 503, pad
        assert {ask(f"/berichten/uit/{token}") for _ in range(80)} == {503, 429}
        assert ask(f"/berichten/uit/{token}", "POST") == 503
        assert {ask("/berichten", "POST") for _ in range(30)} == {503, 429}
        assert (ask("/berichten"), ask(f"/media/{'0' * 56}.csv")) == (503, 503)
        # What a provider sends along, and what somebody looks for.
        assert ask(f"/oauth2callback?code={token[:30]}&state=x") == ask("/regiomonitor/zoeken?vraag=Jansen") == 503
        onveilig = re.search(r"listen 127.0.0.1:(\d+);", (tmp_path / "nginx.conf").read_text(encoding="utf-8"))
        assert onveilig
        with socket.create_connection(("127.0.0.1", int(onveilig[1])), 5) as gewoon:
            gewoon.sendall(f"GET /berichten/uit/{token} HTTP/1.0\r\n\r\n".encode())
            assert b" 308 " in gewoon.recv(100)
    finally:
        nginx.terminate()
        nginx.wait(10)
    log = (tmp_path / "access.log").read_text(encoding="utf-8")
    assert "/media/" in log
    assert "GET /berichten HTTP" in log
    assert "GET /oauth2callback HTTP" in log
    assert not [pad for pad in tmp_path.glob("*.log") if token[:30] in pad.read_text(encoding="utf-8")]
    assert "Jansen" not in log


def _wait_for(poort: int) -> None:
    eind = time.monotonic() + 10
    while time.monotonic() < eind:
        with socket.socket() as sok:
            if sok.connect_ex(("127.0.0.1", poort)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx start niet")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="NIET GETEST: systemd-analyze is er niet")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for naam in UNITS:
        tekst = (INSTALLATIE / naam).read_text(encoding="utf-8")
        # What they start is not on the computer of who builds.
        tekst = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", tekst)
        (tmp_path / naam.replace("@", "@8601")).write_text(tekst, encoding="utf-8")
    opdracht = ["systemd-analyze", "verify", "--man=no", *sorted(str(pad) for pad in tmp_path.iterdir())]
    klaar = subprocess.run(opdracht, capture_output=True, text=True)
    gezegd = [regel for regel in klaar.stderr.splitlines() if str(tmp_path) in regel or "regiomonitor" in regel]
    assert gezegd == []


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="NIET GETEST: hadolint is er niet")
def test_the_container_file_has_no_known_faults() -> None:
    klaar = subprocess.run(["hadolint", str(INSTALLATIE / "Containerfile")], capture_output=True, text=True)
    assert klaar.returncode == 0, klaar.stdout


def test_the_compose_file_names_only_what_is_there() -> None:
    compose = yaml.safe_load((INSTALLATIE / "compose.yaml").read_text(encoding="utf-8"))
    for naam, dienst in compose["services"].items():
        assert set(dienst.get("depends_on", ())) <= set(compose["services"]), naam
        assert set(dienst["networks"]) <= set(compose["networks"]), naam
        for plek in dienst["volumes"]:
            bron = plek.partition(":")[0]
            assert bron in compose["volumes"] or bron.startswith("./"), plek
        if "build" in dienst:
            assert (INSTALLATIE / dienst["build"]["context"] / dienst["build"]["dockerfile"]).is_file()


def test_every_setting_that_is_named_exists_and_every_file_is_in_the_guide() -> None:
    code = "".join(
        pad.read_text(encoding="utf-8") for map_ in ("app", "pipelines") for pad in (WORTEL / map_).rglob("*.py")
    )
    for pad in INSTALLATIE.iterdir():
        for naam in set(re.findall(r"REGIOMONITOR_[A-Z_]+", pad.read_text(encoding="utf-8"))):
            delen = (
                (naam, "REGIOMONITOR_{soort.upper()}")
                if naam in ("REGIOMONITOR_RAW", "REGIOMONITOR_WAREHOUSE")
                else (naam,)
            )
            assert any(deel in code for deel in delen), f"{pad.name}: {naam}"
        assert pad.name in GIDS, pad.name
