import banyan.folders.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("folders", "0002_aside")]

    operations = [
        migrations.CreateModel(
            name="DoorWrap",
            fields=[
                (
                    "key",
                    models.BigIntegerField(
                        default=banyan.folders.models.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("item", models.BinaryField(max_length=32, unique=True)),
            ],
        ),
    ]
