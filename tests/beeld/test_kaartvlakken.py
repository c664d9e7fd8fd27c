"""The map with real borders: what is served, which layer is drawn, and how the app gets the borders once."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from lagen import write_layers
from scherm import run as open_page
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from app.beeld import gebieden
from app.beeld.kaart import kaartgrafiek, kaartkeus
from app.beeld.stijl import PALETTEN, is_light
from app.dienst import asgi, server
from app.lezen import data
from pipelines.kaart import gebieden as ophaler


@pytest.fixture(scope="module")
def eigen(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse for this file, with the shipped publication: a publication that was read before is at hand."""
    map_ = tmp_path_factory.mktemp("kaart")
    shutil.copy(warehouse / data.BESTAND, map_ / data.BESTAND)
    return map_


@pytest.fixture(scope="module")
def vers(eigen: Path) -> Path:
    """The layers as they are fetched, to be copied."""
    return write_layers(eigen).rename(eigen / "vers")


@pytest.fixture
def plek(eigen: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That warehouse without borders."""
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(eigen))
    shutil.rmtree(eigen / gebieden.MAP, ignore_errors=True)
    return eigen


@pytest.fixture
def lagen(plek: Path, vers: Path) -> Path:
    return Path(shutil.copytree(vers, plek / gebieden.MAP))


def ask(pad: str, **koppen: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the address of the layers as a browser would, without tidying up the path."""
    app = Starlette(routes=[Route(f"{gebieden.PAD}/{{bestand:path}}", asgi.serve_layer)])
    delen: list[dict] = []
    scope = {
        "type": "http", "method": "GET", "path": pad, "raw_path": pad.encode(), "query_string": b"", "root_path": "",
        "headers": [(naam.replace("_", "-").encode(), waarde.encode()) for naam, waarde in koppen.items()],
    }  # fmt: skip

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    async def send(bericht: dict) -> None:
        delen.append(bericht)

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    gekregen = {k.decode(): v.decode() for k, v in delen[0]["headers"]}
    return delen[0]["status"], gekregen, b"".join(d.get("body", b"") for d in delen[1:])


def run(**keuze: str) -> AppTest:
    """Run the page with its rare choices unfolded, in voorbeeldmodus: there every region has a figure."""
    return open_page("kaart", ["kaart_meer"], **keuze)


def text(scherm: AppTest) -> str:
    return "\n".join(e.proto.body for e in scherm.get("html"))


def has_switch(scherm: AppTest) -> bool:
    return any(e.key == "kies_vorm" for e in scherm.get("button_group"))


def test_app_and_fetch_agree_on_names_days_and_attribution() -> None:
    assert set(ophaler.LAGEN) == gebieden.NAMEN
    assert {naam: dag for naam, (_, dag) in ophaler.LAGEN.items() if dag} == gebieden._WGO_LAGEN
    assert ophaler.LICENTIE == gebieden.NAAMSVERMELDING
    assert ophaler.MAP == gebieden.MAP == server.GEBIEDEN


def test_layer_is_served_compressed_and_kept_by_the_browser(lagen: Path) -> None:
    vlakken = gebieden.find(data.kenmerk(), "provincie", date(2022, 1, 1))
    assert vlakken is not None
    status, koppen, inhoud = ask(vlakken.ligging.url, accept_encoding="gzip, br")
    assert (status, koppen["content-encoding"], koppen["vary"]) == (200, "gzip", "accept-encoding")
    assert "immutable" in koppen["cache-control"]
    assert gzip.decompress(inhoud) == (lagen / "provincie.topojson").read_bytes()
    assert ask(vlakken.ligging.url)[2] == (lagen / "provincie.topojson").read_bytes()
    status, _, inhoud = ask(vlakken.ligging.url, if_none_match=koppen["etag"])
    assert (status, inhoud) == (304, b"")


def test_newer_layer_is_noticed_and_an_old_address_is_not_kept(lagen: Path) -> None:
    oud = gebieden.find(data.kenmerk(), "provincie", date(2022, 1, 1))
    (lagen / "provincie.topojson").write_text((lagen / "arbeidsmarktregio.topojson").read_text(), encoding="utf-8")
    nieuw = gebieden.find(data.kenmerk(), "provincie", date(2022, 1, 1))
    assert oud is not None
    assert nieuw is not None
    assert oud.ligging.url != nieuw.ligging.url
    assert ask(oud.ligging.url)[1]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "pad",
    [
        "../publicatie.duckdb", "../werk.duckdb", "..%2fpublicatie.duckdb", "herkomst.yml", "", "provincie.topojson",
        "provincie.0123456789ab.topojson/../../publicatie.duckdb", "../gebieden/provincie.0123456789ab.topojson",
        "/etc/passwd", "publicatie.0123456789ab.topojson", "gemeente.0123456789ab.topojson",
        "provincie.XYZ.topojson", "wgo_2019.0123456789ab.topojson",
    ],
)  # fmt: skip
def test_nothing_else_of_the_warehouse_can_be_reached(lagen: Path, pad: str) -> None:
    (lagen / "gemeente.topojson").write_text("geheim", encoding="utf-8")
    assert ask(f"{gebieden.PAD}/{pad}")[0] == 404


