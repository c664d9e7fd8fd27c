"""The settings of mail: through which server, as whom. Mail is there only where readers log in."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.post.adres import AdresError, read_address
from app.rollen.mail import SERVER as SERVER
from pipelines.afspraken.meldingen import AfgekeurdError, Melding

TLS, AFZENDER = "REGIOMONITOR_POST_TLS", "REGIOMONITOR_POST_AFZENDER"
GEBRUIKER, WACHTWOORD = "REGIOMONITOR_POST_GEBRUIKER", "REGIOMONITOR_POST_WACHTWOORD"
# Where mail goes that could not be delivered.
TERUG = "REGIOMONITOR_POST_TERUG"
# What only the command needs that sends.
POSTSLEUTELS = (GEBRUIKER, WACHTWOORD)
STARTTLS, METEEN, GEEN = "starttls", "tls", "geen"
_POORT = {STARTTLS: 587, METEEN: 465, GEEN: 25}
_HIER = ("127.0.0.1", "localhost", "::1")
_COMPUTER = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:(?P<poort>[0-9]{1,5}))?", re.ASCII)


@dataclass(frozen=True)
class Postinstellingen:
    """Through which server mail goes and how, as whom, and from which address."""

    host: str
    poort: int
    tls: str
    afzender: str
    gebruiker: str = ""
    wachtwoord: str = field(default="", repr=False)
    terug: str = ""


def load(omgeving: Mapping[str, str] = os.environ) -> Postinstellingen:
    """Return the settings of mail.

    Raises:
        AfgekeurdError: all that is wrong with them; never with the password in it.
    """
    fouten: list[Melding] = []
    tls = omgeving.get(TLS) or STARTTLS
    if tls not in _POORT:
        fouten.append(Melding(TLS, f"Dit is er niet. Kies uit: {', '.join(_POORT)}."))
        tls = STARTTLS
    gevonden = _COMPUTER.fullmatch(omgeving.get(SERVER, ""))
    host, poort = (gevonden["host"].strip("[]"), int(gevonden["poort"] or _POORT[tls])) if gevonden else ("", 0)
    if not host or not 0 < poort < 65536:
        fouten.append(Melding(SERVER, "Dit is geen mailserver. Schrijf computer:poort, zoals smtp.voorbeeld.nl:587."))
    if tls == GEEN and host not in _HIER:
        fouten.append(Melding(TLS, "Zonder versleuteling gaat mail alleen naar deze computer zelf."))
    adressen = {AFZENDER: "", TERUG: ""}
    for naam in (AFZENDER, TERUG) if omgeving.get(TERUG) else (AFZENDER,):
        try:
            adressen[naam] = read_address(omgeving.get(naam, ""))
        except AdresError as fout:
            fouten.append(Melding(naam, str(fout)))
    gebruiker, wachtwoord = omgeving.get(GEBRUIKER, ""), ""
    if gebruiker:
        try:
            wachtwoord = _read_password(Path(omgeving.get(WACHTWOORD, "")))
        except AfgekeurdError as fout:
            fouten += fout.meldingen
    if fouten:
        raise AfgekeurdError(fouten)
    return Postinstellingen(host, poort, tls, adressen[AFZENDER], gebruiker, wachtwoord, adressen[TERUG])


def _read_password(pad: Path) -> str:
    """Return the password in this file, of one line; others on the computer may not read it."""
    try:
        is_open = os.name == "posix" and stat.S_IMODE(pad.stat().st_mode) & 0o077
        tekst = pad.read_text(encoding="utf-8").strip("\r\n")
    except PermissionError:
        advies = f"Geef het aan wie de dienst draait: chown regiomonitor {pad.name}"
        raise AfgekeurdError([Melding(WACHTWOORD, "Dit bestand is niet te lezen.", advies=advies)]) from None
    except (OSError, UnicodeError):
        tekst, is_open = "", 0
    if not tekst or not tekst.isprintable():
        raise AfgekeurdError([Melding(WACHTWOORD, "Wijs hier het bestand aan met het wachtwoord, op één regel.")])
    if is_open:
        advies = f"Geef het alleen aan wie de dienst draait: chmod 600 {pad.name}"
        raise AfgekeurdError([Melding(WACHTWOORD, "Anderen op deze computer kunnen dit bestand lezen.", advies=advies)])
    return tekst
