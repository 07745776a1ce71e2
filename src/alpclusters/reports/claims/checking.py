"""Whether every sentence about results that stands in a text is carried by a stored result."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Final

from alpclusters.analysis.claims import HOLDS, Verdict, refused
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.rows import ROWS
from alpclusters.reports.claims.wording import KINDS, Claim, find, normal
from alpclusters.reports.truth import Checked, Mismatch

# A superlative of ratings has to be a sentence that is derived; these words betray one.
_SUPERLATIVES: Final[Mapping[str, re.Pattern[str]]] = {
    code: re.compile(row.superlative, re.IGNORECASE)
    for code, row in ROWS.items()
    if row.superlative
}
_BLOCKS: Final = frozenset(
    (
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "td", "th", "caption"),
        *("figcaption", "title", "desc", "summary", "div", "section", "article", "main"),
        *("header", "footer", "text", "tspan", "option", "label", "legend", "button"),
    )
)
_SILENT: Final = frozenset({"script", "style", "template"})
_ENDS: Final = (". ", "! ", "? ", "… ", "; ", "· ", ") ")
_AFTER: Final = (". ", "! ", "? ", "; ", " ·", " (", " – ", ".")
_NUMBERED: Final = re.compile(r"\w+ \d+ ")  # Figure 3


@dataclass(frozen=True, slots=True)
class Carried:
    """What may be said somewhere.

    Attributes
    ----------
    claims : sequence of Claim
        Derived from the stored results that the page or document is about.
    labels : mapping of str to str
        Text of a sentence -> the only name that may stand before it ("Effect: ...").
    all_labels : collection of str
        Names that may not stand before a sentence of another one.
    required : sequence of Claim
        What has to be said there.
    """

    claims: Sequence[Claim] = ()
    labels: Mapping[str, Collection[str]] = field(default_factory=dict)
    all_labels: Collection[str] = ()
    required: Sequence[Claim] = ()

    def __add__(self, other: "Carried") -> "Carried":
        """Join what two results carry."""
        labels = {
            text: {*self.labels.get(text, ()), *other.labels.get(text, ())}
            for text in (*self.labels, *other.labels)
        }
        return Carried(
            (*self.claims, *other.claims),
            labels,
            {*self.all_labels, *other.all_labels},
            (*self.required, *other.required),
        )


def holds(claim: Claim, carried: Carried) -> Verdict:
    """Say whether a sentence that was found is one that a result carries.

    The reason is ``not_carried`` where no result gives a sentence of its kind, ``other_values``
    where one does with other names or numbers, ``other_label`` where it stands under the name of
    another criterion.
    """
    same_kind = [normal(one.text) for one in carried.claims if one.kind == claim.kind]
    if not same_kind:
        return refused("not_carried")
    for text in sorted(set(same_kind), key=len, reverse=True):
        before, is_there, after = claim.text.partition(text)
        if is_there and (not after or after.startswith(_AFTER)):
            if not before or before.endswith(_ENDS) or _NUMBERED.fullmatch(before):
                return HOLDS
            if before.rstrip().endswith(":"):
                return _labelled(before, text, carried)
    return refused("other_values", expected=" | ".join(sorted(set(same_kind))[:3]))


def check_texts(where: str, texts: Iterable[str], carried: Carried, language: str) -> Checked:
    """Derive each sentence of a page or document again.

    Parameters
    ----------
    where : str
        Address or file name.
    texts : iterable of str
        Its paragraphs, headings, captions and cells.
    carried : Carried
    language : str
        In which it has to speak.
    """
    lines = [line for line in dict.fromkeys(normal(text) for text in texts) if line]
    n, wrong = 0, []
    said: set[str] = set()
    for line in lines:
        found = list(find(line, language))
        n += len(found)
        said |= {claim.text for claim in found}
        verdicts = {claim: holds(claim, carried) for claim in found}
        true = [claim.text for claim, verdict in verdicts.items() if verdict.holds]
        if len(true) < len(verdicts):
            true += _whole(line, carried)
        for claim, verdict in verdicts.items():
            # In some languages one wording also fits a part of another one, and a full stop in a
            # name looks like the end of its sentence.
            if not verdict.holds and not any(claim.text in text for text in true):
                what = f"{claim.kind}: {verdict.reason}"
                wrong.append(Mismatch(where, what, claim.text, verdict.expected))
        wrong += _foreign(where, line, found, language)
        wrong += _unproved(where, line, found, language)
    for claim in carried.required:
        n += 1
        if not any(normal(claim.text) in text for text in said):
            wrong.append(Mismatch(where, f"{claim.kind}: missing", "", claim.text))
    return Checked(n, tuple(dict.fromkeys(wrong)))


def texts_of_html(html: str) -> list[str]:
    """Return the texts of a page, one for each block that a reader sees as one."""
    reader = _Texts()
    reader.feed(html)
    reader.close()
    return reader.texts


def _whole(line: str, carried: Carried) -> list[str]:
    """Return the carried sentences that a line has from their first word to their last."""
    texts = {normal(one.text) for one in carried.claims}
    return [text for text in texts if text in line]


def _labelled(before: str, text: str, carried: Carried) -> Verdict:
    label = re.split(r"[.;!?·] ", before.rstrip(": \u00a0"))[-1].strip()
    own = {normal(name) for name in carried.labels.get(text, ())}
    others = {normal(name) for name in carried.all_labels} - own
    return refused("other_label", expected=", ".join(sorted(own))) if label in others else HOLDS


def _foreign(where: str, line: str, found: list[Claim], language: str) -> Iterable[Mismatch]:
    """Yield sentences about results in another language than that of the page."""
    if found:
        return
    for other in LANGUAGE_CODES:
        if other != language:
            for claim in find(line, other):
                if KINDS[claim.kind].is_telling:
                    yield Mismatch(where, f"{claim.kind}: language", claim.text, language)
                    return


def _unproved(where: str, line: str, found: list[Claim], language: str) -> Iterable[Mismatch]:
    """Yield superlatives that no derived sentence covers."""
    if line in _fixed_texts(language):
        return
    for match in _SUPERLATIVES[language].finditer(line):
        if not any(match.group() in claim.text for claim in found):
            yield Mismatch(where, "superlative: no_proof", line, "")
            return


@cache
def _fixed_texts(language: str) -> frozenset[str]:
    """Return the texts of the catalogue without a place: they state no result."""
    catalogue: Mapping[object, str] = getattr(translator(language), "_catalog", {})
    return frozenset(normal(text) for text in catalogue.values() if "%(" not in text)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS or tag == "br":
            self._end()
        for name, value in attrs:
            if value and name in ("aria-label", "alt", "content"):
                self.texts.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT
        if tag in _BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        text = "".join(self._parts).strip()
        if text:
            self.texts.append(text)
        self._parts = []
