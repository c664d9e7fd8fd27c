"""A restore that is killed at any step leaves, after the next command, all of the old or all of the new."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from commissiebed import Lid
from kopiebed import SCORE, _publish
from lang import LANG

from app.commissie.bank.opslag import URL, Opslag
from app.commissie.model import Inhoud
from app.opdrachten.beheer.kopie_schrijven import backup

WORTEL = Path(__file__).parents[3]


def _deliver(raw: Path, naam: str, tekst: str) -> None:
    (raw / "bron" / naam).mkdir(parents=True)
    (raw / "bron" / naam / "levering.yml").write_text(tekst, encoding="utf-8")


@pytest.mark.lang
def test_killed_at_any_step_a_restore_is_wholly_old_or_wholly_new(
    maak,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opslag: Opslag = maak()
    sjabloon = tmp_path / "sjabloon"
    wh, raw = sjabloon / "wh", sjabloon / "raw"
    sjabloon.mkdir()
    Path(os.environ["REGIOMONITOR_WAREHOUSE"]).rename(wh)
    if opslag.soort == "sqlite":
        from app.commissie.openen import open_opslag

        opslag = open_opslag(wh)
    _publish(wh, "20230601T120000Z-aaaaaaaa")
    _deliver(raw, "l1", "de eerste")
    opslag.save(SCORE, Inhoud("Toen", 2), gebaseerd_op=0, **Lid)
    kopie = backup(wh, tmp_path / "kopie.zip", raw=raw)
    _publish(wh, "20240601T120000Z-bbbbbbbb")
    (wh / "publicaties" / "20230601T120000Z-aaaaaaaa.duckdb").unlink()
    opslag.save(SCORE, Inhoud("Daarna", 3), gebaseerd_op=1, **Lid)
    (raw / "bron" / "l1").rename(tmp_path / "l1")
    _deliver(raw, "l2", "de tweede")
    if opslag.soort == "postgresql":
        url = sa.make_url(os.environ[URL])
        monkeypatch.setenv("PROEF_DATABASE", url.set(drivername="postgresql+psycopg", database="postgres")
                           .render_as_string(hide_password=False))  # fmt: skip
        monkeypatch.setenv("PROEF_SJABLOON", str(url.database))
    keuze = "alle" if LANG else str(random.Random(16).randrange(7))
    omgeving = {**os.environ, "PYTHONPATH": f"{WORTEL}{os.pathsep}{WORTEL / 'tests'}"}
    opdracht = [
        sys.executable,
        str(WORTEL / "tests" / "hulp" / "breken" / "herstel_breker.py"),
        str(sjabloon),
        str(kopie),
        keuze,
    ]
    loop = subprocess.run(opdracht, env=omgeving, capture_output=True, text=True)
    assert loop.returncode == 0, loop.stderr
    eerst, *stappen = [json.loads(regel) for regel in loop.stdout.splitlines()]
    assert eerst["verschilt"]
    assert eerst["aantal"] > 30
    assert all(stap["gestopt"] for stap in stappen)
    assert [stap for stap in stappen if stap["stand"] not in ("oud", "nieuw")] == []
    assert {stap["stand"] for stap in stappen} == {"oud", "nieuw"}
