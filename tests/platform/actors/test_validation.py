"""The four rules of the ECCP: the nine cases of the specification, and Kleene's logic."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.actors.domain.judging import (
    MEMBER_TYPES,
    Outcome,
    Profile,
    Validity,
    validate,
)

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 25)
RECENT, LIMIT = TODAY - timedelta(days=90), TODAY - timedelta(days=730)


YES_NO_UNKNOWN = {"yes": True, "no": False, "-": None}
DAYS = {"90 d": RECENT, "730 d": LIMIT, "-": None}
PROGRAMME = "Regional programme (simulated)"
# Staff, English page, activity; sme, large, research, public; cooperation; programme; answers.
CASES = """
1.5 yes 90_d  20 2 3 1 -   -   pppp valid   -
0.4 yes 90_d  20 2 3 1 -   -   fppp invalid -
1.0 yes 90_d  12 - 1 1 -   -   ppup open    large
1.0 yes 90_d  12 1 1 0 -   -   ppfu invalid public_cooperation
1.0 yes 90_d  16 0 2 0 -   -   pppu open    public_cooperation
1.0 yes 90_d  16 0 0 0 yes -   pppf invalid -
-   no  -     20 0 1 1 -   -   ufpp invalid staff_fte
0.2 no  -     5  0 1 0 no  yes ffff waived  -
0.5 yes 730_d 13 1 1 0 yes -   pppp valid   -
"""


def read_case(line: str):
    """Read one case of the specification; civil society and others are known to be none."""
    words = [word.replace("_d", " d") for word in line.split()]
    counts = {
        name: None if word == "-" else int(word)
        for name, word in zip(("sme", "large", "research", "public"), words[3:7], strict=True)
    }
    is_recognised = YES_NO_UNKNOWN[words[8]]
    profile = Profile(
        staff_fte=None if words[0] == "-" else float(words[0]),
        has_english_page=YES_NO_UNKNOWN[words[1]],
        last_activity_on=DAYS[words[2]],
        **counts,
        civil=0,
        other=0,
        public_cooperation=YES_NO_UNKNOWN[words[7]],
        is_recognised=is_recognised,
        programme=PROGRAMME if is_recognised else "",
    )
    return profile, words[9], words[10], () if words[11] == "-" else (words[11],)


PROFILES_OF_CASES = [read_case(line) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("profile", "outcomes", "result", "missing"), PROFILES_OF_CASES)
def test_the_nine_cases_of_the_specification(profile, outcomes, result, missing):
    found = validate(profile, today=TODAY)

    assert "".join(rule.outcome[0] for rule in found.rules) == outcomes
    assert (found.result, found.missing) == (result, missing)


def test_recognition_without_the_name_of_a_programme_waives_nothing():
    profile = replace(PROFILES_OF_CASES[7][0], programme="")

    assert validate(profile, today=TODAY).result is Validity.INVALID


def test_a_day_past_the_limit_is_no_activity():
    profile = replace(PROFILES_OF_CASES[0][0], last_activity_on=LIMIT - timedelta(days=1))

    assert validate(profile, today=TODAY).rules[1].outcome is Outcome.FAIL


def test_of_nothing_known_everything_is_missing():
    found = validate(Profile(), today=TODAY)

    assert found.result is Validity.OPEN
    assert set(found.missing) == {
        "staff_fte",
        "has_english_page",
        "last_activity_on",
        "public_cooperation",
        *MEMBER_TYPES,
    }


COUNTS = st.none() | st.integers(0, 30)
YES_NO = st.none() | st.booleans()
PROFILES = st.builds(
    Profile,
    staff_fte=st.none() | st.sampled_from([0.0, 0.49, 0.5, 3.0]),
    has_english_page=YES_NO,
    last_activity_on=st.none() | st.sampled_from([RECENT, LIMIT, LIMIT - timedelta(days=1)]),
    public_cooperation=YES_NO,
    **dict.fromkeys(MEMBER_TYPES, COUNTS),
)
INPUTS = ("staff_fte", "has_english_page", "last_activity_on", "public_cooperation", *MEMBER_TYPES)


@given(less=PROFILES, more=PROFILES)
@pytest.mark.slow
def test_more_knowledge_never_turns_an_answer_around(less, more):
    """What is known stays; only unknown inputs are filled from another profile."""
    gaps = {name: getattr(more, name) for name in INPUTS if getattr(less, name) is None}
    fuller = replace(less, **gaps)

    before, after = (validate(one, today=TODAY) for one in (less, fuller))
    for old, new in zip(before.rules, after.rules, strict=True):
        assert old.outcome in {Outcome.UNKNOWN, new.outcome}
    assert before.result in {Validity.OPEN, after.result}


@given(profile=PROFILES)
def test_an_unknown_rule_names_what_would_answer_it_and_no_other_does(profile):
    for rule in validate(profile, today=TODAY).rules:
        assert bool(rule.missing) == (rule.outcome is Outcome.UNKNOWN)
        assert all(getattr(profile, name) is None for name in rule.missing)


@given(profile=PROFILES, other=PROFILES)
def test_an_answered_rule_needs_none_of_the_unknown_inputs(profile, other):
    """Filling everything that the open rules miss closes them."""
    first = validate(profile, today=TODAY)
    answers = {name: getattr(other, name) for name in first.missing}
    answers = {name: value if value is not None else _some(name) for name, value in answers.items()}

    assert validate(replace(profile, **answers), today=TODAY).result is not Validity.OPEN


def _some(name):
    values = {"staff_fte": 1.0, "has_english_page": True, "last_activity_on": RECENT}
    return values.get(name, False if name == "public_cooperation" else 0)
