"""Which step of a partnership waits for the city, in words."""

from dataclasses import dataclass
from datetime import date

from events_service.domain.followup.spotlights import finished_at, next_step
from events_service.model import Spotlight
from events_service.translation import gettext as _


@dataclass(frozen=True)
class Waiting:
    """`by`: when the network takes its next step."""

    practice: str
    asked: str
    by: date


def waiting_in(spotlight: Spotlight) -> Waiting | None:
    """What the last letter asked of the city; None when nothing does."""
    following = next_step(spotlight)
    done = [one for one in spotlight.steps if finished_at(one) is not None]
    asked = _asked(done[-1].key) if done else ""
    if following is None or not asked:
        return None
    return Waiting(spotlight.practice.title, asked, following.due_on)


def _asked(key: str) -> str:
    return {
        "invite": _("Tell us whether you would like a spotlight on it"),
        "draft": _("Comment on the draft that we sent you"),
        "sign_off": _("Approve the text that we sent you"),
    }.get(key, "")
