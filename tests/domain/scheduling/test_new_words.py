"""A reworded programme: sent only when an organiser says so, without asking anybody anew."""

from dataclasses import replace
from datetime import date, timedelta

from events_service.domain.registration.answers import answer
from events_service.domain.scheduling.agenda import plans_of, set_agenda
from events_service.domain.scheduling.event_change import as_it_stands
from events_service.letters import LETTERS
from events_service.letters.sender import sender_in
from events_service.model import OutboxMail
from tests import cast
from tests.domain.scheduling.workshop import Workshop, states
from tests.itip.entries import named

DAYS = [date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)]


def test_new_words_are_sent_only_when_asked_for(shop: Workshop) -> None:
    shop.register("Newark", keep=True)
    first, *others = plans_of(shop.event)
    set_agenda(shop.db, shop.event, [replace(first, title="Opening"), *others], now=shop.clock.now)
    assert [one.letter for one in sent(shop)] == ["member_invited"]
    assert shop.behind() == 1


def test_new_words_keep_sequence_and_answers_and_have_a_newer_dtstamp(shop: Workshop) -> None:
    mayor = shop.register("Newark", keep=True)
    [invitation] = mayor.invitations
    answer(mayor, {invitation.id: "ACCEPTED"}, now=shop.clock.now)
    for title in ("Opening", "A better opening"):
        first, *others = plans_of(shop.event)
        set_agenda(shop.db, shop.event, [replace(first, title=title), *others], now=shop.clock.now)
        shop.leave(replace(as_it_stands(shop.event), texts=True))
    assert states(mayor) == [(DAYS, 0, 0, "ACCEPTED", False)]
    mails = sent(shop)
    assert [(one.letter, one.facts["invitation"]["sequence"]) for one in mails] == [
        ("member_invited", 0),
        ("member_updated", 0),
        ("member_updated", 0),
    ]
    parts = [LETTERS[one.letter](one.facts, sender_in(shop.settings)).calendar for one in mails]
    stamps = [named(part.ics, "DTSTAMP") for part in parts if part]
    assert stamps == sorted(stamps) and len({stamp[0] for stamp in stamps}) == 3
    assert "A better opening" in named(parts[2].ics, "DESCRIPTION")[0] if parts[2] else False
    assert shop.behind() == 0


def test_only_the_people_of_a_renamed_session_are_written_to(by_session: Workshop) -> None:
    shop = by_session
    first, second, *_ = shop.event.sessions
    shop.register("Newark", sessions=[first.id], keep=True)
    shop.register("Boise", sessions=[second.id], keep=True)
    one, *others = plans_of(shop.event)
    set_agenda(shop.db, shop.event, [replace(one, title="Opening"), *others], now=cast.LONG_AGO)
    assert shop.behind() == 1
    before = len(sent(shop))
    shop.leave(replace(as_it_stands(shop.event), texts=True))
    assert [(mail.letter, mail.to_address) for mail in sent(shop)[before:]] == [
        ("member_updated", "mayor@newark.example.org")
    ]


def test_a_new_title_concerns_everybody(shop: Workshop) -> None:
    shop.register("Newark", keep=True)
    shop.register("Boise", days=DAYS[:1], keep=True)
    assert shop.behind() == 0
    shop.event.title = "Trust"
    shop.db.flush()
    assert shop.behind() == 2


def test_new_words_may_be_sent_while_it_takes_place(shop: Workshop) -> None:
    shop.register("Newark", keep=True)
    shop.event.title = "Trust"
    shop.clock.advance(timedelta(days=191))  # its second day
    shop.leave(replace(as_it_stands(shop.event), texts=True))
    assert [one.letter for one in sent(shop)] == ["member_invited", "member_updated"]


def sent(shop: Workshop) -> list[OutboxMail]:
    mails = shop.db.query(OutboxMail).order_by(OutboxMail.id).all()
    return [mail for mail in mails if mail.letter.startswith("member_")]
