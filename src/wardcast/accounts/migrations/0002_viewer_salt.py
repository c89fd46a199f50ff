from typing import Any

from django.db import migrations, models

import wardcast.accounts.models


def give_each_its_own(apps: Any, schema_editor: Any) -> None:
    """The column came with one value for all rows that were there."""
    if schema_editor.connection.alias != "links":
        return
    viewers = apps.get_model("accounts", "Viewer").objects.using("links")
    some: list[Any] = []
    for viewer in viewers.only("pk").iterator(chunk_size=1000):
        viewer.salt = wardcast.accounts.models.new_salt()
        some.append(viewer)
        if len(some) == 1000:
            viewers.bulk_update(some, ["salt"])
            some = []
    viewers.bulk_update(some, ["salt"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="viewer",
            name="salt",
            field=models.BinaryField(default=wardcast.accounts.models.new_salt),
        ),
        migrations.RunPython(
            give_each_its_own, migrations.RunPython.noop, hints={"database": "links"}
        ),
    ]
