"""Every letter: what it says, to whom, and that nothing typed becomes more than words."""

import re
from typing import Any

import pytest
from jinja2 import UndefinedError
from lxml import html

from events_service.letters import LETTERS
from events_service.letters.letter import Letter
from events_service.letters.rendering import write
from events_service.tokens import placeholder
from tests.letters.cast import CASES, DAYS, EVENT, INVITATION, SENDER
from tests.letters.sending import letter_of

COPIED = [name for name in CASES if name.startswith("member_") and name != "member_details"]
EVERY_CASE = pytest.mark.parametrize("case", CASES)
OURS = ("https://events.example.org/", "mailto:secretariat@events.example.org")


def page_words(letter: Letter) -> list[str]:
    """The words of the HTML part's body."""
    return " ".join(html.document_fromstring(letter.html).find("body").itertext()).split()


def links(letter: Letter) -> list[str]:
    return [str(each) for each in html.document_fromstring(letter.html).xpath("//a/@href")]


def hostile(value: Any, typed: str, key: str = "") -> Any:
    """The facts with `typed` in every field that a person fills in."""
    fixed = {"timezone", "city_timezone", "country", "slug", "languages", "reason", "partstat"}
    fixed |= {"letter", "language"}  # that a test is of
    if isinstance(value, dict):
        return {name: hostile(each, typed, name) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each, typed, key) for each in value]
    if not isinstance(value, str) or key in fixed or key in ("uid", "address", "named_by"):
        return value
    if re.fullmatch(r"\d{4}-\d\d-\d\d.*|\d\d:\d\d", value):
        return value
    return typed


@EVERY_CASE
def test_both_forms_of_a_letter_say_the_same(case: str) -> None:
    letter = letter_of(case)
    in_text = set(re.findall(r"\w+", letter.text))
    in_page = set(re.findall(r"\w+", " ".join(page_words(letter) + links(letter))))
    assert in_page - in_text <= {"mailto"}
    assert in_text - in_page == set()


@EVERY_CASE
def test_plain_text_is_wrapped_and_tidy(case: str) -> None:
    text = letter_of(case).text
    assert all(len(line) <= 72 or line.startswith("https://") for line in text.split("\n"))
    assert "\n\n\n" not in text
    assert text.endswith(".\n") and text == text.strip() + "\n"
    assert "None" not in text and "{" not in text and "<" not in text


@EVERY_CASE
def test_every_letter_has_a_way_to_a_person(case: str) -> None:
    letter = letter_of(case)
    assert "secretariat@events.example.org" in letter.text
    assert letter.reply_to in ("secretariat@events.example.org", "partnerships@events.example.org")


@EVERY_CASE
def test_a_letter_asks_for_nothing_from_elsewhere(case: str) -> None:
    letter = letter_of(case)
    assert all(link.startswith(OURS) for link in links(letter))
    page = html.document_fromstring(letter.html)
    assert page.xpath("//img | //script | //link | //iframe | //form | //*[@src]") == []
    assert "url(" not in letter.html


@EVERY_CASE
def test_styles_are_inlined(case: str) -> None:
    page = html.document_fromstring(letter_of(case).html)
    assert page.xpath("//td[contains(@class, 'ws-mail__pad')]/@style") != []
    assert page.xpath("//p[not(@style)] | //h1[not(@style)] | //a[not(@style)]") == []


@pytest.mark.parametrize(
    "typed",
    [
        "https://evil.example/login",
        "www.evil.example",
        "evil.example",
        "boss@evil.example",
        '"><a href="https://evil.example">x</a><script>alert(1)</script>',
        "{{ 7 * 7 }}{% raw %}",
        "Mayor\r\nhttps://evil.example\r\nBcc: x@evil.example",
        "\u202ereversed\u2066",
        "javascript:alert(1)",
    ],
)
def test_what_people_type_is_inert(typed: str) -> None:
    for case, facts in CASES.items():
        assert_inert(LETTERS[case.partition(".")[0]](hostile(facts, typed), SENDER))


def assert_inert(letter: Letter) -> None:
    assert all(link.startswith(OURS) for link in links(letter))
    assert html.document_fromstring(letter.html).xpath("//script") == []
    shown = letter.text + letter.html
    assert "://evil" not in shown and "evil.example" not in shown
    assert "s@evil" not in shown and "x@evil" not in shown
    assert "\u202e" not in shown and "\u2066" not in shown
    assert "49" not in letter.text
    assert "\n" not in letter.subject and "\r" not in letter.subject


