"""As many of everything as a test asks for: projects, partners, AlpCafés, plans, people."""

from types import SimpleNamespace
from typing import Any

from django.test import Client

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.merges import merge
from alpclusters.platform.actors.domain.units import set_parent
from alpclusters.platform.actors.models import (
    Claim,
    ClusterLabel,
    ClusterMember,
    DuplicateProposal,
    Organisation,
    Partner,
)
from alpclusters.platform.cafe.domain.guests import keep_apart
from alpclusters.platform.cafe.domain.seat_plans import make_plan
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Card,
    Guest,
    Insight,
    Invitation,
    PaperSheet,
    Table,
)
from alpclusters.platform.evidence.domain.lessons import bear, suggest
from alpclusters.platform.evidence.models import Activity, Lesson, Stance
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project, ProjectFact, RoleAssignment
from alpclusters.platform.policy.domain.plans import create_plan, publish_plan
from alpclusters.platform.policy.domain.recommendations import derive_recommendations
from tests.factories.accounts import make_user, make_user_with
from tests.factories.coding import make_codebook
from tests.factories.evaluation import (
    NOW,
    VARIED,
    fill,
    in_five,
    make_cafe,
    make_measure,
    make_project,
    make_region,
    make_snapshot,
)
from tests.factories.evidence import (
    make_activity,
    make_document,
    make_initiative,
    make_initiative_proposal,
    make_participation,
    make_programme,
    make_quotation,
)
from tests.factories.imports import make_checked, make_proposal, make_upload
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.policy import PLAN_TEXTS, make_action
from tests.factories.project_runs import make_checked_projects, make_read_projects
from tests.factories.stakeholders import make_person, make_stakeholder
from tests.permissions.coding import coded_things
from tests.permissions.plan_views import plan_view_things
from tests.permissions.requesting import request_things
from tests.town_evidence import evidence_of
from tests.town_funding import (
    cases_of,
    catalogue_of,
    mixes_of,
    policy_mix_of,
    schemes_of,
)
from tests.town_network import (
    days_of_meetings,
    lasting_links,
    measured_network,
    needs_and_offers,
    searches_for_partners,
)
from tests.town_policy import discussed, monitored_plan, recommended, written_actions

REGIONS = ("AT32", "ITH1", "SI04")
KEYS = ("fair", "pilot", "label")


def build_town(n: int) -> dict[str, Any]:
    """Build n of everything; return the first of each kind by its name."""
    projects = [_project(number, n) for number in range(n)]
    own = projects[0]
    cafes = [_cafe(own, n) for _ in range(n)]
    snapshots = [make_snapshot(cafe=cafe, released=True) for cafe in cafes]
    keys = KEYS[:n]
    measures = [make_measure(key) for key in keys]
    recommendations = derive_recommendations(snapshots[0], measures, by=None, now=NOW)
    plans = [_plan(own, recommendations, published=True) for _ in range(n)]
    draft = _plan(own, recommendations, published=False)
    make_cafe(project=own, state=AlpCafe.State.OPEN, measures=keys)
    return {
        "project": own,
        "partner": own.partners.first(),
        "cafe": cafes[0],
        **request_things(cafes[0], n),
        "guest": SimpleNamespace(pk=cafes[0].pk, number=1),
        "cafe_table": SimpleNamespace(pk=cafes[0].pk, number=1),
        "paper": SimpleNamespace(pk=cafes[0].pk, number=cafes[0].paper_sheets.first().number),
        "invitation": SimpleNamespace(pk=cafes[0].pk, number=cafes[0].invitations.first().pk),
        **_stakeholders(own, n),
        "snapshot": snapshots[0],
        "measure": measures[0],
        "recommendation": recommendations[0],
        **recommended(recommendations, n),
        "plan": plans[0],
        "draft": draft,
        "action": draft.actions.first(),
        **written_actions(draft, n),
        **monitored_plan(plans[0], n),
        **discussed(recommendations, plans[0], n),
        **plan_view_things(plans[0]),
        "region": make_region(REGIONS[0]),
        **_directory(n),
        **_imports(n),
        **evidence_of(n),
        **measured_network(),
        **lasting_links(own, n),
        **searches_for_partners(n),
        **days_of_meetings(own, n),
        **needs_and_offers(n),
        **catalogue_of(n),
        **policy_mix_of(n),
        **schemes_of(own, n),
        **mixes_of(own, n),
        **cases_of(own, n),
        "code": SimpleNamespace(code="12345678"),
        **_documents(n),
        # Last: it takes the codebook there is, if there is one.
        **_coding(own, n),
    }


