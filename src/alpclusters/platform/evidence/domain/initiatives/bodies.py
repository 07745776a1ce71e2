"""Under which key a body that takes part is known: the same text wherever it takes part."""

from typing import Final

from alpclusters.platform.languages.folding import fold

LENGTH: Final = 120


def body_key(name: str, country: str = "", *, pic: str = "", keep: str = "") -> str:
    """Return the key of a body.

    Parameters
    ----------
    name, country : str
    pic : str
        Participant code of the EU; it wins.
    keep : str
        Number of the partner at keep.eu.

    Examples
    --------
    >>> body_key("Università  di Trento", "IT"), body_key("x", pic="999905974")
    ('universita di trento:it', 'pic:999905974')
    """
    if pic:
        return f"pic:{pic}"
    if keep:
        return f"keep:{keep}"
    tail = f":{country.lower()}"
    return " ".join(fold(name).split())[: LENGTH - len(tail)] + tail
