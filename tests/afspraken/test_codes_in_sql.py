"""A query in a file may write a code out, to be read as it is; each one is in its list, or it would say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.afspraken.codelijsten import Herkomst, Niveau, Schatting, Status

ROOT = Path(__file__).parents[2]
# By the name of the column or macro that holds it.
LIJSTEN = {
    r"(?:cel)?status(?:_\w+)?|to_status": {*Status}, "herkomst|heeft": {*Herkomst}, "niveau": {*Niveau},
    "schatting": {*Schatting},
}  # fmt: skip
_TEKST = re.compile(r"'((?:[^']|'')*)'")
_UITLEG = re.compile(r"--[^\n]*")
# A choice with no choice in it: the innermost first.
_KEUZE = re.compile(r"\bcase\b(?:(?!\b(?:case|end|if)\b).)*?\bend\b|\bif\([^()]*\)", re.DOTALL | re.IGNORECASE)
_HAAKJES = re.compile(r"(?<!\bif)\(([^()]*)\)")
_UITKOMST = re.compile(r"(?:\bthen|\belse|,)\s*(‹\d+›)")


def written(sql: str) -> Iterator[str]:
    """Yield each text that SQL takes for a code, and is none: compared with such a column, or what one becomes."""
    teksten: list[str] = []

    def lift(deel: re.Match[str]) -> str:
        teksten.append(deel[1])
        return f"‹{len(teksten) - 1}›"

    kaal = _TEKST.sub(lift, _UITLEG.sub("", sql))
    for veld, codes in LIJSTEN.items():
        for nummer in _places(kaal, veld):
            if teksten[nummer] not in codes:
                yield teksten[nummer]


def _places(sql: str, veld: str) -> set[int]:
    """Return the numbers of the texts that stand where a code of this column does."""
    naast = [
        rf"\b(?:{veld})\s*(?:=|<>|!=)\s*(‹\d+›)",
        rf"\b(?:{veld})\s+(?:not\s+)?in\s*\(([^()]*)\)",
        rf"(‹\d+›)(?:\s+end)?\s+as\s+(?:{veld})\b",
        rf"\bthen\s+(‹\d+›)\s+else\s+‹\d+›\s+end\s+as\s+(?:{veld})\b",
    ]
    plekken = [treffer[1] for vorm in naast for treffer in re.finditer(vorm, sql)]
    for macro in re.findall(rf"\bmacro\s+(?:{veld})\([^;]*;", sql):
        plekken.extend(_UITKOMST.findall(macro.replace(",", " ")))
    while sql != (plat := _HAAKJES.sub(r"[\1]", _KEUZE.sub(lambda keuze: _flat(keuze[0], veld, plekken), sql))):
        sql = plat
    return {int(nummer) for plek in plekken for nummer in re.findall(r"‹(\d+)›", plek)}


def _flat(keuze: str, veld: str, plekken: list[str]) -> str:
    """Return a choice as one word, that still tells whether the column is in it; keep what it may become."""
    if not re.search(rf"\b(?:{veld})\b", keuze):
        return "keuze"
    # What is only asked about the column decides nothing of it.
    if re.search(rf"(?:\bthen|\belse|,)\s*(?:\w+\.)?(?:{veld})\b", keuze):
        plekken.extend(_UITKOMST.findall(keuze))
    return "status" if veld.endswith("to_status") else "keuze"


@pytest.mark.parametrize(
    ("sql", "fout"),
    [
        ("from w where status = 'verborgen'", ["verborgen"]),
        ("from w where w.niveau in ('land', 'stad') -- 'dorp'", ["stad"]),
        ("select 'ok' as celstatus, 'x' as naam", ["ok"]),
        ("select case when n < 5 then 'weinig' when t = 0 then 'nvt' else h.celstatus end", ["weinig"]),
        ("select if(n < case soort when 'a' then 5 else 1 end, 'weinig', celstatus) as status", ["weinig"]),
        ("select case when deel = 'a' then 'weg' else to_status([deel]) end as celstatus_deel", ["weg"]),
        ("select case when status = 'onderdrukt' then 'niet getoond' else naam end", []),
        ("create macro to_status(t) as case when t = '.' then 'weg' else 'nvt' end;", ["weg"]),
        ("select if(i, 1, 2), case when e then 'geteld' else '' end as schatting", ["geteld"]),
        ("select 'status=' || status, 'wgo' as niveau, if(herkomst = 'levering', 'ja', 'nee')", []),
    ],
)
def test_a_text_that_is_taken_for_a_code_is_found(sql: str, fout: list[str]) -> None:
    assert list(written(sql)) == fout


def test_every_code_in_a_query_is_in_its_list() -> None:
    gevonden = {
        str(pad.relative_to(ROOT)): fout
        for pad in sorted((ROOT / "pipelines").rglob("*.sql"))
        if (fout := list(written(pad.read_text(encoding="utf-8"))))
    }
    assert gevonden == {}
