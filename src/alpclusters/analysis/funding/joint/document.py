"""Cases weighed together as plain data: what is stored, and what the command writes as JSON."""

import datetime as dt
from dataclasses import asdict
from typing import Any, Final

from alpclusters.analysis.funding.joint.weighing import Together

SCHEMA: Final = "alpclusters-joint/1"


def joint_part(found: Together) -> dict[str, Any]:
    """Return the answer as JSON has it: cents, days as text.

    Parameters
    ----------
    found : Together

    Returns
    -------
    dict
        The fields of `Together`; each account also says ``over_ct``.

    Examples
    --------
    >>> nothing = Together("failed", (), 0, 0, 0, 0, 0, 0, (), (), (), 0.0)
    >>> joint_part(nothing)["schema"], joint_part(nothing)["status"]
    ('alpclusters-joint/1', 'failed')
    """
    plain: dict[str, Any] = _plain(asdict(found))
    accounts = [{**_plain(asdict(one)), "over_ct": one.over_ct} for one in found.accounts]
    return {"schema": SCHEMA, **plain, "accounts": accounts}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
