"""What a lesson rests on has a place in a source, or a person said that there is none."""

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evidence.domain.coding import close_coding, put_values, settle
from alpclusters.platform.evidence.domain.coding.answers import unquoted_fields
from alpclusters.platform.evidence.domain.demonstration import create_demonstration
from alpclusters.platform.evidence.domain.documents.quoting import quote
from alpclusters.platform.evidence.domain.lessons import bear, publish_lesson
from alpclusters.platform.evidence.domain.seeding import load_seeds
from alpclusters.platform.evidence.models import Coding, Lesson, Settlement
from alpclusters.platform.measures.domain.seeding import load_seeds as load_measures
from tests.factories.coding import (
    NOW,
    code,
    make_coded_corpus,
    make_coder,
    make_lesson,
    only_activity,
)
from tests.factories.evidence import make_document, make_quotation
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def activity():
    return only_activity(make_coded_corpus())


def refused_closing(coding):
    with pytest.raises(StateError) as refused:
        close_coding(coding, now=NOW)
    return refused.value.code, refused.value.expected


def test_closing_without_a_quoted_place_asks_for_outcome_and_payer(activity):
    coding = code(activity, make_coder(), closed=False)

    assert refused_closing(coding) == ("coding.unquoted", "outcome_status, payer_after")
    assert Coding.objects.get().closed_at is None


def test_a_place_for_each_of_the_two_closes_the_coding(activity):
    coder, report = make_coder(), make_document(is_simulated=True)
    coding = code(activity, coder, closed=False)

    quote(report, by=coder, activity=activity, page=41, field="outcome_status")
    assert refused_closing(coding) == ("coding.unquoted", "payer_after")
    quote(report, by=coder, activity=activity, page=41, field="payer_after")
    close_coding(coding, now=NOW)

    assert Coding.objects.get().closed_at == NOW


def test_place_of_another_coder_or_of_the_whole_activity_shows_no_answer(activity):
    coder, report = make_coder(), make_document(is_simulated=True)
    coding = code(activity, coder, closed=False)
    quote(report, by=coder, activity=activity, page=41)
    for field in ("outcome_status", "payer_after"):
        quote(report, by=make_coder(), activity=activity, page=41, field=field)

    assert refused_closing(coding)[1] == "outcome_status, payer_after"


def test_where_no_source_says_anything_there_is_nothing_to_quote(activity):
    coding = code(
        activity, make_coder(), closed=False, outcome_status="unknown", payer_after=["unknown"]
    )

    close_coding(coding, now=NOW)

    assert Coding.objects.get().closed_at == NOW


def test_coder_who_was_asked_closes_without_a_place_and_the_history_says_so(activity):
    coding = code(activity, make_coder(), closed=False)

    close_coding(coding, now=NOW, without_place=True)

    assert coding.history.latest().history_change_reason == "close without a place"


def test_place_is_for_a_question_of_the_form_and_never_of_a_lesson(activity):
    with pytest.raises(InputError):
        quote(make_document(), by=None, activity=activity, page=1, field="stars")
    with pytest.raises(InputError):
        quote(make_document(), by=None, lesson=make_lesson(), page=1, field="payer_after")


def test_settling_asks_for_a_place_nobody_quoted(activity):
    code(activity, make_coder())
    code(activity, make_coder(), payer_after=["regional"])
    decided = {"by": make_coder(), "reason": "Both pay.", "now": NOW}
    both = ["members", "regional"]

    with pytest.raises(StateError) as refused:
        settle(activity, "payer_after", both, **decided)
    assert refused.value.code == "coding.unquoted"
    assert not Settlement.objects.exists()
    settle(activity, "payer_after", both, **decided, without_place=True)

    activity.refresh_from_db()
    assert activity.payer_after == both


def test_settling_takes_a_place_that_one_of_the_coders_quoted(activity):
    code(activity, make_coder())
    code(activity, make_coder(), payer_after=["regional"])
    make_quotation(
        make_document(is_simulated=True), activity=activity, field="payer_after", page=41
    )

    settle(activity, "payer_after", ["members"], by=make_coder(), reason="page 41", now=NOW)

    assert Settlement.objects.get().value == ["members"]


def test_settling_another_field_asks_for_no_place(activity):
    code(activity, make_coder())
    code(activity, make_coder(), scope="transnational")

    settle(activity, "scope", "cross_border", by=make_coder(), reason="page 3", now=NOW)

    assert Settlement.objects.get().value == "cross_border"


def test_lesson_without_any_quoted_place_is_not_published(activity):
    lesson = make_lesson()
    for coder in (make_coder(), make_coder()):
        bear(activity, lesson, "supports", coder)

    with pytest.raises(StateError) as refused:
        publish_lesson(lesson, None)
    assert refused.value.code == "lesson.no_quotation"
    make_quotation(make_document(is_simulated=True), activity=activity, page=3)
    publish_lesson(lesson, None)

    assert Lesson.objects.get().is_published


def test_two_payers_stand_in_the_order_of_the_codebook(activity):
    coding = code(activity, make_coder(), closed=False, payer_after=["regional", "members"])

    assert coding.values["payer_after"] == ["members", "regional"]


@pytest.mark.parametrize("alone", ["none", "unknown"])
def test_nobody_and_unknown_stand_beside_no_other_payer(activity, alone):
    coding = code(activity, make_coder(), closed=False)

    with pytest.raises(InputError) as refused:
        put_values(coding, {"payer_after": ["members", alone]})

    assert refused.value.code == "codebook.not_with_others"
    assert coding.values["payer_after"] == ["members"]


def test_all_closed_codings_and_public_lessons_of_seeds_and_demonstration_have_their_places():
    load_measures()
    load_seeds()
    create_demonstration(make_project(kind="demonstration"))

    closed = Coding.objects.filter(closed_at__isnull=False)
    assert closed.count() == 40
    assert [str(one) for one in closed if unquoted_fields(one)] == []
    for lesson in Lesson.objects.published():
        publish_lesson(lesson, None)
