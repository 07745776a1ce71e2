from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "alpclusters.platform.accounts"
    label = "accounts"
