"""Who may be proposed at all, and why others may not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from alpclusters.analysis.matching import (
    Eligibility,
    Profiles,
    Rules,
    eligible,
    make_profiles,
)
from alpclusters.platform.actors.models import Organisation, PartOf
from alpclusters.platform.network.domain.matching.marks import marks_of
from alpclusters.platform.network.domain.matching.profiles import Field, Profile
from alpclusters.platform.network.domain.matching.wanted import Options
from alpclusters.platform.network.domain.measuring.places import eurostat_code
from alpclusters.platform.network.models import Link, PartnerMark

_COUNTRY: Final = 2
NO_PARENT: Final = -1


def who_may_be(
    organisation: Organisation, field: Field, ids: Sequence[int], options: Options
) -> Eligibility:
    """Apply the hard filter; every reason against somebody is kept."""
    linked = _linked(organisation) if not options.with_partners else set()
    marks = marks_of(organisation)
    rules = Rules(
        territories=[_territory(code) for code in options.territory] or None,
        kinds=options.types or None,
        common_language=bool(_wanted_languages(field.profiles[organisation.pk], options)),
        dismissed=[pk for pk, mark in marks.items() if mark == PartnerMark.Mark.DISMISSED],
        linked=linked,
        with_linked=options.with_partners,
    )
    return eligible(_columns(organisation, field, ids, options), organisation.pk, rules)


def _columns(
    organisation: Organisation, field: Field, ids: Sequence[int], options: Options
) -> Profiles:
    profiles = [field.profiles[pk] for pk in ids]
    own = field.profiles[organisation.pk]
    wanted = _wanted_languages(own, options)
    return make_profiles(
        ids,
        territory=[one.region or one.country for one in profiles],
        kind=[one.type for one in profiles],
        languages=[_languages(one, own, wanted, options) for one in profiles],
        parent=list(_parents(ids)),
    )


def _wanted_languages(own: Profile, options: Options) -> frozenset[str]:
    """Return those that were chosen; else the working languages of the one who searches."""
    return frozenset(options.languages) or own.languages


def _languages(
    one: Profile, own: Profile, wanted: frozenset[str], options: Options
) -> frozenset[str]:
    """Who did not say passes, unless languages were chosen expressly."""
    if one is own:
        return wanted
    return one.languages or (frozenset() if options.languages else wanted)


def _territory(code: str) -> str:
    return eurostat_code(code) if len(code) == _COUNTRY else code


def _linked(organisation: Organisation) -> set[int]:
    """Return with whom there is a confirmed link that is alive, as far as is known."""
    over = (Link.Status.ENDED, Link.Status.DORMANT)
    rows = Link.objects.counted().of(organisation.pk).exclude(status__in=over)
    pairs = rows.order_by("pk").values_list("first", "second")
    return {pk for pair in pairs for pk in pair} - {organisation.pk}


def _parents(ids: Sequence[int]) -> Iterable[int]:
    """Return the nearest organisation with a profile that each one is a unit of, -1 without."""
    rows = PartOf.objects.current().order_by("pk").values_list("unit", "parent")
    above, known = dict(rows), set(ids)
    for pk in ids:
        yield _nearest(pk, above, known)


def _nearest(pk: int, above: Mapping[int, int], known: Collection[int]) -> int:
    seen = {pk}
    one = above.get(pk, NO_PARENT)
    while one != NO_PARENT and one not in known and one not in seen:
        seen.add(one)
        one = above.get(one, NO_PARENT)
    return one if one in known else NO_PARENT
