"""`regiomonitor rollen`: who has which role by the settings of login, and taking all of them from one person."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from app.opdrachten.terminal.aanroep import Opdrachten, command
from app.rollen.instellingen import Aanbieder, Instellingen, load, person_name
from app.rollen.intrekken import withdraw
from app.rollen.lezer import SCHAKELAAR, has_login
from app.rollen.rechten import Rol
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.warehouse.schrijven import scratch

_GEEN = f"Wijs de instellingen van het aanmelden aan met --toegang BESTAND of {SCHAKELAAR}."
_ZELF = "Zet de persoon zelf op [] onder [toegang.….personen], elk op een eigen regel."


def add_command(opdrachten: Opdrachten) -> None:
    """Add what the command understands."""
    rollen = command(opdrachten, "rollen", "Toon wie welke rol heeft; neem iemand alle rollen af.", _run)
    rollen.add_argument("--toegang", type=Path, metavar="BESTAND", help="de instellingen van het aanmelden")
    rollen.add_argument("--intrekken", metavar="NAAM", help="deze persoon mag niets meer, wat zijn groepen ook geven")
    rollen.add_argument("--aanbieder", metavar="AANBIEDER", help="bij --intrekken: waar deze persoon zich aanmeldt")


def _run(args: argparse.Namespace) -> int:
    """Run the command; 1 when something is wrong with the settings or the person."""
    schakelaar = os.environ.get(SCHAKELAAR, "")
    pad = args.toegang or (Path(schakelaar) if has_login(schakelaar) else None)
    if pad is None:
        print(_GEEN, file=sys.stderr)
        return 1
    try:
        instellingen = load(pad)
        if args.intrekken is None:
            _show(instellingen)
        else:
            _withdraw(pad, _provider(instellingen, args.aanbieder), args.intrekken)
    except AfgekeurdError as fout:
        print(fout, file=sys.stderr)
        return 1
    return 0


def _show(instellingen: Instellingen) -> None:
    if instellingen.is_openbaar:
        print("Zonder aanmelden: de publicatie lezen.")
    for aanbieder in instellingen.aanbieders.values():
        print(f"{aanbieder.titel} ({aanbieder.naam}):")
        for soort, tabel in (("persoon", aanbieder.personen), ("groep", aanbieder.groepen)):
            for naam, rollen in sorted(tabel.items()):
                print(f"  {soort} {show_value(naam)}: {_words(rollen)}")
        if not aanbieder.personen and not aanbieder.groepen:
            print("  niemand heeft hier een rol")


def _words(rollen: tuple[Rol, ...]) -> str:
    return ", ".join(map(str, rollen)) or "geen rol, wat de groepen ook geven"


def _provider(instellingen: Instellingen, naam: str | None) -> Aanbieder:
    """Return the provider that is named; the only one there is needs no name."""
    if naam is None and len(instellingen.aanbieders) == 1:
        return next(iter(instellingen.aanbieders.values()))
    if naam is not None and naam in instellingen.aanbieders:
        return instellingen.aanbieders[naam]
    tekst = f"Er is geen aanbieder '{show_value(naam)}'.{suggest(naam, instellingen.aanbieders)}" if naam else (
        "Er is meer dan één aanbieder."
    )  # fmt: skip
    advies = f"Noem er een met --aanbieder: {', '.join(instellingen.aanbieders)}."
    raise AfgekeurdError([Melding("--aanbieder", tekst, advies=advies)])


def _withdraw(pad: Path, aanbieder: Aanbieder, naam: str) -> None:
    is_mail = aanbieder.naamveld == "email"
    wie = person_name(naam, is_mail=is_mail)
    if not wie or not wie.isprintable():
        raise AfgekeurdError([Melding("--intrekken", f"'{show_value(naam)}' is geen naam.")])
    if wie not in aanbieder.personen and not aanbieder.groepen:
        tekst = f"{show_value(wie)} heeft hier geen rol.{suggest(wie, aanbieder.personen)}"
        raise AfgekeurdError([Melding("--intrekken", tekst)])
    oud = pad.read_text(encoding="utf-8")
    try:
        _replace(pad, withdraw(oud, aanbieder.naam, wie, is_mail=is_mail))
    except ValueError as fout:
        raise AfgekeurdError([Melding(pad.name, str(fout), advies=_ZELF)]) from None
    eerder = aanbieder.personen.get(wie)
    print(f"{show_value(wie)} mag niets meer; eerder: {_words(eerder) if eerder else 'wat de groepen gaven'}.")
    print("Dat geldt vanaf de volgende keuze of het volgende verzoek. Draaien er meer computers, doe het dan overal.")


def _replace(pad: Path, tekst: str) -> None:
    """Put new settings in the place of the old in one step, with the same owner: the service must still read them."""
    was = pad.stat()
    with scratch(pad.parent, ".rollen-") as map_:
        nieuw = map_ / pad.name
        with open(os.open(nieuw, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stroom:
            stroom.write(tekst)
            stroom.flush()
            os.fsync(stroom.fileno())
        os.chown(nieuw, was.st_uid, was.st_gid)
        os.replace(nieuw, pad)
