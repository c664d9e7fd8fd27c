"""A public table of any publisher, opened: what it says of itself, and what reads it as rows of the contract."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import Bron, Tabel
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path
from pipelines.openbaar.duo.bestand import Bestand, read_bytes, sum_of
from pipelines.openbaar.duo.ckan import CKAN, Ckan, Onderdeel, Pakket, pick
from pipelines.openbaar.duo.koppelbestand import DUO, Duokoppeling, load_duokoppelingen
from pipelines.openbaar.duo.tellen import check_headings, count
from pipelines.openbaar.indienen import OPGEHAALD, mark_of
from pipelines.openbaar.koppelen.doelvelden import Gekoppeld
from pipelines.openbaar.koppelen.koppeling import STATLINE, Koppeling, load_koppelingen
from pipelines.openbaar.koppelen.omzetten import Omzetting, read_mapped
from pipelines.openbaar.koppelen.vertalen import translate
from pipelines.openbaar.tabellen.bewaarplek import Bewaarplek
from pipelines.openbaar.tabellen.lezer import Lezer, file_name
from pipelines.openbaar.tabellen.statline import DIENSTEN, address, find_table
from pipelines.openbaar.tabellen.tabellezer import Tabellezer
from pipelines.ophalen.ophalen import OnbereikbaarError, WegError, host_of

GROOTSTE_BESTAND = 200_000_000


@dataclass
class Opdracht:
    """One call: where deliveries and raw answers go, at which address, and how to say what happens."""

    bronnen: Mapping[str, Bron]
    raw: Path
    warehouse: Path
    base_url: str | None = None
    tell: Callable[[str], object] = print
    tick: Callable[[int], object] = lambda _rijen: None
    # Told the name of each mapping when it begins.
    begin: Callable[[str], object] = lambda _naam: None
    # Every mapping there is: what is filed together is fetched together, once it was filed.
    alle: Mapping[str, Gekoppeld] = field(default_factory=dict)
    fouten: list[Melding] = field(default_factory=list)
    # A file at hand in the place of the internet, and the folders with the mapping files.
    bestand: Path | None = None
    # Servers that could not be reached in this call: they are not tried again.
    onbereikbaar: set[str] = field(default_factory=set)
    koppelmappen: Mapping[type, Path] = field(default_factory=lambda: {Koppeling: STATLINE, Duokoppeling: DUO})


@dataclass(frozen=True)
class Geopend:
    """A table as it is now; `check` reads no figures, `read` gives the rows, `som` the sum of all that was read."""

    plek: str
    tabel: str
    titel: str
    bijgewerkt: str
    licentie: str
    # What tells this version from another.
    versie: str
    check: Callable[[], object]
    read: Callable[[Tabel], Omzetting]
    som: Callable[[], str]
    # Forgets what was kept of it, so that a next time asks it again.
    forget: Callable[[], object] = lambda: None


def load_all(bronnen: Mapping[str, Bron]) -> dict[str, Gekoppeld]:
    """Return every mapping of every publisher by name.

    Raises:
        AfgekeurdError: a mapping is incomplete, or names what the contract does not have.
    """
    return {**load_koppelingen(bronnen), **load_duokoppelingen(bronnen)}


def filled_figures(koppeling: Gekoppeld) -> set[str]:
    """Return the columns with figures that a mapping fills."""
    if isinstance(koppeling, Duokoppeling):
        return {koppeling.aantal_in}
    assert isinstance(koppeling, Koppeling)
    return {meting.kolom for meting in koppeling.maten}


def fixed_values(koppeling: Gekoppeld) -> dict[str, set[str]]:
    """Return the columns that a mapping fills with codes, and which."""
    gevuld = {kolom: {code} for kolom, code in koppeling.vast.items()}
    if isinstance(koppeling, Koppeling):
        for meting in koppeling.maten:
            for kolom, code in meting.vast.items():
                gevuld.setdefault(kolom, set()).add(code)
    return gevuld


def levels_of(koppeling: Gekoppeld) -> set[str]:
    """Return the levels of which a mapping gives figures, with those that are made of them."""
    if isinstance(koppeling, Duokoppeling):
        eigen = {*koppeling.regio.niveaus}
        eigen |= {Niveau.ARBEIDSMARKTREGIO} if koppeling.regio.soort == Niveau.ARBEIDSMARKTREGIO else set()
        vast = koppeling.regio.vast
    else:
        assert isinstance(koppeling, Koppeling)
        gebied = koppeling.regio
        eigen, vast = {*gebied.niveaus, *gebied.ook, *gebied.uit_gemeenten}, gebied.vast
    eigen |= {Niveau.LAND} if vast else set()
    eigen |= {Niveau.WGO} if Niveau.ARBEIDSMARKTREGIO in eigen else set()
    return set(map(str, eigen))


def open_mapped(koppeling: Gekoppeld, opdracht: Opdracht, *, bewaar: bool) -> Geopend:
    """Return the table of a mapping as it is now; its raw answers are kept per version, where asked.

    Raises:
        AfgekeurdError: it is not there, or its description cannot be read.
    """
    if isinstance(koppeling, Duokoppeling) and opdracht.bestand:
        return _at_hand(koppeling, opdracht.bestand)
    try:
        with reaching(server_of(koppeling, opdracht), opdracht):
            if isinstance(koppeling, Duokoppeling):
                return _open_duo(koppeling, opdracht, bewaar)
            assert isinstance(koppeling, Koppeling)
            return _open_statline(koppeling, opdracht, bewaar)
    except WegError as fout:
        zoek = f".venv/bin/regiomonitor fetch {koppeling.catalogus.lower()} --zoek {_word(koppeling)}"
        advies = f"Zoek haar opvolger, zoals met {zoek}, en pas {koppeling.plek} aan."
        raise WegError(
            [m if koppeling.plek in (m.advies or "") else replace(m, advies=advies) for m in fout.meldingen]
        ) from None


@contextmanager
def reaching(server: str, opdracht: Opdracht) -> Iterator[None]:
    """Ask a server, unless it could not be reached earlier in this call.

    Raises:
        OnbereikbaarError: it could not be reached then, or can not now.
    """
    if server in opdracht.onbereikbaar:
        raise OnbereikbaarError([Melding(server, "De server is niet te bereiken; dit is niet nog eens geprobeerd.")])
    try:
        yield
    except OnbereikbaarError:
        opdracht.onbereikbaar.add(server)
        raise


def server_of(koppeling: Gekoppeld, opdracht: Opdracht) -> str:
    """Return the host and port that serve a mapping.

    Raises:
        AfgekeurdError: the address may not be used.
    """
    vorm = koppeling.vorm if isinstance(koppeling, Koppeling) else CKAN
    return host_of(address(koppeling.catalogus, vorm, opdracht.base_url))


def _word(koppeling: Gekoppeld) -> str:
    """Return the longest word of what a table is called: most likely it is in the name of its successor too."""
    wat = koppeling.pakket if isinstance(koppeling, Duokoppeling) else getattr(koppeling, "exacte_titel", "")
    wat = wat or koppeling.titel
    return max(re.findall(r"[^\W\d_]+", wat), key=len, default=wat).lower()


def mark(koppeling: Gekoppeld, bron: Geopend, opdracht: Opdracht) -> str:
    """Return what tells this version of a table under this mapping from another."""
    return mark_of(opdracht.koppelmappen[type(koppeling)] / f"{koppeling.naam}.yml", bron.versie)


def open_table(koppeling: Koppeling, opdracht: Opdracht, *, bewaar: bool) -> Tabellezer:
    """Return a table of StatLine with its description.

    Raises:
        AfgekeurdError: as for `open_mapped`.
    """
    dienst = DIENSTEN[koppeling.vorm](koppeling.catalogus, opdracht.base_url)
    tabel = koppeling.tabel or find_table(dienst, koppeling.exacte_titel)
    bron = dienst.features(tabel, lambda versie: _place(opdracht, bewaar, koppeling.catalogus, tabel, versie))
    bron.lezer.tick = opdracht.tick
    return bron


def _place(opdracht: Opdracht, bewaar: bool, *delen: str) -> Bewaarplek | None:
    # Of a table that does not say when it was changed, answers of before say nothing of now.
    namen = [deel or uuid.uuid4().hex for deel in delen]
    return Bewaarplek(opdracht.warehouse.joinpath(OPGEHAALD, *map(file_name, namen))) if bewaar else None


def _open_statline(koppeling: Koppeling, opdracht: Opdracht, bewaar: bool) -> Geopend:
    bron = open_table(koppeling, opdracht, bewaar=bewaar)
    eigen = bron.kenmerken
    return Geopend(
        eigen.plek, f"{eigen.catalogus} {eigen.tabel}", eigen.titel, eigen.bijgewerkt, koppeling.licentie,
        eigen.bijgewerkt, lambda: translate(koppeling, eigen), lambda tabel: read_mapped(koppeling, tabel, bron),
        lambda: _sum(bron.lezer), lambda: _forget(bron.lezer),
    )  # fmt: skip


def _open_duo(koppeling: Duokoppeling, opdracht: Opdracht, bewaar: bool) -> Geopend:
    dienst = Ckan(opdracht.base_url)
    pakket = dienst.package(koppeling.pakket)
    delen = pick(pakket, koppeling)
    versie = max(deel.bijgewerkt for deel in delen.values())
    lezer = dienst.reader(koppeling.pakket, _place(opdracht, bewaar, koppeling.catalogus, koppeling.naam, versie))
    lezer.tick = opdracht.tick

    def read(tabel: Tabel) -> Omzetting:
        try:
            return count(koppeling, {jaar: dienst.read(pakket, deel, lezer) for jaar, deel in delen.items()}, tabel)
        except AfgekeurdError:
            _forget(lezer)
            raise

    return Geopend(
        f"DUO {koppeling.pakket}", f"DUO {koppeling.pakket}", _title(pakket, delen), versie,
        koppeling.licentie or pakket.licentie or "open data van DUO", versie,
        lambda: _check_duo(koppeling, dienst, pakket, delen, lezer), read, lambda: _sum(lezer),
        lambda: _forget(lezer),
    )  # fmt: skip


def _check_duo(
    koppeling: Duokoppeling, dienst: Ckan, pakket: Pakket, delen: Mapping[int, Onderdeel], lezer: Lezer
) -> None:
    """Check the headings of the newest file, as the datastore has them; where it has none the file is read."""
    import pandas as pd

    deel = delen[max(delen)]
    koppen = dienst.headings(koppeling.pakket, deel)
    if koppen:
        check_headings(koppeling, Bestand(pd.DataFrame(columns=koppen), deel.naam, deel.bijgewerkt, "api", ""))
    else:
        check_headings(koppeling, dienst.read(pakket, deel, lezer))


def _title(pakket: Pakket, delen: Mapping[int, Onderdeel]) -> str:
    return pakket.titel if len(delen) > 1 else next(iter(delen.values())).naam


def _at_hand(koppeling: Duokoppeling, pad: Path) -> Geopend:
    """Return a file that someone has downloaded, as if it came from the service."""
    plek = show_path(pad)
    try:
        if pad.stat().st_size > GROOTSTE_BESTAND:
            tekst = f"Dit bestand is groter dan {GROOTSTE_BESTAND // 1_000_000} MB."
            raise AfgekeurdError([Melding(plek, tekst)])
        inhoud = pad.read_bytes()
    except OSError:
        raise AfgekeurdError([Melding(plek, "Dit bestand is niet te lezen.", advies="Controleer het pad.")]) from None
    if koppeling.jaren.uit_bestand:
        tekst = f"{koppeling.naam} is één bestand per jaar; dat kan niet met --file."
        raise AfgekeurdError([Melding(plek, tekst, advies="Haal het op zonder --file.")])
    som = sum_of(inhoud)
    bestand = Bestand(read_bytes(inhoud, plek), pad.name, "", "bestand", som)
    return Geopend(
        plek, "DUO", pad.name, "", koppeling.licentie or "open data van DUO", f"bestand:{som[:16]}",
        lambda: check_headings(koppeling, bestand), lambda tabel: count(koppeling, {0: bestand}, tabel), lambda: som,
    )  # fmt: skip


def _forget(lezer: Lezer) -> None:
    if lezer.bewaar:
        lezer.bewaar.forget()


def _sum(lezer: Lezer) -> str:
    return lezer.bewaar.seal() if lezer.bewaar else ""
