"""The live process knows every page that takes a file, and how large a file it takes."""

import re
from pathlib import Path

from django.urls import reverse

import alpclusters.www
from alpclusters.live.bodies import SHORT
from alpclusters.live.uploads import MEGABYTE, Uploads
from alpclusters.platform.configuration import load_configuration
from alpclusters.sources import budget_tables, de_minimis_registers, logos, photos, word_templates
from alpclusters.sources.statistics_tables import MAX_BYTES as STATISTICS
from alpclusters.www.workspace.cafes.prepare.margins import MOST_BYTES as SHARES
from alpclusters.www.workspace.documents.editing import MOST_BYTES as DOCUMENT

TEMPLATES = Path(alpclusters.www.__file__).parent / "templates"
LIST = 100 * MEGABYTE
# Template with a form that sends a file, an address of its page, the bytes the page takes.
PAGES = {
    "workspace/imports/new.html": ("import-new", (), LIST),
    "workspace/initiative_imports/new.html": ("initiative-import-new", (), LIST),
    "workspace/documents/edit.html": ("document-edit", ("a-key",), DOCUMENT),
    "workspace/plan_files/page.html": (
        "plan_files",
        (7,),
        word_templates.MOST_MEGABYTES * MEGABYTE,
    ),
    "workspace/funding_cases/import.html": ("funding_case_new", (), 10 * MEGABYTE),
    "workspace/funding_cases/upload.html": ("funding_upload", (7,), 10 * MEGABYTE),
    "workspace/funding_cases/account_register.html": (
        "funding_account_register",
        (7, "a-key"),
        de_minimis_registers.MAX_BYTES,
    ),
    "workspace/schemes/budgets.html": ("budget-import", (), budget_tables.MAX_BYTES),
    "workspace/measures/picture.html": ("measure_picture", ("a-key",), photos.MAX_BYTES),
    "workspace/cafes/prepare/official.html": ("cafe_official", (7,), STATISTICS),
    "workspace/profiles/part.html": ("profile-part", ("a-slug", "logo"), logos.MAX_BYTES),
}
# A photograph of a card, from phones and hosts without an account, and a table of shares fit into
# a short body.
SHORT_PAGES = {"cafe/host/_cards.html", "workspace/cafes/prepare/margins.html"}


def test_every_page_that_takes_a_file_has_room_for_it(tmp_path):
    uploads = Uploads(None, load_configuration({"ALPCLUSTERS_HOME": str(tmp_path)}))

    sending = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if "multipart/form-data" in path.read_text(encoding="utf-8")
    }

    assert sending == PAGES.keys() | SHORT_PAGES
    for name, arguments, most in PAGES.values():
        path = reverse(f"workspace:{name}", args=arguments)
        assert re.match(r"/[a-z]{2}/workspace/", path)
        assert uploads.limit_of(path) > most + 100_000, name
    assert max(photos.MAX_BYTES, SHARES) + 90_000 < SHORT


def test_new_documents_have_the_room_of_changed_ones(tmp_path):
    uploads = Uploads(None, load_configuration({"ALPCLUSTERS_HOME": str(tmp_path)}))

    assert uploads.limit_of(reverse("workspace:document-new")) > DOCUMENT
    assert uploads.limit_of(reverse("workspace:documents")) == SHORT
    assert uploads.limit_of(reverse("account_login")) == SHORT
