"""A partnership's letter all the way: due, drafted, rendered, read, approved, sent, step done."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import select

from events_service.db import transaction
from events_service.domain.delivery import approval
from events_service.domain.followup.spotlights import start_partnership
from events_service.model import Account, OutboxMail, SpotlightStep
from tests.follow_up import colleague, practice
from tests.workers.mail_server import MailServer
from workers.deliver import send_due_mail
from workers.followups import draft_followups
from workers.process import now
from workers.render import render_due_letters

pytestmark = pytest.mark.usefixtures("jobs")


def begin() -> None:
    with transaction() as session:
        due = now().date() - timedelta(days=3)  # not moved past today by a week-end
        start_partnership(session, practice(session).id, colleague(session), due, now=now())


def the_mail() -> OutboxMail:
    with transaction() as session:
        return session.scalars(select(OutboxMail)).one()


def approve(read: str) -> None:
    with transaction() as session:
        person = session.scalars(select(Account)).one()
        approval.approve_letter(session, the_mail().id, person, read=read, now=now())


def test_a_due_letter_leaves_once_a_person_approved_it(server: MailServer) -> None:
    begin()
    draft_followups()
    draft_followups()
    render_due_letters()
    send_due_mail()
    mail = the_mail()
    assert (mail.state, mail.subject, server.taken) == (
        "drafted",
        "May we tell others what Newark does?",
        [],
    )
    approve(approval.digest_of(mail))
    send_due_mail()
    draft_followups()
    assert [taken.recipients for taken in server.taken] == [["newark@cities.example.org"]]
    with transaction() as session:
        step = session.scalars(select(SpotlightStep).order_by(SpotlightStep.id)).first()
        assert step is not None
        assert step.done_at == the_mail().sent_at


def test_what_is_rendered_anew_after_approval_never_leaves(server: MailServer) -> None:
    """The control is the test above: the bytes that were approved are taken by the server."""
    begin()
    draft_followups()
    render_due_letters()
    approve(approval.digest_of(the_mail()))
    with transaction() as session:
        mail = session.scalars(select(OutboxMail)).one()
        assert mail.rendered is not None
        mail.rendered = mail.rendered.replace(b"Newark", b"Nework")
    send_due_mail()
    assert (server.taken, the_mail().state) == ([], "dead")


def test_own_words_reach_the_city(server: MailServer) -> None:
    begin()
    draft_followups()
    render_due_letters()
    mail = the_mail()
    with transaction() as session:
        approval.edit_letter(
            session,
            mail.id,
            "It was good to meet by the river.",
            read=approval.digest_of(mail),
            now=now(),
        )
    render_due_letters()
    approve(approval.digest_of(the_mail()))
    send_due_mail()
    [taken] = server.taken
    mail = message_from_bytes(taken.message, policy=default)
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body.get_content().count("It was good to meet by the river.") == 1
