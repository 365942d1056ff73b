"""What keeps a list from being imported."""

from collections.abc import Sequence
from dataclasses import dataclass

from events_service.domain.refusals import Refusal
from events_service.translation import gettext as _


@dataclass(frozen=True)
class LineProblem:
    """`line` and `column` as a person sees them in the file; 0 and "" for all of it."""

    line: int
    column: str
    message: str


class ListRefused(Refusal):
    """Nothing of the list is imported. `problems` in the order of its lines."""

    def __init__(self, problems: Sequence[LineProblem]) -> None:
        super().__init__(_("The list has problems, so nothing of it is imported. Mend them first."))
        self.problems = sorted(problems, key=lambda one: one.line)
