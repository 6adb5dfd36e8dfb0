"""The view's rows: what a desk has opened, and one row a conversation or case for lists. In memory only."""

from django.db import models


class Opened(models.Model):
    """An entry or statement whose seal opened and whose signature held, so that it is opened once."""

    seal = models.BinaryField(primary_key=True, max_length=32)
    folder = models.BinaryField(max_length=32, db_index=True)
    record = models.BinaryField()


class Refused(models.Model):
    """An item that did not hold, and why."""

    seal = models.BinaryField(primary_key=True, max_length=32)
    folder = models.BinaryField(max_length=32, db_index=True)
    words = models.CharField(max_length=200)


class ConversationRow(models.Model):
    """One conversation as the lists show it. Times in milliseconds since 1970; `wrote` is how often the person wrote or
    sent a file, `length` the signs of their first message, `batch` the flood that it was put aside with.
    """

    folder = models.BinaryField(primary_key=True, max_length=32)
    reference = models.CharField(max_length=60, db_index=True)
    state = models.CharField(max_length=12)
    danger = models.BooleanField()
    waiting_since = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    check_in_due = models.BigIntegerField(null=True)
    erase_asked = models.BigIntegerField(null=True)
    later = models.BigIntegerField(null=True)
    last_word = models.BigIntegerField()
    began = models.BigIntegerField()
    concern = models.CharField(max_length=40)
    force = models.CharField(max_length=40)
    preview = models.CharField(max_length=160)
    consent = models.BooleanField()
    consent_asked = models.BooleanField()
    figures = models.BooleanField(default=False)
    cover = models.BinaryField(null=True, max_length=32)
    lead = models.BinaryField(null=True, max_length=16)
    missing = models.IntegerField()
    warnings = models.IntegerField()
    wrote = models.IntegerField(default=0)
    answered = models.BooleanField(default=False)
    length = models.IntegerField(default=0)
    batch = models.BinaryField(max_length=16, default=b"")
    mine = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["state", "danger", "due"], name="conversation_order")]


class CaseRow(models.Model):
    """One case as the lists show it. `seats` are this member's on the case, `waits` the acts that wait for a second
    signature (each with who signed, "me" or "other"), both parted by spaces; `mine` where this member sits on it.
    """

    folder = models.BinaryField(primary_key=True, max_length=32)
    reference = models.CharField(max_length=60, db_index=True)
    conversation = models.BinaryField(max_length=32)
    stage = models.CharField(max_length=60, db_index=True)
    opened = models.BigIntegerField()
    changed = models.BigIntegerField()
    conflict = models.BooleanField()
    counted = models.BooleanField(default=False)
    seats = models.CharField(max_length=120)
    waits = models.CharField(max_length=60)
    findings = models.IntegerField()
    missing = models.IntegerField()
    warnings = models.IntegerField()
    mine = models.BooleanField(db_index=True)


class FolderRow(models.Model):
    """Every folder that this desk has opened: its kind, who holds it, and what its lists show.

    `cover` is the case's cover (of a leg the passage), `state` a code of its kind, `due` a moment in milliseconds,
    `label` what a house or a box is called, `count` what its kind counts (free beds, payments to be seen to).
    """

    folder = models.BinaryField(primary_key=True, max_length=32)
    kind = models.CharField(max_length=40, db_index=True)
    holders = models.BinaryField()
    cover = models.BinaryField(max_length=32, default=b"", db_index=True)
    state = models.CharField(max_length=20, default="")
    due = models.BigIntegerField(null=True)
    label = models.CharField(max_length=60, default="")
    count = models.IntegerField(default=0)


class Kept(models.Model):
    """Small things of this desk alone, such as when it last synced."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.BinaryField()
