"""What may be published of answers so that nobody is given away: audit, groups, repair."""

from alpclusters.analysis.disclosure.answers import (
    CHANGE,
    MISSING,
    STANDING,
    Block,
    deal_answers,
    exchange_answers,
)
from alpclusters.analysis.disclosure.auditing import (
    PooledAttack,
    audit,
    pooled_attack,
    verify,
    without,
)
from alpclusters.analysis.disclosure.choices import (
    ChoiceAudit,
    Choices,
    ChoiceStatement,
    audit_choices,
)
from alpclusters.analysis.disclosure.knowledge import (
    KnowledgeAttack,
    RowAttack,
    RowGroup,
    RowRelease,
    attack_rows,
    knowledge_attack,
)
from alpclusters.analysis.disclosure.partitions import Group, Partition, Tree, partitions
from alpclusters.analysis.disclosure.publishing import (
    BlockForm,
    Published,
    publish_block,
    publish_change,
)
from alpclusters.analysis.disclosure.repaired import Reason, Repair, ShownSplit, Split, Step
from alpclusters.analysis.disclosure.repairing import repair
from alpclusters.analysis.disclosure.results import Audit, Disclosure, Witness
from alpclusters.analysis.disclosure.statements import (
    Mark,
    Register,
    Statement,
    at_least_statement,
    band_statements,
    count_statements,
    mean_statements,
)

__all__ = [
    "CHANGE",
    "MISSING",
    "STANDING",
    "Audit",
    "Block",
    "BlockForm",
    "ChoiceAudit",
    "ChoiceStatement",
    "Choices",
    "Disclosure",
    "Group",
    "KnowledgeAttack",
    "Mark",
    "Partition",
    "PooledAttack",
    "Published",
    "Reason",
    "Register",
    "Repair",
    "RowAttack",
    "RowGroup",
    "RowRelease",
    "ShownSplit",
    "Split",
    "Statement",
    "Step",
    "Tree",
    "Witness",
    "at_least_statement",
    "attack_rows",
    "audit",
    "audit_choices",
    "band_statements",
    "count_statements",
    "deal_answers",
    "exchange_answers",
    "knowledge_attack",
    "mean_statements",
    "partitions",
    "pooled_attack",
    "publish_block",
    "publish_change",
    "repair",
    "verify",
    "without",
]
