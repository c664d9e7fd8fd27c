"""A kolommen.yml for a supplier's file, from the last one if there is one: what is sure, and what a person must see."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter

from pipelines.afspraken.codelijsten import LAND
from pipelines.afspraken.contract import Bron, Kolom, Tabel
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.levering.bestand.kop import DIEPST, Rij
from pipelines.levering.bestand.lezen import MEESTE_KOLOMMEN
from pipelines.levering.bestand.tekst import first_rows
from pipelines.levering.kolommen.gelijkenis import Codes, bare, nearest_code, of_content, of_name
from pipelines.levering.kolommen.vertaling import RIJ_WEG, Vertaling
from pipelines.levering.waarden.schaal import EENHEID, has_unit, in_thousands

# Enough to see every label of a column; the check sees all rows.
_RIJEN = 20_000
_PROEF = 200
_NAAM_TELT, _INHOUD_TELT = 0.65, 0.35
_ZEKER_NAAM, _ZEKER_INHOUD = 0.85, 0.8
_MINSTENS = 0.55
_LIJKT = 0.75
_DEEL = re.compile("%|procent|percentage|aandeel", re.IGNORECASE)
_MEESTE_LABELS = 400
_VOORBEELDEN = 3
_MEESTE_CODES = 8
# Per table, how the last file was read.
Eerder = Mapping[str, Vertaling]
_NIETS: Eerder = MappingProxyType({})


@dataclass(frozen=True)
class Kolomvoorstel:
    """One column of the supplier: which column of the contract it seems to be, if any, and whether that is sure.

    None and sure is a column that was left out the last time.
    """

    hun: str
    onze: str | None
    zeker: bool
    voorbeelden: tuple[str, ...] = ()
    # Told the last time.
    vorige: bool = False


@dataclass(frozen=True)
class Labelvoorstel:
    """One label of the supplier: which code it seems to be, if any, and whether that is sure."""

    label: str
    code: str | None
    zeker: bool
    vorige: bool = False


@dataclass(frozen=True)
class Voorstel:
    """How a file may be read: its table, header row, columns and labels, and the columns that it does not have."""

    tabel: str
    koprij: int | None
    kolommen: tuple[Kolomvoorstel, ...]
    waarden: dict[str, tuple[Labelvoorstel, ...]] = field(default_factory=dict)
    ontbreekt: tuple[str, ...] = ()
    # Columns that tell series apart, may be left out, and are not in the file.
    reeks: tuple[str, ...] = ()
    # Per column of which a label or a value must be told: every code that may stand there, with its name.
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    # What must be done to the file first, in words.
    raad: str = ""
    # What had one value for the whole file the last time, of the columns that are not in it.
    vast: Mapping[str, str] = field(default_factory=dict)
    # Whether it has the layout of the last time: the same header row, and no column or label that was not there.
    zoals_vorige: bool = False

    @property
    def is_zeker(self) -> bool:
        """Return whether there is nothing left for a person to look at."""
        labels = itertools.chain.from_iterable(self.waarden.values())
        return (
            {*self.ontbreekt} <= {*self.vast} and all(k.zeker for k in self.kolommen) and all(w.zeker for w in labels)
        )


VOORSTEL = TypeAdapter(Voorstel)


def propose(pad: Path, bron: Bron, tabel: str | None = None, vorige: Eerder = _NIETS) -> Voorstel:
    """Return how this file may be read as a table of the source: the named one, or the one it looks most like.

    What was told the last time (`vorige`, per table) is sure, and nobody is asked again.
    Of a workbook the sheet that looks most like it counts. Where the table is certain and no row looks like its
    header, the widest of the first rows is taken for it: then a person says what each column is.

    Raises:
        AfgekeurdError: the file cannot be read, the source has no such table, or it looks like none.
    """
    if tabel is not None and tabel not in bron.tabellen:
        tekst = f"Bron {bron.naam} heeft geen tabel '{show_value(tabel)}'.{suggest(tabel, bron.tabellen)}"
        raise AfgekeurdError([Melding(show_value(pad.name), tekst)])
    tabellen = [t for t in bron.tabellen.values() if not t.groot and tabel in (None, t.naam)]
    bladen = [blad for blad in first_rows(pad, _RIJEN) if blad]
    hun = {t.naam: vorige[t.naam].hun_kolommen for t in tabellen if t.naam in vorige}
    gevonden = [
        (*_best_header(blad, t, hun.get(t.naam, ())), -nr, blad, t) for blad in bladen for nr, t in enumerate(tabellen)
    ]
    score, plek, _, rijen, beste = max(
        gevonden, key=lambda deel: (deel[0], deel[2]), default=(0.0, 0, 0, list[Rij](), None)
    )
    if not score and len(tabellen) == 1 and (breed := [deel for deel in map(_widest, bladen) if deel[0] > 1]):
        (_, plek, rijen), beste = max(breed, key=lambda deel: deel[0]), tabellen[0]
    elif not score:
        beste = None
    if beste is None:
        tekst = "In de eerste rijen staat geen kop die op een tabel van deze bron lijkt."
        advies = f"Kies welke tabel het is: {', '.join(t.naam for t in tabellen)}. Zie docs/aanleveren.md."
        raise AfgekeurdError([Melding(show_value(pad.name), tekst, advies=advies)])
    voorstel = _fill(beste, rijen, plek, vorige.get(beste.naam, Vertaling(beste.naam)))
    heeft_koprij = pad.suffix.lower() != ".parquet"
    return voorstel if heeft_koprij else replace(voorstel, koprij=None)


def _widest(rijen: list[Rij]) -> tuple[int, int, list[Rij]]:
    """Return how many cells of the widest of the first rows are filled, which row that is, and the rows."""
    gevuld = [len(set(filter(None, rij))) for _, rij in rijen[:DIEPST]]
    return max(gevuld), gevuld.index(max(gevuld)), rijen


def _best_header(rijen: Sequence[Rij], tabel: Tabel, bekend: Sequence[str]) -> tuple[float, int]:
    """Return how much the best of the first rows looks like the header of this table, and which row that is.

    `bekend`: the columns that the supplier had the last time.
    """
    beste = (0.0, 0)
    for plek, (_, rij) in enumerate(rijen[:DIEPST]):
        namen = [cel for cel in rij[:MEESTE_KOLOMMEN] if cel]
        scores = {n: 1.0 if n in bekend else max(of_name(n, kolom) for kolom in tabel.kolommen) for n in namen}
        gelijk = [score for score in scores.values() if score >= _LIJKT]
        if len(gelijk) >= min(2, len(tabel.kolommen)) and sum(gelijk) > beste[0]:
            beste = (sum(gelijk), plek)
    return beste


def _fill(tabel: Tabel, rijen: Sequence[Rij], plek: int, vorige: Vertaling) -> Voorstel:
    koprij, kop = rijen[plek]
    onder = [rij for _, rij in rijen[plek + 1 :]]
    boven = [cel for _, rij in rijen[:plek] for cel in rij]
    kolommen = {naam: [rij[nr] if nr < len(rij) else "" for rij in onder] for nr, naam in enumerate(kop) if naam}
    codes = Codes()
    gekozen = _assign(tabel, kolommen, codes, vorige)
    geheim = {*tabel.nummers}
    voorstellen = []
    for hun, waarden in kolommen.items():
        onze, zeker = gekozen.get(hun, (None, hun in vorige.weglaten))
        voorbeelden = () if geheim else tuple(dict.fromkeys(filter(None, waarden)))[:_VOORBEELDEN]
        voorstellen.append(
            Kolomvoorstel(hun, onze, zeker, tuple(map(show_value, voorbeelden)), hun in vorige.hun_kolommen)
        )
    labels = {onze: deel for hun, (onze, _) in gekozen.items()
              if (deel := tuple(_labels(tabel.kolommen[onze], hun, kolommen[hun], codes, vorige)))}  # fmt: skip
    bekend = {onze for onze, _ in gekozen.values()}
    ontbreekt = tuple(naam for naam in (*tabel.verplicht, *_unit(tabel, gekozen, boven)) if naam not in bekend)
    reeks = tuple(n for n in tabel.reeks if n not in bekend and tabel.kolommen[n].leeg and tabel.kolommen[n].lijst)
    te_kiezen = {
        naam: dict(keus)
        for naam in (*labels, *ontbreekt, *reeks, *vorige.vast)
        if (keus := codes.of(tabel.kolommen[naam]))
    }
    naast = tuple(hun for hun in kolommen if hun not in gekozen and parse_periode(hun))
    voorstel = Voorstel(
        tabel.naam, koprij, tuple(voorstellen), labels, ontbreekt, reeks, te_kiezen,
        _side_by_side(naast) if len(naast) > 1 else "",
        {naam: waarde for naam, waarde in vorige.vast.items() if naam not in bekend},
    )  # fmt: skip
    zelfde = {*vorige.hun_kolommen} == {*kolommen} and vorige.koprij in (None, koprij)
    return replace(voorstel, zoals_vorige=zelfde and voorstel.is_zeker)


def _side_by_side(perioden: Sequence[str]) -> str:
    """Say what to do about figures of several periods in one row."""
    namen = ", ".join(map(show_value, perioden[:_VOORBEELDEN])) + (" …" if len(perioden) > _VOORBEELDEN else "")
    return (
        f"De perioden ({namen}) staan naast elkaar; de monitor leest één rij per periode. Zet ze onder elkaar, met een "
        "kolom voor de periode en een voor het cijfer (in Excel: Gegevens, Uit tabel/bereik, Draaitabel opheffen)."
    )


def _assign(
    tabel: Tabel, kolommen: dict[str, list[str]], codes: Codes, vorige: Vertaling
) -> dict[str, tuple[str, bool]]:
    """Return per column of the supplier what it was the last time, else the one it most looks like; each one once."""
    bekend = {hun: (onze, True) for hun, onze in vorige.kolommen.items() if hun in kolommen}
    eerder = {onze for onze, _ in bekend.values()}
    paren = []
    for hun, waarden in ((h, w) for h, w in kolommen.items() if h not in vorige.hun_kolommen):
        for kolom in (k for k in tabel.kolommen.values() if k.naam not in eerder):
            naam, inhoud = of_name(hun, kolom.naam), of_content(waarden[:_PROEF], kolom, codes)
            # Of a column of codes the labels are still to be told.
            zeker = naam >= _ZEKER_NAAM and (inhoud >= _ZEKER_INHOUD or bool(codes.of(kolom)))
            # 10,0 may be ten of a hundred, and in a column of counts it would be ten persons.
            zeker = zeker and not (kolom.tijd and _DEEL.search(hun))
            # A column full of regions or branches is one, whatever its name is.
            lijkt = naam >= _LIJKT or (_is_telling(kolom) and inhoud >= _ZEKER_INHOUD)
            score = _NAAM_TELT * naam + _INHOUD_TELT * inhoud
            paren.append(
                (score if naam >= _LIJKT else inhoud * _MINSTENS / _ZEKER_INHOUD, zeker, lijkt, hun, kolom.naam)
            )
    gekozen: dict[str, tuple[str, bool]] = {}
    for score, zeker, lijkt, hun, onze in sorted(paren, key=lambda paar: -paar[0]):
        if hun in gekozen or onze in {deel for deel, _ in gekozen.values()}:
            continue
        if score >= _MINSTENS and lijkt:
            gekozen[hun] = (onze, zeker)
    elders = {hun for hun, (_, zeker) in gekozen.items() if zeker}
    keuzes = Counter(onze for _, zeker, _, hun, onze in paren if zeker and hun not in elders)
    # Another column that may be the same one as well: a person says which of the two it is.
    return bekend | {
        hun: (onze, zeker and (not keuzes[onze] or bare(hun) == bare(onze))) for hun, (onze, zeker) in gekozen.items()
    }


def _is_telling(kolom: Kolom) -> bool:
    """Return whether what stands in a column says which one it is: a number or a yes fits in many."""
    return kolom.type == "regio" or kolom.verwijst is not None


def _unit(tabel: Tabel, gekozen: dict[str, tuple[str, bool]], boven: Sequence[str]) -> tuple[str, ...]:
    """Return the column of the unit where a header, or what is above it, speaks of thousands: a person says whether."""
    getallen = [hun for hun, (onze, _) in gekozen.items() if tabel.kolommen[onze].tijd]
    return (EENHEID,) if has_unit(tabel) and in_thousands([*getallen, *boven]) else ()


def _labels(kolom: Kolom, hun: str, waarden: Sequence[str], codes: Codes, vorige: Vertaling) -> Iterator[Labelvoorstel]:
    """Yield what stands in a column of codes and cannot be read as one, with the code it most looks like.

    What a label was the last time, it is now.
    """
    bekend, eerder = codes.of(kolom), vorige.waarden.get(kolom.naam, {})
    if kolom.geheim or not (bekend or eerder):
        return
    alle = dict.fromkeys(filter(None, waarden))
    yield from (Labelvoorstel(label, eerder[label], zeker=True, vorige=True) for label in alle if label in eerder)
    if not bekend:
        return
    fits = codes.reads(kolom)
    elders = codes.elsewhere(kolom, hun, filter(None, waarden)) if kolom.type == "regio" else {}
    vreemd = [label for label in alle if label not in eerder and (label in elders or not fits(label))]
    niveau, genoemd = codes.level_of(kolom, hun, waarden) if vreemd and kolom.type == "regio" else ("", False)
    eerst = codes.at_level(bekend, niveau)
    for label in vreemd[:_MEESTE_LABELS]:
        code, zeker = nearest_code(label, eerst) if eerst else (None, False)
        if zeker or genoemd:
            yield Labelvoorstel(label, code, zeker and (genoemd or code == LAND))
        else:
            yield Labelvoorstel(label, *nearest_code(label, bekend))


def as_yaml(voorstel: Voorstel) -> str:
    """Return the draft as it is written for a person: what is unsure stands behind a #, so that it does not count."""
    regels = ["# Voorstel. Wat zeker is, staat er; haal bij de rest het teken # weg als het klopt, of vul het in."]
    regels += [f"# {voorstel.raad}"] if voorstel.raad else []
    regels += [f"{voorstel.tabel}:"]
    regels += [f"  koprij: {voorstel.koprij}"] if voorstel.koprij else []
    regels += ["  kolommen:"] if any(k.zeker for k in voorstel.kolommen) else ["  # kolommen:"]
    regels += [_line(4, k.hun, k.onze, zeker=k.zeker) for k in voorstel.kolommen if k.onze]
    labels = {kolom: deel for kolom, deel in voorstel.waarden.items() if deel}
    regels += [f"  {_off(any(w.zeker for deel in labels.values() for w in deel))}waarden:"] if labels else []
    for kolom, deel in labels.items():
        regels += [f"    {_off(any(w.zeker for w in deel))}{kolom}:"]
        regels += [_line(6, w.label, w.code, zeker=w.zeker) for w in deel]
    if voorstel.vast:
        regels += ["  vast:", *(_line(4, naam, _quote(w), zeker=True) for naam, w in voorstel.vast.items())]
    if open_ := [naam for naam in (*voorstel.ontbreekt, *voorstel.reeks) if naam not in voorstel.vast]:
        regels += ["  # staat niet in het bestand; één waarde voor alle rijen schrijft u zo:", "  # vast:"]
        regels += [f"  #   {naam}: ?{_which(voorstel.codes.get(naam, {}))}" for naam in open_]
    weg = [_quote(k.hun) for k in voorstel.kolommen if not k.onze and k.zeker]
    regels += [f"  weglaten: [{', '.join(weg)}]"] if weg else []
    over = [_quote(k.hun) for k in voorstel.kolommen if not k.onze and not k.zeker]
    regels += [f"  # weglaten: [{', '.join(over)}]   # wordt niet gelezen: klopt dat?"] if over else []
    return "\n".join(regels) + "\n"


def _line(inspringen: int, hun: str, onze: str | None, *, zeker: bool) -> str:
    nakijken = "" if zeker else "   # nakijken" if onze else f"   # een code, of {RIJ_WEG}"
    return f"{' ' * inspringen}{_off(zeker)}{_quote(hun)}: {onze or '?'}{nakijken}"


def _which(codes: dict[str, str]) -> str:
    return f"   # een van: {', '.join(codes)}" if 0 < len(codes) <= _MEESTE_CODES else ""


def _off(zeker: bool) -> str:
    return "" if zeker else "# "


def _quote(tekst: str) -> str:
    return json.dumps(tekst, ensure_ascii=False)
