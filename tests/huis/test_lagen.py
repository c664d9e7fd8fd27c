"""The layers of the app: who may know the screen, and what works without it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from bomen import nodes

ROOT = Path(__file__).parents[2]
Walk = Callable[[str], Iterable[ast.AST]]

# What may import Streamlit, itself or through another module; a name holds for all modules under it.
KENT_HET_SCHERM = {
    "schermen": ("app.schermen",),
    "raam": ("app.raam",),
    "dienst": ("app.dienst",),
    "begin": ("app.hoofd",),
    # Starting the app, and opening it for others, are two of the commands; only those load it.
    "opdrachten": ("app.opdrachten.cli", "app.opdrachten.ingang", "app.opdrachten.dienen"),
}


@cache
def modules() -> dict[str, Path]:
    """Return every module of our own by its name."""
    paden = [pad for map_ in ("app", "pipelines") for pad in (ROOT / map_).rglob("*.py")]
    return {".".join(pad.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): pad for pad in paden}


def at_once(tekst: str) -> Iterator[ast.AST]:
    """Yield what runs when a module is read: not what its functions do, nor what only a type checker reads."""
    yield from _at_once(ast.parse(tekst))


def _at_once(knoop: ast.AST) -> Iterator[ast.AST]:
    for kind in ast.iter_child_nodes(knoop):
        if isinstance(kind, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(kind, ast.If) and ast.unparse(kind.test) == "TYPE_CHECKING":
            kind = ast.Module(kind.orelse, [])
        yield kind
        yield from _at_once(kind)


def imports(pad: Path, eigen: Mapping[str, Path], loop: Walk = nodes) -> Iterator[str]:
    """Yield everything that a module imports, also inside its functions; what it takes from a package by its module."""
    for knoop in loop(pad.read_text(encoding="utf-8")):
        if isinstance(knoop, ast.Import):
            yield from (naam.name for naam in knoop.names)
        elif isinstance(knoop, ast.ImportFrom) and knoop.module:
            yield knoop.module
            yield from (deel for naam in knoop.names if (deel := f"{knoop.module}.{naam.name}") in eigen)


@cache
def graph(loop: Walk = nodes) -> Mapping[str, frozenset[str]]:
    """Return per module of our own everything that it imports; of many hundreds, so they are read once."""
    eigen = modules()
    return {naam: frozenset(imports(pad, eigen, loop)) for naam, pad in eigen.items()}


def ways_to(*doelen: str, loop: Walk = nodes) -> dict[str, list[str]]:
    """Return, per module of our own that reaches another package or module, by which imports: the shortest way."""
    graaf = graph(loop)
    wegen = {
        naam: [naam, geraakt[0]]
        for naam, buren in graaf.items()
        if (geraakt := [b for b in sorted(buren) if any(b == doel or b.startswith(f"{doel}.") for doel in doelen)])
    }
    while nieuw := {
        naam: [naam, *wegen[buur]]
        for naam, buren in graaf.items() if naam not in wegen
        for buur in sorted(buren & wegen.keys())
    }:  # fmt: skip
        wegen |= nieuw
    return wegen


def test_only_the_screens_and_what_is_around_them_reach_streamlit() -> None:
    mag = tuple(naam for namen in KENT_HET_SCHERM.values() for naam in namen)
    fout = {
        naam: " → ".join(weg)
        for naam, weg in ways_to("streamlit").items()
        if not any(naam == deel or naam.startswith(f"{deel}.") for deel in mag)
    }
    assert not fout, "\n".join(f"{len(fout)} modules kennen het scherm:\n" + w for w in fout.values())


# What takes a server long to read or much memory to keep, and no page has a need of before somebody asks.
LICHT = ("pandas", "altair", "pydantic", "sqlalchemy", "openpyxl", "docx", "pptx", "great_expectations", "vl_convert",
         "typst", "scipy", "geopandas")  # fmt: skip


def test_a_server_and_its_pages_begin_without_what_is_heavy() -> None:
    wegen = ways_to(*LICHT, loop=at_once)
    begin = ("app.dienst.luisteren", "app.hoofd", *(naam for naam in modules() if naam.startswith("app.schermen.")))
    fout = [" → ".join(wegen[naam]) for naam in begin if naam in wegen]
    assert not fout, "\n".join(fout)


def asked_of(tekst: str, *namen: str) -> list[str]:
    """Return what is asked of these names when a module is read; what is only there for types, Python skips too."""
    knopen = list(at_once(tekst))
    typen = {id(deel) for k in knopen if isinstance(k, ast.AnnAssign) for deel in ast.walk(k.annotation)}
    vragen = (k for k in knopen if isinstance(k, ast.Attribute) and id(k) not in typen)
    return [ast.unparse(k) for k in vragen if isinstance(k.value, ast.Name) and k.value.id in namen]


def test_what_is_read_later_is_asked_for_nothing_when_a_module_is_read() -> None:
    assert asked_of("x: alt.Chart = 1\nK = pa.schema([])\ndef f():\n    return pa.table()", "alt", "pa") == [
        "pa.schema"
    ]
    fout = {naam: gevraagd for naam, pad in modules().items() if naam.startswith("app.")
            if (gevraagd := asked_of(pad.read_text(encoding="utf-8"), "alt", "pa"))}  # fmt: skip
    assert fout == {}


def floors(graaf: Mapping[str, set[str]], kamer: str) -> int:
    """Return how many rooms lie under each other from this one down, itself among them."""
    return 1 + max((floors(graaf, onder) for onder in graaf.get(kamer, ())), default=0)


def test_a_floor_is_a_room_that_rests_on_another() -> None:
    assert floors({"a": {"b", "c"}, "b": {"c"}}, "a") == 3
    assert floors({}, "a") == 1


def test_the_house_has_no_more_than_ten_floors() -> None:
    eigen = modules()
    graaf: dict[str, set[str]] = {}
    for naam, buren in graph().items():
        kamer, *onder = (".".join(m.split(".")[:2]) for m in (naam, *buren) if m == naam or m in eigen)
        graaf.setdefault(kamer, set()).update({k for k in onder if "." in k} - {kamer})
    assert max(floors(graaf, kamer) for kamer in graaf) <= 10


def test_the_architecture_tells_of_every_room() -> None:
    tekst = (ROOT / "docs" / "architectuur.md").read_text(encoding="utf-8")
    paden = (pad.relative_to(ROOT) for k in ("app", "pipelines") for pad in (ROOT / k).glob("[!_]*/*.*"))
    kamers = {pad.parts[:2] for pad in paden}
    zonder = {"/".join(k) for k in kamers if not {f"`{'/'.join(k)}/`", f"`{k[1]}/`"} & set(
        re.findall(r"`[^`\n]+`", tekst))}  # fmt: skip
    assert zonder == set()


def test_every_name_that_may_know_the_screen_is_there() -> None:
    eigen = modules()
    assert all(any(m.startswith(naam) for m in eigen) for namen in KENT_HET_SCHERM.values() for naam in namen)


# What knows figures and words alone: it draws nothing, so that a page and a document can both have it.
TEKENT_NIET = ("app.oordeel.", "app.lezen.", "app.taal.")
TEKENT = (
    "app.beeld.markup",
    "app.beeld.charts",
    "app.beeld.plaatje",
    "app.beeld.stijl",
    "altair",
    "pyarrow",
    "vl_convert",
)


def test_figures_and_words_draw_nothing() -> None:
    wegen = ways_to(*TEKENT)
    fout = [" → ".join(weg) for naam, weg in wegen.items() if naam.startswith(TEKENT_NIET)]
    assert not fout, "\n".join(fout)


def test_documents_import_no_page_and_nothing_around_one() -> None:
    mag_niet = KENT_HET_SCHERM["schermen"] + KENT_HET_SCHERM["raam"] + KENT_HET_SCHERM["begin"]
    wegen = ways_to(*mag_niet)
    assert not [" → ".join(weg) for naam, weg in wegen.items() if naam.startswith("app.documenten")]


ZONDER_STREAMLIT = """
import sys
sys.modules["streamlit"] = None
from app.opdrachten.cli import main
for formaat in ("pdf", "docx", "pptx"):
    assert main(["report", "RA0101", "--format", formaat, "--warehouse", sys.argv[1], "-o", sys.argv[2]]) == 0
