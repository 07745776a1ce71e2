import stat

import pytest

from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.operation.checkup.machine import file_modes
from alpclusters.platform.operation.private_files import close_to_others

pytestmark = pytest.mark.integration


@pytest.fixture
def configuration(tmp_path):
    """An installation whose files an earlier version left open to all users of the machine."""
    home, journal, database = tmp_path / "home", tmp_path / "journal", tmp_path / "data.sqlite3"
    uploads = home / "uploads"
    for folder in (home, home / "secrets", uploads, uploads / "logos", journal):
        folder.mkdir()
        folder.chmod(0o755)
    files = [home / "secrets" / "django.key", home / "uploads" / "logos" / "a.png"]
    files += [journal / "votes-1.aj", database]
    files += [database.with_name(database.name + end) for end in ("-wal", "-shm")]
    for file in files:
        file.write_text("x")
        file.chmod(0o644)
    return load_configuration(
        {
            "ALPCLUSTERS_HOME": str(home),
            "ALPCLUSTERS_LIVE_JOURNAL_DIR": str(journal),
            "DATABASE_URL": f"sqlite:///{database}",
        }
    )


def modes(folder):
    paths = [path for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    return {path: stat.S_IMODE(path.stat().st_mode) for path in paths}


def test_files_of_an_installation_are_closed_to_other_users(configuration, tmp_path):
    mended, left = close_to_others(configuration)

    found = modes(tmp_path)
    found.pop(tmp_path)
    assert left == []
    assert {mode for path, mode in found.items() if path.is_file()} == {0o600}
    assert {mode for path, mode in found.items() if path.is_dir() and path.name != "x"} == {0o700}
    assert set(mended) == set(found)
    assert close_to_others(configuration) == ([], [])


def test_what_a_link_points_to_is_left_alone(configuration, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("x")
    outside.chmod(0o644)
    (configuration.home / "uploads" / "link").symlink_to(outside)

    close_to_others(configuration)

    assert stat.S_IMODE(outside.stat().st_mode) == 0o644


def test_the_doctor_mends_open_files_and_says_so(configuration):
    first, second = (next(file_modes(configuration, translator("en"))) for _ in range(2))

    assert (first.state, second.state) == ("warning", "ok")
    assert "until now: 11, such as" in first.finding
    assert "sign in anew" in first.remedy
