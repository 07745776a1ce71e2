"""From 70 initiatives to documents in five languages: the loop of a policy unit, closed once."""

import io
import json
import zipfile
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alpclusters.analysis.plans import INTERREG_CODES
from alpclusters.cli import main
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.operation.demonstration import remove_demonstration
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.denominators import Proposal, proposals_of
from alpclusters.platform.policy.domain.endorsing.records import endorsements_of
from alpclusters.platform.policy.domain.interreg.reading import read_interreg
from alpclusters.platform.policy.domain.monitoring.verifying import verify_plans
from alpclusters.platform.policy.domain.reasons import REASONS, missing_reasons
from alpclusters.platform.policy.domain.records import record_of, today_of
from alpclusters.platform.policy.domain.strengths import strengths_of
from alpclusters.platform.policy.models import (
    Action,
    Comment,
    Endorsement,
    MonitoringRound,
    Override,
    PlanSnapshot,
    Recommendation,
)
from alpclusters.platform.trail.models import Edge
from alpclusters.platform.worlds import crossings
from tests.sizes import all_in_full

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]

REGIONS = {"AT32", "DE1", "FRK", "ITC4", "CH07"}
# What a chain begins with: a document, a project that was studied, a rated AlpCafé, the network.
SOURCES = ("/sources/", "/initiatives/", "/evaluations/", "/network/")


@pytest.fixture
def joint(project):
    return project.plans.get(parent=None)


# --- what is there


@pytest.mark.usefixtures("project")
def test_demonstration_ties_nothing_invented_to_anything_real():
    assert crossings() == []


def test_seventy_initiatives_and_150_stakeholders(project):
    initiatives = Initiative.objects.filter(corpora__project=project).distinct()

    assert initiatives.count() == 70
    assert not initiatives.filter(is_simulated=False).exists()
    assert project.stakeholders.count() == 150
    assert not project.stakeholders.filter(is_simulated=False).exists()


def test_two_rounds_of_alpcafes_in_five_regions_with_simulated_ratings(project):
    held = project.cafes.filter(state="closed")

    assert Counter(held.values_list("round", flat=True)) == {1: 5, 2: 5}
    for number in (1, 2):
        assert set(held.filter(round=number).values_list("region__code", flat=True)) == REGIONS
    rated = held.filter(round=2)
    assert not rated.filter(participants__is_simulated=False).exists()
    assert all(cafe.snapshots.count() == 1 for cafe in rated)


def test_twenty_recommendations_in_all_states_some_common_denominators(project):
    states = Counter(project.recommendations.values_list("state", flat=True))
    proposals = proposals_of(project)

    assert sum(states.values()) == 20
    assert set(states) >= {"published", "adopted", "in_consultation", "rejected", "superseded"}
    assert proposals.n_proposed >= 3
    assert proposals.min_countries == 2
    rejected = project.recommendations.get(state="rejected")
    assert all(rejected.rejected_reason.inside(code) for code in LANGUAGE_CODES)
    assert project.recommendations.get(state="superseded").successor is not None
    verdicts = {line.recommendation: line.proposal for line in proposals.lines}
    assert verdicts[rejected] is Proposal.NOT_COMMON


def test_reasons_of_decisions_are_there_in_five_languages(project):
    reasons = {
        (one.code, name)
        for one in project.recommendations.all()
        for name in REASONS
        if any(texts := getattr(one, name).each().values()) and all(texts)
    }

    assert {name for _code, name in reasons} == {
        "rejected_reason", "denominator_reason", "no_action_reason",
    }  # fmt: skip
    assert [one.code for one in project.recommendations.all() if missing_reasons(one)] == []
    override = Override.objects.get(action__plan__project=project)
    assert all(override.reason.each().values())


def test_one_body_took_its_decision_back_and_the_log_tells_of_both(project):
    found = endorsements_of(project.recommendations.get(endorsements__state="withdrawn"))

    assert ("endorsed", "withdrawn") in {(one.before, one.after) for one in found.steps}