def test_layers_that_are_not_there_are_not_found(plek: Path) -> None:
    assert ask(f"{gebieden.PAD}/provincie.0123456789ab.topojson")[0] == 404


@pytest.mark.parametrize(
    ("dag", "laag"),
    [
        (date(2016, 12, 31), "wgo_2018"), (date(2018, 12, 31), "wgo_2018"), (date(2019, 8, 1), "wgo_2021"),
        (date(2022, 6, 30), "wgo_2021"), (date(2022, 7, 1), "wgo_2022"), (date(2026, 1, 1), "wgo_2022"),
    ],
)  # fmt: skip
def test_wgo_layer_is_that_of_the_day(lagen: Path, dag: date, laag: str) -> None:
    assert gebieden.layer_name(data.kenmerk(), "wgo", dag) == laag


def test_other_levels_have_one_layer_or_none(lagen: Path) -> None:
    assert gebieden.layer_name(data.kenmerk(), "provincie", date(2016, 1, 1)) == "provincie"
    assert gebieden.find(data.kenmerk(), "landsdeel", date(2022, 1, 1)) is None


def test_layer_fills_the_drawing_and_texts_lie_in_their_region(lagen: Path) -> None:
    vlakken = gebieden.find(data.kenmerk(), "provincie", date(2022, 1, 1))
    assert vlakken is not None
    assert len(vlakken.plekken) == 12
    # Two rows of six squares: text in the middle of each, the first row in the south.
    eerste, laatste = vlakken.plekken["PV20"], vlakken.plekken["PV31"]
    assert eerste.x < laatste.x
    assert eerste.y > laatste.y
    assert 50 < eerste.ruimte[0] < 65
    assert all(0 < p.x < gebieden.BREEDTE and 0 < p.y < vlakken.ligging.hoogte for p in vlakken.plekken.values())


@pytest.mark.parametrize("kapot", ["", "{}", "[]", '{"objects": {"gebieden": {"geometries": []}}}', "\x00\x01"])
def test_a_broken_layer_leaves_the_tiles(lagen: Path, kapot: str) -> None:
    (lagen / "arbeidsmarktregio.topojson").write_text(kapot, encoding="utf-8")
    scherm = run(indicator="dekkingsgraad")
    assert not has_switch(scherm)
    assert "elke regio even groot" in text(scherm)


def test_map_shows_borders_with_their_source_and_a_switch(lagen: Path) -> None:
    scherm = run(indicator="dekkingsgraad")
    assert has_switch(scherm)
    assert gebieden.NAAMSVERMELDING in text(scherm)
    kaart = json.loads(scherm.get("vega_lite_chart")[0].proto.spec)
    geometrie = kaart["transform"][0]["from"]["data"]
    assert re.fullmatch(r"/regiomonitor/gebieden/arbeidsmarktregio\.[0-9a-f]{12}\.topojson", geometrie["url"])
    assert "VOORBEELD" in json.dumps(kaart)


