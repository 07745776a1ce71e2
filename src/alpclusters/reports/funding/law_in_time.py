"""What a mix says of law that ends: undecided grants, the transition, the scenario "as if"."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.check.records import Note
from alpclusters.analysis.funding.check.standing import LAW_OPEN
from alpclusters.analysis.funding.rulebooks import BY_DATE, PROLONGED, TRANSITION
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.blocks import Block, Bullets, Panel, Paragraph
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_ceilings import note_sentence

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
            "This mix is computed as if acts that end were prolonged unchanged. No prolongation is "
            "known; nobody may rely on it."
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
    text = subject.text
    found = [Note(**part) for part in subject.mix["check"].get("undecided") or ()]
    items = [
        note_sentence(one, subject.case, subject.language) for one in found if one.code in LAW_OPEN
    ]
    if items:
        what = text.gettext(
            "For costs to which that rule would apply these offers are left out, and the mix is no "
            "proof about them. A scenario may be computed: see title, duration and law of the case."
        )
        yield LawMessage(text.gettext(_UNDECIDED), what, tuple(dict.fromkeys(items)))
    if subject.case.rulebook in _WORDS:
        title, what = _WORDS[subject.case.rulebook]
        yield LawMessage(text.gettext(title), text.gettext(what))


def law_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield the same as panels of a document."""
    for one in law_messages(subject):
        listed = (Bullets(one.items),) if one.items else ()
        yield Panel((Paragraph(one.text), *listed), title=one.title, kind="warning")
