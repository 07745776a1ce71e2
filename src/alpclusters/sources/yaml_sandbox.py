"""The child that reads YAML: limits first, then plain data only, JSON out.

Aliases are refused: a few lines of them can stand for billions of values.
"""

import json
import sys
from typing import Any, Final

from alpclusters.sources.sandbox import limit_process

MOST_DEPTH: Final = 40
MOST_VALUES: Final = 200_000


class GateError(Exception):
    """The text is no plain data; its code says why."""


def main() -> None:
    """Read YAML from standard input; write its data, or ``{"error": code}``, as JSON."""
    limit_process()
    try:
        answer = {"data": _read(sys.stdin.buffer.read())}
    except GateError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def _read(data: bytes) -> Any:
    import yaml  # noqa: PLC0415 - after the limits

    try:
        _check(yaml.parse(data, Loader=yaml.SafeLoader), yaml)
        return _plain(yaml.safe_load(data))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise GateError("yaml.unreadable") from error


def _check(events: Any, yaml: Any) -> None:
    depth = 0
    for n_values, event in enumerate(events, start=1):
        if isinstance(event, yaml.AliasEvent):
            raise GateError("yaml.alias")
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        if depth > MOST_DEPTH or n_values > MOST_VALUES:
            raise GateError("yaml.too_large")


def _plain(value: Any) -> Any:
    """Return what JSON can hold; days become texts, names of other kinds too."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(one) for one in value]
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else str(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
