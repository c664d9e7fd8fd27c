"""The pages of the app: each has a screen, and a new one takes that screen and one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scherm import new_screen

from app import schermen
from app.dienst.asgi import menu_bar
from app.raam import paginas
from app.raam.zoeken import index

HOOFD = Path(paginas.__file__).parents[1] / "hoofd.py"

NIEUWE_PAGINA = """
import streamlit as st
def show(merk):
    st.title("Een nieuwe pagina")
"""


def test_every_screen_is_that_of_one_page() -> None:
    map_ = HOOFD.parent / "schermen"
    schermen_ = [pad.stem for pad in map_.glob("*.py") if pad.stem != "__init__"]
    schermen_ += [f"{pad.parent.name}.pagina" for pad in map_.glob("*/pagina.py")]
    assert sorted(schermen_) == sorted(pagina.scherm for pagina in paginas.PAGINAS.values())


def test_a_new_page_is_its_screen_and_its_line(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    (tmp_path / "nieuw.py").write_text(NIEUWE_PAGINA, encoding="utf-8")
    monkeypatch.setattr(schermen, "__path__", [*schermen.__path__, str(tmp_path)])
    monkeypatch.setitem(paginas.PAGINAS, paginas.BEGIN, paginas.Pagina("Nieuw", "nieuw", zin="Wat hier nieuw is."))
    scherm = new_screen(HOOFD).run()
    assert not scherm.exception
    assert [titel.value for titel in scherm.title] == ["Een nieuwe pagina"]


def test_a_new_line_has_an_address_stands_in_the_menu_and_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who adds the line touches neither the bar, nor the menu of the pages beside it, nor search."""
    assert "/nieuw" not in menu_bar()
    monkeypatch.setitem(paginas.PAGINAS, "nieuw", paginas.Pagina("Nieuw", "nieuw", "Cijfers", "Wat hier nieuw is."))
    (ingang,) = re.findall(r'<a href="[^"]*" data-paden="([^"]*)">Cijfers</a>', menu_bar())
    assert "/nieuw" in ingang.split()
    assert "nieuw" in paginas.beside("nieuw")
    assert [(v.titel, v.onder) for v in index._pages() if v.pagina == "nieuw"] == [("Nieuw", "Wat hier nieuw is.")]
