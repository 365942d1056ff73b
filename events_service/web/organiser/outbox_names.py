"""What the groups of an outbox are called."""

from events_service.domain.delivery.outbox_groups import Group
from events_service.translation import gettext as _
from events_service.translation import ngettext


def group_name(group: Group) -> str:
    """12 invitations to cities · Places approved: Gothenburg"""
    count, city = len(group.letters), group.city
    match group.key:
        case "city_invited":
            return ngettext("%(num)s invitation to a city", "%(num)s invitations to cities", count)
        case "city_reminder":
            return ngettext("%(num)s reminder to a city", "%(num)s reminders to cities", count)
        case "member_nudge":
            return ngettext("%(num)s reminder to a person", "%(num)s reminders to people", count)
        case "member_details":
            return ngettext("%(num)s request for details", "%(num)s requests for details", count)
        case "proposal_declined":
            return ngettext(
                "%(num)s answer to a proposed time", "%(num)s answers to proposed times", count
            )
        case "again":
            return ngettext(
                "%(num)s invitation sent once more", "%(num)s invitations sent once more", count
            )
    return _about(group, group.kinds, city)


def _about(group: Group, kinds: set[str], city: str) -> str:
    if "delegation_approved" in kinds:
        return _("Places approved: %(city)s", city=city)
    if group.replaced:
        return _replaced(group.replaced, city)
    if kinds >= {"delegation_confirmed", "member_invited"}:  # more people than it had
        return _("Places approved: %(city)s", city=city)
    if "delegation_promoted" in kinds:
        return _("Places from the waiting list: %(city)s", city=city)
    if "delegation_offered" in kinds:
        return _("Some places offered: %(city)s", city=city)
    if "delegation_turned_down" in kinds:
        return _("No places: %(city)s", city=city)
    if kinds >= {"delegation_waitlisted", "waiting_ended"}:
        return _("Somebody replaced: %(city)s", city=city)
    if "delegation_waitlisted" in kinds:
        return _("On the waiting list: %(city)s", city=city)
    if kinds >= {"member_invited", "member_cancelled"}:
        return _("Somebody replaced: %(city)s", city=city)
    return _("The delegation of %(city)s", city=city)


def _replaced(pairs: list[tuple[str, str]], city: str) -> str:
    if len(pairs) > 1:
        return _("%(count)s people replaced: %(city)s", count=len(pairs), city=city)
    [(comes, goes)] = pairs
    return _("%(comes)s in place of %(goes)s", comes=comes, goes=goes)
