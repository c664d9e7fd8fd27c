"""What a supplier's own way of writing stands for, where that is certain: it is read so, and said so.

Of DUO, StatLine, survey programs and spreadsheets. What is not certain stays as it is and is refused by the checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb
import pandas as pd

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import Kolom, Tabel
from pipelines.afspraken.meldingen import Melding, show_value
from pipelines.afspraken.schrift.perioden import MAANDEN, parse_periode
from pipelines.levering.bestand.lezen import Gelezen
from pipelines.levering.bestand.woorden import among, replaced, rows_per_word

VOORLOPIG = "is_voorlopig"
# As these stand in a survey export; each only where the code is one of the column's own.
_LABELS = {
    "weet_ik_niet": "weet_niet", "mee_eens": "eens", "helemaal_mee_eens": "eens", "mee_oneens": "oneens",
    "helemaal_mee_oneens": "oneens", "wel_van_gehoord": "van_gehoord", "voltijd_onderwijs": "voltijd",
    "deeltijd_onderwijs": "deeltijd", "duaal_onderwijs": "duaal",
}  # fmt: skip
_JA_NEE = {"ja": "1", "j": "1", "true": "1", "waar": "1", "1.0": "1", "nee": "0", "n": "0", "false": "0",
           "onwaar": "0", "0.0": "0"}  # fmt: skip
_ACHTERVOEGSEL = {
    "pv": Niveau.PROVINCIE, "ld": Niveau.LANDSDEEL, "ra": Niveau.ARBEIDSMARKTREGIO, "gemeente": Niveau.GEMEENTE,
}  # fmt: skip
# Kinds of reading of which one example says enough; of others each value is said.
_GEHEEL, _PROCENT, _AANDEEL = "een geheel getal", "procenten", "een deel van 1"
_VEEL_NULLEN = 3
_MEESTE_MAANDEN = 12
_STERRETJE = "voorlopig (een sterretje bij StatLine)"


@dataclass(frozen=True)
class Lezing:
    """How one value is read: the value of the contract, and what it was taken for."""

    waarde: str
    als: str = ""
    voorlopig: bool = False


@dataclass
class Geduid:
    """A file's rows as they are read, and what there is to say of that."""

    frame: pd.DataFrame
    opmerkingen: list[Melding] = field(default_factory=list)
    fouten: list[Melding] = field(default_factory=list)


def interpret(con: duckdb.DuckDBPyConnection, tabel: Tabel, gelezen: Gelezen, bestand: str) -> Geduid:
    """Return the rows with every value that is certainly another way of writing in the way of the contract."""
    namen = load_names(con)
    frame = gelezen.frame
    gevonden: dict[tuple[str, str, str], dict[str, pd.Index]] = {}
    voorlopig: list[pd.Index] = []
    for kolom in (kolom for naam, kolom in tabel.kolommen.items() if naam in frame):
        lees = reader_of(kolom, namen, decimaalkomma=gelezen.decimaalkomma)
        lezingen = {w: lezing for w in frame[kolom.naam].unique() if w and (lezing := lees(w)) and lezing.waarde != w}
        if not lezingen:
            continue
        for waarde, rijen in rows_per_word(frame[kolom.naam], lezingen).items():
            lezing = lezingen[waarde]
            veel = lezing.als in (_GEHEEL, _PROCENT, _AANDEEL)
            eerste = next((s for s in gevonden if veel and s[0] == lezing.als), None)
            sleutel = eerste or (lezing.als, waarde, lezing.waarde)
            eerder = gevonden.setdefault(sleutel, {})
            eerder[kolom.naam] = rijen if kolom.naam not in eerder else eerder[kolom.naam].union(rijen)
            voorlopig += [rijen] if lezing.voorlopig else []
        nieuw = {waarde: lezing.waarde for waarde, lezing in lezingen.items()}
        frame = frame.assign(**{kolom.naam: replaced(frame[kolom.naam], nieuw)})
    if voorlopig and VOORLOPIG in tabel.kolommen:
        frame = _mark(frame, voorlopig)
    gezegd = [_remark(bestand, *sleutel, plekken) for sleutel, plekken in gevonden.items()]
    return Geduid(frame, gezegd + _unnamed_series(tabel, frame, bestand) + _many_zeros(tabel, frame, bestand))


