"""Which tests go to one worker: those of the browser that share the services they start.

pytest-xdist 3.8 loses its own groups under pytest 9 (it marks them in an item's node id).
"""

from pathlib import PurePath

from xdist.scheduler import LoadScopeScheduling

# Their service sends no mail. The others' does; each half takes about as long.
WITHOUT_MAIL_SERVER = {
    "test_accessibility",
    "test_autosave",
    "test_door",
    "test_door_camera",
    "test_door_offline",
    "test_keyboard_paths",
    "test_mailbox_answers",
    "test_replacing",
    "test_staff",
}


class BrowserInTwoHalves(LoadScopeScheduling):
    """Every other test is by itself."""

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith("tests/browser/"):
            return nodeid
        file = PurePath(nodeid.partition("::")[0]).stem
        return f"browser, {'without' if file in WITHOUT_MAIL_SERVER else 'with'} a mail server"
