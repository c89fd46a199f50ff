from typing import Any

from django.db import migrations, models


def keep(apps: Any, schema_editor: Any) -> None:
    """Until now captions had no language; English is what the check knows."""
    for name in ("Post", "Version"):
        model = apps.get_model("posts", name)
        rows = model.objects.exclude(captions=None).only("pk", "captions_id")
        for row in rows.iterator():
            model.objects.filter(pk=row.pk).update(tracks=[["en", str(row.captions_id), True]])


def back(apps: Any, schema_editor: Any) -> None:
    """Of several tracks the first is kept, which is the spoken one if any is."""
    for name in ("Post", "Version"):
        model = apps.get_model("posts", name)
        for row in model.objects.exclude(tracks=[]).only("pk", "tracks").iterator():
            model.objects.filter(pk=row.pk).update(captions_id=row.tracks[0][1])
    # PostgreSQL alters no table with foreign keys that are still to be looked at.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="tracks",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="version",
            name="tracks",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(keep, back),
        migrations.RemoveField(
            model_name="post",
            name="captions",
        ),
        migrations.RemoveField(
            model_name="version",
            name="captions",
        ),
    ]
