"""Rotate inside the tables of each language: a start for plans that put language first."""

from collections import Counter

import numpy as np

from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import Languages, wrong_matrix
from alpclusters.analysis.rotation.layouts import lay_out


def split_by_language(languages: Languages, rounds: int, *, seed: int) -> IntArray:
    """Seat everybody at tables of one language, rotating there in closed form.

    Parameters
    ----------
    languages : Languages
    rounds : int
    seed : int

    Returns
    -------
    array of shape (n_guests, n_rounds)
        Balanced; few wrong-language seats, revisits where a language has fewer tables than
        there are rounds.
    """
    communities = _communities(languages)
    hosts = np.array(languages.tables)
    seats = np.zeros((len(languages.guests), rounds), dtype=np.int64)
    for language in dict.fromkeys(languages.tables):
        places = np.flatnonzero(hosts == language)
        members = np.flatnonzero(communities == language)
        if len(members):
            words = lay_out(len(members), len(places), rounds, seed=seed).words
            seats[members] = places[words]
    return seats


def _communities(languages: Languages) -> IntArray:
    """Give each guest a language with room, so that all tables stay within one guest."""
    from scipy.optimize import linear_sum_assignment

    wrong = wrong_matrix(languages)
    places = np.repeat(np.arange(len(languages.tables)), _sizes(languages))
    chosen = linear_sum_assignment(wrong[:, places].astype(np.float64))[1]
    found: IntArray = np.array(languages.tables)[places[chosen]]
    return found


def _sizes(languages: Languages) -> IntArray:
    """Return balanced table sizes, the larger tables where the language is asked for most."""
    size, larger = divmod(len(languages.guests), len(languages.tables))
    speakers: Counter[str] = Counter()
    for spoken in languages.guests:
        for language in spoken & set(languages.tables):
            speakers[language] += 1
    seats = Counter({language: n * size for language, n in Counter(languages.tables).items()})
    sizes = np.full(len(languages.tables), size)
    for _ in range(larger):
        open_tables = np.flatnonzero(sizes == size)
        lack = [
            speakers[languages.tables[table]] / max(seats[languages.tables[table]], 1)
            for table in open_tables
        ]
        best = open_tables[int(np.argmax(lack))]
        sizes[best] += 1
        seats[languages.tables[best]] += 1
    return sizes
