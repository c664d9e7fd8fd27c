"""A real PostgreSQL on loopback for the tests: Debian's package, started once and thrown away."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def find_postgres() -> Path | None:
    """Return the folder of the newest PostgreSQL programs, if there are any."""
    mappen = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda m: int(m.split("/")[-2]))
    if mappen:
        return Path(mappen[-1])
    gevonden = shutil.which("initdb")
    return Path(gevonden).resolve().parent if gevonden else None


@contextmanager
def running_postgres(programmas: Path, ook_op: tuple[str, ...] = ()) -> Iterator[str]:
    """Start a server of its own and give its URL; root starts it as the user postgres, as Debian wants.

    `ook_op` are more addresses of this computer, for test hosts that see it under those.
    """
    with _folder() as (map_, als):
        data = map_ / "data"
        subprocess.run([*als, programmas / "initdb", "-D", data, "-U", "proef", "-A", "trust", "--no-sync",
                        "-E", "UTF8", "--locale", "C"], **_stil(map_))  # fmt: skip
        if ook_op:
            with (data / "pg_hba.conf").open("a", encoding="ascii") as toegelaten:
                toegelaten.writelines(f"host all all {adres}/24 trust\n" for adres in ook_op)
        with _started(programmas, map_, als, ook_op) as url:
            yield url


@contextmanager
def running_standby(programmas: Path, url: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """Start a second server that follows this one, and give its URL and what makes it the first."""
    poort = url.rpartition(":")[2].partition("/")[0]
    with _folder() as (map_, als):
        kopie = [*als, programmas / "pg_basebackup", "-h", "127.0.0.1", "-p", poort, "-U", "proef", "-D", map_ / "data",
                 "-R", "-X", "stream", "-c", "fast", "--no-sync"]  # fmt: skip
        subprocess.run(kopie, **_stil(map_))
        with _started(programmas, map_, als) as standby:
            promote = [*als, programmas / "pg_ctl", "-D", map_ / "data", "-w", "promote"]
            yield standby, lambda: subprocess.run(promote, **_stil(map_)) and None


def _stil(map_: Path) -> dict[str, Any]:
    return {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": map_}


@contextmanager
def _folder() -> Iterator[tuple[Path, list[str]]]:
    """Give a folder for a server, and how to run as whoever owns it."""
    map_ = Path(tempfile.mkdtemp(prefix="rm-postgres-"))
    als = []
    if os.geteuid() == 0:
        wie = pwd.getpwnam("postgres")
        os.chown(map_, wie.pw_uid, wie.pw_gid)
        als = ["runuser", "-u", "postgres", "--"]
    try:
        yield map_, als
    finally:
        shutil.rmtree(map_, ignore_errors=True)


@contextmanager
def _started(programmas: Path, map_: Path, als: list[str], ook_op: tuple[str, ...] = ()) -> Iterator[str]:
    with socket.socket() as sok:
        sok.bind(("127.0.0.1", 0))
        poort = sok.getsockname()[1]
    adressen = ",".join(("127.0.0.1", *ook_op))
    opties = f"-p {poort} -c listen_addresses={adressen} -k {map_} -c fsync=off -c shared_buffers=16MB"
    pg_ctl = [*als, programmas / "pg_ctl", "-D", map_ / "data"]
    subprocess.run([*pg_ctl, "-o", opties, "-l", map_ / "log", "-w", "start"], **_stil(map_))
    try:
        yield f"postgresql://proef@127.0.0.1:{poort}/postgres"
    finally:
        # One that a test killed is gone already.
        subprocess.run([*pg_ctl, "-m", "immediate", "-w", "stop"], **(_stil(map_) | {"check": False}))
