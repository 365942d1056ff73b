"""Where the pictures of the guides are taken, in the order of the guide.

`told` is what the story tells: name of a chapter → path of the page that shows what happened.
"""

from collections.abc import Callable

from tests.browser.guide import Camera
from tests.browser.visitor import Visitor

Told = dict[str, str]


def planning(organiser: Visitor, camera: Camera, told: Told) -> None:
    """The workshops, and who comes to Stockholm, which then moves and does not."""
    stockholm = told["Answer"]
    organiser.open("/organise")
    camera.take(organiser, "workshops", 900)
    camera.take_beside(organiser, "service", told["Schedule"], stockholm)
    organiser.open(stockholm)
    camera.take(organiser, "board", 1080)
    organiser.open(f"{stockholm}/move")
    organiser.write("First day", "2027-06-21", within="main")
    organiser.press("See what changes")
    camera.take(organiser, "move-preview", 1000)


def moving(organiser: Visitor, camera: Camera, told: Told) -> None:
    """The move of the preview is put into the outbox, released, and taken back in its minute."""
    stockholm = told["Answer"]
    organiser.press("Put the move into the outbox", within="main")
    organiser.follow("Read and release")
    organiser.press("Release", within="main")
    organiser.open(stockholm)
    camera.take(organiser, "undo", 420)
    organiser.press("Undo")


def asking(organiser: Visitor, camera: Camera, told: Told) -> None:
    organiser.open("/organise")
    organiser.follow("Cape Town", within="main")
    organiser.open(f"{organiser.path}/cities/invite")
    organiser.press("Choose all ", within="main")
    camera.take(organiser, "invite", 820)
    organiser.open(told["Questions"])
    camera.take(organiser, "questions", 1100)


def deciding(organiser: Visitor, camera: Camera, told: Told) -> None:
    organiser.open(told["Decide"])
    camera.take(organiser, "decisions", 1600)
    organiser.open(told["Kept places"])
    camera.take(organiser, "kept-places", 1420, skip=130)
    organiser.open(told["Outbox"])
    organiser.follow("Read", within="main")
    camera.take(organiser, "outbox", 820)
    organiser.follow("Read", within="main")
    camera.take(organiser, "outbox-letter", 1040)


def following_up(staff: Visitor, camera: Camera, told: Told) -> None:
    """The report, a letter that waits for approval, and the mailbox."""
    staff.open(told["Attendance"])
    staff.follow("Report", within="main")
    camera.take(staff, "report", 900)
    staff.open(told["Spotlight"])
    staff.follow("Change", within="main")
    staff.write("Due on", "2026-11-20", within="main")
    staff.press("Save the step", within="main")
    staff.open("/staff/letters")
    staff.reloads_until("For your comments", 30)
    staff.follow("For your comments", within="main")
    camera.take(staff, "letter", 900)
    staff.open(told["Calendar invitations"])
    staff.sees("Puts this into the calendar")
    camera.take(staff, "mailbox", 800)


def registering(official: Visitor, camera: Camera, told: Told) -> None:
    """Newark looks after its delegation to Stockholm."""
    official.open(told["Register"])
    camera.take(official, "city", 700)
    official.follow("Change the delegation", within="main")
    camera.take(official, "people", 1300)


def telling(person: Visitor, camera: Camera, told: Told) -> None:
    """Somebody of Newark goes on where they left off, on a phone."""
    person.open(told["Own details"])
    person.press("Continue", within="main")
    camera.take(person, "details-phone", 800)


OF_STAFF: tuple[Callable[[Visitor, Camera, Told], None], ...] = (
    planning,
    moving,
    asking,
    deciding,
    following_up,
)
