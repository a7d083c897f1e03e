from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class SearchConfig(AppConfig):
    name = "putright.evidence.search"
    label = "search"

    def ready(self) -> None:
        from putright.evidence.search import index
        from putright.record.cases.index import AFTER_COMMIT

        if index.after_commit not in AFTER_COMMIT:
            AFTER_COMMIT.append(index.after_commit)
        pre_migrate.connect(_lift, sender=self, dispatch_uid="search_lift")
        post_migrate.connect(_lay, sender=self, dispatch_uid="search_lay")


def _lift(using: str, plan: Any, **told: Any) -> None:
    from putright.evidence.search import triggers

    if plan and connections[using].vendor == "sqlite":
        triggers.lift(connections[using])


def _lay(using: str, **told: Any) -> None:
    from putright.evidence.search import triggers

    connection = connections[using]
    if triggers.TABLES.issubset(connection.introspection.table_names()):
        triggers.lay(connection)
