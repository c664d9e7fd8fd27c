"""What readers read: sources written out, and on no page a code, a command, English or statistics' slang."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from scherm import VERBODEN, run
from streamlit.testing.v1 import AppTest

from app.taal import woorden

PAGINAS = ("landelijk_beeld", "kaart", "mijn_regio", "pijlers", "budget", "knoppen", "voortgangsgesprek", "verhalen",
           "toegankelijkheid")  # fmt: skip
ONDERDELEN = ("indicatoren", "leveringen", "controles", "aansluiting", "niet_opgenomen", "gaten", "publicaties",
              "publicatie")  # fmt: skip
# Names of columns and files may be written as <code>: then a reader sees that they are names.
CODE = re.compile(
    r"\b\w*[a-z]_[a-z]\w*"  # srs_budget, azw_breed
    r"|\b[a-z]+=[a-z0-9]"  # meting=kzv
    r"|\bregiomonitor [a-z]+\b"  # a command
    r"|\b(?:RA\d{4}|WGO\d\d|LD\d\d|PV\d\d|NL01|\d{4}KW\d\d)\b"
    r"|\bp\.\d|\d~|\.csv\b"
    r"|\b(?:the|and|with|error|warning|unknown|undefined|true|false|loading)\b"
)


@pytest.fixture(autouse=True)
def omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


def words(scherm: AppTest) -> Iterator[str]:
    """Yield everything a reader can read: text, labels, options and explanations; not code and not style."""
    for element in scherm.get("html"):
        kaal = re.sub(r"<(code|style)>.*?</\1>", " ", element.proto.body)
        yield from (unescape(deel) for deel in re.findall(r'aria-label="([^"]*)"', kaal))
        yield unescape(re.sub(r"<[^>]+>", " ", kaal))
    for soort in ("title", "header", "subheader", "markdown"):
        yield from (str(element.value) for element in scherm.get(soort))
    for soort in ("selectbox", "button_group", "expander", "toggle", "button", "text_input", "slider"):
        for element in scherm.get(soort):
            yield from (str(getattr(element, veld, "")) for veld in ("label", "help", "placeholder"))
            yield from map(str, getattr(element, "options", ()))


@pytest.mark.parametrize(
    ("naam", "onderdeel"),
    [*((naam, "") for naam in PAGINAS), *(("verantwoording", onderdeel) for onderdeel in ONDERDELEN)],
)
def test_no_page_speaks_in_codes(naam: str, onderdeel: str) -> None:
    scherm = run(naam, **({"onderdeel": onderdeel} if onderdeel else {}))
    tekst = "\n".join(words(scherm))
    assert len(tekst) > 200
    gevonden = {tekst[max(0, m.start() - 30) : m.end() + 20] for patroon in (CODE, VERBODEN)
                for m in patroon.finditer(tekst)}  # fmt: skip
    assert not gevonden


def test_the_sweep_knows_a_code_when_it_sees_one() -> None:
    for fout in ("tabel srs_budget", "meting=kzv", "regiomonitor accept", "p.7~", "in RA0511", "niet in x.csv"):
        assert CODE.search(fout), fout
    assert not CODE.search("Regiomonitor, publicatie 20261124T115940Z-1c34b637 van 24 november 2026. 1 = ja")


@pytest.mark.parametrize(
    ("bron", "tekst"),
    [
        ("p.7~; §1.1 budgetrichtlijn", "rond bladzijde 7, paragraaf 1.1 budgetrichtlijn"),
        ("p.14; Figuur 2.1", "bladzijde 14, Figuur 2.1"),
        ("p.9-12~; hfst 2", "rond bladzijde 9 tot en met 12, hoofdstuk 2"),
        ("p.0~; colofon", "colofon"),
        ("webpagina; tabel cbs.nl/item?sc_itemid=763ea424...", "webpagina"),
        ("github wie/wat@01ea5c6 (data/hbo_2019.csv); tabel", "bestand hbo_2019.csv (kopie op GitHub, wie/wat), tabel"),
        ("", ""),
    ],
)
def test_a_place_in_a_source_is_written_out(bron: str, tekst: str) -> None:
    assert woorden.place_text(bron) == tekst


@pytest.mark.parametrize(
    ("bron", "tekst"),
    [
        ("telt op tot 99; tweede vindplaats, niet apart in rapportcijfers.csv", "telt op tot 99; tweede vindplaats"),
        ("voorlopig; mbo totaal; geen code in contract", "voorlopig; mbo totaal"),
        ("uit opmerking bij O-575", ""),
        ("prognose; som van RA0511 en RA0512", "prognose; som van Gooi en Utrecht"),
        ("afgeronde vorm van 6/301; deel van cijfer_tm_5", "afgeronde vorm van 6/301; deel van cijfer 5 of lager"),
        ("gecontroleerd op som=100", "gecontroleerd op som=100"),
        ("kwartaal afgeleid uit 2020KW04", "kwartaal afgeleid uit 4e kwartaal 2020"),
    ],
)
def test_a_remark_of_a_delivery_loses_its_codes_and_nothing_else(bron: str, tekst: str) -> None:
    assert woorden.remark_text(bron, {"RA0511": "Gooi", "RA0512": "Utrecht"}) == tekst
