"""Reading a Parquet file as text, in pieces: what is stored once is measured before it is written out in every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.levering.bestand.lezen import (
    MEESTE_CELLEN,
    MEESTE_RIJEN,
    RIJ,
    Gelezen,
    cell_text,
    check_header,
    check_regular,
    text_frame,
    too_large,
)

GEEN_PARQUET = "Dit is geen leesbaar Parquet-bestand."
# Of all cells together, written out.
MEESTE_TEKENS = 600_000_000
LANGSTE_CEL = 131_072
_TEKENS_VAN_EEN_GETAL = 10
_RIJEN_PER_STUK = 50_000
_RIJEN_VAN_EEN_PROEF = 2_000


def open_parquet(pad: Path, meeste_rijen: int, nummers: Iterable[str] = ()) -> pq.ParquetFile:
    """Return the file with its header and its types checked and no row read yet.

    `nummers` are the columns that hold the number of a person or an employer.

    Raises:
        AfgekeurdError: it is no regular file, damaged, has too many rows or cells, a column without a name of its
            own, or one of a type that is no value.
    """
    check_regular(pad)
    try:
        bestand = pq.ParquetFile(pad)
        if bestand.metadata.num_rows > meeste_rijen:
            raise too_large(pad, f"het heeft meer dan {meeste_rijen // 1_000_000} miljoen rijen.")
        schema = bestand.schema_arrow
        check_header(pad, [naam.strip() for naam in schema.names], None)
        fouten = _wrong_types(pad, schema, nummers)
        if fouten:
            raise AfgekeurdError(fouten)
        # Words stay as they are stored: once, with a number per row.
        woorden = [veld.name for veld in schema if _is_text(veld.type) or _is_bytes(veld.type)]
        return pq.ParquetFile(pad, read_dictionary=woorden)
    except (AfgekeurdError, MemoryError):
        raise
    except Exception:  # a damaged file raises anything from ArrowInvalid to OverflowError
        raise AfgekeurdError([Melding(pad.name, GEEN_PARQUET)]) from None


def _is_text(soort: pa.DataType) -> bool:
    return bool(pa.types.is_string(soort) or pa.types.is_large_string(soort) or pa.types.is_string_view(soort))


def _is_bytes(soort: pa.DataType) -> bool:
    return bool(pa.types.is_binary(soort) or pa.types.is_large_binary(soort) or pa.types.is_binary_view(soort))


def _wrong_types(pad: Path, schema: pa.Schema, nummers: Iterable[str]) -> list[Melding]:
    """Return a message per column that holds no text: 1.0 and 1 would be two persons, and NaN one."""
    nummers = set(nummers)
    fouten = []
    for veld in schema:
        naam = veld.name.strip()
        soort = veld.type.value_type if pa.types.is_dictionary(veld.type) else veld.type
        tekst = f"Deze kolom is van het type {_type_name(soort)}."
        if naam in nummers and not (_is_text(soort) or pa.types.is_integer(soort) or pa.types.is_null(soort)):
            advies = "Een nummer van een persoon of werkgever is tekst of een geheel getal."
            fouten.append(Melding(pad.name, tekst, kolom=naam, advies=advies))
        elif pa.types.is_nested(soort) or pa.types.is_fixed_size_binary(soort):
            advies = "Toegestaan: tekst, getallen, datums en ja of nee; één waarde per cel."
            fouten.append(Melding(pad.name, tekst, kolom=naam, advies=advies))
    return fouten


def _type_name(soort: pa.DataType) -> str:
    """Return the type without what stands inside it: names of fields are the supplier's."""
    return str(soort).split("<")[0].split("(")[0].split("[")[0].strip()