def _documents(n: int) -> dict[str, Any]:
    """Documents of several initiatives that are quoted, with what sources say differently."""
    initiatives = [make_initiative(programme=make_programme()) for _ in range(n)]
    documents = [make_document(initiatives=initiatives) for _ in range(n)]
    for initiative in initiatives:
        make_participation(initiative, organisation=make_organisation())
        make_quotation(documents[0], activity=make_activity(initiative), page=1)
        make_initiative_proposal(initiative)
        for thing in (initiatives[0], documents[0]):
            thing.title = f"{thing.title} again"
            thing.save()
    return {
        "written_document": SimpleNamespace(key=documents[0].key),
        "written_initiative": SimpleNamespace(key=initiatives[0].key),
    }


def _coding(project: Project, n: int) -> dict[str, Any]:
    """Code activities of several initiatives, open and disputed ones; tie them to lessons."""
    make_codebook()
    things = coded_things(project, "town", n=n)
    lesson = Lesson.objects.get(key=things["written_lesson"].key)
    for activity in Activity.objects.filter(initiative__corpora__slug=things["corpus"].slug):
        for person in (make_user(), make_user()):
            bear(activity, lesson, Stance.SUPPORTS, person)
    for measure in Measure.objects.order_by("pk")[:n]:
        suggest(lesson, measure, None)
    return things


def _stakeholders(project: Project, n: int) -> dict[str, SimpleNamespace]:
    """Map organisations of several regions, each with a person and an invitation."""
    stakes = [make_stakeholder(project, region=make_region(REGIONS[k])) for k in range(n)]
    people = [make_person(one.organisation) for one in stakes]
    cafe = project.cafes.order_by("pk").first()
    for one in stakes:
        Invitation.objects.create(
            cafe=cafe, name="N. N.", organisation=one.organisation, state="registered"
        )
    make_stakeholder(project, region=make_region(REGIONS[0]))
    return {
        "stakeholder": SimpleNamespace(slug=project.slug, pk=stakes[0].pk),
        "known_person": SimpleNamespace(slug=project.slug, pk=people[0].pk),
    }


def _imports(n: int) -> dict[str, Any]:
    """Lists with rows, and what they say differently from people."""
    rows = [row for k in range(n) for row in (f"{k};Simulated {k};AT", f"x{k};;AT")]
    runs = [make_checked(rows=rows) for _ in range(n)]
    for run in runs:
        make_proposal(run)
    projects = [make_checked_projects(n=n) for _ in range(n)]
    return {
        "uploaded_list": make_upload(rows=rows),
        "checked_list": runs[0],
        "checked_projects": projects[0],
        "read_projects": make_read_projects(n=n),
    }


