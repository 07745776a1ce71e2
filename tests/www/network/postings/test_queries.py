"""Lists of needs and offers of one person ask the database as often for three as for one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alpclusters.platform.network.domain.postings.following import follow_posting
from alpclusters.platform.network.domain.postings.writing import PostingFacts
from alpclusters.platform.network.models import PostingChange
from tests.factories.introductions import make_introduction, make_side
from tests.factories.network import make_posting
from tests.factories.postings import NOW

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PINNED = {
    "/en/workspace/postings/": 7,
    "/en/workspace/postings/followed/": 5,
    "/en/network/postings/": 6,
    "/en/network/postings/export.csv": 4,
    "/en/network/postings/feed.atom": 4,
}


@pytest.fixture(params=[1, 3])
def client(request):
    """Somebody with as many postings of all kinds, of oneself and followed."""
    own = make_side("Own", region="ITH2")
    for _ in range(request.param):
        posting = make_posting(own.organisation)
        facts = PostingFacts.of(posting).as_record()
        PostingChange.objects.create(posting=posting, facts=facts, made_at=NOW)
        asked = make_introduction(make_side(region="SI03"), own)
        asked.posting = posting
        asked.save()
        make_posting(own.organisation, state="draft")
        follow_posting(make_posting(make_side(region="AT22").organisation), own.user, now=NOW)
    signed_in = Client()
    signed_in.force_login(own.user)
    return signed_in


@pytest.mark.parametrize("path", PINNED)
def test_page_asks_as_often_for_three_things_as_for_one(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer)

    assert answer.status_code == 200
    assert len(queries) == PINNED[path]
