"""A scale knows its steps: what it accepts, its middle, its bands, and how it is stored."""

import pytest

from alpclusters.analysis.errors import ScaleError
from alpclusters.analysis.scales import MOST_STEPS, Kind, Scale, bands_of

pytestmark = pytest.mark.unit


def ordered(low: int, high: int) -> Scale:
    return Scale(Kind.ORDERED, tuple(range(low, high + 1)))


@pytest.mark.parametrize(
    ("scale", "reached", "agrees_from", "bands"),
    [
        (ordered(1, 5), 3.5, 4, ((1, 2), (3,), (4, 5))),
        (ordered(1, 7), 4.75, 5, ((1, 2, 3), (4,), (5, 6, 7))),
        (ordered(1, 4), 2.875, 3, ((1, 2), (3, 4))),
        (ordered(0, 10), 6.25, 6, ((0, 1, 2, 3, 4), (5,), (6, 7, 8, 9, 10))),
        (Scale(Kind.YES_NO, (0, 1)), 0.625, 1, ((0,), (1,))),
        (Scale(Kind.AGREEMENT, (-1, 0, 1)), 0.25, 1, ((-1,), (0,), (1,))),
    ],
)
def test_five_eighths_of_the_way_up_is_reached_and_steps_above_the_middle_agree(
    scale, reached, agrees_from, bands
) -> None:
    assert (scale.reached, scale.agrees_from, scale.bands) == (reached, agrees_from, bands)
    assert scale.has_mean
    assert scale.has_order


def test_a_choice_has_neither_mean_nor_order() -> None:
    scale = Scale(Kind.CHOICE, (1, 2, 3), reached=2.0)

    assert (scale.has_mean, scale.has_order, scale.reached) == (False, False, None)
    assert scale.bands == ((1,), (2,), (3,))


@pytest.mark.parametrize(
    ("scale", "on", "off"),
    [
        (ordered(1, 7), [1, 7], [0, 8, 3.5, "3", None, True]),
        (Scale(Kind.YES_NO, (0, 1)), [0, 1], [-1, 2, False, True]),
        (Scale(Kind.AGREEMENT, (-1, 0, 1)), [-1, 0, 1], [-2, 2]),
        (ordered(-3, 3), [-3, 3], [-4, 4]),
    ],
)
def test_only_its_own_steps_are_accepted(scale, on, off) -> None:
    assert all(scale.accepts(value) for value in on)
    assert not any(scale.accepts(value) for value in off)


@pytest.mark.parametrize(
    "scale",
    [
        Scale(Kind.ORDERED, (1, 2), ({"de": "nein"}, {"de": "ja", "en": "yes"})),
        Scale(Kind.YES_NO, (0, 1), reached=0.66),
        Scale(Kind.CHOICE, (1, 2, 3), ({"en": "bus"}, {"en": "train"}, {"en": "on foot"})),
    ],
)
def test_what_is_stored_is_read_back_the_same(scale) -> None:
    assert Scale.read(scale.as_record()) == scale


def test_the_usual_threshold_is_not_stored() -> None:
    assert "reached" not in ordered(1, 5).as_record()
    assert Scale(Kind.ORDERED, (1, 2, 3), reached=2.25).as_record().get("reached") is None
    assert Scale(Kind.ORDERED, (1, 2, 3), reached=2.0).as_record()["reached"] == 2.0


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (None, "scale.kind_unknown"),
        ({"kind": "stars", "steps": []}, "scale.kind_unknown"),
        ({"kind": "ordered"}, "scale.not_rising"),
        ({"kind": "ordered", "steps": [1, 2]}, "scale.not_whole"),
        ({"kind": "ordered", "steps": [{"value": 1}]}, "scale.not_rising"),
        ({"kind": "ordered", "steps": [{"value": 2}, {"value": 1}]}, "scale.not_rising"),
        ({"kind": "ordered", "steps": [{"value": 1}, {"value": 1}]}, "scale.not_rising"),
        ({"kind": "ordered", "steps": [{"value": 1}, {"value": 2.5}]}, "scale.not_whole"),
        ({"kind": "ordered", "steps": [{"value": False}, {"value": True}]}, "scale.not_whole"),
        ({"kind": "ordered", "steps": [{"value": 1}, {"value": 100}]}, "scale.not_whole"),
        ({"kind": "yes_no", "steps": [{"value": 1}, {"value": 2}]}, "scale.steps_of_kind"),
        ({"kind": "choice", "steps": [{"value": 0}, {"value": 1}]}, "scale.steps_of_kind"),
        ({"kind": "ordered", "steps": [{"value": 0}, {"value": 5}]}, "scale.steps_of_kind"),
        (
            {"kind": "ordered", "steps": [{"value": n} for n in range(MOST_STEPS + 1)]},
            "scale.too_many_steps",
        ),
    ],
)
def test_what_is_no_scale_is_refused(record, code) -> None:
    with pytest.raises(ScaleError) as caught:
        Scale.read(record)

    assert caught.value.code == code


def test_every_step_has_its_words() -> None:
    with pytest.raises(ScaleError) as caught:
        Scale(Kind.ORDERED, (1, 2, 3), ({"en": "low"}, {"en": "high"}))

    assert caught.value.code == "scale.labels"
    assert Scale(Kind.YES_NO, (0, 1), ({"en": "no"}, {"en": "yes"})).label(1) == {"en": "yes"}


@pytest.mark.parametrize("n", range(2, MOST_STEPS + 1))
def test_bands_keep_every_step_in_its_order(n) -> None:
    bands = bands_of(range(n))

    assert [step for band in bands for step in band] == list(range(n))
    assert len(bands[0]) == len(bands[-1])
