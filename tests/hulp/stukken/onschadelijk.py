"""Every form that goes out, read as what reads such a form: its texts, once nothing in it can be run or fetched."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pyarrow.parquet as pq
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from app.taal.inert import is_live

_OPMAAK = ("html", "body", "div", "p", "ul", "li")
_BUITEN = re.compile(r"kwaad\.invalid|javascript:|file:|ldap:|/etc/passwd", re.IGNORECASE)
_VELD = re.compile(r"\s*(PAGE|NUMPAGES|TOC( [^\s&]+)*)\s*")
_VELDEN = ("fldSimple", "altChunk", "oleObject", "hlinkClick", "script", "img", "object", "iframe")
_PDF_DADEN = ("/JS", "/JavaScript", "/Launch", "/URI", "/SubmitForm", "/GoToR", "/ImportData", "/EmbeddedFile")


def csv_texts(inhoud: bytes) -> list[str]:
    """Return the cells of a CSV, none of which a spreadsheet runs."""
    tekst = inhoud.decode("utf-8-sig")
    cellen = [cel for rij in csv.reader(io.StringIO(tekst), delimiter=_separator(tekst)) for cel in rij]
    assert [cel for cel in cellen if is_live(cel)] == []
    return cellen


def _separator(tekst: str) -> str:
    kop = tekst.partition("\n")[0]
    return max(",;", key=kop.count)


def json_texts(inhoud: bytes) -> list[str]:
    """Return all texts in JSON."""
    return [*_walk(json.loads(inhoud))]


def _walk(deel: Any) -> Iterator[str]:
    if isinstance(deel, str):
        yield deel
    elif isinstance(deel, dict):
        for sleutel, waarde in deel.items():
            yield from (*_walk(sleutel), *_walk(waarde))
    elif isinstance(deel, list):
        for waarde in deel:
            yield from _walk(waarde)


def parquet_texts(inhoud: bytes) -> list[str]:
    """Return all texts in Parquet."""
    return [*_walk(pq.read_table(io.BytesIO(inhoud)).to_pylist())]


def xlsx_texts(inhoud: bytes) -> list[str]:
    """Return the cells of a workbook: text, and where a spreadsheet might run it with the mark that it is text."""
    cellen = [cel for blad in openpyxl.load_workbook(io.BytesIO(inhoud)) for rij in blad.iter_rows() for cel in rij]
    assert [cel.value for cel in cellen if cel.data_type == "f"] == []
    assert [cel.value for cel in cellen if isinstance(cel.value, str) and is_live(cel.value)] == []
    package_texts(inhoud)
    return [str(cel.value) for cel in cellen if cel.value is not None]


def package_texts(inhoud: bytes) -> list[str]:
    """Return the paragraphs of an office document, which refers to nothing outside and has no field that is run."""
    teksten = []
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
        assert [naam for naam in pakket.namelist() if naam.startswith("/") or ".." in naam.split("/")] == []
        for naam in pakket.namelist():
            if not naam.endswith((".xml", ".rels")):
                continue
            ruw = pakket.read(naam)
            assert b"<!DOCTYPE" not in ruw
            boom = etree.fromstring(ruw)
            for knoop in boom.iter(etree.Element):
                lokaal = etree.QName(knoop).localname
                assert lokaal not in _VELDEN, (naam, lokaal)
                # Our own: the number of a page, and the contents.
                assert lokaal != "instrText" or _VELD.fullmatch(knoop.text or ""), (naam, knoop.text)
                assert not any(w.startswith("of:") or k.endswith("}formula") for k, w in knoop.attrib.items()), naam
                buiten = [w for k, w in knoop.attrib.items() if etree.QName(k).localname in ("href", "Target")]
                assert [w for w in buiten if _BUITEN.search(w)] == [], naam
                if lokaal == "p":
                    teksten.append("".join(knoop.itertext()))
    return teksten


def pdf_texts(inhoud: bytes) -> list[str]:
    """Return the pages of a PDF without spaces, in which nothing is done or opened."""
    lezer = PdfReader(io.BytesIO(inhoud))
    gezien: set[int] = set()
    for deel in _objects(lezer.trailer, gezien):
        for naam in _PDF_DADEN:
            waarde = str(deel.get(naam, ""))
            assert naam == "/URI" or not waarde, naam
            assert not _BUITEN.search(waarde), waarde
    return [" ".join(pagina.extract_text() for pagina in lezer.pages)]


def _objects(knoop: object, gezien: set[int]) -> Iterator[DictionaryObject]:
    stapel = [knoop]
    while stapel:
        deel = stapel.pop()
        if isinstance(deel, IndirectObject):
            if deel.idnum in gezien:
                continue
            gezien.add(deel.idnum)
            deel = deel.get_object()
        if isinstance(deel, DictionaryObject):
            yield deel
            stapel += deel.values()
        elif isinstance(deel, list):
            stapel += deel


def feed_texts(inhoud: bytes) -> list[str]:
    """Return the texts of a feed, that is all there is in it."""
    assert b"<!DOCTYPE" not in inhoud
    boom = etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False))
    for knoop in boom.iter(etree.Element):
        naam = etree.QName(knoop)
        assert naam.namespace == "http://www.w3.org/2005/Atom" or naam.localname in _OPMAAK
        if knoop.get("type") == "html":
            tekst = etree.fromstring(f"<div>{knoop.text}</div>", etree.HTMLParser())
            assert all(deel.tag in _OPMAAK and not deel.attrib for deel in tekst.iter(etree.Element))
        assert not _BUITEN.search(knoop.get("href", ""))
    return [*boom.itertext()]


def page_texts(inhoud: bytes) -> list[str]:
    """Return the texts of a page as it is sent; nothing in it was put there by a text."""
    boom = etree.fromstring(inhoud, etree.HTMLParser())
    for knoop in boom.iter(etree.Element):
        assert not [naam for naam in knoop.attrib if naam.lower().startswith("on")], knoop.tag
        assert not _BUITEN.search(f"{knoop.get('href', '')} {knoop.get('src', '')}")
        assert not (knoop.tag == "script" and "geraakt" in (knoop.text or "") and knoop.get("type") is None)
    return [*boom.itertext(), *(w for knoop in boom.iter(etree.Element) for w in knoop.attrib.values())]


def plain_texts(inhoud: bytes) -> list[str]:
    """Return a text that is no more than that."""
    return [inhoud.decode()]


LEZERS: dict[str, Callable[[bytes], list[str]]] = {
    "csv": csv_texts, "nl.csv": csv_texts, "sdmx.csv": csv_texts, "json": json_texts, "jsonstat.json": json_texts,
    "jsonld": json_texts, "parquet": parquet_texts, "xlsx": xlsx_texts, "ods": package_texts, "docx": package_texts,
    "pptx": package_texts, "pdf": pdf_texts, "atom": feed_texts, "html": page_texts, "ttl": plain_texts,
    "cff": plain_texts,
}  # fmt: skip
