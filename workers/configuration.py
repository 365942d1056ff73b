"""How Celery runs: JSON over Redis, no results, and a tick for each job every second."""

from typing import Any

from events_service.config import Settings

SECONDS_BETWEEN_TICKS = 1.0
QUICK, LONG = 0, 9  # priorities in the queue: what takes milliseconds goes before what drains
JOBS = {
    "changes": QUICK,
    "followups": QUICK,
    "offers": QUICK,
    "reminders": QUICK,
    "reports": QUICK,
    "forgetting": QUICK,
    "inbox": QUICK,
    "imap": QUICK,
    "render": LONG,
    "deliver": LONG,
}
SELDOM = {  # seconds between ticks
    "imap": 30.0,  # asks somebody else's server
    "forgetting": 60.0,  # of what was kept for a day
    "offers": 5.0,
    "reminders": 30.0,  # nobody waits for them
}


def beat_schedule() -> dict[str, Any]:
    """A tick for each job every second, for what drains every half: by the second one another
    process joins in. A late tick expires: the next one does its work."""
    return {
        job: {
            "task": job,
            "schedule": SELDOM.get(job, SECONDS_BETWEEN_TICKS / (2 if priority == LONG else 1)),
            "options": {"expires": SELDOM.get(job, SECONDS_BETWEEN_TICKS), "priority": priority},
        }
        for job, priority in JOBS.items()
    }


def configuration(settings: Settings) -> dict[str, Any]:
    return {
        "broker_url": settings.redis_url,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # for ever
        "broker_connection_timeout": 2.0,
        "broker_transport_options": {
            "socket_timeout": 2.0,
            "socket_connect_timeout": 2.0,
            "health_check_interval": 5,
            # A tick that a lost worker held is worth nothing; these only tidy up after it.
            "visibility_timeout": 60,
            "unacked_restore_throttle": 1,
        },
        "accept_content": ["json"],
        "task_serializer": "json",
        "event_serializer": "json",
        "result_backend": None,
        "task_ignore_result": True,
        "task_store_errors_even_if_ignored": False,
        "task_default_queue": "events",
        "task_time_limit": 300,  # nothing takes so long: a process that does is stuck
        "task_publish_retry": False,  # the next tick is a second away
        "worker_prefetch_multiplier": 1,
        "worker_disable_prefetch": True,  # ticks wait in the broker, where they expire
        "worker_enable_remote_control": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "beat_scheduler": "celery.beat:Scheduler",  # keeps no file: nothing to remember
        "beat_schedule": beat_schedule(),
        "timezone": "UTC",
    }
