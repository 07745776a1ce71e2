"""A request that cannot be read is answered with 400, readably, and the log stays short."""

import logging

import pytest
from django.test import Client

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MULTIPART = "multipart/form-data"
BROKEN = [
    f"{MULTIPART}; boundary=",
    MULTIPART,
    f"{MULTIPART}; boundary={'x' * 300}",
    f"{MULTIPART}; boundary=é",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=nonsense",
]
PATHS = ["/de/account/login/", "/de/about/", "/cafe/photo/", "/de/nowhere/", "/cafe/became/1/"]


@pytest.fixture
def lines(caplog):
    """What the server's log would show, with tracebacks."""
    caplog.set_level(logging.WARNING)
    return lambda: [logging.Formatter("%(message)s").format(one) for one in caplog.records]


def stranger() -> Client:
    """A browser that sends a form token of its own making."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrf"] = "x" * 32
    return client


@pytest.mark.parametrize("content_type", BROKEN)
@pytest.mark.parametrize("path", PATHS)
def test_a_form_that_cannot_be_read_is_refused_without_a_traceback(path, content_type, lines):
    found = stranger().generic("POST", path, b"csrfmiddlewaretoken=x", content_type=content_type)

    assert 400 <= found.status_code < 500, found.content
    assert "Traceback" not in "\n".join(lines())


def test_a_form_that_cannot_be_read_is_told_so_in_the_language_of_the_page():
    found = stranger().post("/de/account/login/", b"x", content_type=BROKEN[0])

    assert found.status_code == 400
    assert 'lang="de"' in found.content.decode()
    assert "<h1>" in found.content.decode()


def test_a_form_sent_to_an_address_that_reads_something_else_is_refused(lines):
    form = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'

    found = stranger().generic(
        "POST",
        "/cafe/became/1/",
        form,
        content_type=f"{MULTIPART}; boundary=x",
        headers={"sec-fetch-site": "same-origin"},
    )

    assert 400 <= found.status_code < 500
    assert "Traceback" not in "\n".join(lines())


def test_a_form_with_too_much_text_is_too_large(lines):
    text = b"a=" + b"x" * 1_100_000

    found = stranger().generic(
        "POST", "/de/account/login/", text, content_type="application/x-www-form-urlencoded"
    )

    assert found.status_code == 413
    assert "Traceback" not in "\n".join(lines())


@pytest.mark.parametrize("path", [*PATHS, "/", "/healthz", "/robots.txt"])
def test_another_name_of_the_server_is_refused_without_a_traceback(path, lines):
    found = stranger().get(path, headers={"host": "evil.example"})

    assert found.status_code == 400
    assert b"<h1>" in found.content
    assert "Traceback" not in "\n".join(lines())
