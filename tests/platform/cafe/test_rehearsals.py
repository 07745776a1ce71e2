import pytest

from alpclusters.live import gateway
from alpclusters.platform.cafe.domain.keys import key_path
from alpclusters.platform.cafe.domain.rehearsals import answer_phase, begin_rehearsal, end_rehearsal
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe, Card, Feedback, Participant, Rating, TopThree
from alpclusters.platform.cafe.rules import visible_to
from alpclusters.platform.trail.models import Edge
from tests.factories.accounts import make_user
from tests.factories.cafe import NOW
from tests.factories.tables import make_planned_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def hall():
    cafe = make_planned_hall(guests=12, tables=3, rounds=2)
    cafe.state, cafe.phase = AlpCafe.State.DRAFT, "draft"
    cafe.has_feedback = True
    cafe.save()
    return cafe


def go_through(copy):
    """Press "next" until nothing follows, and let the guests answer each time."""
    answer_phase(copy, gateway)
    phases = []
    while copy.phase != "feedback":
        copy = act(copy, "next", seen=None, by=None, now=NOW).cafe
        answer_phase(copy, gateway)
        phases.append(copy.phase)
    return phases


def test_a_rehearsal_goes_through_all_phases_with_simulated_guests(hall):
    copy = begin_rehearsal(hall, by=None, now=NOW)

    phases = go_through(copy)

    assert phases[:2] == ["presentation", "seating"]
    assert phases.count("talk") == 2
    people = Participant.objects.filter(cafe=copy)
    assert people.count() == 12
    assert all(people.values_list("is_simulated", flat=True))
    assert Rating.objects.filter(cafe=copy).exists()
    assert TopThree.objects.filter(cafe=copy).count() == 12
    assert Card.objects.filter(cafe=copy).exists()
    assert Feedback.objects.filter(cafe=copy).count() == 12
    assert copy.is_simulated


def test_answering_twice_changes_nothing(hall):
    copy = begin_rehearsal(hall, by=None, now=NOW)
    go_through(copy)
    before = Rating.objects.count(), Feedback.objects.count()
    copy.refresh_from_db()

    answer_phase(copy, gateway)

    assert (Rating.objects.count(), Feedback.objects.count()) == before


def test_nobody_who_counts_or_lists_meets_a_rehearsal(hall):
    copy = begin_rehearsal(hall, by=None, now=NOW)
    admin = make_user(is_superuser=True)

    assert list(AlpCafe.objects.all()) == [hall]
    assert list(hall.project.cafes.all()) == [hall]
    assert list(visible_to(admin)) == [hall]
    assert copy in visible_to(admin, with_rehearsals=True)
    assert not AlpCafe.objects.public().filter(pk=copy.pk).exists()
    assert not Edge.objects.exists()


def test_the_copy_has_the_room_but_no_names(hall):
    hall.guests.filter(number=1).update(name="Maria Huber")

    copy = begin_rehearsal(hall, by=None, now=NOW)

    assert copy.guests.count() == hall.guests.count()
    assert not copy.guests.exclude(name="").exists()
    assert copy.seat_plans.get().data == hall.seat_plans.get(is_current=True).data
    assert (copy.title.inside("de"), copy.title.inside("sl")) == (
        f"Probe: {hall.title}",
        f"Vaja: {hall.title}",
    )
    assert copy.code != hall.code


def test_one_tap_deletes_everything_and_the_real_one_is_untouched(hall):
    before = AlpCafe.objects.filter(pk=hall.pk).values().get()
    rows = hall.guests.count(), hall.tables.count(), hall.cafe_measures.count()
    copy = begin_rehearsal(hall, by=None, now=NOW)
    go_through(copy)

    end_rehearsal(copy)

    assert AlpCafe.everything.count() == 1
    assert not Participant.objects.exists()
    assert not Rating.objects.exists()
    assert not AlpCafe.history.exclude(id=hall.pk).exists()
    assert AlpCafe.objects.filter(pk=hall.pk).values().get() == before
    assert (hall.guests.count(), hall.tables.count(), hall.cafe_measures.count()) == rows


def test_the_key_of_a_rehearsal_goes_with_it(hall, settings, django_capture_on_commit_callbacks):
    copy = begin_rehearsal(hall, by=None, now=NOW)
    answer_phase(copy, gateway)
    path = key_path(settings.HOME, copy.pk)
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        end_rehearsal(copy)

    assert not path.exists()


def test_a_second_tap_goes_on_with_the_first_rehearsal(hall):
    first = begin_rehearsal(hall, by=None, now=NOW)

    assert begin_rehearsal(hall, by=None, now=NOW) == first


def test_a_real_alpcafe_is_neither_deleted_nor_answered(hall):
    with pytest.raises(ValueError, match="not a rehearsal"):
        end_rehearsal(hall)
    assert answer_phase(hall, gateway) == 0
