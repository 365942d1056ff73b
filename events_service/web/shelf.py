"""Bytes that a process keeps, up to a number of them: the oldest make room for the newest."""

import threading
from collections.abc import Hashable
from contextlib import AbstractContextManager
from typing import Generic, Protocol, TypeVar


class Kept(Protocol):
    @property
    def compressed(self) -> bytes: ...


Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item", bound=Kept)


class Shelf(Generic[Key, Item]):
    """`capacity`: bytes as they are kept. What is larger than that by itself is not kept."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._items: dict[Key, Item] = {}
        self._size = 0
        self._lock = threading.Lock()
        self._making = [threading.Lock() for _ in range(64)]

    def get(self, key: Key) -> Item | None:
        return self._items.get(key)

    def keys(self) -> list[Key]:
        return list(self._items)

    def put(self, key: Key, item: Item) -> Item:
        with self._lock:
            self._drop(key)
            self._items[key] = item
            self._size += len(item.compressed)
            while self._size > self.capacity:
                self._drop(next(iter(self._items)))
        return item

    def making(self, key: Key) -> AbstractContextManager[bool]:
        """Held while something is made, so that a crowd waits for one copy, not makes many."""
        return self._making[hash(key) % len(self._making)]

    def _drop(self, key: Key) -> None:
        item = self._items.pop(key, None)
        self._size -= len(item.compressed) if item else 0
