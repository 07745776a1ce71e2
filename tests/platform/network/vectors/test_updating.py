"""Bringing vectors up to date: only what changed is encoded, and what is done lasts."""

from dataclasses import replace

import numpy as np
import pytest

from alpclusters.platform.network.domain.vectors import updating
from alpclusters.platform.network.domain.vectors.encoding import ModelError
from alpclusters.platform.network.domain.vectors.model import Kind, Letters, Text, stamp_of
from alpclusters.platform.network.domain.vectors.store import VectorStore
from alpclusters.platform.network.domain.vectors.updating import update_vectors
from tests.platform.network.vectors.conftest import Dice

pytestmark = pytest.mark.integration

N_REFERENCE = 60


def content(folder, encoder):
    """Everything that is stored, as plain values."""
    stored = VectorStore(folder, stamp_of(encoder)).read()
    return [(k, str(d), tuple(r)) for k, d, r in zip(stored.keys, stored.digests, stored.raw)]  # noqa: B905 - a matrix has no strict length


class Fragile(Dice):
    """Dies of one word, as an engine may die of a text."""

    def encode_passages(self, texts):
        if any("Gift" in text for text in texts):
            raise ModelError("network.model_died")
        return super().encode_passages(texts)


def test_only_new_and_changed_texts_are_encoded_again(tmp_path, own, dice):
    first = update_vectors(own, folder=tmp_path, encoder=dice)
    changed = [replace(own[0], text="Etwas anderes"), *own[2:], replace(own[1], id="new")]
    dice.asked.clear()

    second = update_vectors(changed, folder=tmp_path, encoder=dice)

    assert (first.n_texts, first.n_encoded) == (150, 150 + N_REFERENCE)
    assert sorted(dice.asked) == sorted(["Etwas anderes", own[1].cleaned])
    assert (second.n_encoded, second.n_removed, second.n_texts) == (2, 1, 150)
    assert second.n_kept == 148 + N_REFERENCE


def test_order_and_history_leave_no_trace(tmp_path, own, dice):
    for texts in (own[:40], own[::-1], own[20:]):
        update_vectors(texts, folder=tmp_path / "long", encoder=dice)

    update_vectors(own[20:], folder=tmp_path / "short", encoder=dice)

    assert content(tmp_path / "long", dice) == content(tmp_path / "short", dice)


def test_needs_are_asked_and_profiles_are_passages(tmp_path, own, dice):
    update_vectors(own, folder=tmp_path, encoder=dice)

    asked = {text.removeprefix("? ") for text in dice.asked if text.startswith("? ")}
    needs = {text.cleaned for text in own if text.kind is Kind.NEED}
    assert needs < asked
    assert not asked & {text.cleaned for text in own if text.kind is Kind.PROFILE}


def test_nothing_new_writes_nothing(tmp_path, own, dice):
    update_vectors(own, folder=tmp_path, encoder=dice)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")}

    outcome = update_vectors(own, folder=tmp_path, encoder=dice)

    assert outcome.n_encoded == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")} == before


def test_empty_texts_get_no_vector_and_are_counted(tmp_path, dice):
    texts = [Text("a", Kind.PROFILE, "de", ""), Text("b", Kind.PROFILE, "de", "Holz")]

    outcome = update_vectors(texts, folder=tmp_path, encoder=dice)

    assert (outcome.n_texts, outcome.n_empty) == (1, 1)


def test_changed_model_encodes_all_again_and_takes_the_place_of_the_old(tmp_path, own, dice):
    update_vectors(own, folder=tmp_path, encoder=dice)
    newer = Dice()
    newer.version = "2"

    outcome = update_vectors(own, folder=tmp_path, encoder=newer)

    assert outcome.n_encoded == 150 + N_REFERENCE
    assert VectorStore(tmp_path, stamp_of(dice)).read() is None


