"""A question as an address and back; what regions, programmes and themes are called."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.policy_mix import Part
from alpclusters.platform.funding.domain.lists import theme_label
from alpclusters.platform.funding.domain.policy_mixing import Subject
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.numbers import EN_DASH, format_number, format_percent
from alpclusters.www.public.addresses import with_query
from alpclusters.www.public.directory.filters import region_names

# --- A question as an address and back ------------------------------------------------------------


type Show = Literal["overlap", "complementarity"]
_PERIOD: Final = re.compile(r"\d{4}(-\d{4})?")
_REGION: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; empty is the newest period, or all regions."""

    period: str = ""
    region: str = ""
    show: Show = "overlap"
    simulated: bool = False


def read_query(parameters: QueryDict) -> Query:
    """Read a question; what a page does not know is left out."""
    period, region = parameters.get("period", ""), parameters.get("region", "")
    is_other = parameters.get("show") == "complementarity"
    return Query(
        period=period if _PERIOD.fullmatch(period) else "",
        region=region if _REGION.fullmatch(region) else "",
        show="complementarity" if is_other else "overlap",
        simulated=parameters.get("simulated") == "1",
    )


def address(query: Query, name: str, *args: object) -> str:
    """Return the address of a page with a question behind it; what is usual is left out."""
    parameters = QueryDict(mutable=True)
    if query.period:
        parameters["period"] = query.period
    if query.region and name.startswith("policy-mix"):
        parameters["region"] = query.region
    if query.show != "overlap" and name == "synergies":
        parameters["show"] = query.show
    if query.simulated:
        parameters["simulated"] = "1"
    written = parameters.urlencode()
    url = reverse(f"public:{name}", args=args)
    return with_query(url, written)


# --- What regions, programmes, themes and their parts are called ----------------------------------


INVENTED: Final = "Invented for the demonstration (simulated)"
COUNTRY: Final = 2
MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class SubjectName:
    """A region or programme: its name, a short one for heads of columns, its page."""

    long: str
    short: str
    url: str = ""


def place_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Return the names of regions and countries (one query)."""
    wanted = list(dict.fromkeys(codes))
    regions = region_names(code for code in wanted if len(code) > COUNTRY)
    language = get_language()
    return {code: regions.get(code) or country_name(code, language) for code in wanted}


def subject_names(subjects: Sequence[Subject]) -> Mapping[str, SubjectName]:
    """Return the names of subjects by key; programmes are numbered for the heads of columns."""
    places = place_names(one.region for one in subjects if one.programme is None)
    found, n = {}, 0
    for one in subjects:
        if one.programme is None:
            found[one.key] = SubjectName(places[one.region], one.region)
            continue
        n += 1
        url = reverse("public:programme", args=[one.key])
        found[one.key] = SubjectName(str(one.programme), f"P{n}", url)
    return found


def themes_text(parts: Sequence[Part]) -> str:
    """Name the themes with the largest parts, and how many more there are."""
    language = get_language()
    named = [theme_label(part.theme, language) for part in parts[:MOST_NAMED]]
    text = "; ".join(named)
    n_more = len(parts) - len(named)
    return _("%(themes)s and %(n)s more") % {"themes": text, "n": n_more} if n_more else text


def share_text(value: float | None) -> str:
    """Return a share, or a dash where it is unknown."""
    return EN_DASH if value is None else format_percent(value, reader(), 0)


def number_text(value: float | None, decimals: int = 2) -> str:
    """Return a number, or a dash where it is unknown."""
    return EN_DASH if value is None else format_number(value, reader(), decimals)


def sources_text(sources: Sequence[str]) -> str:
    """Name sources; that of the demonstration in the reader's language."""
    return "; ".join(source_text(source) for source in sources) or EN_DASH


def source_text(source: str) -> str:
    """Name a source."""
    return _("Invented for the demonstration (simulated)") if source == INVENTED else source


def period_text(period: str) -> str:
    """Write a period with a dash."""
    return period.replace("-", EN_DASH)


def reader() -> str:
    """Return the reader's language."""
    return nearest_language(get_language())
