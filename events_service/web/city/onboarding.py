"""The tasks on a city's way into the network, in its language. The network team reads them in
English, as they are stored."""

from collections.abc import Mapping

from events_service.model import OnboardingTask
from events_service.model.followup import OnboardingState
from events_service.translation import lazy_gettext

TITLES: Mapping[OnboardingState, str] = {
    "interested": lazy_gettext("Ask whether the city wants to join"),
    "applied": lazy_gettext("Receive the application with the mayor’s letter"),
    "decided": lazy_gettext("Decide on the application"),
    "focal_points": lazy_gettext("Have the city name its focal points"),
    "welcomed": lazy_gettext("Send the welcome kit and an invitation to the next workshop"),
    "active": lazy_gettext("Record the city as a member"),
}


def task_title(task: OnboardingTask) -> str:
    return str(TITLES.get(task.state, task.title))
