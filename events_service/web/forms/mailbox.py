"""Answering an invitation in the mailbox, as its recipient would from a calendar."""

from datetime import date, datetime

from wtforms import RadioField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from events_service.itip.answers import Moment
from events_service.itip.replies import Asked
from events_service.letters.dates import weekday_day_month
from events_service.translation import lazy_gettext as _
from events_service.translation import lazy_number
from events_service.web.forms import PageForm
from events_service.web.forms.choices import DayField
from events_service.web.forms.clocks import BAD_TIME, ClockField

PROPOSE = "COUNTER"
ANSWERS = {
    "ACCEPTED": _("Accept"),
    "TENTATIVE": _("Maybe"),
    "DECLINED": _("Decline"),
    PROPOSE: _("Propose a new time"),
}
LONGEST_COMMENT = 1000


class AnswerForm(PageForm):
    answer = RadioField(_("Answer"), [InputRequired(_("Choose an answer"))])
    for_day = RadioField(_("For which days"), validate_choice=False)
    comment = TextAreaField(
        _("Comment (optional)"),
        [
            Length(
                max=LONGEST_COMMENT,
                message=_("Shorten this to %(most)s characters", most=lazy_number(LONGEST_COMMENT)),
            )
        ],
    )
    new_day = DayField(_("New day"))
    starts = ClockField(_("Starts"))
    ends = ClockField(_("Ends"))

    def offer(self, asked: Asked) -> None:
        """The days that can be answered singly; a new time begins from the one that is set."""
        self.answer.choices = list(ANSWERS.items())
        several = len(asked.days) > 1
        days = [(one.isoformat(), weekday_day_month(one)) for one in asked.days]
        self.for_day.choices = [("", _("All days")), *days] if several else []
        if not self.is_submitted():
            self.for_day.data, self.new_day.data = "", asked.days[0]
            self.starts.data, self.ends.data = _clock(asked.starts), _clock(asked.ends)
        if self.answer.data != PROPOSE:
            self.new_day.validators = [Optional()]
        if not isinstance(asked.starts, datetime):
            del self.starts, self.ends  # whole days

    def validate_for_day(self, field: RadioField) -> None:
        if field.data and field.data not in {choice[0] for choice in field.choices or ()}:
            raise ValidationError(_("Choose one of the days"))

    def validate_starts(self, field: ClockField) -> None:
        if self.answer.data == PROPOSE and field.clock is None:
            raise ValidationError(BAD_TIME)

    def validate_ends(self, field: ClockField) -> None:
        self.validate_starts(field)
        ends, starts = field.clock, self.starts.clock
        if self.answer.data == PROPOSE and starts and ends and ends <= starts:
            raise ValidationError(_("Enter an end that is after the start"))

    @property
    def day(self) -> date | None:
        """The one day that is answered, of several."""
        return date.fromisoformat(self.for_day.data) if self.for_day.data else None

    def proposed(self, asked: Asked) -> tuple[Moment, Moment]:
        """The new start and end, on the clocks of the invitation; of whole days, dates."""
        day = self.new_day.day
        if not isinstance(asked.starts, datetime) and not isinstance(asked.ends, datetime):
            return day, day + (asked.ends - asked.starts)
        starts, ends = self.starts.clock, self.ends.clock
        assert isinstance(asked.starts, datetime) and starts is not None and ends is not None
        zone = asked.starts.tzinfo
        return datetime.combine(day, starts, zone), datetime.combine(day, ends, zone)


def _clock(moment: Moment) -> str:
    return f"{moment:%H:%M}" if isinstance(moment, datetime) else ""
