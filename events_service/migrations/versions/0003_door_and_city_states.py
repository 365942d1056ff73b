"""Who came in, and what a city did with its invitation"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW_IN_OLD_ROWS = (
    ("city_invitation", "seats_elected"),
    ("city_invitation", "declined_because"),
    ("event", "door_version"),
)


def upgrade() -> None:
    op.create_table(
        "check_in",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("attendance_id", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["attendance.id"],
            name=op.f("fk_check_in_attendance_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_check_in_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("attendance_id", "day", name=op.f("uq_check_in_attendance_id_day")),
        sa.UniqueConstraint("key", name=op.f("uq_check_in_key")),
    )
    op.create_index(op.f("ix_check_in_event_id"), "check_in", ["event_id"], unique=False)
    zero, one, empty = sa.text("0"), sa.text("1"), sa.text("''")
    op.add_column(
        "city_invitation",
        sa.Column("seats_elected", sa.Integer(), nullable=False, server_default=zero),
    )
    op.add_column(
        "city_invitation", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "city_invitation", sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "city_invitation",
        sa.Column("declined_because", sa.Text(), nullable=False, server_default=empty),
    )
    op.add_column(
        "event", sa.Column("door_version", sa.Integer(), nullable=False, server_default=one)
    )
    for table, column in NEW_IN_OLD_ROWS:
        op.alter_column(table, column, server_default=None)


def downgrade() -> None:
    op.drop_column("event", "door_version")
    for column in ("declined_because", "declined_at", "opened_at", "seats_elected"):
        op.drop_column("city_invitation", column)
    op.drop_index(op.f("ix_check_in_event_id"), table_name="check_in")
    op.drop_table("check_in")
