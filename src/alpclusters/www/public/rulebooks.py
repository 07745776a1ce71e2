"""The page of the rule-books: which rule held on which day."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.rulebooks import (
    AMENDMENTS,
    BOOKS,
    Rule,
    RuleBook,
    book_on,
    rules_on,
)
from alpclusters.analysis.funding.rulebooks.writing import is_due, is_old, is_undated, is_unsure
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date
from alpclusters.reports.funding_words.findings import law_words
from alpclusters.reports.funding_words.rules import act_url, rule_figures, rule_text
from alpclusters.www.components.parts import Fact

# --- What is asked of the rule-books: a day, or a whole book --------------------------------------


LONGEST: Final = 80


@dataclass(frozen=True)
class Query:
    """A day, or a book with all its versions, and words that the rules have to have.

    ``is_wrong`` for what is no day; ``is_due`` for only those that are to be checked;
    ``is_undated`` for only verified ones without the day of a check.
    """

    on: dt.date
    book: RuleBook | None = None
    is_wrong: bool = False
    is_asked: bool = False
    words: str = ""
    is_due: bool = False
    is_undated: bool = False
    today: dt.date = dt.date.min


def read_query(parameters: Mapping[str, str], *, today: dt.date) -> Query:
    """Read an address; what is no day counts as today, and the page says so."""
    text = parameters.get("on", "").strip()
    book = next((one for one in BOOKS if one.id == parameters.get("book")), None)
    words = " ".join(parameters.get("q", "").split())[:LONGEST]
    is_due = bool(parameters.get("due"))
    is_undated = bool(parameters.get("undated"))
    is_asked = bool(text or words or is_due or is_undated) or book is not None
    asked = Query(
        today,
        book,
        is_asked=is_asked,
        words=words,
        is_due=is_due,
        is_undated=is_undated,
        today=today,
    )
    if not text:
        return asked
    try:
        return replace(asked, on=dt.date.fromisoformat(text))
    except ValueError:
        return replace(asked, is_wrong=True)


# --- What the page of the rule-books shows --------------------------------------------------------


# Groups in the order of the page, by the letters before the hyphen of an id.
GROUPS: Final[Sequence[tuple[tuple[str, ...], Any]]] = (
    (("DF", "CF", "SE", "MR"), gettext_lazy("Money of the Union")),
    (("GB",), gettext_lazy("State aid: General Block Exemption Regulation")),
    (("CU",), gettext_lazy("State aid: cumulation")),
    (("DM",), gettext_lazy("De minimis aid")),
    (("IR", "CO", "FR"), gettext_lazy("Cohesion policy and Interreg")),
    (("CH",), gettext_lazy("Switzerland and Liechtenstein")),
)
# So few rules found by words are shown open.
MOST_OPEN: Final = 3


@dataclass(frozen=True)
class VersionView:
    """One version of a rule: where it stands, when it held, its figures and how sure they are."""

    law: str
    url: str
    days: str
    figures: Sequence[Fact]
    formula: str
    source: str
    is_verified: bool
    unsure: str
    checked: str
    checked_by: str
    is_old: bool


@dataclass(frozen=True)
class RuleView:
    """A rule with its versions that are shown."""

    anchor: str
    id: str
    text: str
    is_verified: bool
    versions: Sequence[VersionView]


@dataclass(frozen=True)
class GroupView:
    """Rules of one subject."""

    title: str
    rules: Sequence[RuleView]


@dataclass(frozen=True)
class RulesPage:
    """Everything the template names."""

    query: Query
    title: str
    books: Sequence[tuple[str, str, bool]]
    groups: Sequence[GroupView]
    n_rules: int
    n_unverified: int
    n_due: int
    n_undated: int
    is_open: bool
    amendments: Sequence[str]

    @property
    def address(self) -> str:
        """The address of all rules of the day, or of the book."""
        day = f"?on={self.query.on.isoformat()}"
        return f"{day}&book={self.query.book.id}" if self.query.book else day


def read_page(query: Query) -> RulesPage:
    """Read the rules of a day, or all versions of a book."""
    found = _rules(query)
    groups = [_group(str(title), letters, found, query.today) for letters, title in GROUPS]
    n_rules = len({rule.id for rule in found})
    return RulesPage(
        query,
        _title(query),
        [(book.id, _book_words(book.id), book == query.book) for book in BOOKS],
        [group for group in groups if group.rules],
        n_rules,
        len({rule.id for rule in found if is_unsure(rule)}),
        len({rule.id for rule in found if is_due(rule, today=query.today)}),
        len({rule.id for rule in found if is_undated(rule)}),
        bool(query.words) and n_rules <= MOST_OPEN,
        [_amendment(at) for at in range(len(AMENDMENTS))],
    )


def anchor(rule_id: str) -> str:
    """Return the anchor of a rule: GB-20' is apart from GB-20."""
    return "rule-" + rule_id.lower().replace("'", "-m4").replace(".", "-")


