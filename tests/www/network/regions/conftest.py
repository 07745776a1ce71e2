"""Where the networks of these tests are measured into."""

from typing import Final

import pytest

FOLDER: Final = "alpclusters.platform.network.domain.measuring.stored.folder"


@pytest.fixture(scope="module")
def measured_in_one_folder(tmp_path_factory):
    """Measure into a folder that stays as long as the tests of a file."""
    folder = tmp_path_factory.mktemp("networks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FOLDER, lambda: folder)
        yield
