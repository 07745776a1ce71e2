"""The proof: its opening, limits, minima, unverified rules, closed calls."""

import pytest
from django.utils.html import escape

from tests.factories.mixes import tiny_mix
from tests.www.funding.mixes.mix_pages import address, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
def test_proof_lists_every_ceiling_and_filters(client, run):
    n = len(tiny_mix()["check"]["ceilings"])

    everything = client.get(address("mix_proof", run) + "?each=1")
    folded = client.get(address("mix_proof", run))
    broken = client.get(address("mix_proof", run) + "?only=violated")

    assert len(everything.context["page"].object_list) == n
    assert len(folded.context["page"].object_list) < n
    assert broken.context["page"].object_list == []
    assert tiny_mix()["certificate"]["duals_sha256"] in text_of(everything)
    assert "There is no such limit." in text_of(broken)


@pytest.mark.usefixtures("planner")
def test_proof_says_at_least_before_a_minimum_and_calls_none_a_ceiling(client, run):
    n_floors = sum(one["kind"] == "floor" for one in tiny_mix()["check"]["ceilings"])

    page = client.get(address("mix_proof", run) + "?each=1")

    rows = page.context["page"].object_list
    assert n_floors == sum(row.limit.startswith("at least ") for row in rows) > 0
    assert not any("eiling" in row.what for row in rows if row.limit.startswith("at least "))
    assert '<h2 id="ceilings-title">Limits</h2>' in text_of(page)


@pytest.mark.usefixtures("planner")
def test_unverified_rule_that_is_tight_puts_a_band_on_the_proof(client, run):
    result = tiny_mix()
    ceiling = result["check"]["ceilings"][0]
    ceiling |= {"status": "unverified", "limit_ct": 1000, "used_ct": 999, "slack_ct": 1}
    run.result = result
    run.save()

    assert "An unverified rule is tight." in text_of(client.get(address("mix_proof", run)))


@pytest.mark.usefixtures("planner")
def test_proof_opens_with_three_sentences_what_binds_and_how_old_each_rule_is(client, run):
    page = client.get(address("mix_proof", run))

    text = text_of(page)
    assert [one.label for one in page.context["opening"]] == [
        "Apply for",
        "By when",
        "What it brings",
    ]
    assert "Handed in already, as the case says: " in text
    assert "not computed" in text
    assert all(rule.url in text for rule in page.context["rules"])
    assert "not recorded" in text


@pytest.mark.usefixtures("planner")
def test_page_proof_and_sheet_say_that_a_used_call_is_closed(client, run):
    data = run.case_data
    for offer in data["offers"]:
        offer.pop("applied_on", None)
    data["offers"][0] |= {"closes": "2024-11-30"}
    run.case_data = data
    run.save()

    pages = [
        text_of(client.get(address(name, run, *more)))
        for name, *more in (("mix",), ("mix_proof",), ("mix_offer", 0))
    ]

    assert all("This mix uses 1 call that is closed." in page for page in pages)
    assert all("closed on 30 Nov 2024" in page for page in pages)
    assert "closed on 30 Nov 2024; usable only if it opens again" in pages[2]
    assert "Hand in 3 applications:" in pages[1]


@pytest.mark.usefixtures("planner")
def test_a_limit_of_law_that_binds_says_folded_what_its_paragraph_says(client, run):
    answer = client.get(address("mix_proof", run))
    by_law = [row for row in answer.context["binding"] if row.law]

    assert by_law
    assert all(row.statements for row in by_law)
    assert not any(row.statements for row in answer.context["binding"] if not row.law)
    folded = text_of(answer).split("<summary>What the law says</summary>")[1:]
    assert len(folded) == len(by_law)
    for row, part in zip(by_law, folded, strict=True):
        (said, *_) = row.statements
        assert f'href="{escape(said.url)}"' in part.split("</details>")[0]
        assert "in our own words" in part.split("</details>")[0]
