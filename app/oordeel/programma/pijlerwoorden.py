"""What the page Pijlers says of one share: the same words in its picture to take along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.lezen.rijen import Waarneming
from app.oordeel import enquete, zinnen
from app.oordeel.enquete import Cijfer, Vraag
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import categorie_tekst, opsomming
from app.taal.te_weinig import too_few_text
from pipelines.afspraken.codelijsten import Status

# In place of an outcome where none may stand first.
STREEP = "–"


def figure(rij: Waarneming, eenheid: str = "aandeel") -> str:
    """Write one survey figure."""
    return zinnen.figure(rij, eenheid)


def answer_word(vraag: Vraag) -> str:
    """Return the answer that the share of a question is about."""
    return categorie_tekst(vraag.kern) if vraag.kern else "ja"


def interval_text(rij: Waarneming, eenheid: str = "aandeel") -> str:
    """Write the 95 % interval of a figure, if it has one."""
    return zinnen.interval_text(rij, eenheid)


def remarks(cijfer: Cijfer) -> list[str]:
    """Return how many answered, and what is uncertain or made up about the figure."""
    n = f"n = {cijfer.n}" if cijfer.n is not None else "n niet gepubliceerd"
    return [n, *_doubts(cijfer.beste)]


def no_top_note(ketens: Mapping[str, Mapping[str, Sequence[Vraag]]]) -> str:
    """Say once why there is a dash where no outcome of a schakel stands first; empty where each has one."""
    alle = [vragen for keten in ketens.values() for vragen in keten.values()]
    zonder = [vragen for vragen in alle if enquete.leading(vragen) is None]
    delen = [f"{reden} ({aantal} keer)" for reden, aantal in Counter(map(_why_no_top, zonder)).most_common()]
    waar = "Bij een streepje" if len(zonder) < len(alle) else "Bij geen enkele pijler staat een uitkomst voorop"
    return f"{waar}: {opsomming(delen)}." if delen else ""


def _why_no_top(vragen: Sequence[Vraag]) -> str:
    """Say why no outcome of a schakel stands first."""
    statussen = {v.cijfer.beste.status for v in vragen if v.is_uitkomst}
    if Status.INDICATIEF in statussen:
        return "alleen indicatieve cijfers, te onzeker om er één voorop te zetten"
    return Status.TE_WEINIG.naam if Status.TE_WEINIG in statussen else Status.ONTBREEKT.naam


def _doubts(rij: Waarneming) -> list[str]:
    delen = ["indicatief"] if rij.is_indicatief else []
    return [*delen, VOORBEELD] if rij.is_voorbeeld else delen


def outcome_texts(cijfer: Cijfer, woord: str = "") -> tuple[tuple[str, ...], str]:
    """Return a share in words, piece by piece, and what stands behind the first of them.

    First what was published, then what was computed with its interval and doubts. `woord` is the answer that it is the
    share of.
    """
    rij, berekend = cijfer.beste, cijfer.berekend
    if rij.waarde is None:
        return (f"te weinig: {too_few_text(cijfer.n)}" if rij.status == Status.TE_WEINIG else figure(rij),), ""
    eerste, achter = f"{figure(rij)} {woord}".strip(), "gepubliceerd" if rij is cijfer.gepubliceerd else ""
    if berekend is None:
        return (eerste,), achter
    if berekend.waarde is None:
        return (eerste, f"berekend: {too_few_text(cijfer.n)}"), achter
    marge = interval_text(berekend)
    wat = f"{figure(berekend)} berekend" if berekend is not rij else "berekend"
    return (eerste, ", ".join([f"{wat} ({marge})" if marge else wat, *_doubts(berekend)])), achter
