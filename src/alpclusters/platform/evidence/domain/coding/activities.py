"""Activities as coders write them down: what was done, where, with which output and result.

These texts are common to both coders, because both must code the same thing. The codes are not.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.models import Activity, Initiative
from alpclusters.platform.history import sign
from alpclusters.platform.territory.models import Region

TRANSLATED: Final = ("name", "what", "output", "output_unit", "result")
# A text without a language is stored in the language in which the person works.
FIELDS: Final = frozenset({*TRANSLATED, "output_value"})


@transaction.atomic
def add_activity(
    initiative: Initiative,
    *,
    name: str | Mapping[str, str] = "",
    by: User | None,
    regions: Iterable[Region] = (),
    **texts: Any,
) -> Activity:
    """Write down one thing an initiative did; it is not coded yet.

    Parameters
    ----------
    initiative : Initiative
        Who did it; lines and calls of programmes do nothing themselves.
    name : str or mapping
        Its name in the active language, or by language.
    by : User or None
        Who writes it down.
    regions : iterable of Region
        Where.
    **texts
        Fields of `FIELDS`.
    """
    if initiative.kind == Initiative.Kind.PROGRAMME_LINE:
        raise StateError("activity.programme_line", found=initiative.acronym)
    fields = _checked({"name": name, **texts})
    if not any(name.values() if isinstance(name, Mapping) else name):
        raise InputError("activity.no_name", where=Where(field="name"))
    highest = initiative.activities.aggregate(n=Max("number"))["n"] or 0
    activity = Activity(
        initiative=initiative,
        number=highest + 1,
        is_simulated=initiative.is_simulated,
        created_by=by,
        **fields,
    )
    sign(activity, by)
    activity.save()
    activity.regions.set(regions)
    return activity


@transaction.atomic
def change_activity(
    activity: Activity,
    fields: Mapping[str, Any],
    *,
    by: User | None,
    regions: Iterable[Region] | None = None,
    reason: str = "",
) -> bool:
    """Change the common texts of an activity; the earlier version stays in its history."""
    changed = {
        name: value
        for name, value in _checked(fields).items()
        if _plain(getattr(activity, name)) != _plain(value)
    }
    if changed:
        for name, value in changed.items():
            setattr(activity, name, value)
        sign(activity, by, reason=reason)
        activity.save()
    if regions is None:
        return bool(changed)
    before = set(activity.regions.values_list("pk", flat=True))
    activity.regions.set(regions)
    return bool(changed) or before != set(activity.regions.values_list("pk", flat=True))


@transaction.atomic
def remove_activity(activity: Activity, *, by: User | None) -> None:
    """Remove an activity nobody has coded and no lesson rests on; its history stays.

    Raises
    ------
    StateError
        Somebody began to code it, or a lesson rests on it.
    """
    if activity.codings.exists() or activity.bearings.exists() or activity.is_seeded:
        raise StateError("activity.in_use", found=activity.name)
    sign(activity, by)
    activity.delete()


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - FIELDS
    if unknown:
        message = f"not a field of an activity: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return dict(fields)


def _plain(value: Any) -> Any:
    """Return a text as it counts: nothing and an empty text are the same."""
    return value if value is not None else ""
