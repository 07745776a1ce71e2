"""Reasons have a language: typed in one, read in the others with a note, translated later."""

import pytest
from django.utils import translation

from alpclusters.analysis.errors import InputError
from alpclusters.platform.languages.codes import told
from alpclusters.platform.policy.domain.plans import publish_plan
from alpclusters.platform.policy.domain.reasons import (
    LONGEST,
    missing_reasons,
    set_reason,
    translate_reasons,
)
from alpclusters.platform.policy.domain.recommendations import (
    explain_no_action,
)
from alpclusters.platform.policy.domain.states import State, Step, move
from alpclusters.platform.policy.domain.strengths import override_strength, strength_for
from alpclusters.platform.policy.domain.versions import new_version
from alpclusters.platform.policy.models import Override, Recommendation
from tests.factories.evaluation import NOW
from tests.factories.policy import make_plan, make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOTHING = dict.fromkeys(("de", "en", "fr", "it", "sl"), "")


@pytest.fixture
def one():
    return make_recommendations()[0]


def test_reason_stands_in_the_language_of_the_page_and_in_no_other(one):
    with translation.override("sl"):
        explain_no_action(one, reason=" Najprej zakon ", by=None)

    found = Recommendation.objects.get().no_action_reason.each()
    assert found == NOTHING | {"sl": "Najprej zakon"}
    assert told(found, "de") == ("Najprej zakon", "sl")
    assert told(found, "sl") == ("Najprej zakon", "")


def test_new_reason_leaves_no_translation_of_the_old_one(one):
    explain_no_action(one, reason={"de": "Erst das Gesetz", "en": "Law first"}, by=None)

    with translation.override("de"):
        explain_no_action(one, reason="Kein Geld", by=None)

    assert Recommendation.objects.get().no_action_reason.each() == NOTHING | {"de": "Kein Geld"}


def test_same_reason_sent_again_keeps_its_translations(one):
    """The form on a German page shows the English reason; saving it says nothing new."""
    both = {"en": "Law first", "it": "Prima la legge"}
    explain_no_action(one, reason=both, by=None)

    with translation.override("de"):
        explain_no_action(one, reason="Law first", by=None)

    assert Recommendation.objects.get().no_action_reason.each() == NOTHING | both


def test_rejected_again_it_forgets_the_words_of_the_first_time(one):
    set_reason(one, "rejected_reason", {"de": "Zu teuer", "en": "Too dear"})
    one.save()

    move(one, Step(State.REJECTED, reason="Nobody asks for it"), by=None, now=NOW)

    found = Recommendation.objects.get().rejected_reason.each()
    assert found == NOTHING | {"en": "Nobody asks for it"}


def test_strength_of_a_person_has_its_reason_in_every_language(one):
    reasons = {"de": "Drei Regionen tun es längst.", "fr": "Trois régions le font déjà."}
    override_strength(one, "strong", reason=reasons, by=None)

    assert strength_for(one).override_reason == NOTHING | reasons


def test_other_languages_are_added_later_and_stay_beside_each_other(one):
    explain_no_action(one, reason={"en": "Law first"}, by=None)
    before = missing_reasons(Recommendation.objects.get())

    translate_reasons(one, {"no_action_reason_fr": " La loi d’abord "}, by=None)

    found = Recommendation.objects.get()
    assert before == ("de", "fr", "it", "sl")
    assert missing_reasons(found) == ("de", "it", "sl")
    expected = NOTHING | {"en": "Law first", "fr": "La loi d’abord"}
    assert found.no_action_reason.each() == expected


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"no_action_reason_en": " "}, "recommendation.no_reason"),
        ({"state_reason_de": "Nie gesagt"}, "recommendation.no_reason"),
        ({"no_action_reason_de": "x" * (LONGEST + 1)}, "recommendation.long_reason"),
    ],
    ids=["taken away", "never given", "too long"],
)
def test_translating_neither_takes_a_reason_away_nor_invents_one(one, texts, code):
    explain_no_action(one, reason={"en": "Law first"}, by=None)

    with pytest.raises(InputError) as error:
        translate_reasons(one, texts, by=None)

    assert error.value.code == code
    found = Recommendation.objects.get()
    assert found.no_action_reason.each() == NOTHING | {"en": "Law first"}


def test_history_keeps_reasons_in_every_language(one):
    explain_no_action(one, reason={"de": "Erst das Gesetz", "sl": "Najprej zakon"}, by=None)

    kept = Recommendation.history.latest()

    assert (kept.no_action_reason.inside("de"), kept.no_action_reason.inside("sl")) == (
        "Erst das Gesetz", "Najprej zakon",
    )  # fmt: skip


def test_reason_of_a_colour_goes_on_into_the_next_version():
    plan = make_plan(published=True)
    override = Override(
        action=plan.actions.get(), computed="red", shown="yellow", until_round=1, made_at=NOW
    )
    set_reason(override, "reason", {"it": "La legge arriva in autunno."})
    override.save()

    after = publish_plan(new_version(plan, by=None, now=NOW), by=None, now=NOW)

    carried = Override.objects.get(action__plan=after)
    assert carried.reason.each() == NOTHING | {"it": "La legge arriva in autunno."}
