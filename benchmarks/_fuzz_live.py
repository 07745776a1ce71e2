"""Odd requests to the live process: to the AlpCafé that is open, in almost the right form."""

import json
import random
from collections.abc import Mapping
from typing import Any, Final

from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION

LIVE: Final = (
    b"",
    b"[" * 100_000,
    b'{"k": 1e309}',
    b"\xff\xfe\xfd",
    b'{"k": "a", "t": "rate", "b": {"m": 1e99}}',
    b'{"code": "\\ud800", "consent": true, "key": "x"}',
    b'{"code": {"a": 1}, "consent": [], "key": 5}',
    b'{"link": "' + b"9" * 7000 + b'"}',
    b"null",
)
ODD: Final = (
    *(None, True, -1, 0, 6, 2**53, 2**63, 1e308, "", "a", "\0", "\ud800", "x" * 5_000),
    *([], [1, 1], [[]], {}, {"a": {}}, "../../etc/passwd", "NaN", "xx"),
)
SENT_TO_EVENT: Final = ("command", "commands", "recover", "beat", "me", "state", "nonsense")
PATHS: Final = (
    *("/live/join", "/live/999999999999/command", "/live/7/beat", "/live/", "/live/%00"),
    *("/metrics", "/readyz", "/healthz"),
)


def live_path(hall: Mapping[str, Any], chance: random.Random) -> str:
    """Return an address of the live process, mostly one of the open AlpCafé."""
    if chance.random() < 0.3:  # noqa: PLR2004 - a share
        return chance.choice(PATHS)
    query = chance.choice(("", "", "?after=x", f"?after={2**63}", "?after=-1", "?%00"))
    return f"/live/{hall['event']}/{chance.choice(SENT_TO_EVENT)}{query}"


def live_body(hall: Mapping[str, Any], path: str, chance: random.Random) -> bytes:
    """Return what a phone would send there, with some of it made odd."""
    if chance.random() < 0.15:  # noqa: PLR2004 - a share
        return chance.choice(LIVE)
    if "/commands" in path:
        rows = [_command(hall, chance) for _ in range(chance.choice((0, 1, 3, 51)))]
        content: dict[str, Any] = {"commands": rows}
    elif "/join" in path:
        content = {
            "code": hall["code"],
            "consent": CONSENT_VERSION,
            "k": _key(chance),
            "language": "sl",
        }
        _make_odd(content, chance)
    elif "/recover" in path:
        content = {"recovery": chance.choice(("ABCDE-FGHJK", "", "\0", 5)), "k": _key(chance)}
    elif "/beat" in path:
        content = {"unsent": chance.choice((0, 3, *ODD))}
    else:
        content = _command(hall, chance)
    return json.dumps(content).encode()


def _command(hall: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    kind, body = chance.choice(list(_bodies(hall, chance).items()))
    if chance.random() < 0.6:  # noqa: PLR2004 - a share
        _make_odd(body, chance)
    command = {"k": _key(chance), "t": kind, "b": body, "n": 1, "at": 0}
    if chance.random() < 0.1:  # noqa: PLR2004 - a share
        _make_odd(command, chance)
    return command


def _bodies(hall: Mapping[str, Any], chance: random.Random) -> dict[str, dict[str, Any]]:
    """Return a body that would be taken for every kind of command but ``leave``."""
    measure, card = chance.choice(hall["measures"]), chance.choice(("card-1", "card-2"))
    return {
        "rate": {"m": measure, "c": chance.choice(hall["criteria"]), "r": 1, "v": 4},
        "comment": {"m": measure, "text": "<b>a</b>", "language": "sl"},
        "top3": {"measures": hall["measures"][:3], "r": 1},
        "card": {"id": card, "text": "a", "language": "de", "author": "", "round": 0},
        "card_gone": {"id": card},
        "support": {"id": card, "on": True},
        "profile": {"region": "AT32", "role": "policy", "level": "local", "no_research": False},
        "here": {"round": 1, "here": True},
        "place": {"number": 1},
        "feedback": {"heard": 5, "learned": 4, "again": None, "text": "a"},
    }


def _make_odd(content: dict[str, Any], chance: random.Random) -> None:
    name = chance.choice(list(content))
    if chance.random() < 0.2:  # noqa: PLR2004 - a share
        del content[name]
    else:
        content[name] = chance.choice(ODD)


def _key(chance: random.Random) -> str:
    return f"{chance.getrandbits(96):024x}"
