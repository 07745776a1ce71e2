"""Networks are measured after a change: once, when it is really there."""

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.network.domain.measuring.asking import measure_soon
from alpclusters.platform.network.domain.measuring.tasks import measure_networks
from alpclusters.platform.network.models import NetworkSnapshot
from tests.factories.networks import make_bodies, make_project_of, tie

pytestmark = [pytest.mark.integration]


def waiting() -> int:
    return DBTaskResult.objects.ready().filter(task_path=measure_networks.module_path).count()


@pytest.mark.django_db
def test_a_change_asks_once_whatever_its_size(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as asked:
        bodies = make_bodies("AT33", 6)
        for other in bodies[1:]:
            tie(bodies[0], other)
        make_project_of(bodies)

    assert waiting() == 1
    assert len([one for one in asked if one.__module__.endswith("asking")]) == 1


@pytest.mark.django_db
def test_what_waits_is_not_asked_for_again(django_capture_on_commit_callbacks):
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            measure_soon()

    assert waiting() == 1


@pytest.mark.django_db
def test_what_was_taken_back_asks_for_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tie(*make_bodies("AT33", 2))
        transaction.set_rollback(True)

    assert waiting() == 0


@pytest.mark.django_db
def test_the_worker_measures(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "alpclusters.platform.network.domain.measuring.stored.folder", lambda: tmp_path
    )
    tie(*make_bodies("AT33", 2))

    measure_networks.call()

    assert NetworkSnapshot.objects.current().count() == 2
