"""Sheets say which grants are undecided, and that a scenario is not the law, in five languages."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest

from alpclusters.analysis.funding.rulebooks import BY_DATE, PROLONGED, TRANSITION
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import Panel, walk
from alpclusters.reports.funding import build_proof, build_report, write_mix_file
from tests.analysis.funding.check.pieces import line, offer, one_firm
from tests.analysis.funding.test_law_in_time import mixed

pytestmark = pytest.mark.integration
DAY = dt.date(2026, 12, 1)


def late(rulebook=BY_DATE):
    """A cost that one offer pays without aid, and one under an article whose act has ended."""
    free = offer("free", 1_000, title="Messezuschuss", articles={"*": "none"})
    ended = offer(
        "ended",
        5_000,
        title="Beratung 2027",
        articles={"*": "GB-28"},
        grant_date=dt.date(2027, 1, 1),
    )
    case = one_firm([line("l", "P", 10_000)], [free, ended], rulebook=rulebook)
    return replace(case, title="After the end")


def panels(document):
    return [block for block in walk(document.blocks) if isinstance(block, Panel)]


@pytest.mark.parametrize("build", [build_proof, build_report])
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_an_undecided_offer_stands_with_name_and_day_at_the_front(build, language):
    case = late()

    said = "\n".join(repr(one) for one in panels(build(case, mixed(case), language, day=DAY)))

    assert "Beratung 2027" in said
    assert "2027" in said.replace("Beratung 2027", "")
    assert "%(" not in said


@pytest.mark.parametrize(("rulebook", "words"), [(PROLONGED, "as if"), (TRANSITION, "transition")])
@pytest.mark.parametrize("build", [build_proof, build_report])
def test_a_reading_beyond_the_act_is_marked_at_the_front(build, rulebook, words):
    case = late(rulebook)

    titles = [one.title for one in panels(build(case, mixed(case), "en", day=DAY))]

    assert any(words in title for title in titles)


def test_a_scenario_stands_in_the_foot_of_each_page_and_the_law_itself_does_not():
    scenario, law = late(PROLONGED), late()

    marked = build_proof(scenario, mixed(scenario), "en", day=DAY)
    plain = build_proof(law, mixed(law), "en", day=DAY)

    assert "as if it were prolonged" in marked.foot_note
    assert "as if it were prolonged" not in plain.foot_note


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_files_name_the_undecided_offer(ending):
    case = late()
    data = write_mix_file(case, mixed(case), kind="proof", ending=ending, language="de", day=DAY)

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        text = "".join(
            packed.read(name).decode("utf-8", "ignore")
            for name in packed.namelist()
            if name.endswith(".xml")
        )
    assert "Beratung 2027" in text
    assert "die Regel für diesen Tag ist nicht bekannt" in text
