"""Commands as phones send them: read strictly, brought into one normal form."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.analysis.scales import LARGEST_STEP
from alpclusters.live.words import FEEDBACK, TOP
from alpclusters.platform.cafe import limits
from alpclusters.platform.languages.codes import LANGUAGE_CODES

type Body = dict[str, Any]

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")
_ID: Final = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.CARD_ID}}}")
_PHOTO: Final = re.compile(rf"[A-Za-z0-9_-][A-Za-z0-9._/-]{{0,{limits.PHOTO - 1}}}")
_LARGEST: Final = 2**53
_LONGEST_WORD: Final = 20
_LONGEST_ORDER: Final = 1000
_FEELINGS: Final = ("heard", "learned", "again")
_PROFILE: Final = ("region", "role", "level", "experience")


class RefusedError(Exception):
    """A command that is not taken; ``code`` says why, ``sentences`` says it to people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Command:
    """A command in its normal form; nothing about the state of the AlpCafé was asked yet."""

    key: str
    kind: str
    body: Body


def key_of(row: object) -> str:
    """Return the key a row names, as it is; empty where it has none."""
    key = row.get("k") if isinstance(row, Mapping) else None
    return key[:64] if isinstance(key, str) else ""


def parse_command(row: object, *, language: str) -> Command:
    """Read one command.

    Parameters
    ----------
    row : object
        As it came out of the JSON.
    language : str
        The language of a text that names none.

    Raises
    ------
    RefusedError
        ``unreadable``, ``too_long``, ``empty``, ``off_scale``, ``twice``.
    """
    if not isinstance(row, Mapping):
        raise RefusedError("unreadable")
    key, kind, body = row.get("k"), row.get("t"), row.get("b")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    is_command = isinstance(key, str) and _KEY.fullmatch(key) and isinstance(body, Mapping)
    if reader is None or not is_command:
        raise RefusedError("unreadable")
    return Command(str(key), str(kind), reader(body or {}, language))


def _rate(body: Mapping[str, Any], _language: str) -> Body:
    read: Body = {"m": _number(body, "m"), "c": _number(body, "c"), "r": _round(body)}
    if "v" in body:
        read["v"] = _step(body["v"], (-LARGEST_STEP, LARGEST_STEP))
    return read


def _comment(body: Mapping[str, Any], language: str) -> Body:
    text = _text(body, "text", limits.COMMENT)
    return {"m": _number(body, "m"), "text": text, "language": _language(body, language)}


def _top3(body: Mapping[str, Any], _language: str) -> Body:
    chosen = body.get("measures")
    if not isinstance(chosen, list) or not all(_is_number(m) for m in chosen):
        raise RefusedError("unreadable")
    if len(set(chosen)) < len(chosen):
        raise RefusedError("twice")
    if len(chosen) > TOP:
        raise RefusedError("too_many")
    return {"r": _round(body), "measures": chosen}


def _order(body: Mapping[str, Any], _language: str) -> Body:
    measures = body.get("measures")
    if not isinstance(measures, list) or not all(_is_number(m) for m in measures):
        raise RefusedError("unreadable")
    if len(measures) > _LONGEST_ORDER:
        raise RefusedError("unreadable")
    if len(set(measures)) < len(measures):
        raise RefusedError("twice")
    return {"measures": measures}


def _card(body: Mapping[str, Any], language: str) -> Body:
    read = {
        "id": _id(body),
        "text": _text(body, "text", limits.CARD),
        "language": _language(body, language),
        "author": _text(body, "author", limits.AUTHOR),
        "round": _round(body, "round", default=0, highest=99),
        "photo": _photo(body),
    }
    if not read["text"] and not read["photo"]:
        raise RefusedError("empty")
    return read


def _card_gone(body: Mapping[str, Any], _language: str) -> Body:
    return {"id": _id(body)}


def _support(body: Mapping[str, Any], _language: str) -> Body:
    return {"id": _id(body), "on": _yes(body, "on")}


def _profile(body: Mapping[str, Any], _language: str) -> Body:
    read: Body = {name: _word(body[name]) for name in _PROFILE if name in body}
    if "language" in body:
        read["language"] = _language_code(body["language"])
    if "no_research" in body:
        read["no_research"] = _yes(body, "no_research")
    if not read:
        raise RefusedError("unreadable")
    return read


def _here(body: Mapping[str, Any], _language: str) -> Body:
    return {"round": _round(body, "round", highest=99), "here": _yes(body, "here")}


def _place(body: Mapping[str, Any], _language: str) -> Body:
    return {"number": _number(body, "number")}


def _feedback(body: Mapping[str, Any], language: str) -> Body:
    read: Body = {name: _step(body.get(name), FEEDBACK) for name in _FEELINGS}
    read["text"] = _text(body, "text", limits.COMMENT)
    read["language"] = _language(body, language)
    return read


def _leave(_body: Mapping[str, Any], _language: str) -> Body:
    return {}


_READERS: Final[dict[str, Callable[[Mapping[str, Any], str], Body]]] = {
    "rate": _rate,
    "comment": _comment,
    "top3": _top3,
    "card": _card,
    "card_gone": _card_gone,
    "support": _support,
    "profile": _profile,
    "here": _here,
    "place": _place,
    "feedback": _feedback,
    "leave": _leave,
    "order": _order,
}
KINDS: Final = tuple(_READERS)


def _is_number(value: object) -> bool:
    return type(value) is int and 0 < value < _LARGEST


def _number(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    if not _is_number(value):
        raise RefusedError("unreadable")
    return int(value or 0)


def _round(body: Mapping[str, Any], name: str = "r", *, default: int = 1, highest: int = 2) -> int:
    value = body.get(name, default)
    if type(value) is not int or not 0 <= value <= highest:
        raise RefusedError("unreadable")
    return value


def _step(value: object, ends: tuple[int, int]) -> int | None:
    if value is None:
        return None
    if type(value) is not int:
        raise RefusedError("unreadable")
    if not ends[0] <= value <= ends[1]:
        raise RefusedError("off_scale")
    return value


def _text(body: Mapping[str, Any], name: str, longest: int) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise RefusedError("unreadable")
    text = _storable(value.strip())
    if len(text) > longest:
        raise RefusedError("too_long")
    return text


def _storable(text: str) -> str:
    # PostgreSQL stores no NUL, and no file a lone half of a surrogate pair.
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _language(body: Mapping[str, Any], language: str) -> str:
    return _language_code(body.get("language") or language)


def _language_code(value: object) -> str:
    if value not in LANGUAGE_CODES:
        raise RefusedError("unreadable")
    return str(value)


def _id(body: Mapping[str, Any]) -> str:
    value = body.get("id")
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise RefusedError("unreadable")
    return value


def _photo(body: Mapping[str, Any]) -> str:
    value = body.get("photo") or ""
    if not isinstance(value, str) or (value and not _PHOTO.fullmatch(value)) or ".." in value:
        raise RefusedError("unreadable")
    return value


def _word(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_WORD:
        raise RefusedError("unreadable")
    return _storable(value)


def _yes(body: Mapping[str, Any], name: str) -> bool:
    value = body.get(name)
    if not isinstance(value, bool):
        raise RefusedError("unreadable")
    return value
