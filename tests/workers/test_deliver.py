"""Sending: what each answer of a mail server makes of the mail."""

import email
import hashlib
from email.policy import SMTP

import pytest
from structlog.testing import capture_logs

from events_service.letters.message import envelope_sender
from tests.conftest import SECRET
from tests.workers.mail_server import DROP, GREETINGS, HANG
from workers import deliver as job
from workers import round as on_its_way
from workers.deliver import send_due_mail
from workers.transport import SmtpServer

pytestmark = pytest.mark.usefixtures("jobs")


@pytest.fixture(params=["one by one", "pipelining"])
def server(request, server):
    """Servers take a mail's envelope one word at a time, or all of it together."""
    if request.param == "pipelining":
        server.always["EHLO"] = f"{GREETINGS['EHLO'].replace('250 S', '250-S')}\r\n250 PIPELINING"
    return server


@pytest.fixture
def impatient(monkeypatch, server):
    """A transport that waits for a second and a half where the real one waits for thirty."""
    monkeypatch.setattr(
        job, "the_transport", lambda: SmtpServer(server.url, "events.example.org", timeout=1.5)
    )


def test_mail_leaves_over_one_connection_with_its_text_unchanged(post, server):
    post.write(3, cc_address="office@city.example.org")
    send_due_mail()
    assert (
        post.rows("state", "sent_via", "last_answer", "attempts")
        == [("sent", "smtp", "250 2.0.0 taken", 1)] * 3
    )
    assert (server.connections, server.message_ids) == (1, post.message_ids())
    first = server.taken[0]
    assert first.sender == envelope_sender(SECRET, 1, "events.example.org")
    assert first.recipients == ["person-1@city.example.org", "office@city.example.org"]
    text = email.message_from_bytes(first.message, policy=SMTP).get_content()
    assert text == "Dear mayor,\r\n.\r\n.. your workshop in Žilina.\r\n"


def test_what_waits_for_nothing_costs_no_connection(server):
    send_due_mail()
    assert server.connections == 0


def test_without_a_mail_server_mail_goes_into_the_mailbox(post, server, monkeypatch):
    monkeypatch.setattr(job, "the_transport", job.InternalMailbox)
    post.write(2)
    send_due_mail()
    assert post.rows("state", "sent_via") == [("sent", "mailbox")] * 2
    assert server.connections == 0


TEMPORARY = ["421 4.3.2 closing", "450 4.2.1 busy", "452 4.3.1 full"]
PERMANENT = ["550 5.1.1 nobody", "552 5.2.2 too big", "554 5.7.1 no"]


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize("said", TEMPORARY)
def test_not_now_is_tried_again_and_the_next_mail_leaves(verb, said, post, server):
    post.write(to_address="first@slow.example.org")
    post.write(to_address="second@city.example.org")
    server.answers[verb] = [said]
    send_due_mail()
    send_due_mail()  # 421 ends the connection, the next tick opens another
    assert post.rows("state", "attempts", "last_answer") == [
        ("retry", 1, said),
        ("sent", 1, "250 2.0.0 taken"),
    ]
    post.make_due()
    send_due_mail()
    assert post.rows("state", "attempts") == [("sent", 2), ("sent", 1)]
    assert server.message_ids == list(reversed(post.message_ids()))


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize("said", PERMANENT)
def test_never_is_dead_at_once_and_the_next_mail_leaves(verb, said, post, server):
    post.write(2)
    server.answers[verb] = [said]
    send_due_mail()
    assert post.rows("state", "attempts", "last_answer") == [
        ("dead", 1, said),
        ("sent", 1, "250 2.0.0 taken"),
    ]
    assert server.message_ids == post.message_ids()[1:]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", [HANG, DROP])
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_silence_before_the_text_is_no_delivery(verb, fault, post, server):
    post.write(2, on_unknown="hold")
    server.answers[verb] = [fault]
    send_due_mail()
    send_due_mail()
    assert post.rows("state", "attempts") == [("retry", 1), ("sent", 1)]
    assert server.message_ids == post.message_ids()[1:]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", [HANG, DROP])
@pytest.mark.parametrize(("policy", "state"), [("resend", "retry"), ("hold", "unknown")])
def test_silence_after_the_dot_follows_the_letters_policy(fault, policy, state, post, server):
    post.write(on_unknown=policy)
    server.answers["DOT"] = [fault]
    send_due_mail()
    assert post.states() == {state: 1}
    post.make_due()
    send_due_mail()
    again = [("sent", 2)] if policy == "resend" else [("unknown", 1)]
    assert post.rows("state", "attempts") == again
    assert server.message_ids == post.message_ids() * (2 if policy == "resend" else 1)
    assert len({mail.message for mail in server.taken}) == 1, "a second copy has the same bytes"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", [HANG, DROP, "421 4.3.2 closing", "554 5.3.2 no"])
