"""Invented and real never mix in the evidence base: every tie across is refused."""

import pytest

from alpclusters.analysis.errors import InputError
from alpclusters.platform.evidence.domain.corpora import add_initiatives, make_corpus
from alpclusters.platform.evidence.domain.documents.adding import add_document, change_document
from alpclusters.platform.evidence.domain.documents.quoting import quote
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.initiatives.editing import change_initiative
from alpclusters.platform.evidence.domain.initiatives.partners import add_partner
from alpclusters.platform.evidence.domain.lessons import bear
from alpclusters.platform.evidence.domain.measures import lessons_behind
from alpclusters.platform.evidence.models import Bearing
from tests.factories.accounts import make_user
from tests.factories.evaluation import make_measure, make_project
from tests.factories.evidence import (
    make_activity,
    make_codebook,
    make_document,
    make_initiative,
    make_lesson,
    make_participation,
    make_suggestion,
    store_as_before,
)
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
WORLDS = (False, True)


def refused():
    return pytest.raises(InputError, match=r"worlds\.mixed")


@pytest.fixture
def things():
    """Return one thing of each kind of both worlds."""
    return {
        world: {
            "initiative": (initiative := make_initiative(is_simulated=world)),
            "activity": make_activity(initiative, is_simulated=world),
            "document": make_document(is_simulated=world),
            "lesson": make_lesson(is_simulated=world),
        }
        for world in WORLDS
    }


@pytest.mark.parametrize("world", WORLDS)
def test_activity_bears_on_no_lesson_of_the_other_world(things, world):
    with refused():
        bear(things[world]["activity"], things[not world]["lesson"], "supports", make_user())

    assert not Bearing.objects.exists()


def test_lesson_on_which_nothing_rests_is_of_the_world_of_its_first_activity(things):
    begun = make_lesson(is_published=False)

    bear(things[True]["activity"], begun, "supports", make_user())

    begun.refresh_from_db()
    assert begun.is_simulated
    with refused():
        bear(things[False]["activity"], begun, "supports", make_user())


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("kind", ["activity", "lesson"])
def test_document_is_quoted_for_its_own_world_only(things, world, kind):
    with refused():
        quote(things[world]["document"], by=None, **{kind: things[not world][kind]})


@pytest.mark.parametrize("world", WORLDS)
def test_document_is_about_initiatives_of_its_own_world_only(things, world):
    about = add_document(title="Report", by=None, initiatives=[things[world]["initiative"]])

    assert about.is_simulated == world
    with refused():
        change_document(about, {}, by=make_user(), initiatives=[things[not world]["initiative"]])
    with refused():
        add_document(title="Both", by=None, initiatives=[things[w]["initiative"] for w in WORLDS])


@pytest.mark.parametrize("world", WORLDS)
def test_corpus_takes_initiatives_of_its_own_world_only(things, world):
    project = make_project(kind="demonstration" if world else "active")
    corpus = make_corpus(project, name="Corpus", codebook=make_codebook())

    assert add_initiatives(corpus, [things[world]["initiative"]], by=None) == 1
    with refused():
        add_initiatives(corpus, [things[not world]["initiative"]], by=None)


@pytest.mark.parametrize("world", WORLDS)
def test_initiative_continues_and_names_bodies_of_its_own_world_only(things, world):
    initiative, other = things[world]["initiative"], things[not world]["initiative"]
    body = make_organisation(is_simulated=not world)

    with refused():
        change_initiative(initiative, {"follows_id": other.pk}, by=make_user())
    with refused():
        add_partner(initiative, name="Body", by=make_user(), organisation=body)


def test_same_bodies_make_no_family_of_an_invented_and_a_real_initiative(things):
    both = [things[world]["initiative"] for world in WORLDS]
    for initiative in both:
        for name in ("Body one", "Body two", "Body three"):
            make_participation(initiative, name)

    refresh_families()

    for initiative in both:
        initiative.refresh_from_db()
        assert initiative.family == initiative.pk


@pytest.mark.parametrize("world", WORLDS)
def test_measure_shows_lessons_of_one_world_and_what_bears_on_them_there(things, world):
    measure, user = make_measure(), make_user()
    for w in WORLDS:
        make_suggestion(things[w]["lesson"], measure)
        # As stored before ties across were refused.
        for activity in (things[w]["activity"], things[not w]["activity"]):
            tie = Bearing(activity=activity, lesson=things[w]["lesson"], stance="supports")
            store_as_before(tie)

    (shown,) = lessons_behind(measure, seen_by=user, is_simulated=world)

    assert shown.lesson == things[world]["lesson"]
    assert shown.supports == (things[world]["activity"],)
