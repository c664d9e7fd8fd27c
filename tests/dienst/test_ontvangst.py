"""A dropped file reaches the app from its own page on this computer, and from nowhere else."""

from __future__ import annotations

import asyncio

import pytest

from app.dienst import server
from app.dienst.toegang import Paden, Toegang, allowed_addresses
from app.raam import loket
from app.rollen.lezer import OP_LOOPBACK, OPEN, SCHAKELAAR

PAD = "/_stcore/upload_file/0/0"
EIGEN = {"host": "localhost:8501", "origin": "http://localhost:8501", "sec-fetch-site": "same-origin"}


def status(soort: str = "PUT", pad: str = PAD, *, neemt_aan: bool = True, **koppen: str) -> int:
    """Return what a request is answered with; 200 when it was passed on."""
    antwoorden: list[int] = []

    async def app(scope, receive, send):
        antwoorden.append(200)

    async def send(bericht):
        antwoorden.append(bericht.get("status", 0))

    alle = {**EIGEN, **{naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}}
    scope = {"type": "http", "method": soort, "path": pad, "query_string": b"", "raw_path": pad.encode(),
             "headers": [(naam.encode(), waarde.encode()) for naam, waarde in alle.items() if waarde]}  # fmt: skip
    toegang = Toegang(app, allowed_addresses(8501, "127.0.0.1"), Paden(frozenset({"/"}), frozenset(), ()),
                      neemt_aan=neemt_aan)  # fmt: skip
    asyncio.run(toegang(scope, None, send))
    return antwoorden[0]


@pytest.mark.parametrize("soort", ["PUT", "DELETE"])
def test_a_page_of_the_app_sends_a_file_and_takes_it_back(soort: str) -> None:
    assert status(soort, content_length="1000") == 200


@pytest.mark.parametrize(
    ("koppen", "antwoord"),
    [
        ({"origin": "https://voorbeeld.nl"}, 403),
        ({"origin": ""}, 403),
        # Another of our addresses: whatever else runs there asks it.
        ({"origin": "http://127.0.0.1:8501"}, 403),
        ({"host": "127.0.0.1:8501"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"host": "voorbeeld.nl"}, 421),
        ({"content_length": str(250 * 1024 * 1024)}, 413),
        ({"content_length": "9" * 30}, 413),
        ({"content_length": "-1"}, 413),
        ({"transfer_encoding": "chunked"}, 413),
    ],
)
def test_what_comes_from_elsewhere_or_is_too_much_is_refused_unread(koppen: dict[str, str], antwoord: int) -> None:
    assert status(**koppen) == antwoord


def test_a_file_goes_only_where_files_go() -> None:
    assert status("POST") == 404
    assert status("PUT", "/", content_length="10") == 405
    assert status(neemt_aan=False) == 404


class GestoptError(Exception):
    """In place of a server that starts."""


@pytest.fixture
def gekregen(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a server that would be started gets from its surroundings."""
    omgeving: dict[str, str] = {}

    def become(opdracht, env):
        omgeving.update(env)
        raise GestoptError

    monkeypatch.setattr(server, "_become", become)
    # A switch that was left on elsewhere opens nothing.
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    return omgeving


@pytest.mark.parametrize(
    ("host", "wie", "met_raw", "open_"),
    [("127.0.0.1", OP_LOOPBACK, True, True), ("127.0.0.1", OP_LOOPBACK, False, False), ("0.0.0.0", OPEN, True, False)],
)
def test_deliveries_are_taken_where_it_is_known_who_delivers(host, wie, met_raw, open_, gekregen, tmp_path) -> None:
    with pytest.raises(GestoptError):
        server.serve(8501, host, tmp_path, tmp_path / "raw" if met_raw else None, wie=wie)
    assert (gekregen[loket.SCHAKELAAR] == "ja") is open_
    assert gekregen[SCHAKELAAR] == wie


@pytest.mark.parametrize(("host", "adres"), [("0.0.0.0", ""), ("127.0.0.1", "https://monitor.voorbeeld.nl")])
def test_nobody_else_reaches_what_is_for_this_computer_alone(
    host, adres, gekregen, tmp_path, monkeypatch, caplog
) -> None:
    monkeypatch.setenv("REGIOMONITOR_ADRES", adres)
    assert server.serve(8501, host, tmp_path, tmp_path / "raw") == 1
    assert "regiomonitor serve" in caplog.text
    assert gekregen == {}
