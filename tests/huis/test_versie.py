"""The version stands in pyproject.toml; the footer of the app and the publication repeat it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from scherm import open_screen

from pipelines.publicatie.publiceren import CODE_VERSIE

PYPROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
SCHERM = """
from datetime import datetime
from app.raam.vakken import voet
from app.lezen.rijen import Publicatie
voet.show(Publicatie("20261128T120000Z-abc", datetime(2026, 11, 28), "oud", "abc", 1, 0, 1, 1))
"""


def test_app_and_publication_say_the_version_of_the_project() -> None:
    versie = PYPROJECT["project"]["version"]
    assert versie == CODE_VERSIE
    voet = open_screen(SCHERM).get("html")[-1].proto.body
    assert f"Versie {versie} van de monitor." in voet