def _unnamed_series(tabel: Tabel, frame: pd.DataFrame, bestand: str) -> list[Melding]:
    """Return a remark where columns that tell series apart may be empty and are: nobody knows which count it is."""
    kolommen = [k for k in map(tabel.kolommen.__getitem__, tabel.reeks) if k.lijst and k.leeg]
    leeg = {k: among(frame[k.naam], [""]) if k.naam in frame else pd.Series(True, index=frame.index) for k in kolommen}
    leeg = {k: raak for k, raak in leeg.items() if raak.any()}
    if not leeg:
        return []
    rijen = pd.concat(leeg.values(), axis=1).any(axis=1)
    namen, aantal = " en ".join(k.naam for k in leeg), f"{int(rijen.sum()):,}".replace(",", ".")
    keuze = "; ".join(f"{k.naam}: {', '.join(k.lijst[:-1])} of {k.lijst[-1]}" for k in leeg)
    if len(leeg) < len(kolommen):
        tekst = f"Niet ingevuld: {namen} ({aantal} keer). Zij komen in één reeks met andere waar dat ook leeg is."
        advies = f"Is dat niet de bedoeling, kies dan {keuze}."
    else:
        tekst = f"Niet ingevuld: {namen} ({aantal} keer). Dit is een reeks zonder telling, naast die van CBS of DUO."
        advies = f"Vul {namen} in, anders staan deze cijfers los van de andere. Kies {keuze}."
    return [Melding(bestand, tekst, rij=int(frame.index[rijen][0]), advies=advies)]


def _many_zeros(tabel: Tabel, frame: pd.DataFrame, bestand: str) -> list[Melding]:
    """Return a remark per count with so many zeros, and not one missing cell, that some may be missing figures."""
    gezegd = []
    for kolom in (k for k in tabel.kolommen.values() if k.type == "geheel" and k.min == 0 and k.naam in frame):
        cellen = frame[kolom.naam]
        nul = among(cellen, ["0"])
        veel = nul.sum() >= _VEEL_NULLEN and 5 * nul.sum() >= len(cellen)
        if veel and not among(cellen, ("", ".", "<5", "nvt")).any():
            tekst = (
                f"'0' staat hier {int(nul.sum())} keer, en nergens een leeg of verborgen cijfer. Een 0 telt als nul."
            )
            advies = "Ontbreekt het cijfer, laat de cel dan leeg; is het geheim, schrijf dan een punt."
            gezegd.append(Melding(bestand, tekst, rij=int(frame.index[nul][0]), kolom=kolom.naam, advies=advies))
    return gezegd


def _mark(frame: pd.DataFrame, rijen: Iterable[pd.Index]) -> pd.DataFrame:
    """Return the rows with a mark on those whose period says that it is provisional."""
    merk = frame[VOORLOPIG].astype("str") if VOORLOPIG in frame else pd.Series("", index=frame.index, dtype="str")
    for deel in rijen:
        merk = merk.mask(merk.index.isin(deel) & (merk == ""), "1")
    return frame.assign(**{VOORLOPIG: merk})


