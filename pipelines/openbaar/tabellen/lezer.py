"""Reading a public service page by page within limits, and keeping what it said as it said it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Set
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias, TypeVar
from urllib.parse import urljoin, urlsplit

import numpy as np
import pyarrow as pa

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.openbaar.tabellen.bewaarplek import Bewaarplek
from pipelines.openbaar.tabellen.snel import FOUT, VAN, next_link, read_page
from pipelines.openbaar.tabellen.vast import RIJEN
from pipelines.ophalen import ophalen

T = TypeVar("T")
P = TypeVar("P", bound="pa.Table | list[dict[str, Any]]")
# Makes rows of an answer, with what stands around them.
_Lezen: TypeAlias = Callable[[bytes], tuple[P, Mapping[str, Any]]]
SECONDEN = 1800
GROOTSTE = 1_000_000_000
POGINGEN = 5
MEESTE_PAGINAS = 1_000
# Rows on a full page: where the last one is exactly full, it is asked whether there is more.
VOLLE_PAGINA = 10_000
_GEHEUGEN = 32_000_000
# The table in the address of a description, by v3 and v4: …/83599NED/$metadata.
_VAN = re.compile(r"/odata/(?:v1/[^/]+/)?([^/$]+)/\$metadata", re.IGNORECASE)


def file_name(naam: str) -> str:
    """Return what a server calls something as a name of a file: no folders, and nothing that leads out of one."""
    return re.sub(r"[^0-9A-Za-z-]", "_", naam) or "_"


@dataclass
class Lezer:
    """Reads addresses of one server, all together within one limit of time and one of size."""

    basis: str
    plek: str
    bewaar: Bewaarplek | None = None
    tick: Callable[[int], object] = lambda _rijen: None
    eind: float = field(default_factory=lambda: time.monotonic() + SECONDEN)
    gelezen: int = 0
    # The table that answers are of, where they say of which one they are.
    tabel: str = ""
    # Answers that are being kept.
    bewaard: list[Future[None]] = field(default_factory=list)

    def document(self, pad: str) -> dict[str, Any]:
        """Return the JSON object at an address below the base, kept or fresh.

        Raises:
            AfgekeurdError: unreachable, refused, on another server, or no JSON object.
        """
        url = self.address(pad)
        document, nieuw = self._read(url)
        self._check_source(document)
        self.keep(url, nieuw)
        return document

    def content(self, pad: str, read: Callable[[bytes], T]) -> T:
        """Return what `read` makes of the bytes at an address, kept or fresh; they are kept only where it can.

        Raises:
            AfgekeurdError: as for `document`, or what `read` raises.
        """
        url = self.address(pad)
        inhoud, nieuw = self.take_bytes(url)
        gemaakt = read(inhoud)
        self.keep(url, inhoud if nieuw else None)
        return gemaakt

    def address(self, pad: str) -> str:
        """Return the address of a path or link below the base; another server is refused."""
        url = urljoin(self.basis.rstrip("/") + "/", pad)
        if urlsplit(url).netloc == urlsplit(self.basis).netloc:
            # Behind a proxy a service may write http in its own links; it is asked as it was the first time.
            return urlsplit(url)._replace(scheme=urlsplit(self.basis).scheme).geturl()
        naar = show_value(urlsplit(url).netloc)
        ophalen.reject(self.plek, f"Het antwoord verwijst naar een andere server ({naar}).", ophalen.ANDER_ADRES)

    def _read(self, url: str) -> tuple[dict[str, Any], bytes | None]:
        """Return the document at an address, and its bytes when they are not kept yet."""
        inhoud, nieuw = self.take_bytes(url)
        return self._object(inhoud), inhoud if nieuw else None

    def take_bytes(self, url: str) -> tuple[bytes, bool]:
        """Return what is at an address, and whether it was not kept yet; it counts for the limit of size."""
        bekend = self.bewaar.get(url) if self.bewaar else None
        inhoud = self.fresh(url) if bekend is None else bekend
        self.gelezen += len(inhoud)
        return inhoud, bekend is None

    def _object(self, inhoud: bytes) -> dict[str, Any]:
        document = ophalen.parse_json(inhoud, self.plek)
        if not isinstance(document, dict):
            ophalen.reject(self.plek, "Dit antwoord is JSON, maar niet in de vorm van deze bron.", ophalen.LATER)
        return document

    def keep(self, url: str, inhoud: bytes | None) -> None:
        """Keep an answer of which the form is right: a wrong one would be read again the next time."""
        if self.bewaar and inhoud is not None:
            self.bewaar.put(url, inhoud)

    def fresh(self, url: str) -> bytes:
        """Return what is at an address, as it was sent.

        Raises:
            AfgekeurdError: unreachable, refused, too slow or too large.
        """
        try:
            antwoord = ophalen.download(
                url, eind=self.eind, grootste=GROOTSTE, al_gelezen=self.gelezen, pogingen=POGINGEN
            )
        except AfgekeurdError as fout:
            (melding,) = fout.meldingen
            tekst = f"{melding.tekst.rstrip('.')} ({melding.bestand})."
            # Also whether it is gone, which is another thing than not to be reached.
            raise type(fout)([Melding(self.plek, tekst, advies=melding.advies or ophalen.LATER)]) from None
        return antwoord.inhoud

    def pages(self, pad: str) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of each page, following the link to the next one within the same server.

        Raises:
            AfgekeurdError: as for `document`; or a page comes twice, has no rows, or the pages do not end.
        """
        yield from self._walk(pad, self._rows)

    def frames(self, pad: str, kolommen: list[str], nummer: str) -> Iterator[pa.Table | list[dict[str, Any]]]:
        """Yield pages as `pages` does, each as these columns of text (`nummer` a number) where it has that shape.

        Raises:
            AfgekeurdError: as for `pages`.
        """

        def read(inhoud: bytes) -> tuple[pa.Table | list[dict[str, Any]], Mapping[str, Any]]:
            rond_en_rijen = read_page(inhoud, kolommen, nummer)
            return self._rows(inhoud) if rond_en_rijen is None else (rond_en_rijen[1], rond_en_rijen[0])

        yield from self._walk(pad, read)

    def _rows(self, inhoud: bytes) -> tuple[list[dict[str, Any]], Mapping[str, Any]]:
        document = self._object(inhoud)
        rijen = document.get(RIJEN)
        if not isinstance(rijen, list) or not all(isinstance(rij, dict) for rij in rijen):
            sleutels = show_value(", ".join(map(str, document)) or "niets")
            tekst = f"Dit antwoord heeft geen lijst 'value' met rijen (gevonden: {sleutels})."
            ophalen.reject(self.plek, tekst, ophalen.LATER)
        return rijen, document

    def _walk(self, pad: str, read: _Lezen[P]) -> Iterator[P]:
        """Yield each page in order; the next one is asked, and the last one kept, in the meantime."""
        # What was given back in so large a piece is kept by the process from then on, and not asked of the system for
        # each page anew: that takes longer than reading the page.
        np.empty(_GEHEUGEN, np.uint8)
        bezocht: set[str] = set()
        volgende: str | None = self.address(pad)
        aantal = 0
        with _Vooruit(self) as vooruit:
            while volgende:
                if volgende in bezocht or len(bezocht) == MEESTE_PAGINAS:
                    self.distrust("De pagina's van het antwoord houden niet op.")
                bezocht.add(volgende)
                inhoud, nieuw = vooruit.take(volgende, bezocht)
                rijen, rond = read(inhoud)
                self._check_source(rond)
                if nieuw:
                    vooruit.keep(volgende, inhoud)
                volgende = self._next(rond)
                aantal += len(rijen)
                self.tick(len(rijen))
                yield rijen
            vooruit.check_kept()
        if aantal and aantal % VOLLE_PAGINA == 0:
            self.check_end(pad, aantal)

    def _next(self, document: Mapping[str, Any]) -> str | None:
        verder = document.get("odata.nextLink") or document.get("@odata.nextLink")
        return self.address(verder) if isinstance(verder, str) else None

    def check_end(self, pad: str, aantal: int) -> None:
        """Refuse pages that stop while the table goes on: a link was left out, or the last page was cut off."""
        teken = "&" if "?" in pad else "?"
        rest = self.document(f"{pad}{teken}$skip={aantal}&$top=1").get(RIJEN)
        if not isinstance(rest, list):
            self.distrust(f"De server zegt niet of er na {aantal} rijen nog meer komt.")
        if rest:
            self.distrust(f"Na {aantal} rijen houden de pagina's op, maar de tabel gaat verder.")

    def _check_source(self, rond: Mapping[str, Any]) -> None:
        """Refuse an answer that says that it is of another table, or that something went wrong."""
        if any(rond.get(naam) for naam in FOUT):
            self.distrust("De server meldt een fout in plaats van een heel antwoord.")
        waar = _VAN.search(str(next(filter(None, map(rond.get, VAN)), "")))
        if self.tabel and waar and waar[1].casefold() != self.tabel.casefold():
            self.distrust(f"De server antwoordt met een andere tabel ({show_value(waar[1])}).")

    def distrust(self, tekst: str) -> NoReturn:
        """Refuse what was read; what was kept of it is asked anew the next time."""
        if self.bewaar:
            # What is kept a moment later would be read again the next time.
            wait(self.bewaard)
            self.bewaar.forget()
        ophalen.reject(self.plek, tekst, ophalen.LATER)


