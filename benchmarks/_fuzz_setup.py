"""Who asks and where, for the fuzzing: written as JSON by a process that has Django.

Run as a program: ``python -m benchmarks._fuzz_setup ANSWER.json``.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from alpclusters.cli.drill.hall import make_hall

ROLES: Final = (
    *("administrator", "partner_coordinator", "facilitator", "policy_maker"),
    *("cluster_manager", "evidence_coder", "member"),
)
# Would end the session that asks, or the account.
LEFT_OUT: Final = ("account_logout", "erase", "account_change_password", "account_set_password")
PLACE: Final = re.compile(r"%\((\w+)\)s")


def main() -> int:
    """Make accounts and read their cookies, list every address, open an AlpCafé."""
    import django  # noqa: PLC0415 - reads the environment of this process

    django.setup()
    content = {
        "people": {"visitor": {}} | {role: _cookies_of(role) for role in ROLES},
        "routes": _routes(),
        "starts": ["/en/", "/en/workspace/"],
        "hall": make_hall(),
    }
    Path(sys.argv[1]).write_text(json.dumps(content))
    return 0


def _cookies_of(role: str) -> dict[str, str]:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after django.setup()
    from django.test import Client  # noqa: PLC0415 - likewise

    from alpclusters.platform.partnership.models import Project, RoleAssignment  # noqa: PLC0415

    user = get_user_model().objects.create_user(email=f"fuzz-{role}@example.org")
    if role == "administrator":
        user.is_superuser = True
        user.save()
    else:
        project = Project.objects.filter(kind=Project.Kind.DEMONSTRATION).first()
        RoleAssignment.objects.create(user=user, role=role, project=project)
    client: Client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _routes() -> list[dict[str, Any]]:
    """Return every address of the resolver as a text with places, and their names."""
    from django.urls import get_resolver  # noqa: PLC0415 - after django.setup()
    from django.utils import translation  # noqa: PLC0415 - likewise

    with translation.override("en"):
        return sorted(_walk(get_resolver(), ""), key=lambda route: str(route["path"]))


def _walk(resolver: Any, prefix: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in {key for key in resolver.reverse_dict if isinstance(key, str)}:
        if any(part in name for part in LEFT_OUT):
            continue
        for possibilities, *_ in resolver.reverse_dict.getlist(name):
            for path, places in possibilities:
                found.append({"name": name, "path": f"/{prefix}{path}", "places": places})
    for before, child in resolver.namespace_dict.values():
        found += _walk(child, prefix + before)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
