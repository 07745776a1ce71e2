"""What a search for partners is asked: where it starts, and whom it shall leave out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from alpclusters.platform.network.models import MatchRun, Posting

START: Final = MatchRun.Start
# How much a missing pair of regions lifts a partner: up to a fifth of the points.
BRIDGING: Final = 0.2
TOP: Final = 20


@dataclass(frozen=True, slots=True)
class Options:
    """Whom to look for.

    Attributes
    ----------
    territory : tuple of str
        Codes of countries or regions in which a partner must sit; empty is everywhere.
    types : tuple of str
        Kinds of organisation; empty is every kind.
    languages : tuple of str
        Of which at least one must be a working language; empty asks for none.
    bridging : float
        How much a partner is lifted whose region is missing: points times ``1 + bridging * gain``.
    with_partners : bool
        Whether those with whom there is an active link already are proposed too.
    with_popularity : bool
        Whether organisations with many ties are preferred a little.
    """

    territory: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    bridging: float = BRIDGING
    with_partners: bool = False
    with_popularity: bool = True

    def as_record(self) -> dict[str, Any]:
        """Return what is stored with a search."""
        return {
            "territory": list(self.territory),
            "types": list(self.types),
            "languages": list(self.languages),
            "bridging": self.bridging,
            "with_partners": self.with_partners,
            "with_popularity": self.with_popularity,
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Read what was stored."""
        return cls(
            territory=tuple(record.get("territory", ())),
            types=tuple(record.get("types", ())),
            languages=tuple(record.get("languages", ())),
            bridging=float(record.get("bridging", BRIDGING)),
            with_partners=bool(record.get("with_partners", False)),
            with_popularity=bool(record.get("with_popularity", True)),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """Where a search starts.

    Attributes
    ----------
    start : str
        The profile, a need, an offer, or a posting.
    text, language : str
        In one's own words; empty where it starts from the profile.
    posting : Posting or None
        The posting it starts from.
    """

    start: str = START.PROFILE
    text: str = ""
    language: str = "en"
    posting: Posting | None = None

    @property
    def is_offer(self) -> bool:
        """Whether the words are an offer; else a need, or there are none."""
        if self.posting is not None:
            return self.posting.kind == Posting.Kind.OFFER
        return self.start == START.OFFER

    @property
    def words(self) -> str:
        """What is compared; empty for the profile."""
        if self.posting is not None:
            return f"{self.posting.title}. {self.posting.text}"
        return "" if self.start == START.PROFILE else self.text

    @property
    def spoken(self) -> str:
        """The language of the words."""
        return self.posting.language if self.posting is not None else self.language
