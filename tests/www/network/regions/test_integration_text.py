"""What the figure of integration says of itself: never that more of it is chance than there is."""

import pytest

from alpclusters.www.public.network.figures import integration_text


def found(total, bias, interval=None):
    return {"total": total, "bias": bias, "interval": interval}


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (found(0.29, 0.01, {"low": 0.24, "high": 0.37}), "0 would be none; interval 0.24–0.37"),
        (found(0.5, 0.3), "0 would be none; about 0.30 of it comes from few ties alone"),
        (found(0.25, 1.67), "0 would be none; too few ties to tell it from chance"),
        (found(0.25, 0.25), "0 would be none; too few ties to tell it from chance"),
    ],
)
def test_the_part_of_chance_is_never_more_than_the_figure(record, told):
    assert integration_text(record, "en") == told
