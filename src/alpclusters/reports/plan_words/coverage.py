"""The issues of the coverage checks as sentences, for page, document and terminal."""

from collections.abc import Mapping
from typing import Any, Final

from alpclusters.platform.actors.domain.named_lists import helix_name, level_name
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.coverage import Check, Issue, On, Severity
from alpclusters.reports.numbers import format_integer, format_money

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.ERROR: _("Errors: they stop publication"),
    Severity.WARNING: _("Warnings"),
    Severity.INFO: _("For information"),
}
_NAMES: Final = dict(LANGUAGES)
_SENTENCES: Final[Mapping[Check, str]] = {
    Check.NO_ACTIONS: _("The plan has no action yet."),
    Check.NO_PUBLISHER: _("The publisher is missing."),
    Check.NO_TRAIL: _("Nothing is behind it: no finding leads here."),
    Check.NO_OWNER: _("The responsible body is missing."),
    Check.NO_DATES: _("Start or end is missing."),
    Check.NO_LEVEL: _("The level is missing."),
    Check.CONFLICT_OPEN: _("It conflicts with the adopted recommendation %(other)s."),
    Check.NO_BUDGET: _("No costs are given."),
    Check.NO_FUNDING: _("The sources of money come to %(sources)s, the costs to %(costs)s."),
    Check.NO_INDICATOR: _("It has no indicator."),
    Check.NO_BASELINE: _("The indicator “%(name)s” has no baseline with a date."),
    Check.NO_TARGET: _("The indicator “%(name)s” has no target."),
    Check.NO_MILESTONE: _("It takes longer than six months and has no milestone."),
    Check.HELIX_MISSING: _(
        "Of the %(n)s people who rated, fewer than five or fewer than a tenth are from this group: "
        "%(group)s."
    ),
    Check.ORPHAN_RECOMMENDATION: _(
        "It is adopted, but no action carries it out and no reason is given."
    ),
    Check.ORPHAN_MEASURE: _(
        "It is in the first tier of the ratings, but there is no recommendation and no reason."
    ),
    Check.LANGUAGE_OUTDATED: _(
        "The original has changed since it was translated into: %(languages)s."
    ),
    Check.STALE_FINDING: _("There are newer results than those behind: %(codes)s."),
    Check.EU_ONLY_OWNER: _("A European action, but no body has accepted it yet."),
}
_TEXTS: Final[Mapping[str, str]] = {
    "title": _("The title is missing in: %(languages)s."),
    "summary": _("The summary is missing in: %(languages)s."),
    "description": _("The description is missing in: %(languages)s."),
}
_MISSING: Final[Mapping[str, str]] = {
    "": _("Texts are missing in: %(languages)s."),
    "milestones": _("Texts of milestones are missing in: %(languages)s."),
    "risks": _("Texts of risks are missing in: %(languages)s."),
    "indicators": _("Texts of indicators are missing in: %(languages)s."),
}
_CONTRADICTIONS: Final = (
    _("The finding %(finding)s speaks against it, and its reasons do not answer that."),
    _("Evidence speaks against a lesson behind it, and nobody has answered that: “%(lesson)s”"),
)
_WORDING: Final = _(
    "It says “%(word)s” (%(languages)s). Recommendations say what should be done, not what must."
)
_OVERRIDE: Final = _("A person set its strength higher than the evidence allows.")
_REGIONS: Final = (
    _("Fewer than five people from this region rated; their figures are not shown."),
    _("Nobody from this region rated."),
)
_LEVELS: Final = (
    _(
        "Fewer than five of the people who rated said at which level they work; the plan acts at: "
        "%(level)s."
    ),
    _(
        "Of the %(n)s people who rated and named their level, fewer than five or fewer than a "
        "tenth work at: %(level)s."
    ),
)
_LATE: Final[Mapping[str, str]] = {
    "yellow": _("An action before it is late, so it is behind too."),
    "red": _("An action before it is late, so it is far behind too."),
}
_SIGNED: Final = _("Passed with a reason by a policy maker: %(reason)s")


def severity_words(severity: Severity, language: str) -> str:
    """Return the heading of a group of issues."""
    return translator(language).gettext(SEVERITIES[severity])


def issue_sentence(issue: Issue, language: str) -> str:
    """Say what is missing, weak or late, without naming the thing.

    Parameters
    ----------
    issue : Issue
    language : str
        One of the five codes.

    Returns
    -------
    str
    """
    text = translator(language).gettext(_sentence(issue))
    return text % _filling(issue, language)


def issue_line(issue: Issue, language: str) -> str:
    """Say the same with the thing in front: ``X1: The responsible body is missing.``."""
    thing = issue_thing(issue, language)
    sentence = issue_sentence(issue, language)
    return f"{thing}: {sentence}" if thing else sentence


def issue_thing(issue: Issue, language: str) -> str:
    """Name the thing an issue is about; nothing for the plan itself."""
    if issue.on in (On.MEASURE, On.EVIDENCE):
        return word(issue.title, language) if issue.title else ""
    return issue.code


def signed_words(reason: str, language: str) -> str:
    """Return the sentence that goes with errors that were signed off."""
    return translator(language).gettext(_SIGNED) % {"reason": reason}


def _sentence(issue: Issue) -> str:
    """Choose among the sentences of a check."""
    params, check = issue.params, issue.check
    chosen: Mapping[Check, str] = {
        Check.NO_TEXT: _TEXTS[str(params.get("field", "title"))],
        Check.CONTRADICTION_OPEN: _CONTRADICTIONS[int("lesson" in params)],
        Check.LANGUAGE_MISSING: _MISSING[str(params.get("part", ""))],
        Check.WEAK_EVIDENCE: _WORDING if params.get("what") == "wording" else _OVERRIDE,
        Check.REGION_MISSING: _REGIONS[int(params.get("is_none", 0))],
        Check.LEVEL_MISSING: _LEVELS[int(bool(params.get("n", 0)))],
        Check.DEPENDENCY_LATE: _LATE.get(str(params.get("colour")), _LATE["yellow"]),
    }
    return chosen.get(check) or _SENTENCES[check]


def _filling(issue: Issue, language: str) -> dict[str, Any]:
    params = dict(issue.params)
    filled: dict[str, Any] = {**params, "languages": _languages(issue)}
    if "n" in params:
        filled["n"] = format_integer(int(params["n"]), language)
    if "helix" in params:
        filled["group"] = helix_name(str(params["helix"]), language)
    if "level" in params:
        filled["level"] = level_name(str(params["level"]), language)
    for name in ("costs", "sources"):
        if name in params:
            filled[name] = format_money(int(params[name]), str(params["currency"]), language)
    return filled


def _languages(issue: Issue) -> str:
    """Name languages, each in itself."""
    return ", ".join(_NAMES[code] for code in issue.languages)
