from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0006_tracks"),
    ]

    operations = [
        migrations.AddField(
            model_name="render",
            name="poster_ms",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
