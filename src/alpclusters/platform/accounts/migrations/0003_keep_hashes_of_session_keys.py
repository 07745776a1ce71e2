"""Replace the keys of open sessions by their hashes: nobody is signed out."""

import hashlib

from django.db import migrations

LENGTH_OF_KEYS = 32
LENGTH_OF_HASHES = 40


def keep_hashes(apps, schema_editor):
    session = apps.get_model("sessions", "Session")
    for key in list(session.objects.values_list("session_key", flat=True)):
        if len(key) == LENGTH_OF_KEYS:
            hashed = hashlib.sha256(key.encode()).hexdigest()[:LENGTH_OF_HASHES]
            session.objects.filter(session_key=key).update(session_key=hashed)


def end_sessions(apps, schema_editor):
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_initial"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(keep_hashes, end_sessions)]
