"""Who may be proposed at all, and why others may not."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from numpy.typing import NDArray

from alpclusters.analysis.matching import Eligibility, Profiles, Rules, eligible, make_profiles
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation, PartOf
from alpclusters.platform.network.domain.matching.profiles import Field, Options, Profile
from alpclusters.platform.network.domain.measuring.places import eurostat_code
from alpclusters.platform.network.models import Link, MatchRun, PartnerMark

# --- Dismiss a proposed partner, remember one, and take either back -------------------------------


@transaction.atomic
def mark_partner(
    organisation: Organisation, other: Organisation, mark: str, *, by: User, now: datetime
) -> PartnerMark:
    """Dismiss or remember; the later one of the two counts."""
    made, _ = PartnerMark.objects.update_or_create(
        organisation=organisation,
        other=other,
        defaults={"mark": mark, "by": by, "made_at": now},
    )
    return made


@transaction.atomic
def unmark_partner(organisation: Organisation, other: Organisation) -> bool:
    """Take a mark back; False if there was none."""
    n, _ = PartnerMark.objects.filter(organisation=organisation, other=other).delete()
    return n > 0


def marks_of(organisation: Organisation) -> dict[int, str]:
    """Return the marks an organisation has set, by the number of the other one."""
    rows = PartnerMark.objects.filter(organisation=organisation).order_by("pk")
    return dict(rows.values_list("other", "mark"))


def marked_by(organisations: QuerySet[Organisation]) -> QuerySet[PartnerMark]:
    """List all marks of some organisations, the remembered first, the newest of each first."""
    rows = PartnerMark.objects.filter(
        organisation__in=organisations.order_by().values("pk"), other__merged_into=None
    )
    return rows.select_related("organisation", "other__region", "other__cluster").order_by(
        "-mark", "-made_at", "-pk"
    )


# --- How often organisations are proposed: nobody shall fill the lists of a week ------------------


WEEK: Final = timedelta(days=7)
# At most so many of the lists of a week show the same organisation.
CAP_SHARE: Final = 0.05
# With few lists a twentieth of them is less than one: so many are always allowed.
CAP_LEAST: Final = 10


@dataclass(frozen=True, slots=True)
class Recommended:
    """The lists of the last seven days.

    Attributes
    ----------
    lists : tuple of tuple of int
        Who stands in each; of several searches of one organisation the newest counts.
    times : mapping of int to int
        In how many of them each organisation stands.
    lost : tuple of float
        Mean points each list lost by the cap, where it lost any.
    """

    lists: tuple[tuple[int, ...], ...]
    times: Mapping[int, int]
    lost: tuple[float, ...]

    @property
    def n_lists(self) -> int:
        """How many lists there are."""
        return len(self.lists)

    @property
    def cap(self) -> int:
        """In how many lists an organisation may stand before the next one leaves it out."""
        return max(CAP_LEAST, ceil(CAP_SHARE * (self.n_lists + 1)))

    def is_full(self, organisation: int) -> bool:
        """Say whether an organisation stands in as many lists as allowed."""
        return self.times.get(organisation, 0) >= self.cap

    def counts(self, organisations: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the times of some organisations in their order, also of those never shown."""
        return np.array([self.times.get(pk, 0) for pk in organisations.tolist()], dtype=np.int64)


def recommended_lately(
    now: datetime, *, is_simulated: bool, without: int | None = None
) -> Recommended:
    """Count the lists of the last seven days.

    Parameters
    ----------
    now : datetime
    is_simulated : bool
        Lists of simulated organisations are counted apart.
    without : int, optional
        The organisation that searches: its own earlier lists do not stand in its way.
    """
    rows = MatchRun.objects.filter(
        made_at__gt=now - WEEK, made_at__lte=now, organisation__is_simulated=is_simulated
    )
    if without is not None:
        rows = rows.exclude(organisation=without)
    newest: dict[int, tuple[Any, Any]] = {}
    columns = ("organisation", "results", "stamp")
    for organisation, results, stamp in rows.order_by("made_at", "pk").values_list(*columns):
        newest[organisation] = (results, stamp)
    lists = tuple(
        tuple(int(one["organisation"]) for one in results) for results, _ in newest.values()
    )
    times = Counter(pk for one in lists for pk in one)
    lost = tuple(float(stamp["lost"]) for _, stamp in newest.values() if stamp.get("lost"))
    return Recommended(lists, times, lost)


# --- Who may be proposed at all, and why others may not -------------------------------------------


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
