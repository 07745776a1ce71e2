"""The catalogue for tests: a programme, a call, an offer with terms that a case can take."""

import datetime as dt
from typing import Any

from alpclusters.platform.funding.domain.case_offers import search_fields
from alpclusters.platform.funding.models import Call, Offer, Parameter, Programme

NOW = dt.datetime(2026, 6, 1, 9, 0, tzinfo=dt.UTC)
TERMS: dict[str, Any] = {
    "origin": "regional",
    "grants_from": "AT",
    "eligibility": {
        "all": [
            {"in": ["partner.kind", ["sme", "cluster"]]},
            {"within": ["partner.nuts", {"nuts": ["AT32"], "vintage": 2021}]},
        ]
    },
    "categories": ["staff", "external"],
    "themes": ["timber"],
    "rates": [{"bp": 5000}],
    "article": {"*": "DM"},
    "cap_ct": 10_000_000,
    "starts": "2026-01-01",
    "ends": "2029-12-31",
}


def make_programme(key: str = "timber", **fields: Any) -> Programme:
    """Build a regional programme of Salzburg; it goes on for the clock of any test."""
    on = {} if fields.keys() & {"period", "starts_on", "ends_on"} else {"ends_on": dt.date.max}
    wanted = {
        "name": f"Programme {key}",
        "level": "regional",
        "period": "2021-2027",
        "territory": ["AT32"],
        "status": "verified",
        "source": "Notice",
        "checked_on": NOW.date(),
        "updated_at": NOW,
        **on,
        **fields,
    }
    return Programme.objects.create(key=key, **wanted)


def make_call(programme: Programme, key: str = "timber-call", **fields: Any) -> Call:
    """Build a call that is open on the day of `NOW`; one of an invented programme is invented."""
    wanted = {
        "title": f"Call {key}",
        "opens": dt.date(2026, 5, 1),
        "closes": dt.date(2026, 9, 30),
        "status": _status(programme),
        "source": "Notice",
        "checked_on": NOW.date(),
        "updated_at": NOW,
        **fields,
    }
    return Call.objects.create(programme=programme, key=key, **wanted)


def make_offer(
    programme: Programme,
    key: str = "timber-offer",
    *,
    terms: dict[str, Any] | None = None,
    **fields: Any,
) -> Offer:
    """Build an offer; ``terms`` goes over what `TERMS` says."""
    said = {**TERMS, **(terms or {})}
    found = search_fields(said)
    wanted = {
        "title": f"Offer {key}",
        "status": _status(programme),
        "source": "Notice",
        "checked_on": NOW.date(),
        "updated_at": NOW,
        "terms": said,
        "kinds": found.kinds,
        "categories": found.categories,
        "themes": found.themes,
        "best_rate_bp": found.best_rate_bp,
        "cap_ct": found.cap_ct,
        **fields,
    }
    return Offer.objects.create(programme=programme, key=key, **wanted)


def _status(programme: Programme) -> str:
    return "demonstration" if programme.status == "demonstration" else "verified"


def make_parameter(programme: Programme, **fields: Any) -> Parameter:
    """Build a rate that is not verified."""
    wanted = {"name": "rate", "value": "40", "unit": "percent", "status": "unverified", **fields}
    return Parameter.objects.create(programme=programme, **wanted)
