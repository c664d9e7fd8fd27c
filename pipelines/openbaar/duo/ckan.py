"""Open onderwijsdata of DUO over CKAN: a package, its files, and each read by the way that gives all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

import pandas as pd

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.openbaar.duo.bestand import (
    ALLE_RIJEN,
    NUMMER,
    Bestand,
    find_heading,
    from_records,
    heading,
    read_bytes,
    sum_of,
)
from pipelines.openbaar.duo.koppelbestand import JAARPLEK, Duokoppeling
from pipelines.openbaar.tabellen.bewaarplek import Bewaarplek
from pipelines.openbaar.tabellen.lezer import Lezer
from pipelines.openbaar.tabellen.statline import address
from pipelines.openbaar.tabellen.tabel import list_some, look_at, tidy
from pipelines.ophalen import ophalen

T = TypeVar("T")
CATALOGUS, CKAN = "DUO", "ckan"
_API = "api/3/action"
# How many rows the datastore gives at a time.
_BLAD = 32_000
_CONTROLE = "controlebestand"
_IN_CSV, _IN_DATASTORE = "AANTALCSV", "AANTALDATASTORE"


@dataclass(frozen=True)
class Onderdeel:
    """One file of a package: its identifier, its name, where it is and when it was changed."""

    id: str
    naam: str
    url: str
    bijgewerkt: str


@dataclass(frozen=True)
class Pakket:
    """One package: what it is called, when it was changed, its licence and its files."""

    naam: str
    titel: str
    bijgewerkt: str
    licentie: str
    onderdelen: tuple[Onderdeel, ...] = field(default=())


class Ckan:
    """The service of DUO."""

    def __init__(self, base_url: str | None = None) -> None:
        self.basis = address(CATALOGUS, CKAN, base_url)

    def reader(self, plek: str, bewaar: Bewaarplek | None = None) -> Lezer:
        """Return what reads this service."""
        return Lezer(self.basis, show_value(f"{CATALOGUS} {plek}"), bewaar)

    def package(self, naam: str) -> Pakket:
        """Return a package with its files.

        Raises:
            AfgekeurdError: it is not there, or its description has another form.
        """
        lezer = self.reader(naam)
        ruw = _result(lezer, lezer.document(f"{_API}/package_show?id={quote(naam)}"))
        delen = [deel for deel in ruw.get("resources") or [] if isinstance(deel, dict)]
        pakket = str(ruw.get("metadata_modified") or "")
        return Pakket(
            naam, tidy(ruw.get("title")), pakket, tidy(ruw.get("license_title")),
            tuple(
                Onderdeel(str(deel.get("id") or ""), tidy(deel.get("name")), str(deel.get("url") or ""),
                          max(str(deel.get("last_modified") or ""), pakket))
                for deel in delen
            ),
        )  # fmt: skip

    def search(self, woord: str) -> list[Pakket]:
        """Return the packages about a word, without their files."""
        lezer = self.reader("catalogus")
        ruw = _result(lezer, lezer.document(f"{_API}/package_search?q={quote(woord)}&rows=50"))
        return [
            Pakket(str(deel.get("name")), tidy(deel.get("title")), str(deel.get("metadata_modified") or ""),
                   tidy(deel.get("license_title")))
            for deel in ruw.get("results") or [] if isinstance(deel, dict)
        ]  # fmt: skip

    def headings(self, pakket: str, deel: Onderdeel) -> list[str]:
        """Return the columns of a file as the datastore has them; none where it does not have the file."""
        lezer = self.reader(pakket)
        try:
            ruw = _result(lezer, lezer.document(f"{_API}/datastore_search?resource_id={quote(deel.id)}&limit=1"))
        except AfgekeurdError:
            return []
        namen = [heading(veld.get("id")) for veld in ruw.get("fields") or [] if isinstance(veld, dict)]
        return [naam for naam in namen if naam != heading(NUMMER)]

    def read(self, pakket: Pakket, deel: Onderdeel, lezer: Lezer) -> Bestand:
        """Return a file whole: from its own address, else the dump of the datastore, else page by page.

        Raises:
            AfgekeurdError: none of the three gives it, or it has other rows than DUO itself counted.
        """
        fouten: list[AfgekeurdError] = []
        for weg, lees in self._ways(deel, lezer):
            try:
                frame, som = lees()
            except AfgekeurdError as fout:
                fouten.append(fout)
                continue
            self._check_count(pakket, deel, len(frame), weg, lezer)
            return Bestand(frame, deel.naam, deel.bijgewerkt, weg, som)
        # What could be read and was wrong says more than what was not there.
        raise next((fout for fout in fouten if not isinstance(fout, ophalen.WegError)), fouten[0])

    def _check_whole(self, deel: Onderdeel, frame: pd.DataFrame, lezer: Lezer) -> None:
        """Refuse a file with fewer rows than the datastore has of it: it was cut off, perhaps between two rows."""
        try:
            pad = f"{_API}/datastore_search?resource_id={quote(deel.id)}&limit=0"
            totaal = _result(lezer, lezer.document(pad)).get("total")
        except AfgekeurdError:
            # Not every file is in the datastore.
            return
        if isinstance(totaal, int) and frame.attrs[ALLE_RIJEN] < totaal:
            tekst = f"Dit bestand heeft {frame.attrs[ALLE_RIJEN]} rijen; in de datastore van DUO staan er {totaal}."
            ophalen.reject(lezer.plek, tekst, ophalen.LATER)

    def _ways(self, deel: Onderdeel, lezer: Lezer) -> Iterator[tuple[str, Callable[[], tuple[pd.DataFrame, str]]]]:
        def check(frame: pd.DataFrame) -> None:
            self._check_whole(deel, frame, lezer)

        # An address on a host within DUO cannot be reached from outside; the dump holds the same.
        if urlsplit(deel.url).netloc == urlsplit(self.basis).netloc:
            yield "bestand", lambda: _whole(lezer, deel.url, check)
        yield "dump", lambda: _whole(lezer, f"datastore/dump/{quote(deel.id)}", check)
        yield "api", lambda: _paged(lezer, deel.id)

    def _check_count(self, pakket: Pakket, deel: Onderdeel, aantal: int, weg: str, lezer: Lezer) -> None:
        """Refuse a file with other rows than its control file says: a datastore can lack some."""
        for controle in (c for c in pakket.onderdelen if c.naam.casefold() == _CONTROLE):
            enig = len(pakket.onderdelen) == 2
            geteld = _counted(_whole(lezer, f"datastore/dump/{quote(controle.id)}")[0], deel, enig=enig)
            if geteld and geteld[0] != aantal:
                advies = "De datastore van DUO is niet volledig; haal het CSV-bestand zelf op en geef het met --file."
                tekst = f"Dit bestand ({weg}) heeft {aantal} rijen; DUO telde er {geteld[0]} in het CSV-bestand"
                tekst += f" en {geteld[1]} in de datastore."
                ophalen.reject(lezer.plek, tekst, advies if weg != "bestand" else ophalen.LATER)


def pick(pakket: Pakket, koppeling: Duokoppeling) -> dict[int, Onderdeel]:
    """Return the file of a mapping, or one per year where its name has a year; under 0 where it has none.

    Raises:
        AfgekeurdError: there is none, or more than one has the name.
    """
    vorm = re.escape(tidy(koppeling.bestand)).replace(re.escape(JAARPLEK), r"(20\d\d)")
    gevonden: dict[int, Onderdeel] = {}
    for deel in pakket.onderdelen:
        if deel.id == koppeling.bestand or (raak := re.fullmatch(vorm, deel.naam, re.IGNORECASE)):
            jaar = int(raak[1]) if deel.id != koppeling.bestand and raak and raak.groups() else 0
            if jaar in gevonden:
                tekst = f"Twee bestanden heten '{show_value(deel.naam)}'."
                ophalen.reject(f"{CATALOGUS} {pakket.naam}", tekst, f"Zet in {koppeling.plek} bij 'bestand' de id.")
            gevonden[jaar] = deel
    if not gevonden:
        tekst = f"Bestand '{show_value(koppeling.bestand)}' is er niet. Wel: "
        wel = list_some(deel.naam for deel in pakket.onderdelen)
        plek = f"{CATALOGUS} {pakket.naam}"
        advies = f"Pas {koppeling.plek} aan; kijk met {look_at(plek)}."
        raise ophalen.WegError([Melding(plek, f"{tekst}{wel}.", advies=advies)])
    return gevonden


def _result(lezer: Lezer, document: Mapping[str, Any]) -> dict[str, Any]:
    uitslag = document.get("result")
    verder = f"{ophalen.LATER} Blijft het zo, kijk dan met {look_at(lezer.plek)} en pas het koppelbestand aan."
    if document.get("success") is not True or not isinstance(uitslag, dict):
        ophalen.reject(lezer.plek, "De dienst van DUO zegt dat de vraag niet is gelukt.", verder)
    return uitslag


def _whole(
    lezer: Lezer, adres: str, check: Callable[[pd.DataFrame], object] = lambda _: None
) -> tuple[pd.DataFrame, str]:
    def read(inhoud: bytes) -> tuple[pd.DataFrame, str]:
        frame = read_bytes(inhoud, lezer.plek)
        check(frame)
        lezer.tick(len(frame))
        return frame, sum_of(inhoud)

    return lezer.content(adres, read)


def _paged(lezer: Lezer, id_: str) -> tuple[pd.DataFrame, str]:
    """Return the rows of the datastore page by page, as many as it says there are."""
    rijen: list[dict[str, Any]] = []
    sommen = ""
    while True:
        pad = f"{_API}/datastore_search?resource_id={quote(id_)}&limit={_BLAD}&offset={len(rijen)}"
        uitslag = _result(lezer, lezer.document(pad))
        nieuw, totaal = uitslag.get("records"), uitslag.get("total")
        if not isinstance(nieuw, list) or not isinstance(totaal, int) or not all(isinstance(r, dict) for r in nieuw):
            ophalen.reject(lezer.plek, "Dit antwoord heeft geen rijen ('records') met een 'total'.", ophalen.LATER)
        if not all(NUMMER in rij for rij in nieuw):
            # Without it a page that came twice looks like another one.
            ophalen.reject(lezer.plek, f"In de rijen ontbreekt hun nummer ({NUMMER}).", ophalen.LATER)
        rijen += nieuw
        lezer.tick(len(nieuw))
        sommen = sum_of(f"{sommen}{nieuw}".encode())
        if len(rijen) == totaal and totaal:
            return from_records(rijen, lezer.plek), sommen
        if not nieuw or len(rijen) > totaal:
            ophalen.reject(lezer.plek, f"De datastore geeft {len(rijen)} van {totaal} rijen.", ophalen.LATER)


def _counted(frame: pd.DataFrame, deel: Onderdeel, *, enig: bool) -> tuple[int, int] | None:
    """Return how many rows DUO counted in the CSV and in its datastore; None where it says nothing of this file.

    A control file of one row is about the only (`enig`) other file of its package.
    """
    csv_, datastore = find_heading(frame, (_IN_CSV,)), find_heading(frame, (_IN_DATASTORE,))
    if not csv_ or not datastore:
        return None
    namen = {deel.id, deel.naam, deel.url.rpartition("/")[2]}
    rijen = frame if enig and len(frame) == 1 else frame[frame.isin(namen).any(axis=1)]
    rij = rijen.iloc[0] if len(rijen) else None
    if rij is None or not (rij[csv_].isdigit() and rij[datastore].isdigit()):
        return None
    return int(rij[csv_]), int(rij[datastore])
