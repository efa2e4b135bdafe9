"""Keeps what lists and search show of a role in step with what is published about it.

One statement for any number of roles, since the database has all that it takes.
"""

from collections.abc import Iterable

from django.db import connection, transaction

from roles.models import Role, RoleRelation

COLUMNS = (
    "standing",
    "score",
    "zone",
    "sub_label",
    "share_3_plus",
    "last_assessed",
    "summary",
    "title_vector",
)


def _of(table: str) -> str:
    return ", ".join(f"{table}.{column}" for column in COLUMNS)


STANDING = f"""
    WITH now AS (
        SELECT named.id,
            COALESCE(published.provenance,
                CASE WHEN cited.id IS NULL THEN '' ELSE 'Cited' END) AS standing,
            COALESCE(published.published_score, cited.cited_score) AS score,
            COALESCE(published.zone, cited.cited_zone, '') AS zone,
            COALESCE(published.sub_label, cited.cited_sub_label, '') AS sub_label,
            published.share_3_plus AS share_3_plus,
            COALESCE(published.published_at, cited.published_at) AS last_assessed,
            COALESCE(substring(published.primary_function from '^.*?[.!?](?=\\s|$)'),
                published.primary_function, cited.note, '') AS summary,
            setweight(to_tsvector('simple', named.title), 'A')
                || setweight(to_tsvector('english', named.title), 'A')
                || setweight(to_tsvector('simple', COALESCE(names.initials, '')), 'B')
                || setweight(to_tsvector('simple', COALESCE(names.aliases, '')), 'B')
                || setweight(to_tsvector('english', COALESCE(names.aliases, '')), 'B')
                || setweight(to_tsvector('simple', COALESCE(names.codes, '')), 'B')
                || setweight(to_tsvector('english', named.sector), 'C') AS title_vector
        FROM roles_role AS named
        LEFT JOIN roles_assessment AS published
            ON published.role_id = named.id AND published.status = 'published'
        LEFT JOIN LATERAL (
            SELECT relation.id, relation.cited_score, relation.cited_zone,
                relation.cited_sub_label, relation.note, citing.published_at
            FROM roles_rolerelation AS relation
            CROSS JOIN LATERAL (
                -- One at a time: a join would walk through all assessments up to the newest.
                SELECT published_at FROM roles_assessment
                WHERE id = relation.assessment_id AND status = 'published' LIMIT 1
            ) AS citing
            WHERE relation.role_id = named.id AND relation.cited_score IS NOT NULL
            ORDER BY citing.published_at DESC, relation.id LIMIT 1
        ) AS cited ON published.id IS NULL
        CROSS JOIN LATERAL (
            SELECT
                (SELECT string_agg(left(word, 1), '') FROM regexp_split_to_table(
                    regexp_replace(named.title, '\\(.*', ''), '[^[:alnum:]]+') AS word)
                    AS initials,
                (SELECT string_agg(title, ' | ') FROM roles_alsoknownas
                    WHERE role_id = named.id) AS aliases,
                (SELECT string_agg(system || ' ' || code, ' | ') FROM roles_occupationcode
                    WHERE role_id = named.id) AS codes
        ) AS names
        WHERE named.id = ANY(%(roles)s)
    )
    UPDATE roles_role AS role SET ({", ".join(COLUMNS)}) = ROW({_of("now")})
    FROM now
    WHERE role.id = now.id AND ROW({_of("role")}) IS DISTINCT FROM ROW({_of("now")})
"""
"""Touches those roles only for which something has changed."""
TEXT = """
    INSERT INTO roles_roletext (role_id, text, vector)
    SELECT role.id, words.text, to_tsvector('english', words.text)
    FROM roles_role AS role
    JOIN roles_assessment AS a ON a.role_id = role.id AND a.status = 'published'
    CROSS JOIN LATERAL (
        SELECT concat_ws(E'\\n', a.primary_function, a.typical_experience,
            (SELECT string_agg(name || '. ' || rationale, E'\\n' ORDER BY position)
                FROM roles_task WHERE assessment_id = a.id),
            (SELECT string_agg(rationale, E'\\n' ORDER BY position)
                FROM roles_evidenceitem WHERE assessment_id = a.id),
            (SELECT string_agg(rationale, E'\\n' ORDER BY position)
                FROM roles_barrieritem WHERE assessment_id = a.id),
            a.score_vs_reality, a.not_captured, a.who_should_worry, a.outlook,
            array_to_string(a.survival_strategy, E'\\n'), a.timeline) AS text
    ) AS words
    WHERE role.id = ANY(%(roles)s)
    ON CONFLICT (role_id) DO UPDATE SET text = EXCLUDED.text, vector = EXCLUDED.vector
"""
WITHDRAWN_TEXT = """
    DELETE FROM roles_roletext
    WHERE role_id = ANY(%(roles)s) AND NOT EXISTS (
        SELECT FROM roles_assessment AS a
        WHERE a.role_id = roles_roletext.role_id AND a.status = 'published'
    )
"""
TITLE_WORDS = """
    INSERT INTO roles_titleword (word)
    SELECT DISTINCT lower(word) FROM roles_role AS role
    LEFT JOIN roles_alsoknownas AS alias ON alias.role_id = role.id
    CROSS JOIN LATERAL regexp_split_to_table(
        role.title || ' ' || COALESCE(alias.title, ''), '[^[:alnum:]]+') AS word
    WHERE role.id = ANY(%(roles)s) AND role.standing <> '' AND length(word) > 2
    ON CONFLICT DO NOTHING
"""


@transaction.atomic
def refresh_listing(role_ids: Iterable[int]) -> None:
    """Write what these roles stand at, and the words by which they are found."""
    parameters = {"roles": sorted(set(role_ids))}
    with connection.cursor() as cursor:
        for statement in (STANDING, TEXT, WITHDRAWN_TEXT, TITLE_WORDS):
            cursor.execute(statement, parameters)


def roles_around(role: Role) -> set[int]:
    """The role and those for which one of its published versions ever cited a score."""
    versions = list(role.assessments.values_list("pk", flat=True))
    named = RoleRelation.objects.filter(assessment__in=versions, cited_score__isnull=False)
    return {role.pk, *named.values_list("role_id", flat=True)}
