"""Delivery of voorbeelddata for source srs_enquete: 301 made-up respondents and their open answers, year 2021.

    python -m pipelines.voorbeelddata.srs_enquete [--raw DIR]

Published (Nulmeting SRS 2021, SEOR, 2022), and reproduced after rounding half up: respondents per WGO (tabel
1.3), branche (I.1), grootteklasse (I.2) and functie; every share and mean of figures 2.1 to 2.18; the counts of
tables 2.1, 3.1 and 3.2; rapportcijfer by branche and betrokkenheid; rol_transitie by betrokkenheid.
Invented: every respondent, every relation between two answers that is not in that list, every answer category
without a printed figure (neutraal, weet_niet, some oneens, imago_anders), the marks 1 to 5, 9 and 10 apart, how
often a theme was named where only a range is printed, and all mentions of `overig`.

Method:
1. Counts. The bases are printed and exact. A share becomes the whole number nearest to it (`nearest`). Where all
   answers of a question are printed and these numbers do not fill the base, the number that stays closest to its
   percentage moves by one, until they do (`divide`). Several counts fit most percentages, so a count is a choice
   and not a fact. Werving and imago overlap in 92: 128 + 173 − 209. Digitaal and verander in 53: 72 + 90 − 109.
2. Who gives which answer. Respondents are put in order by an inclination plus a draw, and the order is cut at the
   counts (`cut`), so every margin is exact. WGO and branche are drawn apart; size leans on branche, functie and
   betrokkenheid on size, knowledge on betrokkenheid and on the respondent, judgements on the rapportcijfer.
3. Marks are swapped between respondents until the sum of each published group is its target (`fit_cijfers`).
4. Effects and themes are dealt so that everyone names at least one thing and nobody one thing twice (`deal`).
   Who sees no effect names no other; the open questions are answered by some of those who were asked.

No inclination depends on the WGO: differences between WGO's are chance and say nothing about a real one. A draw
is a hash of SEED and the name of what is drawn, and all arithmetic is in whole numbers: the files are the same
on every machine. The organisations that were invited are real and are a delivery of their own.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from pipelines.voorbeelddata.loten import lot
from pipelines.voorbeelddata.srs_marges import (
    BEKENDHEID,
    BETROKKENHEID,
    BRANCHE,
    CIJFERS,
    CIJFERSOM,
    DIGITAAL_OF_VERANDER,
    DIGITALE_TOOLS,
    EFFECTEN,
    FUNCTIE,
    GROOTTEKLASSE,
    INZET_DIGITAAL,
    INZET_VERANDER,
    JAAR,
    LAAGSTE,
    NETWERK,
    NEUTRAAL,
    OPEN_VRAGEN,
    PILOT,
    PILOT_INZICHTEN,
    ROL_JA,
    ROL_TRANSITIE,
    STELLINGEN,
    TIENEN,
    WERVING_OF_IMAGO,
    WGO,
)

SEED = "nulmeting srs"
RUIS = 100

# fmt: off
# Invented: how much an answer leans on another one, in the same unit as RUIS.
BRANCHE_GROOTTE = {"ZKH": 100, "GGZ": 60, "GHZ": 60, "VVT": 50, "JZ": 50, "KO": 40, "SW": 20, "OZW": 20, "HAG": -40}
GROOTTE = {">1000": 24, "250-1000": 16, "50-249": 8, "<50": 0, "onbekend": 8}
BETROKKEN = {"actief": 45, "regelmatig": 35, "af_en_toe": 20, "alleen_informatie": 0}

KOLOMMEN = (
    "respondent_id", "jaar", "wgo_code", "branche_code", "grootteklasse", "functie", "betrokkenheid", "rapportcijfer",
    "digitale_tools", *(f"{blok}_bekendheid" for blok in BEKENDHEID), "inzet_digitaal", "inzet_verander", "pilot",
    "rol_transitie", "netwerk_nieuwe_samenwerking",
    *(f"{blok}_{effect}" for blok, effecten in EFFECTEN.items() for effect in effecten), *STELLINGEN,
    "pilot_inzichten",
)
# fmt: on
LEVERING = """\
bron: srs_enquete
leverancier: Regiomonitor (voorbeelddata)
periode: "2021"
ontvangen: 2022-09-29
herkomst: synthetisch
verwijzing: Nulmeting SRS 2021 (SEOR, 2022), figuur 2.1 t/m 2.18 en tabel 1.3, 2.1, 3.1, 3.2, I.1, I.2 (alleen totalen)
opmerking: >-
  Dit zijn verzonnen respondenten. Samen geven zij na afronding elk cijfer dat de Nulmeting SRS 2021 over de
  enquête noemt. Wie wat antwoordt is geloot en zegt niets over een echte organisatie of regio.
  Gemaakt met python -m pipelines.voorbeelddata.srs_enquete.
