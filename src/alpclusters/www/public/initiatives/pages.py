"""What the page of an initiative shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from alpclusters.platform.evidence.domain.citing import cite_initiative
from alpclusters.platform.evidence.models import Activity, Initiative
from alpclusters.platform.evidence.rules import visible_documents, visible_initiatives
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.parts import Fact, Station
from alpclusters.www.public.evidence_data import CiteView, cite_view
from alpclusters.www.public.initiatives.activities import ActivityView, read_activities
from alpclusters.www.public.initiatives.addresses import initiative_url
from alpclusters.www.public.initiatives.facts import funding_facts, identity_facts, origin_facts
from alpclusters.www.public.initiatives.linked_data import initiative_data
from alpclusters.www.public.initiatives.partners import PartnersView, read_partners
from alpclusters.www.public.initiatives.quotations import source_url
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.initiatives.trail import strip_if_known

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
