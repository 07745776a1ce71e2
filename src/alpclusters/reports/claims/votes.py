"""What votes allow to be said: clear majorities, most agreement, divided opinions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alpclusters.analysis import claims as conditions
from alpclusters.analysis.claims import Estimate, sole_leader, within_reach
from alpclusters.analysis.consensus import Description
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decisions, Outcome
from alpclusters.analysis.ranking import Ranking
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop, translator
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    Rated,
    by_agreement,
    by_division,
    short,
)
from alpclusters.reports.numbers import (
    format_integer,
    format_n,
    format_number,
    format_percent,
    format_share_interval,
)

# --- What one answer per item allows to be said: its class in words, and how many are in each -----


_COUNT: Final = _("%(class)s: %(n)s of %(all)s measures")
_COUNT_OF_VOTES: Final = _("%(class)s: %(n)s of %(all)s statements")
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

MOST_NAMED: Final = 3
BEST: Final = 3  # "among the best three": the k of the sentence

TITLE: Final = "decisions.title"
_ANSWERS: Final = {
    "class": tuple(
        dict.fromkeys(
            words for table in (_RATED, _VOTED) for pair in table.values() for words in pair
        )
    )
}
_TITLE: Final = register(TITLE, _COUNT, options=_ANSWERS)
_TITLE_OF_VOTES: Final = register(f"{TITLE}_of_votes", _COUNT_OF_VOTES, options=_ANSWERS)
_NONE_TITLE: Final = register("decisions.none", _NONE)
_AMONG_BEST: Final = register(
    "decisions.among_best",
    _("Among the best %(k)s with a probability of at least %(share)s: %(names)s."),
)
_EVERY_GROUP: Final = register(
    "decisions.every_group", _("Every group values, with ten people or more in each: %(names)s.")
)
_EVERY_GROUP_AGREES: Final = register(
    "decisions.every_group_agrees",
    _("In every group, of ten people or more each, at least half agree with: %(names)s."),
)
_LOWER: Final = register(
    "decisions.lower", _("“%(group)s” rates it lower than the other groups do: %(name)s.")
)
_AGREES_LESS: Final = register(
    "decisions.agrees_less", _("“%(group)s” agrees less than the other groups do with: %(name)s.")
)
_N_FEW: Final = register(
    "decisions.n_few",
    ngettext_noop("%(n)s item was not judged enough.", "%(n)s items were not judged enough."),
)
_FEW: Final = register("decisions.too_few", _("Too few answers to judge these: %(names)s."))
_OPEN: Final = register(
    "decisions.open",
    ngettext_noop(
        "%(n)s of %(all)s items is open; more answers can decide it.",
        "%(n)s of %(all)s items are open; more answers can decide them.",
    ),
)


def outcome_words(outcome: Outcome, language: str, *, is_vote: bool, has_groups: bool) -> str:
    """Return the words of one answer."""
    text = translator(language)
    if outcome == "open":
        return text.pgettext("answer to a measure", "Open")
    if outcome == "not_judged_enough":
        return text.gettext(_NOT_JUDGED)
    return text.gettext((_VOTED if is_vote else _RATED)[outcome][has_groups])


def decision_title(decisions: Decisions, language: str, *, is_vote: bool) -> Claim:
    """Say how many items have the best answer that any has; that all stay open, if they do."""
    named = [one for one in decisions.measures if one.probabilities and one.outcome != "open"]
    if not named:
        return _NONE_TITLE.claim(language)
    first = named[0].outcome
    words = outcome_words(first, language, is_vote=is_vote, has_groups=bool(decisions.groups))
    values: dict[str, str | int] = {"class": words}
    values |= {"n": len(decisions.of(first)), "all": decisions.n_items}
    return (_TITLE_OF_VOTES if is_vote else _TITLE).claim(language, **values)


def rule_sentences(decisions: Decisions, language: str, *, is_vote: bool) -> list[str]:
    """Say what "valued", "few" and "many" mean, and when an answer is named."""
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
    scale = decisions.conventions.scale
    if not is_vote and scale:
        sentence = text.gettext(
            "Valued: an estimate of %(from)s or more on the scale from %(low)s to %(high)s."
        )
        values = {"from": rules["threshold"], "low": scale[0], "high": scale[-1]}
        words = {name: format_number(value, language) for name, value in values.items()}
        sentences.insert(0, sentence % words)
    n = {"n": format_integer(int(rules["min_answers"]), language)}
    sentences.append(
        text.gettext("Not judged enough: fewer than %(n)s answers, or fewer than five in a group.")
        % n
    )
    return sentences


def short_verdict(
    decisions: Decisions,
    ranking: Ranking | None,
    subject: EvaluationSubject,
    language: str,
    *,
    is_vote: bool = False,
) -> list[Claim]:
    """Say of one criterion what the brief says of the first: answers, the best, what is open."""
    return [
        decision_title(decisions, language, is_vote=is_vote),
        *among_best(ranking, subject, language),
        *every_group(decisions, subject, language, is_vote=is_vote),
        *undecided(decisions, subject, language),
    ]


# --- sentences with a rule ----------------------------------------------------------------


def among_best(
    ranking: Ranking | None, subject: EvaluationSubject, language: str
) -> Iterator[Claim]:
    """Name the items that are among the best three with a probability of at least 90 per cent."""
    sure = conditions.among_best(ranking, BEST) if ranking else ()
    if sure:
        share = format_percent(conditions.SURE, language)
        names = _names(sure, subject, language)
        yield _AMONG_BEST.claim(language, k=BEST, share=share, names=names)


def every_group(
    decisions: Decisions, subject: EvaluationSubject, language: str, *, is_vote: bool
) -> Iterator[Claim]:
    """Name what all groups value; only where each has ten answers."""
    shared = conditions.valued_by_every_group(decisions)
    if shared:
        wording = _EVERY_GROUP_AGREES if is_vote else _EVERY_GROUP
        yield wording.claim(language, names=_names(shared, subject, language))


def lower_groups(
    decisions: Decisions,
    measure: Id,
    names: Mapping[Id, str],
    subject: EvaluationSubject,
    language: str,
    *,
    is_vote: bool,
) -> Iterator[Claim]:
    """Name the groups of ten answers or more that surely lie below the others on one item."""
    wording = _AGREES_LESS if is_vote else _LOWER
    name = _names([measure], subject, language)
    for group in conditions.lower_groups(decisions.measure(measure)):
        yield wording.claim(language, group=names[group], name=name)


def not_judged(decisions: Decisions, language: str) -> Iterator[Claim]:
    """Say how many items were not judged enough, if any."""
    n = len(decisions.too_few)
    if n:
        yield _N_FEW.claim(language, n=n)


def undecided(decisions: Decisions, subject: EvaluationSubject, language: str) -> Iterator[Claim]:
    """Say how many items stay open, and name those with too few answers."""
    n_open = len(decisions.of("open"))
    if n_open:
        yield _OPEN.claim(language, n=n_open, all=decisions.n_items)
    if decisions.too_few:
        yield _FEW.claim(language, names=_names(decisions.too_few, subject, language))


def _names(items: Sequence[Id], subject: EvaluationSubject, language: str) -> str:
    """Return the first names in quotes, and how many more there are."""
    text = translator(language)
    quoted = [
        text.gettext("“%(words)s”") % {"words": short(subject.item(item), 70)}
        for item in items[:MOST_NAMED]
    ]
    names, n_more = ", ".join(quoted), len(items) - MOST_NAMED
    if n_more <= 0:
        return names
    more = text.ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", n_more)
    return more % {"names": names, "n": format_integer(n_more, language)}


# --- What votes allow to be said: clear majorities, most agreement, divided opinions --------------


HALF: Final = 0.5
LEAST_FOR_DIVISION: Final = 30
MAX_STATEMENT: Final = 140

_NO_VOTES: Final = register("votes.nothing_yet", _("No votes yet"))
_PROTECTED: Final = register(
    "votes.protected", _("No share can be shown without telling what single people answered")
)
_NO_MAJORITY: Final = register("votes.no_majority", _("No statement has a clear majority"))
_MAJORITIES: Final = register(
    "votes.majorities",
    ngettext_noop(
        "%(n)s of %(all)s statements has a clear majority",
        "%(n)s of %(all)s statements have a clear majority",
    ),
)
_MOST: Final = register(
    "votes.most_agreement",
    _("Most agreement: %(name)s (%(share)s agree, %(interval)s, %(n)s)."),
)
_AMONG: Final = register(
    "votes.among_most",
    ngettext_noop(
        "Among the %(k)s statement with most agreement, not told apart: %(name)s "
        "(%(share)s agree, %(interval)s, %(n)s).",
        "Among the %(k)s statements with most agreement, not told apart: %(name)s "
        "(%(share)s agree, %(interval)s, %(n)s).",
    ),
    count="k",
)
_DIVIDED: Final = register(
    "votes.divided",
    _("Opinions divide, for example, on: %(name)s (%(share)s agree, %(interval)s, %(n)s)."),
)


def vote_title(
    items: Sequence[Rated], language: str, *, description: Description | None = None
) -> Claim:
    """State how many statements more than half agree with, as far as the interval shows."""
    clear = sum(item.share_low > HALF for item in items)
    if not items:
        return _nothing(description, language)
    if not clear:
        return _NO_MAJORITY.claim(language)
    return _MAJORITIES.claim(language, n=clear, all=len(items))


def _nothing(description: Description | None, language: str) -> Claim:
    """Say that nobody voted, or that the votes are of too few people to be told."""
    is_empty = description is None or all(one.state == "empty" for one in description.measures)
    return (_NO_VOTES if is_empty else _PROTECTED).claim(language)


def vote_lead(
    items: list[Rated], language: str, *, description: Description | None = None
) -> list[Claim]:
    """Name the statement with most agreement as far as that is sure, and one that divides."""
    if not items:
        return [_nothing(description, language)]
    said = [_most(items, language)]
    divided = [
        item for item in by_division(items, least_n=least_for_division(items)) if _divides(item)
    ]
    if divided:
        said.append(_DIVIDED.claim(language, **_words(divided[0], language)))
    return said


def least_for_division(items: list[Rated]) -> int:
    """Return how many answers a statement needs to be called divided: a quarter of the most."""
    most = max((item.summary.n for item in items), default=0)
    return max(LEAST_FOR_DIVISION, -(-most // 4))


def _most(items: list[Rated], language: str) -> Claim:
    shares = [_share(item) for item in items]
    proved = sole_leader(shares)
    if proved is not None:
        first = next(item for item in items if item.id == proved.item)
        return _MOST.claim(language, **_words(first, language))
    # The highest lower end: few votes cannot lead.
    first = by_agreement(items)[0]
    n_alike = len(within_reach(shares))
    return _AMONG.claim(language, k=n_alike, **_words(first, language))


def _share(item: Rated) -> Estimate[Id]:
    ends = item.summary.agree_interval
    low, high = (ends.low, ends.high) if ends else (None, None)
    return Estimate(item.id, item.summary.agree_share or 0.0, low, high, item.summary.n)


def _divides(item: Rated) -> bool:
    """Neither side of one half is excluded."""
    ends = item.summary.agree_interval
    return ends is not None and ends.low <= HALF <= ends.high


def _words(item: Rated, language: str) -> dict[str, str]:
    interval = item.summary.agree_interval
    ends = (interval.low, interval.high) if interval else (0.0, 1.0)
    name = {"words": short(item.name, MAX_STATEMENT)}
    return {
        "name": translator(language).gettext("“%(words)s”") % name,
        "share": format_percent(item.summary.agree_share or 0.0, language),
        "interval": format_share_interval(*ends, language),
        "n": format_n(item.summary.n, language),
    }
