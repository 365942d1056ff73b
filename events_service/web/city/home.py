"""What a city sees of itself: its workshops, people, practices, reports and contacts."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.form import closed_because
from events_service.domain.registration.substituting import not_replaceable_because
from events_service.model import CityInvitation, Member
from events_service.queries.city_home import city_home, registered_by
from events_service.tokens import token_for
from events_service.web.access import access
from events_service.web.city import pages
from events_service.web.city.known import as_known
from events_service.web.city.onboarding import task_title
from events_service.web.city.voices import city_for, my_voices
from events_service.web.city.waiting import waiting_in
from events_service.web.context import now, settings
from events_service.web.officials.offer import stands


@pages.get("/home")
@access("city")
def home() -> str | Response:
    """The city; who speaks for several chooses one."""
    voices = my_voices()
    if len(voices) == 1:
        return redirect(url_for("city.city", city_id=voices[0].city.id), 303)
    return render_template("city/choose.html", voices=voices)


@pages.get("/<int:city_id>")
@access("city")
def city(city_id: int) -> str:
    voice = city_for(city_id)
    with transaction() as db:
        shown = as_known(
            city_home(db, city_id, now=now())
            if voice.focal_point
            else registered_by(db, city_id, voice.address, now=now())
        )
        return render_template(
            "city/home.html",
            voice=voice,
            several=len(my_voices()) > 1,
            home=shown,
            link_of=_link_of,
            task_title=task_title,
            waiting=[one for one in map(waiting_in, shown.spotlights) if one is not None],
            replace_link=_replace_link,
            closed=lambda event: closed_because(event, now()),
            stands_of=lambda invitation: stands(invitation and invitation.delegation),
        )


def _link_of(invitation: CityInvitation) -> str | None:
    """The city's own page for that event; None when its link was ended."""
    if invitation.revoked_at is not None:
        return None
    return url_for("officials.city", token=_token_of(invitation))


def _replace_link(invitation: CityInvitation, member: Member) -> str | None:
    """Where somebody is put in the member's place, while somebody can be."""
    if invitation.revoked_at is not None or not_replaceable_because(member, now()):
        return None
    token = _token_of(invitation)
    return url_for("officials.who_comes_instead", token=token, member_id=member.id)


def _token_of(invitation: CityInvitation) -> str:
    return token_for(settings().secret_key, "city", invitation.id, invitation.link_version)
