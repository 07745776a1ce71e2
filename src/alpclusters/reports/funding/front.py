"""What opens a document of a mix: the notice, the finding, the key figures."""

import datetime as dt
from collections.abc import Iterator

from alpclusters.reports.blocks import (
    Block,
    Chip,
    KeyFigure,
    KeyFigures,
    Mark,
    Panel,
    Paragraph,
    Run,
)
from alpclusters.reports.funding.ceilings import band, violation_blocks
from alpclusters.reports.funding.closed import closed_blocks
from alpclusters.reports.funding.law_in_time import law_messages, law_panels
from alpclusters.reports.funding.opening import opening_blocks
from alpclusters.reports.funding.scenarios import infeasible_blocks
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding.words import SHORT, gap_words, said, undecided_words
from alpclusters.reports.funding_notice import NOTICE
from alpclusters.reports.numbers import format_integer, format_money, format_percent


def front_blocks(subject: MixSubject, day: dt.date, *, with_figures: bool) -> Iterator[Block]:
    """Yield what every document of a mix opens with.

    Notice, law that ends, closed calls, three sentences or why there are none, key figures, what
    is broken.
    """
    yield notice(subject)
    yield from law_panels(law_messages(subject))
    yield from closed_blocks(subject, today=day)
    yield from band(subject)
    sentences = tuple(opening_blocks(subject, today=day))
    yield from sentences or (finding(subject),)
    if subject.mix["status"] != "infeasible" and (with_figures or not sentences):
        yield key_figures(subject)
    yield from infeasible_blocks(subject)
    yield from violation_blocks(subject)


def notice(subject: MixSubject) -> Panel:
    """Return the sentence that stands on every sheet, and what the mark means."""
    text = subject.text
    what = text.gettext(
        "The sheet shows which mix is allowed by the rules recorded here. The bodies that give the "
        "money decide about it. Nobody has confirmed figures with the mark"
    )
    pieces = (Run(text.gettext(NOTICE), strong=True), Run(f" {what} "), Chip(Mark.UNVERIFIED))
    return Panel((Paragraph((*pieces, Run("."))),), kind="warning")


def key_figures(subject: MixSubject) -> KeyFigures:
    """Return grants, own money, violations and how the search ended."""
    text, language = subject.text, subject.language
    costs, grants = subject.total("cost_ct"), subject.total("grant_ct")
    share = format_percent(grants / costs, language, 1) if costs else "–"
    check = subject.mix["check"]
    checked, n_partners = len(check["ceilings"]), len(subject.case.partners)
    limits = text.ngettext("%(n)s limit checked", "%(n)s limits checked", checked)
    partners = text.ngettext("%(n)s partner", "%(n)s partners", n_partners)
    of_costs = text.gettext("%(share)s of the costs of %(money)s")
    violations = format_integer(len(check["violations"]), language)
    return KeyFigures(
        (
            KeyFigure(
                _whole(subject, grants),
                text.gettext("Grants"),
                of_costs % {"share": share, "money": _whole(subject, costs)},
            ),
            KeyFigure(
                _whole(subject, subject.total("own_ct")),
                text.gettext("Own money"),
                partners % {"n": format_integer(n_partners, language)},
            ),
            KeyFigure(
                violations,
                text.gettext("Violations"),
                limits % {"n": format_integer(checked, language)},
            ),
            KeyFigure(_ended(subject), _worth(subject), _gap(subject)),
        )
    )


def finding(subject: MixSubject) -> Block:
    """Return in one sentence why there is nothing to apply for."""
    text, mix = subject.text, subject.mix
    if mix["status"] == "infeasible":
        words = text.gettext("The wishes cannot all be met: no mix is possible.")
    elif subject.is_undecided:
        words = undecided_words(len(mix["open"]), subject.language)
    elif not subject.has_mix:
        words = text.gettext("The mix fails its check and must not be used.")
    else:
        words = text.gettext("No offer is used: none brings more than it costs to apply.")
    return Paragraph(words, role="lead")


def _ended(subject: MixSubject) -> str:
    if subject.is_undecided:
        return subject.text.gettext("undecided")
    return said(SHORT, subject.mix["status"], subject.language)


def _whole(subject: MixSubject, cents: int) -> str:
    """Return an amount in whole euros; the tables have the cents."""
    return format_money(cents, "EUR", subject.language, 0)


def _worth(subject: MixSubject) -> str:
    if subject.mix["objective"] is None:
        return subject.text.gettext("Result")
    money = _whole(subject, subject.mix["objective"])
    return subject.text.gettext("worth %(money)s") % {"money": money}


def _gap(subject: MixSubject) -> str:
    mix, text = subject.mix, subject.text
    if mix["bound"] is None or subject.is_undecided:
        return text.gettext("no bound known")
    rest = {
        "money": subject.money(mix["bound"] - mix["objective"]),
        "share": gap_words(mix["gap"], subject.language),
    }
    return text.gettext("at most %(money)s better (%(share)s)") % rest
