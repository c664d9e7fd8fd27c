"""Figures that jump: beside the latest earlier real figure of the same series, from whichever source.

A ratio near a thousand is a file in thousands and is refused; a ratio above twenty stops until a person has looked, and
so do a fall to 0 and a column that is 0 throughout.
Two figures of one series are compared once, and the delivery that came last hears of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
import pandas as pd

from pipelines.afspraken.contract import GETALLEN, Bron, Tabel
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.meldingen import Melding
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.afspraken.schrift.uitsplitsing import PROGNOSE, parts
from pipelines.levering.leveringen import sort_key
from pipelines.levering.toets.groot import VEEL_RIJEN
from pipelines.levering.toets.kandidaten import Grens, find_candidates
from pipelines.levering.toets.nullen import Nullen, find_zero_columns
from pipelines.levering.toets.valideren import Keuring
from pipelines.levering.waarden.schaal import has_unit

CONTROLE = "sprong"
GEPUBLICEERD = "gepubliceerd"
# Below this a figure moves by itself; a file in thousands is seen by what it would be in ones.
MINSTE = 100
DUIZEND = (500, 2000)
VEEL = 20
_MEESTE = 200
SPRONG_ADVIES = 'Klopt het, zet dan in levering.yml: bevestigd: {sprong: "de reden"}'
_GEEN_NUL = "Ontbreekt het cijfer, laat de cel dan leeg; is het geheim, schrijf dan een punt."
_LOS = "Bij een los bestand vult u de reden in waar u het aanlevert (--sprong-klopt)."
_GEEN_REEKS = ("saldo_sector", "tekort_verwacht", "knop_effect")
_VASTE = ("periode", "schooljaar", "regio_code", "branche_code")


@dataclass(frozen=True)
class Cijfer:
    """One delivered figure: of which series, of when, and where it stands."""

    serie: tuple[str, ...]
    periode: str
    eind: date
    waarde: float
    keuring: Keuring
    tabel: Tabel
    kolom: str
    rij: int

    @property
    def tekst(self) -> str:
        """Return the number as people write it."""
        getal = f"{self.waarde:,.10g}".replace(",", " ").replace(".", ",").replace(" ", ".")
        return getal


def find_jumps(
    keuringen: Sequence[Keuring],
    bronnen: Mapping[str, Bron],
    indicatoren: Mapping[str, Indicator],
    nieuw: Keuring | None = None,
) -> Iterator[tuple[Keuring, Melding, bool]]:
    """Yield per jump the delivery that came last, the message on its row, and whether it is confirmed there.

    With `nieuw`, only the jumps it would bring.
    """
    volgorde = sorted((k for k in keuringen if k.levering.is_echt), key=lambda k: (k is nieuw, sort_key(k.levering)))
    plek = {id(keuring): nummer for nummer, keuring in enumerate(volgorde)}
    reeksen: dict[tuple[str, ...], list[Cijfer]] = defaultdict(list)
    for cijfer in _counting(volgorde, bronnen, indicatoren):
        reeksen[cijfer.serie].append(cijfer)
    for reeks in reeksen.values():
        for vroeger, later in _pairs(sorted(reeks, key=lambda c: c.eind)):
            laatst, eerst = (
                (later, vroeger) if plek[id(later.keuring)] >= plek[id(vroeger.keuring)] else (vroeger, later)
            )
            soort = judge(vroeger.waarde, later.waarde)
            if soort and (nieuw is None or laatst.keuring is nieuw):
                reden = laatst.keuring.levering.bevestigd.sprong
                yield laatst.keuring, _message(laatst, eerst, soort), soort == "waarschuwing" and bool(reden)
    for keuring in volgorde if nieuw is None else [nieuw]:
        bron = bronnen[keuring.levering.bron]
        for bestand, nullen in _all_zero(keuring, bron):
            yield keuring, _zero_message(bestand, nullen), bool(keuring.levering.bevestigd.sprong)


def _all_zero(keuring: Keuring, bron: Bron) -> Iterator[tuple[str, Nullen]]:
    """Yield the columns of this delivery that hold nothing but 0, with the file each is in."""
    for naam, frame in keuring.frames.items():
        tabel = bron.tabellen[naam]
        if _time_of(tabel) is not None:
            yield from ((keuring.levering.bestanden[naam][0].name, deel) for deel in find_zero_columns(tabel, frame))


def judge(vroeger: float, later: float) -> str:
    """Return 'fout' near a factor of a thousand, 'waarschuwing' above twenty or at a fall to 0, else ''."""
    klein, groot = sorted((vroeger, later))
    if later == 0 and vroeger >= MINSTE:
        return "waarschuwing"
    if klein <= 0 or groot < MINSTE:
        return ""
    keer = groot / klein
    if DUIZEND[0] <= keer <= DUIZEND[1] and klein * 1000 >= MINSTE:
        return "fout"
    te_klein = keer > DUIZEND[1] and klein * 1000 >= MINSTE
    return "waarschuwing" if keer > VEEL and (klein >= MINSTE or te_klein) else ""


def _pairs(reeks: Sequence[Cijfer]) -> Iterator[tuple[Cijfer, Cijfer]]:
    """Yield every figure with the latest earlier one of its own delivery, and with that of the others."""
    gezien: list[Cijfer] = []
    for _, groep in groupby(reeks, key=lambda c: c.eind):
        nu = list(groep)
        for cijfer in nu:
            eigen = next((c for c in reversed(gezien) if c.keuring is cijfer.keuring), None)
            ander = next((c for c in reversed(gezien) if c.keuring is not cijfer.keuring), None)
            yield from ((vroeger, cijfer) for vroeger in (eigen, ander) if vroeger is not None)
        # What comes after a 0 is compared with what was there before it.
        gezien += [cijfer for cijfer in nu if cijfer.waarde > 0]


def _counting(
    volgorde: Sequence[Keuring], bronnen: Mapping[str, Bron], indicatoren: Mapping[str, Indicator]
) -> Iterator[Cijfer]:
    """Yield the figures that count: of a table and period those of the last delivery; published figures add up."""
    laatste: dict[tuple[str, str, str], Keuring] = {}
    gepubliceerd, geleverd = list[Cijfer](), list[Cijfer]()
    groot: dict[tuple[str, str], list[tuple[Keuring, pd.DataFrame]]] = defaultdict(list)
    for keuring in volgorde:
        for naam, frame in keuring.frames.items():
            bron = keuring.levering.bron
            tabel = bronnen[bron].tabellen[naam]
            if bron == GEPUBLICEERD:
                gepubliceerd += _published(keuring, tabel, frame, indicatoren)
                continue
            if (tijd := _time_of(tabel)) is not None and tijd in frame:
                laatste |= {(bron, naam, str(periode)): keuring for periode in frame[tijd].unique()}
            if len(frame) > VEEL_RIJEN:
                groot[bron, naam].append((keuring, frame))
            else:
                geleverd += _delivered(keuring, tabel, frame, indicatoren)
    bekend = {c.serie for c in (*gepubliceerd, *geleverd)}
    for (bron, naam), delen in groot.items():
        tabel = bronnen[bron].tabellen[naam]
        for (keuring, frame), mee in zip(delen, _may_jump(tabel, bron, delen, bekend, indicatoren), strict=True):
            geleverd += _delivered(keuring, tabel, frame[mee], indicatoren)
    yield from gepubliceerd
    yield from (c for c in geleverd if laatste[c.keuring.levering.bron, c.tabel.naam, c.periode] is c.keuring)


def _may_jump(
    tabel: Tabel, bron: str, delen: Sequence[tuple[Keuring, pd.DataFrame]], bekend: Iterable[tuple[str, ...]],
    indicatoren: Mapping[str, Indicator],
) -> list[np.ndarray]:  # fmt: skip
    """Return per large delivery of one table the rows that may jump, beside each other and what is known elsewhere."""
    los, kolommen = _loose(tabel), _counts(tabel)
    namen = {_indicator_of(bron, tabel, kolom, los, indicatoren) for kolom in kolommen}
    vast = ["regio_code", *(["branche_code"] if "branche_code" in tabel.kolommen else [])]
    elders = [
        {**parts(uitsplitsing), "regio_code": regio, "branche_code": branche}
        for naam, uitsplitsing, regio, branche in bekend if naam in namen
    ]  # fmt: skip
    rijen = pd.DataFrame(elders, columns=[*los, *vast], dtype="str").fillna("")
    return find_candidates([frame for _, frame in delen], [*los, *vast], kolommen, rijen, Grens(VEEL, MINSTE))


def _time_of(tabel: Tabel) -> str | None:
    return next((k for k in ("periode", "schooljaar") if k in tabel.sleutel), None)


def _counts(tabel: Tabel) -> list[str]:
    return [k.naam for k in tabel.kolommen.values() if k.type in GETALLEN and k.tijd]


def _loose(tabel: Tabel) -> list[str]:
    return sorted(k for k in tabel.sleutel if k not in _VASTE)


def _published(
    keuring: Keuring, tabel: Tabel, frame: pd.DataFrame, indicatoren: Mapping[str, Indicator]
) -> Iterator[Cijfer]:
    if tabel.naam != "cijfers":
        return
    telt = {i.indicator_id for i in indicatoren.values() if i.eenheid in ("personen", "vacatures")} - {*_GEEN_REEKS}
    rijen = frame[frame["indicator_id"].isin(telt) & (frame["precisie"] != "bereik")].fillna("")
    for rij, r in zip(rijen.index, rijen.to_dict("records"), strict=True):
        if r["categorie"] or PROGNOSE in parts(r["uitsplitsing"]):
            continue
        serie = (r["indicator_id"], r["uitsplitsing"], r["regio_code"], r["branche_code"])
        yield from _figure(serie, r["periode"], r["waarde"], keuring, tabel, ("waarde", int(rij)))


def _delivered(
    keuring: Keuring, tabel: Tabel, frame: pd.DataFrame, indicatoren: Mapping[str, Indicator]
) -> Iterator[Cijfer]:
    """Yield the stocks and flows of a table; of a column that an indicator adds up, in the series of that one."""
    tijd, kolommen = _time_of(tabel), _counts(tabel)
    if tijd is None or not kolommen or "regio_code" not in frame:
        return
    los = _loose(tabel)
    namen = {kolom: _indicator_of(keuring.levering.bron, tabel, kolom, los, indicatoren) for kolom in kolommen}
    gevuld = frame.astype("str").where(frame.notna(), "")
    for rij, r in zip(gevuld.index, gevuld.to_dict("records"), strict=True):
        uitsplitsing = ";".join(f"{k}={r[k]}" for k in los if r[k])
        for kolom in kolommen:
            serie = (namen[kolom], uitsplitsing, r["regio_code"], r.get("branche_code", "TOTAAL"))
            yield from _figure(serie, r[tijd], r[kolom], keuring, tabel, (kolom, int(rij)))


def _indicator_of(bron: str, tabel: Tabel, kolom: str, los: Iterable[str], indicatoren: Mapping[str, Indicator]) -> str:
    """Return the indicator that is this column as it stands, so that published figures are of the same series."""
    for i in indicatoren.values():
        zelfde = i.bron == f"{bron}.{tabel.naam}" and i.teller == f"sum({kolom})" and not (i.noemer or i.waar)
        if zelfde and set(los) <= set(i.per) and not i.uitsplitsing:
            return i.indicator_id
    return f"{bron}.{tabel.naam}.{kolom}"


def _figure(
    serie: tuple[str, ...], periode: str, waarde: str, keuring: Keuring, tabel: Tabel, plek: tuple[str, int]
) -> Iterator[Cijfer]:
    gelezen = parse_periode(periode)
    try:
        getal = float(waarde)
    except ValueError:
        return
    if gelezen is not None and getal >= 0:
        yield Cijfer(serie, periode, gelezen.eind, getal, keuring, tabel, *plek)


def _message(laatst: Cijfer, eerst: Cijfer, soort: str) -> Melding:
    bestand = laatst.keuring.levering.bestanden[laatst.tabel.naam][0].name
    ander = f"{eerst.tekst} ({eerst.periode}, {eerst.keuring.levering.levering_id})"
    regio = f"{laatst.serie[2]}, {laatst.serie[3]}"
    plek = {"rij": laatst.rij, "kolom": laatst.kolom}
    if soort == "fout":
        tekst = f"{laatst.tekst} ({laatst.periode}; {regio}) is waarschijnlijk × 1.000: deze reeks heeft ook {ander}."
        advies = "Lever hele aantallen, geen duizendtallen."
        if has_unit(laatst.tabel):
            advies = "Zet kolom eenheid op 1000 bij cijfers in duizendtallen, en op 1 (of leeg) bij hele aantallen."
        return Melding(bestand, tekst, advies=advies, **plek)  # type: ignore[arg-type]
    klein, groot = sorted((laatst.waarde, eerst.waarde))
    if klein == 0:
        tekst = f"{laatst.tekst} ({laatst.periode}; {regio}) staat naast {ander}: één van beide is nul."
        return Melding(bestand, tekst, advies=f"{_GEEN_NUL} {SPRONG_ADVIES} {_LOS}", **plek)  # type: ignore[arg-type]
    tekst = f"{laatst.tekst} ({laatst.periode}; {regio}) scheelt een factor {groot / klein:.0f} met {ander}."
    return Melding(bestand, tekst, advies=f"Controleer beide. {SPRONG_ADVIES} {_LOS}", **plek)  # type: ignore[arg-type]


def _zero_message(bestand: str, nullen: Nullen) -> Melding:
    tekst = f"Elk cijfer in deze kolom is 0 ({nullen.aantal} keer)."
    return Melding(bestand, tekst, nullen.rij, nullen.kolom, advies=f"{_GEEN_NUL} {SPRONG_ADVIES} {_LOS}")


def note_jumps(
    keuringen: Sequence[Keuring],
    bronnen: Mapping[str, Bron],
    indicatoren: Mapping[str, Indicator],
    nieuw: Keuring | None = None,
) -> None:
    """Add what jumps to the messages of the delivery that came last, or to its remarks where a person confirmed it."""
    gevonden: dict[int, list[tuple[Melding, bool]]] = defaultdict(list)
    for keuring, melding, bevestigd in find_jumps(keuringen, bronnen, indicatoren, nieuw):
        gevonden[id(keuring)].append((melding, bevestigd))
    for keuring in (k for k in keuringen if k is nieuw or (nieuw is None and k.levering.is_echt)):
        delen = gevonden[id(keuring)]
        fouten = [melding for melding, bevestigd in delen if not bevestigd]
        keuring.meldingen += fouten[:_MEESTE]
        if len(fouten) > _MEESTE:
            keuring.meldingen.append(Melding(fouten[0].bestand, f"Nog {len(fouten) - _MEESTE} keer zo'n sprong."))
        reden = keuring.levering.bevestigd.sprong
        keuring.opmerkingen += [
            Melding(m.bestand, f"{m.tekst} Bevestigd: {reden}", m.rij, m.kolom) for m, bevestigd in delen if bevestigd
        ]
        if delen:
            keuring.kwaliteit.append({
                "levering_id": keuring.levering.levering_id, "tabel": "", "controle": CONTROLE, "kolom": None,
                "gelukt": not fouten, "aantal_rijen": keuring.aantal_rijen, "aantal_afwijkend": len(delen),
                # No figure: who reads the publication may not know it, and a reason may name one.
                "melding": f"{len(delen)} keer een sprong." + ("" if fouten else _confirmed(keuring, indicatoren)),
            })  # fmt: skip


def _confirmed(keuring: Keuring, indicatoren: Mapping[str, Indicator]) -> str:
    """Return for the publication that a jump was confirmed; the reason where neither delivery nor source is secret."""
    levering = keuring.levering
    geheim = any(i.vertrouwelijk and str(i.bron).partition(".")[0] == levering.bron for i in indicatoren.values())
    if levering.vertrouwelijk or geheim:
        return " Bevestigd; de reden staat in levering.yml."
    return f" Bevestigd: {keuring.levering.bevestigd.sprong}"
