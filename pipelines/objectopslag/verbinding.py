"""The way to the object store: its address and keys from the surroundings, and reading and writing in it.

Nothing that the store answers is ever told on: what it says of a refusal names the key, and what was signed with it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.opslagstand import OPSLAGSLEUTELS, Hapering, Richting

if TYPE_CHECKING:
    from obstore.store import RetryConfig, S3Credential, S3Store

NAAR, UIT = "REGIOMONITOR_OPSLAG_NAAR", "REGIOMONITOR_OPSLAG_UIT"
SLEUTEL, GEHEIM = OPSLAGSLEUTELS
REGIO = "REGIOMONITOR_OPSLAG_REGIO"
_STANDAARD_REGIO = "us-east-1"
_HIER = ("localhost", "127.0.0.1", "::1")
_EMMER = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_DEEL = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}", re.ASCII)
_REGIO = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
_ADVIES = f"Schrijf in {NAAR} of {UIT} het adres als https://computer/emmer/map; zie docs/handleiding/opslag.md."
# A publication comes in pieces: each has to be there within the limit of one request, on a line of 1 Mbit/s too.
_STUK = 4_000_000
_LANGSTE_VRAAG = timedelta(seconds=60)
_LANGSTE_STILTE = timedelta(seconds=20)
# What is not done by then goes on at the next try; each publication that is whole stays.
_LANGSTE_POGING = 15 * 60.0
_OPNIEUW: RetryConfig = {
    "max_retries": 2,
    "retry_timeout": timedelta(seconds=60),
    "backoff": {"init_backoff": timedelta(seconds=0.2), "max_backoff": timedelta(seconds=2), "base": 2},
}


class HaperingError(Exception):
    """The store, or this computer, is in the way; says how and nothing more."""

    def __init__(self, hapering: Hapering) -> None:
        super().__init__(hapering)
        self.hapering = hapering


@dataclass(frozen=True)
class Opslagplek:
    """Where the store is, which way publications go, and the keys; printed without them."""

    richting: Richting
    basis: str
    emmer: str
    map: str
    regio: str
    sleutel: str = field(repr=False)
    geheim: str = field(repr=False)


def find_place(omgeving: Mapping[str, str]) -> Opslagplek | None:
    """Return the store that the surroundings name; nothing where they name none.

    Raises:
        AfgekeurdError: an address or a key is missing or is none.
    """
    naar, uit = omgeving.get(NAAR, ""), omgeving.get(UIT, "")
    if not naar and not uit:
        return None
    if naar and uit:
        tekst = "Een computer stuurt publicaties naar de opslag, of haalt ze eruit; hier staat allebei."
        raise AfgekeurdError([Melding(f"{NAAR}, {UIT}", tekst, advies="Haal een van de twee weg.")])
    naam, richting = (NAAR, Richting.NAAR) if naar else (UIT, Richting.UIT)
    basis, emmer, map_ = _read_address(naam, naar or uit)
    sleutel, geheim = omgeving.get(SLEUTEL, ""), omgeving.get(GEHEIM, "")
    for ander, waarde in ((SLEUTEL, sleutel), (GEHEIM, geheim)):
        if not waarde or not waarde.isascii() or not waarde.isprintable():
            raise AfgekeurdError([Melding(ander, "Deze sleutel van de opslag ontbreekt of kan er geen zijn.",
                                          advies="Zet haar in /etc/regiomonitor/omgeving.")])  # fmt: skip
    regio = omgeving.get(REGIO) or _STANDAARD_REGIO
    if not _REGIO.fullmatch(regio):
        raise AfgekeurdError([Melding(REGIO, "Dit is geen naam van een regio van een opslag.",
                                      advies=f"Laat haar weg voor {_STANDAARD_REGIO}.")])  # fmt: skip
    return Opslagplek(richting, basis, emmer, map_, regio, sleutel, geheim)


def _read_address(naam: str, adres: str) -> tuple[str, str, str]:
    """Return the server, the bucket and the folder in it; never a word of the address in a message: it may hold a key.

    Raises:
        AfgekeurdError: it is none, or it would go over a line that others can read.
    """
    try:
        delen = urlsplit(adres)
        is_veilig = delen.scheme == "https" or (delen.scheme == "http" and delen.hostname in _HIER)
        emmer, *mappen = delen.path.strip("/").split("/")
        is_adres = (
            bool(delen.hostname) and delen.port != 0 and adres.isascii() and adres.isprintable()
            and not (delen.username or delen.password or delen.query or delen.fragment)
            and _EMMER.fullmatch(emmer) and all(_DEEL.fullmatch(deel) for deel in mappen)
        )  # fmt: skip
    except ValueError:
        is_adres = is_veilig = False
    if not is_adres:
        raise AfgekeurdError([Melding(naam, "Dit is geen adres van een map in een opslag.", advies=_ADVIES)])
    if not is_veilig:
        tekst = "Een opslag op een andere computer gaat alleen over https."
        raise AfgekeurdError([Melding(naam, tekst, advies=_ADVIES)])
    return f"{delen.scheme}://{delen.netloc}", emmer, "/".join(mappen)


@contextmanager
def _told() -> Iterator[None]:
    """Say what is in the way in one of few words, and let go of what the store said about it."""
    from obstore import exceptions

    try:
        yield
    except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError):
        raise HaperingError(Hapering.GEWEIGERD) from None
    except (exceptions.NotFoundError, FileNotFoundError):
        raise HaperingError(Hapering.LEEG) from None
    except (exceptions.BaseError, OSError):
        # Some of what the store refuses comes as a failure of a disk; none of it is of ours.
        raise HaperingError(Hapering.ONBEREIKBAAR) from None


class Objectopslag:
    """One folder in the store."""

    def __init__(self, plek: Opslagplek) -> None:
        self._bron = _open(plek)
        self._eind = time.monotonic() + _LANGSTE_POGING

    def read(self, naam: str, hoogstens: int) -> bytes:
        """Return a small file.

        Raises:
            HaperingError: it cannot be had, or is larger than this.
        """
        import obstore

        with _told():
            antwoord = obstore.get(self._bron, naam)
            if antwoord.meta["size"] > hoogstens:
                raise HaperingError(Hapering.ONGELDIG)
            return bytes(antwoord.bytes())

    def read_into(self, naam: str, aantal: int, stroom: BinaryIO) -> None:
        """Write so many bytes of a file to a stream, piece by piece.

        Raises:
            HaperingError: they cannot be had, or it is not that long, or it takes too long.
            OSError: they cannot be written.
        """
        import obstore

        for begin in range(0, aantal, _STUK):
            lengte = min(_STUK, aantal - begin)
            if time.monotonic() > self._eind:
                raise HaperingError(Hapering.ONBEREIKBAAR)
            with _told():
                stuk = obstore.get_range(self._bron, naam, start=begin, length=lengte)
            if len(stuk) != lengte:
                raise HaperingError(Hapering.ONGELDIG)
            stroom.write(stuk)

    def has(self, naam: str, aantal: int) -> bool:
        """Return whether there is a file of this name and this length.

        Raises:
            HaperingError: the store does not say.
        """
        import obstore

        try:
            with _told():
                return bool(obstore.head(self._bron, naam)["size"] == aantal)
        except HaperingError as fout:
            if fout.hapering is Hapering.LEEG:
                return False
            raise

    def write(self, naam: str, inhoud: bytes | Path) -> None:
        """Put a file there, in one step.

        Raises:
            HaperingError: the store does not take it.
        """
        import obstore

        with _told():
            obstore.put(self._bron, naam, inhoud, use_multipart=False)

    def names(self) -> list[str]:
        """Return what stands in the folder itself.

        Raises:
            HaperingError: the store does not say.
        """
        import obstore

        with _told():
            return [str(ding["path"]) for ding in obstore.list_with_delimiter(self._bron)["objects"]]

    def remove(self, naam: str) -> None:
        """Take a file away; one that is not there is gone.

        Raises:
            HaperingError: the store does not.
        """
        import obstore

        with _told():
            obstore.delete(self._bron, naam)


def _open(plek: Opslagplek) -> S3Store:
    from obstore.store import S3Store

    # Given whole, so that no key of somebody else in the surroundings is mixed in.
    sleutels: S3Credential = {
        "access_key_id": plek.sleutel, "secret_access_key": plek.geheim, "token": None, "expires_at": None
    }  # fmt: skip
    return S3Store(
        plek.emmer,
        prefix=plek.map or None,
        config={
            "endpoint": plek.basis, "region": plek.regio, "virtual_hosted_style_request": False,
            # Not every store knows how to take away many at once.
            "disable_bulk_delete": True,
            "skip_signature": False, "unsigned_payload": False,
        },
        client_options={
            "allow_http": plek.basis.startswith("http://"), "connect_timeout": timedelta(seconds=10),
            "timeout": _LANGSTE_VRAAG, "read_timeout": _LANGSTE_STILTE,
        },
        retry_config=_OPNIEUW,
        credential_provider=lambda: sleutels,
    )  # fmt: skip