"""

Rij = dict[str, str]
Neiging = Callable[[Rij], int]


def draw(laag: int, hoog: int, *naam: str) -> int:
    """Return a whole number from laag to hoog that depends on SEED and the name only."""
    return lot(SEED, laag, hoog, *naam)


def nearest(percentage: int, basis: int) -> int:
    """Return the count that is nearest to a percentage of the base."""
    return (2 * percentage * basis + 100) // 200


def divide(rest: int, basis: int, percentages: Mapping[str, int]) -> dict[str, int]:
    """Return counts that add up to rest and lie as near as they can to these percentages of the base."""
    aantallen = {code: nearest(percentage, basis) for code, percentage in percentages.items()}
    while tekort := rest - sum(aantallen.values()):
        stap = 1 if tekort > 0 else -1
        afstand = {code: abs(100 * (aantallen[code] + stap) - percentages[code] * basis) for code in aantallen}
        aantallen[min(afstand, key=lambda code: afstand[code])] += stap
    return aantallen


def no_inclination(_rij: Rij) -> int:
    """Return 0: only the draw decides."""
    return 0


def knowledge(rij: Rij) -> int:
    """Return how much a respondent knows: more when involved, and some know more in everything."""
    return BETROKKEN[rij["betrokkenheid"]] + draw(0, RUIS // 2, "kennis", rij["respondent_id"])


def judgement(rij: Rij) -> int:
    """Return how a respondent judges: by its mark, and some are milder in everything."""
    return 15 * int(rij["rapportcijfer"]) + draw(0, RUIS // 3, "oordeel", rij["respondent_id"])


def order(rijen: Iterable[Rij], doel: str, neiging: Neiging = no_inclination) -> list[Rij]:
    """Return the respondents by inclination plus a draw, the most inclined first."""

    def sleutel(rij: Rij) -> tuple[int, str]:
        return -neiging(rij) - draw(0, RUIS, doel, rij["respondent_id"]), rij["respondent_id"]

    return sorted(rijen, key=sleutel)


def cut(rijen: Iterable[Rij], kolom: str, aantallen: Mapping[str, int], neiging: Neiging = no_inclination) -> None:
    """Give each respondent an answer: the most inclined get the first one, until its count is reached."""
    antwoorden = [code for code, aantal in aantallen.items() for _ in range(aantal)]
    for rij, antwoord in zip(order(rijen, kolom, neiging), antwoorden, strict=True):
        rij[kolom] = antwoord


def mark(rijen: Sequence[Rij], kolom: str, aantal: int, neiging: Neiging = no_inclination) -> None:
    """Answer a yes-no question: 1 for so many respondents, 0 for the others."""
    cut(rijen, kolom, {"1": aantal, "0": len(rijen) - aantal}, neiging)


def select(rijen: Iterable[Rij], kolom: str, *waarden: str) -> list[Rij]:
    """Return the respondents that gave one of these answers."""
    return [rij for rij in rijen if rij[kolom] in waarden]


def make_organisaties() -> list[Rij]:
    """Return the respondents with what they are and how involved they are."""
    n = sum(WGO.values())
    rijen = [{"respondent_id": f"voorbeeld-{nummer:03}", "jaar": JAAR} for nummer in range(1, n + 1)]
    cut(rijen, "wgo_code", WGO)
    cut(rijen, "branche_code", BRANCHE)
    cut(rijen, "grootteklasse", GROOTTEKLASSE, lambda rij: BRANCHE_GROOTTE[rij["branche_code"]])
    cut(rijen, "functie", divide(n, n, FUNCTIE), lambda rij: GROOTTE[rij["grootteklasse"]])
    (laatste, aantal), percentages = BETROKKENHEID
    betrokkenheid = divide(n - aantal, n, percentages) | {laatste: aantal}
    cut(rijen, "betrokkenheid", betrokkenheid, lambda rij: GROOTTE[rij["grootteklasse"]])
    return rijen


def count_cijfers(n: int) -> dict[str, int]:
    """Return how often each mark is given, the highest first; 6 is what the published marks leave over."""
    groep = {naam: nearest(percentage, n) for naam, percentage in CIJFERS.items()}
    laag = {str(cijfer): aantal for cijfer, aantal in LAAGSTE.items()}
    return {
        "10": TIENEN, "9": groep["9_10"] - TIENEN, "8": groep["8"], "7": groep["7"], "6": n - sum(groep.values()),
        "5": groep["tm_5"] - sum(laag.values()), **laag,
    }  # fmt: skip


def fit_cijfers(rijen: Sequence[Rij]) -> None:
    """Swap marks between respondents until the marks of each group add up to its target.

    Raises:
        RuntimeError: no swap brings the sums nearer, so these targets do not go together.
    """
    doelen = {(kolom, code): som for kolom, sommen in CIJFERSOM.items() for code, som in sommen.items()}
    groepen = [{(kolom, rij[kolom]) for kolom in CIJFERSOM} & doelen.keys() for rij in rijen]
    cijfers = [int(rij["rapportcijfer"]) for rij in rijen]
    over = {doel: sum(c for c, g in zip(cijfers, groepen, strict=True) if doel in g) - doelen[doel] for doel in doelen}
    volgorde = [rijen.index(rij) for rij in order(rijen, "ruil")]
    while any(over.values()):
        for een, ander in combinations(volgorde, 2):
            # The group of the one loses what that of the other gains; a group of both stays as it is.
            verschil = cijfers[een] - cijfers[ander]
            nieuw = {doel: over[doel] - verschil for doel in groepen[een] - groepen[ander]}
            nieuw |= {doel: over[doel] + verschil for doel in groepen[ander] - groepen[een]}
            if sum(map(abs, nieuw.values())) < sum(abs(over[doel]) for doel in nieuw):
                cijfers[een], cijfers[ander] = cijfers[ander], cijfers[een]
                over |= nieuw
                break
        else:
            raise RuntimeError(f"Deze sommen van cijfers gaan niet samen: {over}")
    for rij, cijfer in zip(rijen, cijfers, strict=True):
        rij["rapportcijfer"] = str(cijfer)


def answer_bekendheid(rijen: Sequence[Rij]) -> None:
    """Answer what respondents know or use; werving and imago together reach the published union."""
    for blok, ((eerste, aantal), percentages) in BEKENDHEID.items():
        kolom = f"{blok}_bekendheid"
        rest = divide(len(rijen) - aantal, len(rijen), percentages)
        if blok != "imago":
            cut(rijen, kolom, {eerste: aantal} | rest, knowledge)
            continue
        gebruikers = BEKENDHEID["werving"][0][1]
        beide = gebruikers + aantal - WERVING_OF_IMAGO
        bekend = order(select(rijen, "werving_bekendheid", "gebruikt"), kolom, knowledge)[:beide]
        anderen = [rij for rij in rijen if rij["werving_bekendheid"] != "gebruikt"]
        bekend += order(anderen, kolom, knowledge)[: aantal - beide]
        cut(bekend, kolom, {eerste: aantal})
        cut([rij for rij in rijen if kolom not in rij], kolom, rest, knowledge)


def answer_innoveren(rijen: Sequence[Rij]) -> None:
    """Answer the questions on skills, whose union is published, and on pilots."""
    n = len(rijen)
    ingezet = order(order(rijen, "inzet", knowledge)[:DIGITAAL_OF_VERANDER], "inzet soort")
    digitaal = ingezet[: nearest(INZET_DIGITAAL, n)]
    verander = ingezet[-nearest(INZET_VERANDER, n) :]
    for rij in rijen:
        rij["inzet_digitaal"], rij["inzet_verander"] = str(int(rij in digitaal)), str(int(rij in verander))
    mark(rijen, "pilot", PILOT, knowledge)
    cut(select(rijen, "pilot", "1"), "pilot_inzichten", PILOT_INZICHTEN, judgement)


def answer_rol(rijen: Sequence[Rij]) -> None:
    """Answer whether the WGO has a role in the transition: ja as published per betrokkenheid."""
    for code, percentage in ROL_JA.items():
        groep = select(rijen, "betrokkenheid", code)
        for rij in order(groep, "rol", judgement)[: nearest(percentage, len(groep))]:
            rij["rol_transitie"] = "ja"
    cut([rij for rij in rijen if "rol_transitie" not in rij], "rol_transitie", ROL_TRANSITIE)


def deal(aantallen: Mapping[str, int], rijen: Sequence[Rij], doel: str) -> dict[str, list[str]]:
    """Return what each respondent names: at least one thing while there are enough, and nothing twice."""
    alles = [code for code, aantal in aantallen.items() for _ in range(aantal)]
    geschud = sorted(range(len(alles)), key=lambda plek: draw(0, 10**12, doel, str(plek)))
    genoemd = {rij["respondent_id"]: [alles[plek]] for rij, plek in zip(order(rijen, doel), geschud, strict=False)}
    over = Counter(alles[plek] for plek in geschud[len(genoemd) :])
    for code, aantal in over.items():
        zonder = [rij for rij in rijen if code not in genoemd[rij["respondent_id"]]]
        for rij in order(zonder, f"{doel} {code}", judgement)[:aantal]:
            genoemd[rij["respondent_id"]].append(code)
    return genoemd


def answer_effecten(rijen: Sequence[Rij]) -> None:
    """Answer which effects respondents see, in each block that they know or use; none excludes the others."""
    for blok, percentages in EFFECTEN.items():
        basis = select(rijen, f"{blok}_bekendheid", BEKENDHEID[blok][0][0])
        aantallen = {effect: nearest(percentage, len(basis)) for effect, percentage in percentages.items()}
        geen = aantallen.pop("geen")
        mark(basis, f"{blok}_geen", geen, lambda rij: -judgement(rij))
        genoemd = deal(aantallen, select(basis, f"{blok}_geen", "0"), blok)
        for rij in basis:
            for effect in aantallen:
                rij[f"{blok}_{effect}"] = str(int(effect in genoemd.get(rij["respondent_id"], [])))


def answer_stellingen(rijen: Sequence[Rij]) -> None:
    """Answer the statements on impact, each in its base; who does not know is part of it."""
    instroom = [rij for rij in rijen if rij["werving_bekendheid"] == "gebruikt" or rij["imago_bekendheid"] == "bekend"]
    bases = {
        "instroom": instroom,
        "leren": select(rijen, "leren_bekendheid", "bekend"),
        "werken": select(rijen, "werken_bekendheid", "bekend"),
        "innoveren": [rij for rij in rijen if "1" in (rij["inzet_digitaal"], rij["inzet_verander"])],
    }
    for kolom, (blok, eens, oneens) in STELLINGEN.items():
        n = len(bases[blok])
        aantallen = {"eens": nearest(eens, n), "neutraal": 0, "weet_niet": 0, "oneens": nearest(oneens, n)}
        rest = n - sum(aantallen.values())
        aantallen["neutraal"] = nearest(NEUTRAAL, rest)
        aantallen["weet_niet"] = rest - aantallen["neutraal"]
        cut(bases[blok], kolom, aantallen, judgement)


def make_antwoorden() -> list[Rij]:
    """Return every respondent with its answers; a question that was not asked has none."""
    rijen = make_organisaties()
    n = len(rijen)
    cut(rijen, "rapportcijfer", count_cijfers(n), lambda rij: BETROKKEN[rij["betrokkenheid"]])
    fit_cijfers(rijen)
    mark(rijen, "digitale_tools", nearest(DIGITALE_TOOLS, n), knowledge)
    answer_bekendheid(rijen)
    netwerk = [rij for rij in rijen if rij["betrokkenheid"] != "alleen_informatie"]
    mark(netwerk, "netwerk_nieuwe_samenwerking", nearest(NETWERK, len(netwerk)), judgement)
    answer_innoveren(rijen)
    answer_rol(rijen)
    answer_effecten(rijen)
    answer_stellingen(rijen)
    return rijen


def make_open_antwoorden(rijen: Sequence[Rij]) -> list[tuple[str, str, str]]:
    """Return respondent, vraag and theme of every mention."""
    noemingen = []
    for vraag, (kolom, waarde, aantal, aantallen) in OPEN_VRAGEN.items():
        gevraagd = [rij for rij in rijen if rij.get(kolom) == waarde]
        genoemd = deal(aantallen, order(gevraagd, vraag)[:aantal], vraag)
        noemingen += [(wie, vraag, code) for wie in sorted(genoemd) for code in genoemd[wie]]
    return noemingen


def write_levering(raw: Path) -> None:
    """Write the delivery, over what was there; line ends are the same on every platform."""
    map_ = raw / "srs_enquete" / f"voorbeeld-{JAAR}"
    map_.mkdir(parents=True, exist_ok=True)
    rijen = make_antwoorden()
    antwoorden = [KOLOMMEN, *(tuple(rij.get(kolom, "") for kolom in KOLOMMEN) for rij in rijen)]
    open_antwoorden = [("respondent_id", "vraag", "code"), *make_open_antwoorden(rijen)]
    (map_ / "levering.yml").write_bytes(LEVERING.encode())
    for tabel, regels in (("antwoorden", antwoorden), ("open_antwoorden", open_antwoorden)):
        (map_ / f"{tabel}.csv").write_bytes(("\n".join(map(",".join, regels)) + "\n").encode())


def main(argumenten: Sequence[str] | None = None) -> None:
    """Write the delivery into the raw folder."""
    lezer = argparse.ArgumentParser(description="Maakt de voorbeelddata van bron srs_enquete.")
    lezer.add_argument("--raw", type=Path, default=Path("data/raw"), help="map met leveringen (data/raw)")
    write_levering(lezer.parse_args(argumenten).raw)


if __name__ == "__main__":
    main()
