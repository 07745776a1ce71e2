"""Quarters and days of a case: inside its time, and the right way round."""

from collections.abc import Iterator

from alpclusters.analysis.funding.case_files.faults import Faults, Pointer
from alpclusters.analysis.funding.case_files.parts import Part, parts


def check_spans(data: Part, faults: Faults) -> None:
    """Note quarters outside the case and spans whose end lies before their start."""
    count = data.get("periods", {}).get("count")
    for at, period in _periods(data):
        if count is not None and period >= count:
            faults.add(at, "period_outside", found=period, low=0, high=count - 1)
    for at, first, last in _spans(data):
        if first > last:
            faults.add(at, "window_reversed", first=first, last=last)
    for at, offer in parts(data, "offers"):
        if "opens" in offer and "closes" in offer and offer["opens"] > offer["closes"]:
            ends = {"first": str(offer["opens"]), "last": str(offer["closes"])}
            faults.add((*at, "closes"), "window_reversed", **ends)


def _periods(data: Part) -> Iterator[tuple[Pointer, int]]:
    for at, line in parts(data, "lines"):
        if "period" in line:
            yield (*at, "period"), line["period"]
    for at, package in parts(data, "work_packages"):
        for end in ("start", "end"):
            if end in package:
                yield (*at, end), package[end]
    for at, offer in parts(data, "offers"):
        for end, period in offer.get("window", {}).items():
            yield (*at, "window", end), period


def _spans(data: Part) -> Iterator[tuple[Pointer, int, int]]:
    for at, offer in parts(data, "offers"):
        window = offer.get("window", {})
        if "from" in window and "to" in window:
            yield (*at, "window"), window["from"], window["to"]
    for at, package in parts(data, "work_packages"):
        if "start" in package and "end" in package:
            yield (*at, "end"), package["start"], package["end"]
