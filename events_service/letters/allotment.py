"""How many places a city has, and whom they are meant for."""

from events_service.letters.rendering import count, places


def allotment(seats: int, elected: int, whose: str = "") -> str:
    """three places: one for an elected official, two for practitioners · one place, for an elected
    official · five places. `whose` follows the number: “ for your city”."""
    held = f"{places(seats)}{whose}"
    if not elected:
        return held
    if elected >= seats:
        meant = "for an elected official" if seats == 1 else "all for elected officials"
        return f"{held}, {meant}"
    official = _for(elected, "an elected official", "elected officials")
    practitioner = _for(seats - elected, "a practitioner", "practitioners")
    return f"{held}: {official}, {practitioner}"


def _for(number: int, one: str, several: str) -> str:
    return f"{count(number)} for {one if number == 1 else several}"
