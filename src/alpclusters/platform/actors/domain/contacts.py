"""Who stands beside an organisation in the directory: only people who agreed, and still do."""

from datetime import datetime

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.consent import is_valid, valid
from alpclusters.platform.actors.models import ClusterOrganisation, Consent, Organisation, Person
from alpclusters.platform.history import sign

MOST = 20


def contacts_of(organisation: Organisation, now: datetime) -> list[Person]:
    """Return the people with a valid consent for the directory, in the order of their names."""
    rows = Person.objects.filter(
        valid(now, prefix="consents__"),
        organisation=organisation,
        consents__purpose=Consent.Purpose.DIRECTORY,
    )
    return list(rows.distinct().prefetch_related("consents").order_by("name", "pk")[:MOST])


def directory_consent(person: Person, now: datetime) -> Consent:
    """Return the valid consent for the directory of one of `contacts_of`."""
    purpose = Consent.Purpose.DIRECTORY
    return next(c for c in person.consents.all() if c.purpose == purpose and is_valid(c, now))


def name_manager(cluster: ClusterOrganisation, person: Person | None, *, by: User | None) -> None:
    """Say who leads a cluster organisation; None where nobody is named any more."""
    cluster.manager = person
    sign(cluster, by)
    cluster.save(update_fields=["manager"])
