"""The settings of an address with login: one TOML file, of which Streamlit reads `[auth]` and this module the rest."""

from __future__ import annotations

import functools
import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.rollen.rechten import Rol, read_role
from pipelines.afspraken.meldingen import AfgekeurdError, Melding

# Of a file that a person wrote; more is none.
_GROOTSTE = 1_000_000
_KORTSTE_GEHEIM = 32
_LANGSTE_SESSIE, _SESSIE = 24, 8
# Who comes back sooner than this does nothing else; a group that was taken away holds no longer than the second.
_KORTSTE_GROEP, _GROEP = 5, 15
# Without TLS the cookie of login could be read on the way; on this computer itself there is no way.
_TERUG = re.compile(
    r"(https://[a-z0-9.\[\]:-]+|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)/oauth2callback", re.ASCII
)
_OPHALEN = re.compile(r"https://\S+|http://(localhost|127\.0\.0\.1)(:\d+)?/\S*", re.ASCII)
_NAAM = re.compile(r"[a-z][a-z0-9]{0,30}", re.ASCII)
_VAN_AANBIEDER = ("client_id", "client_secret", "server_metadata_url")
_GEWOON = ("redirect_uri", "cookie_secret")


@dataclass(frozen=True)
class Aanbieder:
    """One identity provider: what it is called, how it names a person, and who of it has which roles."""

    naam: str
    titel: str
    naamveld: str = "email"
    rolveld: str = ""
    personen: Mapping[str, tuple[Rol, ...]] = field(default_factory=lambda: MappingProxyType({}))
    groepen: Mapping[str, tuple[Rol, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Instellingen:
    """Where readers come back after login, whether one may read without, how long it holds, and the providers.

    `groep_minuten`: how long it holds for who is not listed by name. Which groups one is in, a provider says at login
    alone; who has to come back soon is soon without a role that was taken away there.
    """

    adres: str
    is_openbaar: bool
    sessie_uren: int
    groep_minuten: int
    aanbieders: Mapping[str, Aanbieder]


def load(pad: Path) -> Instellingen:
    """Return the settings in this file; read again when it changes, so that a role withdrawn is gone at once.

    Raises:
        AfgekeurdError: all that is wrong with it; never with a secret in it.
    """
    try:
        info = pad.stat()
        return _load(pad, info.st_mtime_ns, info.st_size, info.st_ino)
    except OSError as fout:
        advies = "Wijs het bestand aan in REGIOMONITOR_TOEGANG."
        raise AfgekeurdError([Melding(pad.name, "Dit bestand is niet te lezen.", advies=advies)]) from fout


@functools.lru_cache(maxsize=2)
def _load(pad: Path, _gewijzigd: int, grootte: int, _bestand: int) -> Instellingen:
    fouten: list[Melding] = []
    if os.name == "posix" and stat.S_IMODE(pad.stat().st_mode) & 0o077:
        advies = f"Er staan geheimen in. Geef het alleen aan wie de dienst draait: chmod 600 {pad.name}"
        fouten.append(Melding(pad.name, "Anderen op deze computer kunnen dit bestand lezen.", advies=advies))
    if grootte > _GROOTSTE:
        tekst = f"Dit bestand is groter dan {_GROOTSTE // 1_000_000} MB en wordt niet gelezen."
        advies = "Wijs in REGIOMONITOR_TOEGANG het bestand met de instellingen van het aanmelden aan."
        raise AfgekeurdError([*fouten, Melding(pad.name, tekst, advies=advies)])
    try:
        inhoud = tomllib.loads(pad.read_bytes().decode("utf-8"))
    except (ValueError, RecursionError) as fout:
        # The line of the fault could be one with a secret; the parser names only its place.
        plaats = re.search(r"line \d+", str(fout))
        waar = f" (regel {plaats[0].removeprefix('line ')})" if plaats else ""
        raise AfgekeurdError([*fouten, Melding(pad.name, f"Dit is geen TOML-bestand{waar}.")]) from None
    auth, toegang = _section(inhoud, "auth"), _section(inhoud, "toegang")
    fouten += [Melding(pad.name, tekst) for tekst in (*_judge_auth(auth), *_judge_access(auth, toegang))]
    aanbieders = {}
    for naam in _providers(auth):
        eigen = _section(toegang, naam)
        aanbieders[naam] = Aanbieder(
            naam,
            str(eigen.get("titel", naam)),
            str(eigen.get("naamveld", "email")),
            str(eigen.get("rolveld", "")),
            # An address of mail is the same in any case; of what else a provider names people with, nobody knows.
            _roles(pad, naam, _section(eigen, "personen"), fouten, is_mail=eigen.get("naamveld", "email") == "email"),
            _roles(pad, naam, _section(eigen, "groepen"), fouten),
        )
    if fouten:
        raise AfgekeurdError(fouten)
    gevonden = _TERUG.fullmatch(auth["redirect_uri"])
    assert gevonden is not None
    uren = toegang.get("sessie_uren", _SESSIE)
    groep = toegang.get("groep_minuten", _GROEP)
    return Instellingen(gevonden[1], toegang.get("openbaar", False), uren, groep, MappingProxyType(aanbieders))


def person_name(wie: str, *, is_mail: bool) -> str:
    """Return a name as it is compared: an address of mail in lower case, as far as that is the same address.

    Beyond ASCII another letter may become one of ours in lower case: the Kelvin sign a k.
    """
    wie = wie.strip()
    return wie.lower() if is_mail and wie.isascii() else wie


def _section(inhoud: Mapping[str, Any], naam: str) -> Mapping[str, Any]:
    deel = inhoud.get(naam)
    return deel if isinstance(deel, dict) else {}


def _providers(auth: Mapping[str, Any]) -> list[str]:
    return [naam for naam, deel in auth.items() if isinstance(deel, dict)]


def _judge_auth(auth: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with what Streamlit logs in with."""
    for naam in _GEWOON:
        if not isinstance(auth.get(naam), str):
            yield f"[auth] {naam} ontbreekt."
    if isinstance(auth.get("redirect_uri"), str) and not _TERUG.fullmatch(auth["redirect_uri"]):
        yield "[auth] redirect_uri moet het https-adres van de monitor zijn, met /oauth2callback erachter."
    if isinstance(auth.get("cookie_secret"), str) and len(auth["cookie_secret"]) < _KORTSTE_GEHEIM:
        yield (
            f"[auth] cookie_secret is te kort; neem er een van minstens {_KORTSTE_GEHEIM} tekens, bijvoorbeeld van: "
            "openssl rand -hex 32"
        )
    if not _providers(auth):
        yield f"Er staat geen aanbieder in, zoals [auth.organisatie] met {', '.join(_VAN_AANBIEDER)}."
    for naam in _providers(auth):
        if not _NAAM.fullmatch(naam):
            yield f"[auth.{naam[:40]}]: een naam heeft alleen kleine letters en cijfers."
        for veld in _VAN_AANBIEDER:
            if not isinstance(auth[naam].get(veld), str) or not auth[naam][veld]:
                yield f"[auth.{naam[:40]}] {veld} ontbreekt."
        adres = auth[naam].get("server_metadata_url")
        if isinstance(adres, str) and adres and not _OPHALEN.fullmatch(adres):
            yield f"[auth.{naam[:40]}] server_metadata_url moet met https:// beginnen."


def _judge_access(auth: Mapping[str, Any], toegang: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with who may do what."""
    if not isinstance(toegang.get("openbaar", False), bool):
        yield "[toegang] openbaar is true of false."
    uren = toegang.get("sessie_uren", _SESSIE)
    if isinstance(uren, bool) or not isinstance(uren, int) or not 1 <= uren <= _LANGSTE_SESSIE:
        yield f"[toegang] sessie_uren is een getal van 1 tot en met {_LANGSTE_SESSIE}."
    minuten = toegang.get("groep_minuten", _GROEP)
    if (
        isinstance(minuten, bool)
        or not isinstance(minuten, int)
        or not _KORTSTE_GROEP <= minuten <= _LANGSTE_SESSIE * 60
    ):
        yield f"[toegang] groep_minuten is een getal van {_KORTSTE_GROEP} tot en met {_LANGSTE_SESSIE * 60}."
    for naam, deel in toegang.items():
        if naam in ("openbaar", "sessie_uren", "groep_minuten"):
            continue
        if naam not in _providers(auth) or not isinstance(deel, dict):
            yield f"[toegang] {naam[:40]} hoort bij geen aanbieder onder [auth]."
            continue
        for veld in sorted(set(deel) - {"titel", "naamveld", "rolveld", "personen", "groepen"}):
            yield f"[toegang.{naam}] {veld[:40]} is niet bekend."
        for veld in ("personen", "groepen"):
            if not isinstance(deel.get(veld, {}), dict):
                yield f"[toegang.{naam}] {veld} is een tabel: per naam een lijst met rollen."
        if deel.get("groepen") and not deel.get("rolveld"):
            yield f"[toegang.{naam}] rolveld ontbreekt: in welk gegeven van de aanbieder staan de groepen?"


def _roles(
    pad: Path, naam: str, tabel: Mapping[str, Any], fouten: list[Melding], *, is_mail: bool = False
) -> Mapping[str, tuple[Rol, ...]]:
    """Return the roles by person or group of one provider; adds to `fouten` what is no role."""
    gevonden: dict[str, tuple[Rol, ...]] = {}
    for wie, teksten in tabel.items():
        if not isinstance(teksten, list) or not all(isinstance(tekst, str) for tekst in teksten):
            fouten.append(Melding(pad.name, f'[toegang.{naam}] {wie[:60]}: schrijf rollen als ["kijker"].'))
            continue
        try:
            genoemd = person_name(wie, is_mail=is_mail)
            if genoemd in gevonden:
                raise ValueError("dit staat er meer dan eens")
            gevonden[genoemd] = tuple(read_role(tekst) for tekst in teksten)
        except ValueError as fout:
            fouten.append(Melding(pad.name, f"[toegang.{naam}] {wie[:60]}: {fout}"))
    return MappingProxyType(gevonden)
