"""The person behind a request that the policy lets only people with an account make."""

from uuid import UUID

from wardcast.platform.http import Denied, Request


def user_of(request: Request) -> UUID:
    """Who is signed in; raises `Denied` for a guest."""
    user_id = request.actor.user_id
    if user_id is None:
        raise Denied("Only people with an account may do this.", signed_in=False)
    return user_id
