"""What a verdict on opinions rests on, in the same words for votes and for an AlpCafé."""

from dataclasses import dataclass

from alpclusters.analysis.opinion import Verdict
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.claims.opinion import along_axis
from alpclusters.reports.numbers import format_integer, format_number, format_percent


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictFigures:
    """A verdict and its figures; None where there was nothing to compute them from.

    Attributes
    ----------
    verdict : {'camps', 'gradient', 'one_opinion', 'too_few'}
    depth, deepest : float or None
        How deep the gap between people is, here and at most in rooms without camps.
    continuum_draws, camp_draws : int
        Rooms simulated, without camps and with two.
    axis_share : float or None
        Share of the variance along the strongest axis.
    is_strictness : bool
        Whether people differ in how readily they agree rather than in what they prefer.
    reasons : tuple of str
        Of the structure.
    """

    verdict: Verdict
    depth: float | None
    deepest: float | None
    continuum_draws: int
    camp_draws: int
    axis_share: float | None
    is_strictness: bool
    reasons: tuple[str, ...] = ()


def verdict_sentences(figures: VerdictFigures, language: str) -> list[str]:
    """Say what the verdict rests on; nothing where there were too few people to ask."""
    text = translator(language)
    if figures.verdict == "one_opinion":
        alike = text.gettext("What sets people apart is hardly more than chance makes it.")
        return [alike, *_strictness(figures, language)]
    if figures.depth is None or figures.deepest is None:
        return []
    words = {
        "n": format_integer(figures.continuum_draws, language),
        "camps": format_integer(figures.camp_draws, language),
        "depth": format_number(figures.depth, language, 1),
        "most": format_number(figures.deepest, language, 1),
    }
    if figures.verdict == "camps":
        return [
            text.gettext(
                "Between people there is a deeper gap (%(depth)s) than in any of %(n)s simulated "
                "rooms without camps that have the same items, the same missing answers and the "
                "same strength (there at most %(most)s)."
            )
            % words
        ]
    if figures.verdict == "gradient":
        return [
            text.gettext(
                "The gap between people (%(depth)s) is no deeper than in simulated rooms without "
                "camps (up to %(most)s), and shallower than in all of %(camps)s simulated rooms "
                "with two camps. People differ by degrees; any cut would be arbitrary."
            )
            % words
        ]
    return [
        text.gettext(
            "Simulated rooms with camps and without them look like this one, so neither can be "
            "excluded. More answers per person would help."
        )
    ]


def axis_sentences(figures: VerdictFigures, language: str) -> list[str]:
    """Say how much the strongest axis carries, and whether it is readiness to agree."""
    if figures.axis_share is None:
        return []
    share = {"share": format_percent(figures.axis_share, language)}
    sentence = translator(language).gettext(
        "The strongest difference carries %(share)s of the variance of all answers."
    )
    return [sentence % share, *_strictness(figures, language)]


def _strictness(figures: VerdictFigures, language: str) -> list[str]:
    """Say that people differ in readiness to agree only, where that may be said."""
    found = along_axis(
        figures.verdict,
        None,
        language,
        is_strictness=figures.is_strictness,
        reasons=figures.reasons,
    )
    return [found.text] if found else []
