"""A real PostgreSQL on loopback for the tests: Debian's package, started once and thrown away."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    map_ = Path(tempfile.mkdtemp(prefix="rm-postgres-"))
    als = []
    if os.geteuid() == 0:
        wie = pwd.getpwnam("postgres")
        os.chown(map_, wie.pw_uid, wie.pw_gid)
        als = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as sok:
        sok.bind(("127.0.0.1", 0))
        poort = sok.getsockname()[1]
    data = map_ / "data"
    stil = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": map_}
    try:
        subprocess.run([*als, programmas / "initdb", "-D", data, "-U", "proef", "-A", "trust", "--no-sync",
                        "-E", "UTF8", "--locale", "C"], **stil)  # fmt: skip
        adressen = ",".join(("127.0.0.1", *ook_op))
        opties = f"-p {poort} -c listen_addresses={adressen} -k {map_} -c fsync=off -c shared_buffers=16MB"
        if ook_op:
            with (data / "pg_hba.conf").open("a", encoding="ascii") as toegelaten:
                toegelaten.writelines(f"host all all {adres}/24 trust\n" for adres in ook_op)
        start = [*als, programmas / "pg_ctl", "-D", data, "-o", opties, "-l", map_ / "log", "-w"]
        subprocess.run([*start, "start"], **stil)
        try:
            yield f"postgresql://proef@127.0.0.1:{poort}/postgres"
        finally:
            subprocess.run([*als, programmas / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **stil)
    finally:
        shutil.rmtree(map_, ignore_errors=True)
