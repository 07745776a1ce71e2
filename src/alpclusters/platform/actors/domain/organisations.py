"""Find an organisation by its name, or make it."""

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import sign


def ensure_organisation(
    name: str, *, by: User | None = None, is_simulated: bool = False
) -> Organisation:
    """Return the organisation with a name; a new one is unverified until somebody confirms it.

    A simulated one and a real one may have the same name: they stay two.
    """
    same = Organisation.objects.filter(name__iexact=name.strip(), is_simulated=is_simulated)
    found = same.order_by("pk").first()
    if found:
        return found
    organisation = Organisation(name=name.strip(), is_simulated=is_simulated)
    sign(organisation, by)
    organisation.save()
    return organisation
