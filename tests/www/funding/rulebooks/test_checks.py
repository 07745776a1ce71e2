"""When a rule was last compared with its text, what is due, and the link to the article."""

import datetime as dt
import html
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from alpclusters.analysis.funding.rulebooks import RULES, rules_on
from alpclusters.analysis.funding.rulebooks.writing import CHECKED, is_due, is_old, is_undated
from alpclusters.reports.funding_words.rules import act_url

pytestmark = pytest.mark.integration
URL = "public:funding_rules"


def test_every_check_is_of_a_version_that_stands_in_the_books():
    versions = {(rule.id, rule.valid_from) for rule in RULES}

    assert set(CHECKED) <= versions


def test_a_check_is_old_after_a_year():
    rule = rules_on(dt.date(2026, 12, 1))["GB-20a"]

    assert not is_old(rule, today=dt.date(2027, 11, 30))
    assert is_old(rule, today=dt.date(2027, 12, 1))
    assert is_old(replace(rule, checked_on=None), today=dt.date(2026, 12, 1))


def test_due_is_what_is_unverified_or_old_and_can_still_be_applied():
    held = rules_on(dt.date(2026, 12, 1))
    today = dt.date(2026, 12, 1)

    assert not is_due(held["GB-20a"], today=today)
    assert is_due(held["GB-26a"], today=today)
    assert not is_due(held["GB-26a"], today=dt.date(2027, 1, 1))
    assert is_due(held["GB-6"], today=today)


def test_a_rule_of_which_something_is_unverified_is_no_verified_one_without_a_day():
    held = rules_on(dt.date(2026, 12, 1))
    partly = held["GB-27o"]

    assert is_undated(held["GB-6"])
    assert (partly.status, partly.checked_on, bool(partly.unverified_params)) == (
        "verified",
        None,
        True,
    )
    assert not is_undated(partly)


@pytest.mark.parametrize(
    ("act", "article", "end"),
    [
        ("651/2014", "8(3)(a)", "/2014/651/oj#art_8"),
        ("651/2014", "25", "/2014/651/oj#art_25"),
        ("651/2014", "20a", "/2014/651/oj"),
        ("651/2014", "25b-25d", "/2014/651/oj"),
        ("2023/2831", "3(2)", "/2023/2831/oj#art_3"),
        ("1605/2002", "", "/2002/1605/oj"),
    ],
)
def test_links_lead_to_the_article_where_the_published_act_has_it(act, article, end):
    assert act_url(act, article).endswith(end)


@pytest.mark.django_db
def test_the_page_says_when_and_by_what_a_rule_was_checked(client):
    text = client.get(reverse(URL), {"on": "2026-12-01", "q": "GB-20a"}).content.decode()

    assert "Last checked on 1\xa0December\xa02026" in text
    assert "https://interact.eu/news/43" in text


def rules_shown(answer):
    page = answer.context["page"]
    return {rule.id for group in page.groups for rule in group.rules}


@pytest.mark.django_db
def test_the_page_lists_verified_rules_without_a_day_and_nothing_else(client):
    whole = client.get(reverse(URL), {"on": "2026-12-01"})
    listed = client.get(reverse(URL), {"on": "2026-12-01", "undated": "1"})

    held = rules_on(dt.date(2026, 12, 1)).values()
    undated = {one.id for one in held if is_undated(one)}
    assert rules_shown(listed) == undated
    assert len(undated) == whole.context["page"].n_undated > 0
    assert "undated=1" in whole.content.decode()


@pytest.mark.django_db
def test_the_lists_of_a_rule_book_stay_in_the_book(client):
    answer = client.get(reverse(URL), {"book": "RB-2014"})
    (address,) = re.findall(r'href="(\?[^"]*undated=1)"', answer.content.decode())

    listed = client.get(reverse(URL) + html.unescape(address))

    assert listed.context["page"].query.book.id == "RB-2014"
    assert "IR-O14" in rules_shown(listed)


@pytest.mark.django_db
def test_the_page_lists_what_is_due_and_nothing_else(client):
    text = client.get(reverse(URL), {"on": "2026-12-01", "due": "1"}).content.decode()

    assert 'id="rule-df-2"' in text
    assert 'id="rule-mr-1"' in text
    assert "Day of the last check not recorded" in text
    assert 'href="/en/funding/rules/?on=2026-12-01"' in text or "?on=2026-12-01" in text
