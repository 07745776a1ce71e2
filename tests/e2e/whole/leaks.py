"""Before a release no figure reaches a phone, the big screen, a host or a stranger."""

import json
import re
from typing import Any

from playwright.sync_api import APIRequestContext

from tests.e2e.whole.place import Place

FIGURES = re.compile(r"\bn ?= ?\d|\d[.,]\d|\d ?%")
COUNTS = {"ratings", "answered", "top3"}
FILES = [
    "/en/cafes/{id}/open-data.zip",
    "/en/cafes/{id}/protocol/de/pdf",
    "/en/cafes/{id}/protocol/sl/docx",
    "/en/cafes/{id}/cards/",
]


def leaks(place: Place, askers: dict[str, APIRequestContext]) -> list[str]:
    """List addresses that tell somebody a figure before the release."""
    return [
        f"{who}: {what}"
        for who, request in askers.items()
        for what in [
            *_results(place, request),
            *_state(place, request, who),
            *_files(place, request),
        ]
    ]


def _results(place: Place, request: APIRequestContext) -> list[str]:
    answer = request.get(f"{place.url}/cafe/results/{place.number}.json")
    is_empty = answer.status == 403 and set(answer.json()) <= {"code", "text"}
    return [] if is_empty else [f"results {answer.status}"]


def _state(place: Place, request: APIRequestContext, who: str) -> list[str]:
    found = []
    for view in ("participant", "host", "beamer", "facilitator"):
        answer = request.get(f"{place.url}/live/{place.number}/state?view={view}")
        state: dict[str, Any] = answer.json() if answer.status == 200 else {}
        found += [f"{view} sees {name}" for name in COUNTS & set(state)]
        if view == "facilitator" and answer.status == 200:
            found.append("the facilitator's view")
        if state.get("released"):
            found.append(f"{view}: {json.dumps(state['released'])} in the eyes of {who}")
    return found


def _files(place: Place, request: APIRequestContext) -> list[str]:
    found = []
    for address in FILES:
        path = address.format(id=place.number)
        answer = request.get(place.url + path)
        if answer.status not in {403, 404}:
            found.append(f"{path} {answer.status}")
    return found
