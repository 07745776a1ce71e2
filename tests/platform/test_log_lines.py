"""Lines of the log: one object each, in UTC, telling what was refused or broke and nothing more."""

import io
import json
import logging

import pytest
from django.test import Client
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.log_lines import JsonFormatter
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def broken(_request):
    raise RuntimeError("the sky fell")


urlpatterns = [path("broken/", broken)]


@pytest.fixture
def lines():
    """What Django writes while the test runs, as objects."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(before)


@given(st.text())
def test_no_text_begins_a_line_of_its_own(text):
    record = logging.LogRecord("any", logging.WARNING, "", 0, "sent: %s", (text,), None)

    line = JsonFormatter().format(record)

    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert json.loads(line)["text"] == f"sent: {text}"


def test_time_is_in_utc():
    record = logging.LogRecord("any", logging.WARNING, "", 0, "x", (), None)

    assert json.loads(JsonFormatter().format(record))["at"].endswith("+00:00")


def test_page_that_is_refused_is_logged_without_who_asked(client, lines):
    client.force_login(make_user(email="ana@example.org"))
    client.get("/en/workspace/people/?word=secret4711")

    (line,) = lines()
    assert (line["level"], line["status"]) == ("WARNING", "403")
    assert "/en/workspace/people/" in line["text"]
    assert "secret4711" not in json.dumps(line)
    assert "ana" not in json.dumps(line)
    # Twenty lines of the program for each refusal that anybody can ask for would fill the log.
    assert "error" not in line


def test_error_nobody_expected_is_logged_with_its_place_and_told_to_nobody(settings, lines):
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False
    answer = Client(raise_request_exception=False).get("/broken/")

    (line,) = lines()
    assert (line["level"], line["status"]) == ("ERROR", "500")
    assert "the sky fell" in line["error"]
    assert "the sky fell" not in answer.content.decode()
