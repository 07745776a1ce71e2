"""The terms of an offer as JSON, as cases take them."""

from typing import Any, Final

from alpclusters.platform.funding.models import Offer
from alpclusters.www.public.funding.addresses import offer_url
from alpclusters.www.public.funding.lists import call_of

NOTICE: Final = "Decision support, not legal advice."


def terms_document(offer: Offer, base: str) -> dict[str, Any]:
    """Return an offer with everything a program needs to use or to check it."""
    call = call_of(offer)
    return {
        "schema": "alpclusters-offer/1",
        "key": offer.key,
        "version": offer.version,
        "page": base + offer_url(offer.key),
        "title": offer.title.each(),
        "programme": offer.programme.key,
        "level": offer.programme.level,
        "opens": call.opens.isoformat() if call and call.opens else None,
        "closes": call.closes.isoformat() if call and call.closes else None,
        "terms": offer.terms,
        "status": offer.status,
        "source": offer.source,
        "source_url": offer.source_url,
        "checked_on": offer.checked_on.isoformat() if offer.checked_on else None,
        "is_simulated": offer.is_simulated,
        "notice": NOTICE,
    }
