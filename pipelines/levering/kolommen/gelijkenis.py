"""How much a supplier's column looks like one of the contract, by its name and by what stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from pipelines.afspraken.codelijsten import Niveau
from pipelines.afspraken.contract import Kolom
from pipelines.afspraken.regio import open_regio
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.levering.waarden.duiden import load_names, reader_of
from pipelines.levering.waarden.raad import MERKTEKENS

_KOLOMNAMEN = Path(__file__).parents[2] / "referentie" / "kolomnamen.yml"
# Levels that a header may name, the longest word first.
_NIVEAUS = tuple(str(n) for n in (Niveau.ARBEIDSMARKTREGIO, Niveau.PROVINCIE, Niveau.LANDSDEEL, Niveau.GEMEENTE))
_ALS_DEEL = 0.85
_TEKST = 0.5
_GETAL = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,20})?")
_VORMEN = {
    "geheel": re.compile(r"-?[0-9]{1,9}"),
    "getal": _GETAL,
    "ja_nee": re.compile("[01]"),
    "datum": re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"),
}


def bare(tekst: str) -> str:
    """Return a name by its letters and digits alone, without accents."""
    gewoon = unicodedata.normalize("NFKD", tekst.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(t for t in gewoon if not unicodedata.combining(t))))


@cache
def _synonyms(soort: str) -> Mapping[str, frozenset[str]]:
    return {naam: frozenset(map(bare, [naam, *andere])) for naam, andere in load_yaml(_KOLOMNAMEN)[soort].items()}


def of_name(hun: str, kolom: str) -> float:
    """Return how much a header looks like a column's name: 1 is that name, or one that is known for it."""
    kaal, namen = bare(hun), _synonyms("kolommen").get(kolom, frozenset()) | {bare(kolom)}
    if kaal in namen:
        return 1.0
    if any(f" {naam} " in f" {kaal} " for naam in namen if len(naam) > 3):
        return _ALS_DEEL
    return max(SequenceMatcher(None, kaal, naam).ratio() for naam in namen)


def named_level(hun: str) -> str:
    """Return the level of regions that a header names; empty where it names none."""
    kop = bare(hun)
    return next((niveau for niveau in _NIVEAUS if niveau in kop), "")


class Codes:
    """The codes and names that a value may be, for one source."""

    def __init__(self, indicatoren: Iterable[str] = ()) -> None:
        con = open_regio()
        self.namen = load_names(con)
        regios = con.execute("select regio_code, naam, niveau from regio").fetchall()
        branches = con.execute("select branche_code, naam from branche").fetchall()
        con.close()
        self._naam_van = {"regio": {code: naam for code, naam, _ in regios}, "branche": dict(branches)}
        self._niveau_van = {code: niveau for code, _, niveau in regios}
        self._indicatoren = list(indicatoren)

    def of(self, kolom: Kolom) -> Mapping[str, str]:
        """Return every code that may stand in this column, with its name."""
        if kolom.type == "regio":
            alle = self._naam_van["regio"]
            return {c: naam for c, naam in alle.items() if not kolom.niveaus or self._niveau_van[c] in kolom.niveaus}
        if kolom.verwijst:
            alle = self._naam_van.get(kolom.verwijst, {naam: naam for naam in self._indicatoren})
            return {code: naam for code, naam in alle.items() if code not in kolom.behalve}
        return {code: code.replace("_", " ") for code in kolom.lijst}

    def level_of(self, kolom: Kolom, hun: str, waarden: Iterable[str]) -> tuple[str, bool]:
        """Return which level the regions of a column are of, and whether its header says so; '' where nothing does.

        Groningen is a gemeente, a provincie and an arbeidsmarktregio.
        """
        if genoemd := named_level(hun):
            return genoemd, True
        lees = reader_of(kolom, self.namen, decimaalkomma=True)
        gelezen = {waarde: lees(waarde) for waarde in dict.fromkeys(waarden)}
        codes = (lezing.waarde if lezing else waarde for waarde, lezing in gelezen.items())
        tellingen = Counter(self._niveau_van[code] for code in codes if code in self._niveau_van)
        tellingen.pop(Niveau.LAND, None)
        return next((niveau for niveau, _ in tellingen.most_common(1)), ""), False

    def elsewhere(self, kolom: Kolom, hun: str, waarden: Iterable[str]) -> Mapping[str, str]:
        """Return the names of regions that are none of the level that the header names, with the code of each."""
        if not (niveau := named_level(hun)):
            return {}
        lees = reader_of(kolom, self.namen, decimaalkomma=True)
        gelezen = {w: lezing.waarde for w in dict.fromkeys(waarden) if (lezing := lees(w)) and lezing.waarde != w}
        return {w: code for w, code in gelezen.items() if self._niveau_van[code] not in (niveau, Niveau.LAND)}

    def level(self, code: str) -> str:
        """Return the level of one region."""
        return str(self._niveau_van[code])

    def at_level(self, codes: Mapping[str, str], niveau: str) -> Mapping[str, str]:
        """Return the regions of one level, and the country, which may stand among those of any."""
        return {code: naam for code, naam in codes.items() if self._niveau_van.get(code) in (niveau, Niveau.LAND)}

    def reads(self, kolom: Kolom) -> Callable[[str], bool]:
        """Return what says of a value whether it can stand in this column as it is."""
        lees, codes, vorm = reader_of(kolom, self.namen, decimaalkomma=True), self.of(kolom), _VORMEN.get(kolom.type)

        def fits(waarde: str) -> bool:
            if lees(waarde) is not None or waarde in codes or waarde in MERKTEKENS:
                return True
            if kolom.type == "periode":
                return parse_periode(waarde) is not None
            return vorm is not None and vorm.fullmatch(waarde) is not None

        return fits


def of_content(waarden: Sequence[str], kolom: Kolom, codes: Codes) -> float:
    """Return which part of these values can stand in this column; of free text that says little."""
    gevuld = [waarde for waarde in waarden if waarde]
    if kolom.type == "tekst" or not gevuld:
        return _TEKST
    fits = codes.reads(kolom)
    return sum(map(fits, gevuld)) / len(gevuld)


def nearest_code(label: str, codes: Mapping[str, str]) -> tuple[str | None, bool]:
    """Return the code that a label most looks like, and whether that is sure: its name, or one known for it.

    A part of one name, and of no other, is likely that one.
    """
    kaal, labels = bare(label), _synonyms("labels")
    namen = {code: {bare(code), bare(naam), *labels.get(code, ())} for code, naam in codes.items()}
    if zeker := [code for code, deel in namen.items() if kaal in deel]:
        return zeker[0], len(zeker) == 1
    deel_van = [code for code, deel in namen.items() if kaal and any(f" {kaal} " in f" {naam} " for naam in deel)]
    if len(deel_van) == 1:
        return deel_van[0], False
    beste = max(((SequenceMatcher(None, kaal, naam).ratio(), code) for code, deel in namen.items() for naam in deel),
                default=(0.0, None))  # fmt: skip
    return (beste[1], False) if beste[0] >= 0.7 else (None, False)
