"""`regiomonitor serve`: the app for others. On another address than this computer's only with login, or read-only."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from app.rollen.lezer import OP_LOOPBACK, OPEN, SCHAKELAAR, has_login


def add_serving(dien: argparse.ArgumentParser, poort: int, read_port: Callable[[str], int]) -> None:
    """Add what `serve` takes."""
    dien.add_argument("--host", default="127.0.0.1", metavar="ADRES", help="waarop te luisteren; standaard 127.0.0.1")
    dien.add_argument("--port", type=read_port, default=poort, metavar="POORT", help=f"standaard {poort}")
    wie = dien.add_mutually_exclusive_group()
    wie.add_argument("--open", action="store_true", help="iedereen leest de publicatie; de rest is dicht")
    wie.add_argument("--toegang", type=Path, metavar="BESTAND", help="TOML-bestand: wie zich waar aanmeldt en wat mag")


def serve_app(args: argparse.Namespace) -> int:
    """Serve what there is; a build is a command of its own, also while readers look."""
    from app.commissie.terugzetten import settle
    from app.dienst.server import refusal, serve
    from pipelines.afspraken.warehouse.gaaf import newest_whole

    wie = _who(args)
    if geweigerd := refusal(args.host, wie):
        print(geweigerd, file=sys.stderr)
        return 1
    if newest_whole(args.warehouse) is None:
        print("Er is nog geen publicatie. Maak er een met: .venv/bin/regiomonitor build", file=sys.stderr)
        return 1
    settle(args.warehouse)
    print(f"Regiomonitor luistert op {args.host}, poort {args.port} (stoppen: Ctrl+C).", flush=True)
    return serve(args.port, args.host, args.warehouse, args.raw, wie=wie)


def _who(args: argparse.Namespace) -> str:
    """Return who may do what; a file with settings by its whole path, for the server works in another folder."""
    if args.open:
        return OPEN
    wie = str(args.toegang or os.environ.get(SCHAKELAAR, "") or OP_LOOPBACK)
    return str(Path(wie).resolve()) if args.toegang or has_login(wie) else wie
