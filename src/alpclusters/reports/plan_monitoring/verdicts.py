"""What the check of a chain found, and what bears a hash that somebody holds, as sentences."""

from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.monitoring.verifying import Expected, Verdict
from alpclusters.platform.policy.domain.records import today_of
from alpclusters.platform.policy.models import GivenHash
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer


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
