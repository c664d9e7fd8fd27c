"""Words are for the reader: whatever a text says, every verdict, status and mark stays what it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from budgetrijen import KOP, budget
from gesprekpublicatie import REGIOS, action, figure, wgo_of, write_test_bed

from app.documenten.blokken import Document
from app.documenten.land import national_document
from app.documenten.regio import region_document
from app.lezen import data
from app.lezen.rijen import Waarneming
from app.oordeel.gesprek import dossier, gespreksgegevens, signalen
from app.oordeel.programma import koers
from pipelines.afspraken.indicatoren import INDICATORS_YML
from pipelines.bouwen import PUBLICATIE, build
from pipelines.publicatie import regeltoets
from pipelines.publicatie.regels import REGELS, load_regelsets

ROOT = Path(__file__).parents[2]
# Every word that once decided something; and a text without any of them.
VALSTRIK = "Mogelijk een VOORBEELD van een voorlopige prognose, geen eis"
KAAL = "Tekst"
TEKSTEN = {
    "trendbreuk": ("tekst",),
    "regeltoets": ("toelichting", "titel", "som", "berekening"),
    "indicator": ("titel", "vraag", "definitie", "formule"),
    "gepubliceerd_cijfer": ("populatie", "opmerking", "vindplaats"),
    "levering": ("verwijzing", "opmerking", "leverancier"),
    "verhaal": ("titel", "samenvatting"),
    "actie": ("titel", "trekker"),
    "doel": ("bron",),
    "beschikbaarheid": ("toelichting",),
    "kwaliteit": ("melding",),
}
SLEUTELS = "titel|vraag|definitie|formule|tekst|zonder_levering"


def reword(pad: Path, woorden: str) -> None:
    """Replace every text in a publication; equal texts stay equal, for a reader compares them."""
    with duckdb.connect(str(pad)) as con:
        for tabel, kolommen in TEKSTEN.items():
            nieuw = ", ".join(f"{k} = '{woorden} ' || md5({k})" for k in kolommen)
            con.execute(f"update {tabel} set {nieuw}")


def reword_yaml(tekst: str, woorden: str) -> str:
    """Replace every text that stands on one line in a catalogue or a set of rules."""
    tekst = re.sub(rf"(?m)^(\s*(?:{SLEUTELS}): )[^\[\n>].*$", rf"\g<1>{woorden}", tekst)
    return re.sub(r'(tekst: )"[^"]*"', rf'\g<1>"{woorden}"', tekst)


def _document(document: Document) -> list[object]:
    return [
        document.merken,
        bool(document.melding),
        *((type(b).__name__, b.is_voorbeeld) for b in document.blokken),
        *(d.is_voorbeeld for d in document.dias),
    ]


def _decisions(pad: Path, regios: tuple[str, ...]) -> Iterator[object]:
    """Yield everything that is decided on a publication, without its words."""
    merk = data.kenmerk(pad)

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, False)

    breuken = data.trendbreuken(merk)
    for lijn in koers.action_lines(data.indicatoren(merk), haal, breuken, data.doelen(merk)):
        yield lijn.oordeel, [d.oordeel for d in lijn.delen]
    for regio in regios:
        alles = dossier.build_dossier(merk, regio, voorbeeld=True)
        yield [(s.regel_id, len(s.bewijs)) for s in alles.signalen]
        yield [a.oordeel for a in alles.ambities], alles.toetsing.beoordeeld
        yield [(c.indicator.indicator_id, c.verandering, c.is_voorbeeld) for c in alles.cijfers]
        yield alles.heeft_voorbeeld, [b.is_voorbeeld for b in alles.bronnen]


@pytest.fixture(scope="module")
def proef(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A test bed in which every rule on wording has something to decide."""
    eis = ("Minimum", "eis", "som", "€ 1 van € 10 is 10%; de norm is minstens 20%")
    wens = ("Richtlijn", "richtlijn", "som", "€ 6 van € 10 is 60%; richtlijn, geen eis: 55,4%")
    breuk = (None, "2021-01-01", "Een andere manier van meten.", None)
    anders = {
        REGIOS[0]: {
            "regeltoetsen": [
                ("a", 2021, wgo_of(REGIOS[0]), 0.2, 0.1, "voldoet_niet", "Minimum.", *eis, "levering"),
                ("c", 2021, wgo_of(REGIOS[0]), 0.2, 0.1, "voldoet_niet", "Verzonnen.", *eis, "synthetisch"),
                ("b", 2021, wgo_of(REGIOS[0]), 0.5, 0.6, "voldoet_niet", "Richtlijn.", *wens, "levering"),
            ]
        },
        REGIOS[1]: {"breuken": [("dekkingsgraad", REGIOS[1], *breuk, True)]},
        REGIOS[2]: {"breuken": [("dekkingsgraad", REGIOS[2], *breuk, False)]},
        REGIOS[3]: {"figuren": [figure("verzuim", REGIOS[3], "2021", 0.09, voorlopig=True)]},
        REGIOS[4]: {"figuren": [figure("verzuim", REGIOS[4], "2021", 0.09)]},
        REGIOS[5]: {"acties": [action(REGIOS[5], status="gepland")]},
    }
    pad = tmp_path_factory.mktemp("proef") / PUBLICATIE
    write_test_bed(pad, anders)
    return pad


