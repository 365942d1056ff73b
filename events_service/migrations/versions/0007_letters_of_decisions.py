"""What an organiser decided is tied to its letters; whether a city was written to is found at once"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# So far they were told by their kind, and by being younger than the decision.
LETTERS_OF_NOW = """
update outbox_mail as mail
set decided_at = delegation.decided_at
from delegation
where mail.event_id = delegation.event_id
  and mail.city_id = delegation.city_id
  and mail.created_at >= delegation.decided_at
  and not starts_with(mail.dedupe_key, 'again:')
  and mail.letter in (
    'delegation_approved', 'delegation_turned_down', 'delegation_offered',
    'delegation_waitlisted', 'delegation_promoted', 'delegation_confirmed',
    'waiting_ended', 'member_invited', 'member_updated', 'member_cancelled')
"""


def upgrade() -> None:
    op.add_column("outbox_mail", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(LETTERS_OF_NOW)
    op.create_index(
        "ix_outbox_mail_to_city",
        "outbox_mail",
        ["city_id", "event_id"],
        postgresql_where=sa.text("letter = 'city_invited'"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_mail_to_city", "outbox_mail")
    op.drop_column("outbox_mail", "decided_at")
