"""Programmes that pay for initiatives: found by name and period, else made."""

from alpclusters.platform.evidence.domain.keys import free_key
from alpclusters.platform.evidence.models import Programme


def ensure_programme(
    name: str, period: str = "", *, family: str = Programme.Family.OTHER_EU
) -> Programme:
    """Return the programme with a name in a period."""
    name, period = " ".join(name.split()), period.strip()
    found = Programme.objects.filter(name__iexact=name, period=period).order_by("pk").first()
    if found:
        return found
    key = free_key(Programme, f"{name} {period}", fallback="programme")
    return Programme.objects.create(key=key, name=name, period=period, family=family)
