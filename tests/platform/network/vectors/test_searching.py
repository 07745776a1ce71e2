"""Finding: the best text of an id counts, equal ones go by id, empty questions find nobody."""

import numpy as np
import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.network.domain.vectors.fallback import Letters
from alpclusters.platform.network.domain.vectors.model import Stamp, stamp_of
from alpclusters.platform.network.domain.vectors.searching import (
    Near,
    ask,
    find_nearest,
    near_rows,
    resemble,
)
from alpclusters.platform.network.domain.vectors.store import VectorStore
from alpclusters.platform.network.domain.vectors.texts import Kind, Text
from alpclusters.platform.network.domain.vectors.updating import update_vectors

pytestmark = pytest.mark.integration

TEXTS = [
    Text("joiner", Kind.PROFILE, "de", "Holzbau und Möbel"),
    Text("joiner", Kind.PROFILE, "sl", "gradnja hiš iz lesa"),
    Text("dairy", Kind.PROFILE, "de", "Käse und Butter"),
    Text("bakery", Kind.PROFILE, "de", "Brot"),
    Text("dairy", Kind.OFFER, "de", "Holzbau"),
    Text("hotel", Kind.NEED, "sl", "hiša iz lesa"),
]


@pytest.fixture
def stored(tmp_path):
    update_vectors(TEXTS, folder=tmp_path, encoder=Letters())
    return VectorStore(tmp_path, stamp_of(Letters())).read()


def question(text: str, language: str = "de") -> Text:
    return Text("?", Kind.NEED, language, text)


def test_best_text_of_an_id_counts_and_its_language_is_told(stored):
    near = ask(stored, [question("hiše iz lesa", "sl")], kind=Kind.PROFILE, encoder=Letters())

    (first,) = near.best(1)
    assert (near.ids[first], near.languages[first]) == ("joiner", "sl")
    assert list(near.ids) == ["bakery", "dairy", "joiner"]
    assert len(near.scores) == 3


def test_only_the_wanted_kind_is_searched(stored):
    near = ask(stored, [question("Holzbau")], kind=Kind.OFFER, encoder=Letters())

    assert list(near.ids) == ["dairy"]
    assert near.scores == pytest.approx([1.0])


def test_question_in_two_languages_takes_the_nearer_one(stored):
    questions = [question("Butter"), question("hiš", "sl")]

    together = ask(stored, questions, kind=Kind.PROFILE, encoder=Letters())

    apart = [ask(stored, [q], kind=Kind.PROFILE, encoder=Letters()).scores for q in questions]
    assert np.array_equal(together.scores, np.max(apart, axis=0))


def test_stored_text_asks_like_a_typed_one(stored):
    typed = ask(stored, [TEXTS[-1]], kind=Kind.PROFILE, encoder=Letters())

    near = resemble(stored, "hotel", kind=Kind.NEED, among=Kind.PROFILE)

    assert near.scores == pytest.approx(typed.scores)
    assert near.ids[near.best(1)[0]] == "joiner"


def test_question_of_another_encoder_is_refused(stored, dice):
    with pytest.raises(StateError) as caught:
        ask(stored, [question("Holz")], kind=Kind.PROFILE, encoder=dice)

    assert caught.value.code == "network.other_encoder"


@pytest.mark.parametrize("text", ["", " - ", "\0"])
def test_empty_question_finds_nobody(stored, text):
    near = ask(stored, [question(text)], kind=Kind.PROFILE, encoder=Letters())

    assert near.best(5) == []


def test_unknown_id_and_kind_without_texts_find_nobody(stored):
    assert resemble(stored, "nobody", kind=Kind.PROFILE, among=Kind.PROFILE).best(5) == []
    assert near_rows(stored, [stored.rows[[0]]], kind=Kind("need")).best(0) == []


