"""Initiatives, sources and lessons for the table of rights: one public, one hidden of each."""

from types import SimpleNamespace
from typing import Any

from alpclusters.platform.evidence.domain.codebook.editing import begin_draft
from tests.factories.evidence import (
    make_activity,
    make_bearing,
    make_code,
    make_codebook,
    make_document,
    make_initiative,
    make_lesson,
    make_quotation,
)


def evidence_things() -> dict[tuple[str, str], Any]:
    """Build them; addresses name a key, those of files also a kind."""
    things: dict[tuple[str, str], Any] = {}
    for relation, is_published in (("public", True), ("own", False)):
        initiative = make_initiative(f"initiative-{relation}", is_published=is_published)
        activity = make_activity(initiative)
        lesson = make_lesson(f"lesson-{relation}", is_published=is_published)
        make_bearing(activity, lesson)
        source = make_document(f"source-{relation}", initiatives=[initiative])
        make_quotation(source, activity=activity, page=1)
        for name, thing in (("initiative", initiative), ("lesson", lesson), ("source", source)):
            things[name, relation] = thing
            things[f"{name}_file", relation] = SimpleNamespace(key=thing.key, kind="json")
    things["codebook_code", "own"] = _code_of_a_draft()
    return things


def _code_of_a_draft() -> Any:
    """A published codebook and one in preparation, with a code whose address has a version."""
    published = make_codebook()
    make_code(published, "scope", "transnational")
    code = begin_draft(by=None).codes.get()
    code.number = code.history.latest().pk
    return code
