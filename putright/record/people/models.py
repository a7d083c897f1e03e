"""Residents, and those who act for them."""

from __future__ import annotations

from django.db import models

from putright.record.landlords.models import Landlord


class Person(models.Model):
    """A resident, or somebody who speaks for one. The name may be unknown."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name or "Name not known"