assert not [naam for naam in sys.modules if naam.startswith("streamlit.")]
"""


def test_report_needs_no_streamlit(kleine_publicatie: Path, tmp_path: Path) -> None:
    klaar = subprocess.run(
        [sys.executable, "-c", ZONDER_STREAMLIT, str(kleine_publicatie), str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert klaar.returncode == 0, klaar.stderr
    begin_van = {".pdf": b"%PDF", ".docx": b"PK", ".pptx": b"PK"}
    for achter, eerste in begin_van.items():
        (document,) = tmp_path.glob(f"*{achter}")
        assert document.read_bytes().startswith(eerste)


def rooms(pakket: Path) -> set[str]:
    """Return the rooms and loose modules of a package, by the name under which they are imported."""
    paden = {pad for pad in pakket.glob("*.py") if pad.stem != "__init__"} | {p.parent for p in pakket.glob("*/*.py")}
    return {f"{pakket.name}.{pad.stem}" for pad in paden}


def missing(contracten: Iterable[Mapping[str, list[str]]], app: set[str], pipelines: set[str]) -> set[str]:
    """Return the rooms that a contract should name and does not: a list by name lets a new one through."""
    verboden = {deel: c["source_modules"] for c in contracten for deel in c.get("forbidden_modules", ())}
    doelen = {deel for deel in verboden if deel.startswith("pipelines.")}
    scherm = {m for namen in KENT_HET_SCHERM.values() for naam in namen for m in [".".join(naam.split(".")[:2])]}
    fout = pipelines - doelen - {"pipelines.afspraken"}
    fout |= {kamer for deel in doelen for kamer in app - {"app.opdrachten"} - set(verboden[deel])}
    return fout | app - scherm - set(verboden["streamlit"])


def test_every_room_is_in_each_list_of_the_contracts(tmp_path: Path) -> None:
    regels = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    kamers = rooms(ROOT / "app"), rooms(ROOT / "pipelines")
    assert missing(regels, *kamers) == set()
    geplant = [tmp_path / "app" / "nieuw" / "x.py", tmp_path / "pipelines" / "ook.py"]
    for pad in geplant:
        pad.parent.mkdir(parents=True)
        pad.touch()
    met = (kamers[0] | rooms(tmp_path / "app"), kamers[1] | rooms(tmp_path / "pipelines"))
    assert missing(regels, *met) == {"app.nieuw", "pipelines.ook"}


def test_every_room_has_a_layer() -> None:
    """What import-linter then holds: a room that is in no layer breaks the contract."""
    regels = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    lagen = [regel for regel in regels if regel["type"] == "layers"]
    assert [(laag["containers"], laag["exhaustive"]) for laag in lagen] == [(["app"], True), (["pipelines"], True)]


def taken_from(bronnen: Mapping[str, str]) -> dict[str, set[str]]:
    """Return, per class that a module of another room imports, the modules that make one of that name."""
    bomen = {naam: ast.parse(tekst) for naam, tekst in bronnen.items()}
    klassen = {naam: {k.name for k in boom.body if isinstance(k, ast.ClassDef)} for naam, boom in bomen.items()}
    uit: dict[str, set[str]] = {}
    for naam, boom in bomen.items():
        for knoop in ast.walk(boom):
            if isinstance(knoop, ast.ImportFrom) and (van := knoop.module or "").split(".")[:2] != naam.split(".")[:2]:
                for klasse in {a.name for a in knoop.names} & klassen.get(van, set()):
                    uit.setdefault(klasse, set()).add(van)
    return uit


def test_a_name_that_two_rooms_give_out_is_found() -> None:
    beide = {"app.a.x": "class Plek: pass", "app.b.y": "class Plek: pass"}
    lezer = "from app.a.x import Plek\ndef f():\n    from app.b.y import Plek"
    assert taken_from({**beide, "app.c.z": lezer})["Plek"] == {"app.a.x", "app.b.y"}
    assert taken_from({**beide, "app.b.z": lezer})["Plek"] == {"app.a.x"}


def test_a_class_that_another_room_imports_has_a_name_of_its_own() -> None:
    """Within a room, and where nobody else reads it, a short word may mean what it means there."""
    bronnen = {naam: pad.read_text(encoding="utf-8") for naam, pad in modules().items()}
    assert {klasse: van for klasse, van in taken_from(bronnen).items() if len(van) > 1} == {}


def test_a_migration_uses_nothing_of_ours_that_may_change() -> None:
    paden = [pad for naam, pad in modules().items() if naam.startswith("app.commissie.bank.migraties.versions.")]
    assert len(paden) >= 5
    assert [f"{pad.name}: {wat}" for pad in paden for wat in imports(pad, modules())
            if wat.split(".")[0] in ("app", "pipelines")] == []  # fmt: skip
