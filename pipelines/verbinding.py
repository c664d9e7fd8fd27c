"""How every database here is opened."""

from __future__ import annotations

# Extensions would be fetched from the internet at first use; nothing here needs one.
DUCKDB_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
