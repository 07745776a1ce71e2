"""Four projects with one of everything, and eleven people who stand differently to them."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.test import Client

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.confirmations import Due, link_token
from alpclusters.platform.actors.domain.duplicates import propose_duplicates
from alpclusters.platform.actors.domain.logos import store_logo
from alpclusters.platform.actors.domain.merges import merge
from alpclusters.platform.actors.domain.units import set_parent
from alpclusters.platform.actors.models import (
    Claim,
    ClusterLabel,
    DuplicateProposal,
    Organisation,
    Partner,
)
from alpclusters.platform.cafe.domain.invitations import personal_link
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Block,
    Card,
    Guest,
    Invitation,
    PaperSheet,
    Release,
    Table,
)
from alpclusters.platform.evaluation.domain.protocols import approve
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project, RoleAssignment
from alpclusters.platform.policy.domain.actions import add_action
from alpclusters.platform.policy.domain.plans import create_plan
from alpclusters.platform.policy.models import ActionPlan
from tests.factories.accounts import make_user, make_user_with
from tests.factories.cafe import join_cafe
from tests.factories.evaluation import (
    NOW,
    VARIED,
    fill,
    in_five,
    make_cafe,
    make_project,
    make_region,
    make_snapshot,
)
from tests.factories.imports import make_checked, make_upload
from tests.factories.logos import make_logo
from tests.factories.organisations import make_organisation, make_organisations, make_profile
from tests.factories.policy import COMPLETE, PLAN_TEXTS
from tests.factories.project_runs import make_checked_projects, make_read_projects
from tests.factories.stakeholders import make_person, make_stakeholder
from tests.factories.trust import make_certificate
from tests.permissions.casing import account_things, case_things
from tests.permissions.coding import coding_things
from tests.permissions.documents import document_things
from tests.permissions.evidence import evidence_things
from tests.permissions.introducing import introducing_things
from tests.permissions.links import link_things
from tests.permissions.meeting import meeting_things
from tests.permissions.mixing import mix_things
from tests.permissions.monitoring import monitoring_things
from tests.permissions.participation import participation_things
from tests.permissions.plan_views import plan_view_things
from tests.permissions.postings import posting_things
from tests.permissions.requesting import request_things
from tests.permissions.table import ROLES
from tests.town_funding import catalogue_of, policy_mix_of, schemes_of
from tests.town_network import measured_network

PASSWORD = "the larch turns gold in october"
HERE, ELSEWHERE = "AT32", "ITH1"
# What a role is called in the table -> where it counts: in one region, or in the whole project.
REGIONAL = [Role.MEMBER, Role.CLUSTER_MANAGER, Role.POLICY_MAKER]
REGIONAL += [Role.EVIDENCE_CODER, Role.FACILITATOR]


@dataclass
class World:
    """The things by kind and relation, a client per role."""

    things: dict[tuple[str, str], Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def arguments(self, kind: str, relation: str, wanted: list[str]) -> dict[str, Any]:
        """Take from a thing what an address asks for."""
        if not kind:
            return {}
        thing = self.things.get((kind, relation)) or self.things[kind, "own"]
        return {name: getattr(thing, name) for name in wanted if hasattr(thing, name)}


def build_world() -> World:
    """Build it; takes about a second."""
    world = World()
    own = make_project(slug="own", acronym="Own")
    historic = make_project(slug="historic", acronym="Historic", kind=Project.Kind.HISTORIC)
    other = make_project(slug="other", acronym="Other", is_public=False)
    public = make_project(slug="public", acronym="Public")
    for relation, project in (("own", own), ("historic", historic), ("other", other)):
        _furnish(world, relation, project, HERE)
    _furnish(world, "public", public, HERE, is_published=True)
    _furnish_region(world, own)
    world.things["region", "own"] = make_region(HERE)
    _release(world.things["cafe", "own"])
    _furnish_directory(world)
    _furnish_imports(world)
    world.things |= evidence_things()
    world.things["erasure_certificate", "own"] = make_certificate()
    world.things |= document_things()
    world.things |= {(kind, "own"): thing for kind, thing in measured_network().items()}
    world.things |= {(kind, "own"): thing for kind, thing in catalogue_of(1).items()}
    world.things |= {(kind, "own"): thing for kind, thing in policy_mix_of(1).items()}
    world.things |= coding_things(own=own, other=other)
    _invite(world, own, historic)
    return world


def _furnish(
    world: World, relation: str, project: Project, region: str, *, is_published: bool = False
) -> None:
    measure = Measure.objects.create(
        key=f"measure-{relation}",
        type_key="fair",
        project=None if is_published else project,
        is_published=is_published,
        **in_five("name", [f"Measure {relation}"] * 5),
        **in_five("description", [f"What {relation} is."] * 5),
    )
    measure.version = measure.history.latest().pk  # for the address that brings it back
    cafe = make_cafe(project=project, region=region)
    fill(cafe, {region: VARIED})
    snapshot = make_snapshot(cafe=cafe, released=is_published)
    if is_published:
        approve(cafe, None, NOW)
    recommendation, plan, action = _policy(snapshot, is_published=is_published)
    assignment = RoleAssignment.objects.create(
        user=make_user(), role=Role.MEMBER, project=project, region=make_region(region)
    )
    partner = Partner.objects.create(
        project=project, organisation=Organisation.objects.create(name=f"Agency {relation}")
    )
    things = {
        "partner": partner,
        "project": project,
        "measure": measure,
        "cafe": cafe,
        **_hall(cafe),
        **_stakeholders(project),
        **case_things(project),
        **mix_things(project),
        **schemes_of(project, 1),
        "snapshot": snapshot,
        "recommendation": recommendation,
        "finding": recommendation.findings.first(),
        "plan": plan,
        "action": action,
        **monitoring_things(action),
        **plan_view_things(plan),
        **participation_things([recommendation], plan),
        **request_things(cafe),
        "assignment": assignment,
        "holder": assignment.user,
    }
    world.things |= {(kind, relation): thing for kind, thing in things.items()}


def _stakeholders(project: Project) -> dict[str, SimpleNamespace]:
    """Map an organisation, keep a person of it; addresses name the project and a number."""
    stake = make_stakeholder(project)
    person = make_person(stake.organisation)
    return {
        "stakeholder": SimpleNamespace(slug=project.slug, pk=stake.pk),
        "known_person": SimpleNamespace(slug=project.slug, pk=person.pk),
    }


def _hall(cafe: AlpCafe) -> dict[str, SimpleNamespace]:
    """Lay a table, seat a guest, invite somebody; addresses name the AlpCafé and a number."""
    table = Table.objects.create(cafe=cafe, number=1)
    guest = Guest.objects.create(cafe=cafe, number=1)
    invitation = Invitation.objects.create(cafe=cafe, name="Ana")
    secret = personal_link(invitation)
    Card.objects.create(
        cafe=cafe, public_id="card-1", text="A card", language="en", received_at=NOW
    )
    sheet = PaperSheet.objects.create(cafe=cafe, number="0042-W")
    return {
        "paper": SimpleNamespace(pk=cafe.pk, number=sheet.number),
        "cafe_table": SimpleNamespace(pk=cafe.pk, number=table.number),
        "guest": SimpleNamespace(pk=cafe.pk, number=guest.number),
        "invitation": SimpleNamespace(pk=cafe.pk, number=invitation.pk, secret=secret),
    }


def _release(cafe: AlpCafe) -> None:
    """Let the people of the project read a block of results."""
    data = {"blocks": {Block.COMMENTS: {"n": 0, "rows": []}}}
    Release.objects.create(cafe=cafe, block=Block.COMMENTS, visible_from=NOW, data=data)


def _policy(snapshot: Any, *, is_published: bool) -> tuple[Any, ActionPlan, Any]:
    from alpclusters.platform.policy.domain.recommendations import (  # noqa: PLC0415 - one place
        derive_recommendations,
    )

    measures = list(snapshot.cafe.measures.all())
    [recommendation] = derive_recommendations(snapshot, measures, by=None, now=NOW)
    plan = create_plan(snapshot.cafe.project, texts=PLAN_TEXTS, by=None)
    action = add_action(plan, [recommendation], changes=COMPLETE, by=None, now=NOW)
    if is_published:
        recommendation.state = recommendation.State.PUBLISHED
        recommendation.save()
        ActionPlan.objects.filter(pk=plan.pk).update(
            state=ActionPlan.State.PUBLISHED, published_at=NOW
        )
        plan.refresh_from_db()
    return recommendation, plan, action


def _furnish_region(world: World, project: Project) -> None:
    cafe = make_cafe(project=project, region=ELSEWHERE)
    fill(cafe, {ELSEWHERE: VARIED})
    world.things["cafe", "region"] = cafe
    world.things["snapshot", "region"] = make_snapshot(cafe=cafe)


def _furnish_imports(world: World) -> None:
    """A list that waits for its columns, one that was checked; the same of projects."""
    world.things["read_projects", "own"] = make_read_projects()
    world.things["checked_projects", "own"] = make_checked_projects()
    world.things["uploaded_list", "own"] = make_upload()
    world.things["checked_list", "own"] = make_checked()


def _furnish_directory(world: World) -> None:
    """Bodies of the directory and one that only a project knows, a pair, a unit, a merge."""
    for relation, is_listed in (("public", True), ("own", False)):
        world.things["body", relation] = make_organisation(is_listed=is_listed)
        logo = store_logo(make_logo())
        profile = make_profile(slug=f"profile-{relation}", body_is_listed=is_listed, logo=logo)
        profile.name = f"{logo}-large"  # for the address of the picture
        world.things["listed_profile", relation] = profile
    pair = make_organisations(["Timber Cluster", "Timber-Cluster Ltd"])
    propose_duplicates(among=[pair[0].pk])
    world.things["duplicate", "own"] = DuplicateProposal.objects.get()
    unit, parent = make_organisations(["Timber Laboratory", "Timber University"])
    world.things["part", "own"] = set_parent(unit, parent, by=None, now=NOW)
    world.things["merge", "own"] = merge(make_organisation(), make_organisation(), by=None)


def _furnish_profiles(world: World, manager: Any) -> None:
    """A profile with its manager, a claim that waits, a label; and one not public yet."""
    kept = make_profile(slug="kept", body_region=make_region(HERE))
    hidden = make_profile(slug="hidden", body_is_listed=False, body_region=make_region(HERE))
    claim = Claim.objects.create(cluster=kept, user=manager, state="approved", made_at=NOW)
    waiting = Claim.objects.create(cluster=kept, user=make_user(), made_at=NOW)
    label = ClusterLabel.objects.create(cluster=kept, level="bronze")
    version = kept.history.latest().history_id
    world.things |= {
        ("profile", "own"): kept,
        ("profile", "other"): hidden,
        ("kept_claim", "own"): claim,
        ("waiting_claim", "own"): waiting,
        ("profile_label", "own"): SimpleNamespace(slug=kept.slug, pk=label.pk),
        ("profile_version", "own"): SimpleNamespace(
            slug=kept.slug, kind="profile", version=version
        ),
        ("confirmation", "own"): SimpleNamespace(token=link_token(Due(kept, manager))),
    }


# --- people -----------------------------------------------------------------------------------


def _invite(world: World, own: Project, historic: Project) -> None:
    people = {role: _person(role, own, historic) for role in ROLES[2:]}
    _furnish_profiles(world, people["cluster_manager"])
    world.things |= account_things(world.things["profile", "own"], own)
    world.things |= introducing_things(world.things["profile", "own"])
    world.things |= link_things(world.things["profile", "own"], people["cluster_manager"])
    world.things |= posting_things(world.things["profile", "own"], people["cluster_manager"])
    world.things |= meeting_things(world.things["profile", "own"], people["cluster_manager"], own)
    world.clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, person in people.items():
        world.clients[role].force_login(person)
    disabled = people["disabled"]
    disabled.is_active = False
    disabled.save()
    hall = make_cafe(project=own, state=AlpCafe.State.OPEN, region=HERE)
    joined = join_cafe(hall, language="en")
    world.clients["participant"].cookies["cafe"] = joined.token
    world.things["code", "own"] = SimpleNamespace(code=hall.code)


def _person(role: str, own: Project, historic: Project) -> Any:
    if role in {"administrator", "disabled"}:
        return make_user_with(Role.ADMINISTRATOR, password=PASSWORD)
    if role == Role.DATA_OFFICER:
        return make_user_with(role, password=PASSWORD)
    region = make_region(HERE) if role in REGIONAL else None
    user = make_user_with(role, project=own, region=region, password=PASSWORD)
    RoleAssignment.objects.create(user=user, role=role, project=historic, region=region)
    return user
