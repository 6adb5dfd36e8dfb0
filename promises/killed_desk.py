"""A desk that writes as fast as it can and says each entry once it is acknowledged; made to be killed at any moment."""

import os
import sys
from pathlib import Path


def main() -> None:
    """`killed_desk.py DESK_DIR FOLDER_HEX`: open the desk of DESK_DIR and write numbered answers for ever."""
    os.environ["BANYAN_DESK_DIR"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "banyan.house.settings_desk"
    import django

    django.setup()
    from banyan.cases.desk import Desk
    from banyan.cases.folders.conversation import Message
    from banyan.cases.view import View
    from banyan.folders.store import Store
    from banyan.sealing.keys import Keys

    here = Path(sys.argv[1])
    keys = Keys(sys.stdin.buffer.read(32))
    store = Store()
    view = View(keys, here / "view.sealed", store)
    view.open()
    desk = Desk(keys=keys, store=store, view=view)
    desk.take_in_all()
    number = 0
    while True:
        number += 1
        name = desk.write(bytes.fromhex(sys.argv[2]), Message(text=f"{os.getpid()} {number}", language="en"))
        print(name.hex(), flush=True)
        if number % 5 == 0:
            view.save()


if __name__ == "__main__":
    main()
