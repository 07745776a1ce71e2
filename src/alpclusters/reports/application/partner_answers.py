"""What an application says of a partner: from the case, the mix and the directory."""

from collections.abc import Callable, Mapping
from typing import Final

from alpclusters.analysis.funding.case import Partner
from alpclusters.platform.funding.domain.lists import theme_label
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.application.subject import Talk
from alpclusters.reports.numbers import format_percent

# Jems' headings of costs, and the categories of a case that belong there.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "staffCosts": ("staff",),
    "officeCosts": ("overheads",),
    "travelCosts": ("travel",),
    "externalCosts": ("external", "training", "fairs", "marketing", "other"),
    "equipmentCosts": ("equipment",),
    "infrastructureCosts": ("investment",),
}
# Jems' groups of partners by types of the directory; what a kind does not tell stays open.
GROUPS: Final[Mapping[str, str]] = {
    "municipality": "LocalPublicAuthority",
    "regional_government": "RegionalPublicAuthority",
    "ministry": "NationalPublicAuthority",
    "agency": "SectoralAgency",
    "development_agency": "SectoralAgency",
    "innovation_agency": "SectoralAgency",
    "university": "HigherEducationOrganisations",
    "association": "InterestGroups",
    "chamber": "BusinessSupportOrganisation",
    "business_association": "BusinessSupportOrganisation",
    "cluster_organisation": "BusinessSupportOrganisation",
    "incubator": "BusinessSupportOrganisation",
    "sme": "Sme",
    "start_up": "Sme",
    "large": "EnterpriseExceptSme",
}
OF_KIND: Final[Mapping[str, str]] = {
    "cluster": "BusinessSupportOrganisation",
    "sme": "Sme",
    "large": "EnterpriseExceptSme",
}
GROUP_NAMES: Final[Mapping[str, str]] = {
    "LocalPublicAuthority": _("Local public authority"),
    "RegionalPublicAuthority": _("Regional public authority"),
    "NationalPublicAuthority": _("National public authority"),
    "SectoralAgency": _("Sectoral agency"),
    "HigherEducationOrganisations": _("Higher education and research organisation"),
    "InterestGroups": _("Interest group"),
    "BusinessSupportOrganisation": _("Business support organisation"),
    "Sme": _("Small or medium-sized enterprise"),
    "EnterpriseExceptSme": _("Enterprise, except SME"),
}
SIZES: Final[Mapping[str, str]] = {
    "small": _("small enterprise"),
    "medium": _("medium-sized enterprise"),
    "large": _("large enterprise"),
}
STATUSES: Final[Mapping[str, str]] = {"public": _("public body"), "private": _("private body")}
OF_KIND_STATUS: Final[Mapping[str, str]] = {
    "public": "public",
    "sme": "private",
    "large": "private",
}
EUROPEAN: Final = ("union_central", "union_shared")
NUTS_2: Final = 4
NUTS_3: Final = 5


def role(talk: Talk, partner: Partner) -> str:
    """Say whether it leads."""
    return talk.text.gettext("lead partner") if partner.lead else talk.text.gettext("partner")


def abbreviation(talk: Talk, partner: Partner) -> str:
    """Return the short name; none is made up: others have to recognise it."""
    return talk.subject.body(partner).short_name


def name(_talk: Talk, partner: Partner) -> str:
    """Return the name as the case has it."""
    return partner.name


def english_name(talk: Talk, partner: Partner) -> str:
    """Return the English name."""
    return talk.subject.body(partner).name_en


def group_code(talk: Talk, partner: Partner) -> str:
    """Return Jems' word for the group a partner belongs to, or empty."""
    return GROUPS.get(talk.subject.body(partner).type, "") or OF_KIND.get(partner.kind, "")


def group(talk: Talk, partner: Partner) -> str:
    """Return the group a partner belongs to."""
    code = group_code(talk, partner)
    return talk.text.gettext(GROUP_NAMES[code]) if code else ""


def size(talk: Talk, partner: Partner) -> str | None:
    """Return the size of the undertaking; a body without economic activity has none."""
    sizes = {one.id: one.size for one in talk.subject.funding.case.undertakings}
    found = sizes.get(partner.undertaking, "none")
    return talk.text.gettext(SIZES[found]) if found in SIZES else None


def status_code(talk: Talk, partner: Partner) -> str:
    """Return ``public``, ``private`` or empty where neither facts nor the kind tell."""
    told = talk.subject.body(partner).legal_status
    return told if told in STATUSES else OF_KIND_STATUS.get(partner.kind, "")


def legal_status(talk: Talk, partner: Partner) -> str:
    """Say whether it is a public or a private body, where its kind tells."""
    code = status_code(talk, partner)
    return talk.text.gettext(STATUSES[code]) if code else ""


def vat_number(talk: Talk, partner: Partner) -> str:
    """Return the VAT number."""
    return talk.subject.body(partner).vat_number


def vat_recovery(talk: Talk, partner: Partner) -> str:
    """Say whether it can recover VAT."""
    if partner.vat_recoverable is None:
        return ""
    return talk.text.gettext("Yes") if partner.vat_recoverable else talk.text.gettext("No")


def country(_talk: Talk, partner: Partner) -> str:
    """Return the country, two letters."""
    return partner.country


def nuts_2(_talk: Talk, partner: Partner) -> str:
    """Return the code of NUTS level 2."""
    return partner.nuts[:NUTS_2] if len(partner.nuts) >= NUTS_2 else ""


def nuts_3(talk: Talk, partner: Partner) -> str:
    """Return the code of NUTS level 3: the seat's, else that of the body where it lies within."""
    told = talk.subject.body(partner).nuts_3
    if len(partner.nuts) == NUTS_3:
        return partner.nuts
    return told if told.startswith(partner.nuts) else ""