def test_changed_convention_of_one_version_encodes_all_again(tmp_path, own, dice):
    update_vectors(own, folder=tmp_path, encoder=dice)
    dice.convention = "all passages"

    assert update_vectors(own, folder=tmp_path, encoder=dice).n_encoded == 150 + N_REFERENCE


def test_progress_counts_up_and_false_stops_with_what_is_done(tmp_path, own, dice):
    seen = []

    def stop_at_the_second(done, of):
        seen.append((done, of))
        return len(seen) < 2

    outcome = update_vectors(own, folder=tmp_path, encoder=dice, progress=stop_at_the_second)

    assert outcome.status == "cancelled"
    assert seen[-1] == (outcome.n_encoded, 150 + N_REFERENCE)
    assert len(content(tmp_path, dice)) == outcome.n_encoded < 150 + N_REFERENCE
    rest = update_vectors(own, folder=tmp_path, encoder=dice)
    assert (rest.status, rest.n_kept) == ("done", outcome.n_encoded)


def test_changed_text_keeps_its_old_vector_until_the_new_one_is_there(tmp_path, own, dice):
    update_vectors(own, folder=tmp_path, encoder=dice)
    before = {key: row for key, _, row in content(tmp_path, dice)}
    changed = [replace(text, text=f"{text.text} neu") for text in own]

    stopped = update_vectors(changed, folder=tmp_path, encoder=dice, progress=lambda *_: False)

    after = {key: row for key, _, row in content(tmp_path, dice)}
    assert after.keys() == before.keys()
    same = sum(after[key] == before[key] for key in before)
    assert same == 150 + N_REFERENCE - stopped.n_encoded
    finished = update_vectors(changed, folder=tmp_path, encoder=dice)
    assert finished.n_encoded == 150 - stopped.n_encoded


def test_what_is_done_is_kept_on_the_way(tmp_path, own, dice, monkeypatch):
    monkeypatch.setattr(updating, "KEEP_EVERY", 1)
    monkeypatch.setattr(updating, "KEEP_SHARE", 0)
    kept = []

    def look(done, of):
        del of
        kept.append((done, len(content(tmp_path, dice))))
        return True

    update_vectors(own, folder=tmp_path, encoder=dice, progress=look)

    assert [n for n, _ in kept] == [n for _, n in kept]


def test_text_that_the_model_dies_of_is_left_out_alone(tmp_path, own):
    poison = Text("x", Kind.PROFILE, "de", "Gift")

    outcome = update_vectors([*own, poison], folder=tmp_path, encoder=Fragile())

    assert (outcome.status, outcome.n_failed, outcome.n_texts) == ("done", 1, 150)
    assert ("profile", "de", "x") not in {key for key, _, _ in content(tmp_path, Fragile())}


def test_model_that_always_dies_is_not_asked_for_ever(tmp_path, own):
    poison = [replace(text, text=f"{text.text} Gift") for text in own]

    outcome = update_vectors(poison, folder=tmp_path, encoder=Fragile())

    assert (outcome.status, outcome.n_texts) == ("failed", 0)
    assert outcome.n_failed == updating.MOST_FAILED + 1


def test_second_update_at_the_same_time_is_told_that_it_is_busy(tmp_path, own, dice):
    with VectorStore(tmp_path, stamp_of(dice)).writing():
        outcome = update_vectors(own, folder=tmp_path, encoder=dice)

    assert outcome.status == "busy"
    assert dice.asked == []


def test_letters_go_the_same_way(tmp_path, own):
    first = update_vectors(own[:100], folder=tmp_path, encoder=Letters())
    second = update_vectors(own, folder=tmp_path, encoder=Letters())

    stored = VectorStore(tmp_path, stamp_of(Letters())).read()

    assert (first.n_encoded, second.n_encoded, second.n_kept) == (160, 50, 160)
    texts = {text.key: text.cleaned for text in own}
    places = [place for place, key in enumerate(stored.keys) if key in texts]
    counted = Letters().encode_passages([texts[stored.keys[place]] for place in places])
    assert np.abs((stored.raw[places] - counted).data).sum() == 0
