"""A database server that is killed and comes back: what was said to be kept is there, the rest was clearly refused."""

from __future__ import annotations

import os
import pwd
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from commissiebed import Lid
from lang import LANG, alleen_lang
from postgres import find_postgres, running_postgres

from app.commissie.bank import verbinden
from app.commissie.bank.opslag import Opslag
from app.commissie.bank.verbinden import URL
from app.commissie.model import Inhoud, Onderwerp, OpslagError
from app.commissie.openen import open_opslag

SCORE = Onderwerp("score", "RA0205", 2026, "regiovisie/verstevigen")
_POGINGEN = 60


def _ask(opslag: Opslag, vraag: str) -> str:
    with opslag.transaction(schrijf=False) as con:
        return str(con.scalar(sa.text(vraag)))


def _start_again(programmas: Path, data: Path) -> None:
    """Start the server on what it had, as whoever owns that, once what is left of the old one has let go."""
    _, *opties = shlex.split((data / "postmaster.opts").read_text())
    eigenaar = pwd.getpwuid(data.stat().st_uid).pw_name
    als = ["runuser", "-u", eigenaar, "--"] if os.geteuid() == 0 else []
    anders = shlex.join(optie for optie in opties if optie not in ("-D", str(data)))
    opdracht = [*als, programmas / "pg_ctl", "-D", data, "-o", anders, "-l", data / "weer.log", "-w", "start"]
    for _ in range(_POGINGEN):
        if subprocess.run(opdracht, cwd=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.5)
    pytest.fail("PostgreSQL komt niet terug.")


def _write_until_refused(opslag: Opslag, versie: int) -> int:
    """Save until the server is gone; returns the newest version that was acknowledged.

    Raises:
        OpslagError: it is gone, as it should be.
    """
    for _ in range(50):
        versie = opslag.save(SCORE, Inhoud("Tijdens", 2), gebaseerd_op=versie, **Lid).eigen.versie or 0
    return versie


@alleen_lang
@pytest.mark.lang
def test_a_server_that_is_killed_and_comes_back_has_all_that_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programmas = find_postgres()
    if programmas is None:
        pytest.skip("geen PostgreSQL gevonden")
    with running_postgres(programmas) as url:
        monkeypatch.setenv(URL, url)
        opslag, bevestigd = open_opslag(tmp_path), 0
        data = Path(_ask(opslag, "show data_directory"))
        for ronde in range(3):
            bewaard = opslag.save(SCORE, Inhoud(f"Ervoor {ronde}", 2), gebaseerd_op=bevestigd, **Lid)
            assert (bewaard.eigen.versie or 0) == bevestigd + 1
            os.kill(int((data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            with pytest.raises(OpslagError, match="Er is niets verloren") as fout:
                _write_until_refused(opslag, bevestigd + 1)
            assert "Tijdens" not in str(fout.value)
            _start_again(programmas, data)
            versies = [w.versie for w in open_opslag(tmp_path).history()]
            # One that was written and not acknowledged may be there; none that was acknowledged is gone.
            assert versies == list(range(1, len(versies) + 1))
            assert len(versies) > bevestigd
            bevestigd = len(versies)


@pytest.mark.lang
def test_a_server_that_hangs_is_given_up_within_ten_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programmas = find_postgres()
    if programmas is None:
        pytest.skip("geen PostgreSQL gevonden")
    assert verbinden._VERBIND_S + verbinden._STIL_S < 10
    if not LANG:
        # Shorter limits show the same; two seconds is the least that the library waits for a connection.
        monkeypatch.setattr(verbinden, "_VERBIND_S", 2)
        monkeypatch.setattr(verbinden, "_STIL_S", 1)
    with running_postgres(programmas) as url:
        monkeypatch.setenv(URL, url)
        opslag = open_opslag(tmp_path)
        opslag.save(SCORE, Inhoud("Ervoor", 2), gebaseerd_op=0, **Lid)
        gestopt: list[int] = []
        try:
            begin = time.monotonic()
            with pytest.raises(OpslagError, match="niet te lezen of te schrijven"), opslag.transaction() as con:  # noqa: PT012
                achter = int(con.scalar(sa.text("select pg_backend_pid()")) or 0)
                hoofd = int(Path(f"/proc/{achter}/stat").read_text().split()[3])
                for proces in (hoofd, achter):
                    os.kill(proces, signal.SIGSTOP)
                    gestopt.append(proces)
                con.scalar(sa.text("select 1"))
            vragen = time.monotonic() - begin
            with pytest.raises(OpslagError, match="niet te lezen of te schrijven"):
                opslag.save(SCORE, Inhoud("Tijdens", 3), gebaseerd_op=1, **Lid)
            opnieuw = time.monotonic() - begin - vragen
        finally:
            for proces in gestopt:
                os.kill(proces, signal.SIGCONT)
        assert max(vragen, opnieuw) < 10
        assert opslag.save(SCORE, Inhoud("Erna", 3), gebaseerd_op=1, **Lid).eigen.versie == 2
