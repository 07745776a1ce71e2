"""How the numbers came about: the conventions of a result as sentences."""

from collections.abc import Sequence

from alpclusters.analysis.consensus import Description
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.evaluation_subject import is_vote
from alpclusters.reports.numbers import format_integer, format_number, format_percent


def method_sentences(descriptions: Sequence[Description], language: str) -> list[str]:
    """Return one sentence per convention, in reading order; all criteria share them."""
    description = descriptions[0]
    return [
        counting_sentence(descriptions, language),
        _missing(description, language),
        _scales(descriptions, language),
        *_intervals(description, language),
        _spread(description, language),
        _small_groups(description, language),
        limits_sentence(language),
    ]


def asking_sentences(best_k: int | None, language: str) -> list[str]:
    """Say in which order the measures were asked; nothing where that is not known."""
    if best_k is None:
        return []
    text = translator(language)
    if not best_k:
        return [
            text.gettext(
                "Phones asked first about the measures shown least so far; each person kept the "
                "order."
            )
        ]
    return [
        text.ngettext(
            "The best measure was looked for: measures in doubt were asked of more people. The "
            "estimates of the model stay valid; plain means do not compare the measures.",
            "The best %(n)s measures were looked for: measures in doubt were asked of more people. "
            "The estimates of the model stay valid; plain means do not compare the measures.",
            best_k,
        )
        % {"n": format_integer(best_k, language)}
    ]


def unranked_title(language: str) -> str:
    """Say what stands in place of leading means where those in doubt were asked more."""
    return translator(language).gettext("These ratings do not rank the measures yet")


def unranked_lead(language: str) -> str:
    """Say why no mean leads."""
    return translator(language).gettext(
        "Measures in doubt were asked of more people, so plain means do not compare them."
    )


def counting_sentence(descriptions: Sequence[Description], language: str) -> str:
    """Say how many people gave how many answers, and which of them count."""
    text = translator(language)
    return text.gettext(
        "%(people)s people gave %(cast)s answers, of which %(standing)s stand: the latest of "
        "each person on each item counts; at the same time, the later line."
    ) % {
        "people": format_integer(max(one.n_raters for one in descriptions), language),
        "cast": format_integer(sum(one.cast for one in descriptions), language),
        "standing": format_integer(sum(one.standing for one in descriptions), language),
    }


def _missing(description: Description, language: str) -> str:
    text = translator(language)
    if is_vote(description):
        return text.gettext(
            "A pass is an answer and counts in n. Statements a person did not see are missing."
        )
    return text.gettext(
        "“Cannot judge” is an answer of its own: it is counted and shown, and enters no mean, "
        "median or interval. That those who cannot judge would rate like the others is an "
        "assumption."
    )


def _scales(descriptions: Sequence[Description], language: str) -> str:
    """Say on which scale the answers were given; where criteria differ, the scale of each."""
    points = [one.conventions.scale for one in descriptions]
    if len(set(points)) == 1 or is_vote(descriptions[0]) or not all(points):
        return _scale(descriptions[0], language)
    text = translator(language)
    each = [
        text.gettext("%(low)s to %(high)s")
        % {"low": format_number(one[0], language), "high": format_number(one[-1], language)}
        for one in points
        if one
    ]
    sentence = text.gettext("Scales of the criteria, in their order: %(scales)s.")
    return sentence % {"scales": "; ".join(each)}


def _scale(description: Description, language: str) -> str:
    text = translator(language)
    if is_vote(description):
        return text.gettext("Scale: disagree, pass, agree.")
    points = description.conventions.scale
    if not points:
        return text.gettext("The scale is unknown because nobody rated.")
    ends = {
        "low": format_number(points[0], language),
        "high": format_number(points[-1], language),
    }
    if "scale_assumed" in description.reasons:
        sentence = text.gettext(
            "Scale %(low)s to %(high)s: assumed from the smallest and the greatest value seen."
        )
        return sentence % ends
    return text.gettext("Scale %(low)s to %(high)s.") % ends


def _intervals(description: Description, language: str) -> list[str]:
    text = translator(language)
    level = {"level": format_percent(description.conventions.level or 0.9, language)}
    share = dict(description.conventions.intervals).get("agree_share")
    named = (
        text.gettext("Intervals: %(level)s, two-sided. Shares: Jeffreys.")
        if share == "jeffreys"
        else text.gettext("Intervals: %(level)s, two-sided. Shares: Wilson.")
    )
    if is_vote(description):
        return [named % level]
    other = text.gettext(
        "Means: Student’s t with n\u00a0−\u00a01 degrees of freedom, kept on the scale. Medians: "
        "exact, from the order of the ratings."
    )
    return [named % level, other]


def _spread(description: Description, language: str) -> str:
    text = translator(language)
    if is_vote(description):
        return text.gettext("Consensus after Tastle and Wierman (2007).")
    return text.gettext(
        "Quartiles by linear interpolation (type 7), standard deviation with n\u00a0−\u00a01, "
        "consensus after Tastle and Wierman (2007)."
    )


def _small_groups(description: Description, language: str) -> str:
    text = translator(language)
    least = int(description.conventions.threshold("k_anonymity") or 1)
    if least <= 1:
        return text.gettext("Nothing is withheld, however small a group is.")
    return text.gettext(
        "Groups and items with fewer than %(n)s people are withheld, and with them further "
        "groups from which they could be worked out."
    ) % {"n": format_integer(least, language)}


def limits_sentence(language: str) -> str:
    """Say what no interval covers."""
    return translator(language).gettext(
        "The intervals describe chance among people like those who answered. They do not cover "
        "who took part and who did not."
    )