def _directory(n: int) -> dict[str, Any]:
    """Cluster organisations of a region with members and labels, pairs, units, merges."""
    region = make_region(REGIONS[0])
    profiles = [make_profile(f"Timber Cluster {word}", body_region=region) for word in KEYS[:n]]
    for profile in profiles:
        ClusterMember.objects.create(cluster=profiles[0], organisation=profile.organisation)
        label = ClusterLabel.objects.create(cluster=profile, level="gold")
        Claim.objects.create(cluster=profile, user=make_user(), made_at=NOW)
        Claim.objects.create(cluster=profile, user=make_user(), made_at=NOW, state="refused")
        twin = make_organisation(f"{profile.organisation.name} Ltd", region=region)
        pair = [profile.organisation, twin]
        DuplicateProposal.objects.create(first=pair[0], second=pair[1], score=100)
        unit = make_organisation(f"{profile.organisation.name} Laboratory", region=region)
        set_parent(unit, profile.organisation, by=make_user(), now=NOW)
        merge(make_organisation(region=region), make_organisation(region=region), by=None)
    return {
        "listed_profile": profiles[0],
        "profile": profiles[-1],
        "profile_label": SimpleNamespace(slug=profiles[-1].slug, pk=label.pk),
        "body": DuplicateProposal.objects.order_by("pk")[0].second,
        "duplicate": DuplicateProposal.objects.order_by("pk")[0],
    }


def _project(number: int, n: int) -> Project:
    project = make_project(slug=f"project-{number}", acronym=f"Project {number}")
    for order in range(n):
        region = make_region(REGIONS[order])
        organisation = Organisation.objects.create(name=f"Agency {number} {order}")
        Partner.objects.create(
            project=project, organisation=organisation, region=region, seat=region, order=order
        )
        ProjectFact.objects.create(
            project=project,
            section=ProjectFact.Section.AIM,
            key=f"aim-{order}",
            **in_five("label", ["Aim"] * 5),
            **in_five("value", [f"Aim {order}"] * 5),
        )
        RoleAssignment.objects.create(
            user=make_user(), role=Role.FACILITATOR, project=project, region=region
        )
    return project


def _cafe(project: Project, n: int) -> AlpCafe:
    keys, criteria = KEYS[:n], ("effectiveness", "durability")[: min(n, 2)]
    cafe = make_cafe(project=project, measures=keys, criteria=criteria)
    _hall(cafe, n)
    for region in REGIONS[:n]:
        fill(cafe, {region: VARIED}, measures=keys, criteria=criteria)
    return cafe


def _hall(cafe: AlpCafe, n: int) -> None:
    """Lay tables, seat guests at them, invite people."""
    cafe.in_hall, cafe.n_rounds = True, 2
    cafe.save()
    for number in range(1, n + 1):
        Table.objects.create(cafe=cafe, number=number, languages=["de"])
    for number in range(1, 2 * n + 1):
        Guest.objects.create(cafe=cafe, number=number, languages=["sl"])
        Invitation.objects.create(cafe=cafe, name=f"Guest {number}", region=cafe.region)
        _write_card(cafe, number, n)
    cafe.guests.filter(number=1).update(pins={"1": 1})
    keep_apart(cafe, *((1, 3) if n > 1 else (1, 1)))
    make_plan(cafe, now=NOW)


def _write_card(cafe: AlpCafe, number: int, n: int) -> None:
    """Write a card, group it, and enter a sheet twice, each n times two."""
    table = cafe.tables.get(number=min(number, n))
    card = Card.objects.create(
        cafe=cafe,
        public_id=f"card-{number}",
        table=table,
        text=f"Trains {number}",
        language="en",
        received_at=NOW,
    )
    insight = Insight.objects.create(
        cafe=cafe, table=table, title=f"Insight {number}", language="en", created_at=NOW
    )
    insight.cards.add(card)
    measure, criterion = cafe.measures.first(), cafe.criteria.first()
    name = f"{measure.pk}:{criterion.pk}"
    entries = [{"fields": {name: step}, "language": "de", "round": 1} for step in ("1", "2")]
    PaperSheet.objects.create(
        cafe=cafe,
        number=f"{number:04d}-W",
        first_entry=entries[0],
        second_entry=entries[1],
        entered_at=NOW,
    )


def _plan(project: Project, recommendations: list[Any], *, published: bool) -> Any:
    plan = create_plan(project, texts=PLAN_TEXTS, by=None)
    for recommendation in recommendations:
        make_action(plan, recommendation)
    return publish_plan(plan, by=None, now=NOW) if published else plan


def administrator() -> Client:
    """Sign in somebody who may do everything."""
    client = Client()
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    return client
