"""Two people edit one text: nothing that was typed is lost."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alpclusters.platform.languages.text import read_input
from alpclusters.platform.policy.domain.editing.saving import (
    draft_of,
    drop_draft,
    earlier_texts,
    keep_draft,
    others_editing,
    solve,
    typed,
)
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION, values_of
from alpclusters.platform.policy.domain.recommendations import (
    edit_recommendation,
    write_recommendation,
)
from alpclusters.platform.policy.models import EditDraft, Recommendation
from tests.factories.accounts import make_user
from tests.factories.evaluation import NOW, make_project
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def written():
    texts = {"title_en": "Title", "text_en": "One.\n\nTwo.\n\nThree.", "text_de": "Eins."}
    return write_recommendation(make_project(), texts=texts, by=None, now=NOW)


def edit(written, by=None, version=1, **mine):
    return edit_recommendation(written, mine, version=version, by=by, now=NOW)


def test_different_fields_are_both_kept(written):
    edit(written, title_en="First")

    outcome = edit(written, text_de="Zwei.", title_en="Title")

    stored = Recommendation.objects.get()
    assert outcome.is_saved
    assert (stored.title.inside("en"), stored.text.inside("de"), stored.version) == (
        "First",
        "Zwei.",
        3,
    )
    assert outcome.kept_of_others == ("title_en",)


def test_different_paragraphs_of_one_text_are_both_kept(written):
    edit(written, text_en="One, changed.\n\nTwo.\n\nThree.")

    outcome = edit(written, text_en="One.\r\n\r\nTwo.\r\n\r\nThree, changed.")

    assert outcome.is_saved
    assert (
        Recommendation.objects.get().text.inside("en") == "One, changed.\n\nTwo.\n\nThree, changed."
    )


def test_same_paragraph_is_a_conflict_kept_as_draft(written):
    ada = make_user(name="Ada")
    edit(written, text_en="Theirs.")

    outcome = edit(written, ada, text_en="Mine.", title_en="My title")

    (conflict,) = outcome.conflicts
    draft = draft_of(ada, "recommendation", written.pk)
    assert (conflict.field, conflict.theirs, conflict.mine) == ("text_en", "Theirs.", "Mine.")
    assert Recommendation.objects.get().text.inside("en") == "Theirs."
    assert Recommendation.objects.get().title.inside("en") == "Title"
    assert (draft.is_conflict, typed(draft)["text_en"]) == (True, "Mine.")


@pytest.mark.parametrize(
    ("choice", "text"),
    [("mine", "Mine."), ("theirs", "Theirs."), ("both", "Theirs.\n\nMine.")],
)
def test_conflict_is_solved_by_a_choice(written, choice, text):
    edit(written, text_en="Theirs.")
    outcome = edit(written, text_en="Mine.", title_en="My title")

    values = solve(outcome.conflicts, outcome.values, {"text_en": choice})
    edit(written, version=2, **values)

    stored = Recommendation.objects.get()
    assert (stored.text.inside("en"), stored.title.inside("en")) == (text, "My title")


def test_base_sent_with_the_form_counts_before_the_history(written):
    Recommendation.objects.update(version=2)
    change_texts(Recommendation.objects.all(), title={"en": "By the program"})

    outcome = edit_recommendation(
        written, {"title_en": "Mine"}, base={"title_en": "Title"}, version=2, by=None, now=NOW
    )

    assert [conflict.field for conflict in outcome.conflicts] == ["title_en"]


def test_nothing_changed_makes_no_version(written):
    outcome = edit(written, title_en="Title ", text_de="Eins.\r\n")

    assert (outcome.is_saved, outcome.obj.version) == (True, 1)


def test_reference_and_choice_fields_are_edited(written):
    outcome = edit(written, level="european", region_id="", horizon="short")

    assert (outcome.obj.level, outcome.obj.region_id, outcome.obj.horizon) == (
        "european",
        None,
        "short",
    )


def test_saving_drops_the_own_draft_only(written):
    ada, bob = make_user(name="Ada"), make_user(name="Bob")
    for user in (ada, bob):
        keep_draft(user, "recommendation", written.pk, base_version=1, base={}, values={}, now=NOW)

    edit(written, ada, title_en="Saved")

    assert list(EditDraft.objects.values_list("user__name", flat=True)) == ["Bob"]


def test_who_typed_in_the_last_minutes_is_named_to_the_others(written):
    ada, bob = make_user(name="Ada"), make_user(name="Bob")
    keep_draft(ada, "recommendation", written.pk, base_version=1, base={}, values={}, now=NOW)

    def told(user, minutes):
        now = NOW + timedelta(minutes=minutes)
        return others_editing(user, "recommendation", written.pk, now=now)

    assert told(bob, 1) == [str(ada)]
    assert told(ada, 1) == []
    assert told(bob, 3) == []


def test_unsolved_text_stays_beside_a_second_conflict(written):
    ada = make_user(name="Ada")
    edit(written, text_en="Theirs.")
    edit(written, ada, text_en="First of mine.")
    edit(written, ada, text_en="Second of mine.")

    draft = draft_of(ada, "recommendation", written.pk)

    assert typed(draft)["text_en"] == "Second of mine."
    assert earlier_texts(draft) == [("text_en", "First of mine.")]
    drop_draft(ada, "recommendation", written.pk)
    assert draft_of(ada, "recommendation", written.pk) is None


_TEXT = st.lists(
    st.text(alphabet="abc ", min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=4
).map("\n\n".join)
_FIELDS = ("title_en", "text_en", "text_de", "rationale_sl")


class NothingIsLost(TestCase):
    """Property of section 10: every word typed is found in live, draft or history."""

    @given(
        base=st.fixed_dictionaries(dict.fromkeys(_FIELDS, _TEXT)),
        first=st.fixed_dictionaries({}, optional=dict.fromkeys(_FIELDS, _TEXT)),
        second=st.fixed_dictionaries({}, optional=dict.fromkeys(_FIELDS, _TEXT)),
    )
    def test_every_word_is_found_in_live_draft_or_history(self, base, first, second):
        ada, bob = make_user(name="Ada"), make_user(name="Bob")
        written = write_recommendation(make_project(), texts=base, by=None, now=NOW)
        edit(written, ada, **first)
        edit(written, bob, **second)

        for mine in (first, second):
            for name, text in mine.items():
                assert set(text.split()) <= words_kept(written, name)


def words_kept(written, name):
    live = Recommendation.objects.get(pk=written.pk)
    drafts = EditDraft.objects.filter(thing_id=written.pk)
    rows = [
        values_of(live, RECOMMENDATION)[name],
        *(read_input(row, name) for row in written.history.all()),
    ]
    rows += [str(draft.values.get(name, "")) for draft in drafts]
    return {word for text in rows if text for word in text.split()}
