"""A typed text becomes comparable to stored ones of the same encoder."""

import numpy as np
import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.network.domain.vectors.model import Kind, Letters, Text, stamp_of
from alpclusters.platform.network.domain.vectors.store import VectorStore, place_text
from alpclusters.platform.network.domain.vectors.updating import update_vectors

pytestmark = pytest.mark.integration

TEXTS = [
    Text("joiner", Kind.PROFILE, "sl", "gradnja hiš iz lesa"),
    Text("dairy", Kind.PROFILE, "de", "Käse und Butter"),
    Text("bakery", Kind.PROFILE, "de", "Brot"),
    Text("hotel", Kind.NEED, "sl", "hiša iz lesa"),
]


@pytest.fixture
def stored(tmp_path):
    update_vectors(TEXTS, folder=tmp_path, encoder=Letters())
    return VectorStore(tmp_path, stamp_of(Letters())).read()


def question(text: str, language: str = "de") -> Text:
    return Text("?", Kind.NEED, language, text)


def products(stored, text: Text, encoder) -> np.ndarray:
    row = place_text(stored, text, encoder=encoder)
    found = stored.rows @ row.T
    return (found.toarray() if hasattr(found, "toarray") else np.asarray(found))[:, 0]


def test_typed_text_lies_where_the_stored_one_lies(stored):
    found = products(stored, TEXTS[-1], Letters())

    assert found[stored.keys.index(("need", "sl", "hotel"))] == pytest.approx(1)
    profiles = found[stored.slice_of("profile")]
    nearest = stored.slice_of("profile").start + int(profiles.argmax())
    assert stored.ids[nearest] == "joiner"


def test_question_of_another_encoder_is_refused(stored, dice):
    with pytest.raises(StateError) as caught:
        place_text(stored, question("Holz"), encoder=dice)

    assert caught.value.code == "network.other_encoder"


@pytest.mark.parametrize("text", [" - ", "\0"])
def test_question_without_words_is_near_to_nobody(stored, text):
    assert not products(stored, question(text), Letters()).any()


def test_typed_question_needs_no_other_need_of_its_language(tmp_path, dice):
    profiles = [Text(f"p{n}", Kind.PROFILE, "de", f"Text {n}") for n in range(12)]
    update_vectors(profiles, folder=tmp_path, encoder=dice)
    stored = VectorStore(tmp_path, stamp_of(dice)).read()

    row = place_text(stored, question("Text 3", "rm"), encoder=dice)

    assert stored.space.centres["need", "de"].source == "reference"
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1)
