"""The certainty of lessons: what counts, agreement, own grades, digest, what pages show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.grading import (
    clear_own_grade,
    regrade,
    set_own_grade,
    shown_grade,
)
from alpclusters.platform.evidence.models import (
    Bearing,
    BearingVote,
    Codebook,
    Coding,
    Corpus,
)
from tests.factories.accounts import make_user
from tests.factories.evaluation import make_project
from tests.factories.evidence import (
    NOW,
    make_activity,
    make_codebook,
    make_initiative,
    make_lesson,
    store_as_before,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GOOD = {
    "outcome_status": "lasting",
    "outcome_months": 20,
    "source_type": "external_evaluation",
    "context": "alpine",
    "payer_after": ["members"],
    "measure_type": "sme_pilot",
}
REASON = "The interviews of 2026 tell more than the reports do."


def support(lesson, n=1, *, stance="supports", initiative=None, **fields):
    made = []
    for _ in range(n):
        about = initiative or make_initiative(is_simulated=fields.get("is_simulated", False))
        activity = make_activity(about, **{**GOOD, **fields})
        # Also across the worlds, as older versions could: it must count for nothing.
        made.append(store_as_before(Bearing(activity=activity, lesson=lesson, stance=stance)))
    return made


def graded(lesson):
    regrade([lesson.pk], now=NOW)
    lesson.refresh_from_db()
    return shown_grade(lesson)


def said(lesson, rule):
    return next(r for r in graded(lesson).reasons if r.rule == rule)


def code_twice(bearings, codebook, types, second_types=None):
    """Let two people code; each third outcome differs in kind, so that values vary."""
    people = [make_user(), make_user()]
    for k, bearing in enumerate(bearings):
        outcome = "lasting" if k % 3 else "ended"
        for place, kinds in enumerate((types, second_types or types), 1):
            Coding.objects.create(
                activity=bearing.activity, coder=people[place - 1], place=place,
                codebook=codebook, began_at=NOW, closed_at=NOW,
                values={"measure_type": kinds[k % len(kinds)], "outcome_status": outcome},
            )  # fmt: skip
            BearingVote.objects.create(
                bearing=bearing, coder=people[place - 1], place=place, made_at=NOW,
                stance="supports" if k % 4 else "mixed",
            )  # fmt: skip
        bearing.activity.codebook = codebook
        bearing.activity.save()


def test_lesson_coded_once_is_at_most_b():
    lesson = make_lesson()
    support(lesson, 5)

    shown = graded(lesson)

    assert (shown.grade, shown.n_for, shown.lasting) == ("B", 5, (5, 5))
    assert [r.rule for r in shown.reasons if r.change] == ["coding_once"]
    assert (shown.convention, lesson.graded_at) == ("ap-1", NOW)


def test_agreement_on_the_units_behind_a_lesson_counts_the_lowest():
    lesson, codebook = make_lesson(), make_codebook()
    bearings = support(lesson, 12)
    types = ["sme_pilot", "partner_search", "soft_landing"]
    second = [*types, "sme_pilot", "sme_pilot", "soft_landing"]
    code_twice(bearings, codebook, types, second)

    shown = graded(lesson)

    fields = {f["field"]: (f["basis"], f["n_units"]) for f in shown.coding["fields"]}
    assert fields == dict.fromkeys(("measure_type", "outcome_status", "stance"), ("lesson", 12))
    lowest = min(shown.coding["fields"], key=lambda f: f["alpha"])
    assert (lowest["field"], shown.coding["alpha"]) == ("measure_type", lowest["alpha"])
    assert (shown.coding["n_twice"], shown.coding["n_activities"]) == (12, 12)


def collect(*bearings, project=None):
    """Put the initiatives behind some bearings into one corpus."""
    number = Corpus.objects.count()
    corpus = Corpus.objects.create(
        project=project or make_project(),
        slug=f"corpus-{number}",
        name=f"Corpus {number}",
        codebook=Codebook.objects.first(),
    )
    gathered = Corpus.initiatives.through
    for one in {bearing.activity.initiative_id for bearing in bearings}:
        store_as_before(gathered(corpus=corpus, initiative_id=one))
    return corpus


def test_few_units_behind_a_lesson_take_the_agreement_of_the_whole_corpus():
    lesson, codebook = make_lesson(), make_codebook()
    others, own = support(make_lesson(), 9), support(lesson, 5)
    code_twice(others, codebook, ["sme_pilot", "partner_search"])
    code_twice(own, codebook, ["sme_pilot", "partner_search"])
    collect(*others, *own)

    shown = graded(lesson)

    assert shown.grade == "A"
    assert {(f["basis"], f["n_units"], f["alpha"]) for f in shown.coding["fields"]} == {
        ("corpus", 14, 1.0)
    }
    assert "whole corpus" in said(lesson, "coding").text


def test_agreement_of_coders_of_another_corpus_says_nothing_about_a_lesson():
    lesson, codebook = make_lesson(), make_codebook()
    others, own = support(make_lesson(), 20), support(lesson, 5)
    code_twice(others, codebook, ["sme_pilot", "partner_search"])
    code_twice(own, codebook, ["sme_pilot", "partner_search"])
    collect(*others)
    collect(*own)

    shown = graded(lesson)

    assert (shown.grade, shown.coding["alpha"]) == ("B", None)
    assert {(f["basis"], f["n_units"]) for f in shown.coding["fields"]} == {("corpus", 5)}
    assert [r.rule for r in shown.reasons if r.change] == ["coding_undefined"]


@pytest.mark.parametrize("is_simulated", [False, True])
def test_coders_of_the_other_world_say_nothing_about_a_lesson(is_simulated):
    mine, other = {"is_simulated": is_simulated}, {"is_simulated": not is_simulated}
    lesson, codebook = make_lesson(**mine), make_codebook()
    others, own = support(make_lesson(**other), 20, **other), support(lesson, 5, **mine)
    code_twice([*others, *own], codebook, ["sme_pilot", "partner_search"])
    # As it was stored before corpora were kept apart: both in one, and each in its own.
    for kind in ("active", "demonstration"):
        collect(*others, *own, project=make_project(kind=kind))

    shown = graded(lesson)

    assert shown.coding["alpha"] is None
    assert {f["n_units"] for f in shown.coding["fields"]} == {5}


def test_real_evidence_does_not_count_for_a_simulated_lesson():
    lesson = make_lesson(is_simulated=True)
    support(lesson, 3)

    assert (graded(lesson).n_for, graded(lesson).grade) == (0, "none")


def test_agreement_of_too_few_is_undefined():
    lesson = make_lesson()
    code_twice(support(lesson, 5), make_codebook(), ["sme_pilot", "partner_search"])

    shown = graded(lesson)

    assert (shown.grade, shown.coding["alpha"]) == ("B", None)
    assert [r.rule for r in shown.reasons if r.change] == ["coding_undefined"]


def test_lesson_mostly_coded_once_counts_as_coded_once():
    lesson = make_lesson()
    code_twice(support(lesson, 2), make_codebook(), ["sme_pilot"])
    support(lesson, 3)

    assert graded(lesson).coding["is_once"]


def test_what_does_not_count_changes_nothing():
    lesson = make_lesson()
    support(lesson, 3)
    support(lesson, initiative=make_initiative(kind="programme_line"))
    support(lesson, initiative=make_initiative(is_published=False))
    support(lesson, initiative=make_initiative(is_simulated=True))
    support(lesson, is_simulated=True)
    support(lesson, state="open")
    support(lesson, stance="")

    shown = graded(lesson)

    assert (shown.n_for, shown.n_activities, shown.n_undecided) == (3, 3, 1)


def test_simulated_evidence_counts_for_a_simulated_lesson():
    lesson = make_lesson(is_simulated=True)
    support(lesson, is_simulated=True)

    assert graded(lesson).n_for == 1


def test_families_count_and_not_initiatives():
    lesson = make_lesson()
    first = make_initiative()
    follower = make_initiative(follows=first)
    support(lesson, initiative=first)
    support(lesson, initiative=follower, stance="contradicts")
    refresh_families()

    shown = graded(lesson)

    assert (shown.grade, shown.n_for, shown.n_mixed, shown.n_activities) == ("none", 0, 1, 2)


def test_own_report_unknown_context_and_european_money_are_told():
    lesson = make_lesson()
    support(lesson, 5, source_type="own_report", context="", payer_after=["eu_followup"])

    shown = graded(lesson)

    assert (shown.grade, shown.reasons[-1].rule) == ("D", "eu_followup_only")
    assert [r.rule for r in shown.reasons if r.change] == ["coding_once", "source", "relevance"]


def test_answer_to_evidence_against_it_lifts_a_grade():
    lesson = make_lesson()
    support(lesson, 5)
    support(lesson, 1, stance="contradicts")
    assert graded(lesson).grade == "C"

    lesson.answer = "Only where nobody owns the brand."
    lesson.save()

    assert graded(lesson).grade == "B"


def test_second_run_stores_nothing_and_keeps_the_moment():
    lesson = make_lesson()
    support(lesson, 2)
    regrade(now=NOW)

    assert regrade(now=NOW + timedelta(days=1)) == 0
    lesson.refresh_from_db()
    assert lesson.graded_at == NOW


def test_number_of_queries_does_not_grow_with_lessons():
    counts = []
    for numbers in ((1, 2), (3, 4)):
        for number in numbers:
            bearings = support(make_lesson(), 2)
            code_twice(bearings, make_codebook(number), ["a", "b"])
            collect(*bearings)
        with CaptureQueriesContext(connection) as asked:
            regrade(now=NOW)
        counts.append(len(asked))

    # A whole of its own for each codebook in which lessons are coded: two queries each.
    assert counts == [12, 16]


# --- a grade set by a person ----------------------------------------------------------------------


def test_own_grade_stands_beside_the_computed_one_until_the_evidence_changes():
    lesson, user = make_lesson(), make_user()
    support(lesson, 5)
    graded(lesson)

    set_own_grade(lesson, "D", REASON, user)
    shown = graded(lesson)
    assert (shown.grade, shown.computed, shown.own, shown.is_own) == ("D", "B", "D", True)
    assert lesson.history.first().history_change_reason == REASON

    support(lesson, 1, stance="mixed")
    shown = graded(lesson)
    assert (shown.grade, shown.computed, shown.own, shown.is_expired) == ("C", "C", "D", True)
    assert shown.reason == REASON


def test_own_grade_holds_while_others_code_elsewhere():
    lesson = make_lesson()
    support(lesson, 5)
    graded(lesson)
    set_own_grade(lesson, "C", REASON, make_user())

    support(make_lesson(), 5)

    assert graded(lesson).is_own


def test_own_grade_can_be_taken_back():
    lesson, user = make_lesson(), make_user()
    support(lesson, 5)
    graded(lesson)
    set_own_grade(lesson, "C", REASON, user)

    clear_own_grade(lesson, user)

    assert (graded(lesson).grade, graded(lesson).own) == ("B", "")


@pytest.mark.parametrize(
    ("n", "grade", "reason", "code"),
    [
        (1, "A", REASON, "grade.too_far"),
        (5, "E", REASON, "grade.unknown"),
        (5, "AB", REASON, "grade.unknown"),
        (5, "C", "  because I think so  ", "grade.short_reason"),
    ],
)
def test_own_grade_needs_a_reason_and_stays_near(n, grade, reason, code):
    lesson = make_lesson()
    support(lesson, n)
    graded(lesson)

    with pytest.raises(InputError) as caught:
        set_own_grade(lesson, grade, reason, make_user())

    assert caught.value.code == code


def test_nothing_to_grade_has_no_own_grade():
    with pytest.raises(StateError):
        set_own_grade(make_lesson(), "C", REASON, make_user())


def test_lesson_never_graded_shows_none():
    shown = shown_grade(make_lesson())

    assert (shown.grade, shown.reasons, shown.n_families) == ("none", (), 0)


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
def test_reasons_are_sentences_in_each_language(language):
    lesson = make_lesson()
    support(lesson, 5)
    support(lesson, 1, stance="contradicts")
    graded(lesson)

    with override(language):
        texts = [reason.text for reason in shown_grade(lesson).reasons]

    assert len(texts) == len(set(texts)) == 7
    assert all(text.endswith(".") and "%(" not in text for text in texts)
