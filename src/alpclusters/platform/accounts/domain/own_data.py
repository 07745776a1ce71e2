"""What is kept about a person with an account: given out on request, erased on request."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from alpclusters.platform.accounts.domain.administrators import require_another_administrator
from alpclusters.platform.accounts.domain.second_step import (
    export_second_step,
    remove_second_step,
)
from alpclusters.platform.accounts.models import User
from alpclusters.platform.trust.domain.log import Kind, forget_person, record

FORMER = "former-member-{pk}@invalid"


def export_own_data(user: User) -> dict[str, Any]:
    """Return everything kept about a person as plain values for JSON."""
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "language": user.language,
            "joined_at": user.joined_at.isoformat(),
            "last_login": user.last_login.isoformat() if user.last_login else None,
        },
        "roles": [
            {
                "role": a.role,
                "project": a.project.slug if a.project else None,
                "region": a.region.code if a.region else None,
                "granted_at": a.granted_at.isoformat(),
                "granted_by": str(a.granted_by) if a.granted_by else None,
            }
            for a in user.role_assignments.select_related("project", "region", "granted_by")
        ],
        "second_step": export_second_step(user),
        "invitations": _invitations(user.email),
        "research": _research(user),
        "people": _people(user),
        **_claims(user),
        "network": _network(user),
        "funding": _funding(user),
        "policy": _policy(user),
        "wrote": _written(user),
    }


def _invitations(email: str) -> list[dict[str, Any]]:
    """Return what AlpCafés know of an address they invited; the secret of a link is not given."""
    from alpclusters.platform.cafe.domain.invitations import export_of  # noqa: PLC0415 - it needs us

    return export_of(email)


def _research(user: User) -> list[dict[str, Any]]:
    """Return requests for data that were sent with the address, or decided by the person."""
    from alpclusters.platform.evaluation.domain.own_requests import (  # noqa: PLC0415 - it needs us
        export_requests,
    )

    return export_requests(user)


def _people(user: User) -> list[dict[str, Any]]:
    """Return the records kept with consent: contact, consents, judgements with reason and date."""
    from alpclusters.platform.actors.domain.people import (  # noqa: PLC0415 - it needs us
        export_person,
        people_of,
    )

    return [export_person(one) for one in people_of(user)]


def _claims(user: User) -> dict[str, Any]:
    """Return claims to profiles, confirmations and saved searches."""
    from alpclusters.platform.actors.domain.own_claims import (  # noqa: PLC0415 - it needs us
        export_claims,
    )

    return export_claims(user)


def _network(user: User) -> dict[str, Any]:
    """Return links, postings, introductions and meetings that lead to the person."""
    from alpclusters.platform.network.domain.own_network import (  # noqa: PLC0415 - it needs us
        export_network,
    )

    return export_network(user)


def _funding(user: User) -> dict[str, Any]:
    """Return cases, mixes, entries of the catalogue and proposals that lead to the person."""
    from alpclusters.platform.funding.domain.own_funding import (  # noqa: PLC0415 - it needs us
        export_funding,
    )

    return export_funding(user)


def _policy(user: User) -> dict[str, Any]:
    """Return recommendations, plans, comments and reports that lead to the person."""
    from alpclusters.platform.policy.domain.own_policy import (  # noqa: PLC0415 - it needs us
        export_policy,
    )

    return export_policy(user)


def _written(user: User) -> dict[str, list[str]]:
    """Name what the person's hand shows in: the histories carry the author."""
    from django.apps import apps  # noqa: PLC0415

    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        history = getattr(model, "history", None)
        if history is None or not hasattr(history, "filter"):
            continue
        rows = history.filter(history_user=user).order_by("history_date")
        texts = [f"{row.history_date.isoformat()} {row}" for row in rows[:1000]]
        if texts:
            found[model._meta.label_lower] = texts
    return found


@transaction.atomic
def erase_person(user: User, *, by: User | None = None) -> None:
    """Turn an account into "former member": no name, no address, no way in, no role.

    The row stays so that the history of texts keeps one author, without saying who it was.

    Raises
    ------
    StateError
        ``account.last_administrator``: nobody else could let people in any more.
    """
    from alpclusters.platform.actors.domain.own_claims import erase_claims  # noqa: PLC0415
    from alpclusters.platform.actors.domain.people import (  # noqa: PLC0415
        erase_known_person,
        people_of,
    )
    from alpclusters.platform.cafe.domain.invitations import erase_address  # noqa: PLC0415
    from alpclusters.platform.evaluation.domain.own_requests import erase_requests  # noqa: PLC0415
    from alpclusters.platform.funding.domain.own_funding import erase_funding  # noqa: PLC0415
    from alpclusters.platform.network.domain.own_network import erase_network  # noqa: PLC0415
    from alpclusters.platform.policy.domain.own_policy import erase_policy  # noqa: PLC0415

    require_another_administrator(user)
    remove_second_step(user)
    record(Kind.PERSON_ERASED, actor=by, about=user)
    forget_person(user)
    for person in people_of(user):
        erase_known_person(person)
    erase_claims(user)
    erase_network(user)
    erase_funding(user)
    erase_policy(user)
    erase_address(user.email)
    erase_requests(user.email)
    user.role_assignments.all().delete()
    EmailAddress.objects.filter(user=user).delete()
    user.email = FORMER.format(pk=user.pk)
    user.name = ""
    user.is_active = False
    user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
