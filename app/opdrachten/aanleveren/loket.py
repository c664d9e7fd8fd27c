"""What the page Data aanleveren may ask, in a process of its own: one JSON question on stdin.

On stdout come the steps of what takes long, and then the answer; a line of JSON each.
"""

from __future__ import annotations

import base64
import contextlib
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from app.opdrachten.aanleveren.versies import list_versions
from pipelines.afspraken.contract import Bron, load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.vangnet import write_log
from pipelines.afspraken.voorrang import give_way
from pipelines.afspraken.warehouse.gaaf import newest_whole
from pipelines.afspraken.warehouse.verbinding import open_alone
from pipelines.levering.aannemen import Los, accept_path, check_path
from pipelines.levering.eerder import find_bron, latest_kolommen, propose_kolommen
from pipelines.levering.intrekken import withdraw
from pipelines.levering.kolommen.vertaling import KOLOMMEN_YML
from pipelines.levering.leveringen import can_be_confidential, today
from pipelines.levering.toets.sprong import SPRONG_ADVIES
from pipelines.levering.toets.valideren import Keuring

Vraag = Mapping[str, Any]
# What fits on a page; the command `check --json` has them all.
_MEESTE = 100
_MEESTE_RIJEN = 5


def _propose(vraag: Vraag) -> dict[str, object]:
    """Return how the file may be read, as far as known from the last delivery of this supplier."""
    bron, leverancier = find_bron(vraag["bron"]), vraag.get("leverancier", "")
    vorige = latest_kolommen(Path(vraag["raw"]), bron, leverancier) if leverancier else None
    return {"voorstel": asdict(propose_kolommen(Path(vraag["pad"]), bron, vraag.get("tabel"), vorige))}


def _earlier(vraag: Vraag) -> dict[str, object]:
    """Return every version of this source, and which publications rest on it."""
    return {"versies": list_versions(Path(vraag["raw"]), Path(vraag["warehouse"]), find_bron(vraag["bron"]))}


def _template(vraag: Vraag) -> dict[str, object]:
    """Return the template of one table, as a workbook in base64."""
    from pipelines.documentatie.sjabloon import make_template

    bronnen = load_bronnen()
    bron = find_bron(vraag["bron"])
    indicatoren = tuple(load_indicatoren(INDICATORS_YML, bronnen))
    return {"xlsx": base64.b64encode(make_template(bron, bron.tabellen[vraag["tabel"]], indicatoren)).decode()}


def _check(vraag: Vraag) -> dict[str, object]:
    """Return what is wrong with the file; nothing is kept."""
    raw = Path(vraag["raw"])
    keuring = check_path(Path(vraag["pad"]), vraag["bron"], _loose(vraag), raw, _kolommen(vraag))
    perioden = sorted({str(p) for frame in keuring.frames.values() for kolom in ("periode", "schooljaar", "jaar")
                       if kolom in frame for p in frame[kolom].unique()})  # fmt: skip
    return {
        "meldingen": [melding.as_dict() for melding in keuring.meldingen[:_MEESTE]],
        "meer": max(0, len(keuring.meldingen) - _MEESTE),
        "opmerkingen": [melding.as_dict() for melding in keuring.opmerkingen[:_MEESTE]],
        "rijen": keuring.aantal_rijen,
        "controles": len(keuring.kwaliteit),
        "perioden": perioden,
        "kan_vertrouwelijk": can_be_confidential(find_bron(vraag["bron"])),
        "sprong": any(SPRONG_ADVIES in (melding.advies or "") for melding in keuring.meldingen),
        "rijen_gelezen": _first_rows(keuring, find_bron(vraag["bron"])),
    }


def _first_rows(keuring: Keuring, bron: Bron) -> list[dict[str, list[list[str]] | list[str]]]:
    """Return per table its first rows as they were read, for who gave the file; no number of a person is in them."""
    gelezen = []
    for naam, frame in keuring.frames.items():
        kolommen = bron.tabellen[naam].kolommen
        rijen = frame.head(_MEESTE_RIJEN).fillna("").astype("str")
        namen = [k for k in rijen.columns if not kolommen[k].geheim and (rijen[k] != "").any()]
        komma = {k: rijen[k].str.replace(".", ",", regex=False) for k in namen if kolommen[k].type == "getal"}
        gelezen.append({"kolommen": namen, "rijen": rijen[namen].assign(**komma).to_numpy().tolist()})
    return gelezen


