"""``alpclusters index network``: measure the networks whose ties changed."""

import sys

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

_KINDS = {
    ("links", False): _("Links between organisations"),
    ("links", True): _("Links (simulated)"),
    ("projects", False): _("Joint projects"),
    ("projects", True): _("Joint projects (simulated)"),
}


def index_network(speech: Speech, *, rebuild: bool) -> int:
    """Measure every network, and say what each holds and whether anything had changed."""
    from alpclusters.platform.network.domain.measuring.places import scopes
    from alpclusters.platform.network.domain.measuring.storing import measure_network

    for scope in scopes():
        name = speech.gettext(_KINDS[scope.basis, scope.is_simulated])
        done = measure_network(scope, anew=rebuild, progress=_Line(name).show)
        told = _("measured") if done.is_new else _("nothing had changed")
        sentence = speech.gettext("%(name)s: organisations %(n)s, rows %(rows)s, %(told)s")
        values = {"name": name, "n": done.n_organisations, "rows": done.n_rows}
        print(sentence % {**values, "told": speech.gettext(told)})
    return 0


class _Line:
    """Shows how far a network is on one line; silent where nobody looks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._is_seen = sys.stderr.isatty()

    def show(self, done: int, total: int | None) -> None:
        if self._is_seen:
            share = f"{100 * done // total} %" if total else ""
            print(f"\r· {self.name}: {share:6}", end="", file=sys.stderr, flush=True)
