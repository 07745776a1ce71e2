"""The pages of a mix: what was found, who gets what, proof, time, scenarios, files."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from alpclusters.analysis.funding.mix.document import mix_text
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.domain.mixing.chances import weigh
from alpclusters.platform.funding.domain.mixing.computing import compute
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.models import MixRun
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.mixes import example_case, make_case, make_done_run, make_run, tiny_mix

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def planner(client, project):
    user = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    client.force_login(user)
    return user


@pytest.fixture
def run(project):
    return make_done_run(make_case(project))


def address(name: str, run: MixRun, *more) -> str:
    return reverse(f"workspace:{name}", args=[run.pk, *more])


def text_of(answer) -> str:
    assert answer.status_code in {200, 422}
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def mix_of(name: str = "tiny", **changes):
    data = example_case(name, **changes)
    return data, json.loads(mix_text(compute(Asked(data), tell=lambda _message: True)))


@pytest.mark.usefixtures("planner")
def test_page_says_what_was_found_with_bound_and_gap(client, run):
    page = text_of(client.get(address("mix", run)))

    assert "Best mix found and proved." in page
    assert "Bound €165,500, gap 0.0%." in page
    assert "Decision support, not legal advice." in page
    assert "simulated" in page


@pytest.mark.usefixtures("planner")
def test_matrix_shows_every_partner_with_own_money_and_rate(client, run):
    matrix = client.get(address("mix", run)).context["matrix"]

    assert [row.name for row in matrix.rows] == ["Simulated agency A", "Simulated firm B"]
    assert [head.name[:8] for head in matrix.heads] == [
        "Cooperat",
        "Grant Y ",
        "Grant Z ",
        "Grant V ",
    ]
    assert matrix.total == "180,000"


@pytest.mark.slow
@pytest.mark.usefixtures("planner")
def test_alternatives_can_be_looked_at_and_taken(client, project):
    data, mix = mix_of("partnership")
    base = make_done_run(make_case(project, data), result=mix)

    page = client.get(address("mix", base) + "?mix=2")
    made = client.post(address("mix_adopt", base), {"mix": "1"})

    assert page.context["chosen"] == 1
    assert "less than the best mix" in text_of(page)
    taken = MixRun.objects.get(kind="manual")
    assert made.url == address("mix", taken)
    # The example grants in June 2027, after the block exemption: nothing broken, law undecided.
    assert (taken.result["check"]["violations"], taken.result["status"]) == ([], "undecided")


def make_large(run) -> MixRun:
    """Let a run have taken so much work that nothing was searched beside it."""
    solver = {**tiny_mix()["solver"], "work": 300_000}
    run.result = {**tiny_mix(), "solver": solver, "alternatives": [], "scenarios": []}
    run.save()
    return run


@pytest.mark.usefixtures("planner")
def test_large_case_says_what_was_not_searched_and_offers_to(client, run):
    page = client.get(address("mix", make_large(run)))
    scenarios = text_of(client.get(address("mix_scenarios", run)))
    asked = client.post(reverse("workspace:mix_ask", args=[run.case.pk]), {"thorough": "1"})

    n = page.context["left_out"].n_scenarios
    assert "No other mixes nearly as good were looked for." in text_of(page)
    assert f"For {n} large offers it was not examined" in text_of(page)
    assert 'name="thorough"' in text_of(page)
    assert "Each large offer was left out once" not in text_of(page)
    assert f"For {n} large offers it was not examined" in scenarios
    assert "was left out once" not in scenarios
    made = MixRun.objects.get(changes__thorough=True)
    assert (asked.url, made.state, made.kind) == (address("mix", made), "waiting", "best")


def test_member_reads_what_was_not_searched_without_a_button(client, project, run):
    client.force_login(make_user_with(Role.FACILITATOR, project=project))

    page = text_of(client.get(address("mix", make_large(run))))

    assert "No other mixes nearly as good were looked for." in page
    assert 'name="thorough"' not in page


@pytest.mark.usefixtures("planner")
def test_small_case_has_nothing_left_to_search(client, run):
    page = text_of(client.get(address("mix", run)))

    assert "Not searched" not in page
    assert "Each large offer was left out once" in page


@pytest.mark.usefixtures("planner")
def test_scenario_does_not_claim_refusals_of_its_own(client, run):
    derived = make_done_run(run.case, kind="scenario", base=run, changes={"rejected": ["X"]})

    page = text_of(client.get(address("mix", derived)))

    assert "Not searched" not in page
    assert "Each large offer was left out once" not in page


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("asked", ["9", "0", "x", "-1", "99999999999"])
def test_alternative_that_is_not_there_shows_the_mix_itself(client, run, asked):
    assert client.get(address("mix", run), {"mix": asked}).context["chosen"] == 0


@pytest.mark.usefixtures("planner")
def test_waiting_run_shows_how_far_it_is(client, run):
    running = make_run(
        run.case, state="running",
        progress={"phase": "start", "objective": 12_345_600, "gap": 0.021},
    )  # fmt: skip

    page = text_of(client.get(address("mix", running)))
    told = client.get(address("mix_progress", running)).json()

    assert "best mix so far €123,456, gap 2.1%" in page
    assert (told["is_over"], told["total"]) == (False, 100)
    assert told["told"] in page


@pytest.mark.usefixtures("planner")
def test_failed_run_says_why_and_offers_another_attempt(client, run):
    error = {"code": "mix.worker_ended", "values": {"reason": "memory"}}
    failed = make_run(run.case, state="failed", error=error)

    page = text_of(client.get(address("mix", failed)))

    assert "There is no mix." in page
    assert "It needed more memory than it may have." in page
    assert "Nothing of it was stored." in page


@pytest.mark.usefixtures("planner")
def test_cancelled_run_keeps_its_mix(client, run):
    cancelled = make_done_run(
        run.case, state="cancelled", result={**tiny_mix(), "status": "cancelled"}
    )

    page = text_of(client.get(address("mix", cancelled)))

    assert "Cancelled: this is the best mix until then." in page


@pytest.mark.usefixtures("planner")
def test_cancel_asks_the_worker_to_end(client, run):
    running = make_run(run.case, state="running", started_at=run.asked_at)

    client.post(address("mix_cancel", running))

    running.refresh_from_db()
    assert running.cancel_asked or running.state == "failed"


@pytest.mark.usefixtures("planner")
def test_mix_that_breaks_a_rule_is_never_shown_as_valid(client, run):
    cell = tiny_mix()["allocation"][0]
    answer = client.post(
        address("mix_cell", run, 0, 3), {"line-0": "60000", "line-1": "40000", "keep": "1"}
    )
    made = MixRun.objects.get(kind="manual")

    page = text_of(client.get(answer.url))

    assert (made.result["status"], made.result["check"]["valid"]) == ("failed", False)
    assert "This mix breaks rules." in page
    assert "Best mix found" not in page
    assert cell["declared_ct"] > 0


@pytest.mark.usefixtures("planner")
def test_change_of_a_cell_shows_the_ceilings_that_moved(client, run):
    declared = {c["line"]: c["declared_ct"] for c in run.result["allocation"] if c["offer"] == "V"}
    less = {
        f"line-{at}": declared.get(line, 0) // 200 * 1.9 for at, line in enumerate(("b1", "b2"))
    }

    page = client.post(address("mix_cell", run, 1, 3), {k: f"{v:.2f}" for k, v in less.items()})

    tried = page.context["tried"]
    assert tried["is_valid"]
    assert [row.what for row in tried["moved"]] != []
    assert MixRun.objects.count() == 1


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("amount", ["-1", "x", "60000.01", "1e99", "NaN", "1.234"])
def test_amount_that_is_none_is_refused(client, run, amount):
    answer = client.post(address("mix_cell", run, 0, 0), {"line-0": amount, "line-1": "0"})

    assert answer.status_code == 422
    assert MixRun.objects.count() == 1


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
def test_order_of_applications_marks_a_closed_call_and_names_no_past_day(client, run):
    data = run.case_data
    for offer in data["offers"]:
        offer.pop("applied_on", None)
        offer["closes"] = "2024-11-30"
    run.case_data = data
    run.save()
    weigh(run.pk)

    page = client.get(address("mix", run))

    steps = page.context["chances"]["said"].steps
    assert steps
    assert all(step.closes is None and "usable only if it opens again" in step.notes[0]
               for step in steps)  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("planner")
def test_time_page_draws_a_curve_for_who_finances_in_between(client, project):
    data, mix = mix_of("partnership")
    base = make_done_run(make_case(project, data), result=mix)

    page = client.get(address("mix_time", base))

    shown = [curve.name for curve in page.context["curves"]]
    names = {partner["id"]: partner["name"] for partner in data["partners"]}
    assert shown == [names[part["id"]] for part in mix["partners"] if any(part["cash"])]
    assert shown


@pytest.mark.usefixtures("planner")
def test_scenarios_stand_side_by_side(client, run):
    rows = client.get(address("mix_scenarios", run)).context["rows"]

    assert rows[0].name == "All offers are granted"
    assert len(rows) == 1 + len(tiny_mix()["scenarios"])


@pytest.mark.usefixtures("planner")
def test_scenario_can_be_asked_for(client, run):
    client.post(address("mix_scenarios", run), {"rejected": ["X"]})

    asked = MixRun.objects.get(kind="scenario")
    assert (asked.base, asked.changes, asked.state) == (run, {"rejected": ["X"]}, "waiting")
    assert "Scenario" in text_of(client.get(address("mix", run)))


@pytest.mark.usefixtures("planner")
def test_scenario_without_a_choice_is_refused(client, run):
    assert client.post(address("mix_scenarios", run), {}).status_code == 422


@pytest.mark.usefixtures("planner")
def test_sheets_of_partner_and_offer_show_their_lines(client, run):
    partner = client.get(address("mix_partner", run, 1))
    offer = client.get(address("mix_offer", run, 0))

    assert "Sheet of Simulated firm B" in text_of(partner)
    assert partner.context["proof"] != []
    assert offer.context["is_used"]
    assert "Application to Cooperation grant X (simulated)" in text_of(offer)


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("name", ["mix_partner", "mix_offer"])
def test_sheet_of_nobody_is_not_found(client, run, name):
    assert client.get(address(name, run, 99)).status_code == 404


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("kind", ["proof", "report"])
@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_documents_can_be_taken_away(client, run, kind, ending, begins):
    answer = client.get(address("mix_file", run, f"{kind}.{ending}"))

    assert answer.content.startswith(begins)
    if ending != "pdf":
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


@pytest.mark.usefixtures("planner")
def test_mix_as_data_is_the_stored_one(client, run):
    answer = client.get(address("mix_file", run, "mix.json"))

    assert answer.content.decode() == mix_text(run.result)


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("name", ["mix.pdf", "proof.exe", "secret", "report.json"])
def test_other_files_are_not_found(client, run, name):
    assert client.get(address("mix_file", run, name)).status_code == 404


@pytest.mark.usefixtures("planner")
def test_failed_mix_has_no_report(client, run):
    run.result = {**tiny_mix(), "status": "failed"}
    run.save()

    assert client.get(address("mix_file", run, "report.pdf")).status_code == 404


@pytest.mark.usefixtures("planner")
def test_wishes_that_cannot_hold_are_told_with_what_is_missing(client, project):
    wish = {"type": "min_total", "amount_ct": 20_000_000}
    data, mix = mix_of(wishes=[wish])
    nothing = make_done_run(make_case(project, data), result=mix)

    page = text_of(client.get(address("mix", nothing)))

    assert "No mix fits." in page
    assert "You wish grants of at least €200,000." in page
    assert "It falls short by" in page


@pytest.mark.usefixtures("planner")
def test_case_with_faults_shows_all_of_them(client, run):
    run.case.data["lines"][0]["cost_ct"] = -1
    run.case.data["partners"][0]["nuts"] = "XX99"
    run.case.save()

    answer = client.post(reverse("workspace:mix_ask", args=[run.case.pk]))

    assert answer.status_code == 422
    found = [fault.partition(":")[0] for fault in answer.context["faults"]]
    assert found == ["/lines/0/cost_ct", "/partners/0/country", "/partners/0/nuts"]
    assert MixRun.objects.count() == 1


@pytest.mark.usefixtures("planner")
def test_stored_mix_is_shown_instead_of_computing_it_again(client, run):
    answer = client.post(reverse("workspace:mix_ask", args=[run.case.pk]))

    assert answer.url == address("mix", run)
    assert MixRun.objects.count() == 1


@pytest.mark.usefixtures("planner")
def test_list_keeps_older_runs(client, run):
    make_run(run.case, state="failed")

    page = client.get(reverse("workspace:mixes", args=[run.case.pk]))

    assert [row.run.state for row in page.context["page"].object_list] == ["failed", "done"]


@pytest.mark.usefixtures("planner")
def test_mix_of_an_older_case_says_so(client, run):
    MixRun.objects.filter(pk=run.pk).update(case_version=run.case.version - 1)

    assert "The case was changed since." in text_of(client.get(address("mix", run)))


def test_member_sees_a_mix_but_computes_none(client, project, run):
    client.force_login(make_user_with(Role.FACILITATOR, project=project))

    assert "Best mix found" in text_of(client.get(address("mix", run)))
    assert "Changing a cell" not in text_of(client.get(address("mix", run)))
    assert client.post(reverse("workspace:mix_ask", args=[run.case.pk])).status_code == 403
    assert client.get(address("mix_cell", run, 0, 0)).status_code == 403
    assert client.post(address("mix_scenarios", run), {"rejected": ["X"]}).status_code == 403


def test_stranger_finds_no_mix(client, run):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project(slug="other")))

    for name in ("mix", "mix_time", "mix_proof", "mix_scenarios", "mix_progress"):
        assert client.get(address(name, run)).status_code == 404


@pytest.mark.usefixtures("planner")
def test_empty_mix_of_offers_without_conditions_is_not_called_best(client, project):
    case = example_case()
    uncoded = {"all": [{"eq": ["offer.conditions_coded", True]}]}
    offer = {**case["offers"][0], "eligibility": uncoded}
    data, mix = mix_of(offers=[offer], links=[], wishes=[])
    run = make_run(make_case(project, data), state="done", result=mix)

    page = text_of(client.get(address("mix", run)))

    assert "Best mix found and proved." not in page
    assert "Nothing is decided yet." in page
    assert reverse("workspace:funding_conditions", args=[run.case_id, offer["id"]]) in page


@pytest.mark.usefixtures("planner")
def test_page_of_an_unused_offer_says_why_and_what_would_bring_it_in(client, project):
    data, mix = mix_of(wishes=[{"type": "avoid", "offer": "V"}])
    run = make_done_run(make_case(project, data), result=mix)
    place = next(i for i, part in enumerate(run.result["offers"]) if not part["used"])
    subject = f"offer:{run.result['offers'][place]['id']}"
    before = text_of(client.get(address("mix_offer", run, place)))
    floor = {"kind": "floor", "subject": "X", "needed": 3_000_000, "found": 1_575_000}
    nothing = {"day": None, "rule": "", "act": "", "article": ""}
    way = {"kind": "cost", "subject": "A", "amount": 2_850_000, "day": None, "worth_ct": 500_000}
    run.reasons = {subject: {"state": "done", "obstacles": [{**floor, **nothing}], "ways": [way]}}
    run.save()

    after = text_of(client.get(address("mix_offer", run, place)))

    assert "Say why" in before
    assert "The grant has to be at least €30,000; you reach €15,750." in after
    assert "€28,500 more costs of Simulated agency A" in after
    assert "the mix is worth €5,000 more" in after


def explained(run, subject, *obstacles, ways=()):
    """Keep a reason as the worker does."""
    empty = {"subject": "", "needed": None, "found": None, "day": None}
    law = {"rule": "", "act": "", "article": ""}
    way = {"subject": "", "amount": None, "day": None, "to": "", "worth_ct": None}
    run.reasons[subject] = {
        "state": "done",
        "obstacles": [{**empty, **law, **one} for one in obstacles],
        "ways": [{**way, **one} for one in ways],
    }
    run.save()


@pytest.fixture
def unused(project):
    """A mix that leaves offer V out; its place among the offers."""
    data, mix = mix_of(wishes=[{"type": "avoid", "offer": "V"}])
    run = make_done_run(make_case(project, data), result=mix)
    return run, next(i for i, one in enumerate(data["offers"]) if one["id"] == "V")


@pytest.mark.usefixtures("planner")
def test_reason_by_law_says_what_its_article_says_and_links_to_it(client, unused):
    run, place = unused
    rule = {"rule": "DM-2", "act": "2023/2831", "article": "3(2)"}
    explained(run, "offer:V", {"kind": "de_minimis", "needed": 30_000_000, **rule})

    page = text_of(client.get(address("mix_offer", run, place)))

    assert 'href="https://eur-lex.europa.eu/eli/reg/2023/2831/oj#art_3"' in page
    assert "Regulation 2023/2831, Article 3(2)" in page
    assert "limited over any three years." in page


@pytest.mark.usefixtures("planner")
def test_offer_without_conditions_leads_to_their_form_and_back(client, project):
    case = example_case()
    uncoded = {"all": [{"eq": ["offer.conditions_coded", True]}]}
    data, mix = mix_of(offers=[{**case["offers"][0], "eligibility": uncoded}], links=[], wishes=[])
    run = make_done_run(make_case(project, data), result=mix)
    key = data["offers"][0]["id"]
    explained(run, f"offer:{key}", {"kind": "open", "subject": key})
    here = address("mix_offer", run, 0)

    page = client.get(here)
    [(_title, url)] = page.context["why"]["to_enter"]
    form = client.get(url)

    assert url.startswith(reverse("workspace:funding_conditions", args=[run.case_id, key]))
    assert f'href="{here}"' in form.text
    stored = client.post(url, {"version": run.case.version, "source": "Notice", "rate": "50"})
    assert stored.url == here


@pytest.mark.usefixtures("planner")
def test_partner_page_says_of_each_unpaid_cost_why(client, project):
    case = example_case()
    line = {**case["lines"][0], "id": "L99", "category": "fairs"}
    data, mix = mix_of(lines=[*case["lines"], line])
    offers = [{**one, "categories": ["staff"]} for one in data["offers"]]
    data, mix = mix_of(lines=data["lines"], offers=offers)
    run = make_done_run(make_case(project, data), result=mix)
    place = next(i for i, one in enumerate(data["partners"]) if one["id"] == line["partner"])
    offer = offers[0]["id"]
    way = {"kind": "category", "subject": line["partner"], "to": "staff", "amount": 100}
    explained(
        run,
        "line:L99",
        {"kind": "no_offer", "subject": "L99"},
        {"kind": "other_costs", "subject": offer},
        ways=[way],
    )

    page = text_of(client.get(address("mix_partner", run, place)))

    assert "Costs that get nothing" in page
    assert "does not pay for this kind of cost." in page
    assert "as “Staff”" in page or "as “staff”" in page


@pytest.mark.usefixtures("planner")
def test_chances_are_asked_for_and_shown_with_order_and_plan_b(client, project):
    data = example_case()
    for offer in data["offers"]:
        offer["success"] = {"granted": 30, "applied": 120, "source": "Annual report 2025"}
    run = make_done_run(make_case(project, data))

    page = text_of(client.get(address("mix", run)))
    assert "Weigh the chances" in page
    assert "Expected worth" not in page

    answer = client.post(address("mix_chances", run))
    assert answer["Location"].endswith("#chances")
    weigh(run.pk)

    page = text_of(client.get(address("mix", run)))
    assert "Expected worth: €" in page
    assert "Worst case: if all that can be refused is refused, the worth is −€14,500." in page
    assert "30 of 120 applications; 95 %: 18% to 33%. Annual report 2025" in page
    assert "In this order you apply" in page
    assert "no other offer takes its place" in page


@pytest.mark.usefixtures("planner")
def test_unknown_chance_is_named_and_no_figure_is_made_up(client, run):
    weigh(run.pk)

    page = text_of(client.get(address("mix", run)))
    assert "The expected worth is not known, because nobody entered the chance of" in page
    assert "The most likely outcomes" not in page


def test_member_cannot_ask_for_chances(client, project, run):
    client.force_login(make_user_with(Role.FACILITATOR, project=project))

    assert client.post(address("mix_chances", run)).status_code == 403
