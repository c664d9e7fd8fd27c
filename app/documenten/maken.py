"""Which document of which region in which format; the libraries that write it are loaded when one is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.documenten.blokken import Document
from app.lezen import data
from app.lezen.data import Kenmerk
from pipelines.afspraken.codelijsten import LAND
from pipelines.afspraken.gaaf import is_whole, newest_whole
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest

if TYPE_CHECKING:
    from app.documenten.commissie import Notities

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
FORMATEN = tuple(MIME)


def publication_of(warehouse: Path, publicatie_id: str | None) -> Kenmerk:
    """Return what tells the asked publication from others: one that is kept, else that of now.

    Raises:
        AfgekeurdError: there is no such publication, or none at all.
    """
    archief = {pad.stem: pad for pad in (warehouse / "publicaties").glob("*.duckdb")}
    if publicatie_id is not None and publicatie_id not in archief:
        tekst = f"Publicatie '{show_value(publicatie_id)}' bestaat niet.{suggest(publicatie_id, archief)}"
        advies = "Bekijk ze met: .venv/bin/regiomonitor publications"
        raise AfgekeurdError([Melding("--publicatie", tekst, advies=advies)])
    if publicatie_id is not None and not is_whole(archief[publicatie_id]):
        advies = "Kies een andere publicatie; .venv/bin/regiomonitor publications noemt ze."
        raise AfgekeurdError([Melding("--publicatie", "Deze publicatie is beschadigd.", advies=advies)])
    pad = archief[publicatie_id] if publicatie_id else newest_whole(warehouse) or warehouse / data.BESTAND
    try:
        merk = data.kenmerk(pad.resolve())
        data.publicatie(merk)
    except data.GeenPublicatieError:
        advies = "Maak er een met: .venv/bin/regiomonitor build"
        raise AfgekeurdError([Melding(str(pad), "Er is geen publicatie die te lezen is.", advies=advies)]) from None
    return merk


def find_region(merk: Kenmerk, gevraagd: str) -> str:
    """Return the code of a region that is asked for by code or by name.

    Raises:
        AfgekeurdError: no region is called so; names the nearest one.
    """
    regios = {code: r.naam for code, r in data.regios(merk).items() if code == LAND or r.niveau in _NIVEAUS}
    per_naam = {naam.casefold(): code for code, naam in regios.items()}
    if gevraagd.upper() in regios:
        return gevraagd.upper()
    if gevraagd.casefold() in per_naam:
        return per_naam[gevraagd.casefold()]
    tekst = f"'{show_value(gevraagd)}' is geen regio.{suggest(gevraagd, [*regios.values(), *regios])}"
    advies = "Geef een code of naam: NL01, een arbeidsmarktregio (RA0101 of Groningen) of een WGO (WGO01)."
    raise AfgekeurdError([Melding("REGIO", tekst, advies=advies)])


_NIVEAUS = ("arbeidsmarktregio", "wgo")


def compose(
    merk: Kenmerk,
    regio_code: str,
    *,
    kort: bool = False,
    alleen_echt: bool = False,
    notities: Notities | None = None,
) -> Document:
    """Return the content of the document of a region, or of the country; notes of the committee only where given."""
    from app.documenten.land import national_document
    from app.documenten.regio import region_document

    if regio_code == LAND:
        return national_document(merk, kort=kort, alleen_echt=alleen_echt)
    return region_document(merk, regio_code, kort=kort, alleen_echt=alleen_echt, notities=notities)


def write(document: Document, formaat: str) -> bytes:
    """Return the document as a file in one of `FORMATEN`."""
    return _writers()[formaat](document)


def _writers() -> dict[str, Callable[[Document], bytes]]:
    from app.documenten.schrijvers.docx import to_docx
    from app.documenten.schrijvers.pdf import to_pdf
    from app.documenten.schrijvers.pptx import to_pptx

    return {"pdf": to_pdf, "docx": to_docx, "pptx": to_pptx}


def file_name(
    publicatie_id: str,
    regio_code: str,
    formaat: str,
    *,
    kort: bool = False,
    alleen_echt: bool = False,
    vertrouwelijk: bool = False,
) -> str:
    """Return a file name that says which region and which publication, and what is special about it."""
    begin = "kerncijfers" if kort else "programmamonitor" if regio_code == LAND else "dossier"
    bijzonder = ["zonder-voorbeelddata"] * alleen_echt + ["vertrouwelijk"] * vertrouwelijk
    return "_".join([begin, regio_code, publicatie_id, *bijzonder]) + f".{formaat}"
