"""What the made-up respondents of srs_enquete.py add up to: the figures of the nulmeting, and what is invented.

Published in the Nulmeting SRS 2021 (SEOR, 2022); what is invented says so.
"""

from __future__ import annotations

JAAR = "2021"

# fmt: off
# Published as counts.
WGO = {"WGO01": 64, "WGO02": 33, "WGO03": 30, "WGO04": 4, "WGO05": 23, "WGO06": 18, "WGO07": 8, "WGO09": 13,
       "WGO10": 19, "WGO11": 11, "WGO12": 18, "WGO13": 31, "WGO14": 29}
BRANCHE = {"ZKH": 20, "GGZ": 23, "GHZ": 56, "VVT": 122, "HAG": 12, "SW": 29, "JZ": 17, "KO": 5, "OZW": 17}
GROOTTEKLASSE = {">1000": 85, "250-1000": 89, "50-249": 76, "<50": 50, "onbekend": 1}
PILOT = 107
PILOT_INZICHTEN = {"ja": 70, "weet_niet": 21, "nee": 16}
ROL_TRANSITIE = {"nee": 16, "weet_niet": 51}
# The first answer is published as the base of the questions that follow, the others in whole percents.
BETROKKENHEID = (("alleen_informatie", 25), {"actief": 22, "regelmatig": 33, "af_en_toe": 37})
BEKENDHEID = {
    "amo": (("bekend", 199), {"van_gehoord": 24, "niet_bekend": 10}),
    "werving": (("gebruikt", 128), {"gaat_gebruiken": 9, "bekend_niet_gebruikt": 32, "niet_bekend": 17}),
    "imago": (("bekend", 173), {"van_gehoord": 25, "niet_bekend": 17}),
    "leren": (("bekend", 152), {"van_gehoord": 32, "niet_bekend": 17}),
    "werken": (("bekend", 154), {"van_gehoord": 31, "niet_bekend": 18}),
}
WERVING_OF_IMAGO = 209
DIGITAAL_OF_VERANDER = 109
# Published in whole percents.
FUNCTIE = {"hr": 62, "overig": 6, "bestuurder": 32}
DIGITALE_TOOLS, NETWERK, INZET_DIGITAAL, INZET_VERANDER = 69, 53, 24, 30
ROL_JA = {"actief": 92, "regelmatig": 82, "af_en_toe": 72, "alleen_informatie": 48}
EFFECTEN = {
    "amo": {"inzicht_tekorten": 61, "inzet_behoud": 33, "spp": 21, "instroombeleid": 20, "anders": 9, "geen": 19},
    "werving": {"realistisch": 37, "animo": 33, "anders": 24, "geen": 16},
    # Invented: anders, which the figure does not print.
    "imago": {"realistisch": 41, "animo": 32, "anders": 17, "geen": 19},
    "leren": {"op_hoogte": 62, "bpv": 18, "kwaliteit": 7, "anders": 5, "geen": 26},
    "werken": {"aandacht_verzuim": 28, "inzet_behoud": 37, "vitaliteit": 8, "mobiliteit": 5, "anders": 16,
               "geen": 31},
}
# Per statement the block it belongs to, and the per cents eens and oneens; neutraal and weet_niet are invented.
STELLINGEN = {
    "impact_instroom_onderwijs": ("instroom", 18, 26), "impact_zij_instroom": ("instroom", 41, 17),
    # Invented from here on: oneens.
    "impact_minder_uitval": ("leren", 6, 27), "impact_opleiding": ("werken", 28, 22),
    "impact_minder_uitstroom": ("werken", 10, 33), "impact_minder_verzuim": ("werken", 5, 37),
    "impact_digitaal": ("innoveren", 32, 12), "impact_verander": ("innoveren", 39, 10),
}
# Invented: of those neither eens nor oneens, the per cent that is neutral; the others do not know.
NEUTRAAL = 65
# Per cent: 7, 8, 9 or 10, and 5 or lower; count: 4 or lower. Invented: how the groups divide.
CIJFERS = {"7": 38, "8": 40, "9_10": 8, "tm_5": 6}
LAAGSTE = {4: 3, 3: 2, 2: 1}
TIENEN = 4
# Sums of marks; with the published mean when divided by the respondents of the group.
CIJFERSOM = {
    "betrokkenheid": {"actief": 501, "regelmatig": 720, "af_en_toe": 830, "alleen_informatie": 157},
    "branche_code": {"ZKH": 154, "HAG": 94, "GGZ": 165, "GHZ": 403},
}
# Per open question: who was asked, how many answered, and how often each theme was named. Published: that those
# of pilot_inzicht were named more than 3 times; 40 and 30 (about), 7, and four times 10 to 20; more than 20, four
# times more than 10, and 5. Invented: the rest.
OPEN_VRAGEN: dict[str, tuple[str, str, int, dict[str, int]]] = {
    "pilot_inzicht": ("pilot_inzichten", "ja", 59, {
        "samenwerken_werven": 8, "flexibel_onderwijs": 6, "competenties": 5, "begeleiding": 7, "onboarding": 4,
        "zij_instroom": 5, "overig": 28}),
    "thema_aandacht": ("jaar", JAAR, 204, {
        "behoud_inzetbaarheid": 40, "samenwerking_netwerken": 30, "zzp": 7, "instroom": 18, "flexibel_opleiden": 15,
        "imago": 13, "innovatie_technologie": 12, "overig": 80}),
    "rol_soort": ("rol_transitie", "ja", 188, {
        "trekken_verbinden": 26, "adviseren_ondersteunen": 18, "kennis_delen": 16, "lobby": 13,
        "innovatie_aanjagen": 12, "subsidietrajecten": 5, "overig": 105}),
}
# fmt: on
