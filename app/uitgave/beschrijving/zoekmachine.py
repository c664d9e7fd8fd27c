"""What a search engine for data reads in a page: the publication as a Dataset of schema.org."""

from __future__ import annotations

from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.taal.opmaak import publicatie_tekst
from app.uitgave.beschrijving.catalogus import TREFWOORDEN
from app.uitgave.tabel import OMSCHRIJVING, TITEL, VOORWAARDEN


def dataset(merk: Kenmerk, begin: str) -> dict[str, object]:
    """Return the publication of now as a Dataset; `begin` is the address of the site."""
    publicatie = data.publicatie(merk)
    gegevens = f"{begin}/data/v1"
    maker = {"@type": "Organization", "name": TITEL, "url": begin}
    vormen = {
        "publicatie.duckdb": "application/vnd.duckdb",
        "catalogus.jsonld": "application/ld+json",
        "catalogus.ttl": "text/turtle",
    }
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": gegevens,
        "name": TITEL,
        "description": OMSCHRIJVING,
        "url": begin,
        "identifier": publicatie.publicatie_id,
        "version": publicatie.publicatie_id,
        "dateModified": publicatie.gemaakt_op.date().isoformat(),
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "usageInfo": f"{begin}/verantwoording",
        "conditionsOfAccess": VOORWAARDEN,
        "citation": f"{publicatie_tekst(publicatie.publicatie_id, publicatie.gemaakt_op)}.",
        "keywords": list(TREFWOORDEN),
        "spatialCoverage": {"@type": "Country", "name": "Nederland"},
        "creator": maker,
        "publisher": maker,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": f"{TITEL}: open data", "url": gegevens},
        "distribution": [
            {"@type": "DataDownload", "name": naam, "encodingFormat": soort, "contentUrl": f"{gegevens}/{naam}"}
            for naam, soort in vormen.items()
        ],
    }
