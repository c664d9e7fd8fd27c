"""The catalogue of a publication by DCAT-AP-NL 3.0: a dataset per indicator, and where each form of it is to be had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.uitgave.beschrijving.graaf import Ding, Iri, Tekst, Waarde, moment, words
from app.uitgave.tabel import OMSCHRIJVING, TITEL, VOORWAARDEN, Cijfertabel
from app.uitgave.vorm.vormen import VORMEN

_EU = "http://publications.europa.eu/resource/authority"
TAAL, OPENBAAR, NEDERLAND = f"{_EU}/language/NLD", f"{_EU}/access-right/PUBLIC", f"{_EU}/country/NLD"
THEMAS = {
    f"{_EU}/data-theme/SOCI": "Bevolking en samenleving",
    f"{_EU}/data-theme/HEAL": "Gezondheid",
}
_THEMALIJST = f"{_EU}/data-theme"
# Who made a figure says how it may be used, and that differs per figure: no one licence of the list holds for a file.
LICENTIE = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"
PROFIEL = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
TREFWOORDEN = ("arbeidsmarkt", "zorg en welzijn", "regio", "Samen Regionaal Sterk")
Eigenschap = tuple[str, Waarde]


@dataclass(frozen=True, slots=True)
class Verkrijgbaar:
    """One form of a dataset: where it is, and of a file that is there its size and sum."""

    vorm: str
    adres: str
    omvang: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset of the catalogue: the figures of an indicator, its address, its page, and its forms."""

    tabel: Cijfertabel
    adres: str
    pagina: str
    vormen: Sequence[Verkrijgbaar]


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where the catalogue stands: its own address, the page about it, and the service for its data if there is one."""

    adres: str
    pagina: str
    dienst: str = ""
    beschrijving: str = ""


def describe(merk: Kenmerk, plaats: Plaats, datasets: Sequence[Dataset]) -> Iterator[Ding]:
    """Yield the catalogue, its datasets with their forms, the service, and what all of them point at."""
    publicatie = data.publicatie(merk)
    eigen = _common(plaats)
    yield Ding(plaats.adres, "dcat:Catalog", [
        ("dct:title", words(f"{TITEL}: open data")),
        ("dct:description", words(OMSCHRIJVING)),
        ("dct:identifier", Tekst(f"regiomonitor-{publicatie.publicatie_id}")),
        *eigen,
        ("dct:modified", moment(publicatie.gemaakt_op)),
        ("foaf:homepage", Iri(plaats.pagina)),
        ("dct:license", Iri(LICENTIE)),
        ("dct:rights", Iri(_rights(plaats))),
        ("dct:conformsTo", Iri(PROFIEL)),
        *((("dcat:service", Iri(plaats.dienst)),) if plaats.dienst else ()),
        *(("dcat:dataset", Iri(d.adres)) for d in datasets),
    ])  # fmt: skip
    for dataset in datasets:
        yield from _dataset(dataset, plaats)
    if plaats.dienst:
        yield _service(plaats, datasets)
    yield from _pointed_at(plaats, {v.vorm for d in datasets for v in d.vormen})


def _common(plaats: Plaats) -> list[Eigenschap]:
    """Return what is said of the catalogue and of all that is in it."""
    return [
        ("dct:publisher", Iri(_publisher(plaats))),
        ("dct:creator", Iri(_publisher(plaats))),
        ("dcat:contactPoint", Iri(f"{plaats.adres}#contact")),
        ("dct:language", Iri(TAAL)),
        ("dct:spatial", Iri(NEDERLAND)),
    ]


def _publisher(plaats: Plaats) -> str:
    return f"{plaats.adres}#uitgever"


def _rights(plaats: Plaats) -> str:
    return f"{plaats.adres}#voorwaarden"


def _of_data() -> list[Eigenschap]:
    return [
        ("dct:accessRights", Iri(OPENBAAR)),
        *(("dcat:theme", Iri(thema)) for thema in THEMAS),
        *(("dcat:keyword", words(woord)) for woord in TREFWOORDEN),
    ]


def _dataset(d: Dataset, plaats: Plaats) -> Iterator[Ding]:
    van, tot = _span(d.tabel)
    periode = f"{d.adres}#periode"
    yield Ding(d.adres, "dcat:Dataset", [
        ("dct:title", words(d.tabel.titel)),
        ("dct:description", words(d.tabel.omschrijving or d.tabel.titel)),
        ("dct:identifier", Tekst(f"{d.tabel.naam}")),
        *_common(plaats),
        *_of_data(),
        ("dcat:version", Tekst(d.tabel.publicatie_id)),
        ("dct:bibliographicCitation", words(d.tabel.citaat)),
        ("dct:modified", moment(d.tabel.gemaakt_op)),
        ("dct:temporal", Iri(periode)),
        ("dcat:landingPage", Iri(d.pagina)),
        ("foaf:page", Iri(d.pagina)),
        ("dct:conformsTo", Iri(PROFIEL)),
        *(("dcat:distribution", Iri(_distribution(d, v))) for v in d.vormen),
    ])  # fmt: skip
    if d.pagina != plaats.pagina:
        yield Ding(d.pagina, "foaf:Document", [])
    yield Ding(periode, "dct:PeriodOfTime", [("dcat:startDate", moment(van)), ("dcat:endDate", moment(tot))])
    for vorm in d.vormen:
        yield from _form(d, vorm, plaats)


def _span(tabel: Cijfertabel) -> tuple[date, date]:
    van = min(dag for dag in tabel.column("periode_begin") if isinstance(dag, date))
    return van, max(dag for dag in tabel.column("periode_eind") if isinstance(dag, date))


def _distribution(d: Dataset, v: Verkrijgbaar) -> str:
    return f"{d.adres}#{v.vorm.replace('.', '-')}"


def _form(d: Dataset, v: Verkrijgbaar, plaats: Plaats) -> Iterator[Ding]:
    iri, vorm = _distribution(d, v), VORMEN[v.vorm]
    eigenschappen: list[Eigenschap] = [
        ("dct:title", words(f"{d.tabel.titel}, {vorm.titel}")),
        ("dct:description", words(vorm.uitleg)),
        ("dcat:accessURL", Iri(v.adres)),
        ("dcat:downloadURL", Iri(v.adres)),
        ("dcat:mediaType", Iri(_media(v.vorm))),
        ("dct:license", Iri(LICENTIE)),
        ("dct:rights", Iri(_rights(plaats))),
        ("dct:language", Iri(TAAL)),
        ("dct:modified", moment(d.tabel.gemaakt_op)),
        ("dct:conformsTo", Iri(PROFIEL)),
    ]
    if plaats.dienst:
        eigenschappen.append(("dcat:accessService", Iri(plaats.dienst)))
    if v.omvang is not None:
        som = f"{iri}-som"
        eigenschappen += [("dcat:byteSize", Tekst(str(v.omvang), soort="xsd:nonNegativeInteger"))]
        eigenschappen += [("spdx:checksum", Iri(som))]
        yield Ding(som, "spdx:Checksum", [
            ("spdx:algorithm", Iri(_SHA256)), ("spdx:checksumValue", Tekst(v.sha256, soort="xsd:hexBinary")),
        ])  # fmt: skip
    yield Ding(iri, "dcat:Distribution", eigenschappen)


def _media(vorm: str) -> str:
    return _MEDIA + VORMEN[vorm].mime.partition(";")[0]


def _service(plaats: Plaats, datasets: Sequence[Dataset]) -> Ding:
    return Ding(plaats.dienst, "dcat:DataService", [
        ("dct:title", words(f"{TITEL}: cijfers per adres")),
        ("dct:description", words("Alle cijfers per indicator of gebied, te kiezen met parameters; alleen lezen.")),
        ("dct:identifier", Tekst("regiomonitor-data-v1")),
        ("dcat:endpointURL", Iri(plaats.dienst)),
        ("dcat:endpointDescription", Iri(plaats.beschrijving)),
        *(eigenschap for eigenschap in _common(plaats) if eigenschap[0] != "dct:spatial"),
        *_of_data(),
        ("dct:license", Iri(LICENTIE)),
        ("dct:rights", Iri(_rights(plaats))),
        ("dcat:landingPage", Iri(plaats.pagina)),
        *(("dcat:servesDataset", Iri(d.adres)) for d in datasets),
    ])  # fmt: skip


def _pointed_at(plaats: Plaats, vormen: set[str]) -> Iterator[Ding]:
    """Yield what others defined, with its class: who reads the catalogue need not fetch it to know what it is."""
    yield Ding(_publisher(plaats), "foaf:Agent", [("foaf:name", words(TITEL))])
    yield Ding(f"{plaats.adres}#contact", "vcard:Kind", [
        ("vcard:fn", words(TITEL)), ("vcard:hasURL", Iri(plaats.pagina)),
    ])  # fmt: skip
    yield Ding(_rights(plaats), "dct:RightsStatement", [("dct:description", words(VOORWAARDEN))])
    yield Ding(LICENTIE, "dct:LicenseDocument", [("dct:title", words("Licentie onbekend: per cijfer verschillend"))])
    yield Ding(OPENBAAR, "dct:RightsStatement", [("dct:title", words("Openbaar"))])
    yield Ding(TAAL, "dct:LinguisticSystem", [("dct:title", words("Nederlands"))])
    yield Ding(NEDERLAND, "dct:Location", [("dct:title", words("Nederland"))])
    yield Ding(PROFIEL, "dct:Standard", [("dct:title", words("DCAT-AP-NL 3.0"))])
    yield Ding(_THEMALIJST, "skos:ConceptScheme", [("dct:title", words("Thema's van de EU"))])
    for iri, naam in THEMAS.items():
        yield Ding(iri, "skos:Concept", [("skos:prefLabel", words(naam)), ("skos:inScheme", Iri(_THEMALIJST))])
    for iri in sorted({_media(vorm) for vorm in vormen}):
        yield Ding(iri, "dct:MediaType", [])
    yield Ding(_SHA256, "spdx:ChecksumAlgorithm", [])
    yield Ding(plaats.pagina, "foaf:Document", [])
