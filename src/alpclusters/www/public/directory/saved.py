"""Searches that somebody keeps."""

from typing import Final

from django.http import QueryDict
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import SavedSearch
from alpclusters.platform.fields import length_of
from alpclusters.www.public.directory.addresses import read_query, write_query

MOST: Final = 50
_MOST_NAME: Final = length_of(SavedSearch, "name")
_MOST_QUERY: Final = length_of(SavedSearch, "query")


def keep_search(user: User, name: str, written: str) -> SavedSearch | None:
    """Keep a search under a name, over one of the same name; nothing without a name."""
    cleaned = " ".join(name.replace("\x00", "").split())[:_MOST_NAME]
    query = write_query(read_query(QueryDict(written)))
    own = SavedSearch.objects.filter(user=user)
    is_full = own.exclude(name=cleaned).count() >= MOST
    if not cleaned or len(query) > _MOST_QUERY or is_full:
        return None
    own.filter(name=cleaned).delete()
    return SavedSearch.objects.create(user=user, name=cleaned, query=query, made_at=timezone.now())
