"""The section on who was not in the room: weighted figures, and what the first findings survive."""

from collections.abc import Sequence

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.evaluation.domain.weighting_results import (
    MarginUse,
    WeighedItem,
    Weighting,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Interval,
    Paragraph,
    Run,
    Table,
)
from alpclusters.reports.claims.weighting import (
    column,
    is_weighted,
    sources,
    survival,
    unweighted,
    weighted_to,
    whose_figures,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject, named, short
from alpclusters.reports.numbers import format_percent


def weighting_lead(found: Weighting | None, subject: EvaluationSubject, language: str) -> list[str]:
    """Say before any figure whose figures these are, and what of them rests on who came."""
    return [claim.text for claim in whose_figures(found, subject, language)]


def absent_blocks(
    found: Weighting | None, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Say of the first headlines what they survive; else what is not known of the absent."""
    told: list[Block] = [] if found and found.margins else [_unweighted(language)]
    return [*told, *(_survival_blocks(found, subject, language) if found else [])]


def weighting_section(
    found: Weighting | None,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    *,
    further: Sequence[Weighting] = (),
) -> list[Block]:
    """Return the weighted figures and what headlines survive; nothing where nothing was rated.

    ``further`` are the same items weighted to other columns, each by itself.
    """
    if found is None or not found.items:
        return []
    title = translator(language).gettext("Who was not in the room")
    return [
        Heading(named(title, subject.criterion_names.get(criterion, criterion), language)),
        *(_all_margins(found, further, subject, language) or [_unweighted(language)]),
        *_survival_blocks(found, subject, language),
    ]


def margins_section(
    found: Weighting | None,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    *,
    further: Sequence[Weighting] = (),
) -> list[Block]:
    """Return the weighted figures alone; nothing without margins."""
    if found is None or not found.items:
        return []
    blocks = _all_margins(found, further, subject, language)
    title = translator(language).gettext("Weighted to the groups outside the room")
    heading = Heading(named(title, subject.criterion_names.get(criterion, criterion), language))
    return [heading, *blocks] if blocks else []


def _all_margins(
    found: Weighting, further: Sequence[Weighting], subject: EvaluationSubject, language: str
) -> list[Block]:
    return [block for one in (found, *further) for block in _margin_blocks(one, subject, language)]


def _unweighted(language: str) -> Paragraph:
    return Paragraph(unweighted(language).text)


def _margin_blocks(found: Weighting, subject: EvaluationSubject, language: str) -> list[Block]:
    if not found.margins:
        return []
    told = Paragraph(" ".join(_margin_sentences(found, subject, language)))
    return [told, _table(found, subject, language)] if is_weighted(found) else [told]


def _margin_sentences(found: Weighting, subject: EvaluationSubject, language: str) -> list[str]:
    text = translator(language)
    sentences = [weighted_to(found, subject, language).text]
    if not is_weighted(found):
        return sentences
    sentences.append(
        text.gettext(
            "The model lets groups borrow strength from each other; raking is the check. Both "
            "take it that those of a group who came speak for those of it who did not."
        )
    )
    sentences += _groups_left_out(found, subject, language)
    if "margins_not_met" in found.reasons:
        sentences.append(
            text.gettext("Not all shares could be reached: no weight is above five times the mean.")
        )
    return sentences


def _groups_left_out(found: Weighting, subject: EvaluationSubject, language: str) -> list[str]:
    text = translator(language)
    sentences = []
    for margin in found.margins:
        if margin.absent:
            groups = ", ".join(
                f"{group} ({format_percent(share, language)})" for group, share in margin.absent
            )
            sentences.append(
                text.gettext("Nobody of these groups took part (%(column)s): %(groups)s.")
                % {"column": column(margin, subject), "groups": groups}
            )
        if margin.unweighed:
            sentences.append(
                text.gettext("Without a share, and so not weighted (%(column)s): %(groups)s.")
                % {"column": column(margin, subject), "groups": _groups(margin, subject)}
            )
        if margin.joined:
            groups = ", ".join(
                f"{word(one.names, language)} ({format_percent(one.share, language)})"
                for one in margin.joined
            )
            told = text.gettext(
                "Not shown apart, because few or none of them took part; their share is spread "
                "over the others (%(column)s): %(groups)s."
            )
            sentences.append(told % {"column": column(margin, subject), "groups": groups})
    return sentences


def _groups(margin: MarginUse, subject: EvaluationSubject) -> str:
    names = subject.group_names
    return ", ".join(str(names.get((margin.split, one)) or one) for one in margin.unweighed)


def _table(found: Weighting, subject: EvaluationSubject, language: str) -> Table:
    text = translator(language)
    kind, places = ("percent", 0) if found.is_share else ("number", 1)
    is_statement = subject.item_word == "statement"
    columns = (
        Column(text.gettext("Statement") if is_statement else text.gettext("Measure")),
        Column(text.gettext("Those who took part"), kind, decimals=places),  # type: ignore[arg-type]
        Column(text.gettext("Weighted"), kind, decimals=places, strong=True),  # type: ignore[arg-type]
        Column(text.gettext("90% interval"), kind, decimals=places),  # type: ignore[arg-type]
        Column(text.gettext("Raked, as a check"), kind, decimals=places),  # type: ignore[arg-type]
        Column("n", "number", decimals=0),
    )
    rows = tuple(_row(item, found, subject) for item in found.items)
    note = text.gettext(
        "Empty: fewer than 40 answers, or a group so small that its figure could be worked out."
    )
    caption = text.gettext("Those who took part, and weighted to: %(sources)s")
    return Table(columns, rows, caption % {"sources": sources(found, subject)}, note)


def _row(
    item: WeighedItem, found: Weighting, subject: EvaluationSubject
) -> tuple[str | float | Interval | None, ...]:
    model, raked = item.modelled, item.raked
    low, high = (found.rounded(model.low), found.rounded(model.high)) if model else (None, None)
    return (
        subject.item(item.item),
        found.rounded(item.plain),
        found.rounded(model.value) if model else None,
        Interval(low, high) if low is not None and high is not None else None,
        found.rounded(raked.value) if raked else None,
        item.n,
    )


# --- would it survive? --------------------------------------------------------------------


def _survival_blocks(found: Weighting, subject: EvaluationSubject, language: str) -> list[Block]:
    text = translator(language)
    headlines = [item for item in found.items if item.breakdown is not None]
    if not headlines:
        return []
    intro = text.gettext(
        "Would the first findings survive if other people had come? “Up to 2 times” means: some "
        "answers may count twice, others half. Groups are named where at least 20 of the group "
        "and 20 others answered. No figure here is an interval."
    )
    bullets = tuple(
        (
            Run(f"{short(subject.item(item.item))}: ", strong=True),
            Run(" ".join(claim.text for claim in survival(item, found, subject, language))),
        )
        for item in headlines
    )
    return [Paragraph(intro), Bullets(bullets)]
