"""Static files under names that change with their content, the imports between scripts too.

So a browser and the live process keep every file for ever, and a phone never mixes a new script
with an old one.
"""

from typing import ClassVar

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage that also follows ``import`` from one script to the next."""

    support_js_module_import_aggregation: ClassVar[bool] = True
    # One pass for each script on the longest way of imports, and one that changes nothing.
    max_post_process_passes: ClassVar[int] = 12
