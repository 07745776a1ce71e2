from typing import Any

from django.db import migrations, models


def leave_out(apps: Any, _editor: Any) -> None:
    """Leave out whoever consented before the sentence named research; invented people stay."""
    apps.get_model("cafe", "Participant").objects.filter(is_simulated=False).update(
        no_research=True
    )


class Migration(migrations.Migration):

    dependencies = [("cafe", "0002_paper_sheets_by_round")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="no_research",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(leave_out, migrations.RunPython.noop),
    ]
