"""Lay two publications side by side, row by row: after a rebuilding no figure may be another.

Usage: python bench/gelijk.py VOOR.duckdb NA.duckdb
"""

from __future__ import annotations

import sys

import duckdb

# Says when it was made, under which number and by which version.
ANDERS = "publicatie"


def differences(voor: str, na: str) -> dict[str, int]:
    """Return per table how many rows are in one of the two alone; -1 where a table or its columns are."""
    uit: dict[str, int] = {}
    with duckdb.connect() as con:
        for naam, pad in (("voor", voor), ("na", na)):
            con.execute(f"attach '{pad.replace(chr(39), chr(39) * 2)}' as {naam} (read_only)")
        vraag = """select table_name, list(column_name || data_type order by column_index) from duckdb_columns()
                   where database_name = ? and schema_name = 'main' group by all"""
        oud, nieuw = (dict(con.execute(vraag, [naam]).fetchall()) for naam in ("voor", "na"))
        for tabel in sorted({*oud, *nieuw} - {ANDERS}):
            if oud.get(tabel) != nieuw.get(tabel):
                uit[tabel] = -1
                continue
            kanten = [f'(from {een}."{tabel}" except all from {ander}."{tabel}")'
                      for een, ander in (("voor", "na"), ("na", "voor"))]  # fmt: skip
            rij = con.execute(f"select count(*) from ({' union all '.join(kanten)})").fetchone()
            if rij and rij[0]:
                uit[tabel] = rij[0]
    return uit


if __name__ == "__main__":
    gevonden = differences(*sys.argv[1:3])
    for tabel, aantal in gevonden.items():
        print(f"{tabel}: {'alleen in een van beide' if aantal < 0 else f'{aantal} rijen anders'}")
    print("Niet gelijk." if gevonden else "Elke rij van elke tabel is gelijk.")
    sys.exit(bool(gevonden))
