"""The bodies that drafted a plan, with their countries."""

from collections.abc import Sequence
from typing import Any

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.policy.domain.parts.rows import Row
from alpclusters.platform.policy.models import ActionPlan, DraftingBody


def store_bodies(plan: ActionPlan, rows: Sequence[Row]) -> None:
    """Make the drafting bodies those that are given; a partner's name ties its organisation.

    Raises
    ------
    InputError
        ``drafting_body.twice``: one name stands there twice.
    """
    known = {body.name: body for body in plan.drafting_bodies.all()}
    partners = dict(plan.project.partners.values_list("organisation__name", "organisation_id"))
    seen = set()
    for row in rows:
        name = row["name"]
        if name in seen:
            code = "drafting_body.twice"
            raise InputError(code, where=Where(field="drafting_bodies"), found=name)
        seen.add(name)
        body = known.pop(name, None) or DraftingBody(plan=plan, name=name)
        body.country = row["country"]
        body.organisation_id = partners.get(name)
        body.save()
    for body in known.values():
        body.delete()


def body_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """Return the drafting bodies that are stored, as `store_bodies` takes them."""
    return [{"name": body.name, "country": body.country} for body in plan.drafting_bodies.all()]
