"""Sources of money for an action: offers of the catalogue by words, and computed mixes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.platform.funding.models import MixRun, Offer
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.policy.models import Action

MOST_OFFERS: Final = 10
FORMAT: Final = "offers"


@dataclass(frozen=True, slots=True)
class MixSources:
    """What a mix that was started from an action grants, offer by offer.

    Attributes
    ----------
    run : int
    title : str
        Of the funding case.
    grants : tuple of (str, int)
        Key of the offer and cents of euro; offers that are not used are left out.
    """

    run: int
    title: str
    grants: tuple[tuple[str, int], ...]

    @property
    def total_cents(self) -> int:
        """All grants together: a mix is computed in euro."""
        return sum(cents for _key, cents in self.grants)


def find_offers(text: str) -> list[Offer]:
    """Return published offers whose title or programme has all the words, in any language."""
    words = fold(text).split()
    if not words:
        return []
    names = [f"title__{code}" for code in LANGUAGE_CODES]
    programmes = [f"programme__name__{code}" for code in LANGUAGE_CODES]
    rows = Offer.objects.published().order_by("pk").values_list("pk", *names, *programmes)
    hits = [pk for pk, *texts in rows if _has(words, texts)]
    found = (
        Offer.objects.filter(pk__in=hits).select_related("programme").order_by("title__shown", "pk")
    )
    return list(found[:MOST_OFFERS])


def mixes_of(action: Action) -> list[MixSources]:
    """Return the newest valid mix of each funding case that was started from the action."""
    runs = MixRun.objects.filter(
        case__action_tie__action=action, state=MixRun.State.DONE, result__isnull=False
    ).select_related("case")
    newest: dict[int, MixRun] = {}
    for run in runs.defer("case_data").order_by("asked_at", "pk"):
        if (run.result or {}).get("check", {}).get("valid"):
            newest[run.case_id] = run
    return [MixSources(run.pk, str(run.case), _grants(run.result)) for run in newest.values()]


def offers_by_key(keys: Sequence[str]) -> dict[str, Offer]:
    """Return the offers the catalogue still has."""
    return {offer.key: offer for offer in Offer.objects.filter(key__in=keys)}


def _grants(result: Any) -> tuple[tuple[str, int], ...]:
    rows = result.get(FORMAT, ())
    return tuple((row["id"], row["grant_ct"]) for row in rows if row.get("grant_ct"))


def _has(words: Sequence[str], texts: Sequence[str | None]) -> bool:
    text = " ".join(fold(one) for one in texts if one)
    return all(word in text for word in words)