def test_quitting_does_not_matter(fault, post, server):
    post.write()
    server.answers["QUIT"] = [fault]
    send_due_mail()
    assert post.states() == {"sent": 1}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("verb", ["CONNECT", "EHLO"])
@pytest.mark.parametrize("fault", [HANG, DROP, "421 4.3.2 closing", "554 5.3.2 no"])
def test_a_server_in_trouble_costs_no_try_and_everything_waits(verb, fault, post, server):
    post.write(60)
    server.always = {verb: fault, "HELO": fault} if verb == "EHLO" else {verb: fault}
    send_due_mail()
    assert set(post.rows("state", "attempts")) == {("queued", 0)}
    waits = post.rows("due_at > now() + interval '10 seconds'")
    assert set(waits) == {(True,)}, "also those beyond the first batch"
    send_due_mail()
    assert server.connections == 1, "nobody knocks again before the pause is over"
    server.always = {}
    post.make_due()
    send_due_mail()
    assert post.states() == {"sent": 60}


def test_urgent_mail_finds_out_that_the_server_is_back(post, server):
    post.write(2)
    server.always = {"CONNECT": DROP}
    send_due_mail()
    server.always = {}
    post.write(priority=0)
    send_due_mail()
    assert post.states() == {"queued": 2, "sent": 1}


def test_the_eighth_refusal_is_the_last(post, server):
    post.write(attempts=7)
    server.always = {"RCPT": "450 4.2.1 busy"}
    send_due_mail()
    assert post.rows("state", "attempts") == [("dead", 8)]


def test_mail_to_the_same_domain_waits_with_the_one_that_was_put_off(post, server):
    post.write(2, to_address="person@slow.example.org")
    post.write(to_address="person@quick.example.org")
    post.write(to_address="urgent@slow.example.org", priority=0)
    server.answers["RCPT"] = ["250 ok", "450 4.2.1 busy"]
    send_due_mail()
    assert post.rows("state", "attempts") == [
        ("retry", 1),
        ("queued", 0),
        ("sent", 1),
        ("sent", 1),
    ]


def test_a_copy_that_is_refused_does_not_keep_the_mail_from_the_person(post, server):
    post.write(cc_address="office@city.example.org")
    server.answers["RCPT"] = ["250 ok", "550 5.1.1 nobody"]
    send_due_mail()
    assert post.states() == {"sent": 1}


def test_only_the_bytes_that_were_approved_leave(post, server):
    post.write(2)
    (approved,), _ = post.rows("rendered")
    digest = hashlib.sha256(bytes(approved)).hexdigest()
    post.change(approved_hash=digest)
    send_due_mail()
    assert post.rows("state", "last_answer") == [
        ("sent", "250 2.0.0 taken"),
        ("dead", "554 These are not the bytes that were approved"),
    ]
    assert server.message_ids == post.message_ids()[:1]


def test_a_mail_that_breaks_the_worker_does_not_stop_the_others(post, monkeypatch):
    whole = on_its_way.seal

    def breaks_on_the_first(secret: str, stored: bytes) -> bytes:
        if b"<1@" in stored:
            raise KeyError("person-1@city.example.org")
        return whole(secret, stored)

    monkeypatch.setattr(on_its_way, "seal", breaks_on_the_first)
    post.write(2)
    with capture_logs() as lines:
        send_due_mail()
    assert post.rows("state", "attempts") == [("retry", 1), ("sent", 1)]
    assert "person-1@" not in str(lines), "an error's own words may hold an address"


def test_an_envelope_that_breaks_the_worker_does_not_stop_the_mail_on_its_way(post, monkeypatch):
    """The second one is sealed while the first is with the server."""
    whole = on_its_way.envelope_sender

    def breaks_on_the_second(secret: str, number: int, domain: str) -> str:
        if number == 2:
            raise KeyError(number)
        return whole(secret, number, domain)

    monkeypatch.setattr(on_its_way, "envelope_sender", breaks_on_the_second)
    post.write(3)
    send_due_mail()
    assert post.rows("state", "attempts") == [("sent", 1), ("retry", 1), ("sent", 1)]


def test_a_log_line_names_the_row_and_no_address(post):
    post.write()
    with capture_logs() as lines:
        send_due_mail()
    sent = {"event": "mail sent", "log_level": "info", "mail": 1, "letter": "sign_in"}
    assert lines == [{**sent, "code": 250, "tries": 1}]


def test_the_turn_ends_in_time_and_the_rest_is_given_back(post, monkeypatch):
    monkeypatch.setattr(job, "Turn", lambda: job_turn)
    job_turn = TurnOfTwo()
    post.write(5)
    send_due_mail()
    assert post.states() == {"sent": 2, "queued": 3}


class TurnOfTwo:
    asked = 0

    @property
    def over(self) -> bool:
        self.asked += 1
        return self.asked > 3  # once before the batch, then before each mail
