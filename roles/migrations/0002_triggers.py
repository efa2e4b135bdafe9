"""The guards of the database."""

from django.db import migrations

from roles.models.triggers import install


class Migration(migrations.Migration):
    dependencies = [("roles", "0001_initial")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
