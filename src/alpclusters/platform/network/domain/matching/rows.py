"""Rows of vectors for one search: what is asked, what the candidates say, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.matching import Stated
from alpclusters.platform.network.domain.matching.profiles import Field
from alpclusters.platform.network.domain.matching.texts import posting_id, profile_id
from alpclusters.platform.network.domain.matching.wanted import Question
from alpclusters.platform.network.domain.vectors.choosing import Choice
from alpclusters.platform.network.domain.vectors.fallback import Letters
from alpclusters.platform.network.domain.vectors.model import Encoder, Rows, stamp_of
from alpclusters.platform.network.domain.vectors.placing import place_text
from alpclusters.platform.network.domain.vectors.store import StoredVectors
from alpclusters.platform.network.domain.vectors.texts import Kind, Text
from alpclusters.platform.network.models import Posting

IntArray = NDArray[np.int64]
NEED: Final = Posting.Kind.NEED.value
OFFER: Final = Posting.Kind.OFFER.value


@dataclass(frozen=True, slots=True)
class Said:
    """Texts of one kind with their owners.

    Attributes
    ----------
    rows : array or csr_array of shape (k, dim)
    owner : ndarray of shape (k,), int64
        Place of the organisation among the profiles.
    titles : tuple of str
        Title of the posting; "" where the profile says it.
    languages : tuple of str
    """

    rows: Rows
    owner: IntArray
    titles: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def stated(self) -> Stated:
        """As the analysis reads it."""
        return Stated(self.rows, self.owner)

    def of(self, place: int) -> "Said":
        """Return what one organisation says."""
        kept = np.flatnonzero(self.owner == place)
        return Said(
            self.rows[kept],
            self.owner[kept],
            tuple(self.titles[i] for i in kept.tolist()),
            tuple(self.languages[i] for i in kept.tolist()),
        )


@dataclass(frozen=True, slots=True)
class Spoken:
    """The texts of all profiles: as such, their needs and their offers."""

    profiles: Said
    needs: Said
    offers: Said


@dataclass(frozen=True, slots=True)
class Asked:
    """What the one who searches says.

    Attributes
    ----------
    texts : array or csr_array
        What is compared with profiles.
    needs, offers : Said
        Of the one who searches; the words of the question are its need or offer.
    """

    texts: Rows
    needs: Said
    offers: Said


def said(vectors: StoredVectors, field: Field, kind: Kind, ids: Sequence[int]) -> Said:
    """Return the texts of a kind that belong to the profiles of a field."""
    place = {profile_id(pk): at for at, pk in enumerate(ids)}
    at = {pk: one for one, pk in enumerate(ids)}
    posted = {posting_id(one.pk): one for one in field.postings if one.organisation in at}
    part = vectors.slice_of(kind)
    names = vectors.ids[part].tolist()
    kept = [i for i, name in enumerate(names) if name in place or name in posted]
    owner = [_owner(names[i], place, posted, at) for i in kept]
    titles = [posted[names[i]].title if names[i] in posted else "" for i in kept]
    languages = vectors.languages[part].tolist()
    rows = vectors.rows[part][np.array(kept, np.int64)]
    return Said(rows, np.array(owner, np.int64), tuple(titles), tuple(languages[i] for i in kept))


def _owner(name: str, place: dict[str, int], posted: dict[str, Any], at: dict[int, int]) -> int:
    return place[name] if name in place else at[posted[name].organisation]


def asked_by(question: Question, own: int, spoken: Spoken, place: "Placer") -> Asked:
    """Put together what is asked: one's own words, else the profile, its needs and offers."""
    mine_needs, mine_offers = spoken.needs.of(own), spoken.offers.of(own)
    words = question.words
    if not words:
        return Asked(spoken.profiles.of(own).rows, mine_needs, mine_offers)
    row = place.encode(words, question.spoken, is_offer=question.is_offer)
    title = question.posting.title if question.posting is not None else words
    one = Said(row, np.array([own], np.int64), (title,), (question.spoken,))
    if question.is_offer:
        return Asked(row, mine_needs, one)
    return Asked(row, one, mine_offers)


@dataclass(frozen=True, slots=True)
class Placer:
    """Encodes somebody's words and makes them comparable to the stored ones."""

    vectors: StoredVectors
    encoder: Encoder

    def encode(self, words: str, language: str, *, is_offer: bool) -> Rows:
        """Return one row; none if the words say nothing."""
        text = Text("question", Kind.OFFER if is_offer else Kind.NEED, language, words)
        if not text.cleaned:
            return self.vectors.rows[:0]
        return place_text(self.vectors, text, encoder=self.encoder)


def placer_of(vectors: StoredVectors, choice: Choice) -> Placer:
    """Return the encoder that made the vectors, for one text at a time."""
    is_model = vectors.stamp == stamp_of(choice.for_one)
    return Placer(vectors, choice.for_one if is_model else Letters())
