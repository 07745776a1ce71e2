"""Reports of two formats side by side: what changed in the plan, not in the way it is kept.

Up to ``plan-snapshot-1`` a reason stood in one language that nobody wrote down; since then it
stands in five. Kept reports are never changed: the older one is put into the newer form to compare.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from alpclusters.platform.languages.codes import told

REASONS: Final = ("strength_reason", "denominator_reason", "no_action_reason")

type Content = Mapping[str, Any]


def comparable(old: Content, new: Content) -> Content:
    """Return the older content with its reasons in the form of the newer one."""
    if old.get("format") == new.get("format"):
        return old
    found = deepcopy(dict(old))
    newer = {key: (holder, name) for key, holder, name in _reasons(new)}
    for key, holder, name in _reasons(found):
        if key in newer and isinstance(holder[name], str):
            there, field = newer[key]
            holder[name] = _in_languages(holder[name], there[field])
    return found


def _reasons(content: Content) -> Iterator[tuple[tuple[str, str], Any, str]]:
    """Go through every reason: its key, the mapping that holds it and its name there."""
    for line in content.get("recommendations", ()):
        for name in REASONS:
            if name in line:
                yield (line["uuid"], name), line, name
    for action in content.get("actions", ()):
        if action.get("override"):
            yield (action["uuid"], "override"), action["override"], "reason"


def _in_languages(text: str, newer: Any) -> Any:
    """Say the same in the languages of the newer one; a translation that was added is no change."""
    if not isinstance(newer, Mapping):
        return text
    if text in newer.values():
        return newer
    filled = [code for code, words in newer.items() if words]
    return {code: text if code in (filled or newer) else "" for code in newer}


def kept_reason(reason: Any, language: str) -> tuple[str, str]:
    """Return a reason as a report keeps it, and the code of its language where it is another."""
    return (reason, "") if isinstance(reason, str) else told(reason, language)
