"""What is known of an organisation, as facts with labels in the reader's language."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import (
    BooleanField,
    DateField,
    DecimalField,
    Field,
    IntegerField,
    Model,
    URLField,
)
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.named_lists import (
    choice_label,
    ecosystem_label,
    technology_label,
)
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.domain.seeding import is_our_reading
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.fields import YearField, about_of, fields_of, label_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.languages.text import field_of
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_number, format_percent
from alpclusters.www.components.marked_text import is_web, outside_link
from alpclusters.www.components.parts import Fact
from alpclusters.www.site.organisation_links import logo_of

# Columns that stand in the fact of another, in a sentence, a picture or a chart of the page.
_ELSEWHERE: Final = frozenset(
    {"name", "postcode", "summary", "logo", "logo_alt", "has_english_page", "catchment"}
    | {"n_sme", "n_large", "n_start_up", "n_research", "n_public", "n_civil", "n_other"}
    | {"counted_on", "public_cooperation", "strategy_until", "money_year", "international_url"}
    | {"international_until", "programme", "is_recognised"}
)
# Facts of a section in their order, and after them whatever else stands in these parts.
_IDENTITY: Final = (
    "type",
    "country",
    "region",
    "town",
    "founded",
    "legal_form",
    "website",
    "short_name",
)
_WHAT: Final = (
    "sectors",
    "sector_text",
    "ecosystem",
    "technologies",
    "services",
    "s3_priorities",
    "languages",
)
_MANAGEMENT: Final = (
    "staff_fte",
    "staff_heads",
    "has_board",
    "has_assembly",
    "strategy_url",
    "budget",
    "financing",
    "maturity",
)
_INTERNATIONAL: Final = (
    "international_strategy",
    "target_markets",
    "offers",
    "partners_abroad",
    "n_abroad",
)
_LIFE: Final = ("last_activity_on", "latest_event", "english_page", "confirmed_on")
_LAID_OUT: Final = frozenset(
    {*_ELSEWHERE, *_IDENTITY, *_WHAT, *_MANAGEMENT, *_INTERNATIONAL, *_LIFE}
)
_PARTS_OF_WHAT: Final = ("name", "place", "summary", "logo", "sectors", "technologies", "services")


def identity_facts(organisation: Organisation, names: Sequence[str]) -> list[Fact]:
    """Return type, place, founding, website and other names."""
    region = organisation.region
    own = {
        "country": _country(organisation),
        "region": Fact(
            label_of(Organisation, "region"),
            str(region),
            url=reverse("public:region", args=[region.code]),
        )
        if region
        else "",
        "town": Fact(_("Place"), f"{organisation.postcode} {organisation.town}".strip()),
    }
    facts = _facts(organisation, _IDENTITY, own, asked={"country", "region"})
    facts += _further(organisation, "name", "place")
    return said([*facts, Fact(_("Other names"), _lines(names))])


def what_facts(profile: ClusterOrganisation) -> list[Fact]:
    """Return sectors, ecosystem, technologies, services and priorities."""
    language = get_language()
    priorities = [str(p.get("text") or p.get("code") or "") for p in _rows(profile.s3_priorities)]
    own = {
        "sectors": _sectors(profile),
        "ecosystem": ecosystem_label(profile.ecosystem, language) if profile.ecosystem else "",
        "technologies": ", ".join(
            technology_label(str(key), language) for key in profile.technologies
        ),
        "services": _labels("service", profile.services),
        "s3_priorities": _lines(filter(None, priorities)),
        "languages": _languages(profile.languages),
    }
    facts = _facts(profile, _WHAT, own, asked={"sectors", "ecosystem", "services"})
    return said([*facts, *_further(profile, *_PARTS_OF_WHAT)])


def management_facts(profile: ClusterOrganisation) -> list[Fact]:
    """Return staff, bodies, strategy and money."""
    own = {
        "strategy_url": Fact(
            _("Strategy"), _document(profile.strategy_url, profile.strategy_until)
        ),
        "budget": _of_year(profile.get_budget_display(), profile.money_year),
        "financing": _shares(profile.financing),
        "maturity": Fact(_("Maturity (its own view)"), profile.get_maturity_display()),
    }
    facts = _facts(profile, _MANAGEMENT, own, asked={"staff_fte"})
    return said([*facts, *_further(profile, "members", "management", "money")])


def international_facts(profile: ClusterOrganisation) -> list[Fact]:
    """Return strategy, markets, offers and partnerships."""
    own = {
        "international_strategy": _strategy(profile),
        "target_markets": _lines(_market(m) for m in _rows(profile.target_markets)),
        "offers": _labels("offer", profile.offers),
        "partners_abroad": _lines(map(_words, profile.partners_abroad)),
    }
    asked = {"international_strategy", "target_markets"}
    facts = _facts(profile, _INTERNATIONAL, own, asked=asked)
    return said([*facts, *_further(profile, "international", "markets")])


def life_facts(profile: ClusterOrganisation) -> list[Fact]:
    """Return what shows that it is at work."""
    facts = _facts(profile, _LIFE, {}, asked={"last_activity_on", "confirmed_on"})
    return said([*facts, *_further(profile, "life", "programme")])


def source_words(source: str, *, is_simulated: bool) -> str:
    """Name the source of an entry; what we invented says so in the reader's language."""
    if is_simulated and "simulated" in source:
        return _("invented for the example project")
    return source


