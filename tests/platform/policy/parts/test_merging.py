from datetime import date

import pytest

from alpclusters.platform.policy.domain.actions import edit_action
from alpclusters.platform.policy.domain.merging import (
    ActionConflictError,
    base_json,
    read_base,
    rebased,
)
from alpclusters.platform.policy.domain.parts import parts_of
from alpclusters.platform.policy.models import Action, EditDraft
from tests.factories.accounts import make_user
from tests.factories.evaluation import NOW
from tests.factories.policy import make_plan
from tests.platform.policy.parts.test_rows import COST, MILESTONE

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def started():
    """An action with a milestone and a cost, and what two people see in their forms."""
    action = make_plan().actions.get()
    save(action, {}, {"milestones": [MILESTONE], "costs": [COST]})
    action.refresh_from_db()
    parts = parts_of(action)
    return action, parts, read_base(base_json(action, parts)), action.version


def save(action, changes, parts, **rest):
    recommendations = list(action.recommendations.all())
    return edit_action(
        action, recommendations, changes=changes, parts=parts, **{"by": None, "now": NOW, **rest}
    )


def changed(rows, **values):
    return [{**row, **values} for row in rows]


def test_changes_in_different_places_are_both_kept():
    action, parts, base, version = started()
    save(action, {"title_de": "Ihrer"}, {"costs": changed(parts["costs"], year=2028)})

    mine = {
        "milestones": changed(parts["milestones"], due=date(2027, 3, 1)),
        "costs": parts["costs"],
    }
    save(
        action,
        {"title_de": action.title.inside("de"), "title_sl": "Moj"},
        mine,
        version=version,
        base=base,
    )

    stored = Action.objects.get()
    assert (stored.title.inside("de"), stored.title.inside("sl")) == ("Ihrer", "Moj")
    assert stored.costs.get().year == 2028
    assert stored.milestones.get().due == date(2027, 3, 1)


def test_rows_added_by_both_are_both_kept():
    action, parts, base, version = started()
    save(action, {}, {"costs": [*parts["costs"], {**COST, "year": 2030}]})

    added = [*parts["costs"], {**COST, "year": 2031}]
    save(action, {}, {"costs": added}, version=version, base=base)

    assert sorted(action.costs.values_list("year", flat=True)) == [2027, 2030, 2031]


def test_same_field_changed_in_two_ways_is_a_conflict_and_nothing_is_lost():
    action, _parts, base, version = started()
    user = make_user()
    save(action, {"title_de": "Ihrer"}, {})

    with pytest.raises(ActionConflictError) as refused:
        save(action, {"title_de": "Meiner"}, {}, version=version, base=base, by=user)

    (conflict,) = refused.value.fields
    assert (conflict.field, conflict.theirs, conflict.mine) == ("title_de", "Ihrer", "Meiner")
    assert Action.objects.get().title.inside("de") == "Ihrer"
    assert EditDraft.objects.get().values["title_de"] == "Meiner"

    again = read_base(rebased(base, refused.value))
    save(action, {"title_de": "Meiner"}, {}, version=version, base=again, by=user)

    assert Action.objects.get().title.inside("de") == "Meiner"
    assert not EditDraft.objects.exists()


def test_row_removed_by_one_and_changed_by_the_other_is_a_conflict():
    action, parts, base, version = started()
    save(action, {}, {"milestones": []})

    mine = {"milestones": changed(parts["milestones"], weight=9)}
    with pytest.raises(ActionConflictError) as refused:
        save(action, {}, mine, version=version, base=base)
    ((kind, _conflict),) = refused.value.rows
    again = read_base(rebased(base, refused.value))
    save(action, {}, mine, version=version, base=again)

    assert kind == "milestones"
    assert action.milestones.get().weight == 9


def test_without_a_base_a_changed_version_is_a_conflict():
    action, _parts, _base, version = started()
    save(action, {"title_de": "Ihrer"}, {})

    with pytest.raises(ActionConflictError):
        save(action, {"title_sl": "Moj"}, {}, version=version)


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"values": 3}', '{"values": {}}'])
def test_base_that_is_none_is_told_apart(text):
    assert read_base(text) is None
