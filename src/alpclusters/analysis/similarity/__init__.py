"""Similar texts across languages: which of many short texts may say the same."""

from alpclusters.analysis.similarity.similarity import (
    SharedWords,
    SimilarPair,
    SimilarTexts,
    shared_words,
    similar_texts,
)
from alpclusters.analysis.similarity.vectors import (
    LETTER_COLUMNS,
    letter_counts,
    letter_rarity,
    weigh_letters,
)
from alpclusters.analysis.similarity.words import Glossary

__all__ = [
    "LETTER_COLUMNS",
    "Glossary",
    "SharedWords",
    "SimilarPair",
    "SimilarTexts",
    "letter_counts",
    "letter_rarity",
    "shared_words",
    "similar_texts",
    "weigh_letters",
]
