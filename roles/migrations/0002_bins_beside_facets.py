"""The steps of the score get a table of their own beside the facet counts."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FACETS = ("zone", "sub_label", "sector", "country", "seniority_level", "share_band", "standing")
COUNTS = f"""
    INSERT INTO roles_facetcount ({", ".join(FACETS)}, count)
    SELECT zone, sub_label, sector, country, seniority_level, COALESCE(share_band, -1), standing,
        count(*)
    FROM roles_role WHERE standing <> '' GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
BINS = """
    INSERT INTO roles_bincount (facets_id, score_bin, count)
    SELECT f.id, r.score_bin, count(*)
    FROM roles_role r JOIN roles_facetcount f
        ON (f.zone, f.sub_label, f.sector, f.country, f.seniority_level, f.share_band, f.standing)
        = (r.zone, r.sub_label, r.sector, r.country, r.seniority_level, COALESCE(r.share_band, -1),
            r.standing)
    GROUP BY 1, 2
"""


class Migration(migrations.Migration):
    dependencies = [("roles", "0001_initial")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="role", name="count_facets"),
        migrations.RunSQL("DELETE FROM roles_facetcount", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="facetcount", name="facet_count_once"),
        migrations.RemoveField(model_name="facetcount", name="score_bin"),
        migrations.AddConstraint(
            model_name="facetcount",
            constraint=models.UniqueConstraint(fields=FACETS, name="facet_count_once"),
        ),
        migrations.CreateModel(
            name="BinCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score_bin", models.SmallIntegerField()),
                ("count", models.IntegerField()),
                (
                    "facets",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bins",
                        to="roles.facetcount",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="bincount",
            constraint=models.UniqueConstraint(
                fields=("facets", "score_bin"), name="bin_count_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bincount",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gte", 0)), name="bin_count_not_negative"
            ),
        ),
        migrations.RunSQL(COUNTS, migrations.RunSQL.noop),
        migrations.RunSQL(BINS, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="count_facets",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE facets bigint;",
                    func="\n            IF OLD.standing <> '' THEN\n                UPDATE roles_facetcount SET count = count - 1\n                WHERE (zone, sub_label, sector, country, seniority_level, share_band, standing) = (OLD.zone, OLD.sub_label, OLD.sector, OLD.country, OLD.seniority_level, COALESCE(OLD.share_band, -1), OLD.standing)\n                RETURNING id INTO facets;\n                UPDATE roles_bincount SET count = count - 1\n                WHERE facets_id = facets AND score_bin = OLD.score_bin;\n            END IF;\n            IF NEW.standing <> '' THEN\n                INSERT INTO roles_facetcount (zone, sub_label, sector, country, seniority_level, share_band, standing, count)\n                VALUES (NEW.zone, NEW.sub_label, NEW.sector, NEW.country, NEW.seniority_level, COALESCE(NEW.share_band, -1), NEW.standing, 1)\n                ON CONFLICT (zone, sub_label, sector, country, seniority_level, share_band, standing)\n                DO UPDATE SET count = roles_facetcount.count + 1\n                RETURNING id INTO facets;\n                INSERT INTO roles_bincount (facets_id, score_bin, count)\n                VALUES (facets, NEW.score_bin, 1)\n                ON CONFLICT (facets_id, score_bin)\n                DO UPDATE SET count = roles_bincount.count + 1;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="2b72807091541edf226bc6caef5eb71cb32f2317",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_count_facets_c1859",
                    table="roles_role",
                    when="AFTER",
                ),
            ),
        ),
    ]
