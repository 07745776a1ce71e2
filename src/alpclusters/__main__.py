"""``python -m alpclusters``: the same as the command ``alpclusters``."""

from alpclusters.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
