"""`./alpclusters` as a POSIX shell runs it, with stand-ins for Python: nothing is fetched."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
SHELL = shutil.which("dash") or "/bin/sh"
TOOLS = ("sh", "cat", "cksum", "dirname", "find", "kill", "ls", "mkdir", "mv", "readlink", "rm")

# Makes an environment like `python -m venv`, installs nothing, and says what it was asked to run.
FITTING = """#!/bin/sh
case "$*" in
    *sysconfig*) echo "{site}"; exit ;;
    *"import sys"*) echo "$0"; exit ;;
    "-m venv "*) mkdir -p "$3/bin" "$3/site" && cp "$0" "$3/bin/python"; exit ;;
    *"pip install"*) exit ${{PIP_STATUS:-0}} ;;
    *compileall*) echo "$*" >"{site}/translated" ;;
esac
echo "ran: $* in $PWD"
"""
TOO_OLD = "#!/bin/sh\nexit 4\n"
BARE = '#!/bin/sh\necho "$0"\nexit 3\n'


class Checkout:
    """A copy of the script with its locks, and a PATH with chosen programs only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "check out"
        self.programs = folder / "programs"
        self.environment = self.folder / ".venv"
        for path in (self.folder / "src", self.programs):
            path.mkdir(parents=True)
        for name in (*TOOLS, "cp", "sleep"):
            if found := shutil.which(name):
                (self.programs / name).symlink_to(found)
        for name in ("requirements.lock", "requirements-dev.lock"):
            (self.folder / name).write_text(f"{name}==1\n")
        # The system's own Python must not come to help.
        script = (ROOT / "alpclusters").read_text().replace("/usr/bin/python3", "/nonexistent/py")
        self.script = self.folder / "alpclusters"
        self.script.write_text(script)
        self.script.chmod(0o755)

    def python(self, text: str, name: str = "python3") -> None:
        path = self.programs / name
        path.write_text(text.format(site=self.folder) if "{site}" in text else text)
        path.chmod(0o755)

    def run(
        self, *arguments: str, cwd: Path | None = None, script: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        command = [SHELL, str(script or self.script), *arguments]
        environ = {"PATH": str(self.programs), "HOME": str(self.folder), **env}
        return subprocess.run(
            command,
            cwd=cwd or self.folder,
            env=environ,
            check=False,
            capture_output=True,
            text=True,
        )

    def leftovers(self) -> list[str]:
        return [p.name for p in self.folder.glob(".venv?*")]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_first_start_builds_then_runs_and_keeps_stdout_clean(checkout: Checkout) -> None:
    checkout.python(FITTING)

    done = checkout.run("doctor", "--json")

    assert done.stdout == f"ran: -P -m alpclusters doctor --json in {checkout.folder}\n"
    assert [line.split()[1] for line in done.stderr.splitlines()] == ["first", "1/3", "2/3", "3/3"]
    assert (checkout.folder / "alpclusters.pth").read_text() == f"{checkout.folder}/src\n"
    assert checkout.leftovers() == []


def test_second_start_builds_nothing(checkout: Checkout) -> None:
    checkout.python(FITTING)
    checkout.run("serve")

    again = checkout.run("serve")

    assert (again.returncode, again.stderr) == (0, "")


def test_changed_lock_builds_anew(checkout: Checkout) -> None:
    checkout.python(FITTING)
    checkout.run("serve")
    (checkout.folder / "requirements.lock").write_text("other==2\n")

    again = checkout.run("serve")

    assert "building it anew" in again.stderr


def test_environment_without_stamp_builds_anew(checkout: Checkout) -> None:
    checkout.python(FITTING)
    (checkout.environment / "bin").mkdir(parents=True)
    shutil.copy(checkout.programs / "python3", checkout.environment / "bin" / "python")

    done = checkout.run("serve")

    assert "building it anew" in done.stderr
    assert (checkout.environment / "alpclusters.stamp").exists()


def test_development_environment_serves_users_too(checkout: Checkout) -> None:
    checkout.python(FITTING)
    checkout.run(ALPCLUSTERS_DEV="1", ALPCLUSTERS_BUILD="only")

    assert checkout.run("serve").stderr == ""


def test_user_environment_does_not_serve_development(checkout: Checkout) -> None:
    checkout.python(FITTING)
    checkout.run("serve")

    assert "building it anew" in checkout.run(ALPCLUSTERS_DEV="1", ALPCLUSTERS_BUILD="only").stderr


def test_candidates_are_run_not_trusted_by_name(checkout: Checkout) -> None:
    checkout.python(TOO_OLD, "python3")
    checkout.python("#!/bin/sh\necho not installed >&2\nexit 127\n", "python3.14")
    checkout.python(FITTING, "python3.12")

    done = checkout.run("--version")

    assert f"1/3 Python: {checkout.programs}/python3.12" in done.stderr
    assert done.returncode == 0


def test_no_python_that_fits_says_what_to_install(checkout: Checkout) -> None:
    checkout.python(TOO_OLD)

    done = checkout.run("serve")

    assert done.returncode == 1
    assert done.stdout == ""
    assert "no Python 3.12 or newer was found" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr
    assert checkout.leftovers() == []


def test_sources_and_packages_are_translated_once_on_all_cores(checkout: Checkout) -> None:
    checkout.python(FITTING)

    checkout.run("--help")
    asked = (checkout.folder / "translated").read_text()
    checkout.run("--help")

    assert asked.startswith("-m compileall -q -j 0 ")
    assert asked.endswith(f" {checkout.folder}/src {checkout.folder}\n")
    assert (checkout.folder / "translated").read_text() == asked


def test_python_without_ensurepip_has_its_own_message(checkout: Checkout) -> None:
    checkout.python(BARE)

    done = checkout.run("serve")

    assert done.returncode == 1
    assert "'venv' and 'ensurepip' are missing" in done.stderr
    assert "no Python" not in done.stderr


def test_failed_installation_leaves_the_old_environment(checkout: Checkout) -> None:
    checkout.python(FITTING)
    checkout.run("serve")
    kept = (checkout.environment / "alpclusters.stamp").read_text()
    (checkout.folder / "requirements.lock").write_text("other==2\n")

    failed = checkout.run("serve", PIP_STATUS="1")

    assert failed.returncode == 1
    assert "nothing was changed" in failed.stderr
    assert (checkout.environment / "alpclusters.stamp").read_text() == kept
    assert checkout.leftovers() == []


def test_lock_of_a_killed_start_is_taken_over(checkout: Checkout) -> None:
    checkout.python(FITTING)
    lock = checkout.folder / ".venv.lock"
    lock.mkdir()
    ended = subprocess.Popen(["/bin/true"])
    ended.wait()
    (lock / "pid").write_text(f"{ended.pid}\n")
    (checkout.folder / ".venv.new.1").mkdir()

    done = checkout.run("serve")

    assert "an earlier start was interrupted" in done.stderr
    assert done.returncode == 0
    assert checkout.leftovers() == []


def test_lock_of_a_living_start_is_waited_for(checkout: Checkout) -> None:
    checkout.python(FITTING)
    lock = checkout.folder / ".venv.lock"
    lock.mkdir()
    (lock / "pid").write_text(f"{os.getpid()}\n")

    waiting = subprocess.Popen(
        [SHELL, str(checkout.script)],
        env={"PATH": str(checkout.programs)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert waiting.stderr is not None
    told = waiting.stderr.readline()
    shutil.rmtree(lock)
    rest = waiting.communicate(timeout=30)[1]

    assert "another start is building" in told
    assert "first start" in rest
    assert waiting.returncode == 0


def test_relative_arguments_keep_their_meaning_through_a_link(checkout: Checkout) -> None:
    checkout.python(FITTING)
    elsewhere = checkout.folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "alp").symlink_to("../alpclusters")

    done = checkout.run("evaluate", "votes", cwd=elsewhere, script=Path("alp"))

    assert done.stdout == f"ran: -P -m alpclusters evaluate votes in {elsewhere}\n"
    assert checkout.environment.is_dir()
