from typing import Any

from django.db import migrations, models


def keep(apps: Any, schema_editor: Any) -> None:
    """Captions that are public already have no language in their file's name."""
    old = apps.get_model("media", "Publication").objects.filter(captions=True)
    old.update(tracks=[["en", True, "captions.vtt"]])


def back(apps: Any, schema_editor: Any) -> None:
    apps.get_model("media", "Publication").objects.exclude(tracks=[]).update(captions=True)


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0005_shareables"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="tracks",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(keep, back),
        migrations.RemoveField(
            model_name="publication",
            name="captions",
        ),
    ]
