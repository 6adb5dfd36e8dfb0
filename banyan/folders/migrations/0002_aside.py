import banyan.folders.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("folders", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "key",
                    models.BigIntegerField(
                        default=banyan.folders.models.random_key, primary_key=True, serialize=False
                    ),
                ),
                ("folder", models.BinaryField(max_length=32, unique=True)),
                ("week", models.IntegerField()),
                ("seals", models.IntegerField()),
            ],
        ),
    ]
