"""A supplier drops a file of his own on the page; it is checked, filed and in the publication."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from stappen import await_run, press

WORTEL = Path(__file__).resolve().parents[2]
BESTAND = "Dekking van onze leden\n\nJaar;Stand per;Gebied;Sector;Aangesloten medewerkers;Alle medewerkers\n" \
          "2022;2023-06-30;Heel Nederland;Totaal;700;1000\n"  # fmt: skip


@pytest.fixture
def plek(kleine_publicatie: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Serve a small publication of its own, as `start` does; the address, and the folder of deliveries."""
    shutil.copytree(kleine_publicatie, tmp_path / "warehouse")
    (tmp_path / "raw").mkdir()
    with socket.socket() as sok:
        sok.bind(("127.0.0.1", 0))
        poort = sok.getsockname()[1]
    code = (
        "from pathlib import Path; from app.dienst.server import serve; "
        f"serve({poort}, warehouse=Path({str(tmp_path / 'warehouse')!r}), raw=Path({str(tmp_path / 'raw')!r}))"
    )
    omgeving = {**os.environ, "PYTHONPATH": str(WORTEL), "REGIOMONITOR_GEBIEDEN": "uit"}
    with subprocess.Popen([sys.executable, "-c", code], cwd=WORTEL, env=omgeving) as proces:
        try:
            _wait(f"http://127.0.0.1:{poort}/_stcore/health")
            yield f"http://127.0.0.1:{poort}", tmp_path
        finally:
            proces.terminate()


def _wait(adres: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(adres, timeout=1).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("De app start niet.")


@pytest.mark.browser
def test_a_supplier_brings_a_file_of_his_own_into_the_publication(page: Page, plek: tuple[str, Path]) -> None:
    adres, map_ = plek
    bestand = map_ / "Levering leden (2022).csv"
    bestand.write_text(BESTAND, encoding="utf-8")
    page.goto(f"{adres}/aanleveren")
    expect(page.get_by_role("heading", name="Data aanleveren")).to_be_visible()
    page.get_by_role("combobox", name="Bron").click()
    page.get_by_role("option", name="Dekkingsgraad volgens PFZW").click()
    page.locator('input[type="file"]').set_input_files(bestand)
    expect(page.get_by_role("heading", name="Wat is wat?")).to_be_visible()
    goedgekeurd = page.get_by_role("heading", name="Goedgekeurd")
    press(page, page.get_by_role("button", name="Controleer"), goedgekeurd)
    assert list((map_ / "raw").iterdir()) == []
    bouw = page.get_by_role("button", name="Maak de nieuwe publicatie")
    press(page, page.get_by_role("button", name="Bewaar als nieuwe versie"), bouw)
    await_run(page)
    bouw.click()
    expect(page.get_by_text("De nieuwe publicatie is er")).to_be_visible(timeout=300_000)
    (levering,) = (map_ / "raw" / "pfzw_dekking").iterdir()
    assert (levering / "dekking.csv").read_text(encoding="utf-8") == BESTAND
    page.goto(f"{adres}/verantwoording?onderdeel=leveringen")
    expect(page.get_by_role("rowheader", name="Dekkingsgraad volgens PFZW: dekking, 2022")).to_be_visible()
