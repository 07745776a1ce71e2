"""The three example cases of the documentation, and ways to spoil them."""

import copy
import json
from pathlib import Path

from hypothesis import strategies as st

from alpclusters.analysis.funding.case_files import CaseError, read_case

EXAMPLES = Path(__file__).resolve().parents[4] / "docs" / "examples" / "funding"
NAMES = ("tiny", "partnership", "innovation-cluster")


def example(name="tiny"):
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def changed(path, value, name="tiny"):
    """An example in which one value is another; a path such as ``lines/0/cost_ct``."""
    data = example(name)
    *steps, last = [int(step) if step.isdecimal() else step for step in path.split("/")]
    place = data
    for step in steps:
        place = place[step]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return data


REMOVED = object()


def faults_of(data, **options):
    """Pairs of pointer and code."""
    try:
        read_case(data, **options)
    except CaseError as error:
        return [(fault.pointer, fault.code) for fault in error.faults]
    return []


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["A", "X", "2025-01-01", "AT33", "EUR", 10**400, -1, 20_000, {}, []]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def spots(data, at=()):
    """Every place in a JSON value, the whole of it first."""
    yield at
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from spots(value, (*at, key))


@st.composite
def spoilt_cases(draw, n_most=3):
    """An example with a few values replaced, removed or added."""
    data = copy.deepcopy(draw(st.sampled_from([example(name) for name in ("tiny", "partnership")])))
    for _ in range(draw(st.integers(1, n_most))):
        data = spoilt(data, draw)
    return data


def spoilt(data, draw):
    places = list(spots(data))
    place = draw(st.sampled_from(places))
    if not place:
        return draw(JSON)
    inside = data
    for step in place[:-1]:
        inside = inside[step]
    match draw(st.sampled_from(["replace", "remove", "add", "nan"])):
        case "replace":
            inside[place[-1]] = draw(JSON)
        case "remove":
            del inside[place[-1]]
        case "add" if isinstance(inside, dict):
            inside[draw(st.text(max_size=5))] = draw(JSON)
        case _:
            inside[place[-1]] = draw(
                st.sampled_from([float("nan"), float("inf"), -1, 10**30, None])
            )
    return data if isinstance(data, dict | list) else {}
