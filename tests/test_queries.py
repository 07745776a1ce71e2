"""A page asks the database as often for three things as for one: the number stands here.

Every page of the table of permissions that a browser shows is either pinned here or said to be no
list. Counts include session and person; they are taken as administrator, who sees most.
"""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.permissions.asking import _arguments_of
from tests.permissions.table import ROWS
from tests.town import administrator, build_town

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Page -> queries, the same with one and with three things of every kind.
QUERIES = {
    "public:action_fitting": 6,
    "public:cafe": 29,
    "public:cafe_cards": 10,
    "public:cafe_register": 6,
    "public:cafes": 6,
    "public:cluster-organisation": 24,
    "public:codebook": 7,
    "public:common": 5,
    "public:directory": 13,
    "public:directory-embed": 11,
    "public:directory-map": 10,
    "public:evaluation": 23,
    "public:evidence": 12,
    "public:evidence-data": 35,
    "public:evidence-gaps": 9,
    "public:home": 19,
    "public:initiative": 31,
    "public:initiatives": 7,
    "public:lasting": 10,
    "public:lasting-initiative": 6,
    "public:lasting-programme": 8,
    "public:lasting-project": 7,
    "public:lesson": 20,
    "public:lessons": 5,
    "public:measure": 35,
    "public:measure_fitting": 5,
    "public:measures": 5,
    "public:network": 6,
    "public:network-change": 3,
    "public:network-organisation": 7,
    "public:network-overview": 4,
    "public:network-pair": 3,
    "public:network-roles": 4,
    "public:organisation": 15,
    "public:organisation_fitting": 6,
    "public:plan": 28,
    "public:plans": 4,
    "public:project": 9,
    "public:projects": 4,
    "public:recode": 2,
    "public:recommendation": 25,
    "public:region": 18,
    "public:regions": 3,
    "public:search": 13,
    "public:source": 23,
    "public:sources": 6,
    "workspace:action_edit": 24,
    "workspace:cafe": 12,
    "workspace:document": 15,
    "workspace:document-history": 5,
    "workspace:documents": 6,
    "workspace:initiative-edit": 7,
    "workspace:initiative-history": 5,
    "workspace:initiative-partners": 5,
    "workspace:initiative-proposals": 5,
    "workspace:initiatives": 7,
    "workspace:cafe_agenda": 6,
    "workspace:cafe_cards": 19,
    "workspace:cafe_comments": 10,
    "workspace:cafe_create": 12,
    "workspace:cafe_data": 31,
    "workspace:cafe_edit": 8,
    "workspace:cafe_guest": 6,
    "workspace:cafe_guests": 7,
    "workspace:cafe_invitation": 7,
    "workspace:cafe_invitations": 12,
    "workspace:cafe_links": 4,
    "workspace:cafe_live": 20,
    "workspace:cafe_paper": 8,
    "workspace:cafe_paper_compare": 7,
    "workspace:cafe_papers": 9,
    "workspace:cafe_prepare": 17,
    "workspace:cafe_print": 5,
    "workspace:cafe_protocol": 10,
    "workspace:cafe_proxy": 8,
    "workspace:cafe_questions": 5,
    "workspace:cafe_seal": 9,
    "workspace:cafe_seats": 15,
    "workspace:cafe_sheet": 4,
    "workspace:cafe_stakeholders": 13,
    "workspace:cafe_table": 7,
    "workspace:cafe_tables": 6,
    "workspace:cafes": 5,
    "workspace:claims": 5,
    "workspace:dashboard": 13,
    "workspace:duplicate": 64,
    "workspace:duplicates": 6,
    "workspace:import-columns": 4,
    "workspace:import-proposals": 5,
    "workspace:import-run": 5,
    "workspace:imports": 7,
    "workspace:initiative-import-choose": 4,
    "workspace:initiative-import-run": 5,
    "workspace:initiative-imports": 5,
    "workspace:measure_history": 5,
    "workspace:measure_picture": 4,
    "workspace:measures": 5,
    "workspace:meeting-after": 5,
    "workspace:meeting-attend": 7,
    "workspace:meeting-day": 9,
    "workspace:meeting-days": 6,
    "workspace:meeting-invite": 5,
    "workspace:meeting-move": 9,
    "workspace:meeting-plan": 12,
    "workspace:meeting-wishes": 8,
    "workspace:merges": 6,
    "workspace:mix": 5,
    "workspace:mix_offer": 4,
    "workspace:mix_partner": 4,
    "workspace:mix_proof": 4,
    "workspace:mix_scenarios": 5,
    "workspace:mix_time": 4,
    "workspace:mixes": 6,
    "workspace:my_data": 50,
    "workspace:network": 7,
    "workspace:network-pair": 5,
    "workspace:people": 4,
    "workspace:plan": 10,
    "workspace:plan_publish": 8,
    "workspace:plans": 6,
    "workspace:profile-claim": 6,
    "workspace:profile-contacts": 6,
    "workspace:profile-edit": 5,
    "workspace:profile-history": 8,
    "workspace:profile-label": 6,
    "workspace:profile-labels": 5,
    "workspace:profile-markets": 5,
    "workspace:profile-named": 6,
    "workspace:profile-sectors": 5,
    "workspace:profiles": 9,
    "workspace:project_edit": 6,
    "workspace:projects": 4,
    "workspace:recommendation_edit": 24,
    "workspace:recommendations": 11,
    "workspace:snapshot": 23,
    "workspace:stakeholder-add": 6,
    "workspace:stakeholder-coverage": 12,
    "workspace:stakeholder-edit": 13,
    "workspace:stakeholder-grid": 5,
    "workspace:stakeholder-import": 7,
    "workspace:stakeholder-people": 7,
    "workspace:stakeholder-person": 6,
    "workspace:stakeholders": 11,
    "workspace:evidence": 4,
    "workspace:codebook": 12,
    "workspace:corpus": 17,
    "workspace:corpus-initiatives": 8,
    "workspace:corpus-agreement": 7,
    "workspace:coding": 7,
    "workspace:coding-initiative": 9,
    "workspace:coding-activity": 20,
    "workspace:disagreements": 9,
    "workspace:disagreement": 11,
    "workspace:link": 11,
    "workspace:link-alive": 5,
    "workspace:link-edit": 8,
    "workspace:links": 7,
    "workspace:links-region": 5,
    "workspace:lessons": 5,
    "workspace:lesson": 10,
    "workspace:lesson-history": 5,
    "workspace:units": 5,
    "workspace:partners": 11,
    "workspace:match-run": 10,
    "workspace:partner-marks": 6,
    "workspace:match-exposure": 9,
    "workspace:posting-partners": 9,
    "public:posting": 6,
    "public:posting-interest": 4,
    "public:postings": 4,
    "workspace:digest": 4,
    "workspace:posting": 12,
    "workspace:posting-moderate": 6,
    "workspace:postings": 5,
    "workspace:postings-followed": 5,
    "workspace:postings-moderation": 6,
    "public:call": 5,
    "public:funding": 4,
    "public:funding_calendar": 3,
    "public:offer": 3,
    "public:programme": 10,
    "public:synergies": 5,
    "public:synergy": 4,
    "public:policy-mix": 7,
    "workspace:funding_cases": 7,
    "workspace:funding_case": 5,
    "workspace:funding_case_fits": 5,
    "workspace:funding_case_history": 6,
    "workspace:funding_fit": 5,
    "workspace:funding_links": 5,
    "workspace:funding_offers": 7,
    "workspace:schemes": 7,
    "workspace:scheme": 7,
    "workspace:scheme-edit": 6,
}
# Page -> why it is no list.
NO_LISTS = {
    "public:card_trail": "one card; tests/platform/trail asks that it does not grow",
    "account_": "one form or one sentence",
    "administrator_link": "one form",
    "cafe:": "the page of one person; their number of queries is pinned in tests/www/cafe",
    "components:": "made of examples, no database",
    "public:about": "fixed text",
    "public:funding_rules": "the rules are data of the program, no database",
    "public:methods": "fixed text",
    "public:privacy": "fixed text",
    "public:accessibility": "fixed text",
    "public:licences": "fixed text",
    "workspace:codebook-": "the codes of one draft; they are read in one query",
    "workspace:corpus-new": "one form",
    "workspace:corpus-edit": "one form",
    "workspace:coding-texts": "one form",
    "workspace:coding-similar": "one query per word of one activity, at most 24",
    "workspace:lesson-new": "one form",
    "workspace:lesson-edit": "one form",
    "workspace:cafe_close": "one question",
    "workspace:cafe_undo": "one question",
    "workspace:snapshot_release": "one question",
    "workspace:plan_withdraw": "one question",
    "workspace:document-new": "one form",
    "workspace:document-edit": "one form",
    "workspace:initiative-new": "one form",
    "workspace:import-new": "one form",
    "workspace:initiative-import-new": "one form",
    "workspace:person_invite": "one form",
    "workspace:partner_add": "one form",
    "workspace:partner_edit": "one form",
    "workspace:plan_create": "one form",
    "workspace:plan_edit": "one form",
    "workspace:profile-confirm-link": "one question",
    "workspace:introduction": "of sides one speaks for; see tests/www/network/introductions",
    "workspace:profile-new": "one form",
    "workspace:profile-part": "one form",
    "workspace:project_create": "one form",
    "workspace:measure_edit": "one form",
    "workspace:stakeholder-person-add": "one form",
    "workspace:meeting-day-new": "one form",
    "workspace:meeting-day-edit": "one form",
    "workspace:funding_case_delete": "one question",
    "workspace:funding_case_frame": "one form",
    "workspace:funding_case_import": "one form",
    "workspace:funding_case_new": "one form",
    "workspace:funding_cost": "one form; a case is one row",
    "workspace:funding_package": "one form; a case is one row",
    "workspace:funding_partner": "one form; bodies to choose from are read in one query",
    "workspace:funding_remove": "one question",
    "workspace:funding_upload": "one form",
    "workspace:mix_cell": "the costs of one partner of one case, stored in one row",
    "workspace:scheme-new": "one form; its choices are read in one query",
    "workspace:scheme-delete": "one question",
    "workspace:regional-scheme": "one form",
    "workspace:regional-scheme-new": "one form",
    "workspace:budget-import": "one form",
    "workspace:link-new": "one search, at most eight hits",
    "public:posting-report": "one form",
    "workspace:posting-new": "one form",
    "workspace:posting-edit": "one form",
    "workspace:posting-keep": "one question",
    "workspace:digest-stop": "one question",
}
# A page that needs a draft, not something published.
OF_DRAFT = {"workspace:plan_publish", "workspace:action_edit"}
# What has to be asked for before a page lists anything.
ASKED = {"workspace:profiles": "?q=Cluster", "public:search": "?q=Agency"}


def pages() -> list[str]:
    shown = [name for name, row in ROWS.items() if row.is_page]
    return [name for name in shown if not name.startswith(tuple(NO_LISTS))]


@pytest.fixture(scope="module", params=[1, 3])
def town(request, django_db_setup, django_db_blocker):  # noqa: ARG001 - made before
    """As many things as the parameter says, and somebody who sees them all."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_town(request.param), administrator()
        transaction.set_rollback(True)


def count_queries(name: str, things: dict, client: Client) -> int:
    kind = "draft" if name in OF_DRAFT and ROWS[name].object == "plan" else ROWS[name].object
    wanted = {key: getattr(things[kind], key) for key in _arguments_of(name)} if kind else {}
    path = reverse(name, kwargs=wanted) + ASKED.get(name, "")
    client.get(path)  # what is kept in memory is kept now
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(queries)


def test_every_list_is_pinned():
    assert sorted(set(pages()) - set(QUERIES)) == []
    assert sorted(set(QUERIES) - set(pages())) == []


@pytest.mark.parametrize("name", QUERIES)
def test_page_asks_as_often_for_three_things_as_for_one(name, town):
    things, client = town

    assert count_queries(name, things, client) == QUERIES[name]
