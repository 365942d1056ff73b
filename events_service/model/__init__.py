"""Tables, one family a file."""

from events_service.model.account import (
    Account,
    CitySignInLink,
    RateWindow,
    SeriesGrant,
    SignInLink,
)
from events_service.model.door import CheckIn
from events_service.model.event import (
    AgendaSession,
    Event,
    EventPartner,
    Lineage,
    PendingChange,
    Series,
    Theme,
)
from events_service.model.feed import CalendarFeed
from events_service.model.followup import Onboarding, OnboardingTask, Spotlight, SpotlightStep
from events_service.model.imports import CityImport
from events_service.model.inbox import InboundMail, TimeProposal
from events_service.model.mail import OutboxMail, SuppressedAddress
from events_service.model.particulars import (
    Consent,
    ConsentText,
    Detail,
    Particulars,
    Question,
)
from events_service.model.place import City, Contact, Organisation
from events_service.model.record import (
    Attendance,
    NextStep,
    Note,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
    Resource,
)
from events_service.model.registration import (
    AccessRequest,
    CityInvitation,
    DayAnswer,
    Delegation,
    Invitation,
    Member,
    Quota,
)
from events_service.model.report import Report, ReportBlock, ReportVersion

__all__ = [
    "AccessRequest",
    "Account",
    "AgendaSession",
    "Attendance",
    "CalendarFeed",
    "CheckIn",
    "City",
    "CityImport",
    "CityInvitation",
    "CitySignInLink",
    "Consent",
    "ConsentText",
    "Contact",
    "DayAnswer",
    "Delegation",
    "Detail",
    "Event",
    "EventPartner",
    "InboundMail",
    "Invitation",
    "Lineage",
    "Member",
    "NextStep",
    "Note",
    "Onboarding",
    "OnboardingTask",
    "Organisation",
    "OutboxMail",
    "Particulars",
    "PendingChange",
    "Practice",
    "Question",
    "Quota",
    "Quote",
    "QuoteAttribution",
    "RateWindow",
    "Recommendation",
    "Report",
    "ReportBlock",
    "ReportVersion",
    "Resource",
    "Series",
    "SeriesGrant",
    "SignInLink",
    "Spotlight",
    "SpotlightStep",
    "SuppressedAddress",
    "Theme",
    "TimeProposal",
]
