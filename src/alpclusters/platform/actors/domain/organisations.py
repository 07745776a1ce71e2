"""Find an organisation by its name, or make it."""

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import sign


def ensure_organisation(name: str, *, by: User | None = None) -> Organisation:
    """Return the organisation with a name; a new one is unverified until somebody confirms it."""
    found = Organisation.objects.filter(name__iexact=name.strip()).order_by("pk").first()
    if found:
        return found
    organisation = Organisation(name=name.strip())
    sign(organisation, by)
    organisation.save()
    return organisation
