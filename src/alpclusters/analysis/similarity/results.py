"""What the comparison of texts yields: frozen records with their conventions."""

from dataclasses import asdict, dataclass

from alpclusters.analysis.conventions import Conventions, Status

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """Two texts that may say the same; a person decides.

    Attributes
    ----------
    first, second : int
        Positions in the input; ``first`` is the smaller one.
    score : float
        Cosine between 0 and 1.
    concepts : tuple of str
        Concepts of the glossary that both contain, in alphabetical order.
    """

    first: int
    second: int
    score: float
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarTexts:
    """All pairs above the threshold.

    Attributes
    ----------
    pairs : tuple of SimilarPair
        Highest score first; equal scores by position.
    n_texts : int
        How many texts were compared.
    n_empty : int
        Of them, without a word that says something; they are in no pair.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        Undefined: ``no_texts``, ``one_text``. Limited: ``no_words`` (some texts are empty). For
        information: ``no_glossary`` (only texts of one language can be similar).
    conventions : Conventions
    """

    pairs: tuple[SimilarPair, ...]
    n_texts: int
    n_empty: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def as_record(self) -> dict[str, object]:
        """Return everything as a plain mapping for JSON."""
        return {
            "pairs": [asdict(pair) for pair in self.pairs],
            "n_texts": self.n_texts,
            "n_empty": self.n_empty,
            "status": self.status,
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
        }


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Which words of two texts mean the same.

    Attributes
    ----------
    first, second : tuple of (int, int)
        Start and end of each such word in either text, in order.
    concepts : tuple of str
        What they mean, in alphabetical order.
    reasons : tuple of str
        ``nothing_shared`` if there are none.
    """

    first: tuple[Span, ...]
    second: tuple[Span, ...]
    concepts: tuple[str, ...]
    reasons: tuple[str, ...]
