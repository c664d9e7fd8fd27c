"""Which document of which region in which format; the libraries that write it are loaded when one is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.documenten.blokken import Document
from app.documenten.omvang import Omvang
from app.lezen import data
from app.lezen.rijen import Kenmerk, Publicatie
from pipelines.afspraken.codelijsten import LAND, MET_DOCUMENT
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest

if TYPE_CHECKING:
    from app.documenten.commissie import Notities


def find_region(merk: Kenmerk, gevraagd: str) -> str:
    """Return the code of a region that is asked for by code or by name.

    Raises:
        AfgekeurdError: no region is called so; names the nearest one.
    """
    regios = {code: r.naam for code, r in data.regios(merk).items() if code == LAND or r.niveau in MET_DOCUMENT}
    per_naam = {naam.casefold(): code for code, naam in regios.items()}
    if gevraagd.upper() in regios:
        return gevraagd.upper()
    if gevraagd.casefold() in per_naam:
        return per_naam[gevraagd.casefold()]
    tekst = f"'{show_value(gevraagd)}' is geen regio.{suggest(gevraagd, [*regios.values(), *regios])}"
    advies = "Geef een code of naam: NL01, een arbeidsmarktregio (RA0101 of Groningen) of een WGO (WGO01)."
    raise AfgekeurdError([Melding("REGIO", tekst, advies=advies)])


def compose(
    merk: Kenmerk,
    regio_code: str,
    *,
    omvang: Omvang = Omvang.HEEL,
    voorbeeld: bool = False,
    notities: Notities | None = None,
) -> Document:
    """Return the content of the document of a region, or of the country; notes of the committee only where given."""
    from app.documenten.factsheet import factsheet
    from app.documenten.land import national_document
    from app.documenten.regio import region_document

    kort = omvang is Omvang.KORT
    if omvang is Omvang.BLAD:
        return factsheet(merk, regio_code, voorbeeld=voorbeeld)
    if regio_code == LAND:
        return national_document(merk, kort=kort, voorbeeld=voorbeeld)
    return region_document(merk, regio_code, kort=kort, voorbeeld=voorbeeld, notities=notities)


def write(document: Document, formaat: str) -> bytes:
    """Return the document as a file in one of the formats of its size."""
    return _writers()[formaat](document)


def write_all(document: Document, namen: Mapping[str, str]) -> bytes:
    """Return the document in every format that `namen` has a file name for, in one ZIP."""
    bestand = io.BytesIO()
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED) as pakket:
        for formaat, naam in namen.items():
            lid = zipfile.ZipInfo(naam, document.gemaakt_op.timetuple()[:6])
            # A member that is described by hand is stored as it is, whatever the archive was opened with.
            pakket.writestr(lid, write(document, formaat), zipfile.ZIP_DEFLATED)
    return bestand.getvalue()


def _writers() -> dict[str, Callable[[Document], bytes]]:
    from app.documenten.schrijvers.docx import to_docx
    from app.documenten.schrijvers.pdf import to_pdf
    from app.documenten.schrijvers.pptx import to_pptx

    return {"pdf": to_pdf, "docx": to_docx, "pptx": to_pptx}


def file_name(
    publicatie: Publicatie,
    regio_code: str,
    formaat: str,
    *,
    omvang: Omvang = Omvang.HEEL,
    voorbeeld: bool = False,
    vertrouwelijk: bool = False,
) -> str:
    """Return a file name that says which region and which publication, and what is special about it."""
    heel = "programmamonitor" if regio_code == LAND else "dossier"
    begin = {Omvang.HEEL: heel, Omvang.KORT: "kerncijfers", Omvang.BLAD: "factsheet"}[omvang]
    merken = {"concept": publicatie.is_concept, "met-voorbeelddata": voorbeeld, "vertrouwelijk": vertrouwelijk}
    bijzonder = [merk for merk, is_zo in merken.items() if is_zo]
    return "_".join([begin, regio_code, publicatie.publicatie_id, *bijzonder]) + f".{formaat}"
