"""Delegations as cities register them: particulars, quotas, decisions, drafts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEW_IN_OLD_ROWS = (
    ("delegation", "kept_seats"),
    ("delegation", "offered_seats"),
    ("delegation", "draft_version"),
    ("delegation", "decided_because"),
    ("event", "approves_delegations"),
    ("outbox_mail", "language"),
    ("pending_change", "wordings"),
)


def upgrade() -> None:
    op.create_table(
        "consent_text",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_consent_text_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint(
            "kind", "version", "language", name=op.f("uq_consent_text_kind_version_language")
        ),
    )
    op.create_table(
        "question",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("choices", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_question_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_question_event_id_key")),
    )
    op.create_table(
        "quota",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_quota_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", name=op.f("pk_quota")),
    )
    op.create_table(
        "particulars",
        sa.Column("delegation_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("link_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_by", sa.String(length=32), nullable=True),
        sa.Column("attribution", sa.String(length=32), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_particulars_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_particulars_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_particulars")),
        sa.UniqueConstraint("member_id", name=op.f("uq_particulars_member_id")),
    )
    op.create_index(
        op.f("ix_particulars_delegation_id"), "particulars", ["delegation_id"], unique=False
    )
    op.create_table(
        "consent",
        sa.Column("particulars_id", sa.BigInteger(), nullable=False),
        sa.Column("consent_text_id", sa.BigInteger(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_text_id"], ["consent_text.id"], name=op.f("fk_consent_consent_text_id")
        ),
        sa.ForeignKeyConstraint(
            ["particulars_id"],
            ["particulars.id"],
            name=op.f("fk_consent_particulars_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_particulars_id"), "consent", ["particulars_id"], unique=False)
    op.create_table(
        "detail",
        sa.Column("particulars_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["particulars_id"],
            ["particulars.id"],
            name=op.f("fk_detail_particulars_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_detail_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("particulars_id", "question_id", name=op.f("pk_detail")),
    )
    op.create_index(op.f("ix_detail_question_id"), "detail", ["question_id"], unique=False)
    op.add_column("city", sa.Column("language", sa.String(), nullable=True))
    op.add_column("city_invitation", sa.Column("counts_as", sa.String(length=32), nullable=True))
    op.add_column(
        "delegation",
        sa.Column("kept_seats", postgresql.JSONB(), nullable=False, server_default=sa.text("'{}'")),
    )
    op.add_column(
        "delegation",
        sa.Column("offered_seats", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column(
        "delegation", sa.Column("offer_ends_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "delegation",
        sa.Column("draft_version", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column(
        "delegation", sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("delegation", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("delegation", sa.Column("decided_by_id", sa.BigInteger(), nullable=True))
    op.add_column(
        "delegation",
        sa.Column("decided_because", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
    op.create_foreign_key(
        op.f("fk_delegation_decided_by_id"), "delegation", "account", ["decided_by_id"], ["id"]
    )
    op.add_column(
        "event",
        sa.Column(
            "approves_delegations", sa.Boolean(), nullable=False, server_default=sa.text("false")
        ),
    )
    op.add_column("member", sa.Column("is_elected", sa.Boolean(), nullable=True))
    op.add_column("member", sa.Column("language", sa.String(), nullable=True))
    op.add_column(
        "outbox_mail",
        sa.Column("language", sa.String(), nullable=False, server_default=sa.text("'en'")),
    )
    op.add_column("pending_change", sa.Column("released_by_id", sa.BigInteger(), nullable=True))
    op.add_column("pending_change", sa.Column("released_hash", sa.String(), nullable=True))
    op.add_column(
        "pending_change",
        sa.Column("wordings", postgresql.JSONB(), nullable=False, server_default=sa.text("'{}'")),
    )
    op.alter_column(
        "pending_change", "due_at", existing_type=postgresql.TIMESTAMP(timezone=True), nullable=True
    )
    op.create_foreign_key(
        op.f("fk_pending_change_released_by_id"),
        "pending_change",
        "account",
        ["released_by_id"],
        ["id"],
    )
    for table, column in NEW_IN_OLD_ROWS:
        op.alter_column(table, column, server_default=None)


def downgrade() -> None:
    op.execute("delete from pending_change where due_at is null")
    op.drop_constraint(
        op.f("fk_pending_change_released_by_id"), "pending_change", type_="foreignkey"
    )
    op.alter_column(
        "pending_change",
        "due_at",
        existing_type=postgresql.TIMESTAMP(timezone=True),
        nullable=False,
    )
    op.drop_column("pending_change", "wordings")
    op.drop_column("pending_change", "released_hash")
    op.drop_column("pending_change", "released_by_id")
    op.drop_column("outbox_mail", "language")
    op.drop_column("member", "language")
    op.drop_column("member", "is_elected")
    op.drop_column("event", "approves_delegations")
    op.drop_constraint(op.f("fk_delegation_decided_by_id"), "delegation", type_="foreignkey")
    op.drop_column("delegation", "decided_because")
    op.drop_column("delegation", "decided_by_id")
    op.drop_column("delegation", "decided_at")
    op.drop_column("delegation", "submitted_at")
    op.drop_column("delegation", "draft_version")
    op.drop_column("delegation", "offer_ends_at")
    op.drop_column("delegation", "offered_seats")
    op.drop_column("delegation", "kept_seats")
    op.drop_column("city_invitation", "counts_as")
    op.drop_column("city", "language")
    op.drop_index(op.f("ix_detail_question_id"), table_name="detail")
    op.drop_table("detail")
    op.drop_index(op.f("ix_consent_particulars_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(op.f("ix_particulars_delegation_id"), table_name="particulars")
    op.drop_table("particulars")
    op.drop_table("quota")
    op.drop_table("question")
    op.drop_table("consent_text")
