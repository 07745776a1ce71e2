"""Sources of money taken over into the form: an offer that was looked up, a computed mix."""

from typing import Final

from django.http import QueryDict

from alpclusters.platform.funding.models import Offer
from alpclusters.platform.policy.domain.parts.sources import mixes_of, offers_by_key
from alpclusters.platform.policy.models import Action
from alpclusters.platform.worlds import stated_world
from alpclusters.www.workspace.policy.actions.bundle import with_rows
from alpclusters.www.workspace.policy.actions.fields import amount_text

SEARCH: Final = "search_offers"
WORDS: Final = "offer_words"
TAKE: Final = "take_offer"
TAKE_MIX: Final = "take_mix"
KIND: Final = "funding"
_LONGEST: Final = 200


def taken(action: Action, data: QueryDict) -> QueryDict:
    """Return what was sent with the chosen sources as further rows."""
    if key := data.get(TAKE):
        offer = Offer.objects.published().filter(key=key).first()
        return with_rows(data, KIND, [_row_of(offer, action)] if offer else [])
    if run := data.get(TAKE_MIX):
        return with_rows(data, KIND, _mix_rows(action, run))
    return data


def _mix_rows(action: Action, run: str) -> list[dict[str, str]]:
    mix = next((one for one in mixes_of(action) if str(one.run) == run), None)
    if mix is None:
        return []
    offers = offers_by_key([key for key, _cents in mix.grants])
    return [
        {
            **(_row_of(offers[key], action) if key in offers else _row(key, "")),
            "amount_cents": amount_text(cents),
        }
        for key, cents in mix.grants
    ]


def _row_of(offer: Offer, action: Action) -> dict[str, str]:
    """Name an offer; one of the other world only in words, without a tie."""
    is_own = stated_world(offer) is action.plan.is_simulated
    return _row(offer.title, offer.key if is_own else "")


def _row(source: str, key: str) -> dict[str, str]:
    return {"source": source[:_LONGEST], "offer": key, "currency": "EUR", "status": "idea"}