def _rules(query: Query) -> list[Rule]:
    found: Iterable[Rule] = query.book.rules if query.book else rules_on(query.on).values()
    wanted = [_plain(word) for word in query.words.split()]
    kept = [rule for rule in found if all(word in _haystack(rule) for word in wanted)]
    if query.is_due:
        kept = [rule for rule in kept if is_due(rule, today=query.today)]
    if query.is_undated:
        kept = [rule for rule in kept if is_undated(rule)]
    return sorted(kept, key=lambda rule: (rule.id, rule.valid_from))


def _haystack(rule: Rule) -> str:
    """Return what the words of a search are looked for in."""
    language = _language()
    law = law_words(rule.act, rule.article, language)
    figures = (f"{name} {value}" for name, value, _ in rule_figures(rule, language))
    return _plain(" ".join((rule.id, law, rule_text(rule, language), rule.source, *figures)))


def _plain(text: str) -> str:
    """Return a text without accents and capitals, hard spaces as plain ones."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _title(query: Query) -> str:
    if query.book:
        return _book_words(query.book.id)
    book = book_on(query.on)
    values = {"date": format_date(query.on, _language()), "book": book.id if book else "–"}
    return _("Rules of %(date)s, rule-book %(book)s") % values


def _book_words(name: str) -> str:
    book = next(one for one in BOOKS if one.id == name)
    return f"{name}, {_days(book.valid_from, book.valid_to)}"


def _group(title: str, letters: Sequence[str], found: Sequence[Rule], today: dt.date) -> GroupView:
    mine = [rule for rule in found if rule.id.partition("-")[0] in letters]
    views = [_rule(name, list(rules), today) for name, rules in groupby(mine, key=lambda r: r.id)]
    return GroupView(title, views)


def _rule(name: str, rules: Sequence[Rule], today: dt.date) -> RuleView:
    return RuleView(
        anchor(name),
        name,
        rule_text(rules[-1], _language()),
        not any(is_unsure(rule) for rule in rules),
        [_version(rule, today) for rule in rules],
    )


def _version(rule: Rule, today: dt.date) -> VersionView:
    figures = [
        Fact(name, value, "unverified" if is_unsure or rule.status == "unverified" else "verified")
        for name, value, is_unsure in rule_figures(rule, _language())
    ]
    return VersionView(
        law_words(rule.act, rule.article, _language()),
        act_url(rule.act, rule.article),
        _days(rule.valid_from, rule.valid_to),
        figures,
        rule.formula,
        rule.source,
        rule.status == "verified",
        ", ".join(_unsure(rule)),
        _checked(rule),
        rule.checked_by,
        is_old(rule, today=today),
    )


def _unsure(rule: Rule) -> list[str]:
    """Return parts of a rule that are unverified beside its figures."""
    parts = {
        "article": _("number of the article"),
        "valid_from": _("first day"),
        "valid_to": _("last day"),
        "text": _("wording"),
        "limits": _("limits"),
        "federal": _("ratio"),
    }
    return [words for name, words in parts.items() if name in rule.unverified_params]


def _checked(rule: Rule) -> str:
    if rule.checked_on is None:
        return _("Day of the last check not recorded")
    return _("Last checked on %(date)s") % {"date": format_date(rule.checked_on, _language())}


def _days(first: Any, last: Any) -> str:
    values = {"first": format_date(first, _language())}
    if last is None:
        return _("since %(first)s") % values
    return _("%(first)s to %(last)s") % {**values, "last": format_date(last, _language())}


def _amendment(at: int) -> str:
    one = AMENDMENTS[at]
    act = law_words(one.act, "", _language())
    if one.valid_from is None:
        return _("%(act)s, first day unknown") % {"act": act}
    values = {"act": act, "date": format_date(one.valid_from, _language())}
    told = _("%(act)s, from %(date)s") % values
    return told if one.status == "verified" else f"{told} ({_('unverified')})"


def _language() -> str:
    return nearest_language(get_language())


# --- The page of the rule-books: which rule held on which day -------------------------------------


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules of a day, or all versions of a book."""
    page = read_page(read_query(request.GET, today=timezone.localdate()))
    return render(request, "public/rulebooks/page.html", {"page": page, "section": "funding"})


urlpatterns = [path("funding/rules/", rules, name="funding_rules")]
