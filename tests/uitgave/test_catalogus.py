"""The catalogue keeps to DCAT-AP-NL 3.0: shapes of our own, written from what the profile requires, find no fault."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
from opendata import BEGIN, Loket, counter
from rdflib import Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from app.lezen import data
from app.opdrachten import cli
from app.uitgave.beschrijving import graaf
from app.uitgave.vorm.vormen import VORMEN

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
VORMEN_TTL = Path(__file__).parents[1] / "fixtures" / "dcat_ap_nl.ttl"


@pytest.fixture
def loket(kleine_publicatie: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loket]:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    with counter() as loket:
        yield loket


def faults(graph: Graph) -> list[str]:
    """Return which property of what breaks a shape."""
    goed, uitkomst, _ = pyshacl.validate(graph, shacl_graph=Graph().parse(VORMEN_TTL))
    sh = Namespace("http://www.w3.org/ns/shacl#")
    gevonden = [
        f"{uitkomst.value(een, sh.focusNode)} {uitkomst.value(een, sh.resultPath)}"
        for een in uitkomst.subjects(sh.focusNode, None)
    ]
    assert goed == (not gevonden)
    return gevonden


def served(loket: Loket, soort: str) -> Graph:
    antwoord = loket.ask(f"/data/v1/catalogus.{soort}")
    assert antwoord.status == 200
    # Who harvests it may not know where it came from: every address in it is whole.
    return Graph().parse(data=antwoord.inhoud, format={"ttl": "turtle", "jsonld": "json-ld"}[soort], publicID="x:/")


def test_the_served_catalogue_keeps_to_the_profile_and_is_the_same_in_both_forms(loket: Loket) -> None:
    turtle, jsonld = served(loket, "ttl"), served(loket, "jsonld")
    assert faults(turtle) == []
    assert isomorphic(turtle, jsonld)
    assert not [iri for spo in turtle for iri in spo if isinstance(iri, URIRef) and str(iri).startswith("x:")]


def test_each_form_of_each_dataset_is_where_the_catalogue_says(loket: Loket) -> None:
    graph = served(loket, "ttl")
    adressen = {str(iri) for iri in graph.objects(None, DCAT.downloadURL)}
    assert adressen == {f"{BEGIN}/data/v1/indicatoren/dekkingsgraad.{vorm}" for vorm in VORMEN}
    for adres in adressen:
        assert loket.ask(adres.removeprefix(BEGIN)).status == 200
    (van,) = graph.objects(None, DCAT.startDate)
    assert str(van) == "2021-01-01"
    (citaat,) = graph.objects(None, DCT.bibliographicCitation)
    assert data.publicatie(data.kenmerk()).publicatie_id in citaat


@pytest.mark.parametrize(
    ("van", "eigenschap"),
    [
        (DCAT.Dataset, DCAT.theme), (DCAT.Dataset, DCT.creator), (DCAT.Dataset, DCT.accessRights),
        (DCAT.Distribution, DCT.license), (DCAT.Catalog, DCAT.contactPoint), (DCAT.DataService, DCAT.endpointURL),
    ],
)  # fmt: skip
def test_a_catalogue_without_what_is_required_is_found(loket: Loket, van: URIRef, eigenschap: URIRef) -> None:
    graph = served(loket, "ttl")
    ding = next(graph.subjects(URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), van))
    graph.remove((ding, eigenschap, None))
    assert f"{ding} {eigenschap}" in faults(graph)


@pytest.mark.parametrize("adres", ["", "https://elders.nl/map"])
def test_an_export_with_a_catalogue_names_its_files_with_their_sums(
    kleine_publicatie: Path, tmp_path: Path, adres: str
) -> None:
    opdracht = ["export", "--warehouse", str(kleine_publicatie), "--format", "dcat", "-o", str(tmp_path / "uit")]
    assert cli.main([*opdracht, *(["--adres", adres] if adres else [])]) == 0
    begin = f"{adres}/" if adres else "https://x.nl/"
    graph = Graph().parse(tmp_path / "uit" / "catalogus.ttl", publicID=f"{begin}catalogus.ttl")
    assert faults(graph) == []
    jsonld = (tmp_path / "uit" / "catalogus.jsonld").read_bytes()
    assert isomorphic(graph, Graph().parse(data=jsonld, format="json-ld", publicID=f"{begin}catalogus.jsonld"))
    spdx = Namespace("http://spdx.org/rdf/terms#")
    for distributie, bestand in graph.subject_objects(DCAT.downloadURL):
        inhoud = (tmp_path / "uit" / str(bestand).removeprefix(begin)).read_bytes()
        som = graph.value(graph.value(distributie, spdx.checksum), spdx.checksumValue)
        assert str(som) == hashlib.sha256(inhoud).hexdigest()
        assert int(str(graph.value(distributie, DCAT.byteSize))) == len(inhoud)


def test_an_address_that_is_none_is_refused(kleine_publicatie: Path, tmp_path: Path) -> None:
    opdracht = ["export", "--warehouse", str(kleine_publicatie), "--format", "dcat", "-o", str(tmp_path / "uit")]
    assert cli.main([*opdracht, "--adres", "geen adres> ."]) == 2
    assert not (tmp_path / "uit").exists()


def test_a_text_with_anything_in_it_is_the_same_text_in_both_forms() -> None:
    tekst = 'a "b" \\ \n\t é € 😀 \x7f \x01 <c> \u2028'
    dingen = [graaf.Ding("https://x.nl/a", "dcat:Dataset", [("dct:title", graaf.words(tekst))])]
    turtle = Graph().parse(data=graaf.to_turtle(dingen), format="turtle")
    assert [str(t) for t in turtle.objects(None, DCT.title)] == [tekst]
