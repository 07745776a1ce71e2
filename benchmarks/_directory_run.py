"""Measure the directory on one database at one size; prints one JSON object.

Run by `directory` in a process of its own, so that memory and caches are those of this size.
"""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks._directory_data import TODAY, populate
from benchmarks._memory import peak_mb

if TYPE_CHECKING:
    from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery

ONE_WORD: Final = (
    "holz", "wood", "les", "legno", "mechatronik", "mehatronika", "energija", "zdravje", "food",
    "cluster", "netzwerk", "gmbh", "wasserstoff", "kunststoff", "robotik", "santé", "chemie",
)  # fmt: skip
BEGINNINGS: Final = ("gra", "ka", "ber", "mech", "log", "photon", "alber", "x")
SEVERAL: Final = (
    "holz graz", "energie slovenija", "mehatronika maribor", "umetna inteligenca", "tourism lyon",
    "cluster wood styria", "maschinenbau linz", "artificial intelligence",
)  # fmt: skip
TYPOS: Final = ("mechatronka", "enrgie", "logistk", "tourismsu", "photnik", "biotehcnologie")
# Of the questions, as whole pages in a small run.
SMALL_EVERY: Final = 4
CHOICES: Final = (
    {}, {"country": ["AT"]}, {"country": ["AT", "SI"], "sector": ["28"]},
    {"technology": ["robotics"]},
    {"standing": ["verified"], "freshness": ["year"]}, {"region": ["AT22", "SI03"]},
    {"ecosystem": ["digital"], "market": ["JP"], "section": ["C"]},
)  # fmt: skip


def queries() -> list["DirectoryQuery"]:
    """Return the 60 questions: words, beginnings, typing mistakes, filters and none."""
    from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery, Facet, Scope

    def ask(text: str, choice: dict[str, list[str]], scope: Scope) -> DirectoryQuery:
        chosen = {Facet(name): frozenset(values) for name, values in choice.items()}
        return DirectoryQuery(today=TODAY, text=text, scope=scope, chosen=chosen)

    plain = [*ONE_WORD, *BEGINNINGS, *SEVERAL, *TYPOS]
    found = [ask(text, {}, Scope.ALL) for text in plain]
    found += [ask("", choice, Scope.ALL) for choice in CHOICES]
    found += [ask("holz", choice, Scope.CLUSTERS) for choice in CHOICES]
    found += [ask("energie", choice, Scope.ALL) for choice in CHOICES]
    return found


def measure(n: int, repeats: int) -> dict[str, Any]:
    """Fill the database, build the index, ask everything."""
    _prepare()
    started = time.perf_counter()
    populate(n)
    filling = time.perf_counter() - started

    from alpclusters.platform.actors.domain.directory import index, searching

    started = time.perf_counter()
    index.rebuild()
    building = time.perf_counter() - started
    before = peak_mb()
    asked = queries()
    started = time.perf_counter()
    searching.search(asked[-1])
    loading = time.perf_counter() - started
    return {
        "organisations": n,
        "queries": len(asked),
        "fill_s": round(filling, 1),
        "index_s": round(building, 1),
        "first_search_s": round(loading, 2),
        "peak_mb_before_search": round(before),
        **_searches(asked, searching, repeats),
        "again_ms": _percentiles([_again(q, searching) for q in asked]),
        "change_ms": _changes(searching),
        "similar_ms": _similar(),
        "page_ms": _pages(asked if repeats > 1 else asked[::SMALL_EVERY]),
        "peak_mb": round(peak_mb()),
        "database_mb": _database_mb(),
        "icontains_ms": _baseline(asked),
    }


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "alpclusters.platform.settings"
    os.environ["ALPCLUSTERS_STATIC"] = "finders"
    Path(os.environ["ALPCLUSTERS_HOME"], "static").mkdir(exist_ok=True)
    import django

    django.setup()
    from django.core.management import call_command

    from alpclusters.platform.territory.domain.seeding import load_seeds

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    call_command("createcachetable", verbosity=0)
    load_seeds()


