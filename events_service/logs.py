"""Structured logs: lines for people on a terminal, JSON for machines."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from events_service.trace import trace_id

Processor = structlog.typing.Processor


def _with_trace(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> Any:
    current = trace_id.get()
    if current:
        event.setdefault("request", current)
    return event


def configure_logs(log_format: str) -> None:
    """Send our own lines and those of libraries to stderr in one form."""
    shared: list[Processor] = [
        _with_trace,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if log_format == "text" else "iso"),
        structlog.processors.format_exc_info,
    ]
    render: Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    # Ours are written as they are: by way of the standard library a line costs three times as much,
    # and there is one for each page and each mail.
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # /readyz asks it again and again