def test_every_interreg_indicator_shows_what_counts_and_what_does_not(project):
    figures = read_interreg(project).figures

    assert set(figures) == set(INTERREG_CODES)
    assert [code for code, one in figures.items() if not one.value] == []
    assert [code for code, one in figures.items() if not one.not_counted] == []


def test_strengths_differ_and_a_strong_one_rests_on_good_lessons(project):
    found = strengths_of(project.recommendations.all())
    strengths = Counter(str(one.result.strength) for one in found.values())

    assert {"strong", "conditional", "exploratory", "not_supported"} <= set(strengths)
    strong = [one for one in found.values() if str(one.result.strength) == "strong"]
    assert all(one.facts.certainty in {"A", "B"} for one in strong)


def test_findings_come_from_ratings_lessons_network_and_funding(project):
    kinds = set(project.findings.values_list("kind", flat=True))

    assert kinds == {"rating", "lesson", "network", "funding"}


def test_one_joint_plan_of_12_actions_and_five_regional_plans(project, joint):
    regional = project.plans.filter(parent=joint)

    assert joint.actions.count() == 12
    assert set(joint.actions.values_list("level", flat=True)) == {"european", "macro_regional"}
    assert {plan.regions.get().code for plan in regional} == REGIONS
    assert all(plan.is_published for plan in project.plans.all())
    assert all(plan.actions.count() >= 2 for plan in regional)


def test_actions_have_all_their_parts(joint):
    for line in record_of(joint, today=today_of(joint, timezone.now())).actions:
        assert line.players, line.code
        assert line.milestones, line.code
        assert line.costs, line.code
        assert line.funding, line.code
        assert line.indicators, line.code
        assert line.risks, line.code


def test_statuses_show_every_colour_after_two_rounds(joint):
    assert MonitoringRound.objects.filter(plan=joint, closed_at__isnull=False).count() == 2
    lines = record_of(joint, today=today_of(joint, timezone.now())).actions

    colours = {str(line.status.colour) for line in lines}
    assert colours == {"green", "yellow", "red", "grey", "blue", "none"}
    stopped = next(line for line in lines if str(line.status.state) == "stopped")
    assert set(stopped.reason_not_done) == set(LANGUAGE_CODES)
    assert all(stopped.reason_not_done.values())


def test_snapshots_are_chained_and_whole(project):
    verdicts = list(verify_plans(project.plans.all()))

    assert len(verdicts) == 6
    assert all(verdict.is_whole and verdict.n == 2 for verdict in verdicts)
    assert PlanSnapshot.objects.filter(plan__project=project, is_simulated=False).count() == 0


def test_consultation_is_answered_and_bodies_have_spoken(project, joint):
    published = project.consultations.get(state="published")

    assert published.comments.exclude(answer="").count() == published.comments.count() == 6
    assert (
        project.consultations.get(state="open").comments.filter(state=Comment.State.OPEN).exists()
    )
    states = Counter(joint.endorsements.values_list("state", flat=True))
    assert states["endorsed"] == 3
    assert Endorsement.objects.filter(recommendation__project=project, state="declined").exists()
    adoptions = project.joint_approaches.get().adoptions.all()
    assert {one.region.code for one in adoptions} == REGIONS
    assert len({one.state for one in adoptions}) == 5


def test_every_text_stands_in_five_languages(project):
    texts = {
        Recommendation: ("title", "problem", "text", "expected_effect"),
        Action: ("title", "background", "description"),
    }
    for model, fields in texts.items():
        rows = model.objects.filter(
            **{"project" if model is Recommendation else "plan__project": project}
        )
        for row in rows:
            for field in fields:
                for code in LANGUAGE_CODES:
                    assert getattr(row, field).inside(code), (row, field, code)


# --- the loop