def nace(talk: Talk, partner: Partner) -> str:
    """Return the economic sector that the case states."""
    return talk.subject.body(partner).nace


def street(talk: Talk, partner: Partner) -> str:
    """Return street and house number that the case states."""
    return talk.subject.body(partner).street


def postcode(talk: Talk, partner: Partner) -> str:
    """Return the postcode."""
    return talk.subject.body(partner).postcode


def town(talk: Talk, partner: Partner) -> str:
    """Return the town."""
    return talk.subject.body(partner).town


def competence(talk: Talk, partner: Partner) -> str:
    """Return what was entered, else what the case knows: themes, label, members, founded."""
    own = talk.given(talk.subject.body(partner).competence)
    if own:
        return own
    facts = partner.facts
    keys = facts.get("themes")
    named = (
        [theme_label(str(key), talk.language) for key in keys] if isinstance(keys, tuple) else []
    )
    themes = talk.text.gettext("Themes: %(names)s.") % {"names": ", ".join(named)}
    told = {
        "label": talk.text.gettext("Label of cluster management: %(value)s."),
        "members": talk.text.gettext("Members: %(value)s."),
        "employees": talk.text.gettext("Employees: %(value)s."),
        "founded": talk.text.gettext("Founded: %(value)s."),
    }
    known = [words % {"value": facts[key]} for key, words in told.items() if facts.get(key)]
    return " ".join([*([themes] if named else []), *known])


def part(talk: Talk, partner: Partner) -> str:
    """Say which tasks a partner has, and in which work packages it bears which costs."""
    subject = talk.subject
    costs: dict[str, int] = {}
    for line in subject.lines_of(partner=partner.id):
        costs[line.wp] = costs.get(line.wp, 0) + line.cost_ct
    bears = [
        f"{talk.given(one.title)}: {talk.money(costs[one.id])}"
        for one in subject.packages
        if one.id in costs
    ]
    body = subject.body(partner)
    return talk.joined([talk.given(body.part) or talk.word(body.tasks), "\n".join(bears)])


def experience(talk: Talk, partner: Partner) -> str:
    """Return what was entered, else earlier projects in which the directory knows the partner."""
    return talk.given(talk.subject.body(partner).experience)


def state_aid(talk: Talk, partner: Partner) -> str:
    """Say how much of the costs belongs to economic activity."""
    lines = talk.subject.lines_of(partner=partner.id)
    economic = sum(line.cost_ct for line in lines if line.economic)
    if not lines:
        return ""
    if not economic:
        return talk.text.gettext("None of the costs belongs to economic activity.")
    words = talk.text.gettext(
        "Costs of economic activity, to which State aid law applies: %(money)s."
    )
    return words % {"money": talk.money(economic)}


def heading_cost(talk: Talk, partner: Partner, heading: str) -> int:
    """Return the cost of a partner under a heading, in cents."""
    wanted = HEADINGS[heading]
    lines = talk.subject.lines_of(partner=partner.id)
    return sum(line.cost_ct for line in lines if line.category in wanted)


def cost_under(heading: str) -> Callable[[Talk, Partner], str | None]:
    """Return the answer for a heading: its amount; nothing is asked where there is no cost."""

    def answer(talk: Talk, partner: Partner) -> str | None:
        cents = heading_cost(talk, partner, heading)
        return talk.money(cents) if cents else None

    return answer


def office_costs(talk: Talk, partner: Partner) -> str | None:
    """Answer overheads: Jems takes a flat rate only, which a case does not hold."""
    return "" if heading_cost(talk, partner, "officeCosts") else None


def grants_of(talk: Talk, partner: Partner, *, is_european: bool) -> dict[str, int]:
    """Return the grants of a partner by offer, in cents: European ones, or the others."""
    funding = talk.subject.funding
    return {
        offer: grant
        for (who, offer), (_declared, grant) in funding.cells.items()
        if who == partner.id and grant and (funding.offers[offer].origin in EUROPEAN) is is_european
    }


def fund(talk: Talk, partner: Partner) -> str:
    """Name the European grants of a partner with their share of its costs."""
    return _shares(talk, partner, grants_of(talk, partner, is_european=True)) or talk.text.gettext(
        "no European grant"
    )


def other_grants(talk: Talk, partner: Partner) -> str | None:
    """Name the other grants of a partner with their share of its costs."""
    return _shares(talk, partner, grants_of(talk, partner, is_european=False)) or None


def _shares(talk: Talk, partner: Partner, grants: Mapping[str, int]) -> str:
    funding = talk.subject.funding
    cost = funding.sheets[partner.id]["cost_ct"]
    return "\n".join(
        f"{funding.offer_name(offer)}: {talk.money(cents)}, "
        f"{format_percent(cents / cost if cost else 0.0, talk.language, 2)}"
        for offer, cents in grants.items()
    )


def contribution(talk: Talk, partner: Partner) -> str:
    """Return what a partner pays itself."""
    return talk.money(talk.subject.funding.sheets[partner.id]["own_ct"])


def contribution_status(talk: Talk, partner: Partner) -> str | None:
    """Say whether own money is public or private, where the kind of the partner tells."""
    if not talk.subject.funding.sheets[partner.id]["own_ct"]:
        return None
    return legal_status(talk, partner)


def partnership(talk: Talk, _thing: object) -> str:
    """Name all partners with number, seat and part."""
    return "\n\n".join(
        "\n".join(
            (
                f"{number}. {one.name} ({one.country}, {one.nuts}), {role(talk, one)}",
                part(talk, one),
            )
        ).strip()
        for number, one in enumerate(talk.subject.partners, 1)
    )
