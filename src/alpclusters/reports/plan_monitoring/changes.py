"""What changed since the report before: status first, then dates, money, figures, texts."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import override

from alpclusters.analysis.plans import Change, Colour, diff_snapshots
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.monitoring.verifying import comparable
from alpclusters.reports.blocks import Block, Column, Heading, Paragraph, Row, RowGroup, Table
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import (
    format_integer,
    format_money,
    format_number,
    format_percent,
)
from alpclusters.reports.plan.figures import indicator_words
from alpclusters.reports.plan.words import cut
from alpclusters.reports.plan_monitoring.reading import Content, MonitoringSubject
from alpclusters.reports.plan_words.figures import field_name, thing_name
from alpclusters.reports.plan_words.status import colour_word

# What changes with every report and says nothing about the plan.
IGNORED: Final = (
    "reasons", "at", "number", "software", "format", "round", "corrects", "severity",
    "progress_source", "convention", "digest", "version", "published_at", "created_at", "slug",
    "money", "money_sums", "translations", "way", "source_key", "forecast", "delay_days", "ready",
    "rules", "overall", "report", "expected", "expected_progress", "gap", "values",
)  # fmt: skip
_MOST: Final = 40
_LONGEST: Final = 200
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FRACTION: Final = re.compile(r"-?\d+\.\d+")
_COLOURS: Final = frozenset({"shown", "colour", "last_known", "computed"})
_CODES: Final = frozenset(code for code, _ in LANGUAGES)


def change_blocks(subject: MonitoringSubject, language: str) -> list[Block]:
    """Return the first chapter: what is different from the report before."""
    text = translator(language)
    heading = Heading(text.gettext("What has changed"), level=1)
    if subject.before is None:
        words = text.gettext("This is the first report: there is none before to compare with.")
        return [heading, Paragraph(words)]
    found = changes_of(subject.before, subject.content, language)
    if not found:
        return [heading, Paragraph(text.gettext("Nothing has changed since the report before."))]
    return [heading, change_table(found, subject, language)]


def changes_of(before: Content, after: Content, language: str) -> list[Change]:
    """List the changes; of the texts only those in the language of the report."""
    found = diff_snapshots(comparable(before, after), after, ignore=IGNORED)
    return [one for one in found if _says_something(one) and _is_in(one, language)]


def change_table(found: list[Change], subject: MonitoringSubject, language: str) -> Table:
    """List at most 40 changes of each kind, before and after."""
    text = translator(language)
    titles = {
        "status": text.gettext("Status"),
        "object": text.gettext("Added and removed"),
        "date": text.gettext("Dates"),
        "money": text.gettext("Money"),
        "figure": text.gettext("Other figures"),
        "text": text.gettext("Texts"),
    }
    currencies, names = _currencies(subject), _indicator_names(subject, language)
    rows: list[Row | RowGroup] = []
    for group, title in titles.items():
        own = [one for one in found if one.group == group]
        if own:
            rows.append(RowGroup(title, format_integer(len(own), language)))
            rows += [_row(one, currencies, names, language) for one in own[:_MOST]]
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("What")),
        Column(text.gettext("Before")),
        Column(text.gettext("After")),
    )
    caption = text.gettext("Changes since report %(n)s") % {
        "n": format_integer(subject.number - 1, language)
    }
    note = text.gettext("At most %(n)s of each kind are listed; the number counts all.") % {
        "n": format_integer(_MOST, language)
    }
    return Table(columns, tuple(rows), caption, note, row_head=1, name=text.gettext("Changes"))


def _says_something(change: Change) -> bool:
    """Leave out the computed colour where it is shown as well, and empty against nothing."""
    if change.thing == "actions" and change.field == "status.colour":
        return False
    return bool(change.old) or bool(change.new)


def _is_in(change: Change, language: str) -> bool:
    leaf = change.field.rpartition(".")[2]
    return leaf not in _CODES or leaf == language


def _currencies(subject: MonitoringSubject) -> dict[str, str]:
    contents = [content for content in (subject.before, subject.content) if content]
    return {
        line["uuid"]: line["currency"]
        for content in contents
        for action in content["actions"]
        for line in (*action["costs"], *action["funding"])
    }


def _indicator_names(subject: MonitoringSubject, language: str) -> dict[str, str]:
    return {
        line["uuid"]: cut(word(line["name"], language)) for line in subject.content["indicators"]
    }


def _row(
    change: Change, currencies: Mapping[str, str], names: Mapping[str, str], language: str
) -> Row:
    currency = currencies.get(change.uuid, "EUR")
    with override(language):
        what = str(field_name(change.thing, change.field))
        if change.field and change.thing not in {"plan", "actions"}:
            what = f"{names.get(change.uuid) or thing_name(change.thing)}: {what}"
    old, new = (_words(change, value, currency, language) for value in (change.old, change.new))
    return (change.code, what, old, new)


def _words(change: Change, value: Any, currency: str, language: str) -> str:
    if value in (None, "", [], {}):
        return "–"
    if change.kind != "changed":
        return cut(_name(value, language), _LONGEST)
    leaf = change.field.rpartition(".")[2]
    if leaf in _COLOURS:
        return _colour(change, value, language)
    if leaf == "state":
        return state_word(str(value), language)
    if leaf.endswith("_cents"):
        return format_money(int(value), currency, language)
    return cut(_figure(leaf, value, language), _LONGEST)


def _colour(change: Change, value: Any, language: str) -> str:
    """An indicator without a colour is not due; an action without one was stopped."""
    if change.thing == "indicators" and value == Colour.NONE:
        return state_word("not_due", language)
    text = translator(language)
    plan_words = {"complete": text.gettext("all actions done"), "ended": text.gettext("ended")}
    return plan_words.get(str(value)) or colour_word(str(value), language)


def state_word(state: str, language: str) -> str:
    """Return where an action is in its life, or what is known of an indicator."""
    text = translator(language)
    return {
        "planned": text.gettext("planned"),
        "running": text.gettext("running"),
        "done": text.gettext("done"),
        "done_late": text.gettext("done late"),
        "stopped": text.gettext("stopped"),
        "undated": text.gettext("no dates"),
        "measured": text.gettext("measured"),
        **indicator_words(language),
    }.get(state, state)


def _name(whole: Any, language: str) -> str:
    """Name an object that came or went by its title, text or body."""
    for key in ("title", "name", "text", "body", "source", "code", "year", "due"):
        value = whole.get(key) if isinstance(whole, Mapping) else whole
        if isinstance(value, Mapping):
            value = value.get(language) or value.get("en") or next(iter(value.values()), "")
        if value:
            return _figure(key, value, language)
    return "–"


def _figure(leaf: str, value: Any, language: str) -> str:
    text = translator(language)
    if isinstance(value, bool):
        return text.gettext("yes") if value else text.gettext("no")
    if isinstance(value, list):
        return "; ".join(_figure("", item, language) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(_figure(key, item, language) for key, item in value.items() if item)
    words = str(value)
    if _DAY.fullmatch(words):
        return format_date_short(date.fromisoformat(words), language)
    if not _FRACTION.fullmatch(words):
        return words
    write = format_percent if leaf == "progress" else format_number
    return write(float(words), language)
