"""Bounds of offers and wishes that contradict themselves."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.case_files.faults import Faults, Pointer
from alpclusters.analysis.funding.case_files.parts import Part, parts

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "use": ("offer",),
    "avoid": ("offer",),
    "min_total": ("amount_ct",),
    "min_partner": ("partner", "amount_ct"),
    "max_offers": ("count",),
    "fund_line": ("line", "amount_ct"),
}
FREE: Final = {"type", "weight"}


def check_bounds(data: Part, faults: Faults) -> None:
    """Note floors above caps, and wishes with too little or too much said."""
    for at, offer in parts(data, "offers"):
        floor, cap = offer.get("floor_ct", 0), offer.get("cap_ct")
        if cap is not None and floor > cap:
            faults.add((*at, "floor_ct"), "floor_over_cap", found=floor, high=cap)
        least, most = offer.get("min_partners", 1), offer.get("max_partners")
        if most is not None and least > most:
            faults.add((*at, "min_partners"), "minimum_over_maximum", found=least, high=most)
        _check_success(at, offer, faults)
    for at, wish in parts(data, "wishes"):
        if "type" not in wish:
            continue
        for name in NEEDED[wish["type"]]:
            if name not in wish:
                faults.add(at, "missing_field", field=name)
        for name in wish.keys() - FREE - set(NEEDED[wish["type"]]):
            faults.add((*at, name), "unwanted_field", field=name, kind=wish["type"])


def _check_success(at: Pointer, offer: Part, faults: Faults) -> None:
    """Note statistics with more grants than applications, and chances of what nobody refuses."""
    said = offer.get("success") or {}
    granted, applied = said.get("granted"), said.get("applied")
    for name in ("granted", "applied") if said else ():
        if "share_bp" not in said and name not in said:
            faults.add((*at, "success"), "missing_field", field=name)
        if "share_bp" in said and name in said:
            faults.add((*at, "success", name), "unwanted_field", field=name, kind="share_bp")
    if granted is not None and applied is not None and granted > applied:
        faults.add((*at, "success", "granted"), "more_granted", found=granted, high=applied)
    if offer.get("award") == "by_right":
        for name in ("success", "success_bp"):
            if name in offer:
                faults.add((*at, name), "unwanted_field", field=name, kind="by_right")
