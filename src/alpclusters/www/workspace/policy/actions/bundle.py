"""The whole form of an action: its fields, its rows, and what is asked before it is saved."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext

from alpclusters.analysis.errors import InputError
from alpclusters.platform.policy.domain.merging import Base, base_json, read_base
from alpclusters.platform.policy.domain.parts import DependencyCycleError, check_dependencies
from alpclusters.platform.policy.domain.parts.storing import parts_of
from alpclusters.platform.policy.models import Action
from alpclusters.www.workspace.policy.actions.forms import ActionForm, action_initial
from alpclusters.www.workspace.policy.actions.rows import KINDS, MOST_ROWS, row_forms, stored_rows

MORE: Final = "more"


class ActionForms:
    """Fields and rows of an action in one form.

    Parameters
    ----------
    action : Action
    data : QueryDict, optional
        What was sent; without it the form shows what is stored.
    is_checked : bool
        False for a form that was sent to get more rows or to look something up: it is shown as it
        was filled in, and nothing is complained about yet.
    """

    def __init__(
        self, action: Action, data: QueryDict | None = None, *, is_checked: bool = True
    ) -> None:
        self.action = action
        original = action.plan.source_language
        stored = parts_of(action)
        initial = {**action_initial(action), "base": base_json(action, stored)}
        self.form = ActionForm(data, plan=action.plan, initial=initial)
        self.rows = {
            name: row_forms(name, action, stored[name], data, original=original) for name in KINDS
        }
        if data is not None and not is_checked:
            keep_quiet(self.form, *(form for rows in self._sent() for form in rows.forms))

    def is_valid(self) -> bool:
        """Check fields, rows, and that no action waits for itself."""
        checks = [self.form.is_valid(), *(rows.is_valid() for rows in self._sent())]
        return all(checks) and self._has_no_circle()

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.form.errors) or any(
            rows.is_bound and any(form.errors for form in rows.forms) for rows in self.rows.values()
        )

    @property
    def n_row_errors(self) -> int:
        """How many rows are wrong."""
        return sum(bool(form.errors) for rows in self._sent() for form in rows.forms)

    def changes(self) -> dict[str, Any]:
        """Return the fields as the domain stores them."""
        return self.form.changes()

    def parts(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows as the domain stores them; kinds that were not sent stay."""
        return {name: stored_rows(rows) for name, rows in self.rows.items() if rows.is_bound}

    @property
    def version(self) -> int | None:
        """The version that was edited."""
        version: int | None = self.form.cleaned_data.get("version")
        return version

    @property
    def base(self) -> Base | None:
        """What stood in the form at first."""
        return read_base(self.form.cleaned_data.get("base") or "")

    def _sent(self) -> list[Any]:
        return [rows for rows in self.rows.values() if rows.is_bound]

    def _has_no_circle(self) -> bool:
        rows = self.rows["dependencies"]
        if not rows.is_bound:
            return True
        waiting = [(row["before"], row["lag_days"]) for row in stored_rows(rows)]
        try:
            check_dependencies(self.action, waiting)
        except InputError as refused:
            self._blame(rows, refusal_words(refused))
            return False
        return True

    def _blame(self, rows: Any, text: str) -> None:
        last = next(form for form in reversed(rows.forms) if form.cleaned_data)
        last.add_error("before", text)


def keep_quiet(*forms: Any) -> None:
    """Show forms as they were filled in, without complaints: nothing was to be saved yet."""
    for form in forms:
        form._errors = ErrorDict()  # noqa: SLF001 - the only way to show a form unchecked
        form.cleaned_data = {}


def with_more_rows(data: QueryDict, kind: str) -> QueryDict:
    """Return what was sent with one more empty row of a kind."""
    return with_rows(data, kind, [{}])


def with_rows(data: QueryDict, kind: str, rows: Sequence[Mapping[str, str]]) -> QueryDict:
    """Return what was sent with more rows of a kind, filled as given."""
    longer = data.copy()
    name = f"{kind}-TOTAL_FORMS"
    total = int(data.get(name) or 0) if str(data.get(name) or 0).isdigit() else 0
    for row in rows:
        if total >= MOST_ROWS:
            break
        for field, value in row.items():
            longer[f"{kind}-{total}-{field}"] = value
        total += 1
    longer[name] = str(total)
    return longer


def refusal_words(refused: InputError) -> str:
    """Say why a dependency is refused; of a circle, which actions wait for one another."""
    if isinstance(refused, DependencyCycleError):
        return gettext("These actions would wait for one another: %(path)s.") % {
            "path": " → ".join(refused.path)
        }
    return gettext("This action stands there twice, or is none of this plan: %(code)s.") % {
        "code": refused.found
    }
