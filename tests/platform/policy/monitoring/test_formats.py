"""Reports kept before reasons had languages: they still verify, and compare with newer ones."""

from copy import deepcopy

import pytest

from alpclusters.analysis.plans import GENESIS, canonical_text, chain_digest, diff_snapshots
from alpclusters.platform.policy.domain.monitoring.snapshots import (
    FORMAT,
    note_report,
    read_content,
    snapshot_content,
    take_snapshot,
)
from alpclusters.platform.policy.domain.monitoring.verifying import (
    comparable,
    kept_reason,
    verify_plan,
)
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import Override, PlanSnapshot, Recommendation
from alpclusters.www.public.monitoring.changes import IGNORED
from tests.factories.evaluation import NOW
from tests.factories.policy import make_plan
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BECAUSE = "The law comes in autumn."


@pytest.fixture
def plan():
    plan = make_plan(published=True)
    Recommendation.objects.update(denominator="confirmed")
    change_texts(Recommendation.objects.all(), denominator_reason={"en": "All agree", "de": "Alle"})
    Override.objects.create(
        action=plan.actions.get(), computed="red", shown="yellow", until_round=9, made_at=NOW,
        reason={"en": BECAUSE, "sl": "Zakon pride jeseni."} )  # fmt: skip
    return plan


def as_before(plan):
    """What a snapshot of the first format held."""
    content = deepcopy(snapshot_content(plan, number=1, today=today_of(plan, NOW)))
    content["format"] = "plan-snapshot-1"
    for line in content["recommendations"]:
        del line["state_reason"]
        for name in ("strength_reason", "denominator_reason", "no_action_reason"):
            line[name] = line[name]["en"]
    for action in content["actions"]:
        action["override"]["reason"] = action["override"]["reason"]["en"]
    return content


def keep(plan, content):
    text = canonical_text(content)
    kept = PlanSnapshot.objects.create(
        plan=plan, number=1, content=text, digest=chain_digest(GENESIS, text), previous=GENESIS,
        made_at=NOW,
    )  # fmt: skip
    note_report(kept)
    return kept


def changes(old, new):
    found = diff_snapshots(comparable(old, new), new, ignore=IGNORED)
    return [(one.field, one.old, one.new) for one in found if one.old or one.new]


def test_chain_of_both_formats_is_whole_and_the_old_text_stays(plan):
    old = keep(plan, as_before(plan))
    text = old.content

    new = take_snapshot(plan, now=NOW)

    assert verify_plan(plan).is_whole
    assert (new.previous, read_content(new)["format"]) == (old.digest, FORMAT)
    assert PlanSnapshot.objects.get(number=1).content == text


def test_nothing_changed_where_only_the_form_did(plan):
    new = snapshot_content(plan, number=2, today=today_of(plan, NOW))

    assert changes(as_before(plan), new) == []


def test_reason_that_did_change_is_told_in_its_languages(plan):
    old = as_before(plan)
    old["recommendations"][0]["denominator_reason"] = "Three agree"
    old["actions"][0]["override"]["reason"] = "Nobody answers."
    new = snapshot_content(plan, number=2, today=today_of(plan, NOW))

    assert sorted(changes(old, new)) == [
        ("denominator_reason.de", "Three agree", "Alle"),
        ("denominator_reason.en", "Three agree", "All agree"),
        ("override.reason.en", "Nobody answers.", BECAUSE),
        ("override.reason.sl", "Nobody answers.", "Zakon pride jeseni."),
    ]


def test_kept_reason_is_read_in_the_form_of_its_time():
    assert kept_reason(BECAUSE, "de") == (BECAUSE, "")
    assert kept_reason({"en": BECAUSE, "de": ""}, "de") == (BECAUSE, "en")
