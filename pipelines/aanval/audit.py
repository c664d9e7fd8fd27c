"""Attacking a publication: can a hidden figure be computed back from all that is or was published?

Everything is built anew from the publication, without any code or choice of the suppressor, so that this can
catch it: which cells are sensitive, what adds up, what is known. All publications that can be read are one table:
a cell is the persons of a branche in a region on a day, whatever file or period brings it. The outsider reads them
all. The insider is also an employer, one of the largest of a hidden cell or of its members, and knows its own
persons there. A cell is safe when counts on both sides of its true value are possible, at least 10 % away (5
persons below 10). The true values come from the work database, to judge by; where it has none, a hidden figure may
not be known to within a tenth.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Container, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipelines.aanval.aanval import Plek, Waarheid
from pipelines.aanval.audit_tabellen import Aanvalstabel, add_truth, find_members, make_tabellen
from pipelines.aanval.bevinding import Bevinding, count_cells, name_of
from pipelines.aanval.gevoelig import find_sensitive
from pipelines.aanval.gezien import Reeks, Telling, read_publication, read_tellingen
from pipelines.aanval.lekken import find_in_text, find_leaks
from pipelines.aanval.tabelaanval import attack
from pipelines.aanval.tijd import find_by_area, find_by_revision
from pipelines.aanval.uitgegeven.bestanden import find_in_files, read_secrets
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.afspraken.warehouse.bewaard import ever_published, find_kept, kept
from pipelines.afspraken.warehouse.gaaf import damage_now, is_whole
from pipelines.afspraken.warehouse.geheugen import load_geheugen, save_geheugen
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, PUBLICATIE, WERK, open_alone

# What memory says of a table in which nothing was found; a table with findings is attacked again.
VEILIG = "geen bevindingen"


def audit(
    pad: Path,
    anderen: Sequence[Path],
    werk: duckdb.DuckDBPyConnection | None,
    geheugen: MutableMapping[str, Any],
    *,
    insider: bool = False,
    huidig: Path | None = None,
) -> list[Bevinding]:
    """Return every hidden figure of a publication that an attacker can tell, in a fixed order.

    `anderen`: the other publications that are kept. `werk`: the work database with the true values of
    publication `huidig` (this one unless given). `geheugen`: outcomes by the hash of what they rest on.
    """
    bekend, geheim = _read_secrets(pad, werk)
    eigen = read_publication(pad, geheim, bekend)
    if eigen is None:
        raise AfgekeurdError([Melding(pad.name, "Deze publicatie is niet te lezen.")])
    gelezen = [p for ander in anderen if (p := read_publication(ander, geheim, bekend)) is not None]
    with open_alone(pad) as pub:
        tabellen = make_tabellen(eigen, gelezen, pub)
        waarheid: dict[tuple[Reeks, Plek], Waarheid] = {}
        if werk is not None:
            bij = eigen if huidig in (None, pad) else read_publication(huidig or pad, geheim, bekend)
            waarheid = add_truth(tabellen, werk, bij or eigen)
        gevoelig = find_sensitive(waarheid, {reeks: tabel.dag for reeks, tabel in tabellen.items()})
        bevindingen = find_leaks(
            pub, [(*reeks[:3], blad.periode) for reeks, blad in eigen.bladen.items()], eigen.tellingen
        )
        bevindingen += find_in_text(pub, _secret_names(tabellen, gevoelig), waarheid)
        leden = {tabel.dag: find_members(pub, tabel.dag) for tabel in tabellen.values()}
    for reeks, tabel in sorted(tabellen.items()):
        bevindingen += _attack_once(reeks, tabel, gevoelig[reeks], geheugen, insider=insider)
    return [*bevindingen, *find_by_area(tabellen, gevoelig, leden), *find_by_revision(tabellen)]


def _read_secrets(
    pad: Path, werk: duckdb.DuckDBPyConnection | None
) -> tuple[frozenset[Telling], set[tuple[str, str, str, str]]]:
    """Return what counts the same persons, and what deliveries make confidential; known now, it holds for all kept."""
    try:
        with open_alone(pad) as pub:
            bekend = read_tellingen(pub)
    except duckdb.Error:
        bekend = frozenset()
    geheim: set[tuple[str, str, str, str]] = set()
    if werk is not None:
        bekend |= read_tellingen(werk)
        vraag = "select distinct indicator_id, uitsplitsing, herkomst, periode from cel_exact"
        geheim = set(werk.execute(vraag).fetchall())
    return bekend, geheim


def _secret_names(
    tabellen: Mapping[Reeks, Aanvalstabel], gevoelig: Mapping[Reeks, set[Plek]]
) -> dict[tuple[Reeks, Plek], tuple[str, ...]]:
    """Return how the table of every cell that must stay hidden is told."""
    return {
        (reeks, plek): name_of(reeks, tabel)
        for reeks, tabel in tabellen.items()
        for plek in gevoelig[reeks] & tabel.verborgen & tabel.waarheid.keys()
    }


def _attack_once(
    reeks: Reeks, tabel: Aanvalstabel, gevoelig: set[Plek], geheugen: MutableMapping[str, Any], *, insider: bool
) -> list[Bevinding]:
    """Return what an attack on one table finds; nothing, unasked, when it found nothing before."""
    sleutel = _hash(reeks, tabel, gevoelig, insider=insider)
    if geheugen.get(sleutel) == VEILIG:
        return []
    gevonden = attack(reeks, tabel, gevoelig, insider=insider)
    if not gevonden:
        geheugen[sleutel] = VEILIG
    return gevonden


def refuse(bevindingen: Sequence[Bevinding]) -> AfgekeurdError:
    """Return why a new publication is not shown: one message per figure that can be computed back."""
    advies = "Bouw opnieuw met --force; blijft dit, haal de tabel dan uit de levering en meld het aan de beheerder."
    return AfgekeurdError(
        [Melding("publicatie", f"Geheim cijfer te achterhalen: {b}.", advies=advies) for b in bevindingen]
    )


def still_readable(bevindingen: Sequence[Bevinding], weg: Container[str]) -> list[Bevinding]:
    """Return the findings without what only a withdrawn publication shows: it cannot be taken back any further."""
    return [b for b in bevindingen if b.is_nieuw or b.publicatie not in weg]


def warn_of_kept(bevindingen: Sequence[Bevinding], leesbaar: Container[str]) -> list[Melding]:
    """Return per kept publication that can be read and gives a hidden figure away which file it is, and what to do."""
    per_bestand: dict[str, list[Bevinding]] = {}
    for bevinding in bevindingen:
        if bevinding.publicatie in leesbaar:
            per_bestand.setdefault(bevinding.publicatie, []).append(bevinding)
    uit = [_warn_of_file(naam, groep) for naam, groep in sorted(per_bestand.items())]
    if los := [bevinding for bevinding in bevindingen if not bevinding.publicatie and not bevinding.is_nieuw]:
        cellen = "1 geheime cel" if count_cells(los) == 1 else f"{count_cells(los)} geheime cellen"
        tekst = f"Eerdere publicaties geven, met wat anderen publiceren, {cellen} prijs, zoals {los[0]}."
        advies = "Meer verbergen helpt daar niet tegen. Alles wat te achterhalen is: .venv/bin/regiomonitor audit"
        uit.append(Melding(ARCHIEF, tekst, advies=advies))
    return uit


def _warn_of_file(naam: str, groep: Sequence[Bevinding]) -> Melding:
    aantal = count_cells(groep)
    return Melding(
        f"{ARCHIEF}/{naam}.duckdb",
        f"Deze bewaarde publicatie toont {aantal} {'cijfer' if aantal == 1 else 'cijfers'} "
        f"{'dat' if aantal == 1 else 'die'} nu geheim {'is' if aantal == 1 else 'zijn'}, zoals {groep[0]}.",
        advies="Maak een versie zonder die cijfers: .venv/bin/regiomonitor publications --herschrijven "
        f"{naam}; of trek haar in met --intrekken {naam} --reden 'toont wat nu geheim is'.",
    )


def audit_warehouse(warehouse: Path, publicatie_id: str | None, *, insider: bool) -> tuple[str, int, list[Bevinding]]:
    """Return the id of a kept publication (the current one unless given), how much it hides, and the findings.

    Raises:
        AfgekeurdError: there is no such publication, or it was withdrawn.
    """
    huidig = warehouse / PUBLICATIE
    archief = kept(warehouse)
    if not huidig.is_file():
        advies = "Maak er een met: .venv/bin/regiomonitor build"
        raise AfgekeurdError([Melding(str(warehouse), "Er is nog geen publicatie.", advies=advies)])
    beschadigd = damage_now(warehouse)
    if beschadigd and publicatie_id is None:
        raise AfgekeurdError([beschadigd])
    nu = "" if beschadigd else str(_one(huidig, "select publicatie_id from publicatie"))
    bewaard = archief.pop(nu, huidig)
    if publicatie_id not in (None, nu, *archief):
        find_kept(warehouse, str(publicatie_id), str(warehouse))
    pad = archief.pop(publicatie_id, huidig) if publicatie_id else huidig
    if not is_whole(pad):
        advies = "Kies een andere publicatie; .venv/bin/regiomonitor publications noemt ze."
        raise AfgekeurdError([Melding(pad.name, "Deze publicatie is beschadigd.", advies=advies)])
    # Of a damaged one nobody can tell which deliveries it was made of, so the true values say nothing of another.
    anderen = [*archief.values()] if pad == huidig or beschadigd else [*archief.values(), bewaard]
    # Who read one before it was withdrawn knows what it said; a kept one that says the same is the one to name.
    weg = [
        p for p in ever_published(warehouse) if p not in kept(warehouse).values() and p.stem != (publicatie_id or nu)
    ]
    geheugen = load_geheugen(warehouse)
    with contextlib.ExitStack() as open_:
        werk = None if beschadigd else _open_work(warehouse)
        if werk is not None:
            open_.enter_context(werk)
        bevindingen = audit(pad, [*weg, *anderen], werk, geheugen, insider=insider, huidig=huidig)
    bevindingen = still_readable(bevindingen, {p.stem for p in weg})
    # Only a quicker next time: without it the findings are the same.
    with contextlib.suppress(OSError):
        save_geheugen(warehouse, geheugen)
    return publicatie_id or nu, int(_one(pad, "select aantal_onderdrukt from publicatie")), bevindingen


def _open_work(warehouse: Path) -> duckdb.DuckDBPyConnection | None:
    """Return the work database with the true values, after all of it was read; nothing where there is none.

    Raises:
        AfgekeurdError: it is damaged. An attack without true values finds less, so it does not go on as if it was gone.
    """
    if not (warehouse / WERK).is_file():
        return None
    try:
        werk = open_alone(warehouse / WERK)
        for plek in werk.execute("select schema_name, table_name from duckdb_tables()").fetchall():
            werk.execute('select bit_xor(hash(rij)) from "{}"."{}" as rij'.format(*plek)).fetchone()
    except duckdb.Error as fout:
        advies = "Maak een nieuwe met: .venv/bin/regiomonitor build --force"
        raise AfgekeurdError(
            [Melding(WERK, "Dit bestand met de exacte cijfers is beschadigd.", advies=advies)]
        ) from fout
    return werk


def audit_files(warehouse: Path, publicatie_id: str, map_: Path) -> tuple[list[Bevinding], list[Path]]:
    """Return what files that were written of a publication say of what it hides, and which could not be read.

    Raises:
        AfgekeurdError: there is no such folder.
    """
    if not map_.is_dir():
        advies = "Geef de map die .venv/bin/regiomonitor export of report schreef."
        raise AfgekeurdError([Melding(show_value(map_), "Deze map bestaat niet.", advies=advies)])
    with contextlib.ExitStack() as open_:
        paden = [kept(warehouse).get(publicatie_id, warehouse / PUBLICATIE), warehouse / WERK]
        pub, *werk = (
            open_.enter_context(open_alone(pad))
            for pad in paden if pad.is_file()
        )  # fmt: skip
        return find_in_files(map_, read_secrets(pub, werk[0] if werk else None))


def _one(pad: Path, vraag: str) -> Any:  # noqa: ANN401
    with open_alone(pad) as con:
        rij = con.execute(vraag).fetchone()
    assert rij is not None
    return rij[0]


def _hash(reeks: Reeks, tabel: Aanvalstabel, gevoelig: set[Plek], *, insider: bool) -> str:
    """Return one hash over all that the outcome of an attack depends on, this code included."""
    som = hashlib.sha256()
    for code in sorted(Path(__file__).parent.glob("*.py")):
        som.update(code.read_bytes())
    delen = (
        reeks, insider, tabel.is_optelbaar, tabel.heeft_noemer, tabel.relaties,
        *(sorted(d.items()) for d in (tabel.feiten, tabel.eigen, tabel.getoond_in, tabel.verborgen_in, tabel.waarheid)),
        *map(sorted, (tabel.verborgen, tabel.getoond, gevoelig)),
    )  # fmt: skip
    som.update(repr(delen).encode())
    return f"audit {som.hexdigest()}"
