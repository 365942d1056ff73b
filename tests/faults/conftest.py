from tests.workers.fixtures import (
    broker,
    broker_server,
    jobs,
    own_database,
    post,
    programs,
    server,
    tick,
)

__all__ = ["broker", "broker_server", "jobs", "own_database", "post", "programs", "server", "tick"]
