import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evidence.domain.lessons import (
    bear,
    publish_lesson,
    revert_lesson,
    save_lesson,
    settle_stance,
    suggest,
    unbear,
    unsuggest,
    versions,
    withdraw_lesson,
)
from alpclusters.platform.evidence.models import Bearing, BearingVote, Lesson
from tests.factories.accounts import make_user
from tests.factories.coding import make_coded_corpus, make_coder, make_lesson, only_activity
from tests.factories.evaluation import make_measure
from tests.factories.evidence import make_document, make_quotation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def activity():
    return only_activity(make_coded_corpus())


def test_lesson_gets_a_key_that_stays():
    lesson = save_lesson(by=None, statement={"en": "Fairs last where fees pay"}, verdict="works")
    again = save_lesson(by=None, statement={"en": "Fairs last where fees pay"}, verdict="works")

    save_lesson(lesson, by=None, statement={"en": "Fairs end"})

    assert (lesson.key, again.key) == ("fairs-last-where-fees-pay", "fairs-last-where-fees-pay-2")


def test_lesson_needs_a_statement_and_a_verdict():
    with pytest.raises(InputError):
        save_lesson(by=None, verdict="works")
    with pytest.raises(InputError):
        save_lesson(by=None, statement={"de": "Messen bleiben"}, verdict="perhaps")
    assert Lesson.objects.count() == 0


def test_stance_stays_hidden_until_both_have_spoken(activity):
    lesson, first, second = make_lesson(), make_coder(), make_coder()

    bearing = bear(activity, lesson, "supports", first)
    assert bearing.stance == ""

    bearing = bear(activity, lesson, "supports", second)
    assert bearing.stance == "supports"


def test_differing_stances_are_settled_by_a_third_and_stay(activity):
    lesson, first, second, third = make_lesson(), make_coder(), make_coder(), make_coder()
    bear(activity, lesson, "supports", first)
    bearing = bear(activity, lesson, "contradicts", second)
    assert bearing.stance == ""

    with pytest.raises(StateError):
        settle_stance(bearing, "mixed", first)
    settle_stance(bearing, "mixed", third)

    assert bearing.stance == "mixed"
    votes = BearingVote.objects.order_by("place").values_list("place", "stance")
    assert list(votes) == [(1, "supports"), (2, "contradicts"), (3, "mixed")]


def test_vote_may_change_until_it_was_compared(activity):
    lesson, first, second = make_lesson(), make_coder(), make_coder()
    bear(activity, lesson, "supports", first)
    bear(activity, lesson, "mixed", first)
    bear(activity, lesson, "mixed", second)

    with pytest.raises(StateError):
        bear(activity, lesson, "supports", first)
    with pytest.raises(StateError):
        bear(activity, lesson, "supports", make_coder())
    assert Bearing.objects.get().stance == "mixed"


def test_only_vote_taken_back_unties(activity):
    lesson, coder = make_lesson(), make_coder()
    bearing = bear(activity, lesson, "supports", coder)

    assert not unbear(bearing, make_coder())
    assert unbear(bearing, coder)

    assert Bearing.objects.count() == 0


def test_seeded_stance_stays_while_one_coder_looks_at_it(activity):
    lesson = make_lesson()
    Bearing.objects.create(activity=activity, lesson=lesson, stance="supports", is_seeded=True)

    bearing = bear(activity, lesson, "contradicts", make_coder())
    assert bearing.stance == "supports"

    assert bear(activity, lesson, "contradicts", make_coder()).stance == "contradicts"


def test_programme_line_bears_on_nothing(activity):
    activity.initiative.kind = "programme_line"

    with pytest.raises(StateError):
        bear(activity, make_lesson(), "supports", make_coder())


def test_lesson_without_a_trail_is_not_published(activity):
    lesson = make_lesson()

    with pytest.raises(StateError):
        publish_lesson(lesson, None)
    coders = make_coder(), make_coder()
    for coder in coders:
        bear(activity, lesson, "supports", coder)
    make_quotation(make_document(is_simulated=True), activity=activity, page=3)
    publish_lesson(lesson, None)
    assert list(Lesson.objects.published()) == [lesson]

    withdraw_lesson(lesson, None)
    assert list(Lesson.objects.published()) == []


def test_measure_is_suggested_once_with_its_newest_note():
    lesson, measure = make_lesson(), make_measure("fair")

    suggest(lesson, measure, None, "first")
    suggest(lesson, measure, None, "second")
    assert [tie.note for tie in lesson.suggestions.all()] == ["second"]

    assert unsuggest(lesson, measure)
    assert not unsuggest(lesson, measure)


def test_earlier_version_comes_back_and_both_stay_in_the_history():
    author = make_user()
    lesson = make_lesson(statement={"en": "Fairs last"})
    save_lesson(lesson, by=author, statement={"en": "Fairs end"})
    first = versions(lesson)[-1]

    assert revert_lesson(lesson, history_id=first.number, by=author)

    assert lesson.statement.inside("en") == "Fairs last"
    changed = [[(c.field, c.language) for c in version.changes] for version in versions(lesson)]
    assert changed == [[("statement", "en")], [("statement", "en")], []]
    assert versions(lesson)[0].made_by == str(author)
    assert not revert_lesson(lesson, history_id=10**9, by=author)


def test_lesson_whose_stored_certainty_is_out_of_date_is_not_published(activity):
    lesson = make_lesson()
    for coder in (make_coder(), make_coder()):
        bear(activity, lesson, "supports", coder)
    make_quotation(make_document(is_simulated=True), activity=activity, page=3)
    derived = Lesson.objects.get(pk=lesson.pk).grade
    Lesson.objects.filter(pk=lesson.pk).update(grade="A")
    lesson.refresh_from_db()

    with pytest.raises(StateError) as caught:
        publish_lesson(lesson, None)

    error = caught.value
    assert (error.code, error.found, error.expected) == ("lesson.grade_outdated", "A", derived)
    assert not Lesson.objects.published().exists()
