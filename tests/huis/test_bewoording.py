"""What a reader reads decides nothing: no code looks for a word in a text; what is decided stands in a field."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bomen import nodes

ROOT = Path(__file__).parents[2]
# What holds words for a reader, whatever it hangs on. An uitsplitsing holds codes, name by name: it may be one, and is
# not searched.
TEKST = {
    "definitie", "formule", "grond", "melding", "oorzaak", "opmerking", "populatie", "samenvatting", "tekst", "titel",
    "toelichting", "verwijzing", "vindplaats", "vraag", "zin",
}  # fmt: skip
DOORZOCHT = TEKST | {"uitsplitsing"}
ZOEKT = {"startswith", "endswith", "find", "rfind", "index", "count", "split", "partition", "rpartition",
         "removeprefix", "removesuffix"}  # fmt: skip
ZELFDE = {"lower", "upper", "casefold", "strip", "title"}
LEESTEKEN = re.compile(r"[,.:;)] | \(")
WOORD = re.compile(r"[A-Za-z]{2}")
IS_SQL = re.compile(r"\b(select|from|where)\b")
_KOLOM = rf"(?:lower\(|upper\(|coalesce\()*(?:\w+\.)?({'|'.join(sorted(DOORZOCHT))})\b"
IN_SQL = re.compile(
    rf"\b(?:contains|regexp_\w+|starts_with|ends_with|prefix|suffix|instr|strpos|position)\(\s*{_KOLOM}[^']*"
    rf"'[^']*[A-Za-z]{{2}}[^']*'"
    rf"|\b{_KOLOM}[^\n,']{{0,8}}\s+(?:not\s+)?(?:i?like|similar to)\s+'[^']*'"
    rf"|\b(?:\w+\.)?({'|'.join(sorted(TEKST))})\s*(?:=|<>|!=|in\s*\()\s*'\w{{2,}}"
)


def text_of(knoop: ast.expr) -> str:
    """Return the name of the text that an expression is, in whatever letters; empty when it is none."""
    if isinstance(knoop, ast.Call):
        binnen = knoop.func.value if isinstance(knoop.func, ast.Attribute) and knoop.func.attr in ZELFDE else None
        if isinstance(knoop.func, ast.Name) and knoop.func.id == "str" and knoop.args:
            binnen = knoop.args[0]
        return text_of(binnen) if binnen is not None else ""
    if isinstance(knoop, ast.BoolOp):
        return next(filter(None, map(text_of, knoop.values)), "")
    if isinstance(knoop, ast.Subscript) and isinstance(knoop.slice, ast.Constant):
        naam = knoop.slice.value
    else:
        naam = getattr(knoop, "attr", getattr(knoop, "id", ""))
    return naam if naam in DOORZOCHT else ""


def is_word(knoop: ast.expr) -> bool:
    """Whether an expression is a word written out, or has one among its choices."""
    if isinstance(knoop, ast.Tuple | ast.List | ast.Set):
        return any(map(is_word, knoop.elts))
    if isinstance(knoop, ast.JoinedStr):
        return any(map(is_word, knoop.values))
    return isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and bool(WOORD.search(knoop.value))


def looks(knoop: ast.AST) -> bool:
    """Whether a piece of Python looks for a word in a text, or compares a text with one."""
    if isinstance(knoop, ast.Compare):
        zijden = [knoop.left, *knoop.comparators]
        for een, hoe, ander in zip(zijden, knoop.ops, zijden[1:], strict=False):
            teksten = {text_of(een), text_of(ander)} - {""}
            zoekt = isinstance(hoe, ast.In | ast.NotIn) and text_of(ander)
            if any(map(is_word, (een, ander))) and (zoekt or teksten & TEKST):
                return True
    if not isinstance(knoop, ast.Call) or not isinstance(knoop.func, ast.Attribute):
        return False
    if knoop.func.attr in ZOEKT:
        return bool(text_of(knoop.func.value)) and any(map(is_word, knoop.args))
    is_re = isinstance(knoop.func.value, ast.Name) and knoop.func.value.id == "re"
    return is_re and len(knoop.args) > 1 and bool(text_of(knoop.args[1])) and is_word(knoop.args[0])


def takes_apart(knoop: ast.AST) -> bool:
    """Whether a piece of Python cuts a sentence where a writer put a comma, a colon or a bracket."""
    return (
        isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute) and knoop.func.attr in ZOEKT
        and any(isinstance(a, ast.Constant) and isinstance(a.value, str) and LEESTEKEN.search(a.value)
                for a in knoop.args)
    )  # fmt: skip


def found(tekst: str, soort: str) -> Iterator[str]:
    """Yield every place in a file where a word in a text decides."""
    if soort == ".sql":
        yield from (treffer[0] for treffer in IN_SQL.finditer(re.sub(r"--.*", "", tekst)))
        return
    for knoop in nodes(tekst):
        if looks(knoop) or takes_apart(knoop):
            yield ast.unparse(knoop)
        elif isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and IS_SQL.search(knoop.value):
            yield from (treffer[0] for treffer in IN_SQL.finditer(knoop.value))


# Reading, not deciding: each with its reason.
MAG = {
    # A table goes before text, and a delivery in the form of the contract says which in its vindplaats alone.
    "pipelines/publicatie/publiceren.sql: regexp_matches(c.vindplaats, '(?i)tabel|figuur|\\bfig\\b'",
    # How a place is shown: the pages of a report stand together.
    "pipelines/publicatie/publiceren.sql: c.vindplaats like 'p.%'",
    # A table folds away under a name without what the chart above it says already.
    "app/raam/vakken/onderdelen.py: tabel.kop.partition(': ')",
    # A list of names is one text in a column of the publication and in a message: a name has no comma.
    "app/lezen/onderwerp/plannen.py: (self.openbaar if bevestigd else self.openbaar_onbevestigd).split(', ')",
    "pipelines/levering/toets/groot.py: (controle.kolom or '').split(', ')",
    "pipelines/levering/toets/valideren.py: (controle.kolom or '').split(', ')",
    "pipelines/levering/kolommen/vertaling.py: melding.kolom.split(', ')",
    # A message about a whole file has no place before its colon.
    "pipelines/afspraken/schrift/modellen.py: tekst.format(**velden).removeprefix(': ')",
    # The state of a row in a file of CBS is a word: this is where it becomes a field.
    "pipelines/levering/waarden/duiden.py: "
    "re.fullmatch('(nader ?)?(voorlopig)|definitief( \\\\(was (nader )?voorlopig\\\\))?', tekst.strip().casefold())",
}


def test_no_code_looks_for_a_word_in_a_text() -> None:
    gevonden = {
        f"{pad.relative_to(ROOT)}: {plek}"
        for map_ in ("app", "pipelines")
        for pad in sorted((ROOT / map_).rglob("*"))
        if pad.suffix in (".py", ".sql")
        for plek in found(pad.read_text(encoding="utf-8"), pad.suffix)
    }
    assert gevonden == MAG


@pytest.mark.parametrize(
    ("soort", "tekst"),
    [
        (".py", 'tekst.startswith("mogelijk")'),
        (".py", '"geen eis" in toelichting'),
        (".py", 'naam, _, zin = kop.partition(": ")'),
        (".py", 'rij.split("; ")'),
        (".py", '"voorlopig" in opmerking.lower()'),
        (".py", '"prognose" in uitsplitsing'),
        (".py", '"smal" in r.populatie'),
        (".py", 'not populatie.startswith("respondenten")'),
        (".py", 'toets["titel"] == "Richtlijn"'),
        (".py", 'rij.verwijzing in ("tabel", "figuur")'),
        (".py", '(a["oorzaak"] or "").removeprefix("herzien: ")'),
        (".py", 're.search("tabel", rij["vindplaats"])'),
        (".py", """sql = "select id from cijfers where opmerking ilike '%voorlopig%'\""""),
        (".sql", "select contains(lower(vraag), 'prioriteit') as is_prioriteit"),
        (".sql", "select regexp_matches(c.vindplaats, 'tabel')"),
        (".sql", "select * from cijfers where populatie = 'respondenten'"),
        (".sql", "select starts_with(uitsplitsing, 'prognose')"),
    ],
)
def test_a_word_that_is_looked_for_in_a_text_is_found(soort: str, tekst: str) -> None:
    assert [*found(tekst, soort)]


@pytest.mark.parametrize(
    "tekst",
    [
        'toets.soort == "richtlijn"', 'tekst == ""', '"," in titel', 'uitsplitsing == "meting=kzv"',
        'woord in titel', "titel == ander.titel",
    ],
)  # fmt: skip
def test_a_field_is_no_text(tekst: str) -> None:
    assert [*found(tekst, ".py")] == []
