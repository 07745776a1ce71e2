"""How well texts are found across languages: the model where it runs, letters everywhere."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from alpclusters.platform.network.domain.vectors.encoding import choose_encoder
from alpclusters.platform.network.domain.vectors.model import E5, Kind, Letters, load_reference
from alpclusters.platform.network.domain.vectors.quality import (
    FEW_NEEDS,
    FEW_NEEDS_POOLED,
    LETTERS,
    MODEL,
    Found,
    Quality,
    needs_found,
)
from alpclusters.platform.network.domain.vectors.spaces import (
    WeighedSpace,
    build_space,
    centre_rows,
    find_centres,
)
from tests.platform.network.vectors.conftest import read_texts

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[4]
PAGE = ROOT / "docs" / "methods" / "text-vectors.md"
SETS = ("shared", "own")


@pytest.fixture(scope="module")
def sets(request, own):
    """Profiles and needs by the name of the set; without the shared data only our own."""
    try:
        folder = request.getfixturevalue("shared") / "data" / "network"
    except pytest.skip.Exception:
        return {"own": own}
    profiles = read_texts(folder / "profiles_15x5.csv", Kind.PROFILE)
    return {"shared": [*profiles, *read_texts(folder / "needs_15x5.csv", Kind.NEED)], "own": own}


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> E5:
    choice = choose_encoder(tmp_path_factory.mktemp("probe"))
    if not choice.has_model:
        pytest.skip(f"the model does not run here: {choice.verdict.reason}")
    return E5()


def encoded(texts, encoder):
    """Rows, kinds, languages and fields; each kind with its own prefix and beginning."""
    asked = [t.kind.is_asked for t in texts]
    strings = [encoder.phrase(t) for t in texts]
    passages = encoder.encode_passages([s for s, q in zip(strings, asked, strict=True) if not q])
    queries = encoder.encode_queries([s for s, q in zip(strings, asked, strict=True) if q])
    rows = [passages, queries]
    kinds = np.array([str(t.kind) for t in texts])
    return rows, kinds, np.array([t.language for t in texts]), np.array([t.id for t in texts])


@pytest.fixture(scope="module")
def dense(sets, model):
    """Each text is encoded once."""
    found = {}
    for name, texts in sets.items():
        rows, *columns = encoded(texts, model)
        found[name] = (np.concatenate(rows), *columns)
    return found


@pytest.fixture(scope="module")
def reference(model):
    texts = load_reference()
    return model.encode_queries([model.phrase(t) for t in texts]), texts


def first_places(cosines, asked, searched):
    """Count questions whose nearest text has their field: of all other languages, of each."""
    (language, field), (languages, fields_) = asked, searched
    pooled = pairs = n_pairs = 0
    for row, scores in enumerate(cosines):
        foreign = languages != language[row]
        each = [languages == other for other in sorted(set(languages[foreign]))]
        nearest = [fields_[np.where(group, scores, -9).argmax()] for group in (foreign, *each)]
        pooled += nearest[0] == field[row]
        pairs += sum(other == field[row] for other in nearest[1:])
        n_pairs += len(each)
    return Found(int(pooled), len(cosines)), Found(int(pairs), n_pairs)


def measured(rows, kinds, languages, fields_) -> Quality:
    is_profile = kinds == Kind.PROFILE
    profiles, needs = rows[np.flatnonzero(is_profile)], rows[np.flatnonzero(~is_profile)]
    searched = languages[is_profile], fields_[is_profile]
    asked = languages[~is_profile], fields_[~is_profile]

    def cosines(first):
        product = first @ profiles.T
        return product.toarray() if hasattr(product, "toarray") else product

    return Quality(
        *first_places(cosines(profiles), searched, searched),
        *first_places(cosines(needs), asked, searched),
    )


def needs_of(rows, kinds, languages, fields_):
    return measured(rows, kinds, languages, fields_).needs


def chosen(found, name):
    if name not in found:
        pytest.skip("the shared data are not here (ALPCLUSTERS_SHARED)")
    return found[name]


# --- letters ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETS)
def test_letters_find_as_much_as_is_stated(sets, name):
    texts = chosen(sets, name)
    kinds, languages, fields_ = encoded(texts, Letters())[1:]
    counts = Letters().encode_passages([t.cleaned for t in texts])

    space = build_space(counts, kinds, languages)

    assert isinstance(space, WeighedSpace)
    rows = space.place(counts, kinds, languages)
    assert measured(rows, kinds, languages, fields_) == LETTERS[name]


# --- the model --------------------------------------------------------------------------------


@pytest.mark.full
@pytest.mark.parametrize("name", SETS)
def test_model_finds_as_much_as_is_stated(dense, name):
    rows, kinds, languages, fields_ = chosen(dense, name)

    placed = build_space(rows, kinds, languages).place(rows, kinds, languages)

    assert measured(placed, kinds, languages, fields_) == MODEL[name]


@pytest.mark.full
def test_needs_without_the_beginning_give_the_figures_of_the_reference(dense, sets, model):
    rows, kinds, languages, fields_ = chosen(dense, "shared")
    columns = kinds, languages, fields_
    plain = [t.cleaned for t in sets["shared"] if t.kind is Kind.NEED]
    rows, swapped = rows.copy(), rows.copy()
    rows[kinds == Kind.NEED] = model.encode_queries(plain)
    swapped[kinds == Kind.NEED] = model.encode_passages(plain)
    centres = find_centres(rows, kinds, languages)
    on_profiles = centres | {
        ("need", code): centres["profile", code] for code in sorted(set(languages))
    }

    raw = measured(rows, *columns)
    one_mean = measured(centre_rows(rows, kinds, languages, on_profiles), *columns)
    own_means = measured(centre_rows(rows, kinds, languages, centres), *columns)
    passages = measured(
        centre_rows(swapped, kinds, languages, find_centres(swapped, kinds, languages)), *columns
    )

    assert raw == Quality(Found(75, 75), Found(300, 300), Found(62, 75), Found(231, 300))
    assert (one_mean.needs, one_mean.need_pairs) == (Found(58, 75), Found(221, 300))
    assert (own_means.needs, own_means.need_pairs) == (Found(64, 75), Found(258, 300))
    assert (passages.needs, passages.need_pairs) == (Found(59, 75), Found(236, 300))
    assert own_means.profiles.share >= 0.95


@pytest.mark.full
@pytest.mark.parametrize("name", SETS)
def test_few_needs_are_found_better_with_the_reference_needs(dense, reference, name):
    rows, kinds, languages, fields_ = chosen(dense, name)
    is_profile = kinds == Kind.PROFILE
    nobodys, of_nobody = reference
    known = np.concatenate([rows[is_profile], nobodys])
    known_kinds = np.array([*kinds[is_profile], *(str(t.kind) for t in of_nobody)])
    known_languages = np.array([*languages[is_profile], *(t.language for t in of_nobody)])
    with_reference = find_centres(known, known_kinds, known_languages)
    without = find_centres(rows[is_profile], kinds[is_profile], languages[is_profile])

    found = [
        needs_of(centre_rows(rows, kinds, languages, centres), kinds, languages, fields_)
        for centres in (with_reference, without)
    ]

    assert {with_reference["need", c].source for c in sorted(set(languages))} == {"reference"}
    assert {without["need", c].source for c in sorted(set(languages))} == {"pooled"}
    assert found == [FEW_NEEDS[name], FEW_NEEDS_POOLED[name]]


def test_profiles_and_needs_reach_the_bars():
    assert all(quality.profiles.share >= 0.95 for quality in MODEL.values())
    assert MODEL["shared"].needs.share >= 0.853


# --- what is stated ---------------------------------------------------------------------------


def row_of(name: str, quality: Quality) -> str:
    found = [getattr(quality, field.name) for field in fields(quality)]
    return f"| {name} | " + " | ".join(f"{f.share:.3f} ({f.n_first}/{f.n})" for f in found) + " |"


def test_page_of_the_method_states_the_same_figures():
    page = PAGE.read_text(encoding="utf-8")
    rows = [
        row_of(f"{encoder}, {name}", qualities[name])
        for encoder, qualities in (("model", MODEL), ("letters", LETTERS))
        for name in SETS
    ]

    assert [row for row in rows if row not in page] == []
    for few in (FEW_NEEDS, FEW_NEEDS_POOLED):
        assert "{} and {} of 75".format(*(few[name].n_first for name in SETS)) in page


def test_what_a_page_states_is_of_both_sets_together():
    assert needs_found(has_model=True) == Found(132, 150)
    assert needs_found(has_model=False) == Found(20, 150)


def test_own_texts_are_of_15_fields_in_five_languages_and_none_occurs_twice(own):
    texts = [*own, *load_reference()]

    assert len({t.id for t in own}) == 15
    assert len({(t.id, t.language) for t in own}) == 75
    assert len({t.cleaned for t in texts}) == len(texts) == 210
