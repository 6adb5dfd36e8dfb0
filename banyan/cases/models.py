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
    """One conversation as the lists show it. Times in milliseconds since 1970."""

    folder = models.BinaryField(primary_key=True, max_length=32)
    reference = models.CharField(max_length=60, db_index=True)
    state = models.CharField(max_length=12)
    danger = models.BooleanField()
    waiting_since = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    check_in_due = models.BigIntegerField(null=True)
    later = models.BigIntegerField(null=True)
    last_word = models.BigIntegerField()
    began = models.BigIntegerField()
    concern = models.CharField(max_length=40)
    force = models.CharField(max_length=40)
    preview = models.CharField(max_length=160)
    consent = models.BooleanField()
    consent_asked = models.BooleanField()
    cover = models.BinaryField(null=True, max_length=32)
    lead = models.BinaryField(null=True, max_length=16)
    missing = models.IntegerField()
    warnings = models.IntegerField()
    mine = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["state", "danger", "due"], name="conversation_order")]


class CaseRow(models.Model):
    """One case as the lists show it."""

    folder = models.BinaryField(primary_key=True, max_length=32)
    reference = models.CharField(max_length=60, db_index=True)
    conversation = models.BinaryField(max_length=32)
    stage = models.CharField(max_length=60)
    opened = models.BigIntegerField()
    conflict = models.BooleanField()


class FolderRow(models.Model):
    """Every folder that this desk has opened: its kind, and who holds it."""

    folder = models.BinaryField(primary_key=True, max_length=32)
    kind = models.CharField(max_length=40, db_index=True)
    holders = models.BinaryField()


class Kept(models.Model):
    """Small things of this desk alone, such as when it last synced."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.BinaryField()
