"""What each key of the YAML files means, in one sentence; a key without a meaning stops `make docs`."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.documentatie import betekenis_duo as duo

INDICATOR: Mapping[str, str] = {
    "titel": "de naam op het scherm",
    "vraag": "de vraag die het cijfer beantwoordt",
    "eenheid": "waarin het cijfer is uitgedrukt; een aandeel ligt tussen 0 en 1",
    "richting": "de richting die gewenst is; bij `geen` krijgt een verandering geen oordeel",
    "definitie": "wie of wat meetelt, en waarvoor de lezer moet oppassen",
    "formule": "de berekening in woorden",
    "actielijn": "de lijn van het Actieprogramma waar de indicator bij hoort",
    "pijler": "de pijler van Samen Regionaal Sterk waar de indicator bij hoort",
    "schakel": "de plaats in de keten van activiteit naar effect",
    "model": "`ja`: ook een modelschatting per WGO, naast de directe cijfers (`docs/methoden/kleine-gebieden.md`)",
    "enquete": "`ja`: een vraag uit de enquête, met de naam van de kolom als naam; een formule is dan niet nodig",
    "te_bevestigen": "`ja`: de eigenaar van de bron heeft de definitie nog niet bevestigd",
    "plek": "waar het staat in een rij met een vaste volgorde: `{landelijk: 15}` komt tussen 10 en 20; zie hieronder",
    "knop": "de knop van het Actieprogramma die raakt wat dit telt; een regio krijgt dan haar aandeel hierin",
    "ritme": "hoe vaak er een nieuw cijfer komt, als dat anders is dan bij de bron of als er geen bron is",
    "bron": "de tabel waaruit wordt gerekend, als `bron.tabel`; zonder bron zijn er alleen gepubliceerde cijfers",
    "soort": "`sql`: de bron rekent zelf, in `<bron>.publicatie.sql`",
    "waar": "alleen deze rijen tellen: `vraag = 'tevreden'`",
    "teller": "een optelling van kolommen; zonder noemer is dit het cijfer",
    "noemer": "een optelling van kolommen waardoor de teller wordt gedeeld; `inwoners` zijn die van de regio",
    "waarde": "een cijfer zonder aantallen (een gepubliceerd percentage): geldt voor zijn eigen cel, telt nooit op",
    "optelbaar": "`nee`: unieke personen; `regio`: regio's tellen op, branches niet; anders `ja`",
    "jaar": "`som`: vier kwartalen maken een jaar; alleen bij een stroom binnen het kwartaal",
    "niveaus": "de niveaus waarop het cijfer wordt gemaakt",
    "per": "kolommen die elke cel splitsen",
    "ook_per": "kolommen die er één voor één bij komen, nooit gekruist; `a+b` samen, waar beide zijn gevuld",
    "uitsplitsing": "een vaste uitsplitsing, zoals `maat=werkgevers`",
    "vertrouwelijk": "wie het cijfer kan verraden; zo'n cijfer gaat door de onthullingscontrole",
    "telt_zoals": "telt dezelfde personen als een vertrouwelijke indicator: `eigen` kant (in reeksen met "
    "`uitsplitsing`), `indicator` en `kant` daar; wat in de ene geheim is, is het ook in de andere",
    "breuken": "dagen waarna cijfers niet meer met eerdere te vergelijken zijn: `datum`, `tekst` en waarvoor dat geldt",
    "kern": "de ene reeks die bedoeld is waar geen andere wordt genoemd: van `land`, en van `regio` als die anders is",
    "balans": "van één kant van een balans: de indicator die het saldo geeft; één kant alleen krijgt nooit een oordeel",
    "buiten_koers": "waarom het niet meetelt voor de koers: een `prognose`, of een programma dat is `afgelopen`",
    "vergelijk": "reeksen van hetzelfde die naast elkaar mogen staan, met de oorzaak van hun verschil",
}

KOLOM: Mapping[str, str] = {
    "type": "wat voor waarde er staat",
    "leeg": "`ja`: mag leeg zijn, en de kolom mag ontbreken",
    "min": "de kleinste waarde",
    "max": "de grootste waarde",
    "lijst": "de waarden die mogen",
    "verwijst": "de waarden zijn codes van `branche` of `indicator`",
    "behalve": "codes die hier niet mogen",
    "niveaus": "van welke niveaus een regio mag zijn; zonder deze sleutel mag elk niveau",
    "merktekens": "`nee`: de tekens voor een ontbrekende waarde (`.`, `<5`, `nvt`) mogen hier niet",
    "nul": "`ja`: mag in elke rij van een levering 0 zijn; van andere cijfers wordt dat gevraagd",
    "uitleg": "wat er in de kolom staat, in één regel voor een leverancier",
    "advies": "wat een leverancier leest als een code niet mag",
    "basis": "gevuld waar dit geldt, en elders leeg",
    "rol": "van een vraag: `afsluiter` sluit een rij antwoorden om aan te kruisen, `kenmerk` zegt wie men is",
    "tijd": "`stand` op een dag, `stroom` in de periode, of `stroom_12_maanden`; zonder is het geen aantal",
    "optellen": "`nee`: rijen met een andere waarde mogen niet worden opgeteld",
    "soms": "codes die alleen bij het totaal horen waar zij zijn geleverd",
    "soorten": "welke soorten perioden mogen",
    "vooruit": "`ja`: mag na de dag van de levering beginnen (een plan, een raming)",
    "bruggen": "andere indelingen van het land die mogen; zij worden naar de 28 regio's omgerekend",
    "geheim": "`ja`: het nummer van een persoon of werkgever; staat nooit in een melding",
}

LEVERING: Mapping[str, str] = {
    "bron": "de naam van de bron; zo heet ook de map",
    "leverancier": "van wie de gegevens zijn",
    "periode": "waarover de levering gaat, zoals de leverancier het noemt",
    "ontvangen": "de dag van ontvangst; de nieuwste telt",
    "herkomst": "`levering`, `gepubliceerd` of `synthetisch` (voorbeelddata)",
    "verwijzing": "waar het te vinden is: rapport, tabel, adres",
    "licentie": "onder welke voorwaarden de cijfers mogen worden gebruikt",
    "opmerking": "wat de lezer moet weten",
    "voorlopig": "`ja`: alle cijfers van deze levering zijn voorlopig",
    "vertrouwelijk": "`ja`: cijfers van personen of werkgevers die niet herkenbaar mogen zijn; zij gaan door de "
    "onthullingscontrole. Vraag het de leverancier",
    "kolommen": "`kolommen.yml`: hoe eigen kolommen, labels en kop die van de tabel zijn",
    "bevestigd": "waarom een controle die stopt tot iemand heeft gekeken, door mag: `{sprong: de reden}`",
}

BEVESTIGD: Mapping[str, str] = {
    "sprong": "de reden waarom een cijfer meer dan twintig keer zo groot of klein is als het vorige van zijn reeks",
}

VERTALING: Mapping[str, str] = {
    "koprij": "de rij met de kop, zoals een werkblad haar nummert; zonder wordt de kop aan de namen herkend",
    "kolommen": "de naam van de leverancier, en de kolom van de tabel: `{Regio: regio_code}`",
    "waarden": (
        "per kolom van de tabel: het label van de leverancier, en de code; `rij weglaten` slaat de rij over: "
        "`{branche_code: {Ziekenhuis: ZKH, Onbekend: rij weglaten}}`"
    ),
    "vast": "kolommen van de tabel die voor het hele bestand één waarde hebben: `{afbakening: azw_breed}`",
    "weglaten": "kolommen van de leverancier die niet worden gelezen",
}

BRON: Mapping[str, str] = {
    "titel": "de naam van de bron op het scherm",
    "leverancier": "wie de bron levert",
    "ritme": "hoe vaak de bron cijfers geeft; bepaalt hoe lang een cijfer als vers geldt",
    "tabellen": "de tabellen van de bron, elk onder haar naam; zo heet ook het bestand",
}

TABEL: Mapping[str, str] = {
    "rij": "wat één rij is",
    "kolommen": "de kolommen, elk onder haar naam",
    "sleutel": "de kolommen die samen uniek zijn",
    "reeks": "kolommen die reeksen scheiden: een levering vervangt een eerdere per periode en per waarde hiervan",
    "regels": "wat op elke rij moet gelden",
    "groot": "`ja`: miljoenen rijen, zonder sleutel; gecontroleerd per vorm die voorkomt",
    "eist": "wat elke indicator uit deze tabel van zichzelf moet zeggen",
    "bases": "van een enquête: elke basis van haar vragen, en wie dat zijn in woorden",
    "voorbeeld": "wat er in het sjabloon als voorbeeld staat, waar iets anders geen goede rij maakt; leeg mag",
}

REGEL: Mapping[str, str] = {
    "naam": "wat moet gelden, in een paar woorden",
    "anders": "wat de leverancier leest als het niet geldt; `{kolom}` wordt de waarde",
    "kolom": "de kolom waar de melding bij staat",
    "als": "een voorwaarde in SQL die op elke rij waar is; anders `fout`",
    "fout": "een vraag in SQL die de foute rijen geeft; anders `als`",
    "advies": "wat de leverancier kan doen",
}

BREUK: Mapping[str, str] = {
    "datum": "de eerste dag van de nieuwe reeks",
    "tekst": "wat er veranderde",
    "regio": "alleen in deze regio",
    "branche": "alleen in deze branche",
    "uitsplitsing": "alleen bij deze uitsplitsing",
    "zeker": "`nee`: de bron laat open of er een breuk is",
}

KERNREEKSEN: Mapping[str, str] = {
    "land": "de reeks van Nederland",
    "regio": "die van regio's, als die anders is",
}

KERN: Mapping[str, str] = {
    "periode": "de soort periode van de reeks",
    "uitsplitsing": "de uitsplitsing van de reeks; zonder is het die zonder uitsplitsing",
}

TELLING: Mapping[str, str] = {
    "eigen": "welke kant van deze indicator: `teller` of `noemer`",
    "uitsplitsing": "alleen in reeksen met deze uitsplitsing",
    "indicator": "de vertrouwelijke indicator die dezelfde personen telt",
    "kant": "welke kant van die indicator",
}

REGELSET: Mapping[str, str] = {
    "titel": "de naam van de regels op het scherm",
    "bron": "het document waar zij in staan",
    "jaren": "de jaren waarvoor zij gelden",
    "regels": "de regels, elk onder haar naam",
}

BUDGETREGEL: Mapping[str, str] = {
    "titel": "de regel in woorden",
    "soort": "`eis`: minstens de norm; `richtlijn`: binnen de marge van de norm",
    "norm": "het aandeel: 0.20 of 2/3",
    "teller": "het deel van het budget waar de regel over gaat",
    "noemer": "het deel van het budget waardoor wordt gedeeld",
    "gebied": "waar de regel geldt: het land, elke werkgeversorganisatie of beide",
    "zonder_levering": "wat de lezer leest als het budget niet is geleverd",
    "marge": "hoeveel een richtlijn mag afwijken; zonder is het nul",
}

DEEL: Mapping[str, str] = {
    "bedrag": "welke bedragen tellen",
    "pijler": "alleen deze pijlers; zonder zijn het alle",
    "onderdeel": "alleen deze onderdelen",
    "gezamenlijk": "alleen wat regio's samen doen (`ja`) of alleen doen (`nee`)",
}

# By the name of the object in the JSON Schema.
KOPPELING: Mapping[str, str] = {
    "titel": "wat de tabel voor de monitor is, in gewone woorden",
    "catalogus": "`CBS` (opendata.cbs.nl) of `AZW` (dataderden.cbs.nl)",
    "tabel": "de code van de tabel, zoals 83599NED; zonder code wordt gezocht op de exacte titel",
    "exacte_titel": "de titel zoals zij in de catalogus staat; staat er een code bij, dan moet de titel nog zo luiden",
    "sleutels_gezien": "`nee`: niemand zag deze tabel nog; zij komt alleen binnen als u haar bij naam noemt",
    "vult": "de tabel van een contract die zij vult, als `bron/tabel`",
    "perioden": "welke soorten perioden meedoen; andere worden weggelaten en geteld",
    "regio": "waar de cijfers over gaan",
    "maten": "welke maten welke kolommen vullen",
    "dimensies": "welke categorieën van de andere dimensies tellen, en welke kolom zij vullen",
    "vorm": "hoe de dienst spreekt: `v3` (standaard) of `v4`",
    "vast": "kolommen die voor elke rij dezelfde waarde hebben",
    "levering": "tabellen met dezelfde naam hier worden samen één levering: los zou de tweede de eerste vervangen",
    "licentie": "waaronder de cijfers zijn gepubliceerd; standaard CC BY 4.0",
    "opmerking": "wat bij elke levering van deze tabel hoort te staan",
    "bevestigd": "waarom een sprong ten opzichte van eerdere cijfers door mag: `{sprong: de reden}`",
}

GEBIED: Mapping[str, str] = {
    "niveaus": "welke niveaus uit de tabel komen; elke regio van een niveau moet er zijn",
    "ook": "welke niveaus meekomen waar de tabel ze heeft; dan moet elke regio ervan er ook zijn",
    "uit_gemeenten": "welke niveaus worden opgeteld uit gemeenten, waar elke gemeente een cijfer heeft",
    "vast": "de ene regio van een tabel zonder regio's, meestal NL01",
    "weglaten": "codes of titels van regio's die niet meedoen, zoals Niet in te delen",
}

INDELING: Mapping[str, str] = {
    "titel": "de titel van de dimensie",
    "sleutel": "haar sleutel, waar die bekend is",
    "kolom": "de kolom die zij vult",
    "categorieen": "per categorie (titel of code) de code van het contract",
    "alleen": "de ene categorie die telt, meestal het totaal; vult geen kolom",
    "overnemen": "`ja`: elke categorie komt binnen onder haar eigen titel; alleen bij een kolom met tekst",
    "totaal": "`ja`: de categorie waarvan de titel met Totaal begint, laat de kolom leeg",
    "rest": "een categorie die er niet bij staat is een `fout` (standaard), of wordt weggelaten en geteld",
}

METING: Mapping[str, str] = {
    "kolom": "de kolom die de maat vult",
    "eenheid": "de eenheid zoals de tabel haar noemt; `x 1 000` wordt vermenigvuldigd",
    "titel": "de titel van de maat; zonder titel en sleutel is het de enige maat met deze eenheid",
    "sleutel": "haar sleutel, waar die bekend is",
    "pad": "de kopjes boven de maat, waar de titel alleen niet genoeg is",
    "maal": "waarmee het cijfer daarna nog wordt vermenigvuldigd, zoals 0.01 voor een aandeel uit een percentage",
    "vast": "kolommen die deze maat zelf vult, zoals de vraag die zij beantwoordt",
}

PER_OBJECT: Mapping[str, Mapping[str, str]] = {
    "Bron": BRON,
    "Tabel": TABEL,
    "Kolom": KOLOM,
    "Regel": REGEL,
    "Indicator": INDICATOR,
    "Breuk": BREUK,
    "Kern": KERN,
    "Telling": TELLING,
    "Kernreeksen": KERNREEKSEN,
    "Regelset": REGELSET,
    "Budgetregel": BUDGETREGEL,
    "Deel": DEEL,
    "Levering": LEVERING,
    "Vertaling": VERTALING,
    "Bevestigd": BEVESTIGD,
    "Koppeling": KOPPELING,
    "Gebied": GEBIED,
    "Indeling": INDELING,
    "Meting": METING,
    "Duokoppeling": duo.DUOKOPPELING,
    "Jaren": duo.JAREN,
    "Waar": duo.WAAR,
    "Rubriek": duo.RUBRIEK,
    "Opleidingscode": duo.OPLEIDINGSCODE,
}
