"""What phones without scripts send goes to the one writer, as commands like those of scripts."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alpclusters.live import gateway, held
from alpclusters.platform.cafe.models import Participant

BUSY: Final = 503

type Command = dict[str, Any]


def command(kind: str, body: Mapping[str, Any]) -> Command:
    """Build a command as a phone with scripts does."""
    return {"k": secrets.token_urlsafe(16), "t": kind, "b": dict(body)}


def submit(person: Participant, commands: list[Command]) -> list[gateway.Result]:
    """Hand commands to the writer; when it returns, those with status 200 are on the disk.

    With 503 nothing is sure: sending the form again does no harm.
    """
    if not commands:
        return []
    try:
        return gateway.submit(person.cafe_id, person.pk, commands, language=person.language)
    except gateway.Busy as busy:
        usual = gettext_noop("Many answers are arriving. Wait a moment and send it again.")
        text = _(held.sentence(busy, usual))
        return [gateway.Result(row["k"], BUSY, code="busy", text=text) for row in commands]
