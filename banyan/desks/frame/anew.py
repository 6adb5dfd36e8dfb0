"""A picture is made anew once more on this laptop before a browser draws it. That it was made anew at the door is what
the door says, and a hub that was taken over may say so of a picture that attacks a browser.

The work is done in a process of its own that can do nothing else, and waited for a moment only: a desk answers one
page at a time, and no picture may hold the next page up. What was made is kept in memory while few pictures are
looked at, and on no disk.
"""

import threading
from collections import OrderedDict
from hashlib import sha256

from banyan.cleaning import Clean, clean

PATIENCE = 3.0  # seconds that a page waits for its picture; a usual one takes less than half a second
KEPT = 4
IN_WORK = 2


class _Making:
    """One picture on its way."""

    def __init__(self, data: bytes) -> None:
        self.done = threading.Event()
        self.copy: Clean | None = None
        threading.Thread(target=self._make, args=(data,), name="picture", daemon=True).start()

    def _make(self, data: bytes) -> None:
        try:
            self.copy = clean(data)
        finally:
            self.done.set()


_made: OrderedDict[bytes, _Making] = OrderedDict()
_lock = threading.Lock()


def begin(data: bytes) -> _Making | None:
    """Have a picture made anew, if it is not already; None where too many are being made. Does not wait."""
    name = sha256(data).digest()
    with _lock:
        done = [old for old, one in _made.items() if one.done.is_set()]
        late = {old for old in done if (copy := _made[old].copy) is None or copy.why in ("too_slow", "busy")}
        for old in {*late, *done[:-KEPT]}:
            del _made[old]
        if name not in _made:
            if sum(not one.done.is_set() for one in _made.values()) >= IN_WORK:
                return None
            _made[name] = _Making(data)
        _made.move_to_end(name)
        return _made[name]


def made_anew(data: bytes) -> Clean | None:
    """The copy to be shown. None where these bytes make no picture here, or not in the time that a page may wait: then
    it is still being made, and there when it is asked for again.
    """
    making = begin(data)
    if making is None or not making.done.wait(PATIENCE):
        return None
    copy = making.copy
    if copy is None or copy.data is None or not copy.media_type.startswith("image/"):
        return None
    return copy
