"""The database's own guards, which hold on every path to the data, plain SQL included.

A saved row recalculates its assessment in Python (``models.recalculation``). What keeps the
score from ever being stale, and what is published from ever changing, is here: triggers
without a switch by which a session could put them to rest. What is synthetic may be removed
again; no role can be made synthetic that was not created so.

After a change of a trigger, or of a list that one is made from, a migration has to call
``install`` again; a test says so where it was forgotten.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roles.documents.fields import FIELDS, Field, Kind

SCORED_TABLES = ("roles_task", "roles_evidenceitem", "roles_barrieritem", "roles_principleitem")
OTHER_TABLES = (
    "roles_source",
    "roles_claim",
    "roles_rolerelation",
    "roles_seniorityvariant",
    "roles_correction",
)
CATALOGUE = (
    "roles_role",
    "roles_alsoknownas",
    "roles_oldaddress",
    "roles_occupationcode",
    "roles_roletext",
    "roles_occupation",
    "roles_occupationname",
)
"""Tables beside the assessments that public pages read."""


INSTALLED = """
    SELECT tgname, tgrelid::regclass::text, prosrc, tgenabled
    FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
"""
"""Name, table, source and state of every trigger that the database has."""


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: on which table, when, and what it does."""

    table: str
    name: str
    when: str
    """``BEFORE INSERT OR UPDATE`` and the like."""
    body: str
    for_each: str = "ROW"
    condition: str = ""
    deferred: bool = False
    transition: str = ""
    as_owner: bool = False
    """Whether it may do what whoever causes it may not."""

    @property
    def function(self) -> str:
        """The name of its function."""
        return f"{self.table}_{self.name}"

    @property
    def source(self) -> str:
        """The text of its function."""
        return f" BEGIN {self.body} END; "

    @property
    def create(self) -> str:
        """The statements that make it, in the place of an older one of its name."""
        kind = "CONSTRAINT TRIGGER" if self.deferred else "TRIGGER"
        deferral = "DEFERRABLE INITIALLY DEFERRED" if self.deferred else ""
        condition = f"WHEN ({self.condition})" if self.condition else ""
        # Names are looked for among the owner's tables first, whatever a session has set.
        rights = "SECURITY DEFINER SET search_path = public, pg_temp" if self.as_owner else ""
        return f"""
            CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql {rights}
            AS $guard${self.source}$guard$;
            DROP TRIGGER IF EXISTS {self.name} ON {self.table};
            CREATE {kind} {self.name} {self.when} ON {self.table} {deferral} {self.transition}
            FOR EACH {self.for_each} {condition} EXECUTE FUNCTION {self.function}();
        """


def guards(inputs: Sequence[str], figures: Sequence[str]) -> list[Guard]:
    """Every guard; ``inputs`` and ``figures`` are columns of the assessment."""
    return [
        *(guard for table in SCORED_TABLES for guard in _mark_stale(table)),
        *(_protect_rows(table) for table in (*SCORED_TABLES, *OTHER_TABLES)),
        _guard_figures(inputs, figures),
        _refuse_stale_commit(),
        _protect_published(),
        _check_publication(),
        _keep_synthetic(),
        _forget_person(),
        _keep_address(),
        *(_raise_version(table) for table in CATALOGUE),
        *(
            _raise_version(table, of_published_only=True)
            for table in (*SCORED_TABLES, *OTHER_TABLES)
        ),
        _raise_version_for_assessments(),
    ]


