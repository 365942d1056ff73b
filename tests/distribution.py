"""Which tests go to one worker: those of the browser, which share the services they start.

pytest-xdist 3.8 loses its own groups under pytest 9 (it marks them in an item's node id).
"""

from xdist.scheduler import LoadScopeScheduling


class BrowserOnOneWorker(LoadScopeScheduling):
    """Every other test is by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid
