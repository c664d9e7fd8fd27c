"""Attacking a publication: can a hidden figure be computed back from all that is or was published?

Everything is built anew from the publication, without any code or choice of the suppressor, so that this can
catch it: which cells are sensitive, what adds up, what is known. The outsider reads the publication and every
publication that is kept. The insider is also an employer, the largest or second largest of a hidden cell, and
knows its own persons there. A cell is safe when counts on both sides of its true value are possible, at least
10 % away (5 persons below 10). The true values come from the work database, to judge by; where it has none, a
hidden figure may not be narrower than a shown one.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipelines.aanval.aanval import (
    Aanval,
    Doelwit,
    Feit,
    Plek,
    Waarheid,
    Weet,
    find_interval,
    find_unprotected,
    true_side,
)
from pipelines.aanval.audit_tabellen import HALF_TIEN, Aanvalstabel, Reeks, add_earlier, add_truth, load_tabellen
from pipelines.afspraken.codelijsten import LAND, TOTAAL
from pipelines.afspraken.gaaf import damage_now, is_whole
from pipelines.afspraken.geheugen import load_geheugen, save_geheugen
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.verbinding import ARCHIEF, DUCKDB_CONFIG, PUBLICATIE, WERK

# A4: how near an attacker may come: a tenth, or five persons where there are fewer than ten.
TIENDE, TIEN, VIJF = 0.10, 10, 5.0
# What memory says of a table in which nothing was found; a table with findings is attacked again.
VEILIG = "geen bevindingen"
# A5: after so many safe periods a cell may be shown again.
VEILIG_NA = 2


@dataclass(frozen=True)
class Bevinding:
    """One hidden figure that can be told, by whom and from what."""

    reeks: tuple[str, ...]
    plek: Plek
    kant: str
    tekst: str
    is_nieuw: bool = True

    def __str__(self) -> str:
        """Return the finding as one line."""
        indicator_id, uitsplitsing, herkomst, periode, *_ = self.reeks
        tabel = ", ".join(deel for deel in (indicator_id, uitsplitsing, periode, herkomst) if deel)
        return f"{tabel}, {' × '.join(self.plek)}, {self.kant}: {self.tekst}"


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
    with duckdb.connect(str(pad), read_only=True, config=DUCKDB_CONFIG) as pub:
        bevindingen = find_leaks(pub)
        tabellen = load_tabellen(pub)
    for ander in anderen:
        add_earlier(tabellen, ander)
    if werk is not None:
        add_truth(tabellen, werk, huidig or pad)
    gevoelig = find_sensitive(tabellen)
    for reeks, tabel in tabellen.items():
        sleutel = _hash(reeks, tabel, gevoelig[reeks], insider=insider)
        if geheugen.get(sleutel) != VEILIG:
            gevonden = attack(reeks, tabel, gevoelig[reeks], insider=insider)
            bevindingen += gevonden
            if not gevonden:
                geheugen[sleutel] = VEILIG
    return bevindingen


def audit_build(
    con: duckdb.DuckDBPyConnection, pad: Path, eerder: Sequence[Path], geheugen: MutableMapping[str, Any]
) -> None:
    """Attack a new publication as an outsider before it is shown.

    What only earlier publications give away is no reason to keep the newest of those in its place.

    Raises:
        AfgekeurdError: the new publication lets a hidden figure be computed; one message per figure.
    """
    advies = "Bouw opnieuw met --force; blijft dit, haal de tabel dan uit de levering en meld het aan de beheerder."
    nieuw = [b for b in audit(pad, eerder, con, geheugen) if b.is_nieuw]
    if nieuw:
        raise AfgekeurdError(
            [Melding("publicatie", f"Geheim cijfer te achterhalen: {b}.", advies=advies) for b in nieuw]
        )


def audit_warehouse(warehouse: Path, publicatie_id: str | None, *, insider: bool) -> tuple[str, int, list[Bevinding]]:
    """Return the id of a kept publication (the current one unless given), how much it hides, and the findings.

    Raises:
        AfgekeurdError: there is no such publication.
    """
    huidig = warehouse / PUBLICATIE
    archief = {pad.stem: pad for pad in sorted((warehouse / ARCHIEF).glob("*.duckdb"))}
    if not huidig.is_file():
        advies = "Maak er een met: .venv/bin/regiomonitor build"
        raise AfgekeurdError([Melding(str(warehouse), "Er is nog geen publicatie.", advies=advies)])
    beschadigd = damage_now(warehouse)
    if beschadigd and publicatie_id is None:
        raise AfgekeurdError([beschadigd])
    nu = "" if beschadigd else str(_one(huidig, "select publicatie_id from publicatie"))
    bewaard = archief.pop(nu, huidig)
    if publicatie_id not in (None, nu, *archief):
        tekst = f"Publicatie '{show_value(publicatie_id)}' bestaat niet.{suggest(str(publicatie_id), archief)}"
        raise AfgekeurdError([Melding(str(warehouse), tekst, advies="Zie: .venv/bin/regiomonitor publications")])
    pad = archief.pop(publicatie_id, huidig) if publicatie_id else huidig
    if not is_whole(pad):
        advies = "Kies een andere publicatie; .venv/bin/regiomonitor publications noemt ze."
        raise AfgekeurdError([Melding(pad.name, "Deze publicatie is beschadigd.", advies=advies)])
    # Of a damaged one nobody can tell which deliveries it was made of, so the true values say nothing of another.
    anderen = [*archief.values()] if pad == huidig or beschadigd else [*archief.values(), bewaard]
    geheugen = load_geheugen(warehouse)
    with contextlib.ExitStack() as open_:
        werk = None
        if (warehouse / WERK).is_file() and not beschadigd:
            werk = open_.enter_context(duckdb.connect(str(warehouse / WERK), read_only=True, config=DUCKDB_CONFIG))
        bevindingen = audit(pad, anderen, werk, geheugen, insider=insider, huidig=huidig)
    # Only a quicker next time: without it the findings are the same.
    with contextlib.suppress(OSError):
        save_geheugen(warehouse, geheugen)
    return publicatie_id or nu, int(_one(pad, "select aantal_onderdrukt from publicatie")), bevindingen


def _one(pad: Path, vraag: str) -> Any:  # noqa: ANN401
    with duckdb.connect(str(pad), read_only=True, config=DUCKDB_CONFIG) as con:
        rij = con.execute(vraag).fetchone()
    assert rij is not None
    return rij[0]


def find_leaks(pub: duckdb.DuckDBPyConnection) -> list[Bevinding]:
    """Return the hidden cells that stand open elsewhere in the same publication."""
    return [
        Bevinding((indicator_id, uitsplitsing, herkomst, periode), (regio, branche), "waarde", f"staat in {waar}")
        for indicator_id, uitsplitsing, herkomst, periode, regio, branche, waar in pub.execute(_LEKKEN).fetchall()
    ]


def find_sensitive(tabellen: Mapping[Reeks, Aanvalstabel]) -> dict[Reeks, set[Plek]]:
    """Return per table the cells that may not be told: sensitive, or of a place that is so in the same series (A5)."""
    nu = {r: {plek for plek, waar in t.waarheid.items() if is_sensitive(plek, waar)} for r, t in tabellen.items()}
    uit = {reeks: set(plekken) for reeks, plekken in nu.items()}
    series: dict[tuple[str, str, str], list[Reeks]] = defaultdict(list)
    for reeks in tabellen:
        series[reeks[:3]].append(reeks)
    for reeksen in series.values():
        for plek in set().union(*(nu[reeks] for reeks in reeksen)):
            met = sorted((tabellen[r].dag, r) for r in reeksen if plek in tabellen[r].waarheid)
            laatste = max(dag for dag, r in met if plek in nu[r])
            vrij = [r for dag, r in met if dag > laatste]
            for _, reeks in met:
                if reeks not in vrij or len(vrij) < VEILIG_NA:
                    uit[reeks].add(plek)
    return uit


def is_sensitive(plek: Plek, waar: Waarheid) -> bool:
    """Return whether a cell may identify an employer or a person by itself (A1, A2, A7)."""
    is_kruis = plek[0] != LAND and plek[1] != TOTAAL
    if is_kruis if waar.werkgevers is None else waar.werkgevers < 3:
        return True
    groten = [g for g in (waar.grootste, waar.tweede) if g]
    if waar.noemer is None:
        return waar.teller < TIEN or (bool(groten) and groten[0] <= waar.teller and _dominates(waar.teller, groten))
    rest = waar.noemer - waar.teller
    if min(waar.teller, rest) < TIEN or waar.noemer < 100 or (groten and _dominates(waar.noemer, groten)):
        return True
    for kant, andere in ((waar.teller, rest), (rest, waar.teller)):
        # Who is larger than the other side stands on this one.
        hier = [g for g in groten if g > andere]
        if _dominates(kant, hier) or kant in (*groten, sum(groten)):
            return True
    return False


def _dominates(totaal: float, groten: Sequence[float]) -> bool:
    """Return whether the largest has over half, the two largest over four fifths, or one can estimate the other."""
    een, twee = [*sorted(groten, reverse=True), 0.0, 0.0][:2]
    return een > totaal / 2 or een + twee > 0.8 * totaal or totaal - een - twee < TIENDE * een


def attack(reeks: Reeks, tabel: Aanvalstabel, gevoelig: set[Plek], *, insider: bool) -> list[Bevinding]:
    """Return what can be told of the hidden cells of one table, from all publications together."""
    uit = [
        Bevinding(reeks, plek, "waarde", f"staat open in publicatie {tabel.getoond_in[plek]}", is_nieuw=False)
        for plek in sorted(tabel.getoond_in)
        if not tabel.waarheid or plek in gevoelig
    ]
    uit += [
        Bevinding(reeks, plek, "waarde", "is gevoelig en wordt getoond") for plek in sorted(gevoelig - tabel.verborgen)
    ]
    aanval = Aanval(tabel.feiten, tabel.relaties, tabel.is_optelbaar, tabel.heeft_noemer, tabel.waarheid)
    geheim = sorted(tabel.verborgen - tabel.getoond_in.keys())
    if not tabel.waarheid:
        return uit + [
            _describe(reeks, aanval, plek, kant, "buitenstaander", (), tabel) for plek, kant in _pinned(aanval, geheim)
        ]
    doelen = [doel for plek in geheim if plek in gevoelig for doel in _goals(aanval, plek, tabel.waarheid[plek])]
    fout = {(doel.plek, doel.kant) for doel in find_unprotected(aanval, doelen)}
    uit += [_describe(reeks, aanval, plek, kant, "buitenstaander", (), tabel) for plek, kant in sorted(fout)]
    if insider:
        doelen = [doel for doel in doelen if (doel.plek, doel.kant) not in fout]
        uit += _attack_inside(reeks, tabel, aanval, doelen)
    return uit


def _goals(aanval: Aanval, plek: Plek, waar: Waarheid) -> Iterator[Doelwit]:
    """Yield how far above and below its true value each side of a cell must be able to lie (A4).

    What the p%-rule asks for the largest employer is never more: it is a tenth of a part of the cell.
    """
    for kant in aanval.kanten:
        x = true_side(waar, kant)
        afstand = _distance(x)
        yield Doelwit(plek, kant, x, afstand)
        if x > 0:
            yield Doelwit(plek, kant, x, -min(afstand, x))


def _distance(aantal: float) -> float:
    return max(TIENDE * aantal, VIJF if aantal < TIEN else 0.0)


def _pinned(aanval: Aanval, plekken: Sequence[Plek]) -> Iterator[tuple[Plek, str]]:
    """Yield the sides that are known as well as if they were shown; the measure where true values are lacking."""
    for plek in plekken:
        for kant in aanval.kanten:
            grenzen = find_interval(aanval, plek, kant)
            if grenzen is not None and grenzen[1] - grenzen[0] <= 2 * HALF_TIEN:
                yield plek, kant


def _describe(
    reeks: Reeks, aanval: Aanval, plek: Plek, kant: str, aanvaller: str, weet: Sequence[Weet], tabel: Aanvalstabel
) -> Bevinding:
    """Return the finding, and whether the attacked publication adds to what was known before it."""
    grenzen = find_interval(aanval, plek, kant, weet)
    tekst = f"niet te verbergen voor {aanvaller}"
    if grenzen is not None:
        laag, hoog = (f"{grens:,.0f}".replace(",", ".") for grens in grenzen)
        tekst = f"ligt tussen {laag} en {hoog} ({aanvaller})"
    eerder = {p: tabel.eerder.get(p, Feit()) for p in tabel.feiten}
    alleen = Aanval(eerder, tabel.relaties, tabel.is_optelbaar, tabel.heeft_noemer, tabel.waarheid)
    al_bekend = find_interval(alleen, plek, kant, weet) if tabel.eerder else None
    is_nieuw = al_bekend is None or grenzen is None or al_bekend[1] - al_bekend[0] > grenzen[1] - grenzen[0] + 1
    return Bevinding(reeks, plek, kant, tekst, is_nieuw)


class Insider(NamedTuple):
    """One employer: in which hidden cell, how large its sides are, what it knows, and its own persons per side.

    `alles`: the sides that are its own persons and no others.
    """

    plek: Plek
    grootte: Mapping[str, float]
    weet: tuple[Weet, ...]
    eigen: Mapping[str, float]
    alles: frozenset[str]


def find_insiders(tabel: Aanvalstabel, kanten: Sequence[str]) -> list[Insider]:
    """Return the largest and the second employer of every hidden cell, those who know the same once."""
    uit: dict[tuple[Weet, ...], Insider] = {}
    for plek in sorted(tabel.verborgen & tabel.waarheid.keys()):
        waar = tabel.waarheid[plek]
        for aantal in (waar.grootste, waar.tweede):
            if aantal:
                insider = _make_insider(plek, waar, aantal, kanten)
                uit[insider.weet] = insider
    return list(uit.values())


def _make_insider(plek: Plek, waar: Waarheid, aantal: float, kanten: Sequence[str]) -> Insider:
    """Return what an employer with so many persons knows: that they are there, on which side, and whether alone."""
    grootte = {kant: true_side(waar, kant) for kant in kanten}
    if waar.werkgevers == 1:
        weet = tuple(Weet(plek, kant, x, x) for kant, x in grootte.items())
        return Insider(plek, grootte, weet, grootte, frozenset(kanten))
    eigen = {kanten[1] if len(kanten) > 1 else kanten[0]: aantal}
    for kant, andere in (("teller", "rest"), ("rest", "teller")):
        if len(kanten) > 1 and (grootte[kant] == aantal or grootte[andere] < aantal):
            eigen[kant] = aantal
    alleen = frozenset(kant for kant, x in eigen.items() if grootte[kant] == x)
    weet = tuple(Weet(plek, kant, x, x if kant in alleen else float("inf")) for kant, x in sorted(eigen.items()))
    return Insider(plek, grootte, weet, eigen, alleen)


def _attack_inside(reeks: Reeks, tabel: Aanvalstabel, aanval: Aanval, doelen: Sequence[Doelwit]) -> list[Bevinding]:
    """Return what the employers of hidden cells can tell of cells, or parts of cells, that are not their own."""
    binnen = {(relatie.rand, deel) for relatie in tabel.relaties for deel in relatie.delen}
    uit = {}
    for insider in find_insiders(tabel, aanval.kanten):
        eigen_doelen = [nieuw for doel in doelen if (nieuw := _without_own(doel, insider, binnen)) is not None]
        for doel in find_unprotected(aanval, eigen_doelen, insider.weet):
            wie = f"een werkgever in {' × '.join(insider.plek)}"
            uit[doel.plek, doel.kant, wie] = _describe(reeks, aanval, doel.plek, doel.kant, wie, insider.weet, tabel)
    return [uit[sleutel] for sleutel in sorted(uit)]


def _without_own(doel: Doelwit, insider: Insider, binnen: set[tuple[Plek, Plek]]) -> Doelwit | None:
    """Return the goal for an insider: of a cell with its own persons only the others are secret."""
    eigen = insider.eigen.get(doel.kant, 0.0)
    if (insider.plek, doel.plek) in binnen:
        if doel.kant in insider.alles:
            return None
        # What does not fit in the rest of the larger cell is here.
        eigen = max(0.0, eigen - (insider.grootte[doel.kant] - doel.waarde))
    elif doel.plek != insider.plek and (doel.plek, insider.plek) not in binnen:
        return doel
    over = doel.waarde - eigen
    if over <= 0:
        return None
    afstand = min(abs(doel.afstand), _distance(over))
    return doel._replace(afstand=afstand if doel.afstand > 0 else -min(afstand, over))


def _hash(reeks: Reeks, tabel: Aanvalstabel, gevoelig: set[Plek], *, insider: bool) -> str:
    """Return one hash over all that the outcome of an attack depends on, this code included."""
    som = hashlib.sha256()
    for naam in ("aanval.py", "audit.py", "audit_tabellen.py"):
        som.update(Path(__file__).with_name(naam).read_bytes())
    delen = (
        reeks, insider, tabel.is_optelbaar, tabel.heeft_noemer, tabel.relaties,
        *(sorted(d.items()) for d in (tabel.feiten, tabel.getoond_in, tabel.waarheid)),
        sorted(tabel.verborgen), sorted(gevoelig),
    )  # fmt: skip
    som.update(repr(delen).encode())
    return f"audit {som.hexdigest()}"


_LEKKEN = """
with verborgen as (
    select w.* from waarneming w join indicator i using (indicator_id)
    where i.vertrouwelijk is not null and w.status = 'onderdrukt'
)
select indicator_id, uitsplitsing, herkomst, periode, regio_code, branche_code, 'waarneming' as waar from verborgen
where coalesce(waarde, waarde_tot, teller, noemer, n, onder, boven, standaardfout) is not null
union all
select v.indicator_id, v.uitsplitsing, v.herkomst, v.periode, v.regio_code, v.branche_code, 'aansluiting'
from verborgen v
join aansluiting a using (indicator_id, uitsplitsing, regio_code, branche_code, periode)
where a.berekend is not null and a.herkomst_berekend = v.herkomst
union all
select v.indicator_id, v.uitsplitsing, v.herkomst, v.periode, v.regio_code, v.branche_code, 'verschil'
from verborgen v
join verschil d on d.indicator_id = v.indicator_id and d.regio_code = v.regio_code
               and v.periode in (d.periode, d.periode_vorig) and v.branche_code = 'TOTAAL'
where d.verschil is not null
order by all
"""
