"""Hash the recovery codes that were kept as an encrypted seed: printed sheets go on working."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.fernet import InvalidToken
from django.contrib.auth.hashers import make_password
from django.db import migrations


def hash_codes(apps, _schema):
    """Keep the hash of each code that was not used yet.

    A seed that the key of this installation does not open belongs to no working code any more:
    its set is empty then, and the person makes a new one.
    """
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type="recovery_codes"):
        if "hashes" in row.data:
            continue
        try:
            codes = RecoveryCodes(row).get_unused_codes()
        except InvalidToken:
            codes = []
        row.data = {"hashes": [make_password(code) for code in codes]}
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_keep_hashes_of_session_keys"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunPython(hash_codes, migrations.RunPython.noop)]
