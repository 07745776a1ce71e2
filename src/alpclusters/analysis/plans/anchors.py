"""Where a comment belongs after a text was revised."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from alpclusters.analysis.plans.merging import paragraphs_of
from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules


def split_paragraphs(text: str) -> tuple[str, ...]:
    r"""Part a text into its paragraphs.

    Parameters
    ----------
    text : str
        Blank lines part paragraphs.

    Returns
    -------
    tuple of str
        Without blanks at their ends, none of them empty.

    Examples
    --------
    >>> split_paragraphs("One.\r\n\r\nTwo.\n")
    ('One.', 'Two.')
    """
    return tuple(paragraphs_of(text.replace("\r\n", "\n").replace("\r", "\n")))


def anchor_paragraph(
    quote: str, place: int, paragraphs: Sequence[str], *, rules: PlanRules = DEFAULT_RULES
) -> int | None:
    """Find the paragraph of a new version to which a comment belongs.

    Parameters
    ----------
    quote : str
        What the comment quotes: a paragraph of the old version, or words of it.
    place : int
        Number of that paragraph, from 0.
    paragraphs : sequence of str
        Of the new version.
    rules : PlanRules
        ``anchor_similarity`` is needed at least.

    Returns
    -------
    int or None
        The most similar paragraph, of equal ones the nearest to its old place, of these the
        first; None where none is similar enough, which leaves the comment orphaned.

    Notes
    -----
    Similarity is 1 where the quote stands in the paragraph, else 2 M / T: words in common blocks
    over words of both (difflib, case and blanks left out).

    Examples
    --------
    >>> anchor_paragraph("Regions share a test bench.", 0,
    ...                  ["A preface.", "All regions share one test bench."])
    1
    >>> anchor_paragraph("Regions share a test bench.", 0, ["Something else."]) is None
    True
    """
    words, least = _words(quote), rules.anchor_similarity
    if not words:
        return None
    similar = [
        (_similarity(words, _words(one), least), -abs(number - place), -number)
        for number, one in enumerate(paragraphs)
    ]
    best = max(similar, default=(0.0, 0, 0))
    return -best[2] if best[0] >= least else None


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _similarity(quote: Sequence[str], paragraph: Sequence[str], least: float) -> float:
    """Return the similarity, or an upper bound of it that is too small anyway."""
    if f" {' '.join(quote)} " in f" {' '.join(paragraph)} ":
        return 1.0
    matcher = SequenceMatcher(None, quote, paragraph, autojunk=False)
    bound = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return bound if bound < least else matcher.ratio()
