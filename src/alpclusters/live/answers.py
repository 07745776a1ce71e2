"""What the writer answers: a result for each command, a person who joined, a queue that is full."""

from dataclasses import asdict, dataclass
from typing import Any, Final

OK: Final = 200
CONFLICT: Final = 409
GONE: Final = 410
UNPROCESSABLE: Final = 422
FAILED: Final = 500


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one command.

    Attributes
    ----------
    k : str
        The key of the command, as the phone sent it.
    status : int
        200 durable; 409, 410, 422 final; 500 could not be stored.
    seq : int or None
        Its place in the order of everything; None where nothing was stored.
    new : bool
        False where the same command was stored before.
    code, text : str
        Why it was not taken, for programs and in the language of the phone.
    """

    k: str
    status: int
    seq: int | None = None
    new: bool = False
    code: str = ""
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the result as the phone reads it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Joined:
    """A person who takes part.

    Attributes
    ----------
    token : str
        For the cookie; never stored.
    participant_id : int
        The row of the person.
    recovery : str or None
        The personal code for another phone; None for a phone that was in already.
    is_new : bool
        Whether the person was added by this call.
    """

    token: str
    participant_id: int
    recovery: str | None
    is_new: bool


class Busy(Exception):  # noqa: N818 - a state of the service, answered with 503
    """Nothing was acknowledged: keep the command and send it again after ``retry_after`` s."""

    def __init__(self, retry_after: float = 1.0, reason: str = "full") -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.reason = reason


class NotTakenError(Exception):
    """A person cannot join or come back; ``code`` says why (``unknown_code``, ``closed``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