def _searches(
    asked: Sequence["DirectoryQuery"], searching: Any, repeats: int
) -> dict[str, dict[str, float]]:
    """Time by the clock and by the processor of this process: a busy machine shifts the first."""
    clock, processor = [], []
    for _ in range(repeats):
        for query in asked:
            started = time.process_time()
            clock.append(_time(query, searching))
            processor.append(1000 * (time.process_time() - started))
    return {"search_ms": _percentiles(clock), "search_cpu_ms": _percentiles(processor)}


def _time(query: "DirectoryQuery", searching: Any) -> float:
    """Time a question that nobody asked before: answers of the database are forgotten."""
    searching.forget_answers()
    return _milliseconds(lambda: searching.search(query))


def _again(query: "DirectoryQuery", searching: Any) -> float:
    """Time a question with the words of the last one, as a click on a filter asks it."""
    searching.search(query)
    return _milliseconds(lambda: searching.search(query))


def _changes(searching: Any) -> dict[str, float]:
    """Time the first search after one organisation changed."""
    from alpclusters.platform.actors.models import Organisation

    times = []
    asked = queries()[0]
    for pk in Organisation.objects.order_by("pk").values_list("pk", flat=True)[:20]:
        Organisation.objects.filter(pk=pk).update(town="Celje")
        searching.forget_answers()
        times.append(_milliseconds(lambda: searching.search(asked)))
    return _percentiles(times)


def _similar() -> dict[str, float]:
    from alpclusters.platform.actors.domain.directory.searching import similar_organisations
    from alpclusters.platform.actors.models import ClusterOrganisation

    own = ClusterOrganisation.objects.order_by("pk").values_list("organisation_id", flat=True)[:30]
    return _percentiles([_milliseconds(lambda pk=pk: similar_organisations(pk)) for pk in own])  # type: ignore[misc]


def _pages(asked: Sequence["DirectoryQuery"]) -> dict[str, float]:
    """Time whole pages, from the address to the HTML."""
    from django.test import Client

    from alpclusters.www.public.directory.filters import write_query

    client = Client(headers={"host": "localhost", "accept-encoding": "identity"})
    paths = [f"/sl/directory/?{write_query(query)}" for query in asked]
    client.get(paths[0])
    return _percentiles([_milliseconds(lambda path=path: client.get(path)) for path in paths])  # type: ignore[misc]


def _baseline(asked: Sequence["DirectoryQuery"]) -> dict[str, float]:
    """Time what a plain list page of Django does: icontains, and one GROUP BY per facet.

    It folds no accents, knows no other language, corrects nothing and counts the facets of single
    values alone; its times are what one saves the trouble for.
    """
    return _percentiles([_milliseconds(lambda q=q: _plain(q)) for q in asked[:39:3]])  # type: ignore[misc]


def _plain(query: "DirectoryQuery") -> None:
    from django.db.models import Count, Q

    from alpclusters.platform.actors.models import Organisation

    found = Organisation.objects.listed()
    for word in query.text.split():
        own = [Q(name__icontains=word), Q(short_name__icontains=word), Q(town__icontains=word)]
        own += [Q(cluster__summary__de__icontains=word), Q(cluster__summary__en__icontains=word)]
        own += [Q(region__name__en__icontains=word)]
        found = found.filter(own[0] | own[1] | own[2] | own[3] | own[4] | own[5])
    found.count()
    list(found.order_by("name", "pk")[:20])
    for field in ("country", "region", "status", "cluster__ecosystem"):
        list(found.order_by().values_list(field).annotate(n=Count("pk")))


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {
        "n": len(times),
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
        "max": round(max(times), 1),
    }


def _database_mb() -> float:
    from django.db import connection

    if connection.vendor == "sqlite":
        folder = Path(os.environ["ALPCLUSTERS_HOME"])
        return round(sum(p.stat().st_size for p in folder.glob("*.sqlite3*")) / 2**20, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return round(cursor.fetchone()[0] / 2**20, 1)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
