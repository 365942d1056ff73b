"""Mails as servers and programs write them, as text with bare line feeds."""

CALENDAR = """BEGIN:VCALENDAR
METHOD:REPLY
PRODID:-//x//EN
VERSION:2.0
BEGIN:VEVENT
UID:one@events.example.org
DTSTAMP:20270501T120000Z
ATTENDEE;PARTSTAT=ACCEPTED;CN=Žofia:mailto:deputy.mayor@newark.example.org
END:VEVENT
END:VCALENDAR
"""
ICS = CALENDAR.replace("\n", "\r\n").encode()

ORIGINAL = """From: "Network of Cities" <rsvp+token@events.example.org>
To: deputy.mayor@newark.example.org
Subject: You are invited
Message-ID: <invite-71@events.example.org>
MIME-Version: 1.0
Content-Type: text/calendar; method=REQUEST

""" + CALENDAR.replace("METHOD:REPLY", "METHOD:REQUEST")

POSTFIX = f"""Return-Path: <>
From: MAILER-DAEMON@mx.newark.example.org (Mail Delivery System)
To: bounce+token@events.example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <20270501120000.1@mx.newark.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="B"

This is a MIME-encapsulated message.

--B
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.newark.example.org
X-Postfix-Queue-ID: 4ABCDEF
Arrival-Date: Sat,  1 May 2027 12:00:00 +0000

Final-Recipient: rfc822; Deputy.Mayor@newark.example.org
Original-Recipient: rfc822;deputy.mayor@newark.example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.newark.example.org
Diagnostic-Code: smtp; 550 5.1.1 <deputy.mayor@newark.example.org>: Recipient
    address rejected: User unknown

--B
Content-Description: Undelivered Message
Content-Type: message/rfc822

{ORIGINAL}
--B--
"""

QMAIL = """Return-Path: <>
From: MAILER-DAEMON@mx.newark.example.org
To: bounce+token@events.example.org
Subject: failure notice

Hi. This is the qmail-send program at mx.newark.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<deputy.mayor@newark.example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <bounce+token@events.example.org>
From: "Network of Cities" <rsvp+token@events.example.org>
Message-ID: <invite-71@events.example.org>
Subject: You are invited
"""

EXIM = """Return-Path: <>
X-Failed-Recipients: deputy.mayor@newark.example.org
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.newark.example.org>
To: bounce+token@events.example.org
References: <invite-71@events.example.org>
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error.
"""

VACATION = """Return-Path: <>
From: Deputy mayor <deputy.mayor@newark.example.org>
To: rsvp+token@events.example.org
Subject: =?utf-8?q?Nepr=C3=ADtomnos=C5=A5?=: You are invited
Auto-Submitted: auto-replied (vacation)
In-Reply-To: <invite-71@events.example.org>
Message-ID: <note-1@newark.example.org>
Content-Type: text/plain; charset=utf-8

I am away until Monday.
"""

RECEIPT = """From: deputy.mayor@newark.example.org
To: rsvp+token@events.example.org
Subject: Read: You are invited
Message-ID: <read-1@newark.example.org>
Content-Type: multipart/report; report-type=disposition-notification; boundary="B"

--B
Content-Type: text/plain

Your message was read.

--B
Content-Type: message/disposition-notification

Final-Recipient: rfc822;deputy.mayor@newark.example.org
Original-Message-ID: <invite-71@events.example.org>
Disposition: manual-action/MDN-sent-manually; displayed

--B--
"""

PERSON = """From: "Deputy mayor, Newark" <Deputy.Mayor@Newark.example.org>
To: rsvp+token@events.example.org
Subject: A question
Message-ID: <question-1@newark.example.org>
In-Reply-To: <invite-71@events.example.org>
References: <invite-70@events.example.org> <invite-71@events.example.org>
Content-Type: text/plain; charset=utf-8

Is there a train?
"""

ANSWERED = f"""From: deputy.mayor@newark.example.org
To: rsvp+token@events.example.org
Subject: Accepted: You are invited
Message-ID: <answer-1@newark.example.org>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="A"

--A
Content-Type: text/plain

Accepted.

--A
Content-Type: text/calendar; method=REPLY; charset=UTF-8
Content-Transfer-Encoding: 8bit

{CALENDAR}
--A--
"""

ALL = {
    "postfix": POSTFIX,
    "qmail": QMAIL,
    "exim": EXIM,
    "vacation": VACATION,
    "receipt": RECEIPT,
    "person": PERSON,
    "answered": ANSWERED,
}


def sent(text: str) -> bytes:
    """As it came over the wire."""
    return text.replace("\n", "\r\n").encode()


def topped(text: str, *headers: str) -> bytes:
    """With headers above all others, the first one topmost."""
    return sent("".join(f"{header}\n" for header in headers) + text)
