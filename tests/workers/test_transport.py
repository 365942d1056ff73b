"""Connecting: encrypted when asked, signed in when asked, never in the clear instead."""

import base64

import pytest

from events_service.domain.delivery.verdict import Answer
from tests.workers.mail_server import MailServer
from workers.transport import Envelope, ServerUnreachable, SmtpServer


def connect(url: str) -> SmtpServer:
    transport = SmtpServer(url, "events.example.org", timeout=2)
    transport.open()
    return transport


def envelope(*recipients: str, size: int = 1) -> Envelope:
    return Envelope("a@example.org", recipients, size)


def test_a_password_is_sent_as_it_was_meant(server: MailServer):
    server.always["EHLO"] = "250-mail.example.org\r\n250 AUTH PLAIN"
    transport = connect(f"smtp://robot:p%40ss%3Aword@127.0.0.1:{server.port}")
    transport.close()
    (said,) = [line for line in server.heard if line.startswith("AUTH")]
    assert base64.b64decode(said.split()[-1]) == b"\0robot\0p@ss:word"


def test_a_wrong_password_is_the_servers_trouble_not_the_mails(server: MailServer):
    server.always["EHLO"] = "250-mail.example.org\r\n250 AUTH PLAIN"
    server.always["AUTH"] = "535 5.7.8 wrong"
    with pytest.raises(ServerUnreachable):
        connect(f"smtp://robot:secret@127.0.0.1:{server.port}")


def test_a_server_without_starttls_gets_no_mail_in_the_clear(server: MailServer):
    with pytest.raises(ServerUnreachable, match="STARTTLS"):
        connect(f"smtp+starttls://robot:secret@127.0.0.1:{server.port}")
    assert not any(line.startswith(("AUTH", "MAIL")) for line in server.heard)


def test_a_server_without_tls_gets_nothing_at_all(server: MailServer):
    with pytest.raises(ServerUnreachable):
        connect(f"smtps://robot:secret@127.0.0.1:{server.port}")


def test_we_say_our_name_and_how_long_the_mail_is(server: MailServer):
    transport = connect(server.url)
    assert transport.offer(envelope("b@example.org", size=1234), tries=1) is None
    transport.take_back()
    transport.close()
    assert server.heard == [
        "ehlo events.example.org",
        "MAIL FROM:<a@example.org> SIZE=1234",
        "RCPT TO:<b@example.org>",
        "rset",
        "quit",
    ]


def test_an_envelope_goes_out_together_where_the_server_takes_it_so(server: MailServer):
    """One by one, the server would hear the second command only after its answer to the first."""
    server.always["EHLO"] = "250-mail.example.org\r\n250 PIPELINING"
    server.answers["MAIL"] = ["550 5.7.1 not from you"]
    transport = connect(server.url)
    copied = envelope("b@example.org", "c@example.org")
    refused = transport.offer(copied, tries=1)
    assert refused == Answer(550, "5.7.1 not from you")
    transport.take_back()
    assert transport.offer(copied, tries=1) is None
    transport.close()
    said = ["MAIL FROM:<a@example.org>", "RCPT TO:<b@example.org>", "RCPT TO:<c@example.org>"]
    assert server.heard == ["ehlo events.example.org", *said, "rset", *said, "quit"]


def test_an_announced_envelope_is_said_once_and_can_be_taken_back(server: MailServer):
    server.always["EHLO"] = "250-mail.example.org\r\n250 PIPELINING"
    transport = connect(server.url)
    transport.announce(envelope("b@example.org"))
    transport.take_back()
    server.answers["RCPT"] = ["550 5.1.1 nobody"]
    transport.announce(envelope("c@example.org"))
    assert transport.offer(envelope("c@example.org"), tries=1) == Answer(550, "5.1.1 nobody")
    transport.close()
    told = [line for line in server.heard if line.startswith("RCPT")]
    assert told == ["RCPT TO:<b@example.org>", "RCPT TO:<c@example.org>"]


def test_one_by_one_nobody_is_named_after_a_refused_sender(server: MailServer):
    server.answers["MAIL"] = ["550 5.7.1 not from you"]
    transport = connect(server.url)
    assert transport.offer(envelope("b@example.org"), tries=1) is not None
    transport.close()
    assert [line[:4] for line in server.heard] == ["ehlo", "MAIL", "quit"]


@pytest.mark.parametrize("offered", ["SIZE 10000000", "PIPELINING"])
@pytest.mark.parametrize(
    ("verb", "refusal", "handed_over"),
    [("DATA", "451 4.7.1 later", False), ("DOT", "554 5.6.0 no", True)],
)
def test_a_text_that_is_refused_does_no_harm_to_the_next_mail(
    offered: str, verb: str, refusal: str, handed_over: bool, server: MailServer
):
    """The dot ends a transaction, a refused DATA does not. Control: the test after this one."""
    server.always["EHLO"] = f"250-mail.example.org\r\n250 {offered}"
    server.answers[verb] = [refusal]
    transport = connect(server.url)
    assert transport.offer(envelope("b@example.org"), tries=1) is None
    said = transport.hand_over(b"x\r\n", meanwhile=lambda: None)
    assert said == Answer(int(refusal[:3]), refusal[4:], handed_over=handed_over)
    transport.announce(envelope("c@example.org"))
    assert transport.offer(envelope("c@example.org"), tries=1) is None
    assert transport.hand_over(b"x\r\n", meanwhile=lambda: None).accepted
    assert [line for line in server.heard if line == "rset"] == ["rset"] * (not handed_over)
    transport.close()


def test_control_the_server_takes_no_mail_within_another(server: MailServer):
    transport = connect(server.url)
    assert transport.offer(envelope("b@example.org"), tries=1) is None
    assert transport.offer(envelope("c@example.org"), tries=1) == Answer(
        503, "5.5.1 Error: nested MAIL command"
    )
    transport.take_back()
    assert transport.offer(envelope("c@example.org"), tries=1) is None
    transport.close()


def test_nobody_at_that_port(server: MailServer):
    with pytest.raises(ServerUnreachable):
        connect("smtp://127.0.0.1:1")
    assert server.connections == 0


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        (b"one\r\n", b"one\r\n"),
        (b".\r\n", b".\r\n"),
        (b"one\r\n.two\r\n..\r\n", b"one\r\n.two\r\n..\r\n"),
        (b"no end of line", b"no end of line\r\n"),
    ],
)
def test_dots_arrive_as_they_were(text, sent, server: MailServer):
    transport = connect(server.url)
    transport.offer(envelope("b@example.org"), tries=1)
    assert transport.hand_over(text, meanwhile=lambda: None).accepted
    transport.close()
    assert server.taken[0].message == sent
