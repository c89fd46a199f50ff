"""Viewer numbers: who gets one, and what happens when somebody signs in on a device."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from wardcast.accounts import devices
from wardcast.accounts.models import AccountViewer, DeviceViewer, PushAddress, Viewer, new_salt
from wardcast.platform import clock
from wardcast.platform.routing import LINKS

_CHUNK = 5000


def of_account(user_id: UUID) -> int:
    """The account's number; it gets one when it is first asked for."""
    found = AccountViewer.objects.filter(pk=user_id).values_list("viewer_id", flat=True).first()
    if found is not None:
        return found
    try:
        with transaction.atomic(using=LINKS):
            viewer = Viewer.objects.create(kind=Viewer.Kind.ACCOUNT, created_at=clock.now())
            AccountViewer.objects.create(user_id=user_id, viewer=viewer)
            return viewer.number
    except IntegrityError:  # another request was first
        return AccountViewer.objects.get(pk=user_id).viewer_id


def of_device(request: HttpRequest) -> tuple[int, str | None]:
    """The number of a guest's device, and the token to hand out, or None when it has a good one.

    A token that is unknown, erased or was linked to an account is dead: the device begins anew.
    Once a day the same token is handed out again, so that its year begins anew.
    """
    token = devices.token_of(request)
    now = clock.now()
    known = DeviceViewer.objects.filter(
        token_hash=devices.digest(token), merged_into=None, viewer__erased_at=None
    )
    device = known.first() if token else None
    if device is None:
        return _new_device()
    if now - device.last_seen < devices.RENEWED_EACH:
        return device.viewer_id, None
    known.update(last_seen=now)
    return device.viewer_id, token


def _new_device() -> tuple[int, str]:
    token, now = devices.new_token(), clock.now()
    with transaction.atomic(using=LINKS):
        viewer = Viewer.objects.create(kind=Viewer.Kind.DEVICE, created_at=now)
        DeviceViewer.objects.create(token_hash=devices.digest(token), viewer=viewer, last_seen=now)
    return viewer.number, token


def forget_device(token: str) -> None:
    """Takes a guest's device off its number and drops where its browser was to be knocked at. The
    number is erased, not given again; call it once what was written under it is gone."""
    with transaction.atomic(using=LINKS):
        device = DeviceViewer.objects.filter(
            token_hash=devices.digest(token), merged_into=None
        ).first()
        if device is None:
            return
        PushAddress.objects.filter(viewer=device.viewer_id).delete()
        Viewer.objects.filter(pk=device.viewer_id).update(erased_at=clock.now())
        device.delete()


def salts(numbers: Collection[int]) -> dict[int, bytes]:
    """The salt of each of these numbers that is there."""
    ordered, found = sorted(numbers), dict[int, bytes]()
    for at in range(0, len(ordered), _CHUNK):
        rows = Viewer.objects.filter(pk__in=ordered[at : at + _CHUNK])
        found |= {number: bytes(salt) for number, salt in rows.values_list("pk", "salt")}
    return found


def drop_salts(numbers: Collection[int]) -> None:
    """Drops these numbers' salts; for what comes later each has a new one."""
    for number in sorted(numbers):
        Viewer.objects.filter(pk=number).update(salt=new_salt())


def link(user_id: UUID, token: str) -> int | None:
    """Gives the device's number to the account, once; the token is dead from then on.

    Returns the device's number, or None when there was nothing to give: no such device, or
    somebody has already signed in with this token, from whom nothing is taken.
    """
    if not token:
        return None
    account = of_account(user_id)
    with transaction.atomic(using=LINKS):
        device = (
            DeviceViewer.objects.select_for_update()
            .filter(token_hash=devices.digest(token), merged_into=None, viewer__erased_at=None)
            .first()
        )
        if device is None:
            return None
        device.merged_into = account
        device.save(update_fields=["merged_into"])
        return device.viewer_id
