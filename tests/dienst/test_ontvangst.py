"""A dropped file reaches the app from its own page on this computer, and from nowhere else."""

from __future__ import annotations

import asyncio

import pytest

from app.dienst import server
from app.dienst.toegang import Paden, Toegang, allowed_addresses
from app.raam import loket

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


@pytest.mark.parametrize(
    ("host", "adres", "met_raw", "open_"),
    [
        ("127.0.0.1", "", True, True), ("127.0.0.1", "", False, False), ("0.0.0.0", "", True, False),
        ("127.0.0.1", "https://monitor.voorbeeld.nl", True, False),
    ],
)  # fmt: skip
def test_deliveries_are_taken_on_loopback_alone(host, adres, met_raw, open_, monkeypatch, tmp_path) -> None:
    gekregen = {}

    class Gestopt(Exception):  # noqa: N818
        pass

    def start(opdracht, env, **_):
        gekregen.update(env)
        raise Gestopt

    monkeypatch.setattr(server.subprocess, "Popen", start)
    monkeypatch.setenv("REGIOMONITOR_ADRES", adres)
    # A switch that was left on elsewhere opens nothing.
    monkeypatch.setenv(loket.SCHAKELAAR, "ja")
    with pytest.raises(Gestopt):
        server.serve(8501, host, tmp_path, tmp_path / "raw" if met_raw else None)
    assert (gekregen[loket.SCHAKELAAR] == "ja") is open_
