"""Which cells are sensitive by themselves (A1, A2 and A7), as SQL over table cel.

A cell is sensitive when its numerator, its denominator or the rest (denominator − numerator) is small or nought,
when it rests on fewer than three employers, or when one or two employers dominate it. Each of the three is tested
on the employers that stand there: all, the members (numerator) and the others (rest). Where the largest member, or
the largest of the others, was not delivered, a side is safe only if it would be so with the largest employers of
the whole cell on it. Who is larger than one side stands on the other; the third employer is at most the second.
"""

from __future__ import annotations

from typing import NamedTuple

KLEINSTE_AANTAL = 10
MINSTE_WERKGEVERS = 3
GROOTSTE_AANDEEL = 0.5
TWEE_GROOTSTE_AANDEEL = 0.8
P_REGEL = 0.10
# No percentage on fewer persons than this.
KLEINSTE_NOEMER = 100


class Kant(NamedTuple):
    """One side of a ratio: its count as SQL, and the columns with its employers and the two largest of them."""

    aantal: str
    werkgevers: str
    grootste: str
    tweede: str

    @property
    def kolommen(self) -> tuple[str, str, str]:
        """Return the columns that say who stands on this side."""
        return self.werkgevers, self.grootste, self.tweede


KRUIS = "deel_van(niveau, branche_code) = 'kruis'"
REST = "(noemer - teller)"
KANTEN = (
    Kant("teller", "werkgevers_leden", "grootste_lid", "tweede_lid"),
    Kant(REST, "werkgevers_niet_leden", "grootste_niet_lid", "tweede_niet_lid"),
)


def is_sensitive() -> str:
    """Return the SQL for 'this cell is sensitive': known to be, or not known to be safe."""
    return " or ".join([is_known_sensitive(), *(f"coalesce({onbekend}, false)" for _, onbekend in UNKNOWN)])


def is_known_sensitive() -> str:
    """Return the SQL for 'what was delivered shows this cell to be sensitive'."""
    klein = f"least(teller, noemer, {REST}) < {KLEINSTE_AANTAL} or coalesce(noemer < {KLEINSTE_NOEMER}, false)"
    weinig = f"coalesce(werkgevers < {MINSTE_WERKGEVERS}, false)"
    # Employers are those of the denominator: a count without one they can only dominate where they fit in.
    geheel = _dominates("coalesce(noemer, teller)", "grootste_werkgever", "coalesce(tweede_werkgever, 0)")
    delen = [f"(grootste_werkgever <= coalesce(noemer, teller) and {geheel})"]
    for kant, ander in (KANTEN, KANTEN[::-1]):
        delen += _known_of_side(kant, ander.aantal)
    dominant = " or ".join(f"coalesce({deel}, false)" for deel in delen)
    return f"status = 'onderdrukt' or {klein} or {weinig} or {dominant}"


def _not_shown_safe(kant: Kant) -> str:
    """Return the SQL for: the employers of this side are not all known, and it could be dominated.

    Two employers that hold at most four fifths together are never all there are. Margins of which no employer is
    known at all are taken to have enough of them.
    """
    eerste = f"case when grootste_werkgever > {kant.aantal} then tweede_werkgever else grootste_werkgever end"
    eerste = f"least({eerste}, {kant.aantal})"
    tweede = f"least(coalesce(tweede_werkgever, 0), {kant.aantal})"
    onbekend = f"({kant.grootste} is null or {kant.werkgevers} is null and {kant.tweede} is null)"
    dominant = f"grootste_werkgever is not null and {_dominates(kant.aantal, eerste, tweede)}"
    return f"noemer is not null and {onbekend} and ({dominant} or grootste_werkgever is null and {KRUIS})"


def _known_of_side(kant: Kant, ander: str) -> list[str]:
    """Return the SQL of each way in which one side is known to rest on few employers."""
    aantal = kant.aantal
    tweede = f"coalesce({kant.tweede}, case when {kant.werkgevers} > 1 then {kant.grootste} else 0 end)"
    # Larger than the other side, so on this one.
    tweede_hier = f"case when tweede_werkgever > {ander} then tweede_werkgever else 0 end"
    return [
        f"noemer is not null and {kant.werkgevers} < {MINSTE_WERKGEVERS}",
        f"(noemer is not null and {_dominates(aantal, kant.grootste, tweede)})",
        f"(grootste_werkgever > {ander} and {_dominates(aantal, 'grootste_werkgever', tweede_hier)})",
        f"(tweede_werkgever > {ander} and {_dominates(aantal, 'tweede_werkgever', '0')})",
        f"{aantal} in (grootste_werkgever, tweede_werkgever, grootste_werkgever + tweede_werkgever)",
    ]


def _dominates(totaal: str, grootste: str, tweede: str) -> str:
    """Return the SQL for: one or two employers dominate, or the second can estimate the first too well."""
    p_regel = f"{totaal} - {grootste} - {tweede} < {P_REGEL} * {grootste}"
    return (
        f"({grootste} > {GROOTSTE_AANDEEL} * {totaal} or {grootste} + {tweede} > {TWEE_GROOTSTE_AANDEEL} * {totaal} "
        f"or {p_regel})"
    )


# What may be unknown: the columns that would say it, and the SQL for 'without them this cell is not shown safe'.
UNKNOWN = (
    (("werkgevers", "grootste_werkgever", "tweede_werkgever"), f"werkgevers is null and {KRUIS}"),
    *((kant.kolommen, _not_shown_safe(kant)) for kant in KANTEN),
)
