"""What every answer keeps to, whoever asks: methods, addresses elsewhere, debugging, storage.

The headers of each page are judged where each page is asked: tests/permissions/headers.py.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.permissions.asking import address_of
from tests.permissions.table import ROWS
from tests.permissions.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SOURCES = Path(__file__).resolve().parents[2] / "src" / "alpclusters"
SCRIPTS = SOURCES / "www" / "static" / "js"
A_YEAR = 31_536_000
# Script -> what it keeps in the browser. Nothing of it is a page that somebody signed in for.
STORES = {
    "theme.js": "light or dark",
    "cafe/store.js": "answers of a phone that wait for the connection, until they are acknowledged",
    "cafe/sender.js": "the same, while they are sent",
    "cafe/pocket.js": "the sheet of the phone without connection",
    "cafe/host.js": "notes of a table host that wait for the connection",
}
STORAGE = re.compile(r"\b(localStorage|sessionStorage|indexedDB)\b")
PASSWORD = "Ein Hut im Wind 48"


@pytest.mark.slow
def test_no_page_gives_the_headers_of_a_trace_back(world: World):
    canary, echoing = "canary-4711", []
    for row in ROWS.values():
        path = address_of(row, next(iter(row.outcomes)), world)
        client = world.clients["administrator"]
        response = client.generic("TRACE", path, headers={"X-Canary": canary})
        if canary in str(response.headers) or canary.encode() in response.getvalue():
            echoing.append(row.name)

    assert echoing == []


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "\\\\evil.example"]
)
def test_signing_in_leads_to_pages_of_this_site_only(client: Client, elsewhere: str):
    get_user_model().objects.create_user(email="ana@agency.example", password=PASSWORD)

    answer = client.post(
        "/en/account/login/",
        {"login": "ana@agency.example", "password": PASSWORD, "next": elsewhere},
    )

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/")
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("folder", ["/static/", "/static/js/", "/static/js/cafe/"])
def test_no_folder_is_listed(client: Client, folder: str):
    assert client.get(folder).status_code == 404


def test_only_named_scripts_store_anything_in_the_browser():
    storing = {
        path.relative_to(SCRIPTS).as_posix()
        for path in SCRIPTS.rglob("*.js")
        if STORAGE.search(path.read_text(encoding="utf-8"))
    }

    assert storing == set(STORES)


def test_only_one_script_writes_to_a_name_it_was_sent_and_to_what_inherits_nothing():
    writing = {
        path.relative_to(SCRIPTS).as_posix()
        for path in SCRIPTS.rglob("*.js")
        if re.search(r"^\s*[\w.]+\[[a-z]\w*\] = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert writing == {"cafe/sse.js"}
    assert "Object.create(null)" in (SCRIPTS / "cafe" / "sse.js").read_text(encoding="utf-8")


def test_no_script_listens_to_messages_of_other_windows():
    taking = [
        path.name
        for path in SCRIPTS.rglob("*.js")
        if re.search(
            r"window\.(addEventListener\(\s*.message|onmessage)|\.postMessage\(.*\*",
            path.read_text(encoding="utf-8"),
        )
    ]

    assert taking == []


def test_https_address_brings_secure_cookies_and_a_year_of_https(tmp_path):
    asked = (
        "import django, json; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from django.test import Client\n"
        "client = Client(headers={'host': 'alp.example.org'})\n"
        "answer = client.get('/de/account/login/', secure=True)\n"
        "print(json.dumps({'status': answer.status_code,\n"
        "    'hsts': answer.headers['Strict-Transport-Security'],\n"
        "    'cookies': {c.key: bool(c['secure']) for c in answer.cookies.values()}}))\n"
    )
    environment = {
        **os.environ,
        "ALPCLUSTERS_HOME": str(tmp_path),
        "ALPCLUSTERS_ADDRESS": "https://alp.example.org",
        "ALPCLUSTERS_STATIC": "finders",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }
    environment.pop("DATABASE_URL", None)

    run = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, check=True, text=True
    )
    told = json.loads(run.stdout.splitlines()[-1])

    assert told["status"] == 200
    assert told["hsts"] == f"max-age={A_YEAR}; includeSubDomains"
    assert told["cookies"]
    assert all(name.startswith("__Host-") or name == "language" for name in told["cookies"])
    assert all(told["cookies"].values())
