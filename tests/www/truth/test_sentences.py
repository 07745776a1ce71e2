"""Every sentence about results is derived again; planted falsehoods are caught, all of them."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.domain.grading.regrading import regrade
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.policy.domain.plans import new_version, publish_plan
from alpclusters.platform.policy.domain.proofs import UnprovedError
from alpclusters.platform.policy.domain.statements import ground_recommendation
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.tracing.domain.stations import Ref, Station, Stop, stations_of
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.reports.claims.checking import Carried, check_texts, texts_of_html
from alpclusters.reports.claims.wording import KINDS
from alpclusters.www.truth.numbers import visitor
from alpclusters.www.truth.published import Published
from alpclusters.www.truth.sentences import check_pages, check_stored, check_trails, pages_of
from tests.factories.evaluation import NOW, fill, make_cafe, make_measure, make_snapshot
from tests.factories.evidence import make_activity, make_bearing, make_lesson, make_suggestion
from tests.factories.findings import state_lesson
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LANGUAGES = ("de", "en", "fr", "it", "sl")
MEASURES = ("fair", "pilot", "brand", "label")
HIGH, MIDDLE, LOW = [5, 5, 4, 5, 5, 4], [3, 3, 4, 3, 2, 3], [1, 2, 1, 1, 2, 1]
LATER = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def town(once):  # noqa: ARG001 - lets the fixture write
    """A plan with two actions, a released evaluation that tells measures apart, a lesson."""
    plan = make_plan(("fair", "pilot"), published=True)
    cafe = make_cafe(measures=MEASURES)
    for measure, values in zip(MEASURES, (HIGH, MIDDLE, LOW, LOW), strict=True):
        fill(cafe, {"AT32": values * 2}, measures=(measure,))
    snapshot = make_snapshot(cafe=cafe, released=True)
    lesson = make_lesson("lasting-fairs")
    make_bearing(make_activity(state="closed"), lesson)
    make_suggestion(lesson, make_measure("fair"))
    regrade([lesson.pk], now=NOW)
    return plan, snapshot, lesson


def page(address):
    """Return the texts of a page as a visitor reads it."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return texts_of_html(answer.content.decode())


def evaluation_page(snapshot, language):
    """Return texts and what they may say of the first criterion."""
    published = Published(language)
    key = published.tabs(snapshot.pk)[0]
    carried = published.tab(snapshot.pk, key)
    return page(f"/{language}/evaluations/{snapshot.pk}/?criterion={key}"), carried


def names_of(snapshot, language):
    found = Published(language).evaluations[snapshot.pk]
    return [item.names[language] for item in found.measures]


def say(kind, language, **values):
    return KINDS[kind].say(language, **values)


# --- nothing false where nothing was planted ---------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_town_says_only_what_its_results_carry(town, language):  # noqa: ARG001
    found = check_pages(visitor(language), Published(language))

    assert found.mismatches == ()
    assert found.n > 10


def test_what_is_stored_agrees_with_its_source(town):  # noqa: ARG001
    assert check_stored().mismatches == ()


# --- planted in the page of an evaluation ------------------------------------------------------

FALSE = {
    "another measure leads": lambda s, c: s.replace(c["first"], c["second"]),
    "the base is another": lambda s, _c: s.replace("4", "9"),
    "the base is left out": lambda _s, c: c["bare"],
    "nothing is told apart": lambda _s, c: c["none"],
    "it is one of several": lambda _s, c: c["several"],
    "the doubt is another": lambda _s, c: c["doubt"],
    "it is missing": lambda _s, _c: "",
    "it speaks another language": lambda _s, c: c["foreign"],
}
BARE = {
    "de": "{} ist am höchsten bewertet",
    "en": "{} is rated highest",
    "fr": "{} obtient la note la plus élevée",
    "it": "{} ha la valutazione più alta",
    "sl": "Najvišje ocenjen je {}",
}


