"""The page of the rule-books: which rule held on which day, and how sure it is."""

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.analysis.funding.rulebooks import RULES
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.public.rulebooks import GROUPS, anchor

pytestmark = pytest.mark.integration
URL = "public:funding_rules"


def page(client: Client, **query: str) -> str:
    return client.get(reverse(URL), query).content.decode()


@pytest.mark.django_db
def test_the_rules_of_a_day_are_shown_with_act_and_days(client):
    text = page(client, on="2023-06-30")

    assert "Rules of 30\xa0June\xa02023, rule-book RB-2021" in text
    assert 'id="rule-dm-1"' in text
    assert 'id="rule-dm-2"' not in text
    assert "€20,000 per undertaking and project" in text
    assert "https://eur-lex.europa.eu/eli/reg/2013/1407/oj" in text
    assert "Decision support, not legal advice." in text


@pytest.mark.django_db
def test_the_next_day_has_the_new_ceiling(client):
    text = page(client, on="2023-07-01")

    assert "€22,000 per undertaking and project" in text
    assert "€20,000 per undertaking and project" not in text


@pytest.mark.django_db
def test_a_book_shows_all_its_versions(client):
    text = page(client, book="RB-2021")

    assert "€22,000 per undertaking and project" in text
    assert "€20,000 per undertaking and project" in text


@pytest.mark.django_db
def test_unverified_figures_say_so(client):
    text = page(client, on="2012-01-01")

    assert "DM-0" in text
    assert "Unverified: number of the article" in text


@pytest.mark.django_db
def test_before_the_first_book_there_is_no_rule(client):
    assert "No rule-book for this day" in page(client, on="1999-01-01")


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2023-02-30", "tomorrow", "9999999", "<i>"])
def test_what_is_no_day_is_said_and_today_shown(client, day):
    text = page(client, on=day)

    assert "That is no day" in text
    assert "<i>" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_page_is_there_in_five_languages(client, language):
    answer = client.get(f"/{language}/funding/rules/")

    assert answer.status_code == 200


def test_every_rule_is_in_a_group_and_has_an_anchor_of_its_own():
    letters = {one for group, _ in GROUPS for one in group}
    ids = {rule.id for rule in RULES}

    assert {rule_id.partition("-")[0] for rule_id in ids} == letters
    assert len({anchor(rule_id) for rule_id in ids}) == len(ids)
