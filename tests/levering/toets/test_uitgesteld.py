"""A module of three lines that says when it is read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipelines.levering.toets.uitgesteld import postponed


def test_a_postponed_module_is_read_at_its_first_use_and_is_itself_ever_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "zelden.py").write_text("print('gelezen')\nantwoord = 42\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with postponed("zelden", "json"):
        import json

        import zelden

        assert json.loads("[1]") == [1]
    assert "zelden" not in sys.modules
    assert capsys.readouterr().out == ""
    assert zelden.antwoord == 42
    assert zelden.antwoord == 42
    assert capsys.readouterr().out == "gelezen\n"
    import zelden as later

    assert later is sys.modules["zelden"]
    assert later is not zelden
    with pytest.raises(AttributeError):
        _ = zelden.vraag
    monkeypatch.delitem(sys.modules, "zelden")
