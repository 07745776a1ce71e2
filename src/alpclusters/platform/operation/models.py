"""What an installation remembers of its own running."""

from django.db import models


class JobRun(models.Model):
    """How a daily job has gone: one row a job, shared by all machines on a database.

    Attributes
    ----------
    known_since : datetime
        When the job was first looked at; it is late when it has not run long after.
    leased_until : datetime or None
        Somebody does it now; who died is not waited for longer than this.
    finished_at : datetime or None
        The last time it went to its end.
    failed_at : datetime or None
        The last time it did not.
    n_failures : int
        How often it failed since it last went well.
    error : str
        The kind of the last error; never what it said, which can name people.
    """

    name = models.CharField(max_length=40, primary_key=True)
    known_since = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    n_failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.name


class QueuedMail(models.Model):
    """A mail on its way: stored with what it tells of, deleted when the mail server has it.

    Attributes
    ----------
    sender, recipients : str, list of str
        Of the envelope.
    content : bytes
        The whole mail; emptied with the recipients where it is given up.
    next_try_at : datetime
        Not before; also the lease of who sends it now.
    given_up_at : datetime or None
        When it was tried long enough.
    error : str
        The kind of the last error; never what it said.
    """

    sender = models.CharField(max_length=320)
    recipients = models.JSONField(default=list)
    content = models.BinaryField()
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField(db_index=True)
    n_tries = models.PositiveIntegerField(default=0)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"mail {self.pk}"
