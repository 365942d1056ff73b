"""The number a request or a command goes by in every log line, from the page to the worker."""

from contextvars import ContextVar

trace_id: ContextVar[str | None] = ContextVar("trace_id", default=None)
