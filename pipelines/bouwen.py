"""One build: raw deliveries → validated → work database → indicators → publication, swapped in whole."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.aanval.audit import audit, refuse, still_readable, warn_of_kept
from pipelines.aanval.uitgegeven.eigen import refuse_foreign
from pipelines.afspraken.codelijsten import Herkomst
from pipelines.afspraken.contract import BRONNEN, Bron, load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, Indicator, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path, show_value
from pipelines.afspraken.vangnet import write_log
from pipelines.afspraken.warehouse.bewaard import ever_published, kept, seal
from pipelines.afspraken.warehouse.concept import concepts, refuse_past, shown_to_areas, why_not
from pipelines.afspraken.warehouse.gaaf import is_whole, newest_whole
from pipelines.afspraken.warehouse.geheugen import load_geheugen, save_geheugen
from pipelines.afspraken.warehouse.opslagstand import refuse_following
from pipelines.afspraken.warehouse.schrijven import lock_warehouse, scratch
from pipelines.afspraken.warehouse.uitkomsten import Uitkomsten, open_uitkomsten
from pipelines.afspraken.warehouse.verbinding import ARCHIEF, DUCKDB_CONFIG, KLEIN_BLOK, open_alone
from pipelines.afspraken.warehouse.verbinding import PUBLICATIE as PUBLICATIE
from pipelines.afspraken.warehouse.verbinding import WERK as WERK
from pipelines.laden.laden import load_werk
from pipelines.levering import opzij
from pipelines.levering.invoer import Invoer, check_unchanged, hash_files, read_invoer
from pipelines.levering.leveringen import with_way_out
from pipelines.levering.onthouden import open_onthouden
from pipelines.levering.toets import leesproces
from pipelines.levering.toets.keuren import validate_levering
from pipelines.levering.toets.sprong import note_jumps
from pipelines.levering.toets.valideren import Keuring
from pipelines.onthulling import onthulling
from pipelines.publicatie.naverbergen import hide_more, note_known
from pipelines.publicatie.plaatsen.eigen import Grondslag, write_own
from pipelines.publicatie.plaatsen.wisselen import set_apart, swap_in
from pipelines.publicatie.publiceren import Gebouwd, publish
from pipelines.rekenen import eerder
from pipelines.rekenen.compileren import compile_indicatoren
from pipelines.rekenen.steekproef.enquete import compile_enquete
from pipelines.rekenen.steekproef.verschil import compile_verschillen

STAPPEN = (
    "Leveringen zoeken",
    "Leveringen controleren",
    "Gegevens laden",
    "Indicatoren berekenen",
    "Onthulling voorkomen",
    "Publicatie schrijven",
    "Publicatie aanvallen",
)
# So often the attack may find something: then more is hidden, from the third time on the whole table.
RONDEN, HELE_TABEL_VANAF = 6, 2
Stap = Callable[[str], None]


def input_sha256(raw: Path, indicators: Path = INDICATORS_YML) -> str:
    """Return one hash over everything a publication depends on: raw files, indicators.yml and the code."""
    return Invoer([], [], hash_files(raw, indicators)).sha256


def is_current(raw: Path, warehouse: Path, *, als_concept: bool = False) -> bool:
    """Return whether the publication was made from exactly what is there now; or the newest concept, if one waits."""
    pad = warehouse / PUBLICATIE
    if als_concept and (wachtend := [*concepts(warehouse).values()]):
        if why_not(warehouse, wachtend[-1]):
            return False
        pad = wachtend[-1].bestand
    try:
        if not raw.is_dir() or not is_whole(pad):
            return False
        with open_alone(pad) as con:
            rij = con.execute("select invoer_sha256 from publicatie").fetchone()
        return rij is not None and rij[0] == input_sha256(raw)
    except (duckdb.Error, OSError):
        # What cannot be read is for the build to name.
        return False


def list_set_aside(warehouse: Path) -> list[str]:
    """Return what the publication says of deliveries that were set aside when it was built."""
    with open_alone(warehouse / PUBLICATIE) as con:
        rijen = con.execute("select melding from kwaliteit where controle = ? order by all", [opzij.CONTROLE])
        return [str(melding) for (melding,) in rijen.fetchall()]


def build(
    raw: Path,
    warehouse: Path,
    indicators: Path = INDICATORS_YML,
    stap: Stap = lambda _naam: None,
    *,
    als_concept: bool = False,
    op_proef: bool = False,
) -> Gebouwd:
    """Build a publication and put it in the place of the old one, which stays whole until that moment.

    With `als_concept` it waits among the concepts until two people release it; while one waits, nothing else is
    published. A delivery that passes its checks and yet breaks a later step is set aside, and the rest is built. With
    `op_proef` deliveries are not laid beside each other: nobody may learn from a refusal what others delivered.

    Raises:
        WachtError: a concept waits, and this would be no concept.
        AfgekeurdError: a delivery or `indicators.yml` is wrong, or a hidden figure can be computed back; the last
            good publication stays.
    """
    refuse_following(warehouse)
    if not als_concept:
        refuse_past(warehouse)
    stap("Leveringen zoeken")
    bronnen = load_bronnen(BRONNEN)
    indicatoren = load_indicatoren(indicators, bronnen)
    invoer = read_invoer(raw, indicators, bronnen)
    if not invoer.leveringen:
        advies = "Zet er een levering in."
        raise AfgekeurdError([Melding(show_value(raw), "Er zijn geen leveringen.", advies=advies)])
    stap("Leveringen controleren")
    keuringen = validate_all(invoer, bronnen, indicatoren, warehouse, met_sprongen=not op_proef)
    cellen = open_uitkomsten(warehouse / eerder.MAP, invoer.sommen)
    taak = _Taak(raw, warehouse, bronnen, indicatoren, invoer, cellen, als_concept)
    with lock_warehouse(warehouse):
        if not als_concept:
            # Asked again: one may have come while deliveries were looked at.
            refuse_past(warehouse)
        seal(warehouse)
        weg: list[opzij.Opzij] = []
        while True:
            try:
                return _make(taak, keuringen, weg, stap)
            except opzij.VastgelopenError as fout:
                keuringen = _set_aside(taak, keuringen, weg, fout)


@dataclass(frozen=True)
class _Taak:
    """What every attempt of one build has in common."""

    raw: Path
    warehouse: Path
    bronnen: Mapping[str, Bron]
    indicatoren: Mapping[str, Indicator]
    invoer: Invoer
    cellen: Uitkomsten
    als_concept: bool = False

    def remarks(self, weg: list[opzij.Opzij]) -> list[tuple[str, str, str, bool]]:
        """Return what there is to say of deliveries that do not count."""
        return [
            *((mark.levering_id, "ingetrokken", str(mark), True) for mark in self.invoer.intrekkingen),
            *((deel.levering_id, opzij.CONTROLE, str(deel.melding), False) for deel in weg),
        ]


def _set_aside(
    taak: _Taak, keuringen: list[Keuring], weg: list[opzij.Opzij], fout: opzij.VastgelopenError
) -> list[Keuring]:
    """Return the deliveries without the one that broke the build, and note that one in `weg`.

    Raises:
        Exception: what broke the build, when no delivery is to blame.
    """
    log = write_log(taak.warehouse, fout)
    breker = opzij.find_breaker(keuringen, lambda deel: _make(taak, deel, [], tot=fout.stap))
    if breker is None or len(keuringen) == 1 or len(weg) == opzij.MEESTE_OPZIJ:
        raise fout
    weg.append(opzij.explain(breker, fout, log))
    return [keuring for keuring in keuringen if keuring is not breker]


def _make(
    taak: _Taak, keuringen: list[Keuring], weg: list[opzij.Opzij], stap: Stap = lambda _naam: None, tot: str = ""
) -> Gebouwd:
    """Make a publication of these deliveries and put it in place; with `tot`, stop after that step and keep nothing."""
    with scratch(taak.warehouse, ".bouw-") as bouwmap:
        con = duckdb.connect(str(bouwmap / WERK), config=DUCKDB_CONFIG | {"default_block_size": KLEIN_BLOK})
        poging = _Poging(taak, keuringen, taak.remarks(weg), con, bouwmap)
        try:
            for naam, werk in poging.steps().items():
                stap(naam)
                opzij.run_step(naam, werk)
                if naam == tot:
                    return poging.gebouwd
            check_unchanged(taak.invoer)
            save_geheugen(taak.warehouse, poging.geheugen)
            taak.cellen.forget_others()
            if taak.als_concept:
                poging.write_own(weg)
        finally:
            con.close()
        if taak.als_concept:
            mappen = [keuring.levering.map for keuring in keuringen]
            set_apart(bouwmap, taak.warehouse, poging.gebouwd.publicatie_id, mappen)
        else:
            swap_in(bouwmap, taak.warehouse, poging.gebouwd.publicatie_id)
    gezegd = tuple(
        melding for keuring in keuringen if keuring.levering.herkomst != Herkomst.SYNTHETISCH
        for melding in _with_place(keuring, keuring.opmerkingen)
    )  # fmt: skip
    return replace(poging.gebouwd, opzij=tuple(deel.melding for deel in weg), gezegd=gezegd)


@dataclass
class _Poging:
    """One attempt at a publication, in a folder of its own."""

    taak: _Taak
    keuringen: list[Keuring]
    opmerkingen: list[tuple[str, str, str, bool]]
    con: duckdb.DuckDBPyConnection
    bouwmap: Path
    gebouwd: Gebouwd = field(default_factory=lambda: Gebouwd("", 0, 0))

    def __post_init__(self) -> None:
        """Take stock of what was published and hidden before."""
        self.eerder = ever_published(self.taak.warehouse)
        if self.taak.als_concept:
            self.eerder += [klaar.bestand for klaar in shown_to_areas(self.taak.warehouse)]
        self.geheugen = load_geheugen(self.taak.warehouse)

    def steps(self) -> dict[str, Callable[[], None]]:
        """Return the steps by name, in their order."""
        werk = (self._load, self._compile, self._suppress, self._publish, self._attack)
        return dict(zip(STAPPEN[2:], werk, strict=True))

    def _load(self) -> None:
        load_werk(self.con, self.keuringen, self.taak.bronnen, self.taak.indicatoren)

    def _compile(self) -> None:
        indicatoren, bronnen = self.taak.indicatoren, self.taak.bronnen
        self.con.execute(onthulling.MACRO)
        compile_indicatoren(self.con, indicatoren, bronnen, self.taak.cellen)
        metingen = compile_enquete(self.con, indicatoren, bronnen)
        compile_verschillen(self.con, indicatoren, bronnen, metingen)

    def _suppress(self) -> None:
        onthulling.suppress(self.con, self.taak.indicatoren, self.eerder, self.geheugen)

    def _publish(self) -> None:
        self.gebouwd = publish(
            self.con, self.bouwmap / PUBLICATIE, self.keuringen, self.taak.invoer.sha256, self.taak.bronnen,
            self.opmerkingen,
        )  # fmt: skip

    def _attack(self) -> None:
        """Attack as an outsider before it is shown, and hide more for as long as something is found.

        What only earlier publications give away is no reason to keep the newest of those in its place.

        Raises:
            AfgekeurdError: the publication itself says elsewhere what it hides.
        """
        pad = self.bouwmap / PUBLICATIE
        # Of two that say the same the one that can be withdrawn is named: the last.
        eerder = sorted(self.eerder, key=lambda pad: pad.parent.name == ARCHIEF)
        for ronde in range(RONDEN):
            gevonden = audit(pad, eerder, self.con, self.geheugen)
            nieuw = [bevinding for bevinding in gevonden if bevinding.is_nieuw]
            if not nieuw:
                break
            if any(bevinding.is_elders for bevinding in nieuw) or ronde == RONDEN - 1:
                raise refuse(nieuw)
            erbij, geheim = hide_more(pad, nieuw, alles=ronde >= HELE_TABEL_VANAF)
            self.gebouwd = replace(self.gebouwd, aantal_onderdrukt=geheim)
            if ronde >= HELE_TABEL_VANAF and not erbij:
                # Of these tables nothing is shown: what can be told of them is told by others.
                gevonden = [replace(bevinding, is_nieuw=False) for bevinding in gevonden]
                break
        te_lezen = kept(self.taak.warehouse)
        weg = {pad.stem for pad in eerder} - te_lezen.keys()
        if bekend := still_readable(gevonden, weg):
            note_known(pad, bekend)
        self.gebouwd = replace(self.gebouwd, onveilig=tuple(warn_of_kept(gevonden, te_lezen)))

    def write_own(self, weg: list[opzij.Opzij]) -> None:
        """Write beside a concept what each area may see of it before its release.

        Raises:
            AfgekeurdError: there is something of others in it.
        """
        taak, pad = self.taak, self.bouwmap / PUBLICATIE
        van = Grondslag(self.keuringen, weg, taak.invoer.intrekkingen, taak.bronnen, taak.indicatoren)
        write_own(self.con, pad, newest_whole(taak.warehouse), van)
        refuse_foreign(pad)


def list_publications(warehouse: Path) -> list[tuple[str, datetime, int, bool]]:
    """Return per kept publication that is whole its id, when it was made, its size, and whether the app shows it."""
    getoond = newest_whole(warehouse)
    huidig = _describe(getoond) if getoond else None
    bewaard = [_describe(pad) for pad in kept(warehouse).values() if is_whole(pad)]
    return [(*beschrijving, beschrijving == huidig) for beschrijving in bewaard if beschrijving is not None]


def _describe(pad: Path) -> tuple[str, datetime, int] | None:
    with open_alone(pad) as con:
        return con.execute("select publicatie_id, gemaakt_op, aantal_waarnemingen from publicatie").fetchone()


def validate_all(
    invoer: Invoer,
    bronnen: Mapping[str, Bron],
    indicatoren: Mapping[str, Indicator],
    warehouse: Path,
    *,
    met_sprongen: bool = True,
) -> list[Keuring]:
    """Return the validated deliveries; one that passed before, and is what it was, is not looked at again.

    Raises:
        AfgekeurdError: any of them fails a check; the failures of all of them.
    """
    eenheden = {i.indicator_id: i.eenheid for i in indicatoren.values()}
    onthouden = open_onthouden(warehouse, invoer, bronnen, eenheden)
    try:
        keuringen = [
            onthouden.recall(levering) or validate_levering(levering, bronnen[levering.bron], eenheden)
            for levering in invoer.leveringen
        ]
    finally:
        leesproces.close()
    if not any(keuring.meldingen for keuring in keuringen):
        warehouse.mkdir(parents=True, exist_ok=True)
        onthouden.keep(keuringen)
        if met_sprongen:
            note_jumps(keuringen, bronnen, indicatoren)
    fouten = [
        melding
        for keuring in keuringen
        if keuring.meldingen
        for melding in with_way_out(_with_place(keuring, keuring.meldingen), keuring.levering.map)
    ]
    if fouten:
        pad = next(k.levering.map for k in keuringen if k.meldingen)
        raise AfgekeurdError(fouten, f".venv/bin/regiomonitor check {shlex.quote(show_path(pad))} --json")
    return keuringen


def _with_place(keuring: Keuring, meldingen: Iterable[Melding]) -> list[Melding]:
    """Return the messages with the delivery they are about."""
    return [replace(melding, bestand=f"{keuring.levering.levering_id}/{melding.bestand}") for melding in meldingen]