@pytest.mark.parametrize("fault", FALSE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_false_headline_is_caught(town, language, fault):
    _plan, snapshot, _lesson = town
    texts, carried = evaluation_page(snapshot, language)
    true = carried.required[0].text
    first, second, *_rest = names_of(snapshot, language)
    other = "it" if language == "de" else "de"
    doubt = "ratings.alone" if carried.required[0].kind == "ratings.ahead" else "ratings.ahead"
    planted = FALSE[fault](
        true,
        {
            "first": first,
            "second": second,
            "bare": BARE[language].format(first),
            "none": say("ratings.none", language),
            "several": say("ratings.many", language, n=4, all=4),
            "doubt": say(doubt, language, name=first, all=4),
            "foreign": evaluation_page(snapshot, other)[1].required[0].text,
        },
    )
    assert planted != true
    lied = [text.replace(true, planted) for text in texts]

    assert check_texts("page", texts, carried, language).mismatches == ()
    assert check_texts("page", lied, carried, language).mismatches


PLANTED = {
    "people": ("ratings.people", {"n": 99}),
    "tiers": ("ratings.tiers", {"n": 4}),
    "not apart": ("ratings.not_apart", {}),
    "behind": ("ratings.behind", {"k": 4, "n": 4}),
    "borders": ("across.measures", {"n": 3, "all": 4}),
    "change": ("rounds.several", {"n": 2, "all": 4}),
    "points": ("top_three.several", {"n": 2, "all": 4}),
    "cut": ("opinion.comes_back", {"n": 2}),
    "camps": ("opinion.camps", {}),
    "gradient": ("opinion.from_to", {"first": "A", "last": "B"}),
    "strictness": ("opinion.strictness", {}),
    "group": ("ratings.group", {"names": "“A”, “B”", "all": 4}),
    "majority": ("votes.majorities", {"n": 2, "all": 4}),
    "weighted": ("weighting.weighted", {"sources": "Region (Eurostat, 2024)"}),
    "rests": ("weighting.rests_above", {"threshold": "3.5", "names": "“A”"}),
    "holds": ("weighting.strong", {"gamma": "9.9"}),
    "turns": (
        "weighting.turn",
        {"share": "55 %", "group": "Tyrol", "split": "Region", "here": "40 %"},
    ),
    "above": ("weighting.above", {"threshold": "3.5", "value": "4.9"}),
    "best": ("decisions.among_best", {"k": 3, "share": "90 %", "names": "“A”"}),
    "every group": ("decisions.every_group", {"names": "“A”"}),
    "lower": ("decisions.lower", {"group": "A", "name": "“B”"}),
    "too few": ("decisions.too_few", {"names": "“A”"}),
    "open": ("decisions.open", {"n": 4, "all": 4}),
}


@pytest.mark.parametrize("fault", PLANTED)
@pytest.mark.parametrize("language", ["de", "sl"])
def test_a_false_sentence_beside_it_is_caught(town, language, fault):
    _plan, snapshot, _lesson = town
    texts, carried = evaluation_page(snapshot, language)
    kind, values = PLANTED[fault]

    found = check_texts("page", [*texts, say(kind, language, **values)], carried, language)

    assert [wrong.what.partition(":")[0] for wrong in found.mismatches] == [kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_that_rests_on_who_came_has_to_say_so(language):
    cafe = make_cafe(measures=MEASURES)
    for measure, values in zip(MEASURES, ([4, 3, 4, 4, 3, 4], HIGH, LOW, LOW), strict=True):
        fill(cafe, {"AT32": values * 2}, measures=(measure,))
    snapshot = make_snapshot(cafe=cafe, released=True)
    texts, carried = evaluation_page(snapshot, language)
    (duty,) = (one for one in carried.required if one.kind == "weighting.rests_above")

    kept = [text.replace(duty.text, "") for text in texts]

    assert check_texts("page", texts, carried, language).mismatches == ()
    found = check_texts("page", kept, carried, language).mismatches
    assert [wrong.what for wrong in found] == ["weighting.rests_above: missing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_phones_says_only_what_the_evaluation_carries(town, language):
    _plan, snapshot, _lesson = town
    addresses = dict(pages_of(Published(language)))
    address = f"/cafe/became/{snapshot.cafe_id}/"

    assert address in addresses
    texts = texts_of_html(visitor(language)(address) or "")
    assert check_texts(address, texts, addresses[address], language).mismatches == ()
    lied = [*texts, say("opinion.camps", language)]
    assert check_texts(address, lied, addresses[address], language).mismatches


def test_a_sentence_under_the_name_of_another_criterion_is_caught():
    true = KINDS["ratings.alone"].claim("en", name="“Fair”", all=4)
    carried = Carried((true,), {true.text: {"Effect"}}, {"Effect", "Durability"})

    under_its_own = check_texts("page", [f"Effect: {true.text}"], carried, "en")
    under_another = check_texts("page", [f"Durability: {true.text}"], carried, "en")

    assert under_its_own.mismatches == ()
    assert [wrong.what for wrong in under_another.mismatches] == ["ratings.alone: other_label"]


# --- planted in the pages of a plan and a lesson -----------------------------------------------

OF_PLANS = {
    "begun": ("plan.begun", {"k": 2, "n": 3}),
    "waiting": ("plan.waiting", {"k": 2, "n": 2}),
    "figures": (
        "finding.figures",
        {"mean": "4.9", "high": "5", "interval": "4.8–5.0", "n": "n\u00a0=\u00a08"},
    ),
    "n": (
        "finding.figures",
        {"mean": "3.8", "high": "5", "interval": "3.1–4.4", "n": "n\u00a0=\u00a080"},
    ),
    "highest": ("ratings.alone", {"name": "“Pilot action”", "all": 2}),
    "pairs": ("network.pairs_missing", {"n": 2, "all": 3}),
    "higher": ("network.higher", {"what": "Share", "a": "2007", "b": "2014"}),
    "most often": ("synthesis.most_often", {"name": "Fair", "all": 3}),
}


@pytest.mark.parametrize("fault", OF_PLANS)
def test_a_false_sentence_about_a_plan_is_caught(town, fault):
    plan, _snapshot, _lesson = town
    kind, values = OF_PLANS[fault]
    carried = Published("en").plan(plan.slug)

    found = check_texts("plan", [say(kind, "en", **values)], carried, "en")

    assert [wrong.what.partition(":")[0] for wrong in found.mismatches] == [kind]


def test_the_caption_that_called_the_best_of_a_plan_the_highest_is_caught(town):
    plan, _snapshot, _lesson = town
    caption = "Effectiveness: “Pilot action” is rated highest"

    found = check_texts("plan", [caption], Published("en").plan(plan.slug), "en")

    assert [wrong.what for wrong in found.mismatches] == ["superlative: no_proof"]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("lesson.amount", {"n": 7}),
        ("lesson.lasting", {"supporting": "9", "known": "8", "lasting": "8"}),
        ("lesson.source", {"families": "9", "supporting": "9"}),
        ("lesson.against", {"against": "3", "mixed": "1", "share": "40"}),
    ],
)
def test_a_false_number_of_a_lesson_is_caught(town, kind, values):
    _plan, _snapshot, lesson = town
    carried = Published("en").lesson(lesson.key)

    found = check_texts("lesson", [say(kind, "en", **values)], carried, "en")

    assert [wrong.what.partition(":")[0] for wrong in found.mismatches] == [kind]


# --- planted in what is stored -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [("n", 80), ("estimate", 4.9), ("low", 1.0), ("high", 5.0), ("cannot_judge_share", 0.5)],
)
def test_a_finding_that_is_no_longer_what_its_evaluation_says_is_caught(town, field, value):
    plan, _snapshot, _lesson = town
    finding = Finding.objects.filter(recommendations__actions__plan=plan).first()
    Finding.objects.filter(pk=finding.pk).update(**{field: value})

    assert [wrong.what for wrong in check_stored().mismatches] == ["finding: other_figures"]


