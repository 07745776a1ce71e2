"""``alpclusters fetch calls``: open calls of public interfaces, fetched politely and imported."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from alpclusters.analysis.errors import InputError, Where
from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from alpclusters.platform.funding.domain.importing import CatalogueReport
    from alpclusters.sources.call_pages import Fetched


def fetch_calls(args: argparse.Namespace, folder: Path, speech: Speech) -> int:
    """Fetch a source's calls, or read recorded answers; import them; end with a line of JSON."""
    from alpclusters.platform.funding.models import ChangeProposal

    fetched = None
    if args.recorded is None:
        if args.source == "file":
            raise InputError("fetch.no_recorded", where=Where(argument="--from-recorded"))
        folder /= args.source
        fetched = _fetch(args, folder, speech)
    before = ChangeProposal.objects.count()
    report = _import(args.source, args.recorded or folder)
    record = {
        "source": args.source,
        "pages": fetched.n_pages if fetched else None,
        "complete": fetched.is_complete if fetched else None,
        **report.counts,
        "proposals": ChangeProposal.objects.count() - before,
        "reasons": report.reasons,
    }
    print(json.dumps(record, ensure_ascii=False))
    return 0


def _fetch(args: argparse.Namespace, folder: Path, speech: Speech) -> "Fetched":
    from django.utils import timezone

    from alpclusters.sources.call_pages import Asker
    from alpclusters.sources.call_sources import HOSTS, fetch_calls
    from alpclusters.sources.downloads import https_opener

    token = args.token_file.read_text(encoding="utf-8").strip() if args.token_file else ""
    if args.source == "aides-territoires" and not token:
        raise InputError("fetch.no_token", where=Where(argument="--token-file"))
    asker = Asker(https_opener(HOSTS[args.source]))
    found = fetch_calls(args.source, folder, asker, token=token, today=timezone.localdate())
    text = speech.gettext("Pages fetched: %(new)s, there in all: %(all)s")
    print(text % {"new": found.n_new, "all": found.n_pages})
    if not found.is_complete:
        print(speech.gettext("More is there: the same command goes on where it stopped."))
    return found


def _import(source: str, path: Path) -> "CatalogueReport":
    from django.utils import timezone

    from alpclusters.platform.funding.domain.importing import import_aids, import_calls

    now = timezone.now()
    if source in {"sedia", "file"}:
        return import_calls(path, now=now)
    return import_aids(source, path, now=now)
