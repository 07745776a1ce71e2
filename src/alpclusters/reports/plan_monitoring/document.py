"""The monitoring report: what changed first, then how every action stands and why."""

from typing import Final

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.monitoring.verifying import Expected, Verdict
from alpclusters.platform.policy.domain.records import today_of
from alpclusters.platform.policy.models import GivenHash
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Cover,
    Document,
    Heading,
    KeyFigures,
    Paragraph,
)
from alpclusters.reports.dates import format_date, format_date_range
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan.watching import rule_sentences
from alpclusters.reports.plan_monitoring.changes import change_blocks
from alpclusters.reports.plan_monitoring.reading import MonitoringSubject, day_of, standing_of
from alpclusters.reports.plan_monitoring.tables import (
    chain_table,
    indicator_blocks,
    late_blocks,
    missing_blocks,
    money_table,
    override_table,
    status_table,
    step_table,
)
from alpclusters.reports.plan_words.figures import key_figure, plan_figures

# --- What the check of a chain found, and what bears a hash that somebody holds, as sentences -----


def verdict_sentence(verdict: Verdict, language: str) -> str:
    """Say whether the kept reports of a plan are all there and unchanged, else what is wrong."""
    text = translator(language)
    if verdict.is_whole:
        told = text.ngettext(
            "%(n)s report, none missing and none changed.",
            "%(n)s reports, none missing and none changed.",
            verdict.n,
        )
        return told % {"n": format_integer(verdict.n, language)}
    sentences = {
        "number": text.gettext("Broken at report %(number)s: a report before it is missing."),
        "previous": text.gettext(
            "Broken at report %(number)s: it does not follow the report before it."
        ),
        "digest": text.gettext("Broken at report %(number)s: its content is not what was hashed."),
        "content": text.gettext(
            "Broken at report %(number)s: its content is not in its canonical form."
        ),
        "cut": text.gettext("Report %(number)s was kept and is missing now."),
        "rewritten": text.gettext(
            "Report %(number)s bears another hash now than when it was kept: the chain was written "
            "anew."
        ),
        "unnoted": text.gettext(
            "The hash of report %(number)s was never given out: the chain or the list of hashes "
            "was written anew."
        ),
    }
    return sentences[verdict.fault] % {"number": format_integer(verdict.number or 0, language)}


def expected_sentence(found: Expected, language: str) -> str:
    """Say what bears the hash, and what became of its chain since."""
    text, given = translator(language), found.given
    day = format_date(today_of(given.plan, given.given_at), language)
    if given.kind == GivenHash.Kind.REPORT:
        told = text.gettext("The hash of report %(number)s, kept on %(day)s.") % {
            "number": format_integer(given.number, language),
            "day": day,
        }
    else:
        told = _document(given, day, language)
    return f"{told} {verdict_sentence(found.verdict, language)}"


def unknown_sentence(language: str) -> str:
    """Say that nothing bears a hash."""
    return translator(language).gettext(
        "Nothing here bears this hash: no kept report and no document that was handed out. It is "
        "mistyped, or what bore it was removed or written anew."
    )


def _document(given: GivenHash, day: str, language: str) -> str:
    text = translator(language)
    told = {
        "name": given.name,
        "language": given.language,
        "day": day,
        "version": given.version,
        "as_of": format_date(given.as_of, language) if given.as_of else "–",
    }
    if given.text_on is None:
        return (
            text.gettext(
                "The hash of the document “%(name)s” (%(language)s), made on %(day)s: version "
                "%(version)s, as of %(as_of)s."
            )
            % told
        )
    told["text_on"] = format_date(given.text_on, language)
    return (
        text.gettext(
            "The hash of the document “%(name)s” (%(language)s), made on %(day)s: text of version "
            "%(version)s of %(text_on)s, status, reports and values as of %(as_of)s."
        )
        % told
    )


# --- The monitoring report: what changed first, then how every action stands and why --------------


_SHORT_PROJECT: Final = "demo"


def build_monitoring_document(subject: MonitoringSubject, *, language: str) -> Document:
    """Build the report of one snapshot in one language.

    Parameters
    ----------
    subject : MonitoringSubject
        From `reports.plan_monitoring.reading.read_monitoring`.
    language : str

    Returns
    -------
    Document
        The hash on it is that of the snapshot.
    """
    text = translator(language)
    plan = subject.plan
    name = text.gettext("Monitoring report %(n)s") % {"n": format_integer(subject.number, language)}
    return Document(
        title=word(plan["title"], language),
        language=language,
        kind="monitoring",
        date=subject.day,
        made_at=subject.made_at,
        blocks=tuple(_blocks(subject, language)),
        subtitle=name,
        short_title=name,
        publisher=plan["publisher"],
        version=f"{plan['version']}.0",
        digest=subject.digest,
        simulated=subject.content["simulated"],
        description=word(plan["summary"], language),
        keywords=(text.gettext("Monitoring"), subject.acronym),
        project=_SHORT_PROJECT if subject.content["simulated"] else subject.project,
        cover=_cover(subject, language),
    )


def _cover(subject: MonitoringSubject, language: str) -> Cover:
    text = translator(language)
    facts = [(text.gettext("As of"), format_date(subject.day, language))]
    round_ = subject.content["round"]
    if round_:
        first, last = day_of(round_["opens_on"]), day_of(round_["closes_on"])
        if first and last:
            period = format_date_range(first, last, language)
            facts.append((text.gettext("Reporting round"), period))
    statement = text.gettext(
        "All people, bodies, reports and dates in this document are simulated. It shows what a "
        "report looks like and says nothing about a real project."
    )
    return Cover(subject.acronym, tuple(facts), statement if subject.content["simulated"] else "")


def _blocks(subject: MonitoringSubject, language: str) -> list[Block]:
    text = translator(language)
    money, overrides = money_table(subject, language), override_table(subject, language)
    steps = step_table(subject, language)
    none = Paragraph(text.gettext("none"))
    return [
        *change_blocks(subject, language),
        Heading(text.gettext("How the actions stand"), level=1),
        _key_figures(subject, language),
        *_correction(subject, language),
        Paragraph(
            text.gettext("The forecast is computed from the pace so far; nobody promised it."),
            "note",
        ),
        status_table(subject, language),
        *late_blocks(subject, language),
        *indicator_blocks(subject, language),
        Heading(text.gettext("Money"), level=1),
        money or none,
        Heading(text.gettext("Corrections by people"), level=2),
        overrides or none,
        Heading(text.gettext("Missing answers"), level=2),
        *missing_blocks(subject, language),
        Heading(text.gettext("Next steps"), level=1),
        steps or none,
        Heading(text.gettext("Hash chain"), level=2),
        chain_table(subject, language),
        Heading(text.gettext("Rules of the status"), level=2),
        Bullets(rule_sentences(int(subject.plan["reporting_days"]), language)),
    ]


def _correction(subject: MonitoringSubject, language: str) -> list[Block]:
    corrected = subject.content["corrects"]
    if not corrected:
        return []
    words = translator(language).gettext("This report corrects report %(n)s: %(reason)s") % {
        "n": format_integer(corrected["number"], language),
        "reason": corrected["reason"],
    }
    return [Paragraph(words, "lead")]


def _key_figures(subject: MonitoringSubject, language: str) -> KeyFigures:
    standing = [standing_of(action) for action in subject.actions]
    return KeyFigures(tuple(key_figure(one, language) for one in plan_figures(standing, language)))
