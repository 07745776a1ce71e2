from typing import Any

from django.db import migrations


def take_out(apps: Any, _editor: Any) -> None:
    """Take the names of hosts out of approved protocols into rows that can be emptied."""
    host = apps.get_model("cafe", "ProtocolHost")
    for protocol in apps.get_model("cafe", "Protocol").objects.order_by("pk"):
        found = protocol.data.pop("hosts", None)
        if found is None:
            continue
        host.objects.bulk_create(
            host(protocol=protocol, table=one["table"], name=one["name"]) for one in found
        )
        protocol.save(update_fields=["data"])


def put_back(apps: Any, _editor: Any) -> None:
    """Write the names that are still there into the protocols again."""
    for protocol in apps.get_model("cafe", "Protocol").objects.exclude(data={}).order_by("pk"):
        there = protocol.hosts.exclude(name="").order_by("table")
        protocol.data["hosts"] = list(there.values("table", "name"))
        protocol.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [("cafe", "0004_protocol_hosts")]

    operations = [migrations.RunPython(take_out, put_back)]
