"""The command `mail`: what is new goes to who asked for it; or it is only shown; or one mail is sent to try."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.logboek import deur
from app.logboek.deur import LogboekError
from app.logboek.regel import Afloop, Daad
from app.logboek.waarover import Bekend
from app.opdrachten.terminal.aanroep import Opdrachten, command, default_folder
from app.post import instellingen as post
from app.rollen import mail
from app.rollen.instellingen import Instellingen
from app.rollen.lezer import SCHAKELAAR, settings
from app.taal.opmaak import telling
from pipelines.afspraken.meldingen import AfgekeurdError

if TYPE_CHECKING:
    from app.post.versturen import Verslag

_UIT = (
    "Mail staat uit: zij is er alleen waar lezers zich aanmelden. Zet {toegang} op het bestand met de instellingen van "
    "het aanmelden, en {server} op uw mailserver; zie docs/handleiding/post.md."
)


def add_command(opdrachten: Opdrachten) -> None:
    """Add `mail`."""
    deze = command(opdrachten, "mail", "Mail wie erom vroeg over wat er nieuw is.", _run)
    wat = deze.add_mutually_exclusive_group(required=True)
    wat.add_argument("--verstuur", action="store_true", help="verstuur wat er te versturen is, bijvoorbeeld elke tien "
                     "minuten")  # fmt: skip
    wat.add_argument("--proef", action="store_true", help="toon wat er zou gaan, zonder adressen; er gaat niets weg")
    wat.add_argument("--test", metavar="ADRES", help="stuur één proefbericht; met - typt u het adres daarna")
    wat.add_argument("--terug", type=Path, metavar="PAD", help="lees wat terugkwam: een bestand, een Maildir, of - "
                     "voor de standaardinvoer")  # fmt: skip
    deze.add_argument("--warehouse", type=Path, default=default_folder("warehouse"), metavar="MAP",
                      help="map met de publicaties")  # fmt: skip


def _run(args: argparse.Namespace) -> int:
    """Run the command; 1 when mail is off or something is in the way."""
    from app.commissie.model import OpslagError

    if not mail.is_on():
        print(_UIT.format(toegang=SCHAKELAAR, server=mail.SERVER), file=sys.stderr)
        return 1
    try:
        if args.test is not None:
            return _try_out(sys.stdin.readline().rstrip("\n") if args.test == "-" else args.test)
        if args.terug is not None:
            return _take_back(args.warehouse, args.terug)
        return _show(args.warehouse) if args.proef else _send(args.warehouse)
    except OpslagError as fout:
        print(fout, file=sys.stderr)
        return 1
    except AfgekeurdError as fout:
        # Nothing of a publication is in this, so nothing is said of one.
        print(*fout.meldingen, sep="\n", file=sys.stderr)
        return 1


def _settings() -> Instellingen:
    """Return the settings of login as they are now."""
    gevonden = settings(os.environ.get(SCHAKELAAR, ""))
    assert gevonden is not None
    return gevonden


def _send(warehouse: Path) -> int:
    from app.post.verbinding import Verbinding
    from app.post.versturen import Verslag, Verzender

    ingesteld, verslag, uitkomst = post.load(), Verslag(), Afloop.MISLUKT
    try:
        with Verbinding(ingesteld) as verbinding:
            Verzender(warehouse, ingesteld, _settings).send(verbinding, verslag)
        uitkomst = Afloop.GELUKT
    finally:
        # What went, went: also where the run stopped half way.
        is_genoteerd = _note(warehouse, verslag, uitkomst)
        print(f"{telling(verslag.verstuurd, 'bericht', 'berichten')} verstuurd, {verslag.later} later opnieuw, "
              f"{verslag.onbekend} misschien aangekomen, {verslag.geweigerd} geweigerd, "
              f"{verslag.vervallen} vervallen.")  # fmt: skip
    if verslag.is_server_weg:
        print("De mailserver antwoordt niet, of weigert deze instellingen. Wat wacht, gaat een volgende keer; kijk het "
              "na met: .venv/bin/regiomonitor mail --test ADRES", file=sys.stderr)  # fmt: skip
    elif verslag.is_niets_gegaan:
        gezegd = ", na uren proberen" if verslag.lang else ""
        gezegd += f"; de mailserver zei: {verbinding.antwoord}" if verbinding.antwoord else ""
        print(f"Er ging niets weg{gezegd}. Wat wacht, gaat een volgende keer.", file=sys.stderr)
    for gezegd in verslag.gemist:
        print(gezegd, file=sys.stderr)
    return 0 if verslag.is_goed and is_genoteerd else 1


def _note(warehouse: Path, verslag: Verslag, uitkomst: Afloop) -> bool:
    """Write down how many mails went; returns whether that is so."""
    if not verslag.verstuurd:
        return True
    try:
        hoeveel = Bekend(f"verstuurd {verslag.verstuurd}")
        deur.record(warehouse, deur.on_command_line(), Daad.BERICHTEN_VERSTUURD, hoeveel, uitkomst)
    except LogboekError as fout:
        print(*(f"Het logboek is niet te schrijven; de berichten zijn wel weg. {m.advies}" for m in fout.meldingen),
              sep="\n", file=sys.stderr)  # fmt: skip
        return False
    return True


def _show(warehouse: Path) -> int:
    from app.commissie.bank.verbinden import address
    from app.post.brief import as_text
    from app.post.versturen import Verzender

    aantal, ingesteld, basis = 0, post.load(), _settings().adres
    url = address(warehouse)
    # Opening a database of one file makes it; where it is not there, nobody asked for anything.
    if url.get_backend_name() != "sqlite" or Path(str(url.database)).is_file():
        for brief in Verzender(warehouse, ingesteld, _settings).trial():
            aantal += 1
            print(f"--- {aantal}. {brief.onderwerp}\n\n{as_text(brief, basis)}")
    zouden = "zou" if aantal == 1 else "zouden"
    print(f"{telling(aantal, 'bericht', 'berichten') if aantal else 'Geen berichten'} {zouden} nu gaan. Dit was een "
          "proef; er is niets veranderd.")  # fmt: skip
    return 0


def _take_back(warehouse: Path, pad: Path) -> int:
    """Count what came back, each by itself; nothing of it is said but how many there were."""
    from app.commissie.bank.opslag import Opslag
    from app.commissie.bank.verbinden import address
    from app.post import terug
    from app.post.postbus import came_back
    from app.post.versturen import now

    opslag, gelezen, geteld, gepauzeerd = Opslag(address(warehouse), keur=False), 0, 0, 0
    for ruw in terug.incoming(pad, sys.stdin.buffer):
        gelezen += 1
        if not (link := terug.read_report(ruw)):
            continue
        with opslag.transaction() as con:
            is_vol = came_back(con, link, now())
        geteld += is_vol is not None
        gepauzeerd += bool(is_vol)
    print(f"{telling(gelezen, 'bericht', 'berichten')} gelezen, {geteld} van een adres van ons dat niet bereikt wordt; "
          f"{telling(gepauzeerd, 'adres', 'adressen')} gepauzeerd.")  # fmt: skip
    return 0


def _try_out(adres: str) -> int:
    from app.post import brief, inhoud
    from app.post.adres import AdresError, read_address
    from app.post.verbinding import Uitslag, Verbinding
    from app.post.versturen import now

    try:
        aan = read_address(adres)
    except AdresError as fout:
        print(f"--test: {fout}", file=sys.stderr)
        return 1
    ingesteld = post.load()
    with Verbinding(ingesteld) as verbinding:
        uitslag = verbinding.send(
            brief.make(inhoud.trial(), aan, ingesteld.afzender, _settings().adres, now()), aan
        )  # fmt: skip
    gezegd = {
        Uitslag.VERSTUURD: "De mailserver nam het proefbericht aan.",
        Uitslag.LATER: "De mailserver nam het nu niet aan. Probeer het later, of vraag wie haar beheert.",
        Uitslag.ONBEKEND: "De verbinding viel weg nadat het proefbericht was gegeven. Kijk of het aankomt.",
        Uitslag.GEWEIGERD: "De mailserver weigert dit adres.",
        Uitslag.GEEN_SERVER: "De mailserver antwoordt niet, heeft geen geldig certificaat, of weigert de gebruiker of "
        "de afzender.",
    }[uitslag]
    antwoord = f" Zij zei: {verbinding.antwoord}." if verbinding.antwoord else ""
    print(gezegd + antwoord, file=sys.stdout if uitslag == Uitslag.VERSTUURD else sys.stderr)
    return 0 if uitslag == Uitslag.VERSTUURD else 1
