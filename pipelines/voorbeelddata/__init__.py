"""Seeded generators of voorbeelddata, one module per source; everything they write is herkomst synthetisch."""
