"""Junk for the bench of a flood: at most so many requests a second, on loopback alone, each on a connection of its own.

A process of its own, as somebody without an account would write it. Of a hundred requests

    29  ask for pages: the first, guidance, the figures, addresses that do not exist
     3  ask for pages of the programme's own that it does not have, each for another, by long names
    25  ask for words, follow the line as it says, take the words, and leave a message: contacts of junk
    18  send forms with made-up codes: without a ticket, with one that is none, with one that was used already
     8  come back with made-up words of the true list
     7  come back with, or practise, what is meant to cost much to read: words with a slip each, long ones, Burmese
        signs of which each hides the next
     5  write again with the codes of those contacts
     2  send files that are none, with those codes and with made-up ones
     2  knock at the staff's sync with made-up signatures, some with a large body
     1  send a body of 300,000 bytes

What was sent and answered is printed as one JSON object. Where all who follow the line wait, forms are sent instead;
where more than `MOST_OPEN` wait for an answer, nothing is until there are fewer: the figure is what was really sent.
"""

import asyncio
import json
import random
import re
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from banyan.sealing import words

HERE, MOST_OPEN, ANSWERED_WITHIN = "127.0.0.1", 600, 30.0
CLIMBERS = 400
MIX = {
    "page": 29, "slug": 3, "climb": 25, "form": 18, "back": 8,
    "costly": 7, "again": 5, "file": 2, "sync": 2, "large": 1,
}  # fmt: skip
HIDING = "\u1038\u1037\u1039"
COSTLY = (
    " ".join(["abandqn"] * 8),
    "abandom " * 120,
    " ".join([HIDING * 10] * 8),
    HIDING * 130,
    HIDING * 1100,
    "ကျေး" * 2500,
)
SIGNED = {
    "Signature-Input": 'member=("@method" "@authority" "@path" "content-digest" "content-type");'
    'created=1750000000;keyid="{0}";nonce="{0}";tag="banyan-sync"',
    "Signature": "member=:" + "A" * 86 + "==:",
    "Content-Digest": "sha-256=:" + "A" * 43 + "=:",
    "Content-Type": "application/octet-stream",
}
PAGES = (
    "/en/",
    "/my/",
    "/",
    "/en/who/",
    "/my/next/",
    "/en/phone/",
    "/en/figures/",
    "/en/back/",
    "/wp-login.php",
)
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
REFRESH = re.compile(rb'http-equiv="refresh" content="(\d+); url=([^"]+)"')


