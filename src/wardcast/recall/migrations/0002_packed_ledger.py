from typing import Any

from django.db import migrations, models

NEW = """CREATE TABLE recall_exposure (
    viewer integer NOT NULL, version_serial integer NOT NULL, level smallint NOT NULL,
    known smallint NOT NULL, first_at bigint NOT NULL, last_at bigint NOT NULL,
    played {bytes} NOT NULL, PRIMARY KEY (viewer, version_serial)){end}"""
KEEP = """INSERT INTO recall_exposure
    SELECT viewer, version_serial, MAX(level), CASE WHEN COUNT(*) > 1 THEN 2 ELSE 0 END,
    MIN(first_at), MAX(last_at), {nothing} FROM recall_exposure_before
    GROUP BY viewer, version_serial"""


def rebuild(apps: Any, schema_editor: Any) -> None:
    """Keyed by viewer first; what was kept stays. The post's number went: a version has one post."""
    sqlite = schema_editor.connection.vendor == "sqlite"
    # A key with the rows in it (WITHOUT ROWID) is one tree to write instead of two.
    end = " WITHOUT ROWID" if sqlite else ""
    for text in (
        "ALTER TABLE recall_exposure RENAME TO recall_exposure_before",
        *([] if sqlite else [_FREE]),
        NEW.format(bytes="BLOB" if sqlite else "bytea", end=end),
        KEEP.format(nothing="x''" if sqlite else "''::bytea"),
        "DROP TABLE recall_exposure_before",
    ):
        schema_editor.execute(text)


# PostgreSQL keeps the name of the key's index when a table is renamed.
_FREE = """ALTER INDEX IF EXISTS recall_exposure_pkey RENAME TO recall_exposure_before_pkey"""


class Migration(migrations.Migration):
    dependencies = [("recall", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(rebuild, migrations.RunPython.noop)],
            state_operations=[
                migrations.DeleteModel("Exposure"),
                migrations.CreateModel(
                    name="Exposure",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "viewer",
                                "version_serial",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("viewer", models.IntegerField()),
                        ("version_serial", models.IntegerField()),
                        (
                            "level",
                            models.SmallIntegerField(
                                choices=[
                                    (0, "Served"),
                                    (1, "Frame"),
                                    (2, "Two Seconds"),
                                    (3, "Finished"),
                                ]
                            ),
                        ),
                        ("known", models.SmallIntegerField(default=0)),
                        ("first_at", models.BigIntegerField()),
                        ("last_at", models.BigIntegerField()),
                        ("played", models.BinaryField(default=bytes)),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            name="History",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "viewer",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("viewer", models.IntegerField()),
                ("part", models.IntegerField()),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "version_serial",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version_serial", models.IntegerField()),
                ("part", models.IntegerField()),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="LedgerState",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("erasures", models.IntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="cohort",
            name="span_start_ms",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="cohort",
            name="span_end_ms",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
