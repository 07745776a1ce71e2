"""``alpclusters trail OBJECT``: where a thing comes from and what became of it."""

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.tracing.domain.stations import Ref, Stop

HELP: Final = _("show where something comes from and what became of it")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is asked for, how it is printed, and who looks."""
    parser.add_argument(
        "object",
        metavar="OBJECT",
        help=_("for example action:12 or document:key"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    parser.add_argument(
        "--public", action="store_true", help=_("only what the public sees; default: everything")
    )


def run(args: argparse.Namespace) -> int:
    """Follow the ties both ways and print one station after the other."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from django.contrib.auth.models import AnonymousUser
    from django.utils.translation import override

    from alpclusters.platform.accounts.models import User
    from alpclusters.platform.tracing.domain.lookup import find_thing
    from alpclusters.platform.tracing.domain.stations import stations_of
    from alpclusters.platform.trail.domain.kinds import thing_of

    found = find_thing(args.object)
    # Whoever may run commands on the machine reads the data base anyway.
    person = AnonymousUser() if args.public else User(is_superuser=True, is_active=True)
    with override(speech.language):
        stops = stations_of(found, seen_by=person)
        thing = {"kind": str(thing_of(found)), "id": found.pk, "name": str(found)}
        if args.json:
            print(json.dumps(_record(thing, stops), ensure_ascii=False, indent=1))
        else:
            _print(thing, stops, speech)
    return 0


def _record(thing: dict[str, Any], stops: "tuple[Stop, ...]") -> dict[str, Any]:
    """Return the trail as data: towards the source and towards the use, nearest first."""
    here = next((i for i, stop in enumerate(stops) if stop.is_here), len(stops))
    return {
        "object": thing,
        "towards_source": [_station(stop) for stop in reversed(stops[:here])],
        "towards_use": [_station(stop) for stop in stops[here + 1 :]],
        "open": [str(stop.station) for stop in stops if stop.is_open],
    }


def _station(stop: "Stop") -> dict[str, Any]:
    return {"station": str(stop.station), "n": stop.n, "things": [_ref(ref) for ref in stop.refs]}


def _ref(ref: "Ref") -> dict[str, Any]:
    told: dict[str, Any] = {"kind": str(ref.thing), "id": ref.pk, "name": ref.label}
    if ref.key:
        told["key"] = ref.key
    if ref.n is not None:
        told["n"] = ref.n
    return told


def _print(thing: dict[str, Any], stops: "tuple[Stop, ...]", speech: Speech) -> None:
    from alpclusters.reports.numbers import format_integer, format_n

    for stop in stops:
        mark = "→" if stop.is_here else " "
        head = f"{mark} {_name(stop, speech)}"
        if stop.is_here:
            print(f"{head}: {thing['name']}")
            continue
        if stop.is_open:
            print(f"{head}: {speech.gettext('missing')}")
            continue
        print(f"{head}: {format_integer(stop.n, speech.language)}")
        for ref in stop.refs:
            people = f" ({format_n(ref.n, speech.language)})" if ref.n is not None else ""
            print(f"    {ref.thing}:{ref.pk}  {ref.label}{people}")


def _name(stop: "Stop", speech: Speech) -> str:
    from alpclusters.platform.tracing.domain.stations import Station

    return {
        Station.SOURCE: speech.gettext("Source"),
        Station.ACTIVITY: speech.gettext("Activity"),
        Station.LESSON: speech.gettext("Lesson"),
        Station.MEASURE: speech.gettext("Measure"),
        Station.CARD: speech.gettext("AlpCafé"),
        Station.RATING: speech.gettext("Rating"),
        Station.FINDING: speech.gettext("Finding"),
        Station.RECOMMENDATION: speech.gettext("Recommendation"),
        Station.ACTION: speech.gettext("Action"),
        Station.FUNDING: speech.gettext("Funding"),
        Station.VALUE: speech.gettext("Value"),
    }[stop.station]
