"""A joint call from the choice of schemes to what would let a missing region join; then the map."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch

pytestmark = [pytest.mark.e2e]

# What the demonstration has, a project, and somebody who plans its funding.
PREPARE = """
import django
django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from alpclusters.platform.accounts.sessions import SessionStore
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.models import RoleAssignment
from alpclusters.platform.funding.domain.policy_mixing.demonstration import (
    load_demonstration_policy_mix,
)
from alpclusters.platform.partnership.models import Project

load_demonstration_policy_mix()
project = Project.objects.create(slug="e2e-joint", acronym="Joint", kind=Project.Kind.DEMONSTRATION)
user = User.objects.create_user("joint@example.org", None, language="de")
RoleAssignment.objects.create(user=user, role=Role.POLICY_MAKER, project=project)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(settings.SESSION_COOKIE_NAME, session.session_key)
"""


def run(server, program):
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(server.home), "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=False, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture
def planner(server, browser):
    """A page of somebody who plans funding, in German on a laptop."""
    cookie, key = run(server, PREPARE)
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    watch = Watch(context, server.address)
    context.add_cookies([{"name": cookie, "value": key, "url": server.address}])
    yield context.new_page()
    watch.assert_clean()
    context.close()


def test_call_is_designed_a_missing_region_helped_and_a_pair_read(server, planner):
    planner.goto(f"{server.address}/de/workspace/schemes/new/")
    planner.get_by_label("Titel").fill("Leichtbau gemeinsam")
    for box in planner.locator('[name="schemes"]').all():
        box.check()
    planner.get_by_role("button", name="Speichern").click()

    expect(planner.get_by_role("heading", level=1)).to_have_text("Leichtbau gemeinsam")
    expect(planner.locator(".lead")).to_contain_text("Die größte Gruppe, die passt")
    ticino = planner.locator("#simulated-scheme-ch07")
    expect(ticino).to_contain_text("passt nicht")
    expect(ticino).to_contain_text("Kleinste Menge von Änderungen")
    expect(ticino).to_contain_text("Fördersatz bis 50 %")
    planner.set_viewport_size({"width": 320, "height": 700})
    width = planner.evaluate("document.documentElement.scrollWidth")
    assert width <= 320

    planner.set_viewport_size({"width": 1280, "height": 900})
    planner.goto(f"{server.address}/de/funding/synergies/?simulated=1")
    planner.get_by_role("link", name="Tirol – Slowenien").first.click()

    expect(planner.locator("main")).to_contain_text("Tirol sucht, was Slowenien bietet")
    expect(planner.locator(".ac-phead")).to_contain_text("simuliert")
