"""Nothing goes around the one column of a text: no name of a language, no bare order."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.test.utils import isolate_apps

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import TranslatedText

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[3]
# A fact of a partner in the format of funding cases is called ``name_en``.
CASE_FACTS = ROOT / "src/alpclusters/reports/application"


@cache
def texts():
    """Return the names of all texts in several languages."""
    return frozenset(
        field.name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, TranslatedText)
    )


@cache
def plain_names():
    """Return the names of columns that are no such text in some model."""
    return frozenset(
        field.name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if not isinstance(field, TranslatedText)
    )


def is_alias(name: str) -> bool:
    text, _dash, code = name.rpartition("_")
    return code in LANGUAGE_CODES and text in texts()


def aliases(tree: ast.AST, *, keywords: bool) -> Iterator[tuple[int, str]]:
    """Yield attributes and arguments called ``name_de``, also put together while it runs."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if is_alias(name):
                yield node.lineno, name
            case ast.keyword(arg=str(name)) if keywords and is_alias(name):
                yield node.value.lineno, name
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr" | "hasattr"),
                args=[_, ast.JoinedStr(values=[ast.Constant(value=str(start)), _]), *_],
            ) if start.endswith("_") and start[:-1] in texts():
                yield node.lineno, f"{start}…"


def bare_orders(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield names of texts in ``order_by`` that say no language."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="order_by", value=queried), args=names):
                model = model_of(queried)
                for name in names:
                    path = str(name.value) if isinstance(name, ast.Constant) else ""
                    if ends_in_text(model, path.lstrip("-")):
                        yield node.lineno, path


def model_of(node: ast.AST) -> type[models.Model] | None:
    """Return the model at the root of ``Model.objects.filter(...)``, where it is named."""
    while not isinstance(node, ast.Name):
        node = getattr(node, "func", None) or getattr(node, "value", None) or ast.Name(id="")
    found = [model for model in apps.get_models() if model.__name__ == node.id]
    return found[0] if len(found) == 1 else None


def ends_in_text(model: type[models.Model] | None, path: str) -> bool:
    if model is None:
        last = path.rpartition("__")[2]
        return last in texts() and last not in plain_names()
    field = None
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        model = field.related_model or model
    return isinstance(field, TranslatedText)


def files(*folders: str) -> Iterator[tuple[Path, ast.AST]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_no_row_is_asked_for_a_name_with_a_language():
    """Tests send forms, whose inputs are called so: there only attributes are asked."""
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for folder in ("src", "tests", "benchmarks", "tools")
        for path, tree in files(folder)
        if path.parent != CASE_FACTS
        for line, name in aliases(tree, keywords=folder != "tests")
    ]

    assert found == []


def test_no_query_is_ordered_by_a_text_without_a_language():
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path, tree in files("src", "tests", "benchmarks")
        for line, name in bare_orders(tree)
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "plan.title_de",
        "plan.title_de = 'x'",
        "Measure(name_sl='x')",
        "getattr(plan, f'title_{code}')",
        "setattr(plan, f'title_{code}', 'x')",
    ],
)
def test_a_name_with_a_language_is_seen(line):
    assert len(list(aliases(ast.parse(line), keywords=True))) == 1


@pytest.mark.parametrize(
    ("line", "is_bare"),
    [
        ("Measure.objects.filter(pk=1).order_by('name')", True),
        ("Measure.objects.order_by('order', '-name')", True),
        ("CafeMeasure.objects.order_by('measure__name')", True),
        ("cafe.findings.order_by('statement')", True),
        ("Measure.objects.order_by('name__shown', 'key')", False),
        ("Organisation.objects.order_by('name')", False),
    ],
)
def test_an_order_without_a_language_is_seen(line, is_bare):
    assert bool(list(bare_orders(ast.parse(line)))) is is_bare


@isolate_apps("alpclusters.platform.territory")
def test_an_order_of_a_model_without_a_language_is_an_error_of_the_check():
    class Fair(models.Model):  # noqa: DJ008 - nobody shows it
        name = TranslatedText()

        class Meta:
            app_label = "territory"
            ordering = ("-name",)

    class Sorted(models.Model):  # noqa: DJ008 - nobody shows it
        name = TranslatedText()

        class Meta:
            app_label = "territory"
            ordering = ("name__shown",)

    assert [error.id for error in Fair.check()] == ["languages.E001"]
    assert Sorted.check() == []


def test_no_model_of_ours_is_ordered_without_a_language():
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    found = [error for field in fields if field.name in texts() for error in field.check()]

    assert [error for error in found if error.id == "languages.E001"] == []
