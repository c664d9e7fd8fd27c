"""The content behind each address of open data: read from one publication, in one form."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

from app.dienst.opendata.vraag import BLADEN, FILTERS, KEUZES, Vraag, VraagError
from app.lezen import data
from app.lezen.gevraagd import publication_of
from app.lezen.rijen import Kenmerk
from app.lezen.verschil import publicaties
from app.taal.cellen import Verzonnen
from app.taal.opmaak import publicatie_tekst
from app.uitgave import lijsten, tabel
from app.uitgave.beschrijving import csvw
from app.uitgave.tabel import OMSCHRIJVING, TITEL, VOORWAARDEN, Cijfertabel
from app.uitgave.velden import NAMEN, Rij
from app.uitgave.vorm.vormen import VORMEN, as_object, describe, dumps
from app.uitgave.wijzigingen import between
from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.meldingen import AfgekeurdError, show_value, suggest

BEGIN = "/data/v1"
# The parameters of a table, and of a list.
VAN_TABEL, VAN_LIJST = (*FILTERS, *BLADEN, *KEUZES), KEUZES
VAN_WIJZIGINGEN = ("voorbeeld",)
JSON = "application/json"
_SOORTEN = {"indicatoren": "indicator", "regios": "gebied"}
# Two publications of before at once would push that of now out of the memory that the pages read from.
EERDER = threading.Lock()


@dataclass(frozen=True, slots=True)
class Gemaakt:
    """Bytes, what they are, and what is said of them beside."""

    inhoud: bytes
    mime: str = JSON
    koppen: dict[str, str] = field(default_factory=dict)


def table(nu: Kenmerk, soort: str, naam: str, vorm: str, vraag: Vraag) -> Gemaakt:
    """Return one indicator or one region in one form: the rows that are asked for, or one page of them.

    Raises:
        VraagError: there is no such indicator, region, page or publication.
    """
    heel = seen(nu, soort, naam, vraag)
    gekozen = [rij for rij in heel.rijen if _is_asked(rij, vraag)]
    bladen = max(1, -(-len(gekozen) // vraag.per_pagina))
    uit = heel.only(_page(gekozen, vraag, bladen))
    soort_ = "_voorbeeld" if heel.is_voorbeeld else ""
    koppen = {"content-disposition": f'{_place(vorm)}; filename="{naam}_{heel.publicatie_id}{soort_}.{vorm}"'}
    adres = f"{BEGIN}/{soort}/{naam}.{vorm}"
    volgende = _next(adres, vraag) if vraag.pagina and vraag.pagina < bladen else None
    links = [f'<{BEGIN}/{soort}/{naam}{vraag.tail}>; rel="collection"']
    if vorm in csvw.VORMEN:
        links.append(f'<{adres}{csvw.ACHTER}{vraag.tail}>; rel="describedby"; type="{csvw.MIME}"')
    if volgende:
        links.insert(0, f'<{volgende}>; rel="next"')
    koppen["link"] = ", ".join(links)
    if vorm != "json":
        return Gemaakt(VORMEN[vorm].write(uit), VORMEN[vorm].mime, koppen)
    blad = {"totaal": len(gekozen), "pagina": vraag.pagina or 1, "paginas": bladen, "volgende": volgende}
    return Gemaakt(dumps(describe(uit) | blad | {"rijen": [as_object(rij) for rij in uit.rijen]}), JSON, koppen)


def _place(vorm: str) -> str:
    return "inline" if vorm == "json" else "attachment"


def _next(adres: str, vraag: Vraag) -> str:
    rest = [(naam, waarde) for naam, waarde in vraag.paren if naam != "pagina"]
    return f"{adres}?{urlencode([*rest, ('pagina', str((vraag.pagina or 1) + 1))])}"


def _is_asked(rij: Rij, vraag: Vraag) -> bool:
    """Whether a row passes every filter; a made-up figure is asked for by the code of its herkomst."""
    return all(_code(rij[NAMEN.index(kolom)]) in waarden for kolom, waarden in vraag.filters)


def _code(waarde: object) -> str:
    return Herkomst.SYNTHETISCH if isinstance(waarde, Verzonnen) else str(waarde)


def _page(rijen: Sequence[Rij], vraag: Vraag, bladen: int) -> Sequence[Rij]:
    if vraag.pagina is None:
        return rijen
    if vraag.pagina > bladen:
        er_zijn = "er is 1 pagina" if bladen == 1 else f"er zijn {bladen} pagina's"
        raise VraagError(404, f"Pagina {vraag.pagina} bestaat niet: {er_zijn}.", toegestaan=(f"1 tot en met {bladen}",))
    begin = (vraag.pagina - 1) * vraag.per_pagina
    return rijen[begin : begin + vraag.per_pagina]


def seen(nu: Kenmerk, soort: str, naam: str, vraag: Vraag) -> Cijfertabel:
    """Return the whole table of the asked publication; one of before is read with what is hidden now hidden."""
    with _of(nu, vraag) as merk:
        return _known(merk, soort, naam, vraag.voorbeeld)


@contextlib.contextmanager
def _of(nu: Kenmerk, vraag: Vraag) -> Iterator[Kenmerk]:
    """Give the asked publication; one reader at a time where it is one of before.

    Raises:
        VraagError: there is no such publication.
    """
    if not vraag.publicatie:
        yield nu
        return
    with EERDER:
        # That of now was then read last, so it is not the one that gives way to an older one.
        data.haal_tabel(nu, "select 1")
        yield publication(nu, vraag.publicatie)


def _known(merk: Kenmerk, soort: str, naam: str, voorbeeld: bool) -> Cijfertabel:
    maak = tabel.of_indicator if soort == "indicatoren" else tabel.of_region
    try:
        return maak(merk, naam, voorbeeld=voorbeeld)
    except KeyError:
        raise not_found(merk, soort, naam) from None


def not_found(merk: Kenmerk, soort: str, naam: str) -> VraagError:
    """Return that a publication has no such indicator or region, and which it has."""
    bekend = [*(data.indicatoren(merk) if soort == "indicatoren" else data.regios(merk))]
    tekst = f"Er is geen {_SOORTEN[soort]} '{show_value(naam)}' in deze publicatie.{suggest(naam, bekend)}"
    return VraagError(404, tekst, toegestaan=bekend, advies=f"Bekijk ze op {BEGIN}/{soort}.")


def publication(nu: Kenmerk, publicatie_id: str) -> Kenmerk:
    """Return the publication with this id: that of now or a kept one.

    Raises:
        VraagError: there is none, or it cannot be read.
    """
    if publicatie_id == data.publicatie(nu).publicatie_id:
        return nu
    try:
        return publication_of(data.archief(nu).parent, publicatie_id)
    except AfgekeurdError as fout:
        advies = f"Bekijk ze op {BEGIN}/publicaties; zonder 'publicatie' krijgt u die van nu."
        raise VraagError(404, fout.meldingen[0].tekst, advies=advies) from None


def begin(nu: Kenmerk) -> Gemaakt:
    """Return what there is to ask for, and how."""
    uitgave = data.publicatie(nu)
    return Gemaakt(dumps({
        "titel": TITEL,
        "omschrijving": OMSCHRIJVING,
        "publicatie_id": uitgave.publicatie_id,
        "citaat": f"{publicatie_tekst(uitgave.publicatie_id, uitgave.gemaakt_op)}.",
        "voorwaarden": VOORWAARDEN,
        "adressen": {
            f"{BEGIN}/indicatoren": "alle indicatoren",
            f"{BEGIN}/indicatoren/{{indicator_id}}.{{vorm}}": "alle cijfers van één indicator",
            f"{BEGIN}/regios": "alle gebieden",
            f"{BEGIN}/regios/{{regio_code}}.{{vorm}}": "alle cijfers van één gebied",
            f"{BEGIN}/publicaties": "alle publicaties die er zijn",
            f"{BEGIN}/wijzigingen/{{van}}..{{tot}}.json": "wat er tussen twee publicaties veranderde",
            f"{BEGIN}/catalogus.ttl": "catalogus (DCAT-AP-NL 3.0); ook catalogus.jsonld",
            f"{BEGIN}/publicaties.atom": "wat er nieuw is; ook per indicator en per gebied, met .atom",
            f"{BEGIN}/CITATION.cff": "hoe u de publicatie noemt",
            f"{BEGIN}/openapi.json": "beschrijving voor programma's (OpenAPI 3.1)",
            f"{BEGIN}/publicatie.duckdb": "alles van nu als database; met ?voorbeeld=1 ook verzonnen cijfers",
        },
        "vormen": {vorm.naam: vorm.uitleg for vorm in VORMEN.values()},
        "parameters": list(VAN_TABEL),
    }))  # fmt: skip


def listing(nu: Kenmerk, soort: str, vraag: Vraag) -> Gemaakt:
    """Return all indicators or all regions, with the addresses of their figures.

    Raises:
        VraagError: there is no such publication.
    """
    maak = lijsten.indicators if soort == "indicatoren" else lijsten.regions
    with _of(nu, vraag) as merk:
        regels = maak(merk, vraag.voorbeeld)
    return Gemaakt(dumps({
        "publicatie_id": data.publicatie(merk).publicatie_id,
        "aantal": len(regels),
        soort: [_with_addresses(soort, regel, vraag) for regel in regels],
    }))  # fmt: skip


def entry(nu: Kenmerk, soort: str, naam: str, vraag: Vraag) -> Gemaakt:
    """Return one indicator or region, with the addresses of its figures.

    Raises:
        VraagError: it does not exist, or the publication does not.
    """
    maak = lijsten.indicators if soort == "indicatoren" else lijsten.regions
    with _of(nu, vraag) as merk:
        regel = next((r for r in maak(merk, vraag.voorbeeld) if next(iter(r.values())) == naam), None)
        if regel is None:
            raise not_found(merk, soort, naam)
        citaat = _known(merk, soort, naam, vraag.voorbeeld).citaat
    return Gemaakt(dumps(_with_addresses(soort, regel, vraag) | {"citaat": citaat}))


def _with_addresses(soort: str, regel: Mapping[str, object], vraag: Vraag) -> dict[str, object]:
    naam = next(iter(regel.values()))
    return {**regel, "adressen": {vorm: f"{BEGIN}/{soort}/{naam}.{vorm}{vraag.tail}" for vorm in VORMEN}}


def kept(nu: Kenmerk) -> Gemaakt:
    """Return the publications that can be asked for, newest first."""
    return Gemaakt(dumps({
        "nu": data.publicatie(nu).publicatie_id,
        "publicaties": [
            {"publicatie_id": u.publicatie_id, "gemaakt_op": f"{u.gemaakt_op.isoformat()}Z",
             "code_versie": u.code_versie}
            for u in publicaties.history(nu)
        ],
    }))  # fmt: skip


def changes(nu: Kenmerk, van: str, tot: str, vraag: Vraag) -> Gemaakt:
    """Return what changed between two publications, without what is hidden in either or now.

    Raises:
        VraagError: one of them does not exist.
    """
    for publicatie_id in (van, tot):
        publication(nu, publicatie_id)
    verschil = between(nu, van, tot, voorbeeld=vraag.voorbeeld)
    if verschil is None:
        raise VraagError(404, "Een van deze publicaties is niet te lezen.", advies=f"Bekijk ze op {BEGIN}/publicaties.")
    return Gemaakt(dumps(asdict(verschil) | {"aantallen": verschil.counts()}))
