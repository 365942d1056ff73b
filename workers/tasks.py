"""The jobs under the names that ticks call them by."""

from workers.app import app
from workers.changes import apply_changes
from workers.deliver import send_due_mail
from workers.followups import draft_followups
from workers.forgetting import forget_old_data
from workers.imap import fetch_mail
from workers.inbox import read_inbox
from workers.offers import end_offers
from workers.reminders import draft_reminders
from workers.render import render_due_letters
from workers.reports import draft_reports

app.task(name="changes")(apply_changes)
app.task(name="followups")(draft_followups)
app.task(name="offers")(end_offers)
app.task(name="reminders")(draft_reminders)
app.task(name="reports")(draft_reports)
app.task(name="forgetting")(forget_old_data)
app.task(name="inbox")(read_inbox)
app.task(name="imap")(fetch_mail)
app.task(name="render")(render_due_letters)
app.task(name="deliver")(send_due_mail)