def _remark(bestand: str, als: str, waarde: str, nieuw: str, plekken: Mapping[str, pd.Index]) -> Melding:
    """Return what was read as what, in which columns and how often."""
    aantal = sum(map(len, plekken.values()))
    eerste = min(int(rijen.min()) for rijen in plekken.values())
    namen = list(plekken)
    waar = "" if len(namen) == 1 else f" in {len(namen)} kolommen ({', '.join(namen[:3])}{', …' * (len(namen) > 3)})"
    wat = f"'{show_value(waarde)}' is gelezen als {nieuw}{f', {als}' if als else ''}"
    getal = f"{aantal:,}".replace(",", ".")
    keer = f"{waar}: {getal} keer."
    if aantal > 1 and als in (_GEHEEL, _PROCENT, _AANDEEL):
        keer = f"; zo zijn er {getal}{waar}."
    return Melding(bestand, f"{wat}{keer}", rij=eerste, kolom=namen[0] if len(namen) == 1 else None)


def load_names(con: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """Return the code of every region and branche that one name stands for, and no other."""
    soorten = {niveau: achter for achter, niveau in _ACHTERVOEGSEL.items()}
    namen: dict[str, set[str]] = {}
    for code, niveau, naam in con.execute("select regio_code, niveau, naam from regio").fetchall():
        for vorm in (naam, f"{naam} ({soorten.get(niveau, niveau)})"):
            namen.setdefault(f"regio {vorm}".casefold(), set()).add(code)
    for code, naam in con.execute("select branche_code, naam from branche").fetchall():
        namen.setdefault(f"branche {naam}".casefold(), set()).add(code)
    return {naam: next(iter(codes)) for naam, codes in namen.items() if len(codes) == 1}


def reader_of(kolom: Kolom, namen: Mapping[str, str], *, decimaalkomma: bool) -> Callable[[str], Lezing | None]:
    """Return what reads one value of this column; None where it says nothing certain."""
    if kolom.type == "periode":
        return read_period
    if kolom.type == "datum":
        return lambda w: _plain(_day_code(w) or None)
    if kolom.naam == VOORLOPIG:
        return lambda w: _plain(_JA_NEE.get(w.casefold())) or _read_state(w)
    if kolom.type == "ja_nee":
        return lambda w: _plain(_JA_NEE.get(w.casefold()))
    if kolom.type == "regio":
        return lambda w: _plain(namen.get(f"regio {w}".casefold()))
    if kolom.verwijst == "branche":
        return lambda w: _plain(namen.get(f"branche {w}".casefold()))
    if kolom.type == "code" and kolom.lijst:
        codes = {_bare(code): code for code in kolom.lijst if re.fullmatch(r"[a-z0-9_]+", code)}
        labels = {label: code for label, code in _LABELS.items() if code in kolom.lijst}
        return lambda w: None if w in kolom.lijst else _plain(codes.get(_bare(w)) or labels.get(_label(w)))
    if kolom.type == "geheel":
        teken = "[.,]" if decimaalkomma else r"\."
        return lambda w: Lezing(m[1], _GEHEEL) if (m := re.fullmatch(rf"(-?[0-9]{{1,9}}){teken}0{{1,2}}", w)) else None
    if kolom.type == "getal":
        return lambda w: _read_percent(w, kolom)
    return lambda _w: None


def _read_state(tekst: str) -> Lezing | None:
    """Read a state as CBS and suppliers write it: what is final now is final, whatever it was before."""
    m = re.fullmatch(r"(nader ?)?(voorlopig)|definitief( \(was (nader )?voorlopig\))?", tekst.strip().casefold())
    return Lezing("1" if m[2] else "0") if m else None


def _plain(waarde: str | None) -> Lezing | None:
    return None if waarde is None else Lezing(waarde)


def _label(tekst: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", tekst.casefold()).strip("_")


def _bare(tekst: str) -> str:
    """Return a code or label by its letters and digits alone."""
    return re.sub(r"[\s_-]+", "", tekst.casefold())


def _read_percent(tekst: str, kolom: Kolom) -> Lezing | None:
    """Read 8,12% where the column holds percents, or shares; elsewhere nobody knows what was meant."""
    gevonden = re.fullmatch(r"(-?[0-9]{1,9})(?:[.,]([0-9]{1,12}))?\s?%", tekst)
    if gevonden is None:
        return None
    getal = Decimal(f"{gevonden[1]}.{gevonden[2] or 0}")
    if kolom.naam == "percentage":
        return Lezing(f"{getal.normalize():f}", _PROCENT)
    return Lezing(f"{(getal / 100).normalize():f}", _AANDEEL) if kolom.max == 1 or not kolom.tijd else None


# 2024 3e kwartaal, 2024-Q3, 2024K3; and the other way round: 3e kw. 2024, Q3 2024, kwartaal 3 van 2024.
_KWARTAAL = re.compile(
    r"(?:([12][0-9]{3})[ -]?)?(?:([1-4])e kw(?:artaal|\.)?|(?:[QK]|KW ?0?)([1-4])|kwartaal ([1-4]))"
    r"(?:(?: van)?[ -]?([12][0-9]{3}))?",
    re.IGNORECASE,
)
_RANG = {"eerste": "1e", "tweede": "2e", "derde": "3e", "vierde": "4e"}
_AANLOOP = re.compile(r"(?:jaar|schooljaar|studiejaar|collegejaar) (?=[12][0-9]{3})", re.IGNORECASE)
_MAANDNAAM = re.compile(r"([12][0-9]{3}) ([a-z]+)|([a-z]+) ([12][0-9]{3})", re.IGNORECASE)
_DAG = re.compile(r"([0-3]?[0-9])[-/.]([01]?[0-9])[-/.]((?:19|20)[0-9]{2})")


def read_period(tekst: str) -> Lezing | None:
    """Read a period as StatLine, DUO, spreadsheets and people write it; None where it has none of those forms."""
    kaal = tekst.rstrip("*").strip()
    sterretje = kaal != tekst.strip()
    code = _period_code(_AANLOOP.sub("", kaal))
    if parse_periode(code) is None:
        return None
    return Lezing(code, _STERRETJE if sterretje else "", voorlopig=sterretje)


def _period_code(kaal: str) -> str:
    eerste, _, rest = kaal.partition(" ")
    if m := re.fullmatch(r"([12][0-9]{3})(?:JJ00|\.0)", kaal):
        return m[1]
    if m := re.fullmatch(r"([12][0-9]{3})SJ00", kaal):
        return _school_year(m[1])
    if m := re.fullmatch(r"([12][0-9]{3}) ?/ ?(?:'|’|20)([0-9]{2})", kaal):
        return f"{m[1]}/{m[2]}"
    if (m := re.fullmatch(r"([12][0-9]{3}) ?- ?([12][0-9]{3})", kaal)) and int(m[2]) == int(m[1]) + 1:
        return _school_year(m[1])
    # 2002-03 may be a school year.
    if (m := re.fullmatch(r"([12][0-9]{3})-(0[1-9]|1[0-2])", kaal)) and int(m[2]) != (int(m[1]) + 1) % 100:
        return f"{m[1]}MM{m[2]}"
    if (m := _KWARTAAL.fullmatch(f"{_RANG.get(eerste.casefold(), eerste)} {rest}".strip())) and bool(m[1]) != bool(
        m[5]
    ):
        return f"{m[1] or m[5]}KW0{m[2] or m[3] or m[4]}"
    if (m := _MAANDNAAM.fullmatch(kaal)) and (maand := (m[2] or m[3]).casefold()) in MAANDEN:
        return f"{m[1] or m[4]}MM{MAANDEN.index(maand) + 1:02}"
    return _day_code(kaal) or kaal


def _day_code(kaal: str) -> str:
    """Return a day as people write it in the way of the contract; empty where day and month may be the other way."""
    m = _DAG.fullmatch(kaal)
    if m is None or not (int(m[1]) > _MEESTE_MAANDEN or int(m[1]) == int(m[2])):
        return ""
    return f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"


def _school_year(jaar: str) -> str:
    return f"{jaar}/{(int(jaar) + 1) % 100:02}"
