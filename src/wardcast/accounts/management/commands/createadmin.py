"""`createadmin`: the first admin of a house."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wardcast.accounts import actions, queries
from wardcast.platform import config
from wardcast.platform.http import Refused


class Command(BaseCommand):
    """Makes an admin: a new account without a password, or an account that exists."""

    help = "Makes an admin: a new account, or the one that has this e-mail address already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address and, for a new account, handle and name."""
        parser.add_argument("--email", required=True, help="the admin's e-mail address")
        parser.add_argument("--handle", help="the handle of a new account")
        parser.add_argument("--name", help="the name of a new account; the handle if left out")

    def handle(self, *args: Any, **given: Any) -> None:
        """Makes the admin and says what to do next."""
        user_id = queries.id_by_email(given["email"])
        new = user_id is None
        if user_id is None:
            if not given["handle"]:
                raise CommandError(
                    f"There is no account with the address {given['email']}. Add --handle to make "
                    "one."
                )
            try:
                user_id = actions.create_account(
                    handle=given["handle"],
                    email=given["email"],
                    name=given["name"] or given["handle"],
                    password=None,
                )
            except Refused as refused:
                raise CommandError(refused.detail) from refused
        actions.make_admin(user_id)
        account = queries.account(user_id)
        assert account is not None
        base = config.current().base_url
        self.stdout.write(f"{account.name} (@{account.handle}) is an admin now.")
        if new:
            self.stdout.write(
                f"The account has no password yet. Open {base}/accounts/password/reset/, write "
                f"{account.email}, and follow the link in the mail."
            )
        self.stdout.write(
            f"Then open {base}/console to verify clinicians and to name the host's person."
        )
