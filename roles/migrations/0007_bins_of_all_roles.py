"""The steps of the score of all roles are counted as such, and an unknown band is a band."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

TOTALS = """
    INSERT INTO roles_bincount (facets_id, score_bin, count)
    SELECT NULL, score_bin, sum(count) FROM roles_bincount GROUP BY score_bin
"""


class Migration(migrations.Migration):
    dependencies = [
        ("roles", "0006_sector_boundary_index"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="role",
            name="count_facets",
        ),
        migrations.RemoveConstraint(
            model_name="bincount",
            name="bin_count_once",
        ),
        migrations.AlterField(
            model_name="bincount",
            name="facets",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bins",
                to="roles.facetcount",
            ),
        ),
        # A generated column cannot be altered.
        migrations.RemoveField(model_name="role", name="share_band"),
        migrations.AddField(
            model_name="role",
            name="share_band",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce(
                    models.Case(
                        models.When(models.Q(("share_3_plus__gte", 80)), then=4),
                        default=django.db.models.functions.math.Floor(
                            django.db.models.expressions.CombinedExpression(
                                models.F("share_3_plus"), "/", models.Value(20)
                            ),
                            output_field=models.SmallIntegerField(),
                        ),
                        output_field=models.SmallIntegerField(),
                    ),
                    models.Value(-1),
                ),
                output_field=models.SmallIntegerField(),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="role",
            trigger=pgtrigger.compiler.Trigger(
                name="count_facets",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE facets bigint;",
                    func="\n            IF OLD.standing <> '' THEN\n                UPDATE roles_facetcount SET count = count - 1\n                WHERE (zone, sub_label, sector, country, seniority_level, share_band, standing) = (OLD.zone, OLD.sub_label, OLD.sector, OLD.country, OLD.seniority_level, OLD.share_band, OLD.standing)\n                RETURNING id INTO facets;\n                UPDATE roles_bincount SET count = count - 1\n                WHERE (facets_id = facets OR facets_id IS NULL) AND score_bin = OLD.score_bin;\n            END IF;\n            IF NEW.standing <> '' THEN\n                INSERT INTO roles_facetcount (zone, sub_label, sector, country, seniority_level, share_band, standing, count)\n                VALUES (NEW.zone, NEW.sub_label, NEW.sector, NEW.country, NEW.seniority_level, NEW.share_band, NEW.standing, 1)\n                ON CONFLICT (zone, sub_label, sector, country, seniority_level, share_band, standing)\n                DO UPDATE SET count = roles_facetcount.count + 1\n                RETURNING id INTO facets;\n                INSERT INTO roles_bincount (facets_id, score_bin, count)\n                VALUES (facets, NEW.score_bin, 1), (NULL, NEW.score_bin, 1)\n                ON CONFLICT (facets_id, score_bin)\n                DO UPDATE SET count = roles_bincount.count + 1;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="f8f9d9e1ab4dde52b8b5df0971db70b17c31d5de",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_count_facets_c1859",
                    table="roles_role",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="bincount",
            constraint=models.UniqueConstraint(
                fields=("facets", "score_bin"), name="bin_count_once", nulls_distinct=False
            ),
        ),
        migrations.RunSQL(TOTALS, "DELETE FROM roles_bincount WHERE facets_id IS NULL"),
    ]
