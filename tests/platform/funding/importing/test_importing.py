"""Imports are idempotent, tell every row, verify nothing and leave people's words alone."""

import datetime as dt
import json

import pytest

from alpclusters.platform.funding.domain.entries import change_entry, refuse_proposal
from alpclusters.platform.funding.domain.importing import (
    import_calls,
    import_offers,
    import_programmes,
    report_files,
)
from alpclusters.platform.funding.domain.importing.storing import chance_cells
from alpclusters.platform.funding.models import Call, ChangeProposal, EntryVersion, Offer, Programme
from tests.factories.accounts import make_user
from tests.factories.funding import make_offer, make_programme

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)
TERMS = "{origin: regional, grants_from: AT, rates: [{bp: 5000}], starts: 2026-01-01}"
OFFERS = f"""
- {{key: good, programme: timber, title_en: Good, terms: {TERMS}, status: verified}}
- {{key: stray, programme: nowhere, title_en: Stray, terms: {TERMS}}}
- {{key: bad, programme: timber, title_en: Bad, terms: {{origin: moon}}}}
- {{key: odd, programme: timber, title_en: Odd, terms: {TERMS}, colour: red}}
- {{programme: timber, title_en: Nameless, terms: {TERMS}}}
"""


def write(tmp_path, text, name="offers.yaml"):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_topics_become_unverified_calls_once(shared):
    folder = shared / "data" / "fixtures" / "sedia"

    first = import_calls(folder, now=NOW)
    second = import_calls(folder, now=NOW)

    assert first.counts == {
        "rows": 32, "new": 30, "changed": 0, "unchanged": 0, "proposed": 0, "rejected": 0,
        "repeats": 2,
    }  # fmt: skip
    assert second.counts["unchanged"] == 30
    call = Call.objects.get(external_id="SYNTHETIC-2027-CLUSTER-21")
    assert (call.status, call.checked_on, call.budget_ct) == ("unverified", None, 610_000_000)
    assert call.closes == dt.date(2027, 9, 13)
    assert call.programme.key == "horizon-europe"
    names = list(call.parameters.values_list("name", flat=True))
    assert names == ["grant_from", "grant_to", "expected_grants", "cut_off"]
    assert EntryVersion.objects.filter(call=call).count() == 1


def topic(tmp_path, **said):
    usual = {"identifier": ["A-1"], "title": ["Topic"], "frameworkProgramme": ["43108390"]}
    page = {"results": [{"language": "en", "metadata": usual | said}]}
    return write(tmp_path, json.dumps(page), "page.json")


def test_a_topic_that_moves_makes_a_version_and_what_people_wrote_stays(tmp_path):
    import_calls(topic(tmp_path), now=NOW)
    moved = import_calls(topic(tmp_path, deadlineDate=["2027-02-01"]), now=NOW)
    call = Call.objects.get()
    assert (moved.counts["changed"], call.version, call.closes) == (1, 2, dt.date(2027, 2, 1))
    change_entry(call, {"title": "Own words"}, version=2, source="K", by=make_user(), now=NOW)

    later = import_calls(topic(tmp_path, deadlineDate=["2027-03-01"]), now=NOW)
    again = import_calls(topic(tmp_path, deadlineDate=["2027-03-01"]), now=NOW)

    call.refresh_from_db()
    assert (call.title, call.closes) == ("Own words", dt.date(2027, 2, 1))
    assert (later.counts["proposed"], again.counts["unchanged"]) == (1, 1)
    proposal = ChangeProposal.objects.get()
    assert {one["path"] for one in proposal.patch} == {"/closes", "/title"}
    refuse_proposal(proposal, answer="No", by=make_user(), now=NOW)
    import_calls(topic(tmp_path, deadlineDate=["2027-03-01"]), now=NOW)
    assert ChangeProposal.objects.count() == 1


def test_topics_of_unknown_programmes_are_rejected_or_sent_where_one_says(tmp_path):
    path = topic(tmp_path, frameworkProgramme=["7"])
    refused = import_calls(path, now=NOW)
    assert refused.reasons == {"sedia.unknown_programme": 1}

    make_programme("timber")
    assert import_calls(path, now=NOW, programme="timber").counts["new"] == 1


def test_offers_without_conditions_are_open_and_every_row_is_told(tmp_path):
    make_programme("timber")
    report = import_offers(write(tmp_path, OFFERS), now=NOW)

    offer = Offer.objects.get()
    assert offer.terms["eligibility"] == {"eq": ["offer.conditions_coded", True]}
    assert (offer.status, offer.best_rate_bp) == ("unverified", 5000)
    assert [row.outcome for row in report.rows] == ["new", *["rejected"] * 4]
    assert {"catalogue.no_programme", "unknown_field", "catalogue.no_key"} <= set(report.reasons)
    files = report_files(report)
    assert files["accepted.csv"].splitlines() == ["file,line,key,outcome", "offers.yaml,1,good,new"]
    assert "offers.yaml,2,stray,programme,catalogue.no_programme" in files["rejected.csv"]
    assert "/terms" in files["rejected.csv"]


def test_a_chance_comes_in_by_the_columns_of_the_export_and_never_without_source(tmp_path):
    make_offer(make_programme("timber"), "oak")
    head = "key,programme,award,success_share_bp,success_source,success_checked_on\n"
    sourced = "oak,timber,competitive,1250,Report 2025,2026-05-01\n"
    stray = write(tmp_path, head + "oak,timber,competitive,1250,,2026-05-01\n", "stray.csv")

    refused = import_offers(stray, now=NOW)
    taken = import_offers(write(tmp_path, head + sourced, "o.csv"), now=NOW)

    assert refused.reasons == {"unsourced_chance": 1}
    assert taken.counts["changed"] == 1
    offer = Offer.objects.get()
    assert (offer.best_rate_bp, offer.terms["award"]) == (5000, "competitive")
    assert chance_cells(offer.terms) == {
        "award": "competitive", "success_granted": None, "success_applied": None,
        "success_share_bp": 1250, "success_source": "Report 2025",
        "success_checked_on": "2026-05-01",
    }  # fmt: skip
    assert import_offers(tmp_path / "o.csv", now=NOW).counts["unchanged"] == 1


def test_programmes_from_a_table_are_found_again(tmp_path):
    path = write(
        tmp_path, "key,name_en,level,period,territory\nwood,Wood,regional,2021-2027,AT32\n", "p.csv"
    )
    assert import_programmes(path, now=NOW).counts["new"] == 1
    assert import_programmes(path, now=NOW).counts["unchanged"] == 1

    made = Programme.objects.get()
    assert (made.name.inside("en"), made.territory, made.status) == ("Wood", ["AT32"], "unverified")
