from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from alpclusters.www.public.reporting import FigureField

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "1.234,5", "1234.5"),
        ("en", "1,234.5", "1234.5"),
        ("fr", "1 234,5", "1234.5"),
        ("de", "1.234", "1234"),
        ("en", "1.234", "1.234"),
        ("en", "1,234", "1234"),
        ("sl", "1,234", "1.234"),
        ("de", "1.234.567", "1234567"),
        ("it", "12,5", "12.5"),
        ("de", "12.5", "12.5"),
        ("de", "-3,25", "-3.25"),
        ("en", "7", "7"),
    ],
)
def test_number_is_read_as_its_language_writes_it(language, text, value):
    with translation.override(language):
        assert FigureField().clean(text) == Decimal(value)


@pytest.mark.parametrize("text", ["half", "1..2", "NaN", "Infinity", "1e400", "12,5,"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValidationError):
        FigureField().clean(text)
