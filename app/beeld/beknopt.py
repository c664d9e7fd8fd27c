"""Specs in few words, for they travel to the browser with every choice: what layers share is said once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

Spec = dict[str, Any]

# What every layer shares anyway where one of them has it, for they have one scale.
_GEDEELD = ("axis", "scale")


def say_once(lagen: Sequence[Spec]) -> None:
    """Leave axis and scale out of a channel where an earlier layer, which shares them, says the same."""
    gezegd: list[Spec] = []
    for laag in lagen:
        for naam in ("x", "y"):
            kanaal = laag.get("encoding", {}).get(naam, {})
            deel = {wat: kanaal[wat] for wat in _GEDEELD if kanaal.get(wat)}
            if deel and deel in gezegd:
                for wat in deel:
                    del kanaal[wat]
            elif deel:
                gezegd.append(deel)


def drop_usual(lagen: Sequence[Spec]) -> None:
    """Leave out of a channel what it means anyway: its field is nominal where nothing about it says otherwise."""
    for laag in lagen:
        for deel in laag.get("encoding", {}).values():
            for kanaal in deel if isinstance(deel, list) else [deel]:
                if kanaal.get("type") == "nominal" and not {"sort", "bin", "aggregate", "timeUnit"} & kanaal.keys():
                    del kanaal["type"]


def share(spec: Spec) -> Spec:
    """Say where marks lie, and which rows they are of, once for all layers that have it in common."""
    lagen = spec["layer"]
    for naam in ("x", "y"):
        kanalen = [laag["encoding"][naam] for laag in lagen if "field" in laag.get("encoding", {}).get(naam, {})]
        if len(kanalen) > 1:
            spec.setdefault("encoding", {})[naam] = _in_common(kanalen)
            for laag in lagen:
                _rest(laag, naam)
    spec["layer"] = list(_by_rows(lagen))
    return spec


def _in_common(kanalen: Sequence[Spec]) -> Spec:
    """Take out of the channels what all say alike, and what one says for all; return that."""
    samen: Spec = {}
    for wat in {wat: None for kanaal in kanalen for wat in kanaal}:
        gezegd = [kanaal[wat] for kanaal in kanalen if wat in kanaal]
        if all(deel == gezegd[0] for deel in gezegd) and (wat in _GEDEELD or len(gezegd) == len(kanalen)):
            samen[wat] = gezegd[0]
            for kanaal in kanalen:
                kanaal.pop(wat, None)
    return samen


def _rest(laag: Spec, naam: str) -> None:
    """Leave a channel out where all of it is shared; a layer that never had it says that it has none."""
    codering = laag.setdefault("encoding", {})
    if naam not in codering:
        codering[naam] = None
    elif not codering[naam]:
        del codering[naam]
        if not codering:
            del laag["encoding"]


def _by_rows(lagen: Sequence[Spec]) -> Iterator[Spec]:
    """Yield the layers; those after each other that are of the same rows as a group that says which, and what of them.

    Which rows a layer is of, its first step says.
    """
    for _, groep in itertools.groupby(lagen, lambda laag: laag.get("transform", [laag])[0]):
        samen = list(groep)
        if len(samen) == 1:
            yield from samen
            continue
        stappen = [laag["transform"] for laag in samen]
        gelijk = [stap[0] for stap in itertools.takewhile(_is_alike, zip(*stappen, strict=False))]
        for laag, eigen in zip(samen, stappen, strict=True):
            laag["transform"] = eigen[len(gelijk) :]
            if not laag["transform"]:
                del laag["transform"]
        yield {"transform": gelijk, "layer": samen}


def _is_alike(stappen: tuple[Spec, ...]) -> bool:
    return all(stap == stappen[0] for stap in stappen)
