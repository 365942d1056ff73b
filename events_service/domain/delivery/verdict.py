"""What a mail server's answer makes of a mail (RFC 5321 §4.2.1)."""

import re
from dataclasses import dataclass
from datetime import timedelta

from events_service.domain.delivery.backoff import MOST_TRIES, wait_after
from events_service.model.mail import MailState, OnUnknown

COPY_TRIES = 2
ENHANCED = re.compile(r"5\.(\d{1,3})\.\d{1,3}\b")
OF_ADDRESSES = (550, 551, 553)  # said to RCPT, without an enhanced code


@dataclass(frozen=True)
class Answer:
    """What the server said last. `code` is None when no answer came.

    `handed_over`: the text of the mail had gone out, so the server may have it.
    """

    code: int | None
    text: str
    handed_over: bool = False

    @property
    def accepted(self) -> bool:
        return self.code is not None and 200 <= self.code < 300

    @property
    def for_good(self) -> bool:
        return self.code is not None and 500 <= self.code < 600

    @property
    def refuses_the_address(self) -> bool:
        """See `is_about_the_address`. Once the text had gone out, a bare code is about that."""
        if not self.for_good:
            return False
        return is_about_the_address(self.text, None if self.handed_over else self.code)

    @property
    def for_now(self) -> bool:
        return self.code is not None and 400 <= self.code < 500


def is_about_the_address(enhanced: str, code: int | None) -> bool:
    """Whether a lasting refusal is of the address, not of the text, the size or who sends it: by
    the enhanced code that `enhanced` begins with (RFC 3463: X.1.Y), else by the bare `code`."""
    detail = ENHANCED.match(enhanced)
    return detail[1] == "1" if detail is not None else code in OF_ADDRESSES


@dataclass(frozen=True)
class Verdict:
    """The state a mail is put in; `wait` until its next try when that is `retry`."""

    state: MailState
    wait: timedelta | None = None


def judge(answer: Answer, *, tries: int, on_unknown: OnUnknown, chance: float) -> Verdict:
    """Decide after the try number `tries` (1 or more). `chance` as in `backoff.wait_after`.

    No answer after the text had gone out: the server may or may not have the mail. Then
    `resend` sends the same bytes again, so that a second copy can be recognised by its
    Message-ID, and `hold` waits for a person.
    """
    if answer.accepted:
        return Verdict("sent")
    if answer.for_good:
        return Verdict("dead")
    if answer.code is None and answer.handed_over and on_unknown == "hold":
        return Verdict("unknown")
    if tries >= MOST_TRIES:
        return Verdict("dead")
    return Verdict("retry", wait_after(tries, chance))


def of_recipients(person: Answer, copy: Answer | None, *, tries: int) -> Answer | None:
    """What stops the mail before its text, or None when it may be handed over.

    The person's mailbox decides. A copy that is refused for good does not keep the mail from the
    person; one that is put off (greylisting) may hold it up for the first tries only.
    """
    if not person.accepted:
        return person
    if copy is not None and not copy.accepted and not copy.for_good and tries <= COPY_TRIES:
        return copy
    return None