def test_equal_scores_go_by_id_and_those_not_allowed_are_left_out():
    ids = np.array(["a", "b", "c", "d"])
    near = Near(ids, ids, np.array([0.5, 0.9, 0.5, 0.9], np.float32))

    assert near.best(3) == [1, 3, 0]
    assert near.best(3, allowed={"c", "d", "a"}) == [3, 0, 2]
    assert near.best(9, allowed=set()) == []
    assert near.best(9) == [1, 3, 0, 2]


def test_typed_question_needs_no_other_need_of_its_language(tmp_path, dice):
    profiles = [Text(f"p{n}", Kind.PROFILE, "de", f"Text {n}") for n in range(12)]
    update_vectors(profiles, folder=tmp_path, encoder=dice)
    stored = VectorStore(tmp_path, stamp_of(dice)).read()

    near = ask(stored, [question("Text 3", "rm")], kind=Kind.PROFILE, encoder=dice)

    assert stored.space.centres["need", "de"].source == "reference"
    assert len(near.best(20)) == 12


def test_dense_scores_are_the_products_of_all_rows(tmp_path, own, dice):
    update_vectors(own, folder=tmp_path, encoder=dice)
    stored = VectorStore(tmp_path, stamp_of(dice)).read()

    near = resemble(stored, "wine", kind=Kind.NEED, among=Kind.PROFILE)

    products = {}
    keys = stored.keys
    for i, (kind, _, of) in enumerate(keys):
        for j, (other, language, candidate) in enumerate(keys):
            if (kind, of, other) == ("need", "wine", "profile"):
                score = float(stored.rows[i] @ stored.rows[j])
                products[candidate] = max(products.get(candidate, (-2, "")), (score, language))
    assert list(near.ids) == sorted(products)
    assert near.scores == pytest.approx([products[of][0] for of in near.ids], abs=1e-6)
    assert list(near.languages) == [products[of][1] for of in near.ids]


# --- the nearest ones alone -------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """7,000 dense rows of 1,500 ids in several languages, in a few directions as texts lie."""
    g = np.random.default_rng(3)
    rows = g.normal(size=(7_000, 6)) @ g.normal(size=(6, 128)) + 0.3 * g.normal(size=(7_000, 128))
    keys = sorted(
        {("profile", ["de", "fr", "it", "sl", "en"][n % 5], f"o{n // 5:04}") for n in range(6_000)}
        | {("need", "de", f"n{n:04}") for n in range(1_000)}
    )
    store = VectorStore(tmp_path_factory.mktemp("many"), Stamp("dice", "1", 128, "none"))
    with store.writing():
        store.replace(dict.fromkeys(keys, "-"), rows.astype(np.float32))
    return store.read()


@pytest.mark.parametrize("place", [0, 2_000, 6_900])
def test_index_finds_the_same_as_all_products(many, place):
    assert many.index is not None
    row = many.rows[[place]]

    hits = find_nearest(many, row, kind=Kind.PROFILE, most=20)

    near = near_rows(many, [row], kind=Kind.PROFILE)
    places = near.best(20)
    assert [hit.id for hit in hits] == [near.ids[p] for p in places]
    assert [hit.language for hit in hits] == [near.languages[p] for p in places]
    assert [hit.score for hit in hits] == pytest.approx(near.scores[places], abs=1e-5)


def test_index_looks_among_the_allowed_only_and_finds_all_of_them(many):
    allowed = {"o0003", "o0700", "n0001", "unknown"}

    hits = find_nearest(many, many.rows[[0]], kind=Kind.PROFILE, most=20, allowed=allowed)

    assert sorted(hit.id for hit in hits) == ["o0003", "o0700"]
    assert find_nearest(many, many.rows[[0]], kind=Kind.OFFER, most=20) == []
    assert find_nearest(many, many.rows[[0]], kind=Kind.PROFILE, most=0) == []


def test_few_or_sparse_rows_need_no_index(stored):
    hits = find_nearest(stored, stored.rows[[0]], kind=Kind.PROFILE, most=2, allowed={"joiner"})

    assert stored.index is None
    assert [hit.id for hit in hits] == ["joiner"]
