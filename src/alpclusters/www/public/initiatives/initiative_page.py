"""What the page of an initiative shows: facts, who took part, facts for search engines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.evidence.domain.citing import cite_initiative, iso_of, parts_of
from alpclusters.platform.evidence.models import Activity, Initiative, Participation, Programme
from alpclusters.platform.evidence.rules import visible_documents, visible_initiatives
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Standing
from alpclusters.reports.numbers import format_money
from alpclusters.www.components.marked_text import outside_link
from alpclusters.www.components.parts import Cell, Column, Fact, Station, Table
from alpclusters.www.public.evidence_data import CiteView, cite_view, data_block
from alpclusters.www.public.initiatives.activities import ActivityView, read_activities
from alpclusters.www.public.initiatives.said import Said, dated, said, source_url, strip_if_known
from alpclusters.www.public.initiatives.search import initiative_url
from alpclusters.www.public.regions.tile_maps import MapView, count_map
from alpclusters.www.site.organisation_links import page_of

# --- What is known of an initiative, with labels in the reader's language -------------------------


def identity_facts(initiative: Initiative) -> list[Fact]:
    """Return kind, programme, countries and sectors."""
    programme = initiative.programme
    countries = [country_name(code, get_language()) for code in initiative.countries.split()]
    facts = [
        Fact(_("Kind of initiative"), initiative.get_kind_display()),
        Fact(_label("programme"), str(programme) if programme else ""),
        Fact(label_of(Programme, "family"), programme.get_family_display() if programme else ""),
        Fact(_label("call"), initiative.call),
        Fact(_label("reference"), initiative.reference),
        Fact(_label("countries"), ", ".join(countries)),
        Fact(
            _label("sectors"),
            _lines(sector_label(str(c), get_language()) for c in initiative.sectors),
        ),
        Fact(_label("keywords"), ", ".join(str(word) for word in initiative.keywords)),
        Fact(_label("website"), outside_link(initiative.website)),
    ]
    return _with_unknown(facts, must={1, 5})


def funding_facts(initiative: Initiative) -> list[Fact]:
    """Return dates as exactly as they are known, and amounts in the currency of the source."""
    facts = [
        Fact(_label("status"), _status(initiative)),
        Fact(_label("start"), dated(initiative.start, initiative.start_precision)),
        Fact(_label("end"), dated(initiative.end, initiative.end_precision)),
        Fact(_label("budget_cents"), _facts_money(initiative.budget_cents, initiative.currency)),
        Fact(_label("eu_cents"), _facts_money(initiative.eu_cents, initiative.currency)),
    ]
    return _with_unknown(facts, must={1, 2, 3})


def origin_facts(initiative: Initiative) -> list[Fact]:
    """Return where the facts come from and under which licence its texts are."""
    facts = [
        Fact(_label("source"), SafeString(urlize(initiative.source, autoescape=True))),
        Fact(_label("licence"), SafeString(urlize(initiative.licence, autoescape=True))),
    ]
    records = initiative.records.select_related("source").order_by("pk")
    facts += [
        Fact(row.source.name, row.external_id, url=row.source.address, source=row.source.licence)
        for row in records
    ]
    return [fact for fact in facts if fact.value]


def _label(name: str) -> str:
    return label_of(Initiative, name)


def _status(initiative: Initiative) -> str:
    unknown = initiative.status == Initiative.Status.UNKNOWN
    return "" if unknown else str(initiative.get_status_display())


def _facts_money(cents: int | None, currency: str) -> str:
    return "" if cents is None else format_money(cents, currency, nearest_language(get_language()))


def _lines(texts: object) -> str:
    return ", ".join(texts)  # type: ignore[arg-type]


def _with_unknown(facts: Sequence[Fact], must: set[int]) -> list[Fact]:
    """Say "unknown" where a reader expects an answer; leave out the rest where nothing is said."""
    return [
        fact if fact.value else Fact(fact.label, state="unknown")
        for place, fact in enumerate(facts)
        if fact.value or place in must
    ]


# --- Who took part: names as the source has them, tied to the directory where the body is known


FIRST: Final = 12


@dataclass(frozen=True)
class PartnersView:
    """The bodies: the first ones at once, all behind a word; where they are."""

    n: int
    table: Table
    rest: Table | None
    map: MapView | None


def read_partners(initiative: Initiative) -> PartnersView | None:
    """Read who took part; None where no source names anybody."""
    rows = list(
        Participation.objects.filter(initiative=initiative)
        .select_related("organisation__cluster", "region")
        .order_by("order", "pk")
    )
    if not rows:
        return None
    first, rest = rows[:FIRST], rows[FIRST:]
    return PartnersView(
        n=len(rows),
        table=_table(_("Who took part"), first, initiative.currency),
        rest=_table(_("Further bodies"), rest, initiative.currency) if rest else None,
        map=_map(rows, initiative),
    )


def _table(caption: str, rows: Sequence[Participation], currency: str) -> Table:
    with_money = any(row.budget_cents is not None for row in rows)
    columns = [Column(_("Body")), Column(_("Part")), Column(_("Place"))]
    if with_money:
        columns.append(Column(_("Budget"), is_number=True))
    return Table(caption, columns, [_row(row, currency, with_money=with_money) for row in rows])


def _row(row: Participation, currency: str, *, with_money: bool) -> list[object]:
    known = row.organisation if row.organisation and row.organisation.is_listed else None
    cells: list[object] = [
        Cell(row.name, url=page_of(known) if known else ""),
        Cell(row.get_role_display(), note=_("left early") if row.has_left else ""),
        place_of(row),
    ]
    if with_money:
        cells.append(_partners_money(row, currency))
    return cells


def place_of(row: Participation) -> str:
    """Write town, region and country as far as they are known."""
    country = country_name(row.country, get_language()) if row.country else ""
    region = row.region.name if row.region else ""
    parts = dict.fromkeys(filter(None, (row.town, region, country)))
    return ", ".join(parts) or _("unknown")


def _partners_money(row: Participation, currency: str) -> str:
    if row.budget_cents is None:
        return _("unknown")
    return format_money(row.budget_cents, currency, nearest_language(get_language()))


def _map(rows: Sequence[Participation], initiative: Initiative) -> MapView | None:
    codes = [row.region.code for row in rows if row.region]
    if not codes:
        return None
    caption = _("Bodies of %(name)s by region") % {"name": initiative.acronym}
    return count_map(codes, what=_("bodies"), caption=caption)


# --- An initiative for search engines: schema.org as JSON-LD --------------------------------------


def initiative_data(initiative: Initiative, title: str, address: str) -> SafeString:
    """Return the data block; nothing for invented initiatives."""
    if initiative.is_simulated or not initiative.is_published:
        return SafeString()
    start, end = initiative.start, initiative.end
    return data_block({
        "@type": "Project",
        "@id": address,
        "name": initiative.acronym,
        "alternateName": title,
        "identifier": initiative.reference,
        "url": initiative.website,
        "foundingDate": iso_of(parts_of(start, initiative.start_precision)) if start else "",
        "dissolutionDate": iso_of(parts_of(end, initiative.end_precision)) if end else "",
        "member": _members(initiative),
    })  # fmt: skip


def _members(initiative: Initiative) -> list[dict[str, str]]:
    rows = Participation.objects.filter(initiative=initiative).order_by("order", "pk")
    return [{"@type": "Organization", "name": name} for name in rows.values_list("name", flat=True)]


# --- What the page of an initiative shows ---------------------------------------------------------


type Named = tuple[str, str]


@dataclass(frozen=True)
class InitiativePage:
    """Everything the template names."""

    title: Said
    topic: Said
    aims: Said
    note: Said
    trail: Sequence[Station]
    facts: Sequence[Fact]
    funding: Sequence[Fact]
    origin: Sequence[Fact]
    partners: PartnersView | None
    follows: Named | None
    followed_by: Sequence[Named]
    family: Sequence[Named]
    activities: Sequence[ActivityView]
    n_open: int
    documents: Sequence[tuple[str, str, str]]
    cite: CiteView
    data: SafeString
    is_line: bool
    is_verified: bool
    may_edit: bool
    simulated: bool


def read_page(user: Person, initiative: Initiative, *, base: str) -> InitiativePage:
    """Read what a person may know of an initiative; ``base`` is the address of the site."""
    activities = read_activities(user, initiative)
    documents = _documents(user, initiative)
    address = base + initiative_url(initiative.key)
    title = said(initiative, "title")
    return InitiativePage(
        title=title,
        topic=said(initiative, "topic"),
        aims=said(initiative, "aims"),
        note=said(initiative, "note"),
        trail=strip_if_known(initiative, seen_by=user, label=initiative.acronym),
        facts=identity_facts(initiative),
        funding=funding_facts(initiative),
        origin=origin_facts(initiative),
        partners=read_partners(initiative),
        follows=_follows(user, initiative),
        followed_by=_named(visible_initiatives(user).filter(follows=initiative)),
        family=_family(user, initiative),
        activities=activities,
        n_open=initiative.activities.filter(state=Activity.State.OPEN).count(),
        documents=documents,
        cite=cite_view(
            lambda language: cite_initiative(initiative, address=address, language=language),
            "public:initiative-citation",
            initiative.key,
        ),
        data=initiative_data(initiative, title.text, address),
        is_line=initiative.kind == Initiative.Kind.PROGRAMME_LINE,
        is_verified=initiative.standing == Standing.VERIFIED,
        may_edit=user.has_perm("evidence.change_evidence"),
        simulated=initiative.is_simulated or any(a.is_simulated for a in activities),
    )


def _named(rows: object) -> list[Named]:
    return [
        (row.acronym, initiative_url(row.key))
        for row in rows.order_by("acronym", "pk")  # type: ignore[attr-defined]
    ]


def _follows(user: Person, initiative: Initiative) -> Named | None:
    if initiative.follows_id is None:
        return None
    return next(iter(_named(visible_initiatives(user).filter(pk=initiative.follows_id))), None)


def _family(user: Person, initiative: Initiative) -> list[Named]:
    """Return the others that count as one with it; lines of programmes never count."""
    if initiative.family is None:
        return []
    others = visible_initiatives(user).filter(family=initiative.family).exclude(pk=initiative.pk)
    return _named(others)


def _documents(user: Person, initiative: Initiative) -> list[tuple[str, str, str]]:
    rows = visible_documents(user).filter(initiatives=initiative).order_by("title", "pk")
    return [(d.title, source_url(d.key), d.get_source_type_display()) for d in rows]
