"""JSON Schema per kind of YAML file, so that an editor completes its keys and says what each of them means."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from pipelines.afspraken.contract import BRON
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.schrift.modellen import Schema
from pipelines.documentatie.betekenis import PER_OBJECT
from pipelines.levering.kolommen.vertaling import KOLOMMEN
from pipelines.levering.leveringen import LEVERING
from pipelines.openbaar.duo.koppelbestand import DUOKOPPELING
from pipelines.openbaar.koppelen.koppeling import KOPPELING
from pipelines.publicatie.regels import REGELSET

_CATALOGUS: TypeAdapter[dict[str, Indicator]] = TypeAdapter(dict[str, Indicator])


def make_schema(model: TypeAdapter[Any]) -> dict[str, Any]:
    """Return the schema of one file, with the meaning of every key.

    Raises:
        KeyError: a key has no meaning yet; write it in betekenis.py.
    """
    schema = model.json_schema(schema_generator=Schema)
    for deel in (schema, *schema.get("$defs", {}).values()):
        deel.pop("description", None)
        for sleutel, veld in deel.get("properties", {}).items():
            veld["title"], veld["description"] = sleutel, PER_OBJECT[deel["title"]][sleutel]
    return schema


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "bron": partial(make_schema, BRON),
    "indicatoren": partial(make_schema, _CATALOGUS),
    "regels": partial(make_schema, REGELSET),
    "levering": partial(make_schema, LEVERING),
    "koppeling": partial(make_schema, KOPPELING),
    "duokoppeling": partial(make_schema, DUOKOPPELING),
    "kolommen": partial(make_schema, KOLOMMEN),
}


def as_json(schema: Mapping[str, Any]) -> str:
    """Return the schema as it stands in docs/."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
