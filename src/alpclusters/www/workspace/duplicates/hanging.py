"""How much hangs on an organisation: what a merge would move."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.moving import references_to
from alpclusters.platform.actors.models import Organisation


def ties_of(*organisations: Organisation) -> dict[int, Sequence[str]]:
    """Return per organisation what points to it, as kinds with their numbers."""
    return {organisation.pk: _ties(organisation) for organisation in organisations}


def _ties(organisation: Organisation) -> list[str]:
    counted: dict[str, int] = {}
    for model, name in references_to(Organisation):
        n = model._default_manager.filter(**{name: organisation.pk}).count()
        if n:
            counted[_word(model.__name__)] = counted.get(_word(model.__name__), 0) + n
    return [f"{word}: {n}" for word, n in counted.items()]


def _word(model: str) -> str:
    words = {
        "Alias": _("other names"),
        "Identifier": _("numbers"),
        "ClusterOrganisation": _("profile"),
        "ClusterMember": _("memberships"),
        "Provenance": _("rows of lists"),
        "FieldProposal": _("proposals of lists"),
        "Person": _("people"),
        "Stakeholder": _("stakeholder entries"),
        "Partner": _("partnerships in projects"),
        "Invitation": _("invitations"),
        "Involvement": _("involvement in events"),
        "PartOf": _("units and larger bodies"),
        "Organisation": _("merged entries"),
    }
    return words.get(model, _("other entries"))
