"""A search for partners and introductions of the profile that the cluster manager keeps."""

from types import SimpleNamespace
from typing import Any

from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.network.domain.introductions.answering import accept_introduction
from alpclusters.platform.network.domain.introductions.follow_ups import DueFollowUp, link_token
from alpclusters.platform.network.models import MatchRun
from tests.factories.introductions import NOW, make_introduction, make_side, make_speaker
from tests.factories.network import make_posting


def introducing_things(kept: ClusterOrganisation) -> dict[tuple[str, str], Any]:
    """Build a search, somebody to ask, requests received, sent and accepted, a posting."""
    other, third = make_side(), make_side()
    organisation = kept.organisation
    results = [
        {
            "organisation": third.organisation.pk, "score": 50.0, "parts": {}, "reasons": [],
            "n_parts": 0, "n_possible": 5,
        }
    ]  # fmt: skip
    run = MatchRun.objects.create(organisation=organisation, made_at=NOW, results=results)
    keeper = SimpleNamespace(organisation=organisation, user=make_speaker(kept))
    waiting = make_introduction(other, keeper)
    sent = make_introduction(keeper, make_side())
    accepted = accept_introduction(make_introduction(keeper, make_side()), by=keeper.user, now=NOW)
    follow_up = accepted.follow_ups.filter(organisation=organisation).first()
    token = link_token(DueFollowUp(follow_up, keeper.user))
    pair = SimpleNamespace(organisation=organisation.pk, other=third.organisation.pk)
    return {
        ("match_run", "own"): run,
        ("partner_pair", "own"): pair,
        ("introduction", "own"): waiting,
        ("sent_introduction", "own"): sent,
        ("follow_up", "own"): SimpleNamespace(token=token),
        ("posting_to_match", "own"): make_posting(organisation),
    }
