"""Similar texts across languages: which of many short texts may say the same."""

from alpclusters.analysis.similarity.glossary import Glossary
from alpclusters.analysis.similarity.letters import (
    LETTER_COLUMNS,
    letter_counts,
    letter_rarity,
    weigh_letters,
)
from alpclusters.analysis.similarity.results import SharedWords, SimilarPair, SimilarTexts
from alpclusters.analysis.similarity.similarity import shared_words, similar_texts

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
