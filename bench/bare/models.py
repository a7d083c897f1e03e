"""One table with one index."""

from django.db import models


class Row(models.Model):
    """A line of a list: about as much as a line of a queue."""

    owner = models.PositiveIntegerField()
    due_on = models.DateField()
    reference = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["owner", "due_on", "id"], name="row_due")]

    def __str__(self) -> str:
        return self.reference