class _Links(HTMLParser):
    """The addresses a page leads to from its content."""

    def __init__(self):
        super().__init__()
        self.found = []
        self._inside = 0

    def handle_starttag(self, tag, attrs):
        if tag == "main":
            self._inside += 1
        address = dict(attrs).get("href", "")
        if tag == "a" and self._inside and address.startswith("/"):
            self.found.append(address.partition("#")[0].partition("?")[0])

    def handle_endtag(self, tag):
        if tag == "main":
            self._inside -= 1


def _links(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    reader = _Links()
    reader.feed(response.content.decode())
    return list(dict.fromkeys(reader.found))


def _is_source(address):
    """A page of one source, not the list of them."""
    return any(part in address and not address.endswith(part) for part in SOURCES[:3]) or (
        SOURCES[3] in address
    )


def test_two_clicks_lead_from_any_action_to_its_sources(project):
    client, seen = Client(), {}
    actions = Action.objects.filter(plan__project=project).select_related("plan").order_by("pk")
    missing = []
    for action in actions:
        page = reverse("public:plan-action", args=[action.plan.slug, action.code])
        first = _links(client, page)
        reached = [one for one in first if _is_source(one)]
        for address in first:
            if "/recommendations/" in address or "/lessons/" in address:
                if address not in seen:
                    seen[address] = _links(client, address)
                reached += [one for one in seen[address] if _is_source(one)]
        if not reached:
            missing.append((str(action.plan), action.code, first))

    assert missing == []


# The same documents of a small plan are opened in every language in tests/reports.
@pytest.mark.parametrize("language", all_in_full(LANGUAGE_CODES, always={"de", "sl"}))
def test_documents_are_written_and_open_in_every_language(joint, language, tmp_path, capsys):
    import pypdfium2

    out = tmp_path / "out"

    assert main(["--language", language, "plan", "export", "--out", str(out)]) == 0

    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["plan"], told["simulated"]) == (joint.slug, True)
    titles = [action.title.inside(language) for action in joint.actions.all()]
    pdf = " ".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out / "plan.pdf")
    )
    docx = zipfile.ZipFile(out / "plan.docx").read("word/document.xml").decode()
    html = (out / "plan.html").read_text()
    sheets = zipfile.ZipFile(io.BytesIO((out / "plan.xlsx").read_bytes())).namelist()
    for title in titles:
        assert " ".join(title.split()) in " ".join(docx.split())
        assert title in html
        assert "".join(title.split())[:20] in "".join(pdf.split())
    assert "xl/workbook.xml" in sheets


@pytest.mark.usefixtures("project")
def test_coverage_finds_no_error_and_says_what_is_weak(capsys):
    assert main(["coverage", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert len(told["plans"]) == 6
    assert any(plan["issues"] for plan in told["plans"])


@pytest.mark.usefixtures("project")
def test_snapshots_are_verified_by_the_command(capsys):
    assert main(["snapshots", "verify"]) == 0

    told = capsys.readouterr().out.splitlines()
    assert len(told) == 6
    assert all(line.endswith("2 reports, none missing and none changed.") for line in told)


def test_trail_of_an_action_is_printed_both_ways(joint, capsys):
    action = joint.actions.get(code="X5")

    assert main(["trail", f"action:{action.pk}", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    up = {station["station"]: station["n"] for station in told["towards_source"]}
    down = {station["station"]: station["n"] for station in told["towards_use"]}
    assert up["recommendation"] == 1
    assert up["finding"] == 3
    assert up["rating"] == 1
    assert up["lesson"] >= 1
    assert down["funding"] == 2
    assert down["value"] >= 1


# --- and back


def test_removed_again_nothing_of_it_is_left(project):
    assert remove_demonstration() == 1

    models = apps.get_app_config("policy").get_models()
    left = {model.__name__: model._default_manager.count() for model in models}
    assert {name: n for name, n in left.items() if n and not name.startswith("Historical")} == {}
    assert not Edge.objects.exclude(kind=Edge.Kind.SHOWN_AS).exists()
    assert not Initiative.objects.filter(is_simulated=True).exists()
    assert not Project.objects.filter(pk=project.pk).exists()
