"""Daily work: once a day each, whoever asks; what fails is tried again and seen."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from alpclusters.cli.remind_jobs import calls as real_calls
from alpclusters.cli.speech import Speech
from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.operation.checkup.work import daily
from alpclusters.platform.operation.daily import JOBS, LATE, run_jobs, standings
from alpclusters.platform.operation.daily_note import daily_figures, due_at
from alpclusters.platform.operation.models import JobRun

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Work:
    """Jobs that note that they were called, and fail where a test wants it."""

    def __init__(self, home) -> None:
        self.home, self.done, self.broken = home, [], set()

    def __call__(self, now, *, only_due=True):
        calls = {name: lambda _now, name=name: self._do(name) for name in JOBS}
        return run_jobs(calls, home=self.home, now=now, only_due=only_due)

    def _do(self, name):
        self.done.append(name)
        if name in self.broken:
            raise ConnectionRefusedError("ana@example.org was not told")
        return 1


@pytest.fixture
def work(tmp_path):
    return Work(tmp_path)


def test_there_is_a_call_for_every_job():
    assert list(real_calls(Speech("en"))) == list(JOBS)


def test_every_job_is_done_once_a_day_however_often_somebody_asks(work):
    for hours in (0, 1, 12, 21):
        work(NOW + hours * HOUR)
    assert work.done == list(JOBS)

    work(NOW + 24 * HOUR)
    assert work.done == [*JOBS, *JOBS]


def test_what_was_missed_while_nothing_ran_is_done_at_once_and_only_once(work):
    work(NOW)
    work(NOW + timedelta(days=9))
    work(NOW + timedelta(days=9, hours=1))

    assert len(work.done) == 2 * len(JOBS)


def test_a_job_that_another_machine_does_now_is_left_to_it(work):
    JobRun.objects.create(name="links", known_since=NOW, leased_until=NOW + HOUR / 2)

    work(NOW)
    assert "links" not in work.done
    # That machine died: its lease ends.
    work(NOW + HOUR)
    assert "links" in work.done


def test_a_job_that_fails_holds_up_no_other_and_is_tried_again_in_an_hour(work):
    work.broken = {"cafe_reminders"}
    done = work(NOW)
    assert (done["cafe_reminders"], done["forget_files"]) == (None, 1)

    work(NOW + HOUR / 2)
    work(NOW + 2 * HOUR)
    assert work.done.count("cafe_reminders") == 2
    assert JobRun.objects.get(name="cafe_reminders").n_failures == 2

    work.broken = set()
    work(NOW + 4 * HOUR)
    row = JobRun.objects.get(name="cafe_reminders")
    assert (row.n_failures, row.error, row.finished_at) == (0, "", NOW + 4 * HOUR)


def test_an_error_is_kept_without_what_it_says_of_people(work):
    work.broken = {"links"}
    work(NOW)

    row = JobRun.objects.get(name="links")
    assert row.error == "ConnectionRefusedError"
    assert "ana" not in json.dumps(list(JobRun.objects.values()), default=str)


def test_a_clock_that_was_years_ahead_does_not_stop_the_work(work):
    work(NOW + timedelta(days=3_000))
    work(NOW)

    assert len(work.done) == 2 * len(JOBS)


def test_the_supervisor_learns_when_to_come_again_and_monitors_how_it_went(work):
    work.broken = {"links"}
    work(NOW)

    later = (NOW + 30 * HOUR).timestamp()
    figures = daily_figures(work.home, now=later)
    assert due_at(work.home) == (NOW + HOUR).timestamp()
    assert figures['job_age_seconds{job="forget_invited"}'] == 30 * 3600
    assert figures['job_failures{job="links"}'] == 1
    assert due_at(work.home / "elsewhere") is None


def test_work_that_was_not_done_for_two_days_is_late(work):
    assert not any(one.is_late for one in standings(NOW))
    work.broken = {"forget_invited"}
    work(NOW)

    late = {one.name for one in standings(NOW + LATE + HOUR) if one.is_late}
    soon = {one.name for one in standings(NOW + HOUR) if one.is_late}
    assert (late, soon) == (set(JOBS), set())


@pytest.mark.parametrize(("days", "state"), [(0, "ok"), (5, "error")])
def test_the_doctor_alarms_when_daily_work_is_not_done(work, days, state):
    now = datetime.now(tz=UTC)
    work(now - timedelta(days=days))

    configuration = load_configuration({"ALPCLUSTERS_HOME": str(work.home)})
    (found,) = daily(configuration, translator("en"))

    assert found.state == state
    assert state == "ok" or "Deleting names of invited people" in found.finding


def test_the_doctor_tells_of_failures(work):
    work.broken = {"links"}
    work(datetime.now(tz=UTC))

    (found,) = daily(load_configuration({"ALPCLUSTERS_HOME": str(work.home)}), translator("en"))

    assert (found.state, "Questions about links" in found.finding) == ("warning", True)
