"""The common contract of every public function of the analysis.

It leaves its input alone, gives the same result for the same input and seed, hands out frozen
records with read-only arrays, and meets NaN, nothing, one rater and equal values with a typed
error or a result that says so.
"""

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import get_type_hints

import numpy as np
import pytest

import alpclusters.analysis
from alpclusters.analysis import funding
from alpclusters.analysis.errors import AnalysisError
from tests.analysis.contract_samples import EDGES, SAMPLES

pytestmark = pytest.mark.unit


def public_functions():
    """Every function that a subpackage of the analysis lists in ``__all__``."""
    package = alpclusters.analysis
    found = {}
    # The package of funding has a package for each of its subjects.
    subjects = pkgutil.iter_modules(funding.__path__, f"{funding.__name__}.")
    for info in (*pkgutil.iter_modules(package.__path__, f"{package.__name__}."), *subjects):
        module = importlib.import_module(info.name)
        for name in getattr(module, "__all__", ()):
            if inspect.isfunction(getattr(module, name)):
                found[f"{info.name.rpartition('.')[2]}.{name}"] = getattr(module, name)
    return found


FUNCTIONS = public_functions()
SAMPLED = sorted(set(FUNCTIONS) & set(SAMPLES))
CASES = [(name, edge) for name in SAMPLED for edge in EDGES]


def call(name):
    sample = SAMPLES[name]
    return FUNCTIONS[name](*sample.build(), **sample.options)


def parts(value) -> Iterator[object]:
    """A result and everything in it."""
    yield value
    inside = ()
    if is_dataclass(value) and not isinstance(value, type):
        inside = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, Mapping):
        inside = [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        inside = value
    for part in inside:
        yield from parts(part)


def plain(value):
    """Something that compares by content, NaN equal to NaN."""
    if hasattr(value, "toarray"):
        # Not as a full matrix: letters of texts have a hundred thousand columns of zeros.
        full = value.tocsr(copy=True)
        full.sum_duplicates()
        return ("sparse", full.shape, plain((full.indptr, full.indices, full.data)))
    if isinstance(value, np.ndarray | np.generic):
        return ("array", value.shape, plain(value.tolist()))
    if is_dataclass(value) and not isinstance(value, type):
        compared = (field.name for field in fields(value) if field.compare)  # not: seconds it took
        return (type(value), *(plain(getattr(value, name)) for name in compared))
    if isinstance(value, Mapping):
        return [(key, plain(value[key])) for key in value]
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return "nan" if isinstance(value, float) and np.isnan(value) else value


def says_so(result) -> bool:
    """Whether a result is undefined, limited, or gives a reason; None is undefined."""
    if result is None:
        return True
    return getattr(result, "status", "ok") != "ok" or bool(getattr(result, "reasons", ()))


def test_every_public_function_has_a_sample():
    assert sorted(set(FUNCTIONS) - set(SAMPLES)) == []


def test_every_sample_is_of_a_public_function():
    assert sorted(set(SAMPLES) - set(FUNCTIONS)) == []


def test_slow_parts_of_scipy_are_not_imported_with_the_analysis():
    names = sorted({function.__module__ for function in FUNCTIONS.values()})
    code = f"import sys, {', '.join(names)}; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"scipy.stats", "scipy.optimize"} & set(done.stdout.split()) == set()


@pytest.mark.parametrize("name", SAMPLED)
def test_function_leaves_its_input_alone(name):
    sample = SAMPLES[name]
    arguments, options = sample.build(), dict(sample.options)
    before = deepcopy((arguments, options))

    FUNCTIONS[name](*arguments, **options)

    assert plain((list(arguments), options)) == plain((list(before[0]), before[1]))


@pytest.mark.parametrize("name", SAMPLED)
def test_function_gives_the_same_result_again_whatever_the_global_state(name):
    first = call(name)
    np.random.seed(123)  # noqa: NPY002 - nobody may read the global generator

    assert plain(call(name)) == plain(first)


@pytest.mark.parametrize("name", SAMPLED)
def test_seed_is_an_argument_where_there_is_chance(name):
    takes_seed = "seed" in inspect.signature(FUNCTIONS[name]).parameters

    assert takes_seed == SAMPLES[name].has_seed
    if takes_seed:
        sample = SAMPLES[name]
        one, two = (
            FUNCTIONS[name](*sample.build(), **{**sample.options, "seed": 7}) for _ in range(2)
        )
        assert plain(one) == plain(two)


@pytest.mark.parametrize("name", SAMPLED)
def test_result_is_frozen_and_its_arrays_are_read_only(name):
    for part in parts(call(name)):
        if isinstance(part, np.ndarray):
            assert not part.flags.writeable
        if is_dataclass(part):
            with pytest.raises(FrozenInstanceError):
                setattr(part, fields(part)[0].name, None)


@pytest.mark.parametrize("name", SAMPLED)
def test_result_with_a_status_carries_its_conventions(name):
    result = call(name)

    if hasattr(result, "status") and is_dataclass(result):
        assert result.conventions.method
        assert all(isinstance(getattr(one, "code", one), str) for one in result.reasons)


@pytest.mark.parametrize("name", SAMPLED)
def test_record_of_a_result_is_plain_json(name):
    result = call(name)

    if hasattr(result, "as_record"):
        assert json.loads(json.dumps(result.as_record(), allow_nan=False))


@pytest.mark.parametrize("name", SAMPLED)
def test_arguments_after_the_data_are_keyword_only_and_typed(name):
    function = FUNCTIONS[name]
    optional = [
        one
        for one in inspect.signature(function).parameters.values()
        if one.default is not one.empty
    ]

    assert [one.name for one in optional if one.kind is not one.KEYWORD_ONLY] == []
    assert "return" in get_type_hints(function)


@pytest.mark.parametrize("name", SAMPLED)
def test_documentation_has_parameters_returns_and_an_example(name):
    text = inspect.getdoc(FUNCTIONS[name]) or ""

    missing = [head for head in ("Parameters\n---", "Returns\n---", ">>> ") if head not in text]
    assert missing == []
    named = [p for p in inspect.signature(FUNCTIONS[name]).parameters if p not in text]
    assert named == []


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_bad_input_is_refused_by_type_or_flagged(name, kind):
    edge = getattr(SAMPLES[name], kind)
    if edge.outcome == "absent":
        assert edge.why
        return
    if edge.outcome == "refused":
        with pytest.raises(AnalysisError) as caught:
            FUNCTIONS[name](*edge.build(), **edge.options)
        assert caught.value.code
        return
    result = FUNCTIONS[name](*edge.build(), **edge.options)
    assert says_so(result) if edge.outcome == "flagged" else edge.why
    if hasattr(result, "as_record"):
        json.dumps(result.as_record(), allow_nan=False)
