"""Who answers for an installation is data: one body, nothing forgotten on a public address."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.operation.checkup import examine
from alpclusters.platform.trust.domain.bodies import (
    change_body,
    missing_of,
    owes_imprint,
    responsible_body,
)
from alpclusters.platform.trust.models import ResponsibleBody
from tests.factories.trust import BODY

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def on_public_address(settings):
    settings.CONFIGURATION = replace(settings.CONFIGURATION, address="https://alp.example.org")


def imprint_line():
    checks = examine(settings.CONFIGURATION, translator("de"))
    [found] = [check for check in checks if check.name == "imprint"]
    return found


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://alp.example.org", True),
        ("http://alp.example.org:8000", True),
        ("https://8.8.8.8", True),
        ("https://[2a00:1450:4001::1]", True),
        ("http://127.0.0.1:8000", False),
        ("http://192.168.4.1:8000", False),
        ("http://[fe80::1]:8000", False),
        ("http://localhost:8000", False),
        ("https://hall.local", False),
        ("https://alp.home.arpa", False),
    ],
)
def test_an_address_is_public_if_it_is_known_everywhere(address, expected):
    assert load_configuration({"ALPCLUSTERS_ADDRESS": address}).is_public is expected


def test_nobody_answers_for_a_new_installation():
    assert missing_of(responsible_body()) == [
        "name",
        "address",
        "email",
        "legal_basis",
        "officer_email",
    ]


def test_a_text_in_one_language_counts_for_all():
    change_body(BODY)

    assert missing_of(responsible_body()) == []
    with override("sl"):
        assert responsible_body().legal_basis == "Art. 6 Abs. 1 lit. e DSGVO"


def test_a_body_that_needs_no_officer_misses_none():
    change_body(BODY | {"officer_name": "", "officer_email": "", "needs_no_officer": True})

    assert missing_of(responsible_body()) == []


def test_the_fields_that_changed_are_named():
    change_body(BODY)

    texts = BODY["legal_basis"] | {"sl": "x"}
    assert change_body(BODY | {"phone": "1", "legal_basis": texts}) == ["phone", "legal_basis"]


def test_there_is_one_body_only():
    change_body(BODY)
    change_body(BODY | {"name": "Another agency"})

    assert [body.name for body in ResponsibleBody.objects.all()] == ["Another agency"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponsibleBody.objects.bulk_create([ResponsibleBody(pk=2)])


def test_doctor_only_warns_where_nobody_comes_from_outside():
    assert imprint_line().state == "warning"
    assert not owes_imprint()


@pytest.mark.usefixtures("on_public_address")
def test_doctor_fails_on_a_public_address_until_the_imprint_is_complete():
    assert imprint_line().state == "error"
    assert "Postanschrift" in imprint_line().finding
    assert owes_imprint()

    change_body(BODY)

    assert imprint_line().state == "ok"
    assert not owes_imprint()
