"""The network of the town and of the world of rights: one function per subject."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from alpclusters.platform.network.domain.links.reports import link_token
from alpclusters.platform.network.domain.matching.eligibility import mark_partner
from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.storing import measure_network
from alpclusters.platform.network.domain.meetings.afterwards import publish_plan
from alpclusters.platform.network.domain.meetings.wishes import wish
from alpclusters.platform.network.domain.postings.following import (
    FOLLOWING,
    follow_posting,
    leaving_token,
)
from alpclusters.platform.network.domain.postings.moderating import report_posting
from alpclusters.platform.network.domain.postings.writing import DueExpiry, PostingFacts
from alpclusters.platform.network.domain.postings.writing import link_token as posting_token
from alpclusters.platform.network.models import LinkQuestion, MatchRun, PostingChange
from tests.factories.evidence import make_initiative, make_programme
from tests.factories.introductions import Side, make_accepted, make_side
from tests.factories.links import NOW, make_body, make_link, make_speaker, make_survivors
from tests.factories.meetings import make_fair
from tests.factories.network import make_posting
from tests.factories.networks import make_bodies, tie


def measured_network() -> dict[str, Any]:
    """Build two bodies in each of three regions that are tied, and measure the network."""
    bodies = {code: make_bodies(code, 2) for code in ("AT33", "ITH2", "SI04")}
    for one, two in (("AT33", "ITH2"), ("ITH2", "SI04")):
        for first, second in zip(bodies[one], bodies[two], strict=True):
            tie(first, second)
    tie(bodies["AT33"][0], bodies["SI04"][1], started_on=date(2016, 1, 1))
    measure_network(Scope("links"))
    return {
        "network_pair": SimpleNamespace(pair="AT-IT", kind="csv"),
        "networked": SimpleNamespace(pk=bodies["ITH2"][0].pk, kind="csv"),
    }


def lasting_links(project: Any, n: int) -> dict[str, Any]:
    """Build links of one body that lasted or not, as many that wait, and a question by mail."""
    own = make_body("Timber Network")
    speaker = make_speaker(own)
    initiative = make_initiative("lasting", programme=make_programme("lasting"))
    said = [(2, "ended"), *[(5, "active_self")] * (5 + n)]
    links = make_survivors(said, own=own, project=project, initiative=initiative)
    for k in range(n):
        waiting = make_link(make_body(), own, standing="entered")
        question = {"organisation": own, "user": speaker, "year": NOW.year, "asked_at": NOW}
        LinkQuestion.objects.create(link=links[-1 - k], **question)
    return {
        "link": links[0],
        "waiting_link": waiting,
        "programme": initiative.programme,
        "link_question": SimpleNamespace(token=link_token(speaker, now=NOW)),
    }


def searches_for_partners(n: int) -> dict[str, Any]:
    """Build searches that proposed n partners with all kinds of reasons, marks, introductions."""
    own, *others = (make_side(f"Proposed {k}", region="SI03") for k in range(n + 1))
    results = [_proposal(one, others) for one in others]
    runs = [
        MatchRun.objects.create(
            organisation=own.organisation, made_at=timezone.now(), results=results
        )
        for _ in range(n)
    ]
    for one in others:
        mark_partner(own.organisation, one.organisation, "remembered", by=own.user, now=NOW)
        told = make_accepted(own, one, score=60.0).follow_ups.filter(months=12)
        told.update(outcome="contact", answered_at=NOW)
    return {"match_run": runs[0], "posting_to_match": make_posting(own.organisation)}


def needs_and_offers(n: int) -> dict[str, Any]:
    """Build postings of several bodies, each with a new wording that waits, readers, a report."""
    sides = [make_side(f"Posting {k}", region="AT32") for k in range(n)]
    postings = [make_posting(one.organisation, sectors=["16"], territory=["SI"]) for one in sides]
    now = timezone.now()
    for posting, side in zip(postings, sides, strict=True):
        facts = PostingFacts.of(posting).as_record() | {"title": "Makers of moulds wanted"}
        PostingChange.objects.create(posting=posting, facts=facts, made_at=now)
        report_posting(posting, "outdated", "", by=side.user, now=now)
        follow_posting(posting, side.user, now=now)
    due = DueExpiry(postings[0], sides[0].user)
    return {
        "posting": SimpleNamespace(pk=postings[0].pk, kind="csv"),
        "posting_link": SimpleNamespace(token=posting_token(due)),
        "leaving_link": SimpleNamespace(token=leaving_token(sides[0].user, FOLLOWING)),
    }


def days_of_meetings(project: Any, n: int) -> dict[str, Any]:
    """Build days with n pairs that meet, one that does not, one who asks and one who is asked."""
    fairs = [make_fair(2 * n + 2, project=project) for _ in range(n)]
    fair = fairs[0]
    for k in range(n):
        fair.both_want(2 * k, 2 * k + 1)
    unmet = fair.attendances[-1]
    unmet.languages = ["sl"]
    unmet.save()
    fair.both_want(0, 2 * n + 1)
    wish(fair.attendances[2 * n], fair.attendances[0], weight=1, now=NOW)
    fair.plan()
    publish_plan(fair.day, now=NOW)
    own = fair.attendances[0]
    return {
        "meeting_day": fair.day,
        "meeting": SimpleNamespace(pk=fair.day.pk, meeting=fair.day.meetings.first().pk),
        "meeting_attendance": SimpleNamespace(
            pk=fair.day.pk, organisation=own.organisation_id, kind="ics"
        ),
    }


def _proposal(one: Side, others: list[Side]) -> dict[str, Any]:
    partners = [other.organisation.pk for other in others]
    return {
        "organisation": one.organisation.pk,
        "score": 60.0,
        "parts": {"text": [0.6, 1.0, 60.0]},
        "reasons": [
            {"code": "text", "ahead_of": 60, "language": "sl"},
            {"code": "partners", "n": len(partners), "organisations": partners},
            {"code": "shared", "codes": ["nace:16", "technology:timber"]},
            {"code": "gap", "first": "ITH2", "second": "SI03"},
        ],
    }
