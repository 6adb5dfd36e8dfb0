"""Size classes: every seal at rest has one of seven lengths, so that a length tells at most three bits."""

from banyan.sealing.faults import Damaged, TooLarge

CLASSES = tuple(1024 * 4**step for step in range(7))  # 1 KiB .. 4 MiB, whole seal in bytes


def class_for(length: int) -> int:
    """The index of the smallest class that holds `length` bytes. Raises `TooLarge`."""
    for index, size in enumerate(CLASSES):
        if length <= size:
            return index
    raise TooLarge("larger than the largest size class")


def pad(data: bytes, length: int) -> bytes:
    """`data` and its length in four bytes, filled with zeros to exactly `length` bytes."""
    if len(data) + 4 > length:
        raise TooLarge("does not fit its size class")
    return len(data).to_bytes(4, "big") + data + bytes(length - 4 - len(data))


def unpad(padded: bytes) -> bytes:
    """What was padded. Raises `Damaged` unless the filling is zeros to the end."""
    length = int.from_bytes(padded[:4], "big")
    data, filling = padded[4 : 4 + length], padded[4 + length :]
    if len(padded) < 4 or len(data) != length or filling.strip(b"\0"):
        raise Damaged("the filling is not what it should be")
    return data
