"""What is new, as Atom: a change is told in words to whoever it concerns; what was withdrawn is answered no more."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest
from lxml import etree
from opendata import BEGIN, NIEUW, Loket, counter, with_newer

from pipelines.afspraken.warehouse.bewaard import Ingetrokken, announce, seal
from pipelines.bouwen import PUBLICATIE

ATOM = {"a": "http://www.w3.org/2005/Atom"}
RA = "where indicator_id = 'dekkingsgraad' and regio_code = 'RA0101'"
HOGER = f"update waarneming set waarde = 0.69 {RA}"
VERBERG = f"update waarneming set status = 'onderdrukt', waarde = null, teller = null, noemer = null, n = null {RA}"


def entries(loket: Loket, wat: str) -> list[tuple[str, str]]:
    """Return (title, lines) of each entry, after holding the feed against what Atom asks."""
    antwoord = loket.ask(f"/data/v1/{wat}.atom")
    assert (antwoord.status, antwoord.koppen["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = etree.fromstring(antwoord.inhoud)
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    for ding in (feed, *feed.findall("a:entry", ATOM)):
        for naam in ("id", "title", "updated"):
            assert len(ding.findall(f"a:{naam}", ATOM)) == 1
        assert ding.find("a:id", ATOM).text.startswith(f"{BEGIN}/data/v1/{wat}.atom")
        assert ding.find("a:updated", ATOM).text.endswith("Z")
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == f"{BEGIN}/data/v1/{wat}.atom"
    assert feed.find("a:author/a:name", ATOM).text
    return [
        (e.find("a:title", ATOM).text, " ".join(etree.HTML(e.find("a:content", ATOM).text).itertext()))
        for e in feed.findall("a:entry", ATOM)
    ]


def with_change(kleine: Path, map_: Path, monkeypatch: pytest.MonkeyPatch, opdrachten: Sequence[str]) -> str:
    oud = with_newer(kleine, map_, *opdrachten)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(map_))
    return oud


def test_a_change_is_told_in_words_to_whom_it_concerns(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_change(kleine_publicatie, tmp_path, monkeypatch, [HOGER])
    with counter() as loket:
        for wat in ("indicatoren/dekkingsgraad", "regios/RA0101"):
            ((titel, regels),) = entries(loket, wat)
            assert "1 cijfer anders" in titel
            assert "was 68%, is nu 69%" in regels
        assert entries(loket, "regios/NL01") == entries(loket, "indicatoren/verzuim") == []
        alle = entries(loket, "publicaties")
        assert [regels for _, regels in alle] == [
            "1 cijfer: andere waarde.", "Dit is de oudste publicatie die hier staat.",
        ]  # fmt: skip
        assert loket.ask("/data/v1/regios/RA9999.atom").status == 404


def test_what_became_hidden_is_told_of_the_whole_and_of_nothing_else(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_change(kleine_publicatie, tmp_path, monkeypatch, [VERBERG])
    with counter() as loket:
        assert entries(loket, "indicatoren/dekkingsgraad") == entries(loket, "regios/RA0101") == []
        (_, regels), _ = entries(loket, "publicaties")
        assert "1 cijfer: verborgen geworden; welke, staat hier niet." in regels
        assert "RA0101" not in regels


def test_a_name_that_is_no_plain_text_stays_text(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    naam = '<b>Noord & "Oost"</b>\x01'
    with_change(kleine_publicatie, tmp_path, monkeypatch,
                [HOGER, f"update regio set naam = '{naam}' where regio_code = 'RA0101'"])  # fmt: skip
    with counter() as loket:
        ((titel, regels),) = entries(loket, "regios/RA0101")
    assert titel.startswith('<b>Noord & "Oost"</b>')
    assert html.unescape(regels).count('<b>Noord & "Oost"</b>') == 1


def test_examples_are_no_news(kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verzonnen = f"""insert into waarneming by name
        select * replace ('synthetisch' as herkomst, '2019' as periode, 0.111 as waarde) from waarneming {RA}"""
    oud = with_change(kleine_publicatie, tmp_path, monkeypatch, [verzonnen])
    with counter() as loket:
        assert entries(loket, "regios/RA0101") == []
        adres = f"/data/v1/wijzigingen/{oud}..{NIEUW}.json"
        assert loket.ask(adres).json["cijfers"] == []
        assert [c["herkomst_nieuw"] for c in loket.ask(f"{adres}?voorbeeld=1").json["cijfers"]] == ["synthetisch"]


def test_an_example_that_became_real_is_new(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = with_change(kleine_publicatie, tmp_path, monkeypatch, [])
    for pad in (tmp_path / "publicaties").glob(f"{oud}.duckdb"):
        with duckdb.connect(str(pad)) as con:
            con.execute(f"update waarneming set herkomst = 'synthetisch', waarde = 0.4321 {RA}")
    for som in (tmp_path / "publicaties").glob("*.sha256"):
        som.unlink()
    with counter() as loket:
        (c,) = loket.ask(f"/data/v1/wijzigingen/{oud}..{NIEUW}.json").json["cijfers"]
    assert (c["soort"], c["waarde_oud"], c["status_oud"], c["waarde_nieuw"]) == ("nieuw", None, None, 0.68)


def test_a_withdrawn_publication_is_answered_no_more_not_even_from_memory(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = with_change(kleine_publicatie, tmp_path, monkeypatch, [HOGER])
    adressen = [f"/data/v1/indicatoren/dekkingsgraad.{vorm}?publicatie={oud}" for vorm in ("csv", "json")]
    adressen += [f"/data/v1/indicatoren?publicatie={oud}", f"/data/v1/wijzigingen/{oud}..{NIEUW}.json"]
    with counter() as loket:
        eerst = [loket.ask(adres) for adres in adressen]
        assert [antwoord.status for antwoord in eerst] == [200] * 4
        assert len(entries(loket, "regios/RA0101")) == 1
        announce(tmp_path, Ingetrokken(oud, date(2026, 11, 29), "De cijfers waren van een ander jaar.", ""))
        for adres, antwoord in zip(adressen, eerst, strict=True):
            for bekend in ("", antwoord.koppen["etag"]):
                weg = loket.ask(adres, if_none_match=bekend)
                assert weg.status == 404, adres
                assert "ingetrokken" in weg.json["fout"]["wat"]
        assert entries(loket, "regios/RA0101") == []
        seal(tmp_path)
        assert [loket.ask(adres).status for adres in adressen] == [404] * 4
        assert oud not in loket.ask("/data/v1/publicaties").inhoud.decode()
    assert (tmp_path / PUBLICATIE).is_file()
