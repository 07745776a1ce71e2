"""Similar texts across languages: which of many short texts may say the same."""

from alpclusters.analysis.similarity.glossary import Glossary
from alpclusters.analysis.similarity.results import SharedWords, SimilarPair, SimilarTexts
from alpclusters.analysis.similarity.similarity import shared_words, similar_texts

__all__ = [
    "Glossary",
    "SharedWords",
    "SimilarPair",
    "SimilarTexts",
    "shared_words",
    "similar_texts",
]
