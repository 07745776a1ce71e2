"""Roles of all real organisations, and more: python _network_real.py PARTICIPATIONS.csv.gz."""

import json
import sys
import time
from pathlib import Path

import numpy as np
from _memory import peak_mb  # beside this script, which runs outside the package

from alpclusters.analysis import network
from alpclusters.sources.participations import read_participations


def main() -> None:
    """Read, tie, run, print one JSON object."""
    clock = [time.process_time()]
    read = read_participations(Path(sys.argv[1]))
    clock.append(time.process_time())
    found = network.incidence(read.organisation, read.project)
    group = read.country[np.searchsorted(read.organisations, found.organisations)]
    ties = network.project_ties(found, found.size, group, read.countries)
    clock.append(time.process_time())
    before = peak_mb()
    roles = network.brokerage(ties)
    clock.append(time.process_time())
    figures = {
        "organisations": ties.stamp.n_connected,
        "ties": ties.stamp.n_ties,
        "countries": len(read.countries),
        "reading_cpu_s": round(clock[1] - clock[0], 2),
        "ties_cpu_s": round(clock[2] - clock[1], 2),
        "roles_cpu_s": round(clock[3] - clock[2], 2),
        "peak_mb_before_roles": round(before),
        "peak_mb": round(peak_mb()),
        "totals": dict(zip(network.ROLES, roles.total, strict=True)),
    }
    others = (network.constraint, network.effective_size, network.clustering, network.cores)
    for measure in others:
        started = time.process_time()
        measure(ties)
        figures[f"{measure.__name__}_cpu_s"] = round(time.process_time() - started, 3)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
