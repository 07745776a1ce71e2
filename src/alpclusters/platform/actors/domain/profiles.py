"""What is known of a cluster organisation, as plain values: the input of all judgements about it.

`None` is unknown everywhere, which is never the same as zero or no.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

# Types that rule 3 counts; start-ups are among the small and medium-sized firms.
MEMBER_TYPES: Final = ("sme", "large", "research", "public", "civil", "other")


@dataclass(frozen=True, slots=True)
class Term:
    """The period of one label; `None` where the source does not say."""

    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile at one moment.

    Attributes
    ----------
    staff_fte : float or None
        Staff of the management in full-time equivalents.
    has_english_page : bool or None
        Whether the website has an English version.
    last_activity_on : date or None
        The last visible activity.
    sme, large, research, public, civil, other : int or None
        Members by type.
    public_cooperation : bool or None
        Whether it works visibly with public bodies.
    is_recognised : bool or None
        Whether a cluster programme recognises it officially.
    programme : str, default ""
        The name of that programme.
    confirmed_on : date or None
        When its manager last said that everything is right.
    terms : sequence of Term
        The periods of its labels.
    filled : frozenset of str
        Names of required fields (`completeness.REQUIRED`) that are filled.
    """

    staff_fte: float | None = None
    has_english_page: bool | None = None
    last_activity_on: date | None = None
    sme: int | None = None
    large: int | None = None
    research: int | None = None
    public: int | None = None
    civil: int | None = None
    other: int | None = None
    public_cooperation: bool | None = None
    is_recognised: bool | None = None
    programme: str = ""
    confirmed_on: date | None = None
    terms: Sequence[Term] = ()
    filled: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[str, int | None]:
        """Members by type, in the order of `MEMBER_TYPES`."""
        return {name: getattr(self, name) for name in MEMBER_TYPES}


def profile_of(cluster: Any, terms: Sequence[Term], filled: frozenset[str]) -> Profile:
    """Read the row of a cluster organisation into plain values."""
    fte = cluster.staff_fte
    return Profile(
        staff_fte=None if fte is None else float(fte),
        has_english_page=True if cluster.english_page else cluster.has_english_page,
        last_activity_on=cluster.last_activity_on,
        public_cooperation=cluster.public_cooperation,
        is_recognised=cluster.is_recognised,
        programme=cluster.programme,
        confirmed_on=cluster.confirmed_on,
        terms=terms,
        filled=filled,
        **{name: getattr(cluster, f"n_{name}") for name in MEMBER_TYPES},
    )
