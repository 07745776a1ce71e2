"""Step 2: who fits what, why, open questions, chosen offers, ties and wishes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from alpclusters.analysis.funding.eligibility.fields import NOT_ENTERED
from alpclusters.platform.funding.domain.casework.documents import find
from alpclusters.platform.funding.models import FundingCase, Offer
from tests.factories.funding import make_call, make_offer, make_programme
from tests.factories.mixes import example_case, make_case

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


ANYWHERE = {"starts": None, "ends": None, "eligibility": {"const": True}}


def address(name, case):
    return reverse(f"workspace:{name}", args=[case.pk])


def post(client, name, case, **data):
    case.refresh_from_db()
    return client.post(address(name, case), {"version": case.version, **data})


@pytest.fixture
def partnership(project):
    """The partnership of the documentation, with answers that are missing."""
    return make_case(project, example_case("partnership"))


def test_matrix_says_for_each_pair_what_holds_in_word_and_sign(planner, partnership):
    page = planner.get(address("funding_case_fits", partnership))

    assert page.context["faults"] == []
    n_partners, n_offers = (len(partnership.data[kind]) for kind in ("partners", "offers"))
    assert sum(n for _s, _w, _l, n in page.context["summary"]) == n_partners * n_offers
    signs = {(c.letter, c.sign) for row in page.context["matrix"] for c in row["cells"]}
    assert signs <= {("T", "✓"), ("U", "?"), ("F", "✗")}
    assert len(page.context["columns"]) == n_partners


def test_filters_leave_rows_and_columns_out(planner, partnership):
    url = address("funding_case_fits", partnership)

    fits = planner.get(url, {"fit": "T", "partner": "A"}).context
    none = planner.get(url, {"q": "no offer is called so"}).context
    odd = planner.get(url, {"fit": "X", "partner": "nobody", "level": "?", "page": "x"}).context

    assert [partner.id for partner in fits["columns"]] == ["A"]
    assert {c.letter for row in fits["matrix"] for c in row["cells"]} == {"T"}
    assert none["matrix"] == []
    assert not odd["filters"].is_used


def test_cell_has_its_reasons_and_its_questions(planner, partnership):
    page = planner.get(address("funding_case_fits", partnership))
    row, cell = next(
        (row, cell) for row in page.context["matrix"] for cell in row["cells"] if cell.letter == "U"
    )

    why = planner.get(
        address("funding_fit", partnership),
        {"partner": cell.partner, "offer": row["offer"].id},
    )

    assert why.context["reasons"]
    assert [q.offers for q in why.context["questions"]] != []
    assert all(row["offer"].title in q.offers for q in why.context["questions"])


def test_answer_decides_and_can_be_taken_back(planner, partnership):
    before = planner.get(address("funding_case_fits", partnership)).context["questions"]
    question = next(one for one in before if one.kind == "bool" and one.owner)
    data = {"owner": question.owner, "field": question.name}

    post(planner, "funding_answer", partnership, **data, say="yes")
    known = planner.get(address("funding_case_fits", partnership)).context
    post(planner, "funding_answer", partnership, **data, say="back")
    again = planner.get(address("funding_case_fits", partnership)).context

    asked = (question.owner, question.name)
    assert asked not in {(one.owner, one.name) for one in known["questions"]}
    assert asked in {(one.owner, one.name) for one in known["answers"]}
    assert asked in {(one.owner, one.name) for one in again["questions"]}


def test_what_nobody_knows_stays_open_and_stands_last(planner, partnership):
    before = planner.get(address("funding_case_fits", partnership)).context["questions"]
    first = before[0]

    post(planner, "funding_answer", partnership, owner=first.owner, field=first.name, say="unknown")

    after = planner.get(address("funding_case_fits", partnership)).context["questions"]
    assert [(one.owner, one.name) for one in after if one.was_asked][-1:] == [
        (first.owner, first.name)
    ]
    assert after[-1].was_asked


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        ("turnover_ct", {"value": "1.250.000,50"}, 125_000_050),
        ("employees", {"value": "42"}, 42),
        ("label", {"value": "gold"}, "gold"),
        ("themes", {"value": ["energy"], "further": "wood, ice ,"}, ["energy", "wood", "ice"]),
        ("recognised", {"say": "no"}, False),
    ],
)
def test_answers_are_read_by_the_kind_of_their_field(planner, case, field, sent, kept):
    post(planner, "funding_answer", case, owner="B", field=field, **sent)

    case.refresh_from_db()
    assert find(case.data, "partners", "B")["facts"][field] == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("turnover_ct", "much"),
        ("employees", "-3"),
        ("label", "platinum"),
        ("recognised", "maybe"),
        ("recognised", ""),
        ("shoe_size", "42"),
        ("kind", "sme"),
    ],
)
def test_answer_that_is_none_is_refused_with_a_sentence(planner, case, field, value):
    answer = post(planner, "funding_answer", case, owner="B", field=field, value=value)

    stored = FundingCase.objects.get(pk=case.pk)
    assert stored.version == 1
    assert [m.level_tag for m in planner.get(answer.url).context["messages"]] == ["error"]


def test_offers_of_the_catalogue_are_taken_left_and_renewed(planner, case):
    offer = make_offer(make_programme(), terms={"starts": "2020-01-01"})
    page = planner.get(address("funding_offers", case))

    post(planner, "funding_offers", case, offer=[offer.key])
    case.refresh_from_db()
    taken = dict(case.taken["offers"])
    Offer.objects.update(version=2, terms={**offer.terms, "cap_ct": 7})
    newer = planner.get(address("funding_offers", case)).context["newer"]
    hint = planner.get(address("funding_case_fits", case)).context["newer"]
    post(planner, "funding_offer_newer", case, offer=offer.key)
    case.refresh_from_db()
    renewed = find(case.data, "offers", offer.key)["cap_ct"]
    post(planner, "funding_offer_leave", case, offer=offer.key)
    case.refresh_from_db()

    assert [row.offer for row in page.context["rows"]] == [offer]
    assert taken == {offer.key: 1}
    assert [(one.newest, [pair.title for pair in one.pairs]) for one in newer] == [
        (2, ["Highest grant"])
    ]
    assert len(hint) == 1
    assert renewed == 7
    assert find(case.data, "offers", offer.key) is None
    assert case.taken["offers"] == {}


def test_offer_whose_rate_nobody_entered_is_named_and_not_taken(planner, case):
    offer = make_offer(make_programme(), terms={"starts": "2020-01-01"})
    Offer.objects.update(terms={k: v for k, v in offer.terms.items() if k != "rates"})

    answer = post(planner, "funding_offers", case, offer=[offer.key])

    told = [str(one) for one in planner.get(answer.url).context["messages"]]
    assert len(told) == 1
    assert "nobody has entered their rate" in told[0]
    assert "timber-offer" in told[0]
    assert find(FundingCase.objects.get(pk=case.pk).data, "offers", offer.key) is None


def test_invented_offers_are_for_invented_projects_alone(planner, project, case):
    make_offer(make_programme(status="demonstration"), "invented")

    shown = planner.get(address("funding_offers", case)).context["rows"]
    type(project).objects.filter(pk=project.pk).update(kind="active")
    hidden = planner.get(address("funding_offers", case)).context["rows"]
    post(planner, "funding_offers", case, offer=["invented"])

    case.refresh_from_db()
    assert [row.offer.key for row in shown] == ["invented"]
    assert hidden == []
    assert find(case.data, "offers", "invented") is None


def test_closed_calls_are_shown_on_demand(planner, case):
    programme = make_programme()
    today = timezone.localdate()
    call = make_call(programme, opens=today.replace(year=2020), closes=today.replace(year=2021))
    make_offer(programme, call=call)
    make_offer(programme, "open-offer", terms=ANYWHERE)

    usual = planner.get(address("funding_offers", case)).context["rows"]
    closed = planner.get(address("funding_offers", case), {"show": "closed"}).context["rows"]

    assert [row.offer.key for row in usual] == ["open-offer"]
    assert [(row.offer.key, row.is_over) for row in closed] == [("timber-offer", True)]


def test_ties_wishes_days_and_search_are_kept(planner, case):
    link = {"link-type": "paired", "link-first": "X", "link-others": ["Y"]}
    wish = {"wish-type": "min_partner", "wish-partner": "B", "wish-amount": "5000"}

    missing = post(planner, "funding_links", case, do="link", **link)
    ratio = {"link-ratio_first": 2, "link-ratio_second": 1}
    post(planner, "funding_links", case, do="link", **link, **ratio)
    post(planner, "funding_links", case, do="wish", **wish, **{"wish-weight": "100"})
    days = {"days-offer": "X", "days-applied_on": "2024-12-01"}
    post(planner, "funding_links", case, do="days", **days)
    solver = {"solver-seed": 7, "solver-assume_open": "on"}
    post(planner, "funding_links", case, do="solver", **solver)

    case.refresh_from_db()
    assert missing.status_code == 422
    assert case.data["links"][-1] == {"type": "paired", "offers": ["X", "Y"], "ratio": [2, 1]}
    assert case.data["wishes"][-1] == {
        "type": "min_partner",
        "partner": "B",
        "amount_ct": 500_000,
        "weight": 10_000,
    }
    assert find(case.data, "offers", "X")["applied_on"] == "2024-12-01"
    assert case.data["solver"]["seed"] == 7
    assert case.data["solver"]["assume_open"] is True
    assert case.data["solver"]["theme_filter"] is False
    page = planner.get(address("funding_links", case))
    assert page.context["links"][-1]["ratio"] == "2 : 1"


def test_ties_and_wishes_are_taken_back(planner, case):
    tie = {"link-type": "exclusive", "link-first": "X", "link-others": ["Y", "Z"]}
    post(planner, "funding_links", case, do="link", **tie)
    again = post(planner, "funding_links", case, do="link", **tie)
    post(planner, "funding_links", case, do="wish", **{"wish-type": "use", "wish-offer": "X"})
    case.refresh_from_db()
    n_links, n_wishes = len(case.data["links"]), len(case.data["wishes"])

    post(planner, "funding_links", case, do="unlink", place=n_links - 1)
    post(planner, "funding_links", case, do="unwish", place=n_wishes - 1)
    gone = post(planner, "funding_links", case, do="unwish", place=99)

    case.refresh_from_db()
    assert (again.status_code, gone.status_code) == (422, 422)
    assert (len(case.data["links"]), len(case.data["wishes"])) == (n_links - 1, n_wishes - 1)


def test_case_with_faults_lists_them_and_shows_no_matrix(planner, project):
    data = example_case()
    data["lines"][0]["partner"] = "nobody"
    case = make_case(project, data)

    page = planner.get(address("funding_case_fits", case))

    assert page.context["matrix"] is None
    assert any("/lines/0/partner" in fault for fault in page.context["faults"])
    assert planner.get(address("funding_fit", case)).status_code == 404


def test_ready_case_offers_to_compute_the_mix(planner, case):
    page = planner.get(address("funding_case_fits", case))

    assert f'action="{reverse("workspace:mix_ask", args=[case.pk])}"' in page.text


def with_open_offer(project):
    """Build a case whose only offer has conditions that nobody entered."""
    data = example_case()
    offer = {**data["offers"][0], "eligibility": {"all": [dict(NOT_ENTERED)]}}
    return make_case(project, {**data, "offers": [offer], "links": [], "wishes": []})


def test_offer_without_conditions_leads_to_entering_them(planner, project):
    case = with_open_offer(project)
    key = case.data["offers"][0]["id"]
    link = reverse("workspace:funding_conditions", args=[case.pk, key])

    page = planner.get(address("funding_case_fits", case))

    assert [one for one, _title in page.context["uncoded"]] == [key]
    assert f'href="{link}"' in page.text
    assert "None: every answer is known." not in page.text


def test_entered_conditions_decide_and_say_where_they_stand(planner, project):
    case = with_open_offer(project)
    key = case.data["offers"][0]["id"]
    link = reverse("workspace:funding_conditions", args=[case.pk, key])
    said = {"kinds": ["public"], "rate": "60", "floor": "1000", "min_partners": "2"}

    answer = planner.post(link, {"version": case.version, "source": "Notice, page 3", **said})

    case.refresh_from_db()
    [offer] = case.data["offers"]
    assert answer.status_code == 302
    assert offer["eligibility"] == {"all": [{"all": [{"in": ["partner.kind", ["public"]]}]}]}
    assert (offer["rates"], offer["floor_ct"], offer["min_partners"]) == (
        [{"bp": 6000}],
        100_000,
        2,
    )
    assert offer["facts"][-1]["source"] == "Notice, page 3"
    page = planner.get(address("funding_case_fits", case))
    assert page.context["uncoded"] == []
    assert "U" not in {cell.letter for row in page.context["matrix"] for cell in row["cells"]}


def test_conditions_need_their_source(planner, project):
    case = with_open_offer(project)
    link = reverse("workspace:funding_conditions", args=[case.pk, case.data["offers"][0]["id"]])

    answer = planner.post(link, {"version": case.version, "rate": "60", "source": ""})

    assert answer.status_code == 422
    assert "source" in answer.context["form"].errors


def test_offers_that_are_over_or_outside_the_case_are_shown_on_wish_only(planner, project):
    case = make_case(project)
    demonstration = {"status": "demonstration"}
    old = make_programme("old", period="2007-2013", **demonstration)
    make_offer(old, "old-offer")
    new = make_programme("new", period="", **demonstration)
    make_offer(new, "early", terms={"starts": "2001-01-01", "ends": "2001-12-31"})
    make_offer(new, "now", terms={"starts": None, "ends": None})
    url = address("funding_offers", case)

    make_offer(new, "named", terms={"starts": None, "ends": None}, title="Call of 2022, part 1")
    phase = make_programme("phase", period="2001-2002", **demonstration)
    make_offer(phase, "phase-offer", terms={"starts": None, "ends": None})

    usual = {row.offer.key for row in planner.get(url).context["rows"]}
    closed = planner.get(url, {"show": "closed"}).context["rows"]

    assert usual == {"now"}
    over = {row.offer.key: row.is_over for row in closed}
    assert over == {
        "old-offer": True,
        "early": True,
        "named": True,
        "phase-offer": True,
    }


def test_programme_that_ends_before_the_case_begins_is_not_offered_first(planner, project):
    data = example_case()
    data["periods"]["start"] = "2045-01-01"
    case = make_case(project, data)
    soon = make_programme("soon", period="2040-2044", status="demonstration")
    make_offer(soon, "soon-offer", terms={"starts": None, "ends": None})
    later = make_programme("later", period="2040-2046", status="demonstration")
    make_offer(later, "later-offer", terms={"starts": None, "ends": None})
    url = address("funding_offers", case)

    usual = planner.get(url).context["rows"]
    closed = planner.get(url, {"show": "closed"}).context["rows"]

    assert [row.offer.key for row in usual] == ["later-offer"]
    assert [(row.offer.key, row.is_over) for row in closed] == [("soon-offer", False)]


def test_offers_for_the_seats_of_the_partners_come_first(planner, case):
    programme = make_programme("places", status="demonstration")
    countries = sorted({one["country"] for one in case.data["partners"]})
    for key, codes in (("here", countries), ("elsewhere", ["PT"])):
        place = {"in": ["partner.country", codes]}
        make_offer(programme, key, terms={"starts": None, "ends": None, "eligibility": place})
    url = address("funding_offers", case)

    first = planner.get(url)
    rest = planner.get(url, {"show": "far"}).context["rows"]

    assert [row.offer.key for row in first.context["rows"]] == ["here"]
    assert [row.offer.key for row in rest] == ["elsewhere"]
    assert 'href="?show=far"' in first.text


def test_offers_come_in_pages_of_ten_and_taking_some_keeps_the_place(planner, case):
    programme = make_programme("many", status="demonstration")
    for n in range(12):
        make_offer(programme, f"many-{n:02}", terms=ANYWHERE)
    url = address("funding_offers", case) + "?show=near&page=2"

    rows = planner.get(url).context["rows"]
    answer = planner.post(url, {"version": 1, "offer": [rows[0].offer.key], "then": "more"})

    assert len(rows) == 2
    assert answer.url == url
    assert planner.get(url).context["rows"][0].is_taken


def test_unknown_conditions_are_one_step_from_the_list(planner, case):
    make_offer(
        make_programme("open", status="demonstration"),
        "open-offer",
        terms={"starts": None, "ends": None, "eligibility": dict(NOT_ENTERED)},
    )
    url = address("funding_offers", case)

    page = planner.get(url)
    answer = planner.post(url, {"version": 1, "conditions": "open-offer"}, follow=True)

    assert "Conditions not known yet" in page.text
    form = reverse("workspace:funding_conditions", args=[case.pk, "open-offer"])
    assert answer.request["PATH_INFO"] == form
    assert answer.context["back"].startswith(url)

    case.refresh_from_db()
    said = {"version": case.version, "source": "Notice, page 3", "rate": "60"}
    planner.post(form, {**said, "kinds": ["public"]})

    assert "Conditions not known yet" not in planner.get(url).text


def test_chance_needs_its_base_and_source_or_is_one_s_own_estimate(planner, case):
    half = {"chance-offer": "X", "chance-kind": "statistics", "chance-granted": 30}
    whole = {
        **half,
        "chance-applied": 120,
        "chance-source": "Annual report 2025",
        "chance-checked_on": "2026-05-01",
    }

    refused = post(planner, "funding_links", case, do="chance", **half)
    too_many = post(planner, "funding_links", case, do="chance", **whole | {"chance-granted": 121})
    post(planner, "funding_links", case, do="chance", **whole)
    own = {"chance-offer": "Y", "chance-kind": "estimate", "chance-percent": 40}
    post(planner, "funding_links", case, do="chance", **own)

    case.refresh_from_db()
    assert (refused.status_code, too_many.status_code) == (422, 422)
    assert find(case.data, "offers", "X")["success"] == {
        "granted": 30,
        "applied": 120,
        "source": "Annual report 2025",
        "checked_on": "2026-05-01",
    }
    assert find(case.data, "offers", "Y")["success_bp"] == 4_000
    page = planner.get(address("funding_links", case)).content.decode()
    assert "own estimate" in page
    assert "30 of 120; Annual report 2025" in page


def test_list_says_what_each_offer_would_bring_and_how_many_others_it_touches(planner, case):
    page = planner.get(address("funding_case_fits", case))

    cells = {
        (row["offer"].id, cell.partner): cell
        for row in page.context["matrix"]
        for cell in row["cells"]
    }
    fitting = [cell for cell in cells.values() if cell.letter == "T"]
    assert any(cell.amount.startswith("up to €") and cell.n_touched for cell in fitting)
    assert {cell.amount for cell in cells.values() if cell.letter == "F"} <= {""}


def test_list_says_why_an_offer_that_fits_would_bring_nothing(planner, case):
    for one in case.data["offers"]:
        one.pop("cap_ct", None)
        one["floor_ct"] = 10**11
    case.save()

    page = planner.get(address("funding_case_fits", case))

    cells = [cell for row in page.context["matrix"] for cell in row["cells"]]
    assert {bool(cell.missing) for cell in cells if cell.amount == "€0"} == {True}
    assert "The offer is not reached: its least amount, partners or" in page.text


def test_pair_says_what_the_offer_brings_and_blocks(planner, case):
    page = planner.get(address("funding_case_fits", case))
    row, cell = next(
        (row, cell) for row in page.context["matrix"] for cell in row["cells"] if cell.n_touched
    )

    why = planner.get(
        address("funding_fit", case), {"partner": cell.partner, "offer": row["offer"].id}
    )

    worth = why.context["worth"]
    assert worth.amount == cell.amount
    assert worth.excludes or worth.same_costs or worth.account_with
    assert "What it blocks" in why.text