def test_tiles_by_choice_stand_in_the_link(lagen: Path) -> None:
    scherm = run(indicator="dekkingsgraad", vorm="tegels")
    assert has_switch(scherm)
    assert gebieden.NAAMSVERMELDING not in text(scherm)
    assert "elke regio even groot" not in text(scherm)


def test_figures_that_are_not_shown_are_a_symbol_with_their_reason_in_the_table(lagen: Path) -> None:
    scherm = run(indicator="amo_spp")
    scherm.session_state["tabel_kaart"] = True
    tabel = text(scherm.run())
    assert "× niet getoond of te weinig antwoorden" in tabel
    assert re.search(r"\d antwoorden op deze vraag; minstens 10 nodig", tabel)
    assert "95%-interval" in tabel
    assert scherm.header[0].value.endswith("(voorbeelddata)")


def test_dekkingsgraad_comes_first_and_survey_questions_last_under_their_pijler(plek: Path) -> None:
    opties = run().selectbox(key="kies_indicator").options
    assert opties[0] == "Dekkingsgraad"
    eerste = next(nummer for nummer, naam in enumerate(opties) if naam.startswith("Enquête: "))
    pijlers = [naam.split(":")[0] for naam in opties[eerste:]]
    assert list(dict.fromkeys(pijlers)) == [
        "Enquête", "Basis", "Kiezen en toeleiden", "Leren en opleiden", "Werken en behoud", "Innoveren",
    ]  # fmt: skip
    assert not any(":" in naam for naam in opties[:eerste])


def test_without_borders_there_are_tiles_and_a_line_that_says_how(plek: Path) -> None:
    scherm = run(indicator="dekkingsgraad", vorm="kaart")
    assert not has_switch(scherm)
    assert "elke regio even groot" in text(scherm)


@pytest.mark.parametrize(("periode", "laag"), [("2019", "wgo_2021"), ("2021", "wgo_2021")])
def test_wgo_map_follows_the_period(lagen: Path, periode: str, laag: str) -> None:
    scherm = run(indicator="dekkingsgraad", niveau="wgo", periode=periode)
    assert f"/{laag}." in scherm.get("vega_lite_chart")[0].proto.spec


def test_every_hatching_that_the_map_names_is_in_the_page() -> None:
    patronen = set(re.findall(r'id="(rm-arc-[^"]+)"', asgi.rewrite_page("<html><head></head><body></body></html>")))
    assert patronen == {f"rm-arc-{nummer}-{tint}" for nummer in (1, 2, 3) for tint in "dlp"}
    for thema, palet in PALETTEN.items():
        spec = json.dumps(
            kaartgrafiek.area_spec(thema, gebieden.Ligging("/x", 1.0, (0.0, 0.0), 10), False, False, False)
        )
        assert "url(#rm-arc-" in spec
        assert {is_light(inkt) for inkt in palet.oplopend_tekst} == {True, False}


CLICK = [
    # before, after, the region that was clicked
    ((), ("RA0512",), "RA0512"),
    (("RA0512",), (), "RA0512"),
    (("RA0512",), ("RA0512", "RA0616"), "RA0616"),
    (("RA0512", "RA0616"), ("RA0616",), "RA0512"),
    (("RA0512", "RA0616"), ("RA0205",), "RA0205"),
    (("RA0512",), ("RA0512",), ""),
    (("RA0512", "RA0616"), (), ""),
    ((), ("onzin",), ""),
]


@pytest.mark.parametrize(("toen", "nu", "code"), CLICK)
def test_a_click_turns_one_shape_on_or_off(toen: tuple[str, ...], nu: tuple[str, ...], code: str) -> None:
    vormen = {c: c for c in ("RA0512", "RA0616", "RA0205")}
    assert kaartkeus.clicked_region(vormen, frozenset(toen), frozenset(nu)) == code


def test_selection_of_the_browser_is_read_with_care() -> None:
    assert kaartkeus.shapes_on({"keuze": [{"regio_code": "RA0512"}]}) == {"RA0512"}
    assert kaartkeus.shapes_on({"keuze": {}}) == kaartkeus.shapes_on({}) == frozenset()


