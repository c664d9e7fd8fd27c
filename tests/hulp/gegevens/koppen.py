"""The header of each table of the public sources."""

from __future__ import annotations

KOPPEN = {
    "werknemers.werknemers": "periode,regio_code,branche_code,telling,werknemers,contracturen",
    "vacatures.vacatures": "periode,regio_code,branche_code,afbakening,openstaand,ontstaan,banen",
    "vacatures.moeilijk_vervulbaar": "periode,regio_code,branche_code,werkgevers,werkgevers_moeilijk_vervulbaar",
    "onderwijs.instroom": "schooljaar,regio_code,niveau,opleiding,leerweg,instroom,maat,plaats",
    "onderwijs.rendement": "schooljaar,regio_code,niveau,opleiding,gediplomeerden,ongediplomeerde_verlaters",
    "onderwijs.rendement_percentage": "periode,maat,plaats,regio_code,niveau,opleiding,leerweg,percentage",
    "onderwijs.stages": "periode,regio_code,niveau,plaatsen,tekort",
    "onderwijs.numerus_fixus": "schooljaar,regio_code,opleidingen_met_fixus,opleidingen",
    "verzuim.verzuim": "periode,regio_code,branche_code,meting,verzuimdagen,beschikbare_dagen,percentage",
    "mobiliteit.stromen": (
        "periode,regio_code,branche_code,afbakening,werknemers_begin,instroom,instroom_zij,"
        "instroom_herintreders,instroom_onderwijs,uitstroom"
    ),
    "gepubliceerd.cijfers": (
        "id,indicator_id,regio_code,branche_code,periode,waarde,precisie,bron,vindplaats,kwaliteit"
    ),
    "werknemersenquete.uitkomsten": "periode,regio_code,branche_code,vraag,aandeel,n,marge",
}
