"""The phases in their order; each does what people do in it and asserts what screens show."""

from tests.e2e.whole import arriving, ending, rating, results, rounds

PHASES = [
    *(arriving.open_screens, arriving.join, arriving.lobby, arriving.presentation),
    *(rounds.first_round, rounds.second_round),
    *(rating.rating, rating.top_three),
    *(results.results, results.second_rating, results.second_results),
    *(ending.feedback, ending.close_and_open_again),
]
