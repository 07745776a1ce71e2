"""One answer per measure of an AlpCafé: the table that opens its page and its protocol."""

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decision, Decisions
from alpclusters.platform.evaluation.domain.coarsening import UNIT_STEP
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.platform.evaluation.domain.records import REGION, CriterionResult
from alpclusters.platform.evaluation.domain.science import Ranked, RankingResult
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Cell, Column, Interval, Row, Table
from alpclusters.reports.claims.decisions import decision_title, outcome_words, rule_sentences
from alpclusters.reports.evaluation_decisions import MOST_CERTAIN
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.numbers import format_percent


def answers_title(result: CriterionResult, language: str) -> str:
    """Say how many measures have the best answer that any has; empty without decisions."""
    found = result.decisions
    return decision_title(found, language, is_vote=False).text if found else ""


def answers_table(
    result: CriterionResult,
    subject: EvaluationSubject,
    language: str,
    *,
    caption: str,
    has_cannot_judge: bool = False,
) -> Table | None:
    """Return one row per measure, in the order of every list; None without decisions.

    ``has_cannot_judge`` adds how many cannot judge it, where no other table says so.
    """
    found = result.decisions
    if found is None:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("Measure")),
        Column(text.pgettext("what people think of a measure", "Answer")),
        Column(text.gettext("Estimate"), "number", decimals=1, strong=True),
        Column(text.gettext("90% interval"), "number", decimals=1),
        Column(text.gettext("Certain"), "percent", decimals=0),
        Column("n", "number", decimals=0),
        *([Column(text.gettext("Cannot judge"), "percent", decimals=0)] * has_cannot_judge),
    )
    rows = tuple(
        _row(one, found, result.ranking, subject, language)[: len(columns)]
        for one in found.measures
    )
    return Table(columns, rows, caption, " ".join(_notes(found, subject, language)))


def _row(
    one: Decision,
    decisions: Decisions,
    ranking: RankingResult | None,
    subject: EvaluationSubject,
    language: str,
) -> Row:
    ranked = ranking.of(int(one.measure)) if ranking else None
    return (
        subject.item(one.measure),
        answer_words(one, decisions, language),
        one.value,
        _interval(ranked),
        _certain(one, language),
        one.n,
        ranked.cannot_judge_share if ranked else None,
    )


def _interval(ranked: Ranked | None) -> Interval | None:
    if ranked is None or ranked.low is None or ranked.high is None:
        return None
    return Interval(ranked.low, ranked.high)


def answer_words(one: Decision, decisions: Decisions, language: str) -> str:
    """Return the answer in words; of an open measure its two likeliest answers."""
    has_groups = bool(decisions.groups)
    words = outcome_words(one.outcome, language, is_vote=False, has_groups=has_groups)
    if one.outcome != "open":
        return words
    likely = [
        outcome_words(kind, language, is_vote=False, has_groups=has_groups)
        for kind in one.likeliest
    ]
    if len(likely) == 1:
        return f"{words}: {likely[0]}"
    return translator(language).gettext("%(open)s: “%(first)s” or “%(second)s”") % {
        "open": words,
        "first": likely[0],
        "second": likely[1],
    }


def _certain(one: Decision, language: str) -> Cell:
    """Return the chance of the answer; draws cannot tell that it is beyond doubt."""
    if not one.probabilities:
        return None
    chance = max(part.value for part in one.probabilities)
    if chance < MOST_CERTAIN:
        return chance
    words = translator(language).gettext("over %(share)s")
    return words % {"share": format_percent(MOST_CERTAIN, language)}


def _notes(decisions: Decisions, subject: EvaluationSubject, language: str) -> list[str]:
    text = translator(language)
    return [
        text.gettext("Certain: probability of the answer, of open items that of the likeliest."),
        text.gettext("It is rounded down to steps of %(share)s.")
        % {"share": format_percent(UNIT_STEP, language)},
        *rule_sentences(decisions, language, is_vote=False),
        _groups(decisions, subject, language),
    ]


def _groups(decisions: Decisions, subject: EvaluationSubject, language: str) -> str:
    text = translator(language)
    if not decisions.groups:
        return text.gettext(
            "All people are taken together, because the answers by region are not shown for every "
            "measure."
        )
    own = sorted(decisions.groups, key=lambda group: group == OTHERS)
    names = ", ".join(group_name(group, subject) for group in own)
    return text.gettext("Groups that are looked at: %(names)s.") % {"names": names}


def group_name(group: Id, subject: EvaluationSubject) -> str:
    """Return the name of a region, or of the group of all others."""
    key = None if group == OTHERS else group
    return subject.group_names.get((REGION, key)) or str(group)
