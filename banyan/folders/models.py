"""The rows at rest. Private to this room: everybody else asks the store."""

import secrets

from django.db import models


def random_key() -> int:
    """A row key that says nothing about when the row came."""
    return secrets.randbits(62) + 1


class Held(models.Model):
    """One item: its id, what it says in clear, the week it came, and its bytes."""

    key = models.BigIntegerField(primary_key=True, default=random_key)
    item = models.BinaryField(unique=True, max_length=32)
    sort = models.CharField(max_length=8)
    folder = models.BinaryField(max_length=32)
    epoch = models.BinaryField(max_length=16)
    recipient = models.BinaryField(max_length=16)
    size_class = models.SmallIntegerField()
    week = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["folder", "sort", "item"], name="held_folder"),
            models.Index(fields=["recipient"], name="held_recipient"),
            models.Index(fields=["sort"], name="held_sort"),
        ]


class Buried(models.Model):
    """A folder or an item that is to be gone: nothing of that id is ever taken in again."""

    key = models.BigIntegerField(primary_key=True, default=random_key)
    gone = models.BinaryField(unique=True, max_length=32)
    whole_folder = models.BooleanField()


class Once(models.Model):
    """The mark of something that is done once however often it is asked for, such as a message sent again."""

    key = models.BigIntegerField(primary_key=True, default=random_key)
    mark = models.BinaryField(unique=True, max_length=32)
    week = models.IntegerField()


class Unsent(models.Model):
    """An item that no other place has confirmed yet."""

    key = models.BigIntegerField(primary_key=True, default=random_key)
    item = models.BinaryField(unique=True, max_length=32)


class Aside(models.Model):
    """A conversation that intake put aside as junk, the week it came, and how many seals it had then: while it has no
    more, a hub that is full may drop it.
    """

    key = models.BigIntegerField(primary_key=True, default=random_key)
    folder = models.BinaryField(unique=True, max_length=32)
    week = models.IntegerField()
    seals = models.IntegerField()


class DoorWrap(models.Model):
    """A wrap with which the hub's own door gave a conversation to a member of intake. Any member may bring a wrap of
    any folder by sync; none that came so stands here, and nothing but these says what may be put aside.
    """

    key = models.BigIntegerField(primary_key=True, default=random_key)
    item = models.BinaryField(unique=True, max_length=32)


class Duty(models.Model):
    """Whether a member of intake is on duty, as they last said, and how many conversations the hub gave them."""

    key = models.BigIntegerField(primary_key=True, default=random_key)
    member = models.BinaryField(unique=True, max_length=16)
    on_duty = models.BooleanField()
    said = models.BigIntegerField()
    given = models.IntegerField(default=0)
