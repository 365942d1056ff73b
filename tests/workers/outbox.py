"""Mail in the outbox of a test, written and looked at."""

import time
from collections.abc import Callable

from sqlalchemy import Engine, text

RENDERED = r"""convert_to(
    E'From: Network of Cities <letters@events.example.org>\r\n'
    || 'To: person-' || n || E'@city.example.org\r\n'
    || 'Subject: Letter ' || n || E'\r\n'
    || 'Message-ID: <' || n || E'@events.example.org>\r\n'
    || E'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\n'
    || E'Content-Transfer-Encoding: 8bit\r\n\r\n'
    || E'Dear mayor,\r\n.\r\n.. your workshop in Žilina.\r\n', 'UTF8')"""


class Post:
    """Mail in the outbox of a test, written and looked at."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def write(self, count: int = 1, **changed: object) -> None:
        """Rendered mails that are due, numbered in their subject and address."""
        columns = {
            "letter": "'sign_in'",
            "to_address": "'person-' || n || '@city.example.org'",
            "to_name": "''",
            "language": "'en'",
            "state": "'queued'",
            "priority": "1",
            "on_unknown": "'resend'",
            "attempts": "0",
            "only_while_unanswered": "false",
            "trace_id": "null",
            "cc_address": "null",
            "facts": "'{}'::jsonb",
            "approved_hash": "null",
            "rendered": RENDERED,
        } | {name: repr(value) for name, value in changed.items()}
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                f"""
                insert into outbox_mail (dedupe_key, message_id, created_at,
                    due_at, render_attempts, fence, {", ".join(columns)})
                select 'test:' || n, '<' || n || '@events.example.org>', now(), now(), 0, 0,
                    {", ".join(columns.values())}
                from generate_series((select count(*) from outbox_mail) + 1,
                    (select count(*) from outbox_mail) + {count}) as n
                """
            )

    def rows(self, *columns: str) -> list[tuple[object, ...]]:
        with self.engine.begin() as connection:
            asked = f"select {', '.join(columns)} from outbox_mail order by id"
            return [tuple(row) for row in connection.execute(text(asked))]

    def states(self) -> dict[str, int]:
        with self.engine.begin() as connection:
            counted = "select state, count(*) from outbox_mail group by state"
            return dict(tuple(row) for row in connection.execute(text(counted)))

    def message_ids(self) -> list[str]:
        return [str(number) for (number,) in self.rows("message_id")]

    def change(self, **changed: object) -> None:
        with self.engine.begin() as connection:
            given = ", ".join(f"{name} = :{name}" for name in changed)
            connection.execute(text(f"update outbox_mail set {given}"), changed)

    def end_leases(self) -> None:
        """As if the two minutes of every lease had passed."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                "update outbox_mail set lease_until = clock_timestamp() - interval '1 second'"
                " where lease_until is not null"
            )

    def make_due(self) -> None:
        """As if the wait of every retry had passed."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                "update outbox_mail set due_at = now() where state in ('queued', 'retry')"
            )

    def until(
        self,
        states: dict[str, int],
        *,
        seconds: float = 60.0,
        each_second: Callable[[], object] = int,
    ) -> None:
        """Wait for these states; `each_second` does what beat would do meanwhile."""
        deadline, due = time.monotonic() + seconds, time.monotonic() + 1
        while (found := self.states()) != states:
            assert time.monotonic() < deadline, f"{found} instead of {states}"
            if time.monotonic() >= due:
                each_second()
                due += 1
            time.sleep(0.05)
