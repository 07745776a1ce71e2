"""The demonstration's case becomes an application of which at least four fifths are filled."""

import datetime as dt
import json

import pytest

from alpclusters.analysis.funding.case_files import case_digest, read_case
from alpclusters.platform.funding.domain.mixing import compute_mix
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.operation.demonstration import create_demonstration
from alpclusters.platform.operation.reference import load_reference_data
from alpclusters.reports.application.fields import answers_of, kinds_of, shares_of, total_of
from alpclusters.reports.application.reading import read_application

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]


def test_demonstration_fills_at_least_four_fifths_of_an_application():
    load_reference_data()
    create_demonstration()
    stored = FundingCase.objects.select_related(
        "project", "action_tie__action__plan__project"
    ).get()
    run = stored.runs.get()
    mix = json.loads(json.dumps(compute_mix(run.case_data)))
    case = read_case(run.case_data)
    assert case_digest(case) == run.case_sha256

    subject = read_application(stored, case, mix, today=dt.date(2026, 12, 2), language="en")
    answers = answers_of(subject, "en")
    missing = sorted({one.field.id for one in answers if not one.is_filled})

    assert subject.is_simulated
    assert total_of(shares_of(answers)).share >= 0.8, missing
    assert kinds_of(answers).share >= 0.8, missing
