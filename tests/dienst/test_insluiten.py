"""What another site may show of the monitor, and what a link says before it is opened."""

from __future__ import annotations

import asyncio

import pytest
from publicatiebed import Toon
from starlette.requests import Request
from starlette.responses import Response

from app.dienst.insluiten import Insluiten
from app.dienst.toegang import INSLUITEN, is_for_other_sites
from app.dienst.vindbaar import _paths
from app.dienst.voorvertoning import of_page


@pytest.fixture(autouse=True)
def omgeving(toon: Toon) -> None:
    """Read what ships."""


def asked(pad: str, vraag: str = "") -> Request:
    return Request({
        "type": "http", "method": "GET", "path": pad, "query_string": vraag.encode(), "headers": [], "client": ("a", 1),
        "path_params": {"wat": pad.removeprefix(INSLUITEN)},
    })  # fmt: skip


def ask(wat: str, vraag: str = "") -> Response:
    return asyncio.run(Insluiten().respond(asked(f"{INSLUITEN}{wat}", vraag)))


def test_a_chart_stands_alone_with_its_source_and_the_way_back() -> None:
    antwoord, svg = ask("verzuim"), ask("verzuim.svg")
    pagina, beeld = bytes(antwoord.body).decode(), bytes(svg.body).decode()
    assert '<img src="/insluiten/verzuim.svg" alt="Lijngrafiek. Ziekteverzuim in Nederland' in pagina
    assert 'href="/indicator?indicator=verzuim"' in pagina
    assert "frame-ancestors *" in antwoord.headers["content-security-policy"]
    assert "script" not in pagina
    assert svg.media_type == "image/svg+xml"
    assert "Bron: " in beeld
    assert "Regiomonitor, publicatie" in beeld
    assert bytes(ask("verzuim.png").body).startswith(b"\x89PNG")


def test_a_map_is_that_of_a_level_with_real_figures() -> None:
    antwoord = ask("openstaande_vacatures", "vorm=kaart&niveau=provincie")
    assert antwoord.status_code == 200
    assert "Openstaande vacatures per provincie" in bytes(antwoord.body).decode()


@pytest.mark.parametrize(
    ("wat", "vraag"),
    [
        ("imago", ""),  # made up only
        ("verzuim", "vorm=kaart&niveau=arbeidsmarktregio"),  # made up at that level
        ("verzuim", "regio=RA0101"), ("x", ""), ("verzuim", "vorm=lijst"), ("verzuim", "publicatie=20200101T000000Z-x"),
        ("verzuim", "regio=<b>"), ("../data", ""), ("verzuim.pdf", ""),
    ],
)  # fmt: skip
def test_what_is_not_there_or_made_up_is_not_shown(wat: str, vraag: str) -> None:
    antwoord = ask(wat, vraag)
    assert antwoord.status_code == 404
    assert b"<img" not in antwoord.body
    assert b"VOORBEELD" not in antwoord.body


def test_one_reader_asks_no_more_than_so_many_new_ones() -> None:
    async def statuses(wat: str) -> list[int]:
        deur = Insluiten()
        return [(await deur.respond(asked(f"{INSLUITEN}{wat}"))).status_code for _ in range(200)]

    assert set(asyncio.run(statuses("x"))) == {404, 429}
    # What is ready costs nothing, and is not counted.
    assert set(asyncio.run(statuses("verzuim.png"))) == {200}


def test_a_browser_that_has_the_picture_does_not_get_it_again() -> None:
    async def twice() -> tuple[Response, Response]:
        deur, vraag = Insluiten(), asked(f"{INSLUITEN}verzuim.svg")
        eerste = await deur.respond(vraag)
        vraag.scope["headers"] = [(b"if-none-match", eerste.headers["etag"].encode())]
        return eerste, await deur.respond(Request(vraag.scope))

    eerste, tweede = asyncio.run(twice())
    assert (eerste.status_code, eerste.headers["cache-control"]) == (200, "no-cache")
    assert (tweede.status_code, tweede.body) == (304, b"")


def test_only_open_data_and_pictures_are_for_other_sites() -> None:
    assert is_for_other_sites("/insluiten/verzuim")
    assert is_for_other_sites("/data/v1")
    assert not any(
        map(is_for_other_sites, ("/", "/indicator", "/insluiten", "/_stcore/stream", "/regiomonitor/zoeken"))
    )


def test_a_link_says_what_it_leads_to() -> None:
    titel, kop = of_page(asked("/indicator", "indicator=dekkingsgraad"), "https://m.nl")
    assert titel == "Dekkingsgraad | Regiomonitor"
    assert 'og:description" content="Dekkingsgraad in Nederland: stijging van 66% in 2019 naar 68% in 2021' in kop
    assert 'og:image" content="https://m.nl/insluiten/dekkingsgraad.png"' in kop
    assert of_page(asked("/"), "")[0] == "Landelijk beeld | Regiomonitor"
    vreemd, leeg = of_page(asked("/indicator", "indicator=<script>"), "")
    assert vreemd == "Eén cijfer | Regiomonitor"
    assert "<script" not in leeg
    assert "og:image" not in leeg


def test_the_site_map_names_the_page_of_every_figure_that_is_real() -> None:
    paden = set(_paths())
    assert "/indicator?indicator=verzuim" in paden
    assert "/indicator?indicator=imago" not in paden
