"""The steps 0004 to 0008 with one look around: for fresh databases, and those of step 0003."""

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.db import migrations

from alpclusters.platform.tables import ChangeTables

REPLACED = (
    "0004_funding_behind_findings",
    "0005_snapshots_stay",
    "0006_reasons_and_endorsement_log",
    "0007_reasons_have_a_language",
    "0008_comments_not_shown",
)
(_mix, _source, *_offers), _snapshots, _log, _reasons, _comments = (
    import_module(f"alpclusters.platform.policy.migrations.{name}").Migration.operations
    for name in REPLACED
)


class Migration(migrations.Migration):
    """The table of findings gets its constraint by itself: so its columns stand as they stood."""

    replaces: ClassVar = [("policy", name) for name in REPLACED]
    dependencies: ClassVar = [
        ("funding", "0001_initial"),
        ("policy", "0003_names_that_last"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        ChangeTables(steps=[_mix, *_offers, *_log, *_comments]),
        _source,
        *_snapshots,
        *_reasons,
    ]
