"""Identifiers: each stands for one thing, and what is named is there."""

from collections.abc import Iterator
from typing import Final

from alpclusters.analysis.funding.case_files.faults import Faults, Pointer
from alpclusters.analysis.funding.case_files.nearest import nearest
from alpclusters.analysis.funding.case_files.parts import Part, ids, parts

KINDS: Final = ("undertakings", "partners", "work_packages", "lines", "offers", "scenarios")
# (part, its member, the kind of part that the member names)
SINGLE: Final = (
    ("undertakings", "controlled_by", "undertakings"),
    ("partners", "undertaking", "undertakings"),
    ("lines", "partner", "partners"),
    ("lines", "wp", "work_packages"),
    ("offers", "seal_of", "offers"),
    ("wishes", "offer", "offers"),
    ("wishes", "partner", "partners"),
    ("wishes", "line", "lines"),
)
SEVERAL: Final = (("links", "offers", "offers"), ("scenarios", "rejected", "offers"))


def check_references(data: Part, faults: Faults) -> None:
    """Note identifiers that stand twice and names of nothing."""
    for kind in KINDS:
        _check_unique(data, kind, faults)
    known = {kind: ids(data, kind) for kind in KINDS}
    for at, name, kind in _named(data):
        if name not in known[kind]:
            close = nearest(name, known[kind])
            faults.add(at, "unknown_ref", found=name, kind=kind, nearest=close)
    for at, part in parts(data, "undertakings"):
        if "id" in part and part.get("controlled_by") == part["id"]:
            faults.add((*at, "controlled_by"), "controls_itself", found=part["id"])


def _named(data: Part) -> Iterator[tuple[Pointer, str, str]]:
    for kind, member, named in SINGLE:
        for at, part in parts(data, kind):
            if member in part:
                yield (*at, member), part[member], named
    for kind, member, named in SEVERAL:
        for at, part in parts(data, kind):
            for place, name in enumerate(part.get(member, ())):
                if isinstance(name, str):
                    yield (*at, member, place), name, named


def _check_unique(data: Part, kind: str, faults: Faults) -> None:
    first = ids(data, kind)
    for at, part in parts(data, kind):
        if "id" not in part or first[part["id"]] == at[1]:
            continue
        code, before = "duplicate_id", first[part["id"]]
        if kind == "offers" and _overlap(data["offers"][before], part):
            code = "windows_overlap"
        faults.add((*at, "id"), code, found=part["id"], first=f"/{kind}/{before}")


def _overlap(one: Part, other: Part) -> bool:
    a, b = one.get("window", {}), other.get("window", {})
    if not all("from" in window and "to" in window for window in (a, b)):
        return False
    return bool(a["from"] <= b["to"] and b["from"] <= a["to"])
