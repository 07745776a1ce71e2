"""Create or change all tables of a migration in one step."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class _Together(Operation):
    """Steps that change the project first and the database afterwards, each in their order."""

    reversible = True

    def __init__(self, steps: Sequence[Operation]) -> None:
        self.steps = steps

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how the operation is written into a file."""
        (name,) = self.serialization_expand_args
        return (self.__class__.__qualname__, [], {name: self.steps})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change all models before anything is built of them."""
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the steps."""
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the steps back, the last first."""
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)


class CreateTables(_Together):
    """Create tables that may point to each other, with one look at the whole project.

    Django builds the models of every app anew after each `CreateModel`, because all of them lead
    to the account of a person: with some 180 tables a fresh database took 26 CPU seconds, of which
    the database used one. Here the models are built once for all tables of a migration.
    """

    serialization_expand_args = ("tables",)

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        """Take the tables in any order."""
        super().__init__(tables)

    def describe(self) -> str:
        """Name the tables."""
        return f"Create tables {', '.join(table.name for table in self.steps)}"


class ChangeTables(_Together):
    """Take several steps with one look at the whole project before them and one after.

    Each step that adds a column makes Django build the models of all apps anew: a hundred of them
    took 8 of 12 CPU seconds of a fresh database. Squashed migrations take the steps of the ones
    they replace together. The steps have to stand for themselves: none moves rows, and none
    changes a table that another of them creates.
    """

    serialization_expand_args = ("steps",)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the steps."""
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        elif self._have_rows(app_label, from_state):
            for step, before, after in self._one_by_one(app_label, from_state):
                step.database_forwards(app_label, schema_editor, before, after)
        else:
            self._make_anew(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the steps back, the last first.

        A constraint that goes needs the columns it speaks of, which are gone afterwards.
        """
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        if is_sqlite and not self._have_rows(app_label, from_state):
            self._make_anew(app_label, schema_editor, from_state, to_state)
            return
        for step, before, after in reversed(list(self._one_by_one(app_label, to_state))):
            step.database_backwards(app_label, schema_editor, after, before)

    def describe(self) -> str:
        """Name the tables."""
        return f"Change tables {', '.join(self._names())}"

    def _names(self) -> list[str]:
        names = (getattr(step, "model_name", None) or step.name for step in self.steps)
        return list(dict.fromkeys(name.lower() for name in names))

    def _have_rows(self, app_label: str, state: ProjectState) -> bool:
        there = (name for name in self._names() if (app_label, name) in state.models)
        return any(state.apps.get_model(app_label, name).objects.exists() for name in there)

    def _one_by_one(
        self, app_label: str, state: ProjectState
    ) -> Iterator[tuple[Operation, ProjectState, ProjectState]]:
        """Yield each step with the project before and after it, as Django walks through them.

        SQLite makes a table anew for most steps, out of what it was before this one.
        """
        for step in self.steps:
            before, state = state, state.clone()
            step.state_forwards(app_label, state)
            yield step, before, state

    def _make_anew(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the tables, which have no rows, and create them as they are to be."""
        for name in self._names():
            if (app_label, name) in from_state.models:
                schema_editor.delete_model(from_state.apps.get_model(app_label, name))
            if (app_label, name) in to_state.models:
                schema_editor.create_model(to_state.apps.get_model(app_label, name))