def _refusal(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation';"


PUBLISHED = "A published assessment cannot be changed: make a new draft instead."


def _mark_stale(table: str) -> Iterator[Guard]:
    """On scored rows: mark the assessments they belong to, or are moved from, as stale."""
    for event, rows in (
        ("INSERT", {"NEW": "new_rows"}),
        ("UPDATE", {"NEW": "new_rows", "OLD": "old_rows"}),
        ("DELETE", {"OLD": "old_rows"}),
    ):
        changed = " UNION ".join(f"SELECT assessment_id FROM {name}" for name in rows.values())
        yield Guard(
            table,
            f"mark_stale_on_{event.lower()}",
            f"AFTER {event}",
            f"""
                UPDATE roles_assessment SET score_is_stale = TRUE
                WHERE NOT score_is_stale AND published_at IS NULL AND id IN ({changed});
                RETURN NULL;
            """,
            for_each="STATEMENT",
            transition="REFERENCING "
            + " ".join(f"{which} TABLE AS {name}" for which, name in rows.items()),
        )


def _protect_rows(table: str) -> Guard:
    """On any row of an assessment: refuse every change once it has been published."""
    return Guard(
        table,
        "protect_published",
        "BEFORE INSERT OR UPDATE OR DELETE",
        f"""
            IF EXISTS (
                SELECT FROM roles_assessment AS assessment
                JOIN roles_role AS role ON role.id = assessment.role_id
                WHERE assessment.id IN (OLD.assessment_id, NEW.assessment_id)
                AND assessment.published_at IS NOT NULL
                AND NOT (TG_OP = 'DELETE' AND role.synthetic)
            ) THEN
                {_refusal(PUBLISHED)}
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


def _protect_published() -> Guard:
    """On the assessment: once published, its status is all that can change.

    A published version is superseded; either is deleted, and comes back as what it was. Who
    wrote it can be forgotten.
    """
    changing = "'status' - 'superseded_at' - 'deleted_at' - 'author_id' - 'edited_by_id'"
    return Guard(
        "roles_assessment",
        "protect_published",
        "BEFORE UPDATE OR DELETE",
        f"""
            IF OLD.published_at IS NULL OR (
                TG_OP = 'DELETE' AND EXISTS (
                    SELECT FROM roles_role WHERE id = OLD.role_id AND synthetic
                )
            ) THEN
                RETURN COALESCE(NEW, OLD);
            END IF;
            IF TG_OP = 'UPDATE'
                AND ((OLD.status, NEW.status) IN (
                    ('published', 'superseded'), ('published', 'deleted'),
                    ('superseded', 'deleted'), ('deleted', 'published'),
                    ('deleted', 'superseded')
                ) OR (OLD.status = NEW.status AND OLD.superseded_at IS NOT DISTINCT FROM
                    NEW.superseded_at AND OLD.deleted_at IS NOT DISTINCT FROM NEW.deleted_at))
                AND (NEW.author_id IS NULL OR NEW.author_id = OLD.author_id)
                AND (NEW.edited_by_id IS NULL OR NEW.edited_by_id = OLD.edited_by_id)
                AND to_jsonb(NEW) - {changing} = to_jsonb(OLD) - {changing}
            THEN
                RETURN NEW;
            END IF;
            {_refusal(PUBLISHED)}
        """,
    )


def _guard_figures(inputs: Sequence[str], figures: Sequence[str]) -> Guard:
    """On the assessment: a changed input makes the score stale; only recalculation, which
    turns stale into not stale, writes a computed figure.
    """
    return Guard(
        "roles_assessment",
        "guard_figures",
        "BEFORE INSERT OR UPDATE",
        f"""
            IF TG_OP = 'INSERT' THEN
                NEW.score_is_stale := TRUE;
                RETURN NEW;
            END IF;
            IF {_row("NEW", inputs)} IS DISTINCT FROM {_row("OLD", inputs)} THEN
                NEW.score_is_stale := TRUE;
            END IF;
            IF {_row("NEW", figures)} IS DISTINCT FROM {_row("OLD", figures)}
                AND NOT (OLD.score_is_stale AND NOT NEW.score_is_stale)
            THEN
                {_refusal("Computed figures are written by recalculation only.")}
            END IF;
            RETURN NEW;
        """,
    )


def _refuse_stale_commit() -> Guard:
    """On the assessment: no transaction ends with a stale score."""
    return Guard(
        "roles_assessment",
        "refuse_stale_commit",
        "AFTER INSERT OR UPDATE",
        """
            IF EXISTS (SELECT FROM roles_assessment WHERE id = NEW.id AND score_is_stale) THEN
                RAISE EXCEPTION
                    'The inputs of assessment % changed without its score: recalculate it in '
                    'the same transaction.', NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
        condition="NEW.score_is_stale",
        deferred=True,
    )


def _check_publication() -> Guard:
    """On the assessment: what is published is complete (sections 1 and 2)."""
    return Guard(
        "roles_assessment",
        "check_publication",
        "BEFORE INSERT OR UPDATE",
        f"""
            IF TG_OP = 'UPDATE' AND OLD.status = 'published' THEN
                RETURN NEW;
            END IF;
            IF NEW.score_is_stale OR NEW.published_score IS NULL THEN
                {_refusal("An assessment without a current score cannot be published.")}
            END IF;
            IF (SELECT sum(time) FROM roles_task WHERE assessment_id = NEW.id)
                IS DISTINCT FROM 100
            THEN
                {_refusal("The time of the tasks has to sum to exactly 100.")}
            END IF;
            IF {" OR ".join(_is_empty(field) for field in FIELDS.values() if field.required)}
                OR (SELECT seniority FROM roles_role WHERE id = NEW.role_id) !~ '\\S'
            THEN
                {_refusal("Every text that a document requires has to be there.")}
            END IF;
            IF {_unfinished_row("task", "time IS NULL OR mode = ''")}
                OR {_incomplete("evidenceitem", 5)} OR {_incomplete("barrieritem", 5)}
                OR {_incomplete("principleitem", 3)}
            THEN
                {_refusal("Every item has to be scored and to have a rationale.")}
            END IF;
            RETURN NEW;
        """,
        condition="NEW.status = 'published'",
    )


def _keep_synthetic() -> Guard:
    """On the role: whether it is synthetic is settled when it is created."""
    return Guard(
        "roles_role",
        "keep_synthetic",
        "BEFORE UPDATE",
        _refusal("Whether a role is synthetic cannot be changed."),
        condition="NEW.synthetic <> OLD.synthetic",
    )


def _forget_person() -> Guard:
    """On accounts: whoever is deleted is taken out of what the history knows about changes.

    Foreign keys to them become empty; what is left is the number of the account in old rows.
    """
    return Guard(
        "auth_user",
        "forget_person",
        "AFTER DELETE",
        """
            UPDATE pghistory_context SET metadata = metadata - 'user'
            WHERE metadata @> jsonb_build_object('user', OLD.id);
            UPDATE axes_accesslog SET username = NULL WHERE username = OLD.username;
            DELETE FROM axes_accessattempt WHERE username = OLD.username;
            RETURN NULL;
        """,
        as_owner=True,
    )


def _keep_address() -> Guard:
    """On the role: a slug that it gives up leads to it for ever."""
    return Guard(
        "roles_role",
        "keep_address",
        "AFTER UPDATE",
        """
            DELETE FROM roles_oldaddress WHERE slug = NEW.slug AND role_id = NEW.id;
            INSERT INTO roles_oldaddress (slug, role_id) VALUES (OLD.slug, NEW.id)
            ON CONFLICT (slug) DO UPDATE SET role_id = EXCLUDED.role_id;
            RETURN NULL;
        """,
        condition="NEW.slug <> OLD.slug",
    )


def _raise_version(table: str, *, of_published_only: bool = False) -> Guard:
    """On what public pages read: raise the catalogue version at commit, once a transaction."""
    published = """
        IF NOT EXISTS (
            SELECT FROM roles_assessment WHERE id IN (OLD.assessment_id, NEW.assessment_id)
            AND published_at IS NOT NULL
        ) THEN
            RETURN NULL;
        END IF;
    """
    return Guard(
        table,
        "raise_catalogue_version",
        "AFTER INSERT OR UPDATE OR DELETE",
        f"{published if of_published_only else ''} {RAISE_VERSION} RETURN NULL;",
        deferred=True,
        as_owner=True,
    )


def _raise_version_for_assessments() -> Guard:
    return Guard(
        "roles_assessment",
        "raise_catalogue_version",
        "AFTER INSERT OR UPDATE OR DELETE",
        f"""
            IF OLD.published_at IS NOT NULL OR NEW.published_at IS NOT NULL THEN
                {RAISE_VERSION}
            END IF;
            RETURN NULL;
        """,
        deferred=True,
        as_owner=True,
    )


RAISE_VERSION = """
    INSERT INTO roles_catalogueversion AS version (id, number, raised_by)
    VALUES (1, 1, pg_current_xact_id()::text::bigint)
    ON CONFLICT (id) DO UPDATE SET number = version.number + 1, raised_by = EXCLUDED.raised_by
    WHERE version.raised_by IS DISTINCT FROM EXCLUDED.raised_by;
"""


def _row(record: str, columns: Sequence[str]) -> str:
    return "(" + ", ".join(f"{record}.{column}" for column in columns) + ")"


def _is_empty(field: Field) -> str:
    """Whether a field of an assessment holds nothing."""
    match field.kind:
        case Kind.STEPS:
            return f"cardinality(NEW.{field.name}) = 0"
        case Kind.YEAR:
            return f"NEW.{field.name} IS NULL"
    return f"NEW.{field.name} !~ '\\S'"


def _unfinished_row(table: str, or_else: str = "FALSE") -> str:
    return (
        f"EXISTS (SELECT FROM roles_{table} WHERE assessment_id = NEW.id "
        f"AND (score IS NULL OR rationale !~ '\\S' OR {or_else}))"
    )


def _incomplete(table: str, dimensions: int) -> str:
    return (
        f"{_unfinished_row(table)} OR "
        f"(SELECT count(*) FROM roles_{table} WHERE assessment_id = NEW.id) <> {dimensions}"
    )
