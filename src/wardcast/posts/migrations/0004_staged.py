"""Whether a version's cards say that a scene in it is staged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0003_cover"),
    ]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="staged",
            field=models.BooleanField(default=False),
        ),
    ]
