"""Two people edited an action: what each wrote, side by side."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from alpclusters.platform.policy.domain.merging import ActionConflictError
from alpclusters.www.workspace.policy.actions.bundle import ActionForms
from alpclusters.www.workspace.policy.actions.page import SECTIONS
from alpclusters.www.workspace.policy.plan_conflicts import Line, conflict_line, conflict_lines

_SECTION_OF: Final = {"milestones": "time", "dependencies": "time"}


def action_conflict_lines(forms: ActionForms, conflict: ActionConflictError) -> list[Line]:
    """List what cannot be merged: fields by their label, rows by their section."""
    names = dict(SECTIONS)
    rows = [
        conflict_line(names[_SECTION_OF.get(kind, kind)], _words(one.theirs), _words(one.mine))
        for kind, one in conflict.rows
    ]
    return [*conflict_lines(forms.form, conflict.fields), *rows]


def _words(row: object) -> str:
    """Write a row in one line; a row that is gone says so."""
    if row is None:
        return _("removed")
    if isinstance(row, Mapping):
        return " · ".join(str(value) for value in row.values() if value)
    return str(row)
