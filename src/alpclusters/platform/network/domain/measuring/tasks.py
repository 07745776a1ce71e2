"""The networks measured by the worker: longer than a page may take."""

from django.tasks import task

from alpclusters.platform.network.domain.measuring.measures import MeasuringCancelledError
from alpclusters.platform.network.domain.measuring.stored import folder
from alpclusters.platform.network.domain.measuring.storing import measure_all
from alpclusters.platform.progress import Diary, clear


@task
def measure_networks() -> None:
    """Measure every network whose ties changed."""
    clear(folder())
    diary = Diary(folder())
    try:
        measure_all(progress=diary.note, cancelled=diary.is_cancelled)
    except MeasuringCancelledError:
        return  # what was measured before stays
