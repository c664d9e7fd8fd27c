"""YAML as typed objects: a dataclass says what may stand there, and each fault comes back as a Dutch message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, TypeAdapter
from pydantic import ValidationError as PydanticError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest

T = TypeVar("T")
JA_NEE = ("ja", "nee")
# For every dataclass that is read: an unknown key is a slip of the pen.
STRENG = ConfigDict(extra="forbid")
# Keys that no file can hold (see veilig_yaml): of a part's own name, and of what is not read at all.
_NAAM, _BUITEN = "\0naam", "\0"
# What is wrong, by pydantic's name for it. {bij} is the object, {wat} the key in it, {hier} both.
_TEKSTEN: Mapping[str, tuple[str, str | None]] = {
    "missing": ("{bij}sleutel '{sleutel}' ontbreekt.", None),
    "unexpected_keyword_argument": ("{bij}onbekende sleutel '{sleutel}'.{gok}", None),
    "string_type": ("{hier}: hier hoort één waarde te staan.", None),
    "tuple_type": ("{bij}{sleutel} is geen lijst.", "Schrijf [een, twee]."),
    "dict_type": ("{hier}: hier horen sleutels met waarden te staan.", None),
    "dataclass_type": ("{hier}: hier horen sleutels met waarden te staan.", None),
    "leeg": ("{hier}: hier staat geen waarde.", None),
    "literal_error": ("{wat} '{waarde}' bestaat niet.{gok}", "Toegestaan: {lijst}."),
}
# Of what has not its shape, nothing more can be said.
_VORM = ("missing", "unexpected_keyword_argument", "string_type", "tuple_type", "dict_type", "dataclass_type")
_ONDERDEEL = {"tabellen": "tabel", "kolommen": "kolom", "regels": "regel"}
_ENKELVOUD = {"niveaus": "niveau", "soorten": "soort", "bruggen": "brug"}


@dataclass(frozen=True)
class Uit:
    """Annotation: a text that is one of these."""

    waarden: Iterable[str]

    def __get_pydantic_core_schema__(self, _bron: object, _verder: GetCoreSchemaHandler) -> CoreSchema:
        """Return the check, as pydantic writes it."""
        return core_schema.literal_schema([str(waarde) for waarde in self.waarden])


@dataclass(frozen=True)
class Vorm:
    """Annotation: a text of this pattern, of which `maak` makes the value (ValueError: it cannot), else `tekst`."""

    patroon: str
    maak: Callable[[str], object]
    tekst: str
    advies: str | None = None

    def __get_pydantic_core_schema__(self, _bron: object, _verder: GetCoreSchemaHandler) -> CoreSchema:
        """Return the check, as pydantic writes it."""
        tekst = core_schema.str_schema(pattern=f"^({self.patroon})$")
        waarde = core_schema.no_info_after_validator_function(self.maak, tekst)
        melding = {"melding": (self.tekst, self.advies)}
        return core_schema.custom_error_schema(waarde, "vorm", custom_error_message="-", custom_error_context=melding)


class Schema(GenerateJsonSchema):
    """JSON Schema of what the file says, not of what the program makes of it."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Allow what an editor takes for a number or a boolean: here every scalar is text."""
        return super().str_schema(schema) | {"type": ["string", "number", "boolean"]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """Write a list of one as a list."""
        return {"enum": schema["expected"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null: what is not there has no key."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out the value of a key that is not there."""
        return self.generate_inner(schema["schema"])


def with_name(naam: object, ruw: Any) -> Any:  # noqa: ANN401 - what YAML holds
    """Return a part with its own name in it; what is left empty is a part without keys."""
    return {**(ruw or {}), _NAAM: naam} if isinstance(ruw or {}, dict) else ruw


def _with_names(ruw: object) -> object:
    return {naam: with_name(naam, deel) for naam, deel in ruw.items()} if isinstance(ruw, dict) else ruw


JaNee = Annotated[bool, Uit(JA_NEE), AfterValidator("ja".__eq__)]
Dag = Annotated[date, Vorm(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat, "{wat} '{waarde}' is geen datum.",
                           "Schrijf jaar-maand-dag, zoals 2022-09-15.")]  # fmt: skip
# A field that the reader fills, and no file.
Buiten = Annotated[SkipJsonSchema[T], Field(validation_alias=_BUITEN)]
# What the place says: of a part in a mapping that is OP_NAAM, the key under which it stands.
VanPlek = Annotated[SkipJsonSchema[T], Field(validation_alias=_NAAM)]
Naam = VanPlek[str]
OP_NAAM = BeforeValidator(_with_names)


def fault(tekst: str, advies: str | None = None, **velden: object) -> PydanticCustomError:
    """Return what a check raises; {hier} in the text is where it is, {waarde} what stands there."""
    return PydanticCustomError("melding", "-", {**velden, "melding": (tekst, advies)})


def read_folder(map_: Path, lees: Callable[[Path], T]) -> dict[str, T]:
    """Return what each YAML file of a folder holds, by the name of the file.

    Raises:
        AfgekeurdError: as `lees` does for one of them; all faults at once.
    """
    fouten: list[Melding] = []
    gelezen: dict[str, T] = {}
    for pad in sorted(map_.glob("*.yml")):
        try:
            gelezen[pad.stem] = lees(pad)
        except AfgekeurdError as fout:
            fouten += fout.meldingen
    if fouten:
        raise AfgekeurdError(fouten)
    return gelezen


def read_as(
    model: TypeAdapter[T],
    ruw: Any,  # noqa: ANN401 - what YAML holds
    bestand: str,
    plek: str = "",
    check: Callable[[], Iterable[Melding]] = tuple,
) -> T:
    """Return what was read from YAML as the model's dataclass; `check` looks at what goes beyond one value.

    Raises:
        AfgekeurdError: all faults at once, each with its place and the nearest right name. What has not its shape
            (an unknown or missing key, a list for a value) goes first; then the values, together with `check`.
    """
    fouten: list[Melding] = []
    try:
        inhoud = model.validate_python(ruw)
    except PydanticError as fout:
        details = fout.errors(include_url=False)
        schema = model.json_schema(schema_generator=Schema)
        fouten = [_translate(detail, ruw, bestand, plek, schema) for detail in details]
        if any(_kind(detail) in _VORM for detail in details):
            raise AfgekeurdError(fouten) from None
    fouten += check()
    if fouten:
        raise AfgekeurdError(fouten)
    return inhoud


def _kind(fout: ErrorDetails) -> str:
    """Return pydantic's name for what is wrong; for what is no text at all, or empty, one that says so."""
    if fout["type"] not in ("literal_error", "vorm"):
        return fout["type"]
    if not isinstance(fout["input"], str):
        return "string_type"
    return "leeg" if fout["input"].strip().lower() in ("", "~", "null") else fout["type"]


def _translate(fout: ErrorDetails, ruw: object, bestand: str, plek: str, schema: JsonSchemaValue) -> Melding:
    """Return pydantic's finding as a message."""
    pad, waarde = fout["loc"], fout["input"]
    tekst, advies = _TEKSTEN.get(_kind(fout)) or fout["ctx"]["melding"]
    lijst = isinstance(pad[-1], int) if pad else False
    bij = _place(pad[: -2 if lijst else -1], ruw, plek)
    hier = _place(pad, ruw, plek)
    sleutel = show_value(pad[-2 if lijst else -1]) if pad else ""
    wat = f"{bij}: {_ENKELVOUD.get(sleutel, sleutel)}" if bij and (not lijst or sleutel in _ENKELVOUD) else f"{hier}:"
    sleutels, lijst_ = list(_node(schema, pad[:-1]).get("properties", ())), _node(schema, pad).get("enum", ())
    bekend = sleutels if fout["type"] == "unexpected_keyword_argument" else lijst_
    gok = suggest(sleutel if bekend is sleutels else str(waarde), bekend)
    velden = {"bij": f"{bij}: " if bij else "", "hier": hier, "wat": wat, "sleutel": sleutel, "gok": gok,
              "waarde": show_value(waarde), "lijst": ", ".join(lijst_), **fout.get("ctx", {})}  # fmt: skip
    return Melding(bestand, tekst.format(**velden).removeprefix(": "), advies=advies and advies.format(**velden))


def _place(pad: Sequence[int | str], ruw: Any, plek: str) -> str:  # noqa: ANN401
    """Return where in the file this is, for who wrote it: `kolom aantal, lijst`."""
    delen = [plek] if plek else []
    for ouder, deel in zip(("", *pad), pad, strict=False):
        ruw = ruw.get(deel) if isinstance(ruw, dict) else ruw[deel] if isinstance(deel, int) else None
        if ouder in _ONDERDEEL:
            naam = deel if isinstance(deel, str) else ruw.get("naam", "") if isinstance(ruw, dict) else ""
            delen = [f"{_ONDERDEEL[str(ouder)]} {show_value(naam)}"]
        elif isinstance(deel, str) and deel != _NAAM:
            delen.append(show_value(deel))
    return ", ".join(delen)


def _node(schema: JsonSchemaValue, pad: Sequence[int | str]) -> JsonSchemaValue:
    """Return the schema of one place; empty where there is none."""
    knoop = schema
    for deel in (*pad, ""):
        knoop = schema["$defs"][knoop["$ref"].rpartition("/")[2]] if "$ref" in knoop else knoop
        if deel == "":
            break
        onder = knoop.get("items") if isinstance(deel, int) else knoop.get("properties", {}).get(deel)
        knoop = onder or knoop.get("additionalProperties") or {}
    return knoop
