"""Which passwords are refused, with which sentence, and which everyday ones are taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from alpclusters.platform.accounts.models import Role, User
from tests.factories.accounts import make_user_with
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ANA = User(email="ana.kobal@razvoj-posocje.si", name="Ana Kobal-Dolenc")


def codes(password: str, user: User | None = None) -> set[str]:
    """The rules a password breaks; none, if it is taken."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {one.code for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("lark-in-may", "password_too_short"),
        ("telechargement", "password_too_common"),
        ("password1234", "password_too_common"),
        ("aaaaaaaaaaaa", "password_repeats"),
        ("abababababab", "password_repeats"),
        ("passwordpassword", "password_repeats"),
        ("wiese7-wiese7-", "password_repeats"),
        ("123456789012", "password_rows"),
        ("qwertyuiopas", "password_rows"),
        ("poiuztrewqlk", "password_rows"),  # the row of a German keyboard, backwards
        ("azertyuiopqs", "password_rows"),  # of a French one
        ("abcdefgh4321", "password_rows"),
        ("1qay2wsx3edc", "password_rows"),  # down the columns
        ("Sommer2026!!", "password_words"),
        ("geslo-geslo9!", "password_words"),
        ("Willkommen2027", "password_words"),
        ("P@sswort_2026", "password_words"),
        ("alpclusters12", "password_names"),
        ("AlpCafe-2026!", "password_names"),
    ],
)
def test_password_that_is_tried_first_is_refused_with_its_rule(password, code):
    assert code in codes(password)


@pytest.mark.parametrize(
    "password",
    ["ana-kobal-2026", "KobalDolenc12", "razvojposocje!", "Dolénc-Köbal-1", "kobalpassword"],
)
def test_own_name_and_address_are_no_password(password):
    assert "password_names" in codes(password, ANA)


def test_name_of_the_own_project_is_no_password():
    project = make_project(acronym="SilverPass", name={"en": "Timber for the Valley"})
    user = make_user_with(Role.MEMBER, project=project)

    assert codes("silverpass2026", user) == {"password_names"}
    assert codes("TimberValley1", user) == {"password_names"}
    assert codes("silverpass2026") == set()


@pytest.mark.parametrize(
    "password",
    [
        "the larch turns gold in october",
        "Der Bahnhof liegt am See",
        "trois marmottes sous la pluie",
        "jutri bo dez v Bohinju",
        "una nevicata nel mese di giugno",
        "k7#mV2x!Rq9z",
        "alpclusters und siebzehn Kühe",
        "passwort liegt im Brunnen",
        "高山の花は六月に咲きますよね",
    ],
)
def test_sentence_or_random_signs_are_taken(password):
    assert codes(password, ANA) == set()


def test_every_refusal_names_a_way_out():
    for password in ("telechargement", "abababababab", "123456789012", "Sommer2026!!"):
        with pytest.raises(ValidationError) as refused:
            validate_password(password)
        assert all("sentence" in text or "words" in text for text in refused.value.messages)
        assert password not in " ".join(refused.value.messages)
