"""Links for the table of rights: one of the kept profile, one of two others; a question by mail."""

from types import SimpleNamespace
from typing import Any

from alpclusters.platform.network.domain.links.reports import link_token
from alpclusters.platform.network.models import Link, LinkQuestion
from tests.factories.evidence import make_programme
from tests.factories.links import NOW, make_body, make_link


def link_things(kept: Any, speaker: Any) -> dict[tuple[str, str], Any]:
    """Build them; the speaker keeps the profile and has been asked about its link."""
    own = make_link(make_body(), kept.organisation)
    LinkQuestion.objects.create(
        link=own, organisation=kept.organisation, user=speaker, year=NOW.year, asked_at=NOW
    )
    waiting = make_link(make_body(), kept.organisation, standing=Link.Standing.ENTERED)
    return {
        ("link", "own"): own,
        ("waiting_link", "own"): waiting,
        ("link", "other"): make_link(),
        ("programme", "own"): make_programme(),
        ("link_question", "own"): SimpleNamespace(token=link_token(speaker, now=NOW)),
    }