def test_control_without_inert_facts_a_name_would_become_a_link() -> None:
    raw = CASES["sign_in"] | {"account": "https://evil.example", "url": "https://x.example"}
    assert "://evil.example" in write("sign_in", SENDER, subject="x", facts=raw).text


def test_a_fact_that_is_missing_is_an_error_and_no_gap() -> None:
    with pytest.raises(UndefinedError, match="minutes"):
        write("sign_in", SENDER, subject="x", facts={"account": "x", "url": "x"})


@pytest.mark.parametrize(
    ("case", "link"),
    [
        ("sign_in", f"sign-in/{placeholder('sign', 3)}"),
        ("city_invited", f"r/{placeholder('city', 12)}"),
        ("registration_link", f"r/{placeholder('city', 12)}"),
        ("city_declined", f"r/{placeholder('city', 12)}"),
        ("city_reminder", f"r/{placeholder('city', 12)}"),
        ("city_sign_in", f"city/enter/{placeholder('home', 5)}"),
        ("city_contacts_changed", "city"),
        ("delegation_confirmed", f"r/{placeholder('city', 12)}"),
        ("delegation_waitlisted", f"r/{placeholder('city', 12)}"),
        ("delegation_promoted", f"r/{placeholder('city', 12)}"),
        ("delegation_submitted", f"r/{placeholder('city', 12)}"),
        ("delegation_approved", f"r/{placeholder('city', 12)}"),
        ("delegation_turned_down", f"r/{placeholder('city', 12)}"),
        ("delegation_offered", f"r/{placeholder('city', 12)}"),
        ("delegation_offer_ended", f"r/{placeholder('city', 12)}"),
        ("member_details", f"me/{placeholder('self', 41)}"),
        ("delegation_withdrawn", f"r/{placeholder('city', 12)}"),
        ("member_invited", f"a/{placeholder('answ', 31)}"),
        ("member_updated", f"a/{placeholder('answ', 31)}"),
        ("spotlight_publish", "practices/trusted-messengers"),
    ],
)
def test_a_letter_links_to_where_one_acts(case: str, link: str) -> None:
    letter = letter_of(case)
    assert links(letter)[0] == f"https://events.example.org/{link}"
    assert f"\nhttps://events.example.org/{link}\n" in letter.text


def test_an_unknown_address_gets_no_link_to_register() -> None:
    letter = letter_of("registration_unknown")
    assert links(letter)[0] == "https://events.example.org/events/bratislava-2027"
    assert "zzlinkzz" not in letter.text + letter.html
    assert "Newark" not in letter.text


@pytest.mark.parametrize("case", COPIED)
def test_an_assistant_is_named_only_when_copied(case: str) -> None:
    assert "Copied to your office." in letter_of(case).text
    assert "Copied to your office." not in letter_of(case, copied_to_office=False).text


def test_only_letters_about_an_invitation_carry_a_calendar() -> None:
    methods = {
        case: letter.calendar.method for case in CASES if (letter := letter_of(case)).calendar
    }
    assert methods == {
        "member_invited": "REQUEST",
        "member_invited.promoted": "REQUEST",
        "member_invited.readmitted": "REQUEST",
        "member_invited.session": "REQUEST",
        "member_invited.all_day": "REQUEST",
        "member_nudge": "REQUEST",
        "member_nudge.words": "REQUEST",
        "member_updated": "REQUEST",
        "member_updated.answered": "REQUEST",
        "member_updated.session": "REQUEST",
        "member_updated.text": "REQUEST",
        "member_cancelled.session": "CANCEL",
        "member_cancelled.fewer_sessions": "CANCEL",
        "member_cancelled.replaced": "CANCEL",
        "member_cancelled": "CANCEL",
        "member_cancelled.removed": "CANCEL",
        "member_cancelled.days": "CANCEL",
        "member_cancelled.too_early": "CANCEL",
        "member_cancelled.event": "CANCEL",
        "proposal_declined": "DECLINECOUNTER",
        "proposal_declined.day": "DECLINECOUNTER",
    }


