"""What a repair releases, and that nothing it hides follows from how it hides it."""

import pytest

from alpclusters.analysis.disclosure import (
    CHANGE,
    MISSING,
    STANDING,
    Block,
    Register,
    Split,
    Tree,
    audit,
    count_statements,
    publish_block,
    repair,
    verify,
)
from tests.analysis.disclosure.events import VALUES, event

pytestmark = pytest.mark.unit

MIXED = [2, 3, 4, 5, 4, 3, 1, 4, 5, 2]
TWO = Tree({"firm": None, "public": None, "research": None})


def block_of(answers, key="m"):
    return Block.of(key, answers, values=VALUES)


def two_groups(first, second, name="role"):
    return Split(name, ("firm",) * first + ("public",) * second, TWO)


def forms(done):
    return [(one.everyone, one.splits) for one in done.forms]


# --- small events -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "form"), [(4, "withheld"), (5, "bands"), (9, "bands"), (10, "counts"), (19, "counts")]
)
def test_an_event_of_few_people_shows_little_and_no_groups(n, form):
    done = repair([block_of((MIXED * 2)[:n])], [two_groups(n // 2, n - n // 2)])

    assert forms(done) == [(form, ("withheld",))]
    assert not done.splits[0].partition.is_split
    assert done.is_safe


def test_from_twenty_people_on_groups_of_ten_are_shown():
    done = repair([block_of(MIXED * 2)], [two_groups(10, 10)])

    assert forms(done) == [("counts", ("counts",))]
    assert [(one.node, one.n) for one in done.splits[0].groups] == [("firm", 10), ("public", 10)]


def test_who_answered_nothing_is_in_no_group():
    done = repair([block_of([*MIXED * 2, MISSING])], [two_groups(10, 11)])

    assert done.everyone == frozenset(range(20))
    assert done.splits[0].groups[1].n == 10


# --- the choice of groups -----------------------------------------------------------------------


def test_groups_of_an_event_do_not_depend_on_what_was_answered():
    blocks, splits = event(60, 4, 1)
    turned = [block.with_answers(block.answers[::-1]) for block in blocks]

    one, other = (repair([*each, block_of(MIXED * 6, "all")], splits) for each in (blocks, turned))

    assert [s.partition for s in one.splits] == [s.partition for s in other.splits]


@pytest.mark.slow
def test_no_cell_of_two_splits_holds_one_to_four_people():
    for seed in range(12):
        done = repair(*event(30 + 10 * seed, 2, seed))
        role, region = done.splits
        cells = [len(one & other) for one in role.people for other in region.people]
        if role.partition.is_split and region.partition.is_split:
            assert all(n == 0 or n >= 5 for n in cells)


def test_crossing_splits_are_joined_and_the_reason_is_said():
    first = Split("role", ("firm",) * 12 + ("public",) * 12, TWO)
    second = Split("region", ("firm",) * 9 + ("public",) * 12 + ("firm",) * 3, TWO)

    done = repair([block_of((MIXED * 3)[:24])], [first, second])

    assert sorted(len(one.groups) for one in done.splits) == [1, 2]
    assert {one.code for one in done.reasons} == {"crossed", "dropped", "passed"}


def test_joined_codes_are_named_with_their_numbers():
    codes = ("firm",) * 14 + ("public",) * 6 + ("research",) * 5
    done = repair([block_of((MIXED * 3)[:25])], [Split("role", codes, TWO)])

    merged = next(one.parameters for one in done.reasons if one.code == "merged")

    assert (merged["n_codes"], merged["n_small"]) == (3, 2)
    assert merged["groups"] == (("firm", ("firm",), 14), (None, ("public", "research"), 11))


# --- rule U -------------------------------------------------------------------------------------


def test_one_group_that_agrees_closes_all_groups_of_both_splits():
    answers = [4] * 10 + [1, 2, 3, 4, 5] * 2
    region = Split("region", ("firm", "public") * 10, TWO)

    done = publish_block(
        block_of(answers),
        range(20),
        [[frozenset(range(10)), frozenset(range(10, 20))],
         [frozenset(range(0, 20, 2)), frozenset(range(1, 20, 2))]],
        release="r",
    )  # fmt: skip

    assert region.codes[0] == "firm"
    assert (done.forms[0].everyone, done.forms[0].splits) == ("counts", ("withheld",) * 2)
    assert done.forms[0].is_alike


@pytest.mark.parametrize(
    ("answers", "form"),
    [
        ([4] * 12, "withheld"),
        ([4] * 11 + [2], "withheld"),
        ([4] * 10 + [2, 3], "counts"),
        ([4] * 24 + [5], "high"),
    ],
)
def test_nearly_everybody_alike_is_not_shown_as_counts(answers, form):
    done = repair([block_of(answers)], [])

    assert forms(done) == [(form, ())]
    assert done.is_safe


def test_three_bands_never_help_where_one_value_has_all_answers_but_one():
    # A value with n - 1 answers lies in a band with at least n - 1: that step would be empty.
    for answers in ([4] * 11 + [5], [4] * 11 + [3], [2] * 12):
        told = publish_block(block_of(answers), range(12), [], release="r")
        assert told.forms[0].everyone == "withheld"


def test_a_split_with_a_group_of_few_judgements_is_not_shown():
    answers = (MIXED * 3)[:20] + ["cannot_judge"] * 6 + [3, 4, 5, 2]
    role = [frozenset(range(20)), frozenset(range(20, 30))]
    region = [frozenset(range(0, 30, 2)), frozenset(range(1, 30, 2))]

    told = publish_block(block_of(answers), range(30), [role, region], release="r")

    assert told.forms[0].splits == ("withheld", "counts")


# --- what hiding tells --------------------------------------------------------------------------

# Group A has nine answers 4 and one 3; B has 4 twice, 3 five times, 2 seven times. Only in A can
# nearly all have agreed, so "withheld" tells the one of A with the other answer what all said.
TELLING = [4] * 9 + [3] + [4] * 2 + [3] * 5 + [2] * 7
GROUPS = [[frozenset(range(10)), frozenset(range(10, 24))]]


def test_that_groups_are_withheld_tells_one_participant_the_answers_of_all_others():
    block = block_of(TELLING)
    told = publish_block(block, range(24), GROUPS, release="r")

    with_mark = audit(Register().add(told.public), [block])
    without = audit(Register(Register().add(told.public).statements), [block])

    assert told.forms[0].splits == ("withheld",)
    assert [(one.people, one.participant) for one in with_mark.found] == [(frozenset(range(9)), 9)]
    assert without.is_safe


def test_a_world_in_which_something_else_would_be_public_is_no_witness():
    block = block_of(TELLING)
    told = publish_block(block, range(24), GROUPS, release="r")
    statements = Register().add(
        [*told.public[: len(VALUES) - 1],
         *count_statements(block, range(24), release="r")]
    )  # fmt: skip
    kept = Register(statements.statements)

    def replay(other):
        # Without the mark, only the replay knows that the groups are hidden because of answers.
        return publish_block(other, range(24), GROUPS, release="r")

    # Keep the groups apart, as whoever knows the rule does.
    apart = [
        type(kept.statements[0])("m", group, (0,) * len(VALUES), 0, 0, "r") for group in GROUPS[0]
    ]
    plain = audit(kept.add(apart), [block])
    replayed = audit(kept.add(apart), [block], replay=replay)

    assert plain.is_safe
    assert frozenset(range(9)) in {one.people for one in replayed.found}


def test_a_repair_finds_a_form_that_does_not_tell_by_being_chosen():
    other = block_of((MIXED * 3)[:24], "other")
    done = repair([block_of(TELLING), other], [two_groups(10, 14)])

    assert done.is_safe
    assert forms(done) == [("withheld", ("withheld",)), ("counts", ("counts",))]
    assert [one.code for one in done.steps] == ["audit", "held", "audit", "held", "chosen"]
    assert [one.parameters["block"] for one in done.reasons if one.code == "alike"] == ["m"]


# --- releases in time ---------------------------------------------------------------------------


def test_late_people_too_few_to_be_hidden_are_left_out():
    first = block_of([*MIXED * 2, *[MISSING] * 3])
    then = repair([first], [two_groups(10, 13)], release="Monday")
    late = block_of([*MIXED * 2, 5, 1, 5])

    done = repair([late], [two_groups(10, 13)], earlier=then.register, release="Friday")

    assert done.everyone == frozenset(range(20))
    assert [one.parameters for one in done.reasons if one.code == "late"] == [{"n": 3}]
    assert done.is_safe


def test_ten_late_people_are_shown_and_the_difference_is_audited():
    first = block_of([*MIXED * 2, *[MISSING] * 10])
    then = repair([first], [], release="Monday")

    done = repair([block_of(MIXED * 3)], [], earlier=then.register, release="Friday")

    assert done.everyone == frozenset(range(30))
    assert forms(done) == [("counts", ())]


def test_a_release_that_was_taken_back_still_counts():
    block = block_of(MIXED * 2)
    taken_back = count_statements(block, range(19), release="withdrawn")

    with_it = audit(
        Register().add(taken_back).add(count_statements(block, range(20), release="new")), [block]
    )
    without = audit(Register().add(count_statements(block, range(20), release="new")), [block])

    assert with_it.people == {19}
    assert without.is_safe


def test_what_was_given_away_before_does_not_stop_a_release_that_adds_nothing():
    block = block_of([4] * 5 + MIXED + MIXED)
    bad = Register().add(count_statements(block, range(5), release="old"))

    done = repair([block], [], earlier=bad)

    assert not done.audit.is_safe
    assert done.before.people == done.audit.people == frozenset(range(5))
    assert done.is_safe


# --- second round -------------------------------------------------------------------------------


def pairs_block(pairs):
    return Block.of("m", pairs, values=[(one, other) for one in VALUES for other in VALUES])


def test_a_second_round_shows_what_stands_and_how_many_changed():
    before, after = MIXED * 3, [*MIXED, *MIXED[::-1], *MIXED[::-1]]
    done = repair([pairs_block(list(zip(before, after, strict=True)))], [two_groups(15, 15)])

    assert done.is_safe
    assert [(one.part, one.everyone) for one in done.forms] == [
        (STANDING, "counts"),
        (CHANGE, "bands"),
    ]


def test_change_is_withheld_where_two_people_answered_once_only():
    before = MIXED * 3
    after = [*MIXED, *MIXED[::-1], *MIXED[:8], MISSING, MISSING]
    done = repair([pairs_block(list(zip(before, after, strict=True)))], [])

    assert done.is_safe
    assert (done.forms[1].part, done.forms[1].everyone) == (CHANGE, "withheld")


def test_the_first_answer_stands_where_there_is_no_second():
    block = pairs_block([(4, MISSING), (4, "cannot_judge"), (MISSING, 2), (MISSING, MISSING)])

    stands = block.part(STANDING)

    assert [stands[i] for i in block.answers] == [4, "cannot_judge", 2, MISSING]


# --- proof --------------------------------------------------------------------------------------


def figures(done):
    """A publication: the counts of everybody and of every group that are shown, as text."""
    groups = {}
    for form in done.forms:
        shown = zip(done.splits, form.splits, strict=True)
        groups[form.block] = [group for s, how in shown if how == "counts" for group in s.people]
        groups[form.block] += [done.everyone] if form.everyone == "counts" else []

    def publish(world):
        return repr([
            (key, sorted(str(answers[person]) for person in group))
            for key, answers in world.items()
            for group in groups[key]
        ]).encode()  # fmt: skip

    return publish


def test_every_witness_of_a_release_is_replayed_without_a_solver():
    n_witnesses = 0
    for seed in range(10):
        done = repair(*event(120, 8, seed, spread=0.4))
        n_witnesses += len(done.audit.witnesses)
        assert verify(done.audit, figures(done))
    assert n_witnesses > 0


def test_a_publication_that_tells_single_answers_does_not_pass_the_replay():
    done = next(
        done
        for seed in range(10)
        if (done := repair(*event(120, 8, seed, spread=0.4))).audit.witnesses
    )

    assert not verify(done.audit, lambda world: repr(world).encode())


def test_what_cannot_be_decided_in_time_counts_as_disclosed():
    block = block_of([4] * 5 + MIXED)
    register = Register().add(count_statements(block, range(5), release="r"))

    found = audit(register, [block], limit_s=0.0)

    assert found.undecided > 0
    assert frozenset(range(5)) <= found.people


@pytest.mark.slow
def test_where_many_questions_fail_other_groups_are_chosen_and_pass_the_replay():
    blocks, splits = event(24, 16, 2, spread=0.5)

    done = repair(blocks, splits)

    groups = [one.n_groups for one in done.steps if one.code == "audit"]
    assert len(set(groups)) > 1
    assert done.steps[-1].code == "chosen"
    assert done.is_safe
    assert verify(done.audit, figures(done))
