"""What is known of an organisation, as facts with labels in the reader's language."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.ecosystems import ecosystem_label
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.domain.seeding import is_our_reading
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_number, format_percent
from alpclusters.www.components.outside_links import outside_link
from alpclusters.www.components.parts import Fact


def identity_facts(organisation: Organisation, names: Sequence[str]) -> list[Fact]:
    """Return type, place, founding, website and other names."""
    region = organisation.region
    facts = [
        Fact(_("Type"), organisation.get_type_display()),
        Fact(_("Country"), _country(organisation)),
        Fact(_("Region"), str(region), url=reverse("public:region", args=[region.code]))
        if region
        else Fact(_("Region")),
        Fact(_("Place"), f"{organisation.postcode} {organisation.town}".strip()),
        Fact(_("Founded"), organisation.founded),
        Fact(_("Legal form"), organisation.legal_form),
        Fact(_("Website"), outside_link(organisation.website)),
        Fact(_("Short name"), organisation.short_name),
        Fact(_("Other names"), _lines(names)),
    ]
    return _with_unknown(facts, {1, 2})


def what_facts(profile: ClusterOrganisation) -> list[Fact]:
    """Return sectors, ecosystem, technologies, services and priorities."""
    language = get_language()
    priorities = [str(p.get("text") or p.get("code") or "") for p in _rows(profile.s3_priorities)]
    facts = [
        Fact(_("Sectors"), _sectors(profile)),
        Fact(_("Sectors in words"), profile.sector_text),
        Fact(
            _("Industrial ecosystem"),
            ecosystem_label(profile.ecosystem, language) if profile.ecosystem else "",
        ),
        Fact(
            _("Technologies"),
            ", ".join(technology_label(str(key), language) for key in profile.technologies),
        ),
        Fact(_("Services"), _labels("service", profile.services)),
        Fact(_("Priorities of smart specialisation"), _lines(filter(None, priorities))),
        Fact(_("Working languages"), _languages(profile.languages)),
    ]
    return _with_unknown(facts, {0, 2, 4})


def management_facts(profile: ClusterOrganisation) -> list[Fact]:
    """Return staff, bodies, strategy and money."""
    facts = [
        Fact(_("Staff (full-time equivalents)"), number(profile.staff_fte)),
        Fact(_("Staff (people)"), number(profile.staff_heads)),
        Fact(_("Has a board"), yes_no(profile.has_board)),
        Fact(_("Yearly general assembly"), yes_no(profile.has_assembly)),
        Fact(_("Strategy"), _document(profile.strategy_url, profile.strategy_until)),
        Fact(_("Annual budget"), _of_year(profile.get_budget_display(), profile.money_year)),
        Fact(_("Financing"), _shares(profile.financing)),
        Fact(_("Maturity (its own view)"), profile.get_maturity_display()),
    ]
    return _with_unknown(facts, {0})


def international_facts(profile: ClusterOrganisation) -> list[Fact]:
    """Return strategy, markets, offers and partnerships."""
    facts = [
        Fact(
            _("Internationalisation strategy"),
            _strategy(profile),
        ),
        Fact(_("Target markets"), _lines(_market(m) for m in _rows(profile.target_markets))),
        Fact(_("Offers to others"), _labels("offer", profile.offers)),
        Fact(_("Partners abroad"), _lines(map(_words, profile.partners_abroad))),
        Fact(_("Members abroad"), number(profile.n_abroad)),
    ]
    return _with_unknown(facts, {0, 1})


def life_facts(profile: ClusterOrganisation) -> list[Fact]:
    """Return what shows that it is at work."""
    facts = [
        Fact(_("Last visible activity"), day(profile.last_activity_on)),
        Fact(_("Latest event"), profile.latest_event),
        Fact(_("English page"), outside_link(profile.english_page)),
        Fact(_("Last confirmed"), day(profile.confirmed_on)),
    ]
    return _with_unknown(facts, {0, 3})


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


def _with_unknown(facts: Sequence[Fact], asked: set[int]) -> list[Fact]:
    """Say "unknown" for the facts that matter, and leave out the rest where nothing is said."""
    return said(
        Fact(fact.label, state="unknown") if place in asked and fact.value in ("", None) else fact
        for place, fact in enumerate(facts)
    )


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
    known = {key: share for key, share in financing.items() if isinstance(share, int | float)}
    words = {key: choice_label("financing", key, get_language()) for key in known}
    return ", ".join(
        f"{words[key]} {format_percent(share / 100, _language())}" for key, share in known.items()
    )
