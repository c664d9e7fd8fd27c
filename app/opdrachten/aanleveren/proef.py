"""What would change if a delivery were filed: a publication on trial beside the real one, and how they differ.

The trial is made of the deliveries behind the publication of now and the one that is tried. What others filed or
withdrew since, and what waits in a concept, is not in it: it would show as the effect of this delivery.

Whoever tries variants of a file could learn from the differences what is hidden. So a cell that is hidden now or on
trial is in no list, how many there are is only in the log, for whoever keeps the monitor, and a source has few trials
a day, each of them logged.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from app.lezen.verschil.publicatieverschil import compare
from app.oordeel.vergelijken.cijferwijziging import count_by_indicator, largest
from app.opdrachten.aanleveren.proevenboek import PROEVEN, Proef, note_outcome, take_turn
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.warehouse.gaaf import newest_whole
from pipelines.afspraken.warehouse.geheugen import BESTAND, load_geheugen, save_geheugen
from pipelines.afspraken.warehouse.uitkomsten import share
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, INGETROKKEN, PUBLICATIE, open_alone
from pipelines.bouwen import build
from pipelines.levering import onthouden
from pipelines.levering.aannemen import Los, accept_path
from pipelines.levering.leveringen import read_levering, sha256_of, today
from pipelines.rekenen import eerder

_MEESTE = 20


def try_delivery(
    bestand: Path, bron: str, los: Los, mappen: tuple[Path, Path, Path], kolommen: Path | None,
    stap: Callable[[str], None] = lambda _naam: None,
) -> dict[str, object]:  # fmt: skip
    """Return the largest changes and how many there are; `mappen` are raw, the warehouse and a folder to work in.

    How many cells would become hidden is for whoever keeps the monitor: it is in the log.

    Raises:
        AfgekeurdError: the delivery is wrong or does not go with others, there is no publication to compare with, its
            deliveries are not what they were, or this source had its trials.
    """
    raw, warehouse, werkmap = mappen
    nu = newest_whole(warehouse)
    if nu is None:
        raise AfgekeurdError([Melding("", "Er is nog geen publicatie om mee te vergelijken.")])
    som = sha256_of(bestand)
    over = take_turn(warehouse / PROEVEN, bron, som, today())
    proefraw, proef = werkmap / "raw", werkmap / "warehouse"
    _copy_published(nu, raw, proefraw)
    proef.mkdir()
    if (warehouse / ARCHIEF).is_dir():
        shutil.copytree(warehouse / ARCHIEF, proef / ARCHIEF)
    if (warehouse / BESTAND).is_file():
        shutil.copyfile(warehouse / BESTAND, proef / BESTAND)
    for map_ in (onthouden.MAP, eerder.MAP):
        share(warehouse / map_, proef / map_)
    accept_path(bestand, bron, los.periode, proefraw, kolommen, los=los)
    _build(proefraw, proef, stap)
    _remember(warehouse, proef)
    verschil = compare(nu, proef / PUBLICATIE, nu)
    note_outcome(warehouse / PROEVEN, Proef(f"{today()}", bron, som, verschil.verborgen, verschil.weer_getoond))
    return {
        "aantallen": verschil.counts(),
        "per_indicator": count_by_indicator(verschil.cijfers),
        "grootste": [asdict(cijfer) for cijfer in largest(verschil.cijfers, _MEESTE)],
        "breuken": _new_breaks(nu, proef / PUBLICATIE),
        "nog": over,
    }


def _build(raw: Path, warehouse: Path, stap: Callable[[str], None]) -> None:
    """Build the trial; that a figure jumps beside those of others is no reason to stop.

    A refusal would tell how large a secret figure is, to who tries a few. What jumps beside open ones was refused.

    Raises:
        AfgekeurdError: it does not go with the other deliveries; what of those it clashes with is not said here.
    """
    try:
        build(raw, warehouse, stap=stap, op_proef=True)
    except AfgekeurdError:
        tekst = "Met deze levering kan nu geen publicatie worden gemaakt."
        advies = "Klopt uw bestand, bewaar het dan: wie de monitor beheert, ziet wat er botst."
        raise AfgekeurdError([Melding("", tekst, advies=advies)]) from None


def _copy_published(nu: Path, raw: Path, proefraw: Path) -> None:
    """Copy the deliveries that this publication was made of, also those that were withdrawn since.

    Raises:
        AfgekeurdError: one of them is not there any more, or not as it was.
    """
    with open_alone(nu) as con:
        rijen = con.execute("select levering_id, bron, tabel, sha256 from levering order by all").fetchall()
    bronnen, sommen = load_bronnen(), {(levering_id, tabel): som for levering_id, _, tabel, som in rijen}
    proefraw.mkdir()
    for levering_id, bron in dict.fromkeys((levering_id, bron) for levering_id, bron, _, _ in rijen):
        try:
            # A mark of withdrawal came later, and so did whatever is being written.
            bijzaak = shutil.ignore_patterns(INGETROKKEN, ".*")
            shutil.copytree(raw / levering_id, proefraw / levering_id, symlinks=True, ignore=bijzaak)
            bestanden = read_levering(proefraw / levering_id, bronnen, bron).bestanden
            nu_sommen = {(levering_id, tabel): ", ".join(map(sha256_of, paden)) for tabel, paden in bestanden.items()}
        except (OSError, shutil.Error, AfgekeurdError):
            nu_sommen = {}
        if nu_sommen != {plek: som for plek, som in sommen.items() if plek[0] == levering_id}:
            tekst = "De leveringen achter de publicatie van nu zijn niet meer wat zij waren; vergelijken kan nu niet."
            raise AfgekeurdError([Melding("", tekst, advies="Vraag wie de monitor beheert om een nieuwe publicatie.")])


def _remember(warehouse: Path, proef: Path) -> None:
    """Let the build of the same delivery find what the trial worked out; each outcome is by the hash of its input."""
    with contextlib.suppress(OSError):
        save_geheugen(warehouse, {**load_geheugen(proef), **load_geheugen(warehouse)})


def _new_breaks(nu: Path, straks: Path) -> list[dict[str, str]]:
    """Return the breaks in a series that there would be and are not there now."""
    met_waar = []
    for pad in (nu, straks):
        with open_alone(pad) as con:
            vraag = "select indicator_id, regio_code, branche_code, datum, tekst from trendbreuk order by all"
            met_waar.append(con.execute(vraag).fetchall())
    namen = ("indicator_id", "regio_code", "branche_code", "datum", "tekst")
    oud = set(met_waar[0])
    return [
        {naam: "" if deel is None else str(deel) for naam, deel in zip(namen, rij, strict=True)}
        for rij in met_waar[1] if rij not in oud
    ]  # fmt: skip
