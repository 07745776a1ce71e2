"""Who is missing at the table, in sentences; and why somebody is proposed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.actors.domain.groups import helix_name
from alpclusters.platform.cafe.domain.stakeholders.coverage import Missing


def missing_sentence(one: Missing, language: str) -> str:
    """Say of a cell what is missing and what to do.

    Examples
    --------
    "Ticino, Civil society: nobody is on the map. Find an organisation first."
    """
    n = one.count.mapped if one.step == "invite" else one.count.invited
    cell = {"region": one.region.name, "helix": helix_name(one.helix, language), "n": n}
    if one.step == "map":
        text = _("%(region)s, %(helix)s: nobody is on the map. Find an organisation first.")
    elif one.step == "invite":
        text = ngettext(
            "%(region)s, %(helix)s: %(n)s organisation is on the map, nobody is invited yet.",
            "%(region)s, %(helix)s: %(n)s organisations are on the map, nobody is invited yet.",
            n,
        )
    else:
        text = ngettext(
            "%(region)s, %(helix)s: %(n)s person was invited, but did not come.",
            "%(region)s, %(helix)s: %(n)s people were invited, but nobody came.",
            n,
        )
    more = extra_sentence(one.reasons)
    return f"{text % cell} {more}".strip()


def extra_sentence(reasons: Iterable[str]) -> str:
    """Say which further aims come nearer, besides the cell itself."""
    words = {
        "group": _("a group of society that is too small so far"),
        "level": _("a level that is missing so far"),
        "region": _("a region with too few people so far"),
    }
    named = [words[key] for key in reasons if key in words]
    if not named:
        return ""
    return _("An invitation there also helps: %(aims)s.") % {"aims": ", ".join(named)}


def reason_words(reasons: Iterable[str]) -> str:
    """Say in few words why somebody is proposed."""
    words = {
        "cell": _("fills an empty place of region and sector"),
        "group": _("makes a small group larger"),
        "level": _("brings another level"),
        "region": _("brings more people of the region"),
    }
    return "; ".join(words[key] for key in reasons if key in words)
