"""Restore a backup and be killed at a chosen step, recover, and say whether all is old or all is new.

Every change of the file system and every commit is a step; the kill comes just before it. Each try runs in a fork of
its own, so that nothing of one is left for the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from app.commissie.bank import keten
from app.commissie.bank.opslag import URL
from app.commissie.openen import open_opslag
from app.opdrachten.beheer.commissie import prepare
from app.opdrachten.beheer.reservekopie import restore

_GEBEURTENISSEN = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "os.truncate"}
_SCHRIJVEND = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Teller:
    """Counts steps; at the chosen one the process is gone."""

    def __init__(self, stop: int) -> None:
        self.stap, self._stop, self._aan = 0, stop, True
        echt = os.fsync
        sys.addaudithook(self._hook)
        os.fsync = lambda wijzer: (self.step(), echt(wijzer))[1]  # type: ignore[assignment, return-value, func-returns-value]
        sa.event.listen(sa.Engine, "commit", lambda _con: self.step())

    def step(self) -> None:
        """Take one step, or be killed."""
        if self._aan:
            self.stap += 1
            if self.stap == self._stop:
                os.kill(os.getpid(), signal.SIGKILL)

    def stop(self) -> None:
        """Count no further."""
        self._aan = False

    def _hook(self, wat: str, args: tuple[object, ...]) -> None:
        schrijft = wat == "open" and isinstance(args[2], int) and args[2] & _SCHRIJVEND
        if wat in _GEBEURTENISSEN or schrijft:
            self.step()


def state(plek: Path) -> str:
    """Return everything that a reader has, as one text."""
    keten._GEZIEN.clear()
    notities = [(w.kenmerk, w.inhoud.tekst) for w in open_opslag(plek / "wh").history()]
    bestanden = {
        str(p.relative_to(plek)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(plek.rglob("*"))
        if p.is_file() and not p.is_symlink() and (p.suffix == ".duckdb" or "raw" in p.parts or ".terug" in str(p))
        and "voor_herstel" not in p.parts
    }  # fmt: skip
    bewaard = len(list((plek / "wh" / "voor_herstel").glob("*")))
    return json.dumps([bestanden, bewaard, notities], sort_keys=True)


def in_fork(doe: Callable[[], str]) -> str | None:
    """Run in a process of its own; returns what came of it, or nothing where it was killed."""
    lees, schrijf = os.pipe()
    kind = os.fork()
    if kind == 0:
        os.close(lees)
        try:
            uit = doe()
        except BaseException as fout:
            uit = f"fout: {fout!r}"
        os.write(schrijf, uit.encode())
        os._exit(0)
    os.close(schrijf)
    with os.fdopen(lees, "rb") as stroom:
        uit = stroom.read().decode()
    return uit if os.waitpid(kind, 0)[1] == 0 else None


def attempt(sjabloon: Path, werk: Path, kopie: Path, stop: int) -> tuple[str | None, str]:
    """Restore with a kill at a step (0: none), recover as a next command does, and return steps taken and the state."""
    shutil.rmtree(werk, ignore_errors=True)
    shutil.copytree(sjabloon, werk)
    basis = os.environ.get("PROEF_DATABASE", "")
    if basis:
        naam = f"breek_{stop}"
        engine = sa.create_engine(sa.make_url(basis), poolclass=sa.NullPool)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
            con.exec_driver_sql(f"drop database if exists {naam} with (force)")
            con.exec_driver_sql(f"create database {naam} template {os.environ['PROEF_SJABLOON']}")
        os.environ[URL] = sa.make_url(basis).set(database=naam, drivername="postgresql").render_as_string(False)

    def _restore() -> str:
        teller = Teller(stop)
        restore(werk / "wh", kopie, werk / "raw")
        teller.stop()
        return str(teller.stap)

    def _recover() -> str:
        if stop % 2:
            prepare(werk / "wh")
        return state(werk)

    stappen = in_fork(_restore)
    return stappen, in_fork(_recover) or "fout: herstel na afbreken is zelf gestopt"


def differences(stand: str, oud: str) -> list[str]:
    """Return what files are there beside those of before."""
    try:
        return sorted(set(json.loads(stand)[0]) - set(json.loads(oud)[0]))
    except ValueError:
        return [stand]


def main() -> None:
    """Print per step `oud`, `nieuw` or what else it is; the steps are those of the command line, or all."""
    sjabloon, kopie, keuze = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    werk = sjabloon.with_name("werk")
    _, nieuw = attempt(sjabloon, werk, kopie, 0)
    aantal = int(attempt(sjabloon, werk, kopie, 10**9)[0] or 0)
    _, oud = attempt(sjabloon, werk, kopie, 1)
    stappen = [*range(1, aantal + 1)]
    if keuze != "alle":
        # Evenly spread; an odd width, so that each way to recover has its turn. The last one is always new.
        stappen = sorted({*range(1 + int(keuze) % 7, aantal + 1, aantal // 10 * 2 + 1), aantal})
    print(json.dumps({"aantal": aantal, "verschilt": oud != nieuw}), flush=True)
    for stap in stappen:
        gestopt, stand = attempt(sjabloon, werk, kopie, stap)
        uitkomst = "oud" if stand == oud else "nieuw" if stand == nieuw else f"gemengd: {differences(stand, oud)}"
        print(json.dumps({"stap": stap, "gestopt": gestopt is None, "stand": uitkomst}), flush=True)


if __name__ == "__main__":
    main()
