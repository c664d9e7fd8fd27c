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
from app.lezen.onderwerp import enquetecijfers
from app.lezen.rijen import Waarneming
from app.oordeel.enquete import Cijfer, Groep, Vraag, asked_text
from app.oordeel.gesprek import dossier, gespreksgegevens, signalen
from app.oordeel.knoppen import knopzinnen
from app.oordeel.programma import koers
from pipelines.afspraken.codelijsten import Niveau
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
BESLIST = ("waarneming", "trendbreuk", "regeltoets", "gepubliceerd_cijfer", "verschil", "aansluiting")
PANEL = "studie,onderdeel,n,vraag,categorie,aandeel,opmerking,soort\n"
CIJFERS = "id,indicator_id,regio_code,branche_code,periode,waarde,precisie,bron,kwaliteit,vindplaats,is_tabel\n"
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
        REGIOS[3]: {"figuren": [figure("verzuim", REGIOS[3], "2021", 0.09, is_voorlopig=True)]},
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


def _publication(map_: Path, catalogus: Path, maak: Callable[..., Path], woorden: str, dag: str) -> list[object]:
    """Build a budget, a panel and two figures of one key, and return every column of the publication that is no text.

    Of the two figures the delivery says which stands in a table; the word for it stands with the other the second time.
    """
    tekst = {"verwijzing": woorden, "opmerking": woorden, "leverancier": woorden, "ontvangen": dag}

    def deliver(bron: str, **tabellen: str) -> None:
        maak(tabellen, naam=f"{bron}-{map_.name}", bron=bron, **tekst)

    deliver("srs_budget", budget=KOP + budget(2021, "WGO01"))
    vragen = (("33568", ""), ("33800", ""), ("9", "prioriteit"), ("8", ""))
    deliver(
        "panel",
        uitkomsten=PANEL
        + "".join(f"{s},v,80,{woorden},ja,0.{nr},,{soort}\n" for nr, (s, soort) in enumerate(vragen, 1)).replace(
            ", geen", " geen"
        ),
    )
    plekken = ("tabel 1", "p. 1")[:: 1 if woorden == "Tekst" else -1]
    rijen = zip("ab", ("CBS", "DUO"), plekken, "10", strict=True)
    deliver(
        "gepubliceerd",
        cijfers=CIJFERS
        + "".join(
            f"{i},verzuim,NL01,TOTAAL,2020,0.06,exact,{bron},primair,{plek},{is_tabel}\n"
            for i, bron, plek, is_tabel in rijen
        ),
    )
    build(map_.parent / "raw", map_, catalogus)
    uit: list[object] = []
    with duckdb.connect(str(map_ / PUBLICATIE), read_only=True) as con:
        for tabel in BESLIST:
            alle = [k for (k,) in con.execute(f"select column_name from (describe {tabel})").fetchall()]
            # Of the panel the question itself, in its own words, is part of what the figure is of.
            kolommen = ", ".join(
                "split_part(uitsplitsing, ';vraag=', 1)" if k == "uitsplitsing" else k
                for k in alle
                if k not in (*TEKSTEN.get(tabel, ()), "levering_id", "bron", "plek")
            )
            uit.append(con.execute(f"select {kolommen} from {tabel} order by all").fetchall())
    return uit


def test_nothing_in_the_publication_hangs_on_wording(tmp_path: Path, maak_levering, monkeypatch) -> None:
    voor = _publication(tmp_path / "voor", INDICATORS_YML, maak_levering, "Tekst", "2025-06-30")
    catalogus, regels = tmp_path / "indicators.yml", tmp_path / "regels"
    regels.mkdir()
    catalogus.write_text(reword_yaml(INDICATORS_YML.read_text(encoding="utf-8"), VALSTRIK), encoding="utf-8")
    for pad in REGELS.glob("*.yml"):
        (regels / pad.name).write_text(reword_yaml(pad.read_text(encoding="utf-8"), VALSTRIK), encoding="utf-8")
    monkeypatch.setattr(regeltoets, "load_regelsets", lambda: load_regelsets(regels))
    na = _publication(tmp_path / "na", catalogus, maak_levering, VALSTRIK, "2025-07-01")
    assert voor == na
    assert all(voor[plek] for plek in (0, 1, 2, 3))
    with duckdb.connect(str(tmp_path / "na" / PUBLICATIE), read_only=True) as con:
        panel = "select uitsplitsing[8:12] from waarneming where indicator_id = 'panel_prioriteit' order by all"
        assert con.execute(panel).fetchall() == [("33800",), ("9;vra",)]
        assert con.execute("select cijfer_id from gepubliceerd_cijfer where gekozen").fetchall() == [("a",)]


def _answers(pad: Path) -> Iterator[object]:
    """Yield what pages decide on a published figure: its mark, who was asked, and which target it is held against."""
    merk = data.kenmerk(pad)
    tekorten = data.waarnemingen(merk, "tekort_verwacht", False)
    namen = {r.regio_code: r.regio_code for r in tekorten}
    yield [regel[3] for regel in knopzinnen.shortage_rows(tekorten, namen)]
    catalogus = data.indicatoren(merk)
    for naam, wie in enquetecijfers.populaties(merk).items():
        rijen = data.waarnemingen(merk, naam, False)
        if rijen and catalogus[naam].vraagsoort:
            vraag = Vraag(catalogus[naam], {"": Cijfer(gepubliceerd=rijen[0])}, "")
            yield naam, asked_text(vraag, Groep("land", Niveau.LAND, "Nederland"), wie).startswith("Gevraagd aan alle")
    gegevens = gespreksgegevens.collect(merk, "NL01")
    yield [s.regel_id for s in signalen.find(gegevens)]
    yield [" van " in p.tekst for p in dossier.build_dossier(merk, "NL01", voorbeeld=False).programmas]


@pytest.mark.parametrize("nieuw", ["'respondenten smal'", "'anders ' || cijfer_id"])
def test_nothing_on_a_page_hangs_on_the_words_beside_a_published_figure(
    warehouse: Path, tmp_path: Path, nieuw: str
) -> None:
    """Once all have the same words, and once no two: what is compared by its words would differ."""
    anders = tmp_path / PUBLICATIE
    shutil.copyfile(warehouse / PUBLICATIE, anders)
    with duckdb.connect(str(anders)) as con:
        con.execute(f"update gepubliceerd_cijfer set populatie = {nieuw}, opmerking = {nieuw}, vindplaats = {nieuw}")
    voor, na = (list(_answers(pad)) for pad in (warehouse / PUBLICATIE, anders))
    assert voor == na
    assert sum("zonder kinderopvang" in prognose for prognose in voor[0]) == 7
