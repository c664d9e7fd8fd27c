"""Who reaches the served app: only its own pages on its own address, and only what it offers."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
from dienst import Antwoord, Dienst, running
from streamlit import file_util

from app.dienst import asgi
from app.dienst.toegang import STROOM, Paden, Toegang, allowed_addresses
from app.raam import paginas

_STATISCH = Path(file_util.get_static_dir())
BESTAND = next(f"/static/js/{pad.name}" for pad in sorted((_STATISCH / "static" / "js").glob("index.*.js")))
VREEMD = ["monitor.voorbeeld.nl", "127.0.0.1.voorbeeld.nl", "127.0.0.1", "localhost:1", "10.0.0.1:{poort}", "",
          "0.0.0.0:{poort}", "u@127.0.0.1:{poort}", "localhost.:{poort}"]  # fmt: skip
ELDERS = ["http://voorbeeld.nl", "https://127.0.0.1:{poort}", "http://127.0.0.1:1", "http://127.0.0.1", "null", "",
          "http://127.0.0.1:{poort}.voorbeeld.nl", "http://u@127.0.0.1:{poort}", "file://", "http://8.8.8.8:{poort}",
          "http://localhost:{poort}/pad", "\x00"]  # fmt: skip


@pytest.fixture(scope="module")
def dienst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """One server without a publication: what is tested here comes before any figure."""
    map_ = tmp_path_factory.mktemp("dienst")
    (map_ / "warehouse").mkdir()
    with running(map_, map_ / "warehouse") as loopt:
        yield loopt


@pytest.fixture
def is_unharmed(dienst: Dienst) -> Iterator[None]:
    """Whatever was refused: other readers are served, and no outside address was asked for."""
    yield
    assert dienst.send("GET /_stcore/health").status == 200
    assert dienst.outside() == []


def in_dutch(antwoord: Antwoord) -> bool:
    return b'lang="nl"' in antwoord.inhoud


@pytest.mark.usefixtures("is_unharmed")
@pytest.mark.parametrize("pad", ["/", "/voortgangsgesprek", "/_stcore/health", "/media/x.csv", BESTAND])
@pytest.mark.parametrize("host", VREEMD)
def test_another_host_is_refused(dienst: Dienst, host: str, pad: str) -> None:
    antwoord = dienst.send(f"GET {pad}", host=host.format(poort=dienst.poort))
    assert antwoord.status in (400, 421)
    assert dienst.open_socket(host=host.format(poort=dienst.poort)).status in (400, 403)


@pytest.mark.usefixtures("is_unharmed")
@pytest.mark.parametrize("herkomst", ELDERS)
def test_a_websocket_from_elsewhere_is_refused(dienst: Dienst, herkomst: str) -> None:
    antwoord = dienst.open_socket(origin=herkomst.format(poort=dienst.poort))
    assert antwoord.status in (400, 403)
    if herkomst:
        assert dienst.send("GET /", origin=herkomst.format(poort=dienst.poort)).status in (400, 403)


@pytest.mark.usefixtures("is_unharmed")
@pytest.mark.parametrize("naam", ["127.0.0.1", "localhost", "[::1]"])
def test_the_app_itself_is_served_on_every_loopback_name(dienst: Dienst, naam: str) -> None:
    host = f"{naam}:{dienst.poort}"
    assert dienst.send("GET /kaart", host=host, origin=f"http://{host}").status == 200
    assert dienst.open_socket(host=host, origin=f"http://{host}").status == 101
    # A browser sends the same name in both.
    assert dienst.open_socket(host=host).status == (101 if host in dienst.herkomst else 403)


def test_two_origins_or_two_hosts_are_none(dienst: Dienst) -> None:
    eigen = f"GET / HTTP/1.1\r\nhost: {dienst.host}\r\n"
    for extra in (f"origin: {dienst.herkomst}\r\norigin: http://voorbeeld.nl\r\n", "host: voorbeeld.nl\r\n"):
        assert dienst.send_bytes((eigen + extra + "\r\n").encode()).status in (400, 403, 421)


@pytest.mark.parametrize(
    ("soort", "pad", "mag"),
    [
        ("navigate", "/kaart?indicator=dekkingsgraad", True), ("navigate", "/", True), ("navigate", BESTAND, False),
        ("navigate", "/media/x.csv", False), ("no-cors", "/kaart", False), ("cors", "/_stcore/host-config", False),
        ("no-cors", BESTAND, False), ("no-cors", "/regiomonitor/gebieden/provincie.0123456789ab.topojson", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("vandaan", ["cross-site", "same-site"])
def test_a_link_elsewhere_opens_a_page_and_nothing_more(
    dienst: Dienst, vandaan: str, soort: str, pad: str, mag: bool
) -> None:
    doel = "document" if soort == "navigate" else "empty"
    antwoord = dienst.send(f"GET {pad}", sec_fetch_site=vandaan, sec_fetch_mode=soort, sec_fetch_dest=doel)
    assert antwoord.status == (200 if mag else 403)
    in_lijst = dienst.send(f"GET {pad}", sec_fetch_site=vandaan, sec_fetch_mode="navigate", sec_fetch_dest="iframe")
    assert in_lijst.status == 403


@pytest.mark.parametrize(
    "pad", ["/", *(f"/{naam}" for naam in paginas.PAGINAS if naam != paginas.BEGIN), "/kaart?regio=RA0512"]
)
def test_every_page_opens_by_its_address(dienst: Dienst, pad: str) -> None:
    antwoord = dienst.send(f"GET {pad}")
    assert antwoord.status == 200
    assert b" | Regiomonitor</title>" in antwoord.inhoud
    assert "frame-ancestors 'none'" in antwoord.koppen["content-security-policy"]


@pytest.mark.parametrize(
    "pad",
    [
        "/bestaat-niet", "/kaart/meer", "/index.html", "/manifest.json", "/favicon.ico", "/static/",
        "/static/js/weg.js", "/landelijk",
        "/static/../index.html", "/static/js/..%2f..%2f..%2fproto", "//voorbeeld.nl", "/%2e%2e/pyproject.toml",
        "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/_stcore/agent/interact",
        "/_stcore/agent/mcp", "/auth/login", "/auth/logout", "/auth/callback", "/oauth2callback", "/component/x/y.html",
        "/_stcore/bidi-components/x/y.js", "/app/static/x", "/openapi.json", "/llms.txt", "/.well-known/x",
        "/media/weg.csv",
        "/media/", "/regiomonitor/gebieden/weg.topojson", "/regiomonitor/x.css", "/_stcore/upload_file/a/b", "*",
        "http://127.0.0.1/",
    ],
)  # fmt: skip
def test_what_is_not_offered_is_not_found(dienst: Dienst, pad: str) -> None:
    antwoord = dienst.send(f"GET {pad}")
    assert antwoord.status == 404
    assert in_dutch(antwoord)
    assert antwoord.koppen["x-content-type-options"] == "nosniff"


@pytest.mark.usefixtures("is_unharmed")
@pytest.mark.parametrize("soort", ["PUT", "DELETE", "OPTIONS", "POST"])
def test_an_upload_is_refused_before_its_body_is_read(dienst: Dienst, soort: str) -> None:
    pad = f"{soort} /_stcore/upload_file/0/0"
    antwoord = dienst.send(pad, content_length="150000000", content_type="multipart/form-data; boundary=x")
    assert antwoord.status == 404
    assert antwoord.koppen["connection"] == "close"


@pytest.mark.parametrize("pad", ["/", "/kaart", BESTAND, "/_stcore/health", "/media/x.csv"])
@pytest.mark.parametrize("soort", ["PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_everything_is_only_read(dienst: Dienst, pad: str, soort: str) -> None:
    antwoord = dienst.send(f"{soort} {pad}", content_length="150000000")
    assert antwoord.status == 405
    assert antwoord.koppen["allow"] == "GET, HEAD"


@pytest.mark.usefixtures("is_unharmed")
def test_large_requests_are_refused(dienst: Dienst) -> None:
    assert dienst.send("GET /", content_length="150000000").status == 413
    assert dienst.send("GET /", transfer_encoding="chunked").status == 413
    assert dienst.send("GET /", content_length="0").status == 200
    assert dienst.send("GET /", cookie="x" * 40_000).status == 431
    assert dienst.send("GET /", cookie="x" * 400_000).status in (400, 431)
    assert dienst.send(f"GET /kaart?x={'x' * 40_000}").status == 431


def test_no_answer_names_its_server(dienst: Dienst) -> None:
    antwoorden = [
        dienst.send("GET /"), dienst.send("GET /weg"), dienst.send("GET /", host="voorbeeld.nl"),
        dienst.open_socket(), dienst.open_socket(origin="null"), dienst.send("GET /_stcore/health"),
        dienst.send("POST /"), dienst.send_bytes(b"onzin\r\n\r\n"), dienst.send("GET /media/x.csv"),
        dienst.open_socket(sec_websocket_version="1"),
    ]  # fmt: skip
    assert [a.status for a in antwoorden] == [200, 404, 421, 101, 403, 200, 405, 400, 404, 400]
    assert [a.koppen.get("server") for a in antwoorden] == [None] * len(antwoorden)


@pytest.mark.parametrize("soort", ["GET", "HEAD"])
@pytest.mark.parametrize("accept", ["text/html,*/*;q=0.8", "*/*", "application/json", "image/png", ""])
@pytest.mark.parametrize("pad", ["/", "/kaart", BESTAND, "/_stcore/health", "/_stcore/host-config"])
def test_everything_answers_with_and_without_compression(dienst: Dienst, pad: str, accept: str, soort: str) -> None:
    kaal = dienst.send(f"{soort} {pad}", accept=accept)
    ingepakt = dienst.send(f"{soort} {pad}", accept=accept, accept_encoding="gzip, deflate, br, zstd")
    assert kaal.status == ingepakt.status == 200
    assert "content-encoding" not in kaal.koppen
    if soort == "HEAD":
        assert kaal.inhoud == ingepakt.inhoud == b""
    elif ingepakt.koppen.get("content-encoding") == "gzip":
        assert gzip.decompress(unchunk(ingepakt)) == kaal.inhoud
    else:
        assert ingepakt.inhoud == kaal.inhoud


def unchunk(antwoord: Antwoord) -> bytes:
    if antwoord.koppen.get("transfer-encoding") != "chunked":
        return antwoord.inhoud
    heel, rest = b"", antwoord.inhoud
    while rest:
        lengte, _, rest = rest.partition(b"\r\n")
        heel, rest = heel + rest[: int(lengte, 16)], rest[int(lengte, 16) + 2 :]
    return heel


def test_the_picture_in_the_tab_is_our_own(dienst: Dienst) -> None:
    antwoord = dienst.send("GET /favicon.png")
    assert (antwoord.status, antwoord.koppen["content-type"]) == (200, "image/svg+xml")
    assert antwoord.inhoud.startswith(b"<svg")


def test_a_page_that_the_browser_has_is_not_sent_again(dienst: Dienst) -> None:
    etag = dienst.send("GET /kaart").koppen["etag"]
    assert dienst.send("GET /kaart", if_none_match=etag).status == 304


def test_the_configured_address_is_allowed_and_no_other() -> None:
    alleen = allowed_addresses(8501, "127.0.0.1")
    assert alleen.hosts == {"127.0.0.1:8501", "localhost:8501", "[::1]:8501"}
    assert allowed_addresses(8501, "10.1.2.3").hosts - alleen.hosts == {"10.1.2.3:8501"}
    assert allowed_addresses(8501, "fe80::1").origins - alleen.origins == {"http://[fe80::1]:8501"}
    assert allowed_addresses(8501, "Monitor").origins - alleen.origins == {"http://monitor:8501"}
    assert allowed_addresses(8501, "0.0.0.0") == alleen
    buiten = allowed_addresses(8501, "127.0.0.1", "https://monitor.voorbeeld.nl/")
    assert buiten.hosts - alleen.hosts == {"monitor.voorbeeld.nl"}
    assert buiten.origins - alleen.origins == {"https://monitor.voorbeeld.nl"}
    # A browser leaves out the port that goes without saying.
    assert "http://localhost" in allowed_addresses(80, "127.0.0.1").origins


@pytest.mark.parametrize("herkomst", ["https://monitor.voorbeeld.nl", "http://localhost:8501", "http://[::1]:8501"])
def test_only_a_page_of_the_address_that_is_asked_opens_a_socket(herkomst: str) -> None:
    adressen = allowed_addresses(8501, "0.0.0.0", "https://monitor.voorbeeld.nl")
    deur = Toegang(asgi._fault, adressen, Paden(frozenset({"/"}), frozenset(), ()))  # type: ignore[arg-type]
    for eigen in adressen.origins:
        koppen = [(b"host", eigen.partition("://")[2].encode()), (b"origin", herkomst.encode())]
        scope = {"type": "websocket", "path": STROOM, "headers": koppen, "query_string": b"", "raw_path": b""}
        assert deur._refuse(scope) == (0 if eigen == herkomst else 403)


@pytest.mark.parametrize("adres", ["monitor.voorbeeld.nl", "ftp://x", "https://", "https://x/pad", "https://a b", "*"])
def test_an_address_that_is_none_is_refused(adres: str) -> None:
    with pytest.raises(ValueError, match="REGIOMONITOR_ADRES"):
        allowed_addresses(8501, "127.0.0.1", adres)


def test_a_fault_inside_says_nothing_of_what_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def _break(_: object) -> None:
        raise ValueError("geheim")

    monkeypatch.setattr(asgi, "serve_layer", _break)
    monkeypatch.setenv("REGIOMONITOR_TOEGANG", "lokaal")
    app = asgi.build(allowed_addresses(8501, "127.0.0.1"))

    vraag = {
        "type": "http", "method": "GET", "path": f"{asgi.gebieden.PAD}/laag.json", "raw_path": b"", "root_path": "",
        "query_string": b"", "headers": [(b"host", b"127.0.0.1:8501")], "scheme": "http", "http_version": "1.1",
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8501), "asgi": {"version": "3.0"},
    }  # fmt: skip
    gezegd: list[MutableMapping[str, Any]] = []

    async def _send(deel: MutableMapping[str, Any]) -> None:
        gezegd.append(deel)

    async def _ask() -> None:
        # The server that carries the app gets the fault as well.
        with contextlib.suppress(ValueError):
            await app(vraag, AsyncMock(return_value={"type": "http.request", "body": b""}), _send)

    asyncio.run(_ask())
    begin, *delen = gezegd
    assert begin["status"] == 500
    assert b"Dit is misgegaan" in b"".join(deel.get("body", b"") for deel in delen)
    alles = f"{gezegd}".casefold()
    assert [woord for woord in ("geheim", "valueerror", "traceback", ".py", "b'server'") if woord in alles] == []


@pytest.mark.usefixtures("is_unharmed")
def test_open_data_is_for_other_sites_too_but_under_our_own_name_and_to_read(dienst: Dienst) -> None:
    elders = {"origin": "https://elders.nl", "sec_fetch_site": "cross-site", "sec_fetch_mode": "cors"}
    antwoord = dienst.send("GET /data/v1/indicatoren", **elders)
    # There is no publication here, which only open data says as JSON.
    assert (antwoord.status, antwoord.koppen["access-control-allow-origin"]) == (503, "*")
    assert antwoord.koppen["cross-origin-resource-policy"] == "cross-origin"
    assert antwoord.koppen["x-content-type-options"] == "nosniff"
    assert dienst.send("HEAD /data/v1", **elders).status == 503
    assert dienst.send("OPTIONS /data/v1", **elders).status == 204
    assert dienst.send("GET /data/v1", host="elders.nl").status == 421
    assert dienst.send("PUT /data/v1").status == 405
    for pad in ("/data/geen", "/data//kaart", "/data/../kaart", "/data/%2e%2e/kaart", "/data/v1/%00"):
        verkeerd = dienst.send(f"GET {pad}")
        assert verkeerd.status in (404, 503)
        assert verkeerd.koppen["content-type"] == "application/json"
    # What is not open data stays refused to others.
    assert dienst.send("GET /datax", **elders).status == 403
    assert dienst.send("GET /_stcore/health", **elders).status == 403


@pytest.mark.usefixtures("is_unharmed")
def test_search_engines_find_the_pages_and_open_data(dienst: Dienst) -> None:
    assert f"Sitemap: {dienst.herkomst}/sitemap.xml".encode() in dienst.send("GET /robots.txt").inhoud
    kaart = dienst.send("GET /sitemap.xml").inhoud
    for pad in ("/kaart", "/data/v1"):
        assert f"<loc>{dienst.herkomst}{pad}</loc>".encode() in kaart