@pytest.mark.parametrize("woorden", [VALSTRIK, KAAL])
def test_no_verdict_hangs_on_wording(proef: Path, tmp_path: Path, woorden: str) -> None:
    anders = tmp_path / PUBLICATIE
    shutil.copyfile(proef, anders)
    reword(anders, woorden)
    voor, na = (list(_decisions(pad, REGIOS[:6])) for pad in (proef, anders))
    assert voor == na
    gevonden = {s.regel_id for r in REGIOS[:6] for s in signalen.find(gespreksgegevens.collect(data.kenmerk(proef), r))}
    assert {"budgetregel", "tegen_landelijke_trend"} <= gevonden


def test_a_guideline_is_told_from_a_demand_by_its_field_and_what_is_made_up_is_not_judged(proef: Path) -> None:
    budgetten = [
        s
        for s in signalen.find(gespreksgegevens.collect(data.kenmerk(proef), REGIOS[0]))
        if s.regel_id == "budgetregel"
    ]
    assert [("richtlijn" in s.zin) for s in budgetten] == [False, True]


@pytest.mark.parametrize("woorden", [VALSTRIK, KAAL])
def test_no_mark_in_a_document_hangs_on_wording(warehouse: Path, tmp_path: Path, woorden: str) -> None:
    anders = tmp_path / PUBLICATIE
    shutil.copyfile(warehouse / PUBLICATIE, anders)
    reword(anders, woorden)
    voor, na = (
        [
            document
            for voorbeeld in (True, False)
            for document in (
                _document(region_document(data.kenmerk(pad), "RA0101", voorbeeld=voorbeeld)),
                _document(national_document(data.kenmerk(pad), voorbeeld=voorbeeld)),
            )
        ]
        for pad in (warehouse / PUBLICATIE, anders)
    )
    assert voor == na
    assert [any(regel[1:2]) for regel in voor] == [True, True, False, False]


@pytest.mark.parametrize("regio", ["RA0101", "RA0308", "WGO01", "NL01"])
def test_a_block_that_is_marked_says_voorbeeld_and_no_other_does(warehouse: Path, regio: str) -> None:
    merk = data.kenmerk(warehouse / PUBLICATIE)
    document = (
        national_document(merk, voorbeeld=True) if regio == "NL01" else region_document(merk, regio, voorbeeld=True)
    )
    for deel in (*document.blokken, *(d for dia in document.dias for d in dia.delen)):
        if "rijen" not in getattr(deel, "__dataclass_fields__", {}) and not hasattr(deel, "tekst"):
            continue
        assert deel.is_voorbeeld == ("VOORBEELD" in str(deel)), deel


def _publication(map_: Path, catalogus: Path, maak: Callable[..., Path], woorden: str) -> list[object]:
    """Build two budgets, one of them made up, and return every column of the publication that is no text."""
    tekst = {"verwijzing": woorden, "opmerking": woorden, "leverancier": woorden}
    maak({"budget": KOP + budget(2021, "WGO01")}, naam=f"a-{map_.name}", bron="srs_budget", **tekst)
    build(map_.parent / "raw", map_, catalogus)
    uit: list[object] = []
    with duckdb.connect(str(map_ / PUBLICATIE), read_only=True) as con:
        for tabel in ("waarneming", "trendbreuk", "regeltoets", "verschil", "aansluiting"):
            alle = [k for (k,) in con.execute(f"select column_name from (describe {tabel})").fetchall()]
            kolommen = ", ".join(k for k in alle if k not in (*TEKSTEN.get(tabel, ()), "levering_id"))
            uit.append(con.execute(f"select {kolommen} from {tabel} order by all").fetchall())
    return uit


def test_nothing_in_the_publication_hangs_on_wording(tmp_path: Path, maak_levering, monkeypatch) -> None:
    voor = _publication(tmp_path / "voor", INDICATORS_YML, maak_levering, "Tekst")
    catalogus, regels = tmp_path / "indicators.yml", tmp_path / "regels"
    regels.mkdir()
    catalogus.write_text(reword_yaml(INDICATORS_YML.read_text(encoding="utf-8"), VALSTRIK), encoding="utf-8")
    for pad in REGELS.glob("*.yml"):
        (regels / pad.name).write_text(reword_yaml(pad.read_text(encoding="utf-8"), VALSTRIK), encoding="utf-8")
    monkeypatch.setattr(regeltoets, "load_regelsets", lambda: load_regelsets(regels))
    na = _publication(tmp_path / "na", catalogus, maak_levering, VALSTRIK)
    assert voor == na
    assert all(voor[plek] for plek in (0, 1, 2))


def test_no_code_looks_for_a_word_in_a_text() -> None:
    """What is decided stands in a field: no search in what a reader reads, and none in an uitsplitsing."""
    velden = r"(tekst|toelichting|opmerking|verwijzing|titel|definitie|melding|zin|uitsplitsing)"
    fout = re.compile(
        rf"""["'][^"']+["'] (not )?in \w+\.{velden}\b|\.{velden}(\.(lower|upper)\(\))?\.(startswith|endswith)\("""
        rf"""|VOORBEELD["']? (not )?in |{velden} (not )?i?like '|regexp_\w+\((toelichting|opmerking|titel),"""
    )
    gevonden = [
        f"{pad.relative_to(ROOT)}: {regel.strip()}"
        for map_ in ("app", "pipelines")
        for pad in sorted((ROOT / map_).rglob("*"))
        if pad.suffix in (".py", ".sql")
        for regel in pad.read_text(encoding="utf-8").splitlines()
        if fout.search(regel)
    ]
    assert gevonden == []