def read_parquet(pad: Path, nummers: Iterable[str] = ()) -> Gelezen:
    """Return the rows of an ordinary table.

    Raises:
        AfgekeurdError: as `open_parquet`, and where damage or size only shows while reading.
    """
    bestand = open_parquet(pad, MEESTE_RIJEN, nummers)
    kop = [naam.strip() for naam in bestand.schema_arrow.names]
    if bestand.metadata.num_rows * len(kop) > MEESTE_CELLEN:
        raise too_large(pad, "het heeft meer dan 60 miljoen cellen.")
    stukken, tekens = [], 0
    try:
        for stuk in bestand.iter_batches(batch_size=_RIJEN_PER_STUK):
            for kolom in stuk.columns:
                tekens += _count_characters(pad, kolom)
            if tekens > MEESTE_TEKENS:
                raise too_large(pad, "uitgeschreven is het meer dan 600 MB.")
            woorden = [_to_text(kolom).dictionary_encode() for kolom in stuk.columns]
            stukken.append(pa.RecordBatch.from_arrays(woorden, names=kop))
    except (AfgekeurdError, MemoryError):
        raise
    except Exception:  # damage that only shows while reading
        raise AfgekeurdError([Melding(pad.name, GEEN_PARQUET)]) from None
    soort = pa.dictionary(pa.int32(), pa.large_string())
    tabel = pa.Table.from_batches(stukken, pa.schema([(naam, soort) for naam in kop]))
    return Gelezen(text_frame(tabel, pd.RangeIndex(1, len(tabel) + 1, name=RIJ)), [], koprij=None)


def first_parquet_rows(pad: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the names of the columns, and then the rows of the first piece.

    Raises:
        AfgekeurdError: as `open_parquet`, and where a piece cannot be read.
    """
    bestand = open_parquet(pad, MEESTE_RIJEN)
    yield 0, [naam.strip() for naam in bestand.schema_arrow.names]
    try:
        stuk = next(bestand.iter_batches(batch_size=_RIJEN_VAN_EEN_PROEF), None)
        if stuk is None:
            return
        for kolom in stuk.columns:
            _count_characters(pad, kolom)
        cellen = [_to_text(kolom).to_pylist() for kolom in stuk.columns]
    except (AfgekeurdError, MemoryError):
        raise
    except Exception:
        raise AfgekeurdError([Melding(pad.name, GEEN_PARQUET)]) from None
    yield from ((nummer, list(rij)) for nummer, rij in enumerate(zip(*cellen, strict=True), start=1))


def _count_characters(pad: Path, kolom: pa.Array) -> int:
    """Return how long this piece of a column is when every cell is written out."""
    soort = kolom.type.value_type if pa.types.is_dictionary(kolom.type) else kolom.type
    if not (_is_text(soort) or _is_bytes(soort)):
        return len(kolom) * _TEKENS_VAN_EEN_GETAL
    lengten = pc.binary_length(kolom.dictionary if pa.types.is_dictionary(kolom.type) else kolom)
    if (pc.max(lengten).as_py() or 0) > LANGSTE_CEL:
        raise too_large(pad, "een cel is langer dan 131.072 tekens.")
    return int(pc.sum(lengten.take(kolom.indices) if pa.types.is_dictionary(kolom.type) else lengten).as_py() or 0)


def _to_text(kolom: pa.Array) -> pa.Array:
    """Return the column as text, each different value written once; empty where nothing stands."""
    if pa.types.is_null(kolom.type):
        return pa.repeat(pa.scalar("", pa.large_string()), len(kolom))
    if _is_text(kolom.type):
        return pc.fill_null(pc.utf8_trim_whitespace(kolom.cast(pa.large_string())), "")
    if pa.types.is_integer(kolom.type):
        return pc.fill_null(kolom.cast(pa.large_string()), "")
    if pa.types.is_floating(kolom.type):
        tekst = kolom.cast(pa.large_string())
        # Arrow writes an exponent where a supplier writes zeros.
        if not pc.any(pc.match_substring_regex(tekst, "[en]|^-0$")).as_py():
            return pc.fill_null(tekst, "")
    if not pa.types.is_dictionary(kolom.type):
        kolom = kolom.dictionary_encode()
    woorden = kolom.dictionary
    if _is_text(woorden.type):
        tekst = _to_text(woorden)
    else:
        tekst = pa.array([cell_text(waarde) for waarde in woorden.to_pylist()], pa.large_string())
    return pc.fill_null(tekst.take(kolom.indices), "")
