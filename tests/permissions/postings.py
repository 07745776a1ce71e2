"""A need of the profile that the cluster manager keeps, with a new wording that waits."""

from types import SimpleNamespace
from typing import Any

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.network.domain.postings.following import DIGEST, leaving_token
from alpclusters.platform.network.domain.postings.writing import DueExpiry, PostingFacts, link_token
from alpclusters.platform.network.models import PostingChange
from tests.factories.network import NOW, make_posting


def posting_things(kept: ClusterOrganisation, manager: User) -> dict[tuple[str, str], Any]:
    """Build it, and the links of the mails about it."""
    posting = make_posting(kept.organisation)
    facts = PostingFacts.of(posting).as_record() | {"title": "Makers of moulds wanted"}
    PostingChange.objects.create(posting=posting, facts=facts, made_at=NOW)
    return {
        ("posting", "own"): SimpleNamespace(pk=posting.pk, kind="csv"),
        ("posting_link", "own"): SimpleNamespace(token=link_token(DueExpiry(posting, manager))),
        ("leaving_link", "own"): SimpleNamespace(token=leaving_token(manager, DIGEST)),
    }
