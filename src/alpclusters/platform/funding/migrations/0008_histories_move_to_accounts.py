from collections import Counter

from django.db import migrations


def move_histories(apps, _editor):
    """Move what cases say of earlier aid of organisations to the accounts of these.

    The same aid in several cases is one: state, day and amount tell. Aid of partners that are no
    organisation of the directory stays in the case.
    """
    case_model = apps.get_model("funding", "FundingCase")
    entry = apps.get_model("funding", "DeMinimisAid")
    organisations = apps.get_model("actors", "Organisation").objects.order_by("pk")
    standing = dict(organisations.values_list("pk", "merged_into_id"))
    aid = {}
    for case in case_model.objects.order_by("pk"):
        moved = _taken_out(case.data, case.taken.get("partners", {}), standing)
        if not moved:
            continue
        for key, number in Counter(moved).items():
            known = aid.setdefault(key, (0, case.updated_at.date()))
            aid[key] = (max(known[0], number), known[1])
        case.save(update_fields=["data"])
    entry.objects.bulk_create(
        entry(
            organisation_id=owner,
            state=state,
            granted_on=granted_on,
            amount_ct=amount,
            source=source,
            read_on=read_on,
        )
        for (owner, state, granted_on, amount, source), (number, read_on) in aid.items()
        for _ in range(number)
    )


def _taken_out(data, partners, standing):
    """Take the aid of organisations out of a case, and return it."""
    moved = []
    items = {one["id"]: one for one in data.get("undertakings", [])}
    for partner in data.get("partners", []):
        owner = partners.get(partner["id"])
        undertaking = items.get(partner["undertaking"])
        while standing.get(owner):
            owner = standing[owner]
        if owner not in standing or undertaking is None:
            continue
        for one in undertaking.get("de_minimis", []):
            if one["amount_ct"] > 0:
                source = "register" if one.get("declared") == "register" else "typed"
                key = (owner, one["state"], one["granted_on"], one["amount_ct"], source)
                moved.append(key)
        undertaking["de_minimis"] = []
    return moved


class Migration(migrations.Migration):
    dependencies = [("funding", "0007_accounts_of_de_minimis")]

    operations = [migrations.RunPython(move_histories, migrations.RunPython.noop)]
