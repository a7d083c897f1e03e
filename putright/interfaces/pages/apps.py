from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "putright.interfaces.pages"
    label = "pages"
