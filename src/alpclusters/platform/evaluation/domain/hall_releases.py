"""Results leave the site through here and nowhere else: block by block, released by a person.

What is released is computed at that moment and kept with the release: later answers do not move
it one by one, and what was visible can be read again. A block whose figures lie too close to
those that were visible before shows the earlier ones: the difference would be somebody's answer.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.domain.overview import (
    blocks_of,
    headline_of,
    refusal_of,
    visible_blocks,
)
from alpclusters.platform.cafe.models import AlpCafe, Block, Release
from alpclusters.platform.evaluation.domain.closeness import may_follow
from alpclusters.platform.evaluation.domain.result_blocks import (
    build_blocks,
    build_comments,
    stored_block,
)


def released_results(cafe: AlpCafe, blocks: Iterable[str] | None = None) -> dict[str, Any]:
    """Return what is released of an AlpCafé; an empty mapping where nothing is.

    Parameters
    ----------
    cafe : AlpCafe
    blocks : iterable of str, optional
        Of these blocks only; those that are not released are left out.

    Returns
    -------
    dict
        ``blocks`` by name, each with n, share of "cannot judge", interval and convention; the
        names of measures and criteria in five languages.
    """
    wanted = None if blocks is None else set(blocks)
    releases = cafe.releases.filter(visible_to__isnull=True).order_by("visible_from", "pk")
    shown = {
        str(release.block): release
        for release in releases
        if wanted is None or release.block in wanted
    }
    if not shown:
        return {}
    return {
        "event": cafe.pk,
        "simulated": cafe.is_simulated,
        "k_anonymity": K_ANONYMITY,
        "names": next((r.data["names"] for r in shown.values() if r.data.get("names")), {}),
        "blocks": {
            block: {**_stored(shown[block]), "since": _since(shown[block])}
            for block in Block.values
            if block in shown
        },
    }


# --- commands -----------------------------------------------------------------------------


def release(order: Order) -> Change:
    """Show a block on phones and big screen."""
    block = _block(order)
    cafe, now = order.cafe, order.now
    if block in visible_blocks(cafe, now):
        raise StateError("cafe.released_before", found=block)
    n = headline_of(cafe).of(block)
    reason = refusal_of(cafe, block, n)
    if reason == "too_few":
        raise StateError("cafe.too_few", found=str(n), expected=str(K_ANONYMITY))
    if reason:
        raise StateError("cafe.not_yet", found=cafe.phase)
    _show(cafe, block, _compute(order, block), now)
    return _change(block, is_visible=True)


def withdraw(order: Order) -> Change:
    """Hide a block again; for how long it was visible is kept."""
    block = _block(order)
    if block not in visible_blocks(order.cafe, order.now):
        raise StateError("cafe.not_released", found=block)
    _hide(order.cafe, block, order.now)
    return _change(block, is_visible=False)


def revert(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    """Hide what was shown, or show again what was hidden, with the same figures."""
    del after
    block = str(before["block"])
    if before["is_visible"]:
        last = cafe.releases.filter(block=block).order_by("visible_from", "pk").last()
        _show(cafe, block, last.data if last else {}, now)
    else:
        _hide(cafe, block, now)


def _change(block: str, *, is_visible: bool) -> Change:
    return Change(
        {"block": block, "is_visible": not is_visible},
        {"block": block, "is_visible": is_visible},
        [f"release:{block}", "?phase"],
    )


def _block(order: Order) -> str:
    block = str(order.arguments.get("block"))
    if block not in blocks_of(order.cafe):
        raise InputError("cafe.no_such_block", found=block)
    return block


def _show(cafe: AlpCafe, block: str, data: Mapping[str, Any], now: datetime) -> None:
    Release.objects.create(cafe=cafe, block=block, visible_from=now, data=dict(data))


def _hide(cafe: AlpCafe, block: str, now: datetime) -> None:
    cafe.releases.filter(block=block, visible_to__isnull=True).update(visible_to=now)


def _stored(shown: Release) -> dict[str, Any]:
    return stored_block(str(shown.block), shown.data["blocks"][shown.block])


def _since(shown: Release) -> str:
    return shown.visible_from.isoformat()


# --- what is kept with a release ----------------------------------------------------------


def _compute(order: Order, block: str) -> dict[str, Any]:
    """Return what is shown of a block: fresh, or as computed for an earlier release."""
    cafe = order.cafe
    if block == Block.COMMENTS:
        chosen = order.arguments.get("comments")
        return {"names": {}, "blocks": {block: build_comments(cafe, chosen)}}
    fresh = build_blocks(cafe)
    for earlier in _computed_before(cafe):
        kept = earlier["blocks"]
        if block in kept and not may_follow(kept, fresh["blocks"]):
            return _with_reasons(earlier, fresh, block)
    return fresh


def _with_reasons(earlier: dict[str, Any], fresh: dict[str, Any], block: str) -> dict[str, Any]:
    """Return the earlier figures; of a change that tells no figure, why it does today."""
    today = fresh["blocks"][block]
    criteria = today.get("criteria", ())
    if block != Block.CHANGE or any(one["rows"] for one in criteria):
        return earlier
    return {**earlier, "blocks": {**earlier["blocks"], block: today}}


def _computed_before(cafe: AlpCafe) -> list[dict[str, Any]]:
    """Return what was computed for earlier releases, newest first."""
    rows = cafe.releases.exclude(block=Block.COMMENTS).order_by("-visible_from", "-pk")
    return [data for data in rows.values_list("data", flat=True) if data.get("blocks")]


register("release", release, revert)
register("withdraw", withdraw, revert)
