"""A hidden figure goes out by no way: every address, form, filter, version, feed and difference is searched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from opendata import NIEUW, Antwoord, Loket, counter, with_newer

from app.opdrachten import cli
from app.uitgave.nagaan import leaks
from app.uitgave.vorm.vormen import VORMEN
from pipelines.bouwen import PUBLICATIE

# What RA0101 was when it could still be seen: no other figure has these digits.
WAARDE, TELLER, NOEMER, N = 0.8271, 82_710, 100_003, 7_919
SPOREN = ("8271", "82,71", "82.71", "100003", "100.003", "7919", "7.919")
TOEN = f"""update waarneming set waarde = {WAARDE}, teller = {TELLER}, noemer = {NOEMER}, n = {N}, onder = 0.82712,
           boven = 0.82714 where indicator_id = 'dekkingsgraad' and regio_code = 'RA0101'"""
VERBERG = """update waarneming set status = 'onderdrukt', waarde = null, teller = null, noemer = null, n = null,
             onder = null, boven = null where indicator_id = 'dekkingsgraad' and regio_code = 'RA0101'"""
# A build that forgets one column of a hidden cell.
LEK = f"update waarneming set noemer = {NOEMER} where indicator_id = 'dekkingsgraad' and regio_code = 'RA0101'"


def make(kleine_publicatie: Path, map_: Path, *opdrachten: str) -> str:
    """Make a warehouse whose publication of before shows RA0101 and that of now hides it; returns the id of before."""
    (map_ / "begin" / "publicaties").mkdir(parents=True)
    (bron,) = (kleine_publicatie / "publicaties").glob("*.duckdb")
    for doel in (map_ / "begin" / PUBLICATIE, map_ / "begin" / "publicaties" / bron.name):
        doel.write_bytes(bron.read_bytes())
        with duckdb.connect(str(doel)) as con:
            con.execute(TOEN)
    (map_ / "wh").mkdir()
    return with_newer(map_ / "begin", map_ / "wh", VERBERG, *opdrachten)


def text_of(antwoord: Antwoord, map_: Path) -> str:
    """Return all that can be read in an answer, whatever packs it."""
    inhoud = antwoord.inhoud
    if inhoud.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            inhoud = b" ".join(pakket.read(naam) for naam in pakket.namelist())
    elif inhoud.startswith(b"PAR1"):
        tafel = pq.read_table(io.BytesIO(inhoud))
        inhoud = repr((tafel.to_pylist(), tafel.schema)).encode()
    elif "duckdb" in antwoord.koppen["content-type"]:
        (map_ / "x.duckdb").write_bytes(inhoud)
        with duckdb.connect(str(map_ / "x.duckdb"), read_only=True) as con:
            namen = [naam for (naam,) in con.execute("select table_name from duckdb_tables()").fetchall()]
            inhoud = repr([con.execute(f"from {naam}").fetchall() for naam in namen]).encode()
    return inhoud.decode("utf-8", "replace")


def ways(oud: str) -> Iterator[str]:
    """Yield every address by which a figure of the region, or a word on it, can be had."""
    for wat in ("indicatoren/dekkingsgraad", "regios/RA0101"):
        for publicatie in ("", f"publicatie={oud}", f"publicatie={NIEUW}"):
            for vorm in VORMEN:
                filters = ("", "regio=RA0101&herkomst=levering", "voorbeeld=1") if vorm == "json" else ("",)
                for filter_ in filters:
                    yield f"/data/v1/{wat}.{vorm}?{'&'.join(filter(None, (publicatie, filter_)))}".rstrip("?")
            yield f"/data/v1/{wat}?{publicatie}".rstrip("?")
            yield f"/data/v1/{wat}.csv-metadata.json?{publicatie}".rstrip("?")
        yield f"/data/v1/{wat}.atom"
    for van, tot in ((oud, NIEUW), (NIEUW, oud)):
        yield f"/data/v1/wijzigingen/{van}..{tot}.json"
        yield f"/data/v1/wijzigingen/{van}..{tot}.json?voorbeeld=1"
    yield from (f"/data/v1/{naam}" for naam in (
        "publicaties.atom", "publicaties", "catalogus.ttl", "catalogus.jsonld", "indicatoren", "regios",
        "publicatie.duckdb", "publicatie.duckdb?voorbeeld=1", "CITATION.cff", "openapi.json",
    ))  # fmt: skip


def found(loket: Loket, adressen: Iterable[str], oud: str, map_: Path) -> dict[str, list[str]]:
    """Return the addresses whose answer has a trace of the hidden figure, with the traces."""
    uit = {}
    for adres in adressen:
        antwoord = loket.ask(adres)
        assert antwoord.status == 200, adres
        # The ids of publications and the moments in them have digits of their own.
        tekst = text_of(antwoord, map_).replace(oud, "")
        if sporen := [spoor for spoor in SPOREN if spoor in tekst]:
            uit[adres] = sporen
    return uit


def test_no_way_out_has_a_trace_of_a_hidden_figure(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = make(kleine_publicatie, tmp_path)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "wh"))
    with counter() as loket:
        assert found(loket, ways(oud), oud, tmp_path) == {}
    assert leaks(tmp_path / "wh") == []
    assert cli.main(["export", "--warehouse", str(tmp_path / "wh"), "-o", str(tmp_path / "uit")]) == 0
    for bestand in (tmp_path / "uit").rglob("*.csv"):
        assert not [spoor for spoor in SPOREN if spoor in bestand.read_text()]


def test_the_search_finds_the_figure_where_it_may_be_seen(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(kleine_publicatie, tmp_path)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "begin"))
    with counter() as loket:
        for adres in (*(f"/data/v1/regios/RA0101.{vorm}" for vorm in VORMEN), "/data/v1/publicatie.duckdb"):
            tekst = text_of(loket.ask(adres), tmp_path)
            assert "8271" in tekst or "82.71" in tekst, adres


def test_a_planted_leak_is_found_in_every_form_and_by_audit(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    oud = make(kleine_publicatie, tmp_path, LEK)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "wh"))
    with counter() as loket:
        adressen = {f"/data/v1/regios/RA0101.{vorm}" for vorm in VORMEN} | {"/data/v1/publicatie.duckdb"}
        assert set(found(loket, adressen, oud, tmp_path)) == adressen
    gevonden = leaks(tmp_path / "wh")
    assert len(gevonden) == 3
    assert all("RA0101" in zin and "8271" not in zin and str(NOEMER) not in zin for zin in gevonden)
    assert cli.main(["audit", "--warehouse", str(tmp_path / "wh")]) == 1
    uit = capsys.readouterr()
    assert "Open data: 3 geheime cijfers komen naar buiten" in uit.err
    assert str(NOEMER) not in uit.out + uit.err


def test_a_version_that_is_read_as_it_was_is_found(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever breaks the hiding of earlier publications hears of it."""
    oud = make(kleine_publicatie, tmp_path)
    monkeypatch.setattr("app.lezen.publicatie.gekozen.hide_marked", lambda _con: 0)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "wh"))
    with counter() as loket:
        assert found(loket, [f"/data/v1/indicatoren/dekkingsgraad.csv?publicatie={oud}"], oud, tmp_path)
    assert [zin for zin in leaks(tmp_path / "wh") if oud in zin]
