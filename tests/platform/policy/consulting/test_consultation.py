"""From opening to the published answers: what is frozen, what is refused, where comments go."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.consulting.answering import answer_comment, withhold_comment
from alpclusters.platform.policy.domain.consulting.commenting import (
    MOST_AT_ONCE,
    due_letters,
    find_comment,
    find_invitation,
    forget_invited,
    invite,
    note_sent,
    token_of,
    withdraw_comment,
)
from alpclusters.platform.policy.domain.consulting.steps import (
    TABLE,
    Wanted,
    change_consultation,
    close_consultation,
    close_due,
    finish_answers,
    frozen_texts,
    open_consultation,
    place_of,
    publish_consultation,
    store_orphans,
)
from alpclusters.platform.policy.domain.states import Step, move
from alpclusters.platform.policy.models import Comment, Consultation, Recommendation
from tests.factories.consultations import (
    ENDS,
    make_comment,
    make_consultation,
    ready_recommendation,
)
from tests.factories.evaluation import NOW

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LATER = NOW + timedelta(days=40)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def answered(consultation):
    close_consultation(consultation)
    for one in consultation.comments.all():
        answer_comment(one, "accepted", answer="Done.", by=None, now=NOW)
    return finish_answers(consultation)


def test_opening_freezes_versions_and_texts_by_paragraph():
    one = ready_recommendation()
    found = make_consultation(one)
    one.refresh_from_db()
    one.text, one.version = "Something new.", one.version + 1
    one.save()

    [text] = [t for t in frozen_texts(found, one.pk, "sl") if t.field == "text"]

    assert found.versions == {str(one.pk): one.version - 1}
    assert text.paragraphs == ("Regions share a test bench.", "Start-ups may use it for free.")
    assert Recommendation.objects.get().state == "in_consultation"


@pytest.mark.parametrize(
    ("end", "changes", "code"),
    [
        (None, {}, "consultation.no_end"),
        (NOW.date(), {}, "consultation.no_end"),
        (ENDS, {"addressee": ""}, "consultation.not_ready"),
        (ENDS, {"state": "adopted"}, "consultation.not_ready"),
    ],
)
def test_it_opens_only_when_everything_is_there(end, changes, code):
    one = ready_recommendation(**changes)
    before = one.state
    planned = make_consultation(one, closes_on=end, is_open=False)

    with pytest.raises(StateError) as found:
        open_consultation(planned, by=None, now=NOW)

    assert found.value.code == code
    assert Consultation.objects.get().state == "planned"
    assert Recommendation.objects.get().state == before


def test_without_recommendations_or_a_title_it_does_not_open():
    one = ready_recommendation()
    planned = make_consultation(one, is_open=False)
    bare = Wanted({"title": {"en": "A", "de": ""}}, "public", None, ENDS, ())
    change_consultation(planned, bare)
    with pytest.raises(StateError) as found:
        open_consultation(planned, by=None, now=NOW)
    assert found.value.code == "consultation.no_recommendations"

    texts = {"title": {}}
    change_consultation(planned, Wanted(texts, "public", None, ENDS, [one]))
    with pytest.raises(StateError) as found:
        open_consultation(planned, by=None, now=NOW)
    assert found.value.code == "consultation.languages"


@pytest.mark.parametrize("state", Consultation.State.values)
def test_steps_out_of_order_are_refused_with_those_that_are_possible(state):
    found = make_consultation()
    Consultation.objects.update(state=state)
    steps = {
        "open": lambda: open_consultation(found, by=None, now=NOW),
        "closed": lambda: close_consultation(found),
        "answered": lambda: finish_answers(found),
        "published": lambda: publish_consultation(found),
    }
    for to in set(steps) - set(TABLE[state]):
        with pytest.raises(StateError) as error:
            steps[to]()
        assert error.value.expected == ", ".join(TABLE[state])
    assert Consultation.objects.get().state == state


def test_an_open_consultation_is_not_changed():
    found = make_consultation()

    with pytest.raises(StateError):
        change_consultation(found, Wanted({}, "invited", None, None, ()))

    assert Consultation.objects.get().audience == "public"


def test_a_comment_knows_its_version_and_the_words_it_is_about():
    comment, token = make_comment(make_consultation(), on_behalf_of="Timber Cluster")

    assert comment.quote == "Start-ups may use it for free."
    assert comment.version == comment.recommendation.version
    assert find_comment(token) == comment
    assert token not in str(Comment.objects.values())
    assert find_comment("other") is None


@pytest.mark.parametrize(
    "changes",
    [{"paragraph": 2}, {"paragraph": -1}, {"field": "code"}, {"language": "xx"}, {"text": " "}],
)
def test_a_comment_on_nothing_is_refused(changes):
    with pytest.raises(InputError):
        make_comment(make_consultation(), **changes)

    assert not Comment.objects.exists()


def test_late_comments_are_kept_and_marked():
    found = make_consultation()
    in_time, _token = make_comment(found)
    after_end, _token = make_comment(found, now=LATER)
    close_consultation(found)
    after_close, _token = make_comment(found)

    assert [one.is_late for one in (in_time, after_end, after_close)] == [False, True, True]


def test_after_the_answers_no_comment_is_taken():
    found = answered(make_consultation())

    with pytest.raises(StateError):
        make_comment(found)


def test_too_many_at_once_are_refused():
    found = make_consultation()
    for _ in range(MOST_AT_ONCE):
        make_comment(found)

    with pytest.raises(StateError) as error:
        make_comment(found)

    assert error.value.code == "comment.too_many"
    assert make_comment(found, now=NOW + timedelta(minutes=11))


def test_every_comment_is_answered_before_the_consultation_is():
    found = make_consultation()
    comment, _token = make_comment(found)
    with pytest.raises(StateError):
        answer_comment(comment, "accepted", answer="Yes", by=None, now=NOW)
    close_consultation(found)
    with pytest.raises(StateError) as error:
        finish_answers(found)
    assert error.value.code == "consultation.comments_open"
    for state, answer in (("accepted", " "), ("open", "Yes")):
        with pytest.raises(InputError):
            answer_comment(comment, state, answer=answer, by=None, now=NOW)

    answer_comment(comment, "rejected", answer="No money.", by=None, now=NOW)

    assert publish_consultation(finish_answers(found)).state == "published"
    with pytest.raises(StateError):
        answer_comment(comment, "accepted", answer="Yes", by=None, now=NOW)


def test_the_recommendation_is_revised_once_all_is_answered():
    found = make_consultation()
    make_comment(found)
    close_consultation(found)
    one = found.recommendations.get()
    with pytest.raises(StateError):
        move(one, Step("revised"), by=None, now=NOW)

    answer_comment(Comment.objects.get(), "accepted", answer="Done.", by=None, now=NOW)

    assert move(one, Step("revised"), by=None, now=NOW).state == "revised"


def test_an_author_takes_a_comment_back_while_it_is_open():
    found = make_consultation()
    comment, _token = make_comment(found, on_behalf_of="Timber Cluster")

    withdraw_comment(comment)

    stored = Comment.objects.get()
    assert (stored.state, stored.text, stored.on_behalf_of) == ("withdrawn", "", "")
    close_consultation(found)
    assert finish_answers(found).state == "answered"


def test_after_the_close_nothing_is_taken_back():
    found = make_consultation()
    comment, _token = make_comment(found)
    close_consultation(found)

    with pytest.raises(StateError):
        withdraw_comment(comment)


def revise(text):
    one = Recommendation.objects.get()
    one.text, one.version = text, one.version + 1
    one.save()
    return Comment.objects.select_related("recommendation").get()


def test_a_comment_moves_with_its_paragraph():
    make_comment(make_consultation())

    comment = revise("A preface.\n\nRegions share it.\n\nAll start-ups may use it for free.")

    assert (place_of(comment).paragraph, place_of(comment).has_moved) == (2, True)


def test_a_comment_without_its_paragraph_is_orphaned():
    found = make_consultation()
    make_comment(found)

    comment = revise("Nothing of that is left here, other words stand in its place.")

    assert place_of(comment).is_orphaned
    assert store_orphans(found) == 1
    assert Comment.objects.get().is_orphaned


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(before=st.integers(0, 4), after=st.integers(0, 4))
def test_paragraphs_around_it_never_orphan_a_comment(before, after):
    Consultation.objects.all().delete()
    Recommendation.objects.all().delete()
    make_comment(make_consultation())
    words = ["Something else altogether."] * before
    words += ["Start-ups may use it for free.", *["Other words here."] * after]

    assert place_of(revise("\n\n".join(words))).paragraph == before


def test_those_past_their_day_are_closed():
    make_consultation()

    assert close_due(NOW) == []
    assert [one.state for one in close_due(LATER)] == ["closed"]


def test_invited_once_written_to_reminded_and_forgotten():
    found = make_consultation(audience="invited")
    [one] = invite(found, ["Ana@example.si ", "ana@example.si"], language="sl")
    assert invite(found, ["ana@example.si"], language="sl") == []
    assert find_invitation(token_of(one)) == one
    assert find_invitation("other") is None

    assert due_letters(NOW) == [one]
    note_sent(one, now=NOW)
    assert due_letters(NOW) == []
    near = NOW + timedelta(days=28)
    assert due_letters(near) == [one]
    note_sent(due_letters(near)[0], now=near)
    assert due_letters(near) == []
    close_consultation(found)
    assert forget_invited(near) == 0
    assert forget_invited(NOW + timedelta(days=130)) == 1


def test_comment_is_shown_again_by_an_answer_and_needs_none_while_it_is_kept_back():
    found = make_consultation()
    make_comment(found)
    withhold_comment(Comment.objects.get(), reason="It names a person.", by=None, now=NOW)
    close_consultation(found)

    answer_comment(Comment.objects.get(), "accepted", answer="Done.", by=None, now=NOW)
    again = Comment.objects.get()
    withhold_comment(again, reason="After all: it names a person.", by=None, now=NOW)

    assert (again.state, again.answer) == ("accepted", "Done.")
    assert finish_answers(found).state == "answered"


def test_comment_taken_back_is_not_kept_back():
    found = make_consultation()
    make_comment(found)
    withdraw_comment(Comment.objects.get())

    with pytest.raises(StateError) as refused:
        withhold_comment(Comment.objects.get(), reason="It insults.", by=None, now=NOW)

    assert refused.value.code == "comment.answered"


def test_comment_that_is_kept_back_can_still_be_taken_back_by_its_author():
    found = make_consultation()
    make_comment(found)
    withhold_comment(Comment.objects.get(), reason="It names a person.", by=None, now=NOW)

    withdraw_comment(Comment.objects.get())

    assert (Comment.objects.get().state, Comment.objects.get().text) == ("withdrawn", "")
