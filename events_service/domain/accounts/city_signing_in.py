"""Signing in for a city by a link sent by mail: single use, good for fifteen minutes."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.accounts.signing_in import ENDED, VALID_FOR
from events_service.domain.accounts.speaking import Voice, voices_of
from events_service.domain.outbox import URGENT, promise
from events_service.domain.recipients import somebody_in
from events_service.domain.refusals import LinkEnded
from events_service.letters.city_facts import CitySignInFacts
from events_service.model import CitySignInLink
from events_service.tokens import number_in, token_is_right


def make_city_sign_in_link(session: Session, address: str, *, now: datetime) -> CitySignInLink:
    link = CitySignInLink(address=address.lower(), made_at=now, expires_at=now + VALID_FOR)
    session.add(link)
    session.flush()
    return link


def send_city_sign_in_link(
    session: Session, settings: Settings, address: str, *, now: datetime
) -> None:
    """Promise a link to an address that speaks for a city; the caller never learns whether it
    does."""
    voices = voices_of(session, address)
    if not voices:
        return
    link = make_city_sign_in_link(session, address, now=now)
    promise(
        session,
        "city_sign_in",
        somebody_in(voices[0].city, voices[0].address),
        key=f"city-sign-in:{link.id}",
        facts=CitySignInFacts(
            cities=[voice.city.name for voice in voices],
            link={"number": link.id, "version": 1},
            minutes=int(VALID_FOR.total_seconds() // 60),
        ),
        now=now,
        mail_domain=settings.mail_domain,
        priority=URGENT,
    )


def voices_behind(session: Session, secret: str, token: str, *, now: datetime) -> list[Voice]:
    """For which cities a link would sign in. Changes nothing: mail scanners follow links."""
    return voices_of(session, _link_of(session, secret, token, now).address)


def use_city_sign_in_link(session: Session, secret: str, token: str, *, now: datetime) -> str:
    """Sign in once: the address. LinkEnded when the link is used, too old or no link of ours, or
    when the address speaks for no city any more."""
    link = _link_of(session, secret, token, now)
    used = session.execute(
        update(CitySignInLink)
        .where(CitySignInLink.id == link.id, CitySignInLink.used_at.is_(None))
        .values(used_at=now)
        .returning(CitySignInLink.id)
    ).scalar()
    if used is None:
        raise LinkEnded(ENDED)
    return link.address


def _link_of(session: Session, secret: str, token: str, now: datetime) -> CitySignInLink:
    number = number_in(token)
    link = session.get(CitySignInLink, number) if number is not None else None
    if link is None or not token_is_right(secret, token, "home", link.id):
        raise LinkEnded(ENDED)
    if link.used_at or link.expires_at <= now or not voices_of(session, link.address):
        raise LinkEnded(ENDED)
    return link
