"""Backups under a key, in the format of age (https://age-encryption.org): any program that knows it opens them as well.

A key file holds a secret key, with which one restores, or its public half alone, with which one can only make backups.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io
from pyrage.x25519 import Identity, Recipient

from app.opdrachten.beheer.kopie_lezen import is_encrypted
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path
from pipelines.afspraken.warehouse.schrijven import VERTROUWELIJK, scratch, write_whole

_GEHEIM, _OPENBAAR = "AGE-SECRET-KEY-1", "age1"
_GROOTSTE_SLEUTEL = 10_000


def make_key(pad: Path) -> str:
    """Write a new secret key, for its owner alone, and return its public half.

    Raises:
        AfgekeurdError: there is a file of this name already.
    """
    sleutel = Identity.generate()
    openbaar = str(sleutel.to_public())
    try:
        write_whole(pad, f"# openbaar: {openbaar}\n{sleutel}\n".encode(), mode=VERTROUWELIJK, overschrijf=False)
    except FileExistsError:
        advies = "Een sleutel wordt nooit overschreven: zonder haar gaat geen reservekopie meer open."
        raise AfgekeurdError([Melding(show_path(pad), "Dit bestand bestaat al.", advies=advies)]) from None
    return openbaar


def check_key(pad: Path) -> None:
    """Raise when this is no key, before anything is done with it."""
    _read_key(pad)


def encrypt(bron: Path, doel: Path, sleutel: Path) -> None:
    """Write a new file under the key, that its owner alone can read, and read it again before it gets its name.

    Raises:
        AfgekeurdError: the key is none, or the disk does not give back what was written.
        FileExistsError: there is a file of this name already.
    """
    openbaar, _ = _read_key(sleutel)
    geschreven = hashlib.sha256()

    class Teller:
        """Passes on what is written and knows its sum."""

        def __init__(self, stroom: BinaryIO) -> None:
            self._stroom = stroom

        def write(self, deel: bytes) -> int:
            geschreven.update(deel)
            return self._stroom.write(deel)

        def flush(self) -> None:
            self._stroom.flush()

    def _write(stroom: BinaryIO) -> None:
        with bron.open("rb") as lezen:
            encrypt_io(lezen, Teller(stroom), openbaar)

    def _judge(pad: Path) -> None:
        with pad.open("rb") as stroom:
            if hashlib.file_digest(stroom, "sha256").digest() != geschreven.digest():
                advies = "Probeer het op een andere schijf."
                raise AfgekeurdError([Melding(show_path(doel), "De schijf geeft niet terug wat er is geschreven.",
                                              advies=advies)])  # fmt: skip

    write_whole(doel, _write, mode=VERTROUWELIJK, overschrijf=False, keur=_judge)


@contextmanager
def opened(pad: Path, sleutel: Path | None, plek: Path) -> Iterator[Path]:
    """Give a backup as it was before it went under the key, in a folder in this place that is gone afterwards.

    One that is not under a key is given as it is, unless a key was named.

    Raises:
        AfgekeurdError: it is under another key, damaged or cut off, or it is not under a key while one was named.
    """
    if not is_encrypted(pad):
        if sleutel is not None:
            advies = "Vertrouwt u haar, herstel dan zonder --sleutel."
            raise AfgekeurdError([Melding(pad.name, "Deze reservekopie staat niet onder een sleutel.", advies=advies)])
        yield pad
        return
    if sleutel is None:
        advies = "Geef de sleutel met --sleutel BESTAND."
        raise AfgekeurdError([Melding(pad.name, "Deze reservekopie is versleuteld.", advies=advies)])
    _, geheim = _read_key(sleutel)
    if not geheim:
        tekst = "Hier staat alleen de openbare helft in; daarmee gaat geen reservekopie open."
        raise AfgekeurdError([Melding(show_path(sleutel), tekst, advies=f"Nodig is het bestand met {_GEHEIM}…")])
    with _new_folder(plek), scratch(plek, ".kopie-") as map_:
        open_ = map_ / pad.name.removesuffix(".age")
        _decrypt(pad, open_, geheim)
        yield open_


@contextmanager
def _new_folder(plek: Path) -> Iterator[None]:
    """Make a folder that was not there; when nothing came into it, it goes again."""
    was_er = plek.is_dir()
    plek.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        if not was_er:
            with suppress(OSError):
                plek.rmdir()


def _decrypt(pad: Path, doel: Path, geheim: list[Identity]) -> None:
    with pad.open("rb") as lezen, open(os.open(doel, os.O_CREAT | os.O_EXCL | os.O_WRONLY, VERTROUWELIJK), "wb") as uit:
        try:
            decrypt_io(lezen, uit, geheim)
        except DecryptError:
            advies = "Er is niets geschreven. Kijk na welke sleutel bij deze reservekopie hoort."
            tekst = "De sleutel past niet op deze reservekopie, of haar begin is beschadigd."
            raise AfgekeurdError([Melding(pad.name, tekst, advies=advies)]) from None
        except OSError as fout:
            # A disk that is full or fails says so itself, with its number; what is damaged has none.
            if fout.errno is not None:
                raise
            advies = "Er is niets geschreven. Gebruik een andere reservekopie."
            melding = Melding(pad.name, "Deze reservekopie is beschadigd of afgekapt.", advies=advies)
            raise AfgekeurdError([melding]) from None


def _read_key(pad: Path) -> tuple[list[Recipient], list[Identity]]:
    """Return for whom the key writes, and what it opens with; never a word of it in a message.

    Raises:
        AfgekeurdError: this is no key, or others on this computer can read the secret half.
        OSError: it cannot be read.
    """
    advies = "Maak er een met: .venv/bin/regiomonitor backup --maak-sleutel BESTAND"
    fout = AfgekeurdError([Melding(show_path(pad), "Dit is geen bestand met een sleutel.", advies=advies)])
    with pad.open("rb") as stroom:
        ruw = stroom.read(_GROOTSTE_SLEUTEL + 1)
        is_open = os.name == "posix" and stat.S_IMODE(os.fstat(stroom.fileno()).st_mode) & 0o077
    try:
        regels = [regel.strip() for regel in ruw.decode("ascii").splitlines()]
        regels = [regel for regel in regels if regel and not regel.startswith("#")]
        geheim = [Identity.from_str(regel) for regel in regels if regel.startswith(_GEHEIM)]
        openbaar = [Recipient.from_str(regel) for regel in regels if regel.startswith(_OPENBAAR)]
    except (ValueError, IdentityError, RecipientError):
        raise fout from None
    if not regels or len(geheim) + len(openbaar) != len(regels) or len(ruw) > _GROOTSTE_SLEUTEL:
        raise fout
    if geheim and is_open:
        advies = f"Geef haar alleen aan wie de reservekopieën beheert: chmod 600 {show_path(pad)}"
        raise AfgekeurdError([Melding(show_path(pad), "Anderen op deze computer kunnen deze sleutel lezen.",
                                      advies=advies)])  # fmt: skip
    return [*openbaar, *(sleutel.to_public() for sleutel in geheim)], geheim
