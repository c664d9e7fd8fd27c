"""The databases of a warehouse: what they are called, and how every one is opened."""

from __future__ import annotations

PUBLICATIE = "publicatie.duckdb"
WERK = "werk.duckdb"
# Every publication there was, by its id.
ARCHIEF = "publicaties"

# Extensions would be fetched from the internet at first use; nothing here needs one.
DUCKDB_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
