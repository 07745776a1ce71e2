"""A page of text: sections with paragraphs, lists, terms, a table, links."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from alpclusters.www.components.parts import Table, Text


@dataclass(frozen=True)
class Link:
    """Where to read on."""

    label: Text
    url: str
    lang: str = ""


@dataclass(frozen=True)
class Section:
    """One heading with what belongs to it."""

    title: Text
    paragraphs: Sequence[Text] = ()
    points: Sequence[Text] = ()
    terms: Sequence[tuple[Text, Text]] = ()
    table: Table | None = None
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Page:
    """The whole page."""

    title: Text
    lead: Text
    sections: Sequence[Section] = field(default_factory=list)
