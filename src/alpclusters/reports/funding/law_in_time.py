"""What a mix says of law that ends: undecided grants, the transition, the scenario "as if"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Final

from alpclusters.analysis.funding.case import Case
from alpclusters.analysis.funding.check.findings import Note
from alpclusters.analysis.funding.check.ground import LAW_OPEN
from alpclusters.analysis.funding.rulebooks import BY_DATE, PROLONGED, TRANSITION
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.blocks import Block, Bullets, Panel, Paragraph
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_words.findings import note_sentence
from alpclusters.reports.funding_words.rules import NOTICE

# How a case may read the law after an act has ended, in words for a choice.
READINGS: Final = {
    BY_DATE: _("only law that is known: later grants are undecided"),
    TRANSITION: _(
        "with transition: for aid schemes that stood before, and programmes of 2021–2027"
    ),
    PROLONGED: _("scenario: as if the acts were prolonged"),
}
SCENARIO: Final = _("Scenario: law as if it were prolonged.")
_UNDECIDED: Final = _("Undecided: the rule for that day is not known")
_WORDS: Final = {
    TRANSITION: (
        _("With the transition"),
        _(
            "Aid under schemes that stood before the end of their act counts until the end of the "
            "transition, and grants of programmes of 2021–2027 for costs until the end of 2029. "
            "Ask the body that gives the money whether this is so."
        ),
    ),
    PROLONGED: (
        _("Scenario, not the law: as if the acts were prolonged"),
        _(
            "All of this is computed as if acts that end were prolonged unchanged. No prolongation "
            "is known; nobody may rely on it."
        ),
    ),
}


@dataclass(frozen=True)
class LawMessage:
    """A title, a sentence, and the offers it is about in a sentence each."""

    title: str
    text: str
    items: tuple[str, ...] = ()


def law_messages(subject: MixSubject) -> Iterator[LawMessage]:
    """Yield what stands above a mix whose law ends; nothing where all of it is known."""
    found = [Note(**part) for part in subject.mix["check"].get("undecided") or ()]
    items = open_sentences(found, subject.case, subject.language)
    yield from law_words(items, subject.case.rulebook, subject.text)


def open_sentences(notes: Iterable[Note], case: Case, language: str) -> list[str]:
    """Say of each grant for whose day no law is known which one it is."""
    return [note_sentence(one, case, language) for one in notes if one.code in LAW_OPEN]


def law_words(items: Iterable[str], rulebook: str, text: NullTranslations) -> Iterator[LawMessage]:
    """Yield what is said of undecided grants, and of a reading beyond the end of an act."""
    if listed := tuple(dict.fromkeys(items)):
        what = text.gettext(
            "For costs to which that rule would apply these offers are left out, and nothing is "
            "proved about them. A scenario may be computed: see title, duration and law of the "
            "case."
        )
        yield LawMessage(text.gettext(_UNDECIDED), what, listed)
    if rulebook in _WORDS:
        title, what = _WORDS[rulebook]
        yield LawMessage(text.gettext(title), text.gettext(what))


def law_panels(messages: Iterable[LawMessage]) -> Iterator[Block]:
    """Yield messages as panels of a document."""
    for one in messages:
        listed = (Bullets(one.items),) if one.items else ()
        yield Panel((Paragraph(one.text), *listed), title=one.title, kind="warning")


def foot_note(rulebook: str, text: NullTranslations) -> str:
    """Return what stands on each page: the notice, and whether the law is a scenario."""
    marks = (NOTICE, SCENARIO) if rulebook == PROLONGED else (NOTICE,)
    return " ".join(text.gettext(one) for one in marks)
