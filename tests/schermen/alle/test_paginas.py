"""The pages of the app: each has a screen, and a new one takes that screen and one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from scherm import new_screen

from app import schermen
from app.raam import paginas

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