def said(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out what nobody has said, but keep what is marked as unknown."""
    return [fact for fact in facts if fact.state == "unknown" or fact.value not in ("", None)]


def number(value: Any) -> str:
    """Write a number; nothing for None."""
    return "" if value is None else format_number(float(value), _language())


def day(value: Any) -> str:
    """Write a date; nothing for None."""
    return format_date(value, _language()) if value else ""


def yes_no(value: bool | None) -> str:  # noqa: FBT001 - the value of a field
    """Write a yes or no; nothing for None."""
    return "" if value is None else (_("yes") if value else _("no"))


def _facts(
    row: Model, names: Sequence[str], own: Mapping[str, Any], *, asked: Collection[str] = ()
) -> list[Fact]:
    """Return a fact for each column: ``own`` says in which words, else its kind does.

    Of those in ``asked`` the page says that they are unknown.
    """
    found = []
    for name in names:
        words = own[name] if name in own else shown(row, name)
        fact = words if isinstance(words, Fact) else Fact(label_of(row, name), words)
        is_open = name in asked and fact.value in ("", None)
        found.append(Fact(fact.label, state="unknown") if is_open else fact)
    return found


def _further(row: Model, *parts: str) -> list[Fact]:
    """Return facts for the public columns of some parts that no section lays out."""
    columns = fields_of(row, lambda one: one.public and one.part in parts)
    return _facts(row, [one.name for one in columns if one.name not in _LAID_OUT], {})


def shown(row: Model, name: str) -> Any:
    """Return the value of a column in words, as its kind is written."""
    column, value = field_of(row, name), getattr(row, name)
    if column.choices:
        return getattr(row, f"get_{name}_display")()
    write = next((write for kind, write in _WRITTEN.items() if isinstance(column, kind)), None)
    return write(value) if write else value


def _country(organisation: Organisation) -> str:
    code = organisation.country or (organisation.region.country if organisation.region else "")
    return country_name(code, get_language()) if code else ""


def _language() -> str:
    return nearest_language(get_language())


def _lines(texts: Iterable[str]) -> str:
    return format_html_join(SafeString("<br>"), "{}", ((text,) for text in texts))


def _sectors(profile: ClusterOrganisation) -> str:
    language = get_language()
    labels = _lines(sector_label(code, language) for code in profile.sectors)
    if not is_our_reading(profile):
        return labels
    note = _("our reading of the words of the source, unverified")
    return format_html('{}<br><span class="small soft">{}</span>', labels, note)


def _labels(list_: str, keys: Iterable[object]) -> str:
    return ", ".join(choice_label(list_, str(key), get_language()) for key in keys)


def _languages(codes: Iterable[object]) -> str:
    names = dict(LANGUAGES)
    return ", ".join(names.get(str(code), str(code)) for code in codes)


def _rows(values: Iterable[Any]) -> list[dict[str, Any]]:
    """Take only what has the shape of the field: sources and old versions may hold other things."""
    return [value for value in values if isinstance(value, dict)]


def _words(value: Any) -> str:
    return str(value.get("name") or value) if isinstance(value, dict) else str(value)


def _market(market: dict[str, Any]) -> str:
    name = country_name(str(market.get("country", "")), get_language())
    aims = _labels("aim", market.get("aims") or [])
    return f"{name} ({aims})" if aims else name


def _strategy(profile: ClusterOrganisation) -> str:
    answer = profile.get_international_strategy_display()
    document = _document(profile.international_url, profile.international_until)
    return format_html("{}<br>{}", answer, document) if answer and document else answer or document


def _document(address: str, until: Any) -> str:
    link = outside_link(address)
    if not until:
        return link
    words = _("valid until %(date)s") % {"date": day(until)}
    return format_html("{} ({})", link, words) if link else words


def _of_year(text: str, year: int | None) -> str:
    return f"{text} ({year})" if text and year else text


def _shares(financing: dict[str, Any]) -> str:
    known = [(key, share) for key, share in financing.items() if isinstance(share, int | float)]
    largest_first = sorted(known, key=lambda item: (-item[1], item[0]))
    words = {key: choice_label("financing", key, get_language()) for key, _share in known}
    return ", ".join(
        f"{words[key]} {format_percent(share / 100, _language())}" for key, share in largest_first
    )


# Kind of a column: how its value is written; the first that fits. Others stand as they are.
_WRITTEN: Final[dict[type[Field[Any, Any]], Callable[[Any], Any]]] = {
    URLField: outside_link,
    DateField: day,
    BooleanField: yes_no,
    YearField: lambda year: year,
    DecimalField: number,
    IntegerField: number,
}


# --- The organisation for search engines: schema.org as JSON-LD -----------------------------------
#
# A data block is no script: the policy of the site lets it pass without "unsafe-inline".


_TYPES: Final = {"address": "PostalAddress", "geo": "GeoCoordinates"}
_PARTS_OF_POSITION: Final = 3
_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(
    organisation: Organisation,
    profile: ClusterOrganisation | None,
    names: Sequence[str],
) -> SafeString:
    """Return the data block; nothing for invented organisations."""
    if organisation.is_simulated:
        return SafeString()
    logo = logo_of(profile) if profile else None
    facts = {
        "@context": "https://schema.org",
        "@type": "Organization",
        **_said(organisation),
        **(_said(profile) if profile else {}),
        "alternateName": list(names),
        "logo": logo.url if logo else "",
    }
    text = json.dumps({k: v for k, v in facts.items() if v}, ensure_ascii=False)
    block = mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped for a data block
    return format_html('<script type="application/ld+json">{}</script>', block)


def _said(row: Model) -> dict[str, Any]:
    """Return what the columns of a row say under their names in schema.org."""
    found: dict[str, Any] = {}
    for column in fields_of(row):
        said = about_of(column)
        if said is None or not said.schema:
            continue
        value = _value(column, getattr(row, column.name))
        *outer, name = said.schema.split(".")
        thing = found.setdefault(outer[0], {"@type": _TYPES[outer[0]]}) if outer else found
        if value not in ("", None):
            thing[name] = value
    return {name: thing for name, thing in found.items() if not _is_bare(thing)}


def _value(column: Field[Any, Any], value: Any) -> Any:
    if isinstance(column, URLField):
        return value if is_web(value) else ""
    if isinstance(column, YearField):
        return str(value or "")
    return value


def _is_bare(thing: Any) -> bool:
    """Say whether something has only its type, or a position one number."""
    if not isinstance(thing, dict):
        return False
    is_position = thing["@type"] == _TYPES["geo"]
    return len(thing) < (_PARTS_OF_POSITION if is_position else 2)
