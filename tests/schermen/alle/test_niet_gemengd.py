"""Real and made up never stand in one series, line, total or comparison: on no page, in no download, in no document.

A handful of areas; all of them, of every level, with REGIOMONITOR_LANG=1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from cijfergelijk import Tabel, Vangst, catching
from lang import LANG
from scherm import run, text

from app.documenten.blokken import Document, Grafiek, Staven
from app.documenten.land import national_document
from app.documenten.regio import region_document
from app.lezen import data
from app.lezen.rijen import Waarneming
from app.oordeel import echt
from app.oordeel.gesprek import dossier

BEIDE = ("0", "1") if LANG else ("1",)
ALLES_VERZONNEN = "VOORBEELD: deze cijfers zijn verzonnen"
# What says that figures were judged or compared.
OORDEEL = re.compile(r"\b(stijgt|daalt|stijging|daling|steeg|daalde|hoger dan|lager dan|op koers|aantoonbaar|meest)\b")
INDICATOREN = ("dekkingsgraad", "verzuim", "openstaande_vacatures", "instroom_sector", "amo_bekendheid")


@pytest.fixture(autouse=True)
def _omgeving(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))


def _keuzes() -> Iterator[tuple[str, dict[str, str]]]:
    regios = ["WGO01", "WGO07", "RA0101", "RA0512"]
    if LANG:
        regios = [code for code in data.regios(data.kenmerk()) if code.startswith(("WGO", "RA"))]
    yield "landelijk_beeld", {}
    for naam in ("budget", "knoppen", "verhalen"):
        yield naam, {}
    for groep in ("NL01", "WGO12"):
        yield "pijlers", {"groep": groep}
    for indicator in INDICATOREN if LANG else INDICATOREN[:1]:
        yield "kaart", {"indicator": indicator, "regio": regios[0]}
        yield "kaart", {"indicator": indicator, "niveau": "wgo", "regio": regios[0]}
    for regio in regios if LANG else regios[::2]:
        for indicator in INDICATOREN if LANG else INDICATOREN[1:2]:
            yield "mijn_regio", {"regio": regio, "indicator": indicator}


@pytest.mark.lang
@pytest.mark.parametrize("voorbeeld", BEIDE)
def test_no_page_and_no_download_mixes(voorbeeld: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gezien = 0
    for naam, keuze in _keuzes():
        with catching(monkeypatch) as vangst:
            tekst = text(run(naam, **keuze, voorbeeld=voorbeeld))
        waar = f"{naam} {keuze}"
        for tabel in vangst.tabellen:
            assert not list(_mixed(tabel)), f"{waar}: {tabel.bestand}"
        _check_pictures(vangst, waar)
        if voorbeeld == "0":
            assert "voorbeelddata)" not in tekst, waar
            assert "VOORBEELD" not in tekst, waar
        gezien += any(b.kader.voorbeeld for b in vangst.beelden)
        for kop in re.findall(r"[^\n<>]*\(voorbeelddata\)", tekst):
            assert not OORDEEL.search(kop), f"{waar}: {kop}"
    assert bool(gezien) == (voorbeeld == "1")


def _mixed(tabel: Tabel) -> Iterator[tuple[object, ...]]:
    """Yield the indicators of which a download holds both kinds of figures."""
    if not {"herkomst", "indicator"} <= set(tabel.kolommen):
        return
    soorten = defaultdict(set)
    plek = [tabel.kolommen.index(naam) for naam in ("indicator", "herkomst")]
    for rij in tabel.rijen:
        indicator, herkomst = (rij[nr] for nr in plek)
        soorten[indicator].add("VOORBEELD" in str(herkomst))
    yield from (naam for naam, gevonden in soorten.items() if len(gevonden) > 1)  # type: ignore[misc]


def _check_pictures(vangst: Vangst, waar: str) -> None:
    for beeld in vangst.beelden:
        # The cards of a region are a figure each, and say of each which it is.
        if not beeld.kader.bestand.startswith("kerncijfers_"):
            assert beeld.kader.voorbeeld in ("", ALLES_VERZONNEN), f"{waar}: {beeld.kader.voorbeeld}"


def test_of_the_national_picture_only_the_grid_of_regions_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with catching(monkeypatch) as vangst:
        run("landelijk_beeld", voorbeeld="1")
    assert {b.kader.bestand for b in vangst.beelden if b.kader.voorbeeld} == {"land_dekkingsgraad"}
    verzonnen = {t.bestand for t in vangst.tabellen if "VOORBEELD" in str(t.rijen)}
    assert verzonnen == {"regios_dekkingsgraad"}


@pytest.mark.lang
@pytest.mark.parametrize("voorbeeld", [False, True])
def test_no_document_mixes(voorbeeld: bool) -> None:
    merk = data.kenmerk()
    regios = data.regios(merk) if LANG else ["WGO03", "RA0308"]
    documenten = [region_document(merk, code, voorbeeld=voorbeeld) for code in regios if code[:2] in ("WG", "RA")]
    documenten.append(national_document(merk, voorbeeld=voorbeeld))
    for document in documenten:
        for rijen in _series(document):
            assert not echt.is_mixed(rijen), document.titel
        assert bool(document.melding) == voorbeeld
    for code in regios:
        for cijfer in dossier.build_dossier(merk, code, voorbeeld=voorbeeld).cijfers:
            assert not echt.is_mixed([cijfer.rij, cijfer.land]), f"{code}: {cijfer.naam}"


def _series(document: Document) -> Iterator[Iterable[Waarneming | None]]:
    """Yield the figures that stand on one chart of a document."""
    for deel in (*document.blokken, *(d for dia in document.dias for d in dia.delen)):
        if isinstance(deel, Grafiek):
            yield [rij for lijn in deel.lijnen for rij in lijn.rijen]
        elif isinstance(deel, Staven):
            yield [rij for _, rijen in deel.reeksen for rij in rijen]
