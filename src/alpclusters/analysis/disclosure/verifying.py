"""Replay the witnesses of an audit through the publication; no solver is asked."""

from collections.abc import Callable

from alpclusters.analysis.disclosure.answers import Block, features_of
from alpclusters.analysis.disclosure.results import Audit, Witness, World, answers_in


def verify(audit: Audit, publish: Callable[[World], bytes]) -> bool:
    """Say whether every witness publishes the same and hides what it claims to hide.

    Parameters
    ----------
    audit : Audit
    publish : callable
        Makes everything public from the answers of everybody, as bytes.

    Returns
    -------
    bool

    Examples
    --------
    >>> from alpclusters.analysis.disclosure import Block, Register, audit, count_statements, verify
    >>> block = Block.of("clarity", [4, 4, 4, 4, 5, 5, 3, 4], values=(3, 4, 5))
    >>> groups = [range(4), (4, 5, 6, 7), (0, 1, 4, 5), (2, 3, 6, 7)]
    >>> told = [one for group in groups[2:] for one in count_statements(block, group, release="r")]
    >>> safe = audit(Register().add(told), [block])
    >>> verify(safe, lambda world: repr([sorted(world["clarity"][i] for i in g)
    ...                                  for g in groups[2:]]).encode())
    True
    """
    truth = audit.true_world()
    public = publish(truth)
    blocks = {block.key: block for block in audit.truth}
    return all(
        publish({**truth, one.block: one.answers}) == public and _hides(one, blocks[one.block])
        for one in audit.witnesses
    )


def _hides(witness: Witness, block: Block) -> bool:
    true = answers_in(block)
    if witness.participant is not None:
        own = witness.participant
        if own in witness.people or witness.answers[own] != true[own]:
            return False
    labels = dict(features_of(block))[witness.feature]
    class_of = dict(zip(block.values, labels, strict=True))
    in_truth = {class_of[true[person]] for person in witness.people}
    return in_truth != {class_of[witness.answers[person]] for person in witness.people}