@pytest.mark.parametrize("vorm", ["kaart", "tegels"])
def test_chosen_wgo_is_marked_by_style_on_all_its_shapes(lagen: Path, vorm: str) -> None:
    scherm = run(indicator="dekkingsgraad", niveau="wgo", regio="WGO06", vorm=vorm)
    stijlen = next(e.proto.body for e in scherm.get("html") if e.proto.body.startswith("<style>"))
    gemerkt = [int(n) - 1 for n in re.findall(r"gekozen_marks path:nth-child\((\d+)\)", stijlen)]
    tabel = pa.ipc.open_stream(scherm.get("vega_lite_chart")[0].proto.data.data).read_all().to_pylist()
    assert gemerkt
    assert {tabel[n]["naam"] for n in gemerkt} == {"Sigra"}
    assert len(gemerkt) == sum(rij["naam"] == "Sigra" for rij in tabel)


class _Proces:
    """A process that ends as told."""

    def __init__(self, uitkomst: int) -> None:
        self.uitkomst = uitkomst
        self.gestopt = False

    def wait(self, _: float | None = None) -> int:
        if self.uitkomst == 99:
            raise subprocess.TimeoutExpired("x", 1)
        return self.uitkomst

    def kill(self) -> None:
        self.gestopt = True


@pytest.fixture
def gestart(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record what is started instead of starting it."""
    opdrachten: list[list[str]] = []

    def start(opdracht: list[str], **_: object) -> _Proces:
        opdrachten.append(opdracht)
        return _Proces(0)

    monkeypatch.setattr(server.subprocess, "Popen", start)
    return opdrachten


def test_borders_are_fetched_once_and_never_again(tmp_path: Path, gestart: list[list[str]]) -> None:
    assert server.fetch_once(tmp_path, {}) is not None
    assert server.fetch_once(tmp_path, {}) is None
    assert [opdracht[1:] for opdracht in gestart] == [
        ["-m", "app.opdrachten.aanleveren.grenzen_ophalen", str(tmp_path)]
    ]
    assert (tmp_path / server.POGING).is_file()


def test_no_attempt_when_switched_off_or_there_already_or_nowhere_to_put(
    tmp_path: Path, gestart: list[list[str]]
) -> None:
    assert server.fetch_once(tmp_path, {server.SCHAKELAAR: "uit"}) is None
    assert server.fetch_once(tmp_path / "weg", {}) is None
    assert not (tmp_path / server.POGING).exists()
    (tmp_path / "gebieden").mkdir()
    assert server.fetch_once(tmp_path, {}) is None
    assert gestart == []


@pytest.mark.parametrize(("uitkomst", "regels"), [(0, 0), (1, 1), (99, 1), (-9, 0)])
def test_failure_is_one_dutch_line(caplog: pytest.LogCaptureFixture, uitkomst: int, regels: int) -> None:
    proces = _Proces(uitkomst)
    with caplog.at_level(logging.INFO, logger="regiomonitor"):
        server._report(proces)  # type: ignore[arg-type]
    assert len(caplog.records) == regels
    assert all("regiomonitor fetch gebieden" in bericht for bericht in caplog.messages)
    assert proces.gestopt == (uitkomst == 99)


def test_fetching_that_fails_says_so_by_its_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.opdrachten.aanleveren import grenzen_ophalen
    from pipelines.afspraken.meldingen import AfgekeurdError

    gevraagd: list[float] = []

    def fails(_: Path, *, timeout: float) -> Path:
        gevraagd.append(timeout)
        raise AfgekeurdError([])

    monkeypatch.setattr(grenzen_ophalen, "fetch_gebieden", fails)
    assert grenzen_ophalen.main(tmp_path) == 1
    monkeypatch.setattr(grenzen_ophalen, "fetch_gebieden", lambda map_, timeout: map_)
    assert grenzen_ophalen.main(tmp_path) == 0
    assert gevraagd == [10]
