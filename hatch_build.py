"""Make what git ignores and a wheel brings: compiled catalogues, the joined style sheet."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MadeFilesHook(BuildHookInterface[Any]):
    """Run once per wheel; needs polib, which pyproject.toml names for the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Make what is out of date."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from alpclusters.platform.languages.catalogues import (  # noqa: PLC0415 - path set above
            ensure_compiled,
        )
        from alpclusters.www.components.styles import ensure_joined  # noqa: PLC0415 - likewise

        ensure_compiled()
        ensure_joined()
