"""What is served beside the figures: the catalogue, the description of a CSV, how to cite, and what is new."""

from __future__ import annotations

from app.beeld.fragmenten import EEN_CIJFER
from app.dienst.opendata.inhoud import BEGIN, Gemaakt, not_found, seen
from app.dienst.opendata.vraag import Vraag
from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.raam import paginas
from app.uitgave import feeds, tabel
from app.uitgave.beschrijving import catalogus, csvw
from app.uitgave.beschrijving.catalogus import Dataset, Plaats, Verkrijgbaar
from app.uitgave.beschrijving.graaf import to_jsonld, to_turtle
from app.uitgave.pakket import citation
from app.uitgave.vorm.vormen import VORMEN, dumps


def catalogue(nu: Kenmerk, soort: str, begin: str) -> Gemaakt:
    """Return the catalogue of the publication of now as Turtle (ttl) or JSON-LD (jsonld), with full addresses."""
    dienst = f"{begin}{BEGIN}"
    plaats = Plaats(f"{dienst}/catalogus", f"{begin}/verantwoording", dienst, f"{dienst}/openapi.json")
    datasets = [
        Dataset(heel, adres := f"{dienst}/indicatoren/{naam}", f"{begin}{paginas.address(EEN_CIJFER)}?indicator={naam}",
                [Verkrijgbaar(vorm, f"{adres}.{vorm}") for vorm in VORMEN])
        for naam in data.indicatoren(nu)
        if (heel := tabel.of_indicator(nu, naam)).rijen
    ]  # fmt: skip
    dingen = catalogus.describe(nu, plaats, datasets)
    if soort == "ttl":
        return Gemaakt(to_turtle(dingen), "text/turtle; charset=utf-8")
    return Gemaakt(dumps(to_jsonld(dingen)), "application/ld+json")


def description(nu: Kenmerk, soort: str, naam: str, csv: str, vraag: Vraag) -> Gemaakt:
    """Return what is in a CSV (csv or nl.csv), by CSV on the Web.

    Raises:
        VraagError: there is no such indicator, region or publication.
    """
    heel = seen(nu, soort, naam, vraag)
    return Gemaakt(dumps(csvw.describe(heel, csv, f"{naam}.{csv}{vraag.tail}")), csvw.MIME)


def cite(nu: Kenmerk) -> Gemaakt:
    """Return how to cite the publication of now (Citation File Format)."""
    return Gemaakt(citation(data.publicatie(nu)), "text/yaml; charset=utf-8")


def news(nu: Kenmerk, begin: str) -> Gemaakt:
    """Return the feed of publications."""
    return Gemaakt(feeds.of_publications(nu, f"{begin}{BEGIN}"), feeds.MIME)


def news_of(nu: Kenmerk, soort: str, naam: str, begin: str) -> Gemaakt:
    """Return the feed of one indicator or region.

    Raises:
        VraagError: there is no such indicator or region.
    """
    maak = feeds.of_indicator if soort == "indicatoren" else feeds.of_region
    try:
        return Gemaakt(maak(nu, naam, f"{begin}{BEGIN}"), feeds.MIME)
    except KeyError:
        raise not_found(nu, soort, naam) from None
