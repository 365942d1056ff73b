"""Mail that comes in, answers to single days, feeds, and how an event fills calendars"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW_IN_OLD_ROWS = (
    ("event", "calendar_style"),
    ("event", "calendar_sequence"),
    ("outbox_mail", "only_while_unanswered"),
)


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(identity is null) <> (account_id is null)", name=op.f("ck_calendar_feed_one_of_two")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("account_id", name=op.f("uq_calendar_feed_account_id")),
        sa.UniqueConstraint("identity", name=op.f("uq_calendar_feed_identity")),
    )
    op.create_table(
        "day_answer",
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "partstat",
            sa.Enum(
                "NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answered_by", sa.Enum("page", "mail", native_enum=False, length=32), nullable=False
        ),
        sa.Column("reply_sequence", sa.Integer(), nullable=False),
        sa.Column("reply_dtstamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_message_id", sa.String(), nullable=True),
        sa.Column("reply_comment", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_day_answer_invitation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("invitation_id", "day", name=op.f("pk_day_answer")),
    )
    op.create_table(
        "inbound_mail",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column(
            "door",
            sa.Enum("command", "smtp", "imap", "mailbox", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("recipients", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "applied",
                "unchanged",
                "stale",
                "proposal",
                "review",
                "quarantined",
                "bounce",
                "auto-reply",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("claims", postgresql.JSONB(), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("invitation_id", sa.BigInteger(), nullable=True),
        sa.Column("outbox_mail_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "partstat",
            sa.Enum(
                "NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED", native_enum=False, length=32
            ),
            nullable=True,
        ),
        sa.Column(
            "decision", sa.Enum("applied", "dismissed", native_enum=False, length=32), nullable=True
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_inbound_mail_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_inbound_mail_event_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_inbound_mail_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_mail_id"], ["outbox_mail.id"], name=op.f("fk_inbound_mail_outbox_mail_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_mail")),
        sa.UniqueConstraint("digest", name=op.f("uq_inbound_mail_digest")),
    )
    op.create_index(op.f("ix_inbound_mail_event_id"), "inbound_mail", ["event_id"], unique=False)
    op.create_index(
        "ix_inbound_mail_held",
        "inbound_mail",
        ["event_id", "id"],
        unique=False,
        postgresql_where=sa.text(
            "outcome in ('review', 'quarantined', 'stale') and decided_at is null"
        ),
    )
    op.create_index(
        op.f("ix_inbound_mail_invitation_id"), "inbound_mail", ["invitation_id"], unique=False
    )
    op.create_index(
        op.f("ix_inbound_mail_outbox_mail_id"), "inbound_mail", ["outbox_mail_id"], unique=False
    )
    op.create_index(
        "ix_inbound_mail_unread",
        "inbound_mail",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("read_at is null"),
    )
    op.create_table(
        "time_proposal",
        sa.Column("inbound_mail_id", sa.BigInteger(), nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "accepted", "declined", "overtaken", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_time_proposal_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_time_proposal_event_id")),
        sa.ForeignKeyConstraint(
            ["inbound_mail_id"], ["inbound_mail.id"], name=op.f("fk_time_proposal_inbound_mail_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_time_proposal_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_proposal")),
    )
    op.create_index(op.f("ix_time_proposal_event_id"), "time_proposal", ["event_id"], unique=False)
    op.create_index(
        op.f("ix_time_proposal_inbound_mail_id"), "time_proposal", ["inbound_mail_id"], unique=False
    )
    op.create_index(
        op.f("ix_time_proposal_invitation_id"), "time_proposal", ["invitation_id"], unique=False
    )
    op.add_column(
        "event",
        sa.Column(
            "calendar_style",
            sa.Enum("daily", "each_day", "each_session", "all_day", native_enum=False, length=32),
            nullable=False,
            server_default=sa.text("'daily'"),
        ),
    )
    op.add_column(
        "event",
        sa.Column("calendar_sequence", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column(
        "event", sa.Column("calendar_changed_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("invitation", sa.Column("session_id", sa.BigInteger(), nullable=True))
    op.add_column("invitation", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        """
        update invitation set changed_at = coalesce(
            (select max(created_at) from outbox_mail where invitation_id = invitation.id), now())
        """
    )
    op.alter_column("invitation", "changed_at", nullable=False)
    op.add_column("invitation", sa.Column("reply_sequence", sa.Integer(), nullable=True))
    op.add_column(
        "invitation", sa.Column("reply_dtstamp", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("invitation", sa.Column("reply_message_id", sa.String(), nullable=True))
    op.add_column("invitation", sa.Column("reply_comment", sa.Text(), nullable=True))
    op.create_index(op.f("ix_invitation_session_id"), "invitation", ["session_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_invitation_session_id"),
        "invitation",
        "agenda_session",
        ["session_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.add_column(
        "member", sa.Column("session_ids", postgresql.ARRAY(sa.BigInteger()), nullable=True)
    )
    op.add_column(
        "outbox_mail",
        sa.Column(
            "only_while_unanswered", sa.Boolean(), nullable=False, server_default=sa.text("false")
        ),
    )
    op.add_column("outbox_mail", sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox_mail", sa.Column("bounce", sa.Text(), nullable=True))
    op.drop_index(op.f("ix_member_address"), table_name="member")
    op.create_index("ix_member_lower_address", "member", [sa.text("lower(address)")])
    for table, column in NEW_IN_OLD_ROWS:
        op.alter_column(table, column, server_default=None)


def downgrade() -> None:
    op.drop_index("ix_member_lower_address", table_name="member")
    op.create_index(op.f("ix_member_address"), "member", ["address"])
    op.drop_column("outbox_mail", "bounce")
    op.drop_column("outbox_mail", "bounced_at")
    op.drop_column("outbox_mail", "only_while_unanswered")
    op.drop_column("member", "session_ids")
    op.drop_constraint(op.f("fk_invitation_session_id"), "invitation", type_="foreignkey")
    op.drop_index(op.f("ix_invitation_session_id"), table_name="invitation")
    op.drop_column("invitation", "reply_comment")
    op.drop_column("invitation", "reply_message_id")
    op.drop_column("invitation", "reply_dtstamp")
    op.drop_column("invitation", "reply_sequence")
    op.drop_column("invitation", "changed_at")
    op.drop_column("invitation", "session_id")
    op.drop_column("event", "calendar_changed_at")
    op.drop_column("event", "calendar_sequence")
    op.drop_column("event", "calendar_style")
    op.drop_index(op.f("ix_time_proposal_invitation_id"), table_name="time_proposal")
    op.drop_index(op.f("ix_time_proposal_inbound_mail_id"), table_name="time_proposal")
    op.drop_index(op.f("ix_time_proposal_event_id"), table_name="time_proposal")
    op.drop_table("time_proposal")
    op.drop_index(
        "ix_inbound_mail_unread",
        table_name="inbound_mail",
        postgresql_where=sa.text("read_at is null"),
    )
    op.drop_index(op.f("ix_inbound_mail_outbox_mail_id"), table_name="inbound_mail")
    op.drop_index(op.f("ix_inbound_mail_invitation_id"), table_name="inbound_mail")
    op.drop_index(
        "ix_inbound_mail_held",
        table_name="inbound_mail",
        postgresql_where=sa.text(
            "outcome in ('review', 'quarantined', 'stale') and decided_at is null"
        ),
    )
    op.drop_index(op.f("ix_inbound_mail_event_id"), table_name="inbound_mail")
    op.drop_table("inbound_mail")
    op.drop_table("day_answer")
    op.drop_table("calendar_feed")
