"""Names short enough for a tile of the map; a line break where two lines read better."""

from __future__ import annotations

KORT = {
    "PV20": "Groningen",
    "PV21": "Fryslân",
    "PV22": "Drenthe",
    "PV23": "Overijssel",
    "PV24": "Flevoland",
    "PV25": "Gelderland",
    "PV26": "Utrecht",
    "PV27": "Noord-\nHolland",
    "PV28": "Zuid-\nHolland",
    "PV29": "Zeeland",
    "PV30": "Noord-\nBrabant",
    "PV31": "Limburg",
    "RA0101": "Groningen",
    "RA0102": "Drenthe",
    "RA0103": "Friesland",
    "RA0204": "Zwolle",
    "RA0205": "Twente",
    "RA0206": "Stedendr.",
    "RA0207": "Achterhoek",
    "RA0308": "ZW-\nGelderl.",
    "RA0309": "M-\nGelderl.",
    "RA0410": "Flevoland",
    "RA0511": "Gooi",
    "RA0512": "Utrecht",
    "RA0513": "Amersfoort",
    "RA0614": "NH-Noord",
    "RA0615": "Zaanstreek",
    "RA0616": "Amsterdam",
    "RA0717": "Amstelland",
    "RA0818": "Rijn\nGouwe",
    "RA0919": "Rijnmond",
    "RA1020": "Haaglanden",
    "RA1121": "ZH-Zuid",
    "RA1222": "Zeeland",
    "RA1323": "W-\nBrabant",
    "RA1324": "M-\nBrabant",
    "RA1325": "NO-\nBrabant",
    "RA1326": "ZO-\nBrabant",
    "RA1427": "NM-\nLimburg",
    "RA1428": "Z-\nLimburg",
    "WGO01": "Zorgplein\nNoord",
    "WGO02": "WGV",
    "WGO03": "WZW",
    "WGO04": "Flever",
    "WGO05": "Utrechtzorg",
    "WGO06": "Sigra",
    "WGO07": "samen VBZ",
    "WGO08": "Care2Care",
    "WGO09": "deRotterd.\nZorg",
    "WGO10": "ZWconnect",
    "WGO11": "WGV ZHZ",
    "WGO12": "Viazorg",
    "WGO13": "Transvorm",
    "WGO14": "Zorg aan\nZet",
}
# Where a name may be broken when even its short form is wider than a tile; \u00ad shows only there.
_LETTERGREPEN = {
    "RA0101": "Gronin\u00adgen",
    "RA0103": "Fries\u00adland",
    "RA0206": "Steden\u00addr.",
    "RA0207": "Achter\u00adhoek",
    "RA0410": "Flevo\u00adland",
    "RA0513": "Amers\u00adfoort",
    "RA0615": "Zaan\u00adstreek",
    "RA0616": "Amster\u00addam",
    "RA0717": "Amstel\u00adland",
    "RA0919": "Rijn\u00admond",
    "RA1020": "Haag\u00adlanden",
}


def breekbare_naam(code: str, kort: str) -> str:
    """Return a short name with the places where it may be broken if need be."""
    return _LETTERGREPEN.get(code, kort)


def in_one_line(code: str, naam: str) -> str:
    """Return the short name for where it stands on one line."""
    return korte_naam(code, naam).replace("-\n", "-").replace("\n", " ")


def korte_naam(code: str, naam: str) -> str:
    """Return the name for in a tile; an unknown region gets its own name, cut off."""
    return KORT.get(code) or (naam if len(naam) <= 11 else f"{naam[:10]}…")
