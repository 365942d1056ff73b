"""Signing in by a link sent by mail: single use, good for fifteen minutes."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.addresses import normalise
from events_service.domain.outbox import URGENT, promise
from events_service.domain.recipients import recipient_with
from events_service.domain.refusals import LinkEnded
from events_service.letters.facts import SignInFacts
from events_service.model import Account, SignInLink
from events_service.tokens import number_in, token_for, token_is_right
from events_service.translation import lazy_gettext

VALID_FOR = timedelta(minutes=15)
ENDED = lazy_gettext("This sign-in link has been used or is too old. Ask for a new one.")


def account_at(session: Session, address: str) -> Account | None:
    """The account of an address, unless it is disabled. Addresses compare case-insensitively."""
    return session.scalar(
        select(Account).where(
            func.lower(Account.address) == normalise(address).lower(),
            Account.disabled_at.is_(None),
        )
    )


def make_sign_in_link(session: Session, account: Account, *, now: datetime) -> SignInLink:
    link = SignInLink(account=account, made_at=now, expires_at=now + VALID_FOR)
    session.add(link)
    session.flush()
    return link


def sign_in_url(settings: Settings, link: SignInLink) -> str:
    return f"{settings.public_url}/sign-in/{token_for(settings.secret_key, 'sign', link.id)}"


def send_sign_in_link(session: Session, settings: Settings, address: str, *, now: datetime) -> None:
    """Promise a link to the account of this address; the caller never learns if there is one."""
    account = account_at(session, address)
    if account is None:
        return
    link = make_sign_in_link(session, account, now=now)
    promise(
        session,
        "sign_in",
        recipient_with(account),
        key=f"sign-in:{link.id}",
        facts=SignInFacts(
            account=account.name,
            link={"number": link.id, "version": 1},
            minutes=int(VALID_FOR.total_seconds() // 60),
        ),
        now=now,
        mail_domain=settings.mail_domain,
        priority=URGENT,
    )


def _link_of(session: Session, secret: str, token: str, now: datetime) -> SignInLink:
    number = number_in(token)
    link = session.get(SignInLink, number) if number is not None else None
    if link is None or not token_is_right(secret, token, "sign", link.id):
        raise LinkEnded(ENDED)
    if link.used_at or link.expires_at <= now or link.account.disabled_at:
        raise LinkEnded(ENDED)
    return link


def account_behind(session: Session, secret: str, token: str, *, now: datetime) -> Account:
    """Whom a link would sign in. Changes nothing: mail scanners follow links."""
    return _link_of(session, secret, token, now).account


def use_sign_in_link(session: Session, secret: str, token: str, *, now: datetime) -> Account:
    """Sign in once. LinkEnded when the link is used, too old or no link of ours."""
    link = _link_of(session, secret, token, now)
    used = session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
        .values(used_at=now)
        .returning(SignInLink.id)
    ).scalar()
    if used is None:
        raise LinkEnded(ENDED)
    return link.account
