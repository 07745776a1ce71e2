"""The wheel as an agency gets it: built, installed beside nothing of the checkout, serving."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin

import polib
import pytest

from alpclusters.platform.languages.catalogues import po_path

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
HAS_PIP = find_spec("pip") is not None
FIRST_START = 600  # seconds; migrations, reference data, demonstration and static files


def run(*command: str | Path, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )


@dataclass(frozen=True)
class Installation:
    """An environment with the wheel, a data directory, and a folder far from the checkout."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def python(self) -> Path:
        return self.folder / "environment" / "bin" / "python"

    def program(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        script = self.folder / "environment" / "bin" / "alpclusters"
        return run(script, *arguments, cwd=self.folder, env=self.env)


def build_wheel(folder: Path) -> Path:
    """Build from a copy, so that a build at the same time elsewhere is not disturbed."""
    source = folder / "source"
    ignored = shutil.ignore_patterns("__pycache__", "*.mo", "site.css")
    shutil.copytree(ROOT / "src", source / "src", ignore=ignored)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, source)
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist")
    done = run(*command, cwd=source, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    return next((folder / "dist").glob("*.whl"))


def locked_names() -> list[str]:
    return re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements.lock").read_text())


def link_locked_packages(target: Path) -> None:
    """Link what the run-time lock names and nothing else: a forgotten dependency must show."""
    target.mkdir()
    for name in locked_names():
        try:
            package = distribution(name)
        except PackageNotFoundError:  # for other systems, such as tzdata
            continue
        tops = {path.parts[0] for path in package.files or ()} - {"..", "__pycache__"}
        for top in tops:
            if not (target / top).exists():
                (target / top).symlink_to(Path(str(package.locate_file(top))))


def make_environment(folder: Path) -> Path:
    """Make an environment with nothing in it, not even pip if ours can install into it."""
    environment = folder / "environment"
    if not HAS_PIP:
        pytest.importorskip("ensurepip", reason="python3-venv is not installed")
    venv.create(environment, with_pip=not HAS_PIP, symlinks=True)
    link_locked_packages(folder / "packages")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    paths = environment / "lib" / version / "site-packages" / "packages.pth"
    paths.write_text(f"{folder / 'packages'}\n")
    return environment


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("wheel")
    wheel, environment = build_wheel(folder), make_environment(folder)
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "ALPCLUSTERS_HOME": str(folder / "data"),
        "ALPCLUSTERS_PORT": str(free_port()),
    }
    install(wheel, environment / "bin" / "python", folder, env)
    return Installation(folder, env)


def install(wheel: Path, python: Path, folder: Path, env: dict[str, str]) -> None:
    """Install the wheel alone; Python translates what is imported, and no more, when it starts."""
    pip = (sys.executable, "-m", "pip", "--python", python) if HAS_PIP else (python, "-m", "pip")
    options = ("--quiet", "--no-deps", "--no-index", "--no-compile")
    done = run(*pip, "install", *options, wheel, cwd=folder, env=env)
    assert done.returncode == 0, done.stderr


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def address(installation: Installation) -> Iterator[str]:
    """Serve from the wheel; the address is the one it prints.

    Without the demonstration, which is made of files that test_no_file_is_left_out looks for.
    """
    log = (installation.folder / "serve.log").open("w+")
    server = subprocess.Popen(
        [installation.python, "-P", "-m", "alpclusters", "serve", "--no-demonstration"],
        cwd=installation.folder,
        env=installation.env,
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield printed_address(server, installation.folder / "serve.log")
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def printed_address(server: subprocess.Popen[str], log: Path) -> str:
    deadline = time.monotonic() + FIRST_START
    while time.monotonic() < deadline and server.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def fetch(url: str) -> tuple[str, bytes]:
    request = urllib.request.Request(url, headers={"Accept-Language": "en"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers["Content-Type"], answer.read()


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, f"{pattern} is not in {text[:500]}"
    return found[1]


def test_package_comes_from_the_wheel(installation: Installation) -> None:
    code = "import alpclusters; print(alpclusters.__file__)"
    done = run(installation.python, "-c", code, cwd=installation.folder, env=installation.env)

    assert Path(done.stdout.strip()).is_relative_to(installation.folder / "environment")


def test_the_program_says_the_version_of_the_wheel(installation: Installation) -> None:
    code = "from importlib.metadata import version; print(version('alpclusters'))"
    done = run(installation.python, "-c", code, cwd=installation.folder, env=installation.env)

    assert re.fullmatch(r"\d+\.\d+\.\d+", done.stdout.strip())
    assert installation.program("--version").stdout.strip() == f"alpclusters {done.stdout.strip()}"


def test_no_file_is_left_out(installation: Installation) -> None:
    package = next((installation.folder / "environment").rglob("alpclusters/__init__.py")).parent
    there = ROOT / "src" / "alpclusters"

    assert files_in(package) == files_in(there)


def files_in(package: Path) -> set[Path]:
    """List what is committed of a package: no translated sources, no compiled catalogues."""
    paths = (path.relative_to(package) for path in package.rglob("*") if path.is_file())
    return {path for path in paths if "__pycache__" not in path.parts and path.suffix != ".mo"}


def test_page_is_served(address: str) -> None:
    kind, page = fetch(f"{address}/en/")

    assert kind.startswith("text/html")
    assert b'<html lang="en"' in page


def test_slovenian_page_is_translated(address: str) -> None:
    translated = polib.pofile(str(po_path("sl"))).find("Skip to content").msgstr

    assert f">{translated}<" in fetch(f"{address}/sl/")[1].decode()


def test_style_sheet_and_font_have_hashed_names_and_arrive(address: str) -> None:
    page = fetch(f"{address}/en/")[1].decode()
    sheet = urljoin(address, first(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page))
    kind, css = fetch(sheet)
    font = urljoin(sheet, first(r"""url\(["']?([^"')]+\.[0-9a-f]{12}\.woff2)""", css.decode()))

    assert kind.startswith("text/css")
    assert fetch(font)[1][:4] == b"wOF2"


def test_doctor_finds_nothing_wrong_while_the_site_runs(
    address: str, installation: Installation
) -> None:
    done = installation.program("doctor")

    assert address
    assert done.returncode == 0, done.stdout + done.stderr
