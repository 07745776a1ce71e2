"""Which pages there are, who sees them, and what is typed into their forms to fail."""

from typing import Final

from tests.permissions.table import ROWS

# Where links begin, for each of the three people.
STARTS: Final = {
    "visitor": [
        "/en/",
        "/en/account/login/",
        "/en/account/login/code/",
        "/en/account/signup/",
        "/en/account/password/reset/",
        # Reached from mails, or after a form was sent:
        "/en/account/inactive/",
        "/en/account/confirm-email/",
        "/en/account/password/reset/done/",
        "/en/account/password/reset/key/1-made-up/",
        "/en/account/password/reset/key/done/",
        "/en/cafes/1/register/",  # linked while an AlpCafé takes registrations
        "/en/cafes/10/",  # one that is over: its cards are reached last
        "/en/initiatives/",
        "/en/lessons/",
        "/en/sources/",
        "/en/evidence/data/",
        "/en/funding/?show=calls",
        "/en/funding/synergies/?simulated=1",
        "/en/funding/policy-mix/?simulated=1",
        "/en/funding/calendar/",
        "/en/network/lasting/?simulated=1",
        "/en/network/postings/",
        "/en/recommendations/",
        "/en/components/",
        "/en/components/phone/",
        "/cafe/",
        "/cafe/0000AAAA/",
        "/cafe/screen/",
        "/cafe/host/",
    ],
    "administrator": [
        "/en/workspace/",
        "/en/workspace/network/regions/",
        # An AlpCafé in preparation, an open one and a plan that is out lead to what others do not.
        "/en/workspace/cafes/12/",
        "/en/workspace/cafes/11/",
        "/en/workspace/plans/1/",
        "/en/workspace/recommendations/20/edit/",  # a draft of the demonstration: E20
        "/en/workspace/imports/proposals/",  # linked while a list and a person disagree
        "/en/workspace/evidence/initiatives/proposals/",  # likewise
        "/en/workspace/profiles/?q=cluster",
        "/en/network/postings/1/report/",
        "/en/workspace/postings/",
        "/en/workspace/postings/new/?organisation=1",
        "/en/workspace/postings/moderation/",
        "/en/workspace/partners/",
        "/en/workspace/partners/remembered/",
        "/en/workspace/partners/exposure/",
        "/en/workspace/introductions/",
        "/en/workspace/introductions/outcomes/",
        "/en/workspace/funding/entries/",
        "/en/workspace/funding/cases/",
        "/en/workspace/funding/cases/new/",
        "/en/workspace/funding/cases/import/",
        "/en/workspace/funding/entries/programme/asp-2127/propose/",
        "/en/workspace/links/",
        "/en/workspace/schemes/",
        "/en/account/email/",
        "/en/account/password/change/",
        "/en/account/devices/",
        "/en/account/second-step/",
        "/en/account/reauthenticate/",
    ],
    "participant": ["/cafe/profile/", "/cafe/rate/1/", "/cafe/done/", "/cafe/leave/"],
}
# Page -> why no browser comes to it here.
NOT_REACHED: Final = {
    "public:consultation-comment": "needs a link shown after sending; see policy/test_consultation",
    "public:consultation-invited": "needs the link of a mail; see tests/www and tests/permissions",
    "public:endorse": "needs the link of a mail; see tests/www and tests/permissions",
    "public:research_data": "needs the link of a mail; see tests/www/evaluations",
    "workspace:data_request": "needs a request; see tests/www/evaluations",
    "workspace:certificate": "needs an erasure; see tests/www/trust",
    "public:report-by-mail": "needs the link of a mail; examined in policy/test_reporting",
    "workspace:consultation-edit": "needs one in preparation; see policy/test_consultation",
    "workspace:monitoring-round-close": "needs an open round; see policy/test_reporting",
    "workspace:joint": "needs an answer; examined in funding/test_together",
    "workspace:funding_account": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_account_register": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_case": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_case_delete": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_case_fits": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_case_frame": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_case_history": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_cost": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_cost_new": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_conditions": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_fit": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_links": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_offers": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_package": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_package_new": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_partner": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_partner_new": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_remove": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_upload": "needs a case; examined in funding/test_case_pages",
    "workspace:funding_proposal": "needs a proposal; examined in funding/test_entries",
    "administrator_link": "used up by the administrator of these tests; shown in test_trail",
    "account_confirm_email": "needs a link from a mail; its unknown form is in tests/permissions",
    "account_confirm_login_code": "needs a code from a mail; a form below leads to it",
    "mfa_deactivate_totp": "needs an app; see tests/www/people",
    "workspace:second_step_remove": "needs somebody's second step; see tests/www/people",
    "account_logout": "would end the session of the other pages; examined in a form below",
    "account_set_password": "leads on for people who have a password",
    "components:error": "examined as errors below",
    "cafe:host_page": "needs the link of a table; examined in test_host",
    "cafe:host_proxy": "needs the link of a table; examined in test_host",
    "workspace:meeting-after": "is linked once the day is here; see tests/e2e/network",
    "workspace:profile-confirm-link": "needs the link of a mail; see tests/www/profiles",
    "workspace:link-alive": "needs the link of a mail; examined in network/test_links",
    "public:lasting-initiative": "needs links of an initiative; it is the page of all links",
    "public:lasting-programme": "needs links of a programme; it is the page of all links",
    "workspace:match-run": "needs a search; examined in network/test_introduction",
    "workspace:introduction": "needs one of one's own; examined in network/test_introduction",
    "workspace:introduction-ask": "needs a profile of one's own; examined there as well",
    "workspace:introduction-follow-up": "needs the link of a mail; see tests/www/network",
    "workspace:posting-partners": "the form of workspace:partners; see tests/www/network",
    "workspace:profile-label": "needs a label; the page that adds one is the same form",
    "workspace:codebook-edit": "needs a draft; see tests/www/evidence",
    "workspace:codebook-publish": "needs a draft; see tests/www/evidence",
    "workspace:codebook-code": "needs a draft; see tests/www/evidence",
    "workspace:codebook-code-new": "needs a draft; see tests/www/evidence",
    "workspace:cafe_paper": "is reached by a number that is typed; see tests/www/cafe/test_answers",
    "workspace:cafe_paper_compare": "needs two entries; see tests/www/cafe/test_answers",
    "cafe:here": "goes through its views by script; see test_phone",
    "public:card_trail": "needs a hall that wrote cards; see tests/www/workspace/test_cafe_papers",
    "cafe:screen": "speaks the language of its hall; see test_hall_screens",
    "workspace:import-columns": "needs an uploaded list; see test_imports",
    "workspace:initiative-import-choose": "needs an upload; see tests/www/workspace",
    "workspace:initiative-import-run": "needs an upload; see tests/www/workspace",
    "workspace:import-run": "needs an uploaded list; see test_imports",
    "public:organisation": "needs a listed body without a profile; examined in test_merging",
    "public:posting-interest": "leads on to the request; see tests/www/network/postings",
    "workspace:posting": "needs one of one's own; examined in tests/e2e/network",
    "workspace:posting-edit": "needs one of one's own; its form is that of a new one",
    "workspace:posting-moderate": "needs one that waits; examined in tests/e2e/network",
    "workspace:posting-keep": "needs the link of a mail; see tests/www/network/postings",
    "workspace:digest-stop": "needs the link of a mail; see tests/www/network/postings",
    "workspace:duplicate": "needs a pair; examined in test_merging",
    "workspace:cafe_comments": "is linked once comments can be released; its empty form is plain",
    "workspace:cafe_seal": "needs a hall that is closed; see test_hall_screens",
    "workspace:cafe_undo": "is linked where something rests on what is undone; see tests/www",
}
# Page of the site's own errors -> path.
ERRORS: Final = {
    "unknown address": "/en/nowhere/",
    "error 400": "/en/components/error/400/",
    "error 403": "/en/components/error/403/",
    "error 404": "/en/components/error/404/",
    "error 500": "/en/components/error/500/",
}
# Pages whose form is sent with nonsense; each answers 422 (allauth: 200) with what is wrong.
# My data, a partner and a document have no field that must be filled.
# Changing a password is left out: after five wrong ones in a minute allauth answers 429.
FORMS: Final = {
    "account_login": "visitor",
    "account_request_login_code": "visitor",
    "account_reset_password": "visitor",
    "cafe:join": "visitor",
    "workspace:cafe_create": "administrator",
    "workspace:cafe_edit": "administrator",
    "workspace:cafe_guests": "administrator",
    "workspace:cafe_invitations": "administrator",
    "workspace:corpus-new": "administrator",
    "workspace:funding_case_new": "administrator",
    "workspace:funding_case_import": "administrator",
    "workspace:funding_entry_new": "administrator",
    "workspace:import-new": "administrator",
    "workspace:lesson-new": "administrator",
    "workspace:initiative-new": "administrator",
    "workspace:initiative-import-new": "administrator",
    "workspace:measure_edit": "administrator",
    "workspace:meeting-day-new": "administrator",
    "workspace:partner_add": "administrator",
    "workspace:person_invite": "administrator",
    "workspace:plan_create": "administrator",
    "workspace:plan_edit": "administrator",
    "workspace:profile-claim": "administrator",
    "workspace:profile-new": "administrator",
    "workspace:project_create": "administrator",
    "workspace:project_edit": "administrator",
    "workspace:stakeholder-person-add": "administrator",
}
PAGES: Final = [name for name, row in ROWS.items() if row.is_page and name not in NOT_REACHED]
# Pages of an account that only its owner sees.
BY_ADMINISTRATOR: Final = {
    "account_email",
    "account_devices",
    "mfa_index",
    "account_change_password",
    "account_reauthenticate",
    "public:posting-report",
}


def is_page(name: str) -> bool:
    """Say whether a browser opens it; a file is dear to make and leads nowhere."""
    return name in ROWS and ROWS[name].is_page


def in_office(name: str) -> bool:
    """Say whether an administrator opens a page; all others are opened by visitors and guests."""
    return name.startswith("workspace:") or name in BY_ADMINISTRATOR


def sent_by(who: str) -> list[str]:
    """List the pages whose form a person sends with nonsense."""
    return [name for name, sender in FORMS.items() if sender == who]
