import pytest

from alpclusters.platform.languages.folding import fold, foldings

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Maßnahme", "massnahme"),
        ("Žilina", "zilina"),
        ("Grozd čista moč", "grozd cista moc"),
        ("L’été\u00a02026", "l'ete 2026"),
        ("Đorđe", "dorde"),
        ("œuvre", "oeuvre"),
        ("Zas\u00adtava", "zastava"),
    ],
)
def test_accents_and_signs_fold(written, typed):
    assert fold(written) == fold(typed) == typed


@pytest.mark.parametrize("typed", ["Kärnten", "Karnten", "kaernten", "KÄRNTEN"])
def test_umlaut_is_found_with_one_letter_and_with_two(typed):
    assert foldings("Kärnten") & foldings(typed)


def test_decomposed_letters_fold_like_composed_ones():
    assert fold("Z\u030cilina") == fold("Žilina")
