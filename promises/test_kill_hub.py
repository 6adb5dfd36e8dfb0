"""`kill -9` of the hub under load: what was acknowledged is kept, nothing half-written shows, nothing twice."""

import random
import secrets
import threading
import time

import requests

from promises.hub import HubProcess

KILLS, SENDERS = 50, 4


class Sender(threading.Thread):
    """Somebody who writes new messages for ever, and sends each again until the hub says that it has it."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address = address
        self.acknowledged: dict[bytes, list[str]] = {}
        self.ended = False

    def run(self) -> None:
        while not self.ended:
            code = secrets.token_bytes(11)
            for turn in range(3):
                self._send_until_kept(code, secrets.token_hex(16), f"{turn} {secrets.token_hex(4)}")

    def _send_until_kept(self, code: bytes, nonce: str, text: str) -> None:
        form = {"code": code.hex(), "nonce": nonce, "danger": "no", "message": text, "send": "1"}
        while not self.ended:
            try:
                answer = requests.post(f"{self.address}/en/write/", data=form, timeout=20)
            except requests.RequestException:
                time.sleep(0.05)
                continue
            assert answer.status_code == 200, answer.status_code
            self.acknowledged.setdefault(code, []).append(text)
            return


def test_a_hub_killed_at_any_moment_keeps_what_it_acknowledged(programme, tmp_path):
    hub = HubProcess(programme, tmp_path / "home")
    senders = [Sender(hub.address) for _ in range(SENDERS)]
    chance = random.Random(5)
    try:
        hub.start()
        for sender in senders:
            sender.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.05, 0.5))
            hub.kill()
            hub.start()
        for sender in senders:
            sender.ended = True
        for sender in senders:
            sender.join(30)
    finally:
        hub.close()
    told = {code: texts for sender in senders for code, texts in sender.acknowledged.items()}
    assert sum(map(len, told.values())) > KILLS
    for code, texts in told.items():
        history, conversation = hub.door.visit(code).history, hub.door.visit(code).conversation
        kept = [said.document.text for said in conversation.messages]
        assert len(kept) == len(set(kept)) and kept[: len(texts)] == texts
        assert len(kept) <= len(texts) + 1  # at most one more: kept, and its reply was lost with the hub
        assert not history.faults and not history.doubled and not history.missing
    assert hub.store.drop_damaged() == []
