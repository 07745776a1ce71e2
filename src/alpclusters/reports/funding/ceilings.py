"""What stands above the limits of a mix: a tight figure that nobody confirmed, what is passed."""

from collections.abc import Iterator

from alpclusters.analysis.funding.check.records import Violation
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Chip,
    Heading,
    Mark,
    Panel,
    Paragraph,
    Run,
    Text,
)
from alpclusters.reports.funding.limit_tables import reference
from alpclusters.reports.funding.limits import binding, ceilings_of
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_ceilings import violation_sentence
from alpclusters.reports.numbers import format_integer


def band(subject: MixSubject) -> Iterator[Panel]:
    """Yield the yellow band where a tight limit rests on a figure that nobody confirmed."""
    text = subject.text
    tight = [c for c in binding(ceilings_of(subject)) if c.status == "unverified"]
    if not tight:
        return
    named = list(dict.fromkeys(reference(subject, ceiling) for ceiling in tight))
    words = text.ngettext(
        "%(n)s limit is nearly or wholly used up and rests on a figure that is not verified: "
        "%(rules)s. Confirm it before you apply.",
        "%(n)s limits are nearly or wholly used up and rest on figures that are not verified: "
        "%(rules)s. Confirm them before you apply.",
        len(tight),
    )
    values = {"n": format_integer(len(tight), subject.language), "rules": "; ".join(named)}
    yield Panel(
        (Paragraph((Chip(Mark.UNVERIFIED), Run(f" {words % values}"))),),
        title=text.gettext("Unverified and tight"),
        kind="warning",
    )


def violation_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield what the check found against a rule, if anything."""
    found = [Violation(**part) for part in subject.mix["check"]["violations"]]
    if not found:
        return
    text = subject.text
    yield Heading(text.gettext("Violations"), 2)
    yield Bullets(tuple(_violation(subject, one) for one in found))


def _violation(subject: MixSubject, one: Violation) -> Text:
    words = violation_sentence(one, subject.case, subject.language)
    return (Run(words), Run(f" {one.pointer}", quiet=True))
