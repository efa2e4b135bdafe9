"""The database's own guards, which hold on every path to the data, plain SQL included.

A saved row recalculates its assessment in Python (``Assessment.recalculate``). What keeps
the score from ever being stale is here: a change of any input marks the assessment, and a
transaction cannot be committed while a mark stands.
"""

import pgtrigger

ROW_CHANGES = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def mark_stale() -> pgtrigger.Trigger:
    """On a scored row: mark the assessment it belongs to, or is moved from, as stale."""
    return pgtrigger.Trigger(
        name="mark_score_stale",
        when=pgtrigger.After,
        operation=ROW_CHANGES,
        func="""
            UPDATE roles_assessment SET score_is_stale = TRUE
            WHERE id IN (OLD.assessment_id, NEW.assessment_id);
            RETURN NULL;
        """,
    )


def protect_published_rows() -> pgtrigger.Trigger:
    """On any row of an assessment: refuse every change once it has been published."""
    return pgtrigger.Trigger(
        name="protect_published",
        when=pgtrigger.Before,
        operation=ROW_CHANGES,
        func="""
            IF EXISTS (
                SELECT FROM roles_assessment
                WHERE id IN (OLD.assessment_id, NEW.assessment_id)
                AND published_at IS NOT NULL
            ) THEN
                RAISE EXCEPTION
                    'A published assessment cannot be changed: make a new draft instead.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


def protect_published_assessment() -> pgtrigger.Trigger:
    """On the assessment: once published, its status is all that can change.

    A published version is superseded; either is deleted, and comes back as what it was.
    """
    return pgtrigger.Trigger(
        name="protect_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF OLD.published_at IS NULL THEN
                RETURN COALESCE(NEW, OLD);
            END IF;
            IF TG_OP = 'UPDATE'
                AND (OLD.status, NEW.status) IN (
                    ('published', 'superseded'), ('published', 'deleted'),
                    ('superseded', 'deleted'), ('deleted', 'published'),
                    ('deleted', 'superseded')
                )
                AND to_jsonb(NEW) - 'status' - 'superseded_at' - 'deleted_at'
                    = to_jsonb(OLD) - 'status' - 'superseded_at' - 'deleted_at'
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION
                'A published assessment cannot be changed: make a new draft instead.'
                USING ERRCODE = 'check_violation';
        """,
    )


def guard_figures(inputs: tuple[str, ...], figures: tuple[str, ...]) -> pgtrigger.Trigger:
    """On the assessment: a changed input makes the score stale; only recalculation, which
    turns stale into not stale, writes a computed figure.
    """
    return pgtrigger.Trigger(
        name="guard_figures",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
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
                RAISE EXCEPTION 'Computed figures are written by recalculation only.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def refuse_stale_commit() -> pgtrigger.Trigger:
    """On the assessment: no transaction ends with a stale score."""
    return pgtrigger.Trigger(
        name="refuse_stale_commit",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition("NEW.score_is_stale"),
        func="""
            IF EXISTS (SELECT FROM roles_assessment WHERE id = NEW.id AND score_is_stale) THEN
                RAISE EXCEPTION
                    'The inputs of assessment % changed without its score: recalculate it in '
                    'the same transaction.', NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


def check_publication() -> pgtrigger.Trigger:
    """On the assessment: what is published is complete (sections 1 and 2)."""
    return pgtrigger.Trigger(
        name="check_publication",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.status = 'published'"),
        func=f"""
            IF TG_OP = 'UPDATE' AND OLD.status = 'published' THEN
                RETURN NEW;
            END IF;
            IF NEW.score_is_stale OR NEW.published_score IS NULL THEN
                RAISE EXCEPTION 'An assessment without a current score cannot be published.'
                    USING ERRCODE = 'check_violation';
            END IF;
            IF (SELECT sum(time) FROM roles_task WHERE assessment_id = NEW.id)
                IS DISTINCT FROM 100
            THEN
                RAISE EXCEPTION 'The time of the tasks has to sum to exactly 100.'
                    USING ERRCODE = 'check_violation';
            END IF;
            IF NEW.growth_rationale !~ '\\S'
                OR {_unfinished_row("task", "time IS NULL OR mode = ''")}
                OR {_incomplete("evidenceitem", 5)} OR {_incomplete("barrieritem", 5)}
                OR {_incomplete("principleitem", 3)}
            THEN
                RAISE EXCEPTION 'Every item has to be scored and to have a rationale.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


FACETS = (
    "zone",
    "sub_label",
    "sector",
    "country",
    "seniority_level",
    "share_band",
    "standing",
)


def count_facets() -> pgtrigger.Trigger:
    """On the role: keep the counts of roles by all their facets, and of their scores in steps."""
    return pgtrigger.Trigger(
        name="count_facets",
        when=pgtrigger.After,
        operation=ROW_CHANGES,
        declare=[("facets", "bigint")],
        func=f"""
            IF OLD.standing <> '' THEN
                UPDATE roles_facetcount SET count = count - 1
                WHERE ({", ".join(FACETS)}) = {_row("OLD", FACETS)}
                RETURNING id INTO facets;
                UPDATE roles_bincount SET count = count - 1
                WHERE (facets_id = facets OR facets_id IS NULL) AND score_bin = OLD.score_bin;
            END IF;
            IF NEW.standing <> '' THEN
                INSERT INTO roles_facetcount ({", ".join(FACETS)}, count)
                VALUES ({_columns("NEW", FACETS)}, 1)
                ON CONFLICT ({", ".join(FACETS)})
                DO UPDATE SET count = roles_facetcount.count + 1
                RETURNING id INTO facets;
                INSERT INTO roles_bincount (facets_id, score_bin, count)
                VALUES (facets, NEW.score_bin, 1), (NULL, NEW.score_bin, 1)
                ON CONFLICT (facets_id, score_bin)
                DO UPDATE SET count = roles_bincount.count + 1;
            END IF;
            RETURN NULL;
        """,
    )


def _row(record: str, columns: tuple[str, ...]) -> str:
    return f"({_columns(record, columns)})"


def _columns(record: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{record}.{column}" for column in columns)


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