def test_only_a_cancelled_event_says_cancelled_in_the_calendar() -> None:
    for case in ("member_cancelled", "member_cancelled.removed", "member_cancelled.event"):
        calendar = letter_of(case).calendar
        assert calendar
        assert (b"STATUS:CANCELLED" in calendar.ics) == (case == "member_cancelled.event")


def test_the_calendar_tells_the_agenda_of_its_own_days_and_no_link_to_answer() -> None:
    calendar = letter_of("member_invited").calendar
    assert calendar
    text = calendar.ics.replace(b"\r\n ", b"").decode()
    description = text.partition("DESCRIPTION:")[2].partition("\r\n")[0]
    assert description.replace("\\n", "\n").replace("\\,", ",").split("\n") == [
        "Cities against hate and extremism",
        "",
        "Tuesday 1\u00a0June",
        "09:00\u00a0–\u00a010:30  Opening by the host city (Town hall)",
        "11:00\u00a0–\u00a017:30  What cities saw this year",
        "",
        "Wednesday 2\u00a0June",
        "09:30\u00a0–\u00a017:00  Working with civil society",
        "",
        "Programme: https://events.example.org/events/bratislava-2027",
        "Questions: secretariat@events.example.org",
    ]
    assert "zzlinkzzansw" not in text


def test_a_venue_that_is_not_known_is_left_out() -> None:
    event = {**EVENT, "venue": "", "venue_address": "", "sessions": []}
    letter = letter_of("member_invited", event=event, days=DAYS)
    assert "Where:      Bratislava, Slovakia\n" in letter.text
    assert letter.calendar
    assert b"DTSTART;VALUE=DATE:20270601" in letter.calendar.ics


@pytest.mark.parametrize(
    ("seats", "why"),
    [
        (0, "Your delegation needs two places and none is free."),
        (1, "Your delegation needs two places and only one is free."),
        (2, "Other delegations are waiting before yours."),
    ],
)
def test_the_waiting_list_says_why(seats: int, why: str) -> None:
    text = letter_of("delegation_waitlisted", seats_free=seats).text
    assert why in " ".join(text.split())


@pytest.mark.parametrize(
    "case", ["delegation_confirmed", "delegation_waitlisted", "delegation_submitted"]
)
def test_a_city_reads_what_is_left_to_do(case: str) -> None:
    """Nothing, or the details of some people."""
    nothing = "There is nothing else you need to do."
    one = "One step is left: the details of 1 person are still open."
    two = "One step is left: the details of 2 people are still open."
    found = []
    for still_open in (0, 1, 2):
        text = " ".join(letter_of(case, details_open=still_open).text.split())
        found.append([words for words in (nothing, one, two) if words in text])
    assert found == [[] if case == "delegation_confirmed" else [nothing], [one], [two]]


def test_a_first_name_is_never_split_off() -> None:
    member = {**CASES["member_invited"]["member"], "name": "Role Holder"}
    assert "\nDear Role Holder,\n" in letter_of("member_invited", member=member).text
    assert "\nDear Deputy mayor,\n" in letter_of("member_invited").text


def test_an_answer_is_asked_again_only_when_the_time_changed() -> None:
    asked, not_asked = "Please tell us again", "Your answer stays as it is"
    for case, said, unsaid in (
        ("member_updated", asked, not_asked),
        ("member_updated.answered", not_asked, asked),
    ):
        words = " ".join(letter_of(case).text.split())
        assert said in words and unsaid not in words


def test_a_change_shows_what_holds_and_what_held() -> None:
    letter = letter_of("member_updated.answered", days=DAYS[:2], days_before=DAYS[:2])
    assert letter.text.split("\n\n")[3:6] == [
        "“Preventing hate where people live” in Bratislava, for which Newark\n"
        "named you, has changed. Please note what is new.",
        "Where:      Old Market Hall\n"
        "            Primaciálne námestie 2\n"
        "            Bratislava, Slovakia\n"
        "Before:     Primate’s Palace\n"
        "            Primaciálne námestie 2\n"
        "            Bratislava, Slovakia",
        "When:       Tuesday\u00a01 to Wednesday 2\u00a0June 2027\n"
        "            09:00\u00a0–\u00a017:30 each day, Bratislava time (UTC+2)\n"
        "            That is 03:00\u00a0–\u00a011:30 in Newark (UTC−4)",
    ]
    assert INVITATION["days"] == DAYS[:2]