class Junk:
    """One flooder with so many requests a second."""

    def __init__(self, port: int, rate: float) -> None:
        self.port, self.rate = port, rate
        self.sent = self.answered = 0
        self.statuses: Counter[str] = Counter()
        self.codes: list[str] = []
        self.tickets: list[str] = ["none"]
        self.climbing: asyncio.Queue[None] = asyncio.Queue(CLIMBERS)
        self.open = 0
        self.words = words.load("en")

    async def flood(self, seconds: float) -> None:
        """Send until the time is over."""
        climbers = [asyncio.create_task(self._climb()) for _ in range(CLIMBERS)]
        kinds, weights = list(MIX), list(MIX.values())
        began, due, tasks = time.monotonic(), 0, set[asyncio.Task[Any]]()
        while (passed := time.monotonic() - began) < seconds:
            while due < passed * self.rate:
                due += 1
                (kind,) = random.choices(kinds, weights)  # noqa: S311 - junk
                if kind == "climb" and not self.climbing.full():
                    self.climbing.put_nowait(None)
                elif self.open < MOST_OPEN:
                    task = asyncio.create_task(self._once(kind))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
            await asyncio.sleep(0.005)
        for climber in climbers:
            climber.cancel()
        await asyncio.gather(*climbers, *tasks, return_exceptions=True)

    async def ask(self, path: str, form: dict[str, str] | None = None) -> bytes:
        """One request; its whole answer, or nothing."""
        if form is None:
            return await self._exchange(f"GET {path}", {})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._exchange(f"POST {path}", kind, urlencode(form).encode())

    async def _exchange(self, what: str, headers: dict[str, str], body: bytes = b"") -> bytes:
        given = {"Host": "localhost", "Connection": "close", "Content-Length": str(len(body)), **headers}
        lines = [f"{what} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
        self.sent += 1
        self.open += 1
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                reader, writer = await asyncio.open_connection(HERE, self.port)
                writer.write("\r\n".join([*lines, "", ""]).encode() + body)
                answer = await reader.read()
                writer.close()
        except (OSError, TimeoutError) as fault:
            self.statuses[type(fault).__name__] += 1
            return b""
        finally:
            self.open -= 1
        self.answered += bool(answer)
        self.statuses[answer[9:12].decode() or "nothing"] += 1
        return answer

    async def _once(self, kind: str) -> None:
        one = random.choice
        if kind == "page":
            await self.ask(one(PAGES))
        elif kind == "back":
            said = " ".join(one(self.words) for _ in range(8))
            await self.ask("/en/back/", {"words": said, "open": "1"})
        elif kind == "slug":
            await self.ask(f"/en/read/{secrets.token_hex(one((8, 100, 2000)))}/")
        elif kind == "costly":
            typed = {"words": one(COSTLY), "open": "1", "check": "1"}
            coded = {"code": secrets.token_hex(11)} | typed
            await self.ask(*one((("/en/back/", typed), ("/my/practise/", coded))))
        elif kind == "file":
            await self._file(one([secrets.token_hex(11), *self.codes]))
        elif kind == "sync":
            signed = {name: value.format(secrets.token_hex(16)) for name, value in SIGNED.items()}
            await self._exchange("POST /sync/push", signed, bytes(one((16_384, 16_384, 200_000))))
        elif kind == "again" and self.codes:
            await self.ask("/en/write/", {**self._letter(one(self.codes)), "again": "1"})
        elif kind == "large":
            await self.ask("/en/write/", {**self._letter(secrets.token_hex(11)), "more": "x" * 300_000})
        else:
            ticket = one(["", secrets.token_urlsafe(31), one(self.tickets)])
            await self.ask("/en/write/", {**self._letter(secrets.token_hex(11)), "ticket": ticket})

    async def _file(self, code: str) -> None:
        parts = {"code": code, "nonce": secrets.token_hex(16), "send": "1"}
        lines = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}'
            for name, text in parts.items()
        ]
        lines += ['--x\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n']
        body = "\r\n".join(lines).encode() + b"PK\x03\x04" + secrets.token_bytes(50_000) + b"\r\n--x--\r\n"
        await self._exchange("POST /en/file/", {"Content-Type": "multipart/form-data; boundary=x"}, body)

    def _letter(self, code: str) -> dict[str, str]:
        return {"code": code, "nonce": secrets.token_hex(16), "message": "Buy now!", "send": "1"}

    async def _climb(self) -> None:
        """One after the other through the line, as far as there are requests for it."""
        while True:
            page, hidden = await self._post("/en/words/", {})
            while found := REFRESH.search(page):
                await asyncio.sleep(int(found[1]))
                await self.climbing.get()
                page = await self.ask(found[2].decode())
                hidden = dict(HIDDEN.findall(page.decode("utf-8", "replace")))
            if "ticket" in hidden and "code" not in hidden:
                page, hidden = await self._post("/en/words/", hidden)
            if "code" not in hidden:
                continue
            page, hidden = await self._post("/en/write/", hidden)
            while "code" in hidden:
                code, ticket = hidden["code"], hidden.get("ticket", "")
                page, hidden = await self._post("/en/write/", {**self._letter(code), **hidden, "send": "1"})
                if page[9:12] != b"503":
                    break
                await asyncio.sleep(4)
            else:
                continue
            if page[9:12] == b"200":
                self.codes.append(code)
                self.tickets.append(ticket)

    async def _post(self, path: str, form: dict[str, str]) -> tuple[bytes, dict[str, str]]:
        await self.climbing.get()
        page = await self.ask(path, form)
        return page, dict(HIDDEN.findall(page.decode("utf-8", "replace")))


def told(junk: Junk, seconds: float) -> dict[str, Any]:
    """What was done."""
    return {
        "sent_per_s": junk.sent / seconds,
        "answered_per_s": junk.answered / seconds,
        "statuses": dict(junk.statuses),
        "kept": len(junk.codes),
    }


def main(arguments: Iterator[str]) -> None:
    """Port, requests a second, seconds."""
    port, rate, seconds = (int(next(arguments)) for _ in range(3))
    junk = Junk(port, rate)
    asyncio.run(junk.flood(seconds))
    print(json.dumps(told(junk, seconds)))


if __name__ == "__main__":
    main(iter(sys.argv[1:]))
