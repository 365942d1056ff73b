"""What confirming a delegation comes to, and why it may not."""

from dataclasses import dataclass

from events_service.domain.refusals import Conflict


class Overtaken(Conflict):
    """Against all likelihood, others took an ample number of seats in this moment."""


class WorkshopFull(Conflict):
    """A confirmed delegation asks for more seats than are free."""


@dataclass(frozen=True)
class Outcome:
    """What confirming came to: `confirmed`, `waitlisted`, `submitted` where an organiser decides
    about each delegation, `asked` for more people of one that has its places, or `unchanged` when
    pressed twice. `changed`: the delegation had its places before, too."""

    state: str
    changed: bool = False