def test_the_invitation_of_a_city_reads_as_it_should() -> None:
    letter = letter_of("city_invited")
    assert letter.subject == (
        "Invitation for Newark to Bratislava, 1 – 3 June 2027 (Preventing hate where people live)"
    )
    assert letter.text.replace("\u00a0", " ").split("\n")[:26] == [
        "Network of Cities",
        "",
        "An invitation to Bratislava, 1 – 3 June 2027",
        "",
        "Dear Mayor,",
        "",
        "We would be glad to welcome a delegation from Newark to “Preventing hate",
        "where people live” in Bratislava.",
        "",
        "Three days on what local government can do before violence begins.",
        "",
        "When:       Tuesday 1 to Thursday 3 June 2027",
        "            First session at 09:00, Bratislava time (UTC+2)",
        "            That is 03:00 in Newark (UTC−4)",
        "Where:      Primate’s Palace",
        "            Primaciálne námestie 2",
        "            Bratislava, Slovakia",
        "With:       City of Bratislava",
        "            Ministry of the Interior",
        "Places:     Up to three places for your city: one for an elected",
        "            official, two for practitioners",
        "Answer by:  Friday 14 May 2027, 18:00 in Bratislava (UTC+2)",
        "            That is 12:00 in Newark (UTC−4)",
        "Spoken:     English and Slovak",
        "",
        "Please tell us who will come. It takes a few minutes; each person you",
    ]


def test_a_city_reads_before_it_answers_that_an_organiser_decides() -> None:
    """Control: where nobody decides, the letter promises what holds there."""
    at_once = (
        "each person you name then receives a letter with an entry for the calendar. Until the "
        "date above you can change the names or withdraw on the same page, at once and without "
        "asking us."
    )
    decided = (
        "An organiser then decides about each delegation, and we write to you; once yours is "
        "approved, each person you name receives a letter with an entry for the calendar. Until "
        "the date above you can change the list or withdraw on the same page."
    )
    found = [
        [said in " ".join(letter.text.split()) for said in (at_once, decided)]
        for letter in (letter_of("city_invited"), letter_of("city_invited", approves=True))
    ]
    assert found == [[True, False], [False, True]]


def test_a_city_reads_why_it_is_written_to_again() -> None:
    """Only a moved event has changed; what is sent again was not asked for by the city."""
    earlier = {**EVENT, "starts_on": "2027-05-25", "ends_on": "2027-05-27"}
    moved = letter_of("city_invited", again=True, before=earlier)
    assert moved.subject.startswith("Changed invitation for Newark to Bratislava, 1 – 3 June 2027")
    assert [
        letter.text.replace("\u00a0", " ").split("\n\n")[3]
        for letter in (letter_of("city_invited", again=True), moved)
    ] == [
        "Here is the invitation of your city once more. The link below takes the\n"
        "place of any we sent before.",
        "The invitation that we sent to Newark has changed. It was announced for\n"
        "25 – 27 May 2027. This letter says how it stands now, and the link below\n"
        "takes the place of any we sent before.",
    ]


@pytest.mark.parametrize("step", ["invite", "draft", "sign_off", "publish", "check_in"])
def test_the_words_of_the_sender_come_first_and_once(step: str) -> None:
    words = "We met in June.\n\nI think of it often."
    with_words = letter_of(f"spotlight_{step}", words=words).text.split("\n\n")
    without = letter_of(f"spotlight_{step}").text.split("\n\n")
    assert without[2] == "Dear Head of community safety,"
    assert with_words == [*without[:3], "We met in June.", "I think of it often.", *without[3:]]


def test_letters_about_other_days_have_other_subjects() -> None:
    """Mail programs put letters with one subject into one thread and hide the second."""
    last = {**INVITATION, "days": DAYS[2:]}
    subjects = [letter_of("member_invited").subject]
    subjects.append(letter_of("member_invited", invitation=last).subject)
    assert subjects == [
        "Invitation: Bratislava, 1 – 2 June 2027 (Preventing hate where people live)",
        "Invitation: Bratislava, 3 June 2027 (Preventing hate where people live)",
    ]


def test_an_offer_says_its_deadline_on_the_clocks_of_the_host_and_of_the_city() -> None:
    text = letter_of("delegation_offered").text
    assert "18:00 in Bratislava (UTC+2)" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "That is 12:00 in Newark (UTC−4)" in text.replace("\N{NO-BREAK SPACE}", " ")
