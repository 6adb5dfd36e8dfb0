"""A slow line on loopback: what a telephone far from a mast has, between a browser and a hub.

Every connection shares it. Opening one costs a whole round trip before a byte is taken, as TCP does; then each piece
waits its turn at the rate of the line, its packet's own head included, and half a round trip on the way.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

ROUND_TRIP = 1.0
BYTES_A_SECOND = 50_000 / 8
PACKET, PACKET_HEAD = 1460, 40


@dataclass
class Way:
    """One direction: until when it is taken."""

    rate: float
    taken_until: float = 0.0

    def arrival(self, size: int, not_before: float) -> float:
        """When a packet that is sent now is there."""
        begins = max(not_before, self.taken_until)
        self.taken_until = begins + (size + PACKET_HEAD) / self.rate
        return self.taken_until + ROUND_TRIP / 2


class SlowLine:
    """The line to one address."""

    def __init__(self, host: str, port: int, rate: float) -> None:
        self.host, self.port = host, port
        self.there, self.back = Way(rate), Way(rate)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from the moment a browser opens it."""
        opened = asyncio.get_running_loop().time() + ROUND_TRIP
        with suppress(OSError, asyncio.CancelledError):  # the browser is gone, or the line
            far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
            await asyncio.gather(
                self._carry(reader, far_writer, self.there, opened),
                self._carry(far_reader, writer, self.back, 0.0),
            )

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way, not_before: float
    ) -> None:
        loop = asyncio.get_running_loop()
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def arrive() -> None:
            with suppress(OSError):
                while True:
                    moment, packet = await on_the_way.get()
                    await asyncio.sleep(moment - loop.time())
                    if not packet:
                        return writer.close()
                    writer.write(packet)

        arriving = asyncio.create_task(arrive())
        packet = b"-"
        with suppress(OSError):
            while packet:
                packet = await reader.read(PACKET)
                on_the_way.put_nowait((way.arrival(len(packet), max(loop.time(), not_before)), packet))
        await arriving


@contextmanager
def slow_line(address: str, rate: float = BYTES_A_SECOND) -> Iterator[str]:
    """The address at which a hub is reached over a slow line, in a thread of its own."""
    parts = urlsplit(address)
    loop, line = asyncio.new_event_loop(), SlowLine(str(parts.hostname), parts.port or 80, rate)
    server = loop.run_until_complete(asyncio.start_server(line.connect, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, name="slow line", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_hang_up(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _hang_up() -> None:
    """End whatever is still on the way."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
