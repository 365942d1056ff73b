"""The first tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("administrator", "staff", "organiser", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sessions_end_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("address", name=op.f("uq_account_address")),
    )
    op.create_table(
        "city",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subdivision", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city")),
        sa.UniqueConstraint("slug", name=op.f("uq_city_slug")),
    )
    op.create_table(
        "organisation",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "civil_society",
                "national_government",
                "donor",
                "city_network",
                "academia",
                "multilateral",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("agreement", sa.String(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "suppressed_address",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_suppressed_address")),
    )
    op.create_table(
        "rate_window",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("window_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_starts_at", name=op.f("pk_rate_window")),
    )
    op.create_table(
        "series",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("previous_edition_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["previous_edition_id"], ["series.id"], name=op.f("fk_series_previous_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("slug", name=op.f("uq_series_slug")),
    )
    op.create_table(
        "contact",
        sa.Column("city_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_contact_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("city_id", "address", name=op.f("uq_contact_city_id_address")),
    )
    op.create_index(op.f("ix_contact_address"), "contact", ["address"], unique=False)
    op.create_table(
        "event",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind", sa.Enum("workshop", "summit", native_enum=False, length=32), nullable=False
        ),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("city_id", sa.BigInteger(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("venue_address", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("seats_per_city", sa.Integer(), nullable=False),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("previous_edition_id", sa.BigInteger(), nullable=True),
        sa.Column("sample", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_event_ends_after_start")),
        sa.CheckConstraint(
            "seats_taken between 0 and capacity", name=op.f("ck_event_never_overbooked")
        ),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_event_city_id")),
        sa.ForeignKeyConstraint(
            ["previous_edition_id"], ["event.id"], name=op.f("fk_event_previous_edition_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_event_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_index(op.f("ix_event_series_id"), "event", ["series_id"], unique=False)
    op.create_table(
        "resource",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_resource_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("title", name=op.f("uq_resource_title")),
    )
    op.create_table(
        "series_grant",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_series_grant_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_grant_series_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "series_id", name=op.f("pk_series_grant")),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_link_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
    )
    op.create_index(
        op.f("ix_sign_in_link_account_id"), "sign_in_link", ["account_id"], unique=False
    )
    op.create_table(
        "access_request",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_access_request_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_request")),
        sa.UniqueConstraint("event_id", "address", name=op.f("uq_access_request_event_id_address")),
    )
    op.create_table(
        "agenda_session",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("ck_agenda_session_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_agenda_session_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_session")),
    )
    op.create_index(
        op.f("ix_agenda_session_event_id"), "agenda_session", ["event_id"], unique=False
    )
    op.create_table(
        "city_invitation",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("city_id", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_invitation_city_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_city_invitation_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_invitation")),
        sa.UniqueConstraint(
            "event_id", "city_id", name=op.f("uq_city_invitation_event_id_city_id")
        ),
    )
    op.create_index(
        op.f("ix_city_invitation_address"), "city_invitation", ["address"], unique=False
    )
    op.create_index(
        op.f("ix_city_invitation_city_id"), "city_invitation", ["city_id"], unique=False
    )
    op.create_table(
        "event_partner",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "role", sa.Enum("partner", "donor", native_enum=False, length=32), nullable=False
        ),
        sa.Column("city_id", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(city_id is null) <> (organisation_id is null)",
            name=op.f("ck_event_partner_one_of_two"),
        ),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_event_partner_city_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_partner_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_event_partner_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_partner")),
        sa.UniqueConstraint(
            "event_id",
            "role",
            "city_id",
            "organisation_id",
            name=op.f("uq_event_partner_event_id_role_city_id_organisation_id"),
        ),
    )
    op.create_index(op.f("ix_event_partner_event_id"), "event_partner", ["event_id"], unique=False)
    op.create_table(
        "lineage",
        sa.Column("from_event_id", sa.BigInteger(), nullable=False),
        sa.Column("to_event_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_event_id"], ["event.id"], name=op.f("fk_lineage_from_event_id")
        ),
        sa.ForeignKeyConstraint(["to_event_id"], ["event.id"], name=op.f("fk_lineage_to_event_id")),
        sa.PrimaryKeyConstraint("from_event_id", "to_event_id", name=op.f("pk_lineage")),
    )
    op.create_table(
        "next_step",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_next_step_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
    )
    op.create_index(op.f("ix_next_step_event_id"), "next_step", ["event_id"], unique=False)
    op.create_table(
        "onboarding",
        sa.Column("city_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "introduced",
                "interested",
                "applied",
                "decided",
                "focal_points",
                "welcomed",
                "active",
                "ended",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("introduced_at_event_id", sa.BigInteger(), nullable=True),
        sa.Column("introduced_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_onboarding_city_id")),
        sa.ForeignKeyConstraint(
            ["introduced_at_event_id"],
            ["event.id"],
            name=op.f("fk_onboarding_introduced_at_event_id"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_onboarding_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onboarding")),
        sa.UniqueConstraint("city_id", name=op.f("uq_onboarding_city_id")),
    )
    op.create_table(
        "pending_change",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Enum("move", "cancel", native_enum=False, length=32), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_to", sa.Integer(), nullable=True),
        sa.Column("trace_id", sa.String(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_pending_change_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_pending_change_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_change")),
    )
    op.create_index(
        op.f("ix_pending_change_event_id"), "pending_change", ["event_id"], unique=False
    )
    op.create_table(
        "recommendation",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("mayors", "national", "network", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_recommendation_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    op.create_index(
        op.f("ix_recommendation_event_id"), "recommendation", ["event_id"], unique=False
    )
    op.create_table(
        "report",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("requested", "drafting", "draft", "failed", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.BigInteger(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trace_id", sa.String(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_report_event_id")),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["account.id"], name=op.f("fk_report_requested_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("event_id", name=op.f("uq_report_event_id")),
    )
    op.create_table(
        "theme",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_theme_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_theme_event_id_name")),
    )
    op.create_index(op.f("ix_theme_event_id"), "theme", ["event_id"], unique=False)
    op.create_table(
        "delegation",
        sa.Column("city_invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("city_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "confirmed", "waitlisted", "withdrawn", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("contact_address", sa.String(), nullable=False),
        sa.Column("draft", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waitlisted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_delegation_seats_not_negative")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_delegation_city_id")),
        sa.ForeignKeyConstraint(
            ["city_invitation_id"],
            ["city_invitation.id"],
            name=op.f("fk_delegation_city_invitation_id"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_delegation_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("city_invitation_id", name=op.f("uq_delegation_city_invitation_id")),
    )
    op.create_index(op.f("ix_delegation_city_id"), "delegation", ["city_id"], unique=False)
    op.create_index(
        "ix_delegation_waiting", "delegation", ["event_id", "waitlisted_at"], unique=False
    )
    op.create_table(
        "note",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("theme_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.BigInteger(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_note_event_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_note_theme_id")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_note_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_event_id"), "note", ["event_id"], unique=False)
    op.create_table(
        "onboarding_task",
        sa.Column("onboarding_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "introduced",
                "interested",
                "applied",
                "decided",
                "focal_points",
                "welcomed",
                "active",
                "ended",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["onboarding_id"],
            ["onboarding.id"],
            name=op.f("fk_onboarding_task_onboarding_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_onboarding_task_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onboarding_task")),
    )
    op.create_table(
        "practice",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("city_id", sa.BigInteger(), nullable=False),
        sa.Column("theme_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("challenge", sa.Text(), nullable=False),
        sa.Column("approach", sa.Text(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_practice_city_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_practice_event_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_practice_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
        sa.UniqueConstraint("slug", name=op.f("uq_practice_slug")),
    )
    op.create_index(op.f("ix_practice_city_id"), "practice", ["city_id"], unique=False)
    op.create_index(op.f("ix_practice_event_id"), "practice", ["event_id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("theme_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "rule", sa.Enum("name", "city", "chatham", native_enum=False, length=32), nullable=False
        ),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column(
            "consent",
            sa.Enum("none", "asked", "given", "refused", "withdrawn", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_wording", sa.Text(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_quote_event_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_quote_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_event_id"), "quote", ["event_id"], unique=False)
    op.create_table(
        "report_block",
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("drafted", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sources", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("edited", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["account.id"], name=op.f("fk_report_block_edited_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_block_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_block")),
        sa.UniqueConstraint("report_id", "part", name=op.f("uq_report_block_report_id_part")),
    )
    op.create_table(
        "report_version",
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_report_version_published_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_version_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_version")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_version_report_id_number")),
    )
    op.execute(
        "create function report_version_is_final() returns trigger language plpgsql as $$ begin "
        "raise exception 'a published version of a report is never changed'; end $$"
    )
    op.execute(
        "create trigger report_version_is_final before update or delete on report_version "
        "for each row execute function report_version_is_final()"
    )
    op.create_table(
        "member",
        sa.Column("delegation_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("assistant_address", sa.String(), nullable=True),
        sa.Column("days", postgresql.ARRAY(sa.Date()), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_member_delegation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_address"), "member", ["address"], unique=False)
    op.create_index(op.f("ix_member_delegation_id"), "member", ["delegation_id"], unique=False)
    op.create_table(
        "quote_attribution",
        sa.Column("quote_id", sa.BigInteger(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("city_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["city_id"], ["city.id"], name=op.f("fk_quote_attribution_city_id")
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"],
            ["quote.id"],
            name=op.f("fk_quote_attribution_quote_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_quote_attribution")),
    )
    op.create_table(
        "spotlight",
        sa.Column("practice_id", sa.BigInteger(), nullable=False),
        sa.Column("city_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "declined", "published", "ended", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_spotlight_city_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_spotlight_owner_id")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_spotlight_practice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotlight")),
        sa.UniqueConstraint("practice_id", name=op.f("uq_spotlight_practice_id")),
    )
    op.create_index(op.f("ix_spotlight_city_id"), "spotlight", ["city_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("city_id", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("days", postgresql.ARRAY(sa.Date()), nullable=False),
        sa.Column("walk_in", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(city_id is null) <> (organisation_id is null)", name=op.f("ck_attendance_one_of_two")
        ),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_attendance_city_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_attendance_event_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_attendance_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_attendance_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("event_id", "member_id", name=op.f("uq_attendance_event_id_member_id")),
    )
    op.create_index(op.f("ix_attendance_city_id"), "attendance", ["city_id"], unique=False)
    op.create_index(op.f("ix_attendance_event_id"), "attendance", ["event_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("days", postgresql.ARRAY(sa.Date()), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("min_sequence", sa.Integer(), nullable=False),
        sa.Column(
            "partstat",
            sa.Enum(
                "NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answered_by", sa.Enum("page", "mail", native_enum=False, length=32), nullable=True
        ),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_invitation_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("uid", name=op.f("uq_invitation_uid")),
    )
    op.create_index(op.f("ix_invitation_member_id"), "invitation", ["member_id"], unique=False)
    op.create_table(
        "outbox_mail",
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("cc_address", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column(
            "on_unknown", sa.Enum("resend", "hold", native_enum=False, length=32), nullable=False
        ),
        sa.Column("trace_id", sa.String(), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("city_id", sa.BigInteger(), nullable=True),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("invitation_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "queued",
                "claimed",
                "sending",
                "sent",
                "retry",
                "dead",
                "unknown",
                "discarded",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("calendar_method", sa.String(), nullable=True),
        sa.Column("rendered", sa.LargeBinary(), nullable=True),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("render_attempts", sa.Integer(), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_hash", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_answer", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "sent_via", sa.Enum("smtp", "mailbox", native_enum=False, length=32), nullable=True
        ),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["account.id"], name=op.f("fk_outbox_mail_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_outbox_mail_city_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_outbox_mail_event_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_outbox_mail_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["left_by_id"], ["account.id"], name=op.f("fk_outbox_mail_left_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_outbox_mail_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_mail_dedupe_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_mail_message_id")),
    )
    # Facts and letters lie outside the row: its state changes three times as it is sent, and each
    # change writes the whole row.
    op.execute("alter table outbox_mail set (toast_tuple_target = 128)")
    op.create_index(op.f("ix_outbox_mail_city_id"), "outbox_mail", ["city_id"], unique=False)
    op.create_index(
        "ix_outbox_mail_due",
        "outbox_mail",
        ["priority", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('queued', 'claimed', 'sending', 'retry')"),
    )
    op.create_index(
        "ix_outbox_mail_unrendered",
        "outbox_mail",
        ["priority", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("rendered is null and state in ('queued', 'drafted')"),
    )
    op.create_index("ix_outbox_mail_event", "outbox_mail", ["event_id", "id"], unique=False)
    op.create_index(
        op.f("ix_outbox_mail_invitation_id"), "outbox_mail", ["invitation_id"], unique=False
    )
    op.create_index(op.f("ix_outbox_mail_member_id"), "outbox_mail", ["member_id"], unique=False)
    op.create_index("ix_outbox_mail_sent", "outbox_mail", ["sent_at"], unique=False)
    op.create_index(op.f("ix_outbox_mail_to_address"), "outbox_mail", ["to_address"], unique=False)
    op.create_table(
        "spotlight_step",
        sa.Column("spotlight_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "key",
            sa.Enum(
                "invite", "draft", "sign_off", "publish", "check_in", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("mail_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["outbox_mail.id"], name=op.f("fk_spotlight_step_mail_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_spotlight_step_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["spotlight_id"],
            ["spotlight.id"],
            name=op.f("fk_spotlight_step_spotlight_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotlight_step")),
        sa.UniqueConstraint("spotlight_id", "key", name=op.f("uq_spotlight_step_spotlight_id_key")),
    )
    op.create_index(op.f("ix_spotlight_step_due_on"), "spotlight_step", ["due_on"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_spotlight_step_due_on"), table_name="spotlight_step")
    op.drop_table("spotlight_step")
    op.drop_index(op.f("ix_outbox_mail_to_address"), table_name="outbox_mail")
    op.drop_index("ix_outbox_mail_sent", table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_member_id"), table_name="outbox_mail")
    op.drop_index(op.f("ix_outbox_mail_invitation_id"), table_name="outbox_mail")
    op.drop_index("ix_outbox_mail_event", table_name="outbox_mail")
    op.drop_index(
        "ix_outbox_mail_due",
        table_name="outbox_mail",
        postgresql_where=sa.text("state in ('queued', 'claimed', 'sending', 'retry')"),
    )
    op.drop_index(op.f("ix_outbox_mail_city_id"), table_name="outbox_mail")
    op.drop_table("outbox_mail")
    op.drop_index(op.f("ix_invitation_member_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_attendance_event_id"), table_name="attendance")
    op.drop_index(op.f("ix_attendance_city_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_spotlight_city_id"), table_name="spotlight")
    op.drop_table("spotlight")
    op.drop_table("quote_attribution")
    op.drop_index(op.f("ix_member_delegation_id"), table_name="member")
    op.drop_index(op.f("ix_member_address"), table_name="member")
    op.drop_table("member")
    op.drop_table("report_version")
    op.execute("drop function report_version_is_final")
    op.drop_table("report_block")
    op.drop_index(op.f("ix_quote_event_id"), table_name="quote")
    op.drop_table("quote")
    op.drop_index(op.f("ix_practice_event_id"), table_name="practice")
    op.drop_index(op.f("ix_practice_city_id"), table_name="practice")
    op.drop_table("practice")
    op.drop_table("onboarding_task")
    op.drop_index(op.f("ix_note_event_id"), table_name="note")
    op.drop_table("note")
    op.drop_index("ix_delegation_waiting", table_name="delegation")
    op.drop_index(op.f("ix_delegation_city_id"), table_name="delegation")
    op.drop_table("delegation")
    op.drop_index(op.f("ix_theme_event_id"), table_name="theme")
    op.drop_table("theme")
    op.drop_table("report")
    op.drop_index(op.f("ix_recommendation_event_id"), table_name="recommendation")
    op.drop_table("recommendation")
    op.drop_index(op.f("ix_pending_change_event_id"), table_name="pending_change")
    op.drop_table("pending_change")
    op.drop_table("onboarding")
    op.drop_index(op.f("ix_next_step_event_id"), table_name="next_step")
    op.drop_table("next_step")
    op.drop_table("lineage")
    op.drop_index(op.f("ix_event_partner_event_id"), table_name="event_partner")
    op.drop_table("event_partner")
    op.drop_index(op.f("ix_city_invitation_city_id"), table_name="city_invitation")
    op.drop_index(op.f("ix_city_invitation_address"), table_name="city_invitation")
    op.drop_table("city_invitation")
    op.drop_index(op.f("ix_agenda_session_event_id"), table_name="agenda_session")
    op.drop_table("agenda_session")
    op.drop_table("access_request")
    op.drop_index(op.f("ix_sign_in_link_account_id"), table_name="sign_in_link")
    op.drop_table("sign_in_link")
    op.drop_table("series_grant")
    op.drop_table("resource")
    op.drop_index(op.f("ix_event_series_id"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_contact_address"), table_name="contact")
    op.drop_table("contact")
    op.drop_table("series")
    op.drop_table("suppressed_address")
    op.drop_table("rate_window")
    op.drop_table("organisation")
    op.drop_table("city")
    op.drop_table("account")
