import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("enrolment", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PaperRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("accepted_on", models.DateField(verbose_name="accepted on")),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_records",
                        to="enrolment.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
            ],
            options={
                "verbose_name": "case record on paper",
                "verbose_name_plural": "case records on paper",
                "ordering": ["accepted_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "code"), name="casecount_one_row_per_code")
                ],
            },
        ),
    ]
