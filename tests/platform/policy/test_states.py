"""Where a recommendation may go, and what has to hold before."""

import pytest

from alpclusters.analysis.errors import InputError
from alpclusters.platform.policy.domain.editing.reviews import review_language
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.recommendations import (
    edit_recommendation,
    write_recommendation,
)
from alpclusters.platform.policy.domain.statements import state_finding
from alpclusters.platform.policy.domain.states import (
    TABLE,
    MoveRefusedError,
    Step,
    allowed_from,
    lacks_before,
    move,
)
from alpclusters.platform.policy.models import Comment, Consultation, Recommendation
from tests.factories.evaluation import NOW, make_project
from tests.factories.evidence import make_lesson
from tests.factories.policy import make_recommendations
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

STATES = tuple(Recommendation.State.values)


def go(recommendation, to, reason="", **more):
    return move(recommendation, Step(to, reason=reason, **more), by=None, now=NOW)


def ready(state="draft"):
    (drafted,) = make_recommendations()
    Recommendation.objects.update(addressee="Ministry", state=state)
    drafted.refresh_from_db()
    return drafted


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", STATES)
def test_what_is_not_in_the_table_is_refused_with_what_is(state, to):
    written = write_recommendation(make_project(), texts={"title_en": "T"}, by=None, now=NOW)
    Recommendation.objects.update(state=state)
    if to in TABLE[state]:
        return

    with pytest.raises(MoveRefusedError) as refused:
        go(written, to, "reason")

    assert refused.value.code == "recommendation.move_refused"
    assert refused.value.expected == ", ".join(allowed_from(state))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": {}}, "recommendation.source_incomplete"),
        ({"addressee": ""}, "recommendation.no_addressee"),
    ],
)
def test_consultation_needs_text_and_addressee(change, code):
    drafted = ready()
    Recommendation.objects.update(**change)

    with pytest.raises(MoveRefusedError, match=code):
        go(drafted, "in_consultation")
    assert lacks_before(Recommendation.objects.get(), "in_consultation") == [code]


def test_consultation_needs_a_finding():
    texts = {"title_en": "T", "text_en": "T", "rationale_en": "R", "addressee": "Ministry"}
    written = write_recommendation(make_project(), texts=texts, by=None, now=NOW)

    with pytest.raises(MoveRefusedError, match=r"recommendation\.no_finding"):
        go(written, "in_consultation")


def test_revision_waits_for_the_end_of_the_consultation_and_for_answers():
    drafted = go(ready(), "in_consultation")
    consultation = Consultation.objects.create(project=drafted.project, title="C", state="open")
    consultation.recommendations.add(drafted)

    with pytest.raises(MoveRefusedError, match=r"recommendation\.consultation_open"):
        go(drafted, "revised")
    Consultation.objects.update(state="closed")
    comment = Comment.objects.create(
        consultation=consultation,
        recommendation=drafted,
        version=2,
        field="text",
        language="en",
        paragraph=0,
        text="Why?",
        token_hash="x",
        made_at=NOW,
    )
    with pytest.raises(MoveRefusedError, match=r"recommendation\.comments_open"):
        go(drafted, "revised")
    Comment.objects.filter(pk=comment.pk).update(state="accepted", answer="Because.")

    assert go(drafted, "revised").state == "revised"


def test_second_consultation_needs_other_words():
    drafted = go(ready(), "in_consultation")
    consultation = Consultation.objects.create(
        project=drafted.project, title="C", state="closed", versions={str(drafted.pk): 2}
    )
    consultation.recommendations.add(drafted)
    revised = go(drafted, "revised")

    with pytest.raises(MoveRefusedError, match=r"recommendation\.no_new_version"):
        go(revised, "in_consultation")
    edit_recommendation(revised, {"text_en": "Other words"}, version=3, by=None, now=NOW)

    assert go(revised, "in_consultation").state == "in_consultation"


def test_open_contradiction_stops_the_decision_unless_it_is_listed():
    drafted = ready()
    against = state_finding(
        drafted.project,
        "lesson",
        make_lesson("against"),
        statement={"en": "It failed"},
        direction="against",
        by=None,
        now=NOW,
    )
    drafted.findings.add(against)

    with pytest.raises(MoveRefusedError, match=r"recommendation\.contradiction_open"):
        go(drafted, "adopted")
    with pytest.raises(InputError, match=r"recommendation\.no_reason"):
        go(drafted, "adopted", accepts_open=True)
    adopted = go(drafted, "adopted", "Holds in valleys only", accepts_open=True)

    assert (adopted.state, adopted.state_reason) == ("adopted", "Holds in valleys only")
    assert adopted.decided_on == NOW.date()


def test_contradiction_is_answered_where_the_reasons_name_the_finding():
    drafted = ready()
    against = state_finding(
        drafted.project,
        "lesson",
        make_lesson("against"),
        statement={"en": "It failed"},
        direction="against",
        by=None,
        now=NOW,
    )
    drafted.findings.add(against)
    change_texts(
        Recommendation.objects.all(), rationale={"en": f"Not in valleys ({against.code})."}
    )

    assert go(drafted, "adopted").state == "adopted"


def test_rejection_keeps_its_reason_through_reopening():
    rejected = go(ready(), "rejected", "No budget")

    with pytest.raises(InputError, match=r"recommendation\.no_reason"):
        go(rejected, "draft")
    reopened = go(rejected, "draft", "New budget")

    assert (reopened.state, reopened.rejected_reason) == ("draft", "No budget")
    assert reopened.state_reason == "New budget"


def test_publishing_needs_two_languages_that_were_reviewed():
    adopted = go(ready(), "adopted")

    with pytest.raises(MoveRefusedError, match=r"recommendation\.not_reviewed"):
        go(adopted, "published")
    review_language(adopted, RECOMMENDATION, "sl", by=None, now=NOW)

    assert go(adopted, "published").state == "published"


def test_publishing_lists_findings_without_trail():
    adopted = go(ready(), "adopted")
    review_language(adopted, RECOMMENDATION, "sl", by=None, now=NOW)
    adopted.findings.clear()

    with pytest.raises(MoveRefusedError, match=r"recommendation\.no_trail"):
        go(adopted, "published")
    assert go(adopted, "published", "Asked for by all", accepts_open=True).state == "published"


def test_superseded_names_a_decided_successor_and_withdrawn_a_reason():
    first, second = make_recommendations(("fair", "pilot"))
    Recommendation.objects.filter(pk=first.pk).update(state="published")

    with pytest.raises(InputError, match=r"recommendation\.successor"):
        go(first, "superseded", successor=second)
    with pytest.raises(InputError, match=r"recommendation\.no_reason"):
        go(first, "withdrawn")
    go(second, "adopted")

    assert go(first, "superseded", successor=second).successor == second