class _Vooruit:
    """Asks a page while the one before it is read, where that says early on which is the next one.

    An answer is kept once it is read: what could not be, or was asked in vain, is not.
    """

    def __init__(self, lezer: Lezer) -> None:
        self.lezer = lezer
        # One at a time: a public server is asked no more than it would be by hand.
        self.vrager, self.bewaarder = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self.gevraagd: tuple[str, Future[tuple[bytes, bool]]] | None = None

    def __enter__(self) -> _Vooruit:
        return self

    def __exit__(self, *_: object) -> None:
        self.vrager.shutdown(wait=False, cancel_futures=True)
        self.bewaarder.shutdown()

    def take(self, url: str, bezocht: Set[str]) -> tuple[bytes, bool]:
        """Return what is at an address and whether it is not kept yet; what seems to be the next page is asked."""
        eerder, self.gevraagd = self.gevraagd, None
        antwoord = eerder[1] if eerder and eerder[0] == url else self.vrager.submit(self.lezer.take_bytes, url)
        inhoud, nieuw = antwoord.result()
        verder = next_link(inhoud)
        if verder and (gok := self.lezer.address(verder)) not in bezocht:
            self.gevraagd = gok, self.vrager.submit(self.lezer.take_bytes, gok)
        return inhoud, nieuw

    def keep(self, url: str, inhoud: bytes) -> None:
        """Keep an answer, while others are read."""
        self.lezer.bewaard.append(self.bewaarder.submit(self.lezer.keep, url, inhoud))

    def check_kept(self) -> None:
        """Wait until every answer is kept.

        Raises:
            OSError: it could not be.
        """
        for klaar in self.lezer.bewaard:
            klaar.result()
