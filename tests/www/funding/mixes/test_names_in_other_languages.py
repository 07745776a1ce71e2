"""Names of offers that the catalogue has in another language only are marked as such."""

import pytest
from django.utils import translation

from tests.factories.funding import make_offer, make_programme
from tests.factories.mixes import make_case, make_done_run
from tests.www.funding.mixes.mix_pages import address, mix_of, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TITLE = "Grant V of a foundation (simulated)"


@pytest.mark.usefixtures("planner")
def test_name_of_an_offer_on_a_german_page_says_that_it_is_english(client, project):
    make_offer(make_programme(), key="V", title={"en": TITLE})
    data, mix = mix_of(wishes=[{"type": "avoid", "offer": "V"}])
    run = make_done_run(make_case(project, data), result=mix)
    place = next(i for i, one in enumerate(data["offers"]) if one["id"] == "V")
    own = text_of(client.get(address("mix_offer", run, place)))
    with translation.override("de"):
        sheet = text_of(client.get(address("mix_offer", run, place)))
        overview = text_of(client.get(address("mix", run)))

    assert f'<span lang="en">{TITLE}</span>' in sheet
    assert f'lang="en">{TITLE}</a>' in overview
    assert f'<span lang="en">{TITLE}' not in own
