"""How long a mail waits for its next try."""

from datetime import timedelta

MOST_TRIES = 8
MOST_RENDERINGS = 5
SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(hours=4)
DOMAIN_PAUSE = timedelta(seconds=30)
SERVER_PAUSE = timedelta(seconds=15)


def ceiling(tries: int) -> timedelta:
    """The longest wait after so many tries: two minutes after the first, then four times more."""
    factor: int = 4 ** min(tries, MOST_TRIES)
    return min(SHORTEST * factor, LONGEST)


def wait_after(tries: int, chance: float) -> timedelta:
    """How long to wait after `tries` tries (1 or more).

    `chance`, from 0 to 1, picks between the shortest wait and the ceiling ("full jitter"), so
    that mail put off together does not come back together.
    """
    return SHORTEST + (ceiling(tries) - SHORTEST) * chance


def server_pause(chance: float) -> timedelta:
    """How long everything waits when the mail server can't be reached: 15 to 45 seconds."""
    return SERVER_PAUSE * (1 + 2 * chance)
