"""Rules are found by words, and few of them are shown open."""

import re

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page(client, **query):
    return client.get(reverse("public:funding_rules"), query)


def named(answer):
    return {rule.id for group in answer.context["page"].groups for rule in group.rules}


def test_every_rule_is_folded(client):
    text = page(client, on="2024-05-01").text

    assert len(re.findall(r'<details class="ac-more rule">', text)) > 40
    assert "ac-more rule open" not in text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gb-27o", {"GB-27o"}),
        ("operation innovation cluster", {"GB-27o"}),
        ("2023/2831 3(2)", {"DM-2"}),
        ("Seal Excellence", {"GB-25a", "SE-1", "SE-2"}),
    ],
)
def test_words_find_rules_by_name_act_and_text(client, words, found):
    answer = page(client, on="2024-05-01", q=words)

    assert named(answer) == found
    assert answer.context["page"].is_open
    assert 'class="ac-more rule" open' in answer.text


def test_accents_and_capitals_make_no_difference(client):
    address = reverse("public:funding_rules").replace("/en/", "/de/")

    answer = client.get(address, {"on": "2024-05-01", "q": "FORSCHUNG BEIHILFEN fur"})

    assert named(answer)


def test_words_of_no_rule_say_so(client):
    text = page(client, on="2024-05-01", q="unicorn <b>").text

    assert "No rule has all these words" in text
    assert "<b>" not in text.split("<main")[1].split("unicorn")[0]
    assert 'value="unicorn &lt;b&gt;"' in text


def test_page_of_words_is_kept_out_of_search_engines(client):
    assert 'content="noindex"' in page(client, q="cluster").text
