"""What each key of a mapping of DUO means, in Dutch; the same text is in the schema and in the manual."""

from __future__ import annotations

from collections.abc import Mapping

DUOKOPPELING: Mapping[str, str] = {
    "titel": "wat het bestand voor de monitor is, in gewone woorden",
    "pakket": "het pakket op onderwijsdata.duo.nl",
    "bestand": "de naam van het bestand in het pakket, of zijn id; met {jaar} is er één per jaar",
    "sleutels_gezien": "`nee`: niemand zag dit bestand nog; het komt alleen binnen als u het bij naam noemt",
    "vult": "de tabel van een contract die het vult, als `bron/tabel`",
    "aantal_in": "de kolom van het contract waar het aantal in komt; een bovengrens komt in dezelfde naam met _tot",
    "jaren": "waar het jaar staat",
    "aantal": "de kolom met het aantal, waar er één is; van meer namen geldt de eerste die er is",
    "regio": "waar de cijfers over gaan",
    "rubrieken": "welke kolommen het bestand verder verdelen",
    "opleiding": "hoe een rij wordt herkend als een opleiding voor zorg en welzijn",
    "leeg_is_nul": "`ja`: een lege cel is nul studenten; anders is zij een fout",
    "vast": "kolommen die voor elke rij dezelfde waarde hebben",
    "levering": "bestanden met dezelfde naam hier worden samen één levering",
    "licentie": "waaronder de cijfers zijn gepubliceerd; zonder geldt wat het pakket zegt",
    "opmerking": "wat bij elke levering van dit bestand hoort te staan",
    "bevestigd": "waarom een sprong ten opzichte van eerdere cijfers door mag: `{sprong: de reden}`",
}

JAREN: Mapping[str, str] = {
    "kolom": "de kolom met het jaar",
    "kop": "koppen met een aantal per jaar, zoals JAAR_{jaar}; met + worden er twee opgeteld",
    "uit_bestand": "`ja`: het jaar staat in de naam van het bestand",
    "verschuif": "wat bij het jaar van DUO komt om het begin van het schooljaar te krijgen",
    "soort": "`schooljaar` (standaard) of `jaar`, waar niet vaststaat welk schooljaar het is",
}

WAAR: Mapping[str, str] = {
    "niveaus": "de niveaus die ervan worden gemaakt; elke regio van een niveau komt erin, zo nodig met 0",
    "kolom": "de kolom met de gemeente of regio",
    "soort": "wat er in die kolom staat: `gemeentenummer`, `gemeentenaam` of `arbeidsmarktregio` (van UWV)",
    "namen": "namen die DUO anders schrijft, met de code die is bedoeld",
    "buiten": "wat in geen regio ligt, zoals BELGIE; wordt weggelaten en geteld",
    "vast": "de ene regio van een bestand zonder regio's, meestal NL01",
}

RUBRIEK: Mapping[str, str] = {
    "uit": "de kolom van het bestand; van meer namen geldt de eerste die er is",
    "kolom": "de kolom van het contract die zij vult",
    "categorieen": "per tekst de code van het contract; zonder is de tekst zelf de code",
    "alleen": "de teksten die tellen; vult geen kolom",
    "rest": "een tekst die er niet bij staat is een `fout` (standaard), wordt weggelaten en geteld, of blijft `leeg`",
}

OPLEIDINGSCODE: Mapping[str, str] = {
    "lijst": "welk deel van opleidingen.csv geldt: `croho` (hbo) of `kwalificatie` (mbo)",
    "code": "de kolom met de code van de opleiding",
    "naam": "de kolom met de naam, voor wat niet op code in de lijst staat",
    "rest_uit": "de kolom met het onderdeel of de sectorkamer, voor wat niet in de lijst staat",
    "rest": "per onderdeel hoe de andere opleidingen ervan samen heten",
}
