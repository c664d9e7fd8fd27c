"""The pages of the app: address and title, for the menu and for what may be asked of the server."""

from __future__ import annotations

# The page that opens at the bare address; it has no other.
BEGIN = "landelijk"
PAGINAS = {
    BEGIN: "Landelijk beeld",
    "kaart": "Kaart",
    "regio": "Mijn regio",
    "pijlers": "Pijlers",
    "budget": "Budget",
    "knoppen": "Tekort en knoppen",
    "voortgangsgesprek": "Voortgangsgesprek",
    "verhalen": "Verhalen",
    "verantwoording": "Verantwoording",
    "toegankelijkheid": "Toegankelijkheid",
}
PADEN = frozenset({"/", *(f"/{naam}" for naam in PAGINAS if naam != BEGIN)})
