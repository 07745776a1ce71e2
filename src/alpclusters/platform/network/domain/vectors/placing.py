"""Make a typed text comparable to stored ones."""

from alpclusters.analysis.errors import StateError
from alpclusters.platform.network.domain.vectors.model import Encoder, Rows, stamp_of
from alpclusters.platform.network.domain.vectors.store import StoredVectors
from alpclusters.platform.network.domain.vectors.texts import Text


def place_text(vectors: StoredVectors, text: Text, *, encoder: Encoder) -> Rows:
    """Encode a text that is not stored, and make it comparable.

    Raises
    ------
    StateError
        The vectors were made by another encoder.
    """
    if stamp_of(encoder) != vectors.stamp:
        raise StateError("network.other_encoder", found=encoder.name, expected=vectors.stamp.name)
    encode = encoder.encode_queries if text.kind.is_asked else encoder.encode_passages
    return vectors.space.place(encode([encoder.phrase(text)]), [text.kind], [text.language])
