"""People in the hall: who stands behind the tokens of a phone.

The writer of the live process lets people in (`alpclusters.live`). A token goes into a cookie and
is never stored: the database has a keyed hash only, so that nobody who reads the database can
rate in somebody's name. Each AlpCafé gets a token of its own; two events cannot be linked.
"""

from collections.abc import Iterable

from django.conf import settings

from alpclusters.platform.cafe.domain.codes import is_code, normalise_code
from alpclusters.platform.cafe.domain.keys import cafe_of_token, hash_token, read_key
from alpclusters.platform.cafe.models import AlpCafe, Device, Participant


def find_open_cafe(text: str) -> AlpCafe | None:
    """Return the AlpCafé that is open under a typed code; unknown and closed are the same."""
    code = normalise_code(text)
    if not is_code(code):
        return None
    return AlpCafe.everything.filter(code=code, state=AlpCafe.State.OPEN).first()


def participants_of(tokens: Iterable[str]) -> dict[str, Participant]:
    """Return who stands behind tokens of a phone, in two queries at most."""
    by_hash = {hashed: token for token in tokens if (hashed := _stored_hash(token))}
    people = Participant.objects.filter(token_hash__in=by_hash).select_related("cafe__project")
    found = {by_hash[str(person.token_hash)]: person for person in people.order_by("pk")}
    others = {hashed for hashed, token in by_hash.items() if token not in found}
    found.update({by_hash[key]: person for key, person in _by_device(others).items()})
    return found


def _by_device(hashes: set[str]) -> dict[str, Participant]:
    """Return the people of further phones, let in by a recovery code."""
    if not hashes:
        return {}
    devices = Device.objects.filter(token_hash__in=hashes).order_by("pk")
    people = devices.select_related("participant__cafe__project")
    return {device.token_hash: device.participant for device in people}


def _stored_hash(token: str) -> str | None:
    cafe_id = cafe_of_token(token)
    key = read_key(settings.HOME, cafe_id) if cafe_id is not None else None
    return hash_token(key, token) if key else None
