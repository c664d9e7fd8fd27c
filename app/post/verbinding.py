"""The mail server: one connection for a run, checked by its certificate, and what each of its answers means."""

from __future__ import annotations

import contextlib
import io
import re
import smtplib
import ssl
import time
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum
from typing import Any

from app.post.instellingen import METEEN, STARTTLS, Postinstellingen

# A refusal of this kind is about who sends or how, whatever the address.
_BELEID = re.compile(r"5\.7\.\d+", re.ASCII)
_UITGEBREID = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)", re.ASCII)
# Of one answer, in all its lines.
_GROOTSTE_ANTWOORD = 64_000
_AFSCHEID_S = 5
# What a server says when it wants the mail itself.
_GEEF = 354


class Uitslag(Enum):
    """What came of one mail: handed over, not now, the address was refused, or nothing can be sent at all."""

    VERSTUURD = "verstuurd"
    LATER = "later"
    # The line was lost after the mail was given: it may have gone.
    ONBEKEND = "onbekend"
    GEWEIGERD = "geweigerd"
    GEEN_SERVER = "geen server"


@dataclass(frozen=True)
class Geduld:
    """How many seconds to wait: for a sign of life, for all up to giving the mail, and then for what becomes of it.

    Giving up on that last answer too soon is sending twice; RFC 5321 asks for ten minutes.
    """

    stil: float = 30
    gesprek: float = 120
    antwoord: float = 600


class Verbinding:
    """Opens a connection when there is something to send, and another after whatever went wrong."""

    def __init__(
        self, instellingen: Postinstellingen, context: ssl.SSLContext | None = None, geduld: Geduld | None = None
    ) -> None:
        self._instellingen, self._context = instellingen, context or ssl.create_default_context()
        self._geduld = geduld or Geduld()
        self._van = instellingen.terug or instellingen.afzender
        self._smtp: _Gesprek | None = None
        # The numbers of the last answer that was not yes: there is no address in those.
        self.antwoord = ""

    def __enter__(self) -> Verbinding:
        """Begin a run."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.close()

    def send(self, bericht: EmailMessage, aan: str) -> Uitslag:
        """Hand one mail over; what the server says is judged here and told to nobody: an address may be in it."""
        eind = time.monotonic() + self._geduld.gesprek
        try:
            smtp = self._smtp = self._smtp or self._open(eind)
        except (smtplib.SMTPException, OSError):
            return Uitslag.GEEN_SERVER
        smtp.begin(eind)
        try:
            smtp.send_message(bericht, from_addr=self._van, to_addrs=[aan])
            return Uitslag.VERSTUURD
        except smtplib.SMTPRecipientsRefused as fout:
            uitslag = self._judge(*next(iter(fout.recipients.values()), (450, b"")))
        except smtplib.SMTPDataError as fout:
            uitslag = self._judge(fout.smtp_code, fout.smtp_error)
        except smtplib.SMTPSenderRefused:
            uitslag = Uitslag.GEEN_SERVER
        except (smtplib.SMTPException, OSError):
            uitslag = Uitslag.ONBEKEND if smtp.is_gegeven else Uitslag.LATER
        self.close()
        return uitslag

    def close(self) -> None:
        """Let the server go."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.begin(time.monotonic() + _AFSCHEID_S)
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _open(self, eind: float) -> _Gesprek:
        wij = self._instellingen
        smtp = (
            _GesprekTls(self._geduld, eind, wij.host, wij.poort, context=self._context)
            if wij.tls == METEEN
            else _Gesprek(self._geduld, eind, wij.host, wij.poort)
        )
        try:
            if wij.tls == STARTTLS:
                smtp.starttls(context=self._context)
            if wij.gebruiker:
                smtp.login(wij.gebruiker, wij.wachtwoord)
        except (smtplib.SMTPException, OSError):
            smtp.close()
            raise
        return smtp

    def _judge(self, code: int, tekst: bytes | str) -> Uitslag:
        gezegd = tekst.decode("utf-8", "replace") if isinstance(tekst, bytes) else tekst
        uitgebreid = _UITGEBREID.match(gezegd)
        self.antwoord = f"{code} {uitgebreid[0] if uitgebreid else ''}".strip()
        if 200 <= code < 300:
            return Uitslag.VERSTUURD
        if not 400 <= code < 600:
            return Uitslag.ONBEKEND
        return Uitslag.GEWEIGERD if code >= 500 and not _BELEID.match(gezegd) else Uitslag.LATER


class _Gesprek(smtplib.SMTP):
    """A conversation that has an end, also with a server that drips or never stops; it knows when the mail is given."""

    def __init__(self, geduld: Geduld, eind: float, host: str, poort: int, **rest: Any) -> None:  # noqa: ANN401
        self._geduld = geduld
        self._wil_mail = self.is_gegeven = False
        self.begin(eind)
        super().__init__(host, poort, timeout=geduld.stil, **rest)

    def begin(self, eind: float) -> None:
        """Begin another mail, that is to be given before this moment."""
        self._eind, self._stil, self.is_gegeven = eind, self._geduld.stil, False
        if self.sock is not None:
            self.sock.settimeout(self._stil)

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer."""
        if self._wil_mail:
            self.is_gegeven, self._stil = True, self._geduld.antwoord
            self._eind = time.monotonic() + self._geduld.antwoord
        self._gelezen = 0
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Regels(self))
        code, tekst = super().getreply()
        self._wil_mail = code == _GEEF
        return code, tekst

    def read_into(self, buffer: Any) -> int:  # noqa: ANN401
        """Read what there is, until the end of the conversation."""
        rest = self._eind - time.monotonic()
        if rest <= 0 or self._gelezen > _GROOTSTE_ANTWOORD or self.sock is None:
            raise TimeoutError
        self.sock.settimeout(min(rest, self._stil))
        aantal = self.sock.recv_into(buffer)
        self._gelezen += aantal
        return aantal


class _GesprekTls(_Gesprek, smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""


class _Regels(io.RawIOBase):
    """What a server says, read through the conversation: each piece of a line is waited for apart."""

    def __init__(self, gesprek: _Gesprek) -> None:
        self._gesprek = gesprek

    def readable(self) -> bool:
        """Say that this is read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401
        """Read a piece."""
        return self._gesprek.read_into(buffer)
