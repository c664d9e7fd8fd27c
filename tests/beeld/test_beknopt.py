"""Specs that say once what their layers share."""

from __future__ import annotations

from typing import Any

from app.beeld import beknopt

PUNT = {"filter": "datum.laag == 'punt'"}


def layer(mark: str, encoding: dict[str, Any], *stappen: dict[str, str]) -> dict[str, Any]:
    return {"mark": mark, "encoding": encoding, **({"transform": list(stappen)} if stappen else {})}


def test_what_layers_share_is_said_once_and_what_one_has_for_itself_stays() -> None:
    spec = beknopt.share({
        "layer": [
            layer("line", {"x": {"field": "dag", "axis": {"grid": False}}}, PUNT),
            layer("text", {"x": {"field": "dag"}, "text": {"field": "label"}}, PUNT, {"filter": "datum.label"}),
        ]
    })  # fmt: skip
    assert spec["encoding"] == {"x": {"field": "dag", "axis": {"grid": False}}}
    (groep,) = spec["layer"]
    assert groep["transform"] == [PUNT]
    assert groep["layer"] == [
        {"mark": "line"},
        {"mark": "text", "encoding": {"text": {"field": "label"}}, "transform": [{"filter": "datum.label"}]},
    ]


def test_a_layer_without_a_place_of_its_own_does_not_get_that_of_the_others() -> None:
    spec = beknopt.share({
        "layer": [
            layer("line", {"y": {"field": "waarde", "title": None}}, PUNT),
            layer("point", {"y": {"field": "boven", "title": None}}),
            layer("rule", {"x": {"value": 3}}),
        ]
    })  # fmt: skip
    assert spec["encoding"] == {"y": {"title": None}}
    assert [laag["encoding"].get("y") for laag in spec["layer"]] == [{"field": "waarde"}, {"field": "boven"}, None]
    assert spec["layer"][2]["encoding"] == {"x": {"value": 3}, "y": None}


def test_groups_keep_the_order_in_which_they_are_drawn() -> None:
    lagen = [layer("line", {}, PUNT), layer("rule", {}), layer("point", {}, PUNT), layer("text", {}, PUNT)]
    spec = beknopt.share({"layer": lagen})
    assert [laag.get("mark", "groep") for laag in spec["layer"]] == ["line", "rule", "groep"]
