"""Who hosts a table: the holder of the table's link, without an account."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alpclusters.platform.cafe.domain.keys import HOST, opened_cafe
from alpclusters.platform.cafe.models import AlpCafe, Table
from alpclusters.www.cafe.passes import passes_of

type View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Host:
    """The host of a table of an AlpCafé."""

    cafe: AlpCafe
    table: Table


def host_of(request: HttpRequest, pk: int) -> Host | None:
    """Return whose host the browser belongs to in an AlpCafé."""
    for found in passes_of(request):
        if found.cafe_id == pk and found.screen == HOST and (cafe := opened_cafe(found)):
            table = cafe.tables.select_related("measure").filter(number=found.table).first()
            return Host(cafe, table) if table else None
    return None


def for_hosts(view: View) -> View:
    """Let a view run for hosts of the AlpCafé; others read what to do."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        host = host_of(request, pk)
        if host is None:
            return render(request, "cafe/host/void.html", status=403)
        return view(request, host, *args, **kwargs)

    return wrapped
