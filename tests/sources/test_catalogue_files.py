"""Catalogue files: the same entries from YAML and tables; bombs end in the child."""

import pytest

from alpclusters.analysis.errors import FileFormatError, RecordError
from alpclusters.sources.catalogue_files import read_catalogue_file

YAML = """
- key: timber
  name_en: Timber
  territory: [AT32, SI]
  starts_on: 2021-01-01
- just words
"""
CSV = """key,name_en,territory,starts_on,terms
timber,Timber,"AT32, SI",2021-01-01,
bad,Bad,,,{
"""


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    return path


@pytest.mark.parametrize(("name", "text"), [("a.yaml", YAML), ("a.csv", CSV)])
def test_yaml_and_table_say_the_same_and_what_is_none_is_told(tmp_path, name, text):
    entry, error = read_catalogue_file(write(tmp_path, name, text))

    assert dict(entry.fields) == {
        "key": "timber", "name_en": "Timber", "territory": ["AT32", "SI"],
        "starts_on": "2021-01-01",
    }  # fmt: skip
    assert isinstance(error, RecordError)


BOMB = "a: &a [x, x]\n" + "".join(f"b{k}: &b{k} [*a, *a]\n" for k in range(20))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "yaml.alias"),
        ("- &a [*a]", "yaml.alias"),
        ("[" * 60 + "]" * 60, "yaml.too_large"),
        ("- x\n" * 250_000, "yaml.too_large"),
        ("- !!python/object/apply:os.system ['true']", "yaml.unreadable"),
        ("- {a: 1", "yaml.unreadable"),
        ("a: 1", "catalogue.no_list"),
        ("[]", "catalogue.no_list"),
        ("- a\n" * 5_001, "catalogue.too_many"),
    ],
)
def test_hostile_yaml_is_refused_with_a_code(tmp_path, text, code):
    with pytest.raises(FileFormatError) as caught:
        read_catalogue_file(write(tmp_path, "a.yaml", text))

    assert caught.value.code == code
