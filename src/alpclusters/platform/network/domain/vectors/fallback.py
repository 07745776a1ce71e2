"""The encoder for machines on which the model does not run: sequences of letters."""

from typing import Final

from scipy.sparse import csr_array

from alpclusters.analysis.similarity import LETTER_COLUMNS, letter_counts
from alpclusters.platform.network.domain.vectors.model import Strings
from alpclusters.platform.network.domain.vectors.texts import Text


class Letters:
    """Finds the same words, not the same meaning; the same interface as the model's.

    Its rows are counts: how rare a sequence of letters is depends on all texts together, so
    they are weighed when they are stored (`spaces`).
    """

    name: Final = "letters"
    version: Final = "1"
    dim: Final = LETTER_COLUMNS
    convention: Final = "char_wb 3-5; folded; 1 + ln count; NFC; 4000 letters"

    def phrase(self, text: Text) -> str:
        """Take a text as it is: more words would only be found in more texts."""
        return text.cleaned

    def encode_passages(self, texts: Strings) -> csr_array:
        """Count the sequences of letters."""
        return letter_counts(texts)

    def encode_queries(self, texts: Strings) -> csr_array:
        """Count the sequences of letters; a question is read like any text."""
        return letter_counts(texts)
