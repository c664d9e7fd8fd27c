"""Respondents of the survey as its contract has them: who was asked what, and two small waves of answers."""

from __future__ import annotations

Rij = dict[str, str]

# The contract, written out again: who was asked, and what.
EFFECTEN = {
    "amo": ("amo_inzicht_tekorten", "amo_inzet_behoud", "amo_spp", "amo_instroombeleid", "amo_anders"),
    "werving": ("werving_realistisch", "werving_animo", "werving_anders"),
    "imago": ("imago_realistisch", "imago_animo", "imago_anders"),
    "leren": ("leren_op_hoogte", "leren_bpv", "leren_kwaliteit", "leren_anders"),
    "werken": ("werken_aandacht_verzuim", "werken_inzet_behoud", "werken_vitaliteit", "werken_mobiliteit",
               "werken_anders"),
}  # fmt: skip
INSTROOM = ("impact_instroom_onderwijs", "impact_zij_instroom")
WERKEN = ("impact_opleiding", "impact_minder_uitstroom", "impact_minder_verzuim")
VAARDIGHEDEN = ("impact_digitaal", "impact_verander")
STELLINGEN = (*INSTROOM, "impact_minder_uitval", *WERKEN, *VAARDIGHEDEN)
GEVRAAGD: tuple[tuple[Rij, tuple[str, ...]], ...] = (
    ({"amo_bekendheid": "bekend"}, (*EFFECTEN["amo"], "amo_geen")),
    ({"betrokkenheid": "actief"}, ("netwerk_nieuwe_samenwerking",)),
    ({"betrokkenheid": "regelmatig"}, ("netwerk_nieuwe_samenwerking",)),
    ({"betrokkenheid": "af_en_toe"}, ("netwerk_nieuwe_samenwerking",)),
    ({"werving_bekendheid": "gebruikt"}, (*EFFECTEN["werving"], "werving_geen", *INSTROOM)),
    ({"imago_bekendheid": "bekend"}, (*EFFECTEN["imago"], "imago_geen", *INSTROOM)),
    ({"leren_bekendheid": "bekend"}, (*EFFECTEN["leren"], "leren_geen", "impact_minder_uitval")),
    ({"werken_bekendheid": "bekend"}, (*EFFECTEN["werken"], "werken_geen", *WERKEN)),
    ({"inzet_digitaal": "1"}, VAARDIGHEDEN),
    ({"inzet_verander": "1"}, VAARDIGHEDEN),
    ({"pilot": "1"}, ("pilot_inzichten",)),
)
BASISKOLOMMEN = tuple(dict.fromkeys(kolom for _, kolommen in GEVRAAGD for kolom in kolommen))
# A respondent who knows nothing and was therefore asked nothing more.
NIETS = {
    "respondent_id": "r", "jaar": "2021", "wgo_code": "WGO01", "branche_code": "VVT", "grootteklasse": "<50",
    "functie": "hr", "betrokkenheid": "alleen_informatie", "rapportcijfer": "7", "digitale_tools": "0",
    "amo_bekendheid": "niet_bekend", "imago_bekendheid": "van_gehoord", "leren_bekendheid": "niet_bekend",
    "werken_bekendheid": "van_gehoord", "werving_bekendheid": "bekend_niet_gebruikt", "inzet_digitaal": "0",
    "inzet_verander": "0", "pilot": "0", "rol_transitie": "weet_niet",
}  # fmt: skip


def answer(kolom: str) -> str:
    return "ja" if kolom == "pilot_inzichten" else "neutraal" if kolom.startswith("impact_") else "0"


def asked(*waarvan: int) -> Rij:
    """A respondent in these bases of GEVRAAGD who answered what it was asked."""
    rij = dict(NIETS)
    for basis, kolommen in (GEVRAAGD[nummer] for nummer in waarvan):
        rij |= basis | {kolom: answer(kolom) for kolom in kolommen}
    return rij


def everything() -> Rij:
    return asked(0, 1, 4, 5, 6, 7, 8, 9, 10)


def to_csv(rijen: list[Rij], kolommen: tuple[str, ...]) -> str:
    return "\n".join([",".join(kolommen), *(",".join(rij.get(k, "") for k in kolommen) for rij in rijen)]) + "\n"


# Per WGO: invited, answers, and how many said yes in 2021 and in 2023 to a role in the transition.
TWEE_METINGEN = {"WGO01": (40, 20, 4, 16), "WGO02": (60, 30, 15, 15), "WGO03": (30, 5, 2, 3), "WGO05": (50, 25, 10, 11)}


def wave(jaar: str) -> dict[str, str]:
    """The tables of one of two waves, 2021 or 2023; respondents keep their name, and WGO02 is a panel."""
    rijen = []
    for wgo, (_, aantal, toen, nu) in TWEE_METINGEN.items():
        for nr in range(aantal):
            naam, ja = f"{wgo}-{nr:02}", nr < (toen if jaar == "2021" else nu)
            beter = jaar == "2023" and wgo == "WGO01"
            rijen.append(everything() | {
                "respondent_id": naam, "jaar": jaar, "wgo_code": wgo, "panel_id": naam if wgo == "WGO02" else "",
                "rol_transitie": "ja" if ja else "nee", "rapportcijfer": str(6 + nr % 3 + 2 * beter),
                "grootteklasse": "<50" if nr % 2 else "50-249", "branche_code": "VVT" if nr % 3 else "GGZ",
            })  # fmt: skip
    thema, keren = ("imago", 3) if jaar == "2021" else ("zzp", 4)
    return {
        "antwoorden": to_csv(rijen, (*NIETS, "panel_id", *BASISKOLOMMEN)),
        "uitgenodigd": "jaar,wgo_code,uitgenodigd\n"
        + "".join(f"{jaar},{wgo},{aantal}\n" for wgo, (aantal, *_) in TWEE_METINGEN.items()),
        "open_antwoorden": "respondent_id,vraag,code\n"
        + "".join(f"WGO01-{nr:02},thema_aandacht,{thema}\n" for nr in range(keren)),
    }


def margins(kleine: int) -> str:
    """The margin of size of 2023, with so many small organisations of the 180 invited."""
    return (
        f"jaar,kenmerk,waarde,uitgenodigd\n2023,grootteklasse,<50,{kleine}\n2023,grootteklasse,50-249,{180 - kleine}\n"
    )
