"""The process that runs the model: limits first, then texts as JSON in, numbers out.

A missing instruction or a text that the engine cannot take ends this process alone.
"""

import json
import sys

from alpclusters.sources.sandbox import limit_process


def main() -> None:
    """Read ``{"is_query": ..., "texts": [...]}`` and write the rows as float32, in their order."""
    limit_process()
    wanted = json.load(sys.stdin)
    from alpclusters.platform.network.domain.vectors.model import (  # noqa: PLC0415 - after the limits
        E5,
    )

    model = E5()
    encode = model.encode_queries if wanted["is_query"] else model.encode_passages
    sys.stdout.buffer.write(encode(wanted["texts"]).astype("<f4").tobytes())


if __name__ == "__main__":
    main()
