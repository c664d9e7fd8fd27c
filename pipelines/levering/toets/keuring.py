"""Great Expectations behind one door: checks in, offending rows out. The only module that imports it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from pipelines.levering.toets.uitgesteld import postponed

# Set before the import: Great Expectations reads it once and then phones home.
os.environ["GX_ANALYTICS_ENABLED"] = "False"

# Checks of single cells that are asked as one: from how many on, under which number and in which column.
_WEINIG, _SAMEN, _KOLOM = 3, -1, "_alle cellen"


@dataclass(frozen=True)
class Controle:
    """One check on a frame: what it looks at, what must hold, and the sentence for a row that fails."""

    naam: str
    soort: str
    op: tuple[str, ...]
    melding: Callable[[Mapping[str, str]], tuple[str, str | None]]
    kolom: str | None = None
    argument: Any = None
    # The columns of which its sentence shows what stands there.
    toont: tuple[str, ...] = ()


@dataclass(frozen=True)
class Controleuitkomst:
    """The result of one check: how many rows it saw and the row numbers that failed."""

    controle: Controle
    aantal_rijen: int
    rijen: Sequence[int]


@cache
def _gx() -> tuple[Any, Any]:
    """Return Great Expectations and its context; the import takes seconds, so it happens here, once."""
    # It reads these for expectations and pictures that are not asked of it here: almost half of what loading it costs.
    with postponed("scipy.stats", "altair"):
        import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return gx, context


def warm_up() -> None:
    """Import Great Expectations now, so that a caller can time its own work without it."""
    _gx()


def run_controles(frame: pd.DataFrame, controles: Sequence[Controle]) -> list[Controleuitkomst]:
    """Return one result per check, in the order given; the frame's index holds the row numbers.

    Raises:
        RuntimeError: a check could not be run at all (a fault in a source's contract, not in its data).
    """
    if frame.empty:
        # Without rows none can be wrong; most rules over rows find none, and to ask takes a tenth of a second.
        return [Controleuitkomst(controle, 0, ()) for controle in controles]
    # Which rows failed is asked only where something did: that answer costs as much as the check itself.
    geslaagd = _passed(frame, dict(enumerate(controles)))
    gezakt = {nummer: controle for nummer, controle in enumerate(controles) if nummer not in geslaagd}
    rijen = {nummer: _failed_rows(deel, frame, gezakt[nummer]) for nummer, deel in _validate(frame, gezakt, "COMPLETE")}
    return [
        Controleuitkomst(controle, len(frame), rijen[nummer] if nummer in gezakt else ())
        for nummer, controle in enumerate(controles)
    ]


def _passed(frame: pd.DataFrame, controles: Mapping[int, Controle]) -> set[int]:
    """Return the numbers of the checks that every row passes.

    Each question costs the library the same, however few the rows. What looks at one cell alone is asked of all such
    cells of a row at once; only where a row is found in which something does not hold, each is asked apart.
    """
    samen = {nr: c for nr, c in controles.items() if c.soort in ("waar", "niet_leeg") and c.op[0] in frame}
    if len(samen) < _WEINIG:
        return {nummer for nummer, deel in _validate(frame, controles, "BOOLEAN_ONLY") if deel.success}
    vragen = {nr: c for nr, c in controles.items() if nr not in samen}
    vragen[_SAMEN] = Controle("samen", "waar", (_KOLOM,), lambda _rij: ("", None))
    breder = frame.assign(**{_KOLOM: _holds(frame, samen.values())})
    geslaagd = {nummer for nummer, deel in _validate(breder, vragen, "BOOLEAN_ONLY") if deel.success}
    if _SAMEN in geslaagd:
        return geslaagd - {_SAMEN} | samen.keys()
    return geslaagd | {nummer for nummer, deel in _validate(frame, samen, "BOOLEAN_ONLY") if deel.success}


def _holds(frame: pd.DataFrame, controles: Iterable[Controle]) -> pd.Series:
    """Return per row whether it passes all of these, as the library reads them: a missing value is not untrue."""
    heel = pd.Series(data=True, index=frame.index)
    for controle in controles:
        kolom = frame[controle.op[0]]
        heel &= kolom.notna() if controle.soort == "niet_leeg" else kolom.isna() | kolom.isin([True])
    return heel


def _validate(frame: pd.DataFrame, controles: Mapping[int, Controle], vorm: str) -> Iterator[tuple[int, Any]]:
    """Yield the number and the result of each check; they come back in another order than they were asked for."""
    if not controles:
        return
    gx, context = _gx()
    verwachtingen = [_expectation(controle, nummer) for nummer, controle in controles.items()]
    suite = gx.ExpectationSuite(name="controles", expectations=verwachtingen)
    batch = context.data_sources.pandas_default.read_dataframe(frame)
    # Looking up what stands in each failing row would take most of the time; the frame has it.
    antwoord = {"result_format": vorm, "exclude_unexpected_values": True}
    for deel in batch.validate(suite, result_format=antwoord).results:
        yield deel.expectation_config.meta["nummer"], deel


def _failed_rows(deel: Any, frame: pd.DataFrame, controle: Controle) -> Sequence[int]:  # noqa: ANN401
    if not deel.result:
        raise RuntimeError(f"Controle {controle.naam} op {controle.op} kan niet draaien: {deel.exception_info}")
    if "unexpected_index_list" not in deel.result:
        return tuple(int(rij) for rij in frame.index)
    lijsten = [plek[frame.index.name] for plek in deel.result["unexpected_index_list"]]
    return tuple(sorted({int(rij) for lijst in lijsten for rij in lijst}))


def _expectation(controle: Controle, nummer: int) -> Any:  # noqa: ANN401
    kolom, argument, meta = controle.op[0] if controle.op else "", controle.argument, {"nummer": nummer}
    match controle.soort:
        case "niet_leeg":
            return _kind("ExpectColumnValuesToNotBeNull")(column=kolom, meta=meta)
        case "patroon":
            return _kind("ExpectColumnValuesToMatchRegex")(column=kolom, regex=argument, meta=meta)
        case "in_lijst":
            return _kind("ExpectColumnValuesToBeInSet")(column=kolom, value_set=list(argument), meta=meta)
        case "tussen":
            laagste, hoogste = argument
            return _kind("ExpectColumnValuesToBeBetween")(column=kolom, min_value=laagste, max_value=hoogste, meta=meta)
        case "uniek" if len(controle.op) == 1:
            return _kind("ExpectColumnValuesToBeUnique")(column=kolom, meta=meta)
        case "uniek":
            return _kind("ExpectCompoundColumnsToBeUnique")(column_list=list(controle.op), meta=meta)
        case "waar":
            return _kind("ExpectColumnValuesToBeInSet")(column=kolom, value_set=[True], meta=meta)
        case "geen_rijen":
            return _kind("ExpectTableRowCountToEqual")(value=0, meta=meta)
    raise ValueError(controle.soort)


@cache
def _kind(naam: str) -> Any:  # noqa: ANN401
    """Return an expectation of the library, as one that works out only once what it was asked.

    The library does so dozens of times in one validation, and nothing changes an expectation that was made.
    """
    import great_expectations.expectations as gxe
    from great_expectations.compatibility.pydantic import PrivateAttr

    soort = getattr(gxe, naam)

    def configuration(self: Any) -> Any:  # noqa: ANN401
        if self._gevraagd is None:
            self._gevraagd = soort.configuration.fget(self)
        return self._gevraagd

    eigen = {"_gevraagd": PrivateAttr(None), "configuration": property(configuration), "__module__": __name__}
    return type(soort)(f"{naam}Once", (soort,), eigen)
