"""What bodies decided over time: also what was taken back later stays in print."""

from collections import Counter
from collections.abc import Sequence

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.endorsing.records import LogLine
from alpclusters.platform.policy.models import Endorsement
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan.reasons import as_text, worded_runs
from alpclusters.reports.plan.words import choice_word


def log_table(steps: Sequence[LogLine], language: str) -> Table | None:
    """List every step with what stood before and after it, and who entered it."""
    if not steps:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("Date"), "date"),
        Column(text.gettext("Body")),
        Column(text.gettext("Before")),
        Column(text.gettext("After")),
        Column(text.gettext("Entered by")),
        Column(text.gettext("Reservation or reason")),
    )
    rows = tuple(_row(one, language) for one in steps)
    caption = text.gettext("Every decision in its order, also one that was taken back")
    return Table(columns, rows, caption, name=text.gettext("Endorsement log"))


def has_history(steps: Sequence[LogLine]) -> bool:
    """Say whether a body decided more than once: only then the log says more than the list."""
    return any(n > 1 for n in Counter(one.body for one in steps).values())


def _row(one: LogLine, language: str) -> Row:
    return (
        one.on,
        one.body,
        choice_word(Endorsement.State, one.before, language),
        _after(one, language),
        _entered_by(one, language),
        as_text(worded_runs(one.words, one.language, language)),
    )


def _after(one: LogLine, language: str) -> str:
    word = choice_word(Endorsement.State, one.after, language)
    if one.version is None:
        return word
    version = translator(language).gettext("Version %(version)s")
    return f"{word} ({version % {'version': format_integer(one.version, language)}})"


def _entered_by(one: LogLine, language: str) -> str:
    text = translator(language)
    if one.by_link:
        return text.gettext("the body itself")
    return choice_word(Role, one.role, language) if one.role else text.gettext("unknown")
