"""`regiomonitor serve`: on which address, and for whom."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from app.dienst import server, toegang
from app.opdrachten import dienen
from app.rollen.lezer import OP_LOOPBACK, OPEN, SCHAKELAAR, has_login
from pipelines.afspraken.warehouse import gaaf


@pytest.fixture
def gevraagd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return for whom is served, by those who asked; the server itself does not start."""
    voor_wie: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(SCHAKELAAR, raising=False)
    monkeypatch.delenv(toegang.SCHAKELAAR, raising=False)
    monkeypatch.setattr(gaaf, "newest_whole", lambda _: tmp_path)
    monkeypatch.setattr(server, "serve", lambda *_, wie: voor_wie.append(wie) or 0)
    return voor_wie


def serve(*argumenten: str) -> int:
    parser = argparse.ArgumentParser()
    dienen.add_serving(parser, 8501, int)
    parser.set_defaults(warehouse=Path(), raw=None)
    return dienen.serve_app(parser.parse_args(argumenten))


def test_settings_of_login_are_found_from_where_the_command_was_given(
    gevraagd: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heel = str(tmp_path / "toegang.toml")
    assert serve("--host", "0.0.0.0", "--toegang", "toegang.toml") == 0
    monkeypatch.setenv(SCHAKELAAR, "toegang.toml")
    assert serve("--host", "0.0.0.0") == 0
    assert gevraagd == [heel, heel]
    assert [has_login(wie) for wie in (heel, "", OPEN, OP_LOOPBACK)] == [True, False, False, False]


@pytest.mark.parametrize(
    ("argumenten", "schakelaar", "adres"),
    [
        (("--host", "0.0.0.0"), "", ""),
        (("--host", "0.0.0.0"), OP_LOOPBACK, ""),
        ((), "", "https://monitor.voorbeeld.nl"),
    ],
)
def test_nobody_else_comes_in_without_login(
    gevraagd: list[str], argumenten: tuple[str, ...], schakelaar: str, adres: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(SCHAKELAAR, schakelaar)
    monkeypatch.setenv(toegang.SCHAKELAAR, adres)
    assert serve(*argumenten) == 1
    assert "--toegang BESTAND" in capsys.readouterr().err
    assert not gevraagd
    assert serve(*argumenten, "--open") == 0
    assert gevraagd == [OPEN]
