"""The proof of the demonstration's case: at most three pages in every language."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from alpclusters.analysis.funding.case_files import read_case
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.case_offers import with_titles
from alpclusters.platform.funding.domain.demonstration import (
    create_demonstration_case,
    load_demonstration_offers,
)
from alpclusters.platform.funding.domain.mixing.computing import compute
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.funding import write_mix_file
from tests.factories.evaluation import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]
DAY = dt.date(2026, 12, 2)
MOST_PAGES = 3


def test_proof_of_the_demonstration_has_three_pages_at_most():
    load_demonstration_offers()
    stored = create_demonstration_case(make_project())
    data = computed_data(stored)
    asked = Asked(data, with_extras=False)
    mix = compute(asked, tell=lambda _message: True)
    case = read_case(data, territory=territory())

    pages = {}
    for language in LANGUAGE_CODES:
        named = with_titles(case, language)
        terms = {"kind": "proof", "ending": "pdf", "language": language, "day": DAY}
        read = PdfReader(io.BytesIO(write_mix_file(named, mix, **terms)))
        pages[language] = len(read.pages)

    assert len(mix["check"]["ceilings"]) > 100
    assert max(pages.values()) <= MOST_PAGES, pages
