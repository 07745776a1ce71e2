"""Words that say nothing by themselves, folded: a file for each language in ``stopwords``."""

from importlib.resources import files
from typing import Final

STOP_WORDS: Final = {
    file.name.removesuffix(".txt"): frozenset(file.read_text(encoding="utf-8").split())
    for file in files(__package__).joinpath("stopwords").iterdir()
    if file.name.endswith(".txt")
}
