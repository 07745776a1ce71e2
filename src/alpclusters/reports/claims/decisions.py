"""What one answer per item allows to be said: its class in words, and how many are in each."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.decisions import Decisions, Outcome
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_integer, format_percent

_COUNT: Final = _("%(class)s: %(n)s of %(all)s")
_NONE: Final = _("No item has an answer that is certain enough; all stay open")

# Of everybody, and of groups. Not "valued by all": one in five may be against.
_RATED: Final[Mapping[Outcome, tuple[str, str]]] = {
    "valued_by_all": (_("Valued, with few against"), _("Valued in every group")),
    "bridge": (_("Valued in every camp, with many against"),) * 2,
    "valued_but_divided": (
        _("Valued, but with many against"),
        _("Valued on the whole, but divided"),
    ),
    "rejected": (_("Rated below the middle of the scale"),) * 2,
    "in_the_middle": (_("Neither valued nor rejected"),) * 2,
}
_VOTED: Final[Mapping[Outcome, tuple[str, str]]] = {
    "valued_by_all": (
        _("At least half agree, with few against"),
        _("At least half agree in every group"),
    ),
    "bridge": (_("At least half agree in every camp, with many against"),) * 2,
    "valued_but_divided": (
        _("At least half agree, but with many against"),
        _("At least half agree on the whole, but divided"),
    ),
    "rejected": (_("More against than for"),) * 2,
    "in_the_middle": (_("More for than against, but less than half agree"),) * 2,
}
_NOT_JUDGED: Final = _("Not judged enough")


def outcome_words(outcome: Outcome, language: str, *, is_vote: bool, has_groups: bool) -> str:
    """Return the words of one answer."""
    text = translator(language)
    if outcome == "open":
        return text.pgettext("answer to a measure", "Open")
    if outcome == "not_judged_enough":
        return text.gettext(_NOT_JUDGED)
    return text.gettext((_VOTED if is_vote else _RATED)[outcome][has_groups])


def decision_title(decisions: Decisions, language: str, *, is_vote: bool) -> str:
    """Say how many items have the best answer that any has; that all stay open, if they do."""
    text = translator(language)
    named = [one for one in decisions.measures if one.probabilities and one.outcome != "open"]
    if not named:
        return text.gettext(_NONE)
    first = named[0].outcome
    words = outcome_words(first, language, is_vote=is_vote, has_groups=bool(decisions.groups))
    numbers = (len(decisions.of(first)), len(decisions.measures))
    n, n_all = (format_integer(number, language) for number in numbers)
    return text.gettext(_COUNT) % {"class": words, "n": n, "all": n_all}


def rule_sentences(decisions: Decisions, language: str) -> list[str]:
    """Say when an answer is named, and what "few" and "many" mean."""
    text, rules = translator(language), dict(decisions.conventions.thresholds)
    certain = {"share": format_percent(rules["certain"], language)}
    against = {"share": format_percent(rules["against_share"], language)}
    sentences = [
        text.gettext(
            "An answer is named if it is at least %(share)s certain; else the item is open."
        )
        % certain,
        text.gettext("Few against: at most %(share)s, in every group that is looked at.") % against,
    ]
    n = {"n": format_integer(int(rules["min_answers"]), language)}
    sentences.append(
        text.gettext("Not judged enough: fewer than %(n)s answers, or fewer than five in a group.")
        % n
    )
    return sentences