def _loose(vraag: Vraag) -> Los:
    """Return what was filled in of a file that has no levering.yml."""
    return Los(
        vraag.get("periode", ""),
        vraag.get("leverancier", ""),
        bool(vraag.get("vertrouwelijk")),
        vraag.get("sprong", ""),
        readable(Path(vraag["warehouse"])),
    )


def readable(warehouse: Path) -> frozenset[str]:
    """Return the deliveries behind the publication of now: of what others filed since, nobody here may learn."""
    nu = newest_whole(warehouse)
    if nu is None:
        return frozenset()
    with open_alone(nu) as con:
        return frozenset(str(rij[0]) for rij in con.execute("select levering_id from levering").fetchall())


def _try(vraag: Vraag) -> dict[str, object]:
    """Return what would change if this were filed."""
    from app.opdrachten.aanleveren.proef import try_delivery

    mappen = (Path(vraag["raw"]), Path(vraag["warehouse"]), Path(vraag["werkmap"]))
    return try_delivery(Path(vraag["pad"]), vraag["bron"], _loose(vraag), mappen, _kolommen(vraag), _tell)


def _accept(vraag: Vraag) -> dict[str, object]:
    """Return where the delivery was filed."""
    raw = Path(vraag["raw"])
    plek = accept_path(
        Path(vraag["pad"]), vraag["bron"], vraag["periode"], raw, _kolommen(vraag),
        los=_loose(vraag),
    ).plek  # fmt: skip
    return {"plek": f"{plek.parent.name}/{plek.name}"}


def _withdraw(vraag: Vraag) -> dict[str, object]:
    """Return the mark on a delivery that counts no more."""
    return {"intrekking": str(withdraw(Path(vraag["raw"]), vraag["levering"], vraag["reden"], today()))}


def _build(vraag: Vraag) -> dict[str, object]:
    """Return the id of the publication that was made of all deliveries."""
    from pipelines.bouwen import build

    gebouwd = build(Path(vraag["raw"]), Path(vraag["warehouse"]), stap=_tell)
    return {"publicatie": gebouwd.publicatie_id, "opzij": [str(melding) for melding in gebouwd.opzij]}


def _kolommen(vraag: Vraag) -> Path | None:
    """Return the mapping that a person confirmed on the page, or that of the last delivery, as a file."""
    if vraag.get("kolommen") == "vorige":
        return latest_kolommen(Path(vraag["raw"]), find_bron(vraag["bron"]), vraag.get("leverancier", ""))
    if not vraag.get("kolommen"):
        return None
    pad = Path(vraag["werkmap"]) / KOLOMMEN_YML
    pad.write_text(yaml.safe_dump(vraag["kolommen"], allow_unicode=True, sort_keys=False), encoding="utf-8")
    return pad


def _tell(stap: str) -> None:
    """Say which step of a build begins; whoever asked may be gone."""
    with contextlib.suppress(OSError):
        print(json.dumps({"stap": stap}), flush=True)


WOORDEN: Mapping[str, Callable[[Vraag], dict[str, object]]] = {
    "voorstel": _propose, "eerder": _earlier, "check": _check, "proef": _try, "accept": _accept, "withdraw": _withdraw,
    "build": _build, "sjabloon": _template,
}  # fmt: skip


def answer(vraag: Vraag) -> dict[str, object]:
    """Return the answer to one question; what was refused, or went wrong, as messages."""
    try:
        return WOORDEN[vraag["wat"]](vraag)
    except AfgekeurdError as fout:
        meldingen = fout.meldingen
    except Exception as fout:
        write_log(Path(vraag["warehouse"]), fout)
        meldingen = [Melding("", "Dit liep vast.", advies="Probeer het opnieuw; helpt dat niet, meld dit dan.")]
    return {"meldingen": [melding.as_dict() for melding in meldingen[:_MEESTE]]}


if __name__ == "__main__":
    give_way()
    print(json.dumps({"antwoord": answer(json.load(sys.stdin))}, default=str))