def test_an_evaluation_that_was_altered_is_caught(town):
    _plan, snapshot, _lesson = town
    data = {**snapshot.data, "n_people": 99}
    Snapshot.objects.filter(pk=snapshot.pk).update(data=data)

    assert [wrong.what for wrong in check_stored().mismatches] == ["evaluation.digest"]


def test_a_grade_the_evidence_no_longer_gives_is_caught(town):
    _plan, _snapshot, lesson = town
    Lesson.objects.filter(pk=lesson.pk).update(grade="A")

    assert [wrong.what for wrong in check_stored().mismatches] == ["lesson.grade"]


@pytest.mark.parametrize("cause", ["lesson", "finding"])
def test_a_cause_that_came_later_is_caught(town, cause):
    plan, _snapshot, lesson = town
    action = plan.actions.first()
    finding = Finding.objects.filter(recommendations__actions=action).first()
    Lesson.objects.filter(pk=lesson.pk).update(created_at=LATER)
    Finding.objects.filter(pk=finding.pk).update(made_at=LATER)
    late = {"lesson": (Thing.LESSON, lesson.pk), "finding": (Thing.FINDING, finding.pk)}
    ref = Ref(*late[cause], "")
    stops = tuple(
        Stop(station, (ref,) if station.value == cause else (), station is Station.ACTION)
        for station in Station
    )

    found = check_trails({(Thing.ACTION, action.pk): stops})

    assert [wrong.what for wrong in found.mismatches] == ["trail.order"]
    visitor_sees = stations_of(action, seen_by=AnonymousUser())
    assert cause not in {stop.station.value for stop in visitor_sees if stop.refs}


# --- what no longer holds is not published -----------------------------------------------------


def test_a_plan_with_a_figure_its_evaluation_does_not_give_is_refused():
    plan = make_plan(("fair",))
    Finding.objects.filter(project=plan.project).update(estimate=4.9)

    with pytest.raises(UnprovedError) as refusal:
        publish_plan(plan, by=None, now=NOW)

    assert (refusal.value.code, refusal.value.found) == ("plan.other_figures", "F1")
    plan.refresh_from_db()
    assert not plan.is_published


def test_a_plan_on_an_altered_evaluation_is_refused():
    plan = make_plan(("fair",))
    snapshot = Snapshot.objects.latest("pk")
    Snapshot.objects.filter(pk=snapshot.pk).update(data={**snapshot.data, "n_people": 99})

    with pytest.raises(UnprovedError, match=r"plan\.altered"):
        publish_plan(plan, by=None, now=NOW)


def test_a_new_version_is_refused_once_a_lesson_behind_it_is_less_certain():
    plan = make_plan(("fair",), published=True)
    lesson = make_lesson("once-certain", grade="B", grading={"reasons": []})
    finding = state_lesson(plan.project, lesson, by=None, now=NOW)
    recommendation = Recommendation.objects.get(project=plan.project)
    ground_recommendation(
        recommendation, [*recommendation.findings.all(), finding], by=None, now=NOW
    )
    draft = new_version(plan, by=None, now=LATER)
    Lesson.objects.filter(pk=lesson.pk).update(grade="D")

    with pytest.raises(UnprovedError) as refusal:
        publish_plan(draft, by=None, now=LATER)

    assert (refusal.value.code, refusal.value.expected) == ("plan.less_certain", "D")
