"""How the answers came in: told wherever not all came from phones, in time, uninformed."""

from alpclusters.platform.evaluation.domain.science import Arrivals, SourceLine
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Block, Cell, Column, Heading, Paragraph, Table
from alpclusters.reports.numbers import format_integer, format_percent


def arrivals_section(arrivals: Arrivals | None, language: str) -> list[Block]:
    """Return counts by source and what was late or informed; empty for plain phone ratings."""
    if arrivals is None or arrivals.is_plain:
        return []
    # Where every number is withheld a table would say nothing.
    is_told = any(line.n_people is not None for line in arrivals.sources)
    return [
        Heading(translator(language).gettext("How the answers came in")),
        *([arrivals_table(arrivals, language)] if is_told else []),
        Paragraph(" ".join(arrival_sentences(arrivals, language)), "note"),
    ]


def arrivals_table(arrivals: Arrivals, language: str) -> Table:
    """Count people and answers by source."""
    text = translator(language)
    columns = (
        Column(text.gettext("Source")),
        Column(text.gettext("People"), "number", decimals=0),
        Column(text.gettext("Answers"), "number", decimals=0),
        Column(text.gettext("Share of the answers"), "percent", decimals=0),
    )
    rows = tuple(
        (_word(line, language), *_numbers(line, arrivals.n_answers)) for line in arrivals.sources
    )
    return Table(columns, rows, text.gettext("Answers that stand, by source"))


def arrival_sentences(arrivals: Arrivals, language: str) -> list[str]:
    """Say how many answers were late or informed, and that no figure is split by source."""
    text = translator(language)
    told = {
        "n_late": text.gettext(
            "Given after the input was stopped: %(k)s of %(n)s answers (%(share)s)."
        ),
        "n_informed": text.gettext(
            "Given after first results were shown: %(k)s of %(n)s answers (%(share)s)."
        ),
    }
    few = {
        "n_late": text.gettext(
            "Few answers, or nearly all, were given after the input was stopped; how many is "
            "withheld."
        ),
        "n_informed": text.gettext(
            "Few answers, or nearly all, were given after first results were shown; how many is "
            "withheld."
        ),
    }
    sentences = [
        few[name] if k is None else sentence % _share(k, arrivals.n_answers, language)
        for name, sentence in told.items()
        for k in [getattr(arrivals, name)]
        if k != 0
    ]
    return [*sentences, text.gettext("All count alike; no figure is split by source.")]


def _numbers(line: SourceLine, n: int) -> tuple[Cell, ...]:
    if line.n_people is None or line.n_answers is None:
        return WITHHELD, WITHHELD, WITHHELD
    return line.n_people, line.n_answers, line.n_answers / n


def _word(line: SourceLine, language: str) -> str:
    text = translator(language)
    words = {
        "phone": text.gettext("phone"),
        "proxy": text.gettext("entered for somebody present"),
        "paper": text.gettext("paper"),
    }
    return words[line.source]


def _share(k: int, n: int, language: str) -> dict[str, str]:
    return {
        "k": format_integer(k, language),
        "n": format_integer(n, language),
        "share": format_percent(k / n, language),
    }
