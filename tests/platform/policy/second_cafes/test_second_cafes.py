"""Recommendations that are rated in an AlpCafé and rest on what came of it."""

from datetime import date

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.policy.domain.second_cafes import (
    Event,
    ground_again,
    key_of,
    measures_of,
    prepare_cafe,
    snapshots_on,
)
from alpclusters.platform.policy.domain.strengths import strength_for
from alpclusters.platform.policy.models import Recommendation
from tests.factories.evaluation import (
    NOW,
    VARIED,
    fill,
    make_cafe,
    make_measure,
    make_region,
    make_snapshot,
)
from tests.factories.policy import make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def one():
    return make_recommendations()[0]


def rated(one):
    """Let eight people rate a recommendation and evaluate it."""
    [measure] = measures_of([one], by=None)
    cafe = make_cafe(project=one.project, measures=[measure.key])
    fill(cafe, {"AT32": VARIED}, measures=[measure.key])
    return make_snapshot(cafe=cafe)


def test_a_recommendation_is_a_measure_of_its_project_once_a_version(one):
    [first] = measures_of([one], by=None)
    [again] = measures_of([one], by=None)
    one.version += 1
    one.save()
    [later] = measures_of([one], by=None)

    assert again == first
    assert later != first
    assert first.key == f"rec-{one.uuid.hex}-v{one.version - 1}"
    assert first.project == one.project
    assert first.name.inside("sl") == one.title.inside("sl")
    assert first.type_key == one.findings.first().measure.type_key


def test_long_texts_are_cut_at_a_word(one):
    one.title, one.text = "word " * 31, "text " * 700
    one.save()

    [made] = measures_of([one], by=None)

    assert len(made.name.inside("en")) <= 80
    assert len(made.description.inside("en")) <= 1200
    assert made.name.inside("en").endswith("word …")


def test_without_a_measure_behind_it_a_type_is_asked_for(one):
    one.findings.clear()
    with pytest.raises(InputError) as found:
        measures_of([one], by=None)
    assert found.value.code == "second_cafe.kind"

    kind = make_measure("pilot")
    assert measures_of([one], kind=kind, by=None)[0].type_key == kind.type_key


def test_nothing_chosen_or_written_is_refused(one):
    with pytest.raises(InputError):
        measures_of([], by=None)
    Recommendation.objects.update(text={})
    with pytest.raises(InputError) as found:
        measures_of([Recommendation.objects.get()], by=None)
    assert found.value.code == "second_cafe.languages"
    assert not Measure.objects.filter(project=one.project).exists()


def test_the_cafe_has_the_recommendation_on_its_table(one):
    measures = measures_of([one], by=None)
    event = Event(make_region("AT32"), date(2026, 12, 1), {"en": "Second AlpCafé"})

    cafe = prepare_cafe(one.project, measures, event, by=None)

    assert [m.key for m in cafe.measures.all()] == [key_of(one)]
    assert cafe.state == "draft"


def test_results_ground_the_next_version_besides_what_was_there(one):
    before = set(one.findings.all())
    snapshot = rated(one)
    one.version += 1
    one.save()

    found = ground_again(snapshot, by=None, now=NOW)

    after = set(one.findings.all())
    assert [r.pk for r in found.changed] == [one.pk]
    assert before < after
    assert len(after - before) == found.n_findings > 0
    assert {f.snapshot for f in after - before} == {snapshot}
    assert strength_for(one).rated is not None


def test_taken_over_twice_nothing_is_doubled(one):
    snapshot = rated(one)
    ground_again(snapshot, by=None, now=NOW)
    n = one.findings.count()

    assert ground_again(snapshot, by=None, now=NOW).n_findings == 0
    assert one.findings.count() == n


def test_a_decided_recommendation_stays_as_it_is(one):
    snapshot = rated(one)
    Recommendation.objects.update(state="adopted")
    n = one.findings.count()

    found = ground_again(snapshot, by=None, now=NOW)

    assert [r.pk for r in found.decided] == [one.pk]
    assert one.findings.count() == n


def test_other_cafes_are_no_such_cafes(one):
    snapshot = one.findings.first().snapshot

    assert list(snapshots_on(one.project)) == []
    with pytest.raises(StateError):
        ground_again(snapshot, by=None, now=NOW)
