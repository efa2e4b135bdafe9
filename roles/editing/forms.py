"""The forms of an assessment: labelled scores, rows in their order, and fixed dimensions."""

from typing import Any

from django import forms

from roles.documents.fields import FIELDS
from roles.editing.typed_django import InlineFormSet, ModelForm
from roles.models import Assessment, Correction, Role, RoleRelation, Source, Task
from roles.models.field_types import choices_of
from roles.services.transactions import lock_roles
from roles.vocabulary import RelationKind
from scoring import rubric

NOT_SCORED: list[tuple[int | str, str]] = [("", "not scored yet")]
NOT_CHOSEN = ("", "not chosen yet")
MODES = [
    NOT_CHOSEN,
    *((mode.value, f"{mode.capitalize()}: {words}") for mode, words in rubric.MODES.items()),
]
LAST_PLACE = 9_999
"""More than a table ever has rows; the column holds what follows it, too."""


def scores(choices: list[tuple[int, str]]) -> forms.TypedChoiceField:
    """A choice of scores in the words of the rubric; empty in an unfinished draft."""
    return forms.TypedChoiceField(
        choices=[*NOT_SCORED, *choices], coerce=int, empty_value=None, required=False
    )


class AssessmentForm(ModelForm):
    """Says by the field what the database would refuse."""

    survival_strategy = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=FIELDS["survival_strategy"].help,
    )
    growth = scores(rubric.GROWTH_CHOICES)

    class Meta:
        model = Assessment
        exclude = ()
        # In a document the year stands in the label.
        labels = {"outlook": "The role in that year"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["survival_strategy"] = "\n".join(self.instance.survival_strategy)

    def clean_survival_strategy(self) -> list[str]:
        """The steps, one a line."""
        lines = self.cleaned_data["survival_strategy"].splitlines()
        field = Assessment._meta.get_field("survival_strategy")
        steps: list[str] = field.clean(
            [line.strip() for line in lines if line.strip()], self.instance
        )
        return steps

    def clean_role(self) -> Role:
        """A role that has no other open draft."""
        role: Role = self.cleaned_data["role"]
        # Whoever starts a draft holds the role, so that two cannot start one at once.
        lock_roles([role.pk])
        others = Assessment.objects.open().filter(role=role).exclude(pk=self.instance.pk)
        if draft := others.first():
            raise forms.ValidationError(f"This role has an open draft already: {draft}.")
        return role


class RelatedForm(ModelForm):
    """A related role; what a role is distinct from is read from its text instead."""

    kind = forms.ChoiceField(
        choices=[NOT_CHOSEN, *choices_of([RelationKind.ADJACENT, RelationKind.CAREER_MOVE])]
    )

    class Meta:
        model = RoleRelation
        fields = ["role", "kind", "note"]


class OwnRows(InlineFormSet):
    """Rows of one assessment: a posted key of a row of another is told, not passed over."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        """A key by which its row was found is not looked for again, in a query for each."""
        super().add_fields(form, index)
        form.fields[self.model._meta.pk.name] = forms.IntegerField(
            initial=form.instance.pk, required=False, widget=forms.HiddenInput
        )

    def clean(self) -> None:
        """Refuse a key under which this assessment has no row."""
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError(
                "A row is not of this assessment any more; open the form again."
            )


class RelatedFormSet(OwnRows):
    """Related roles, as distinct from the relations that are read from the text."""

    @classmethod
    def get_default_prefix(cls) -> str:
        """A name of their own in the posted data."""
        return "related"


class PlacedForm(ModelForm):
    """A row of a table that has an order. Without a place it comes last."""

    position = forms.IntegerField(label="Place", required=False, min_value=0, max_value=LAST_PLACE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.pop("position", None)

    def has_changed(self) -> bool:
        """Whether somebody wrote something; a place alone makes no new row."""
        placed = set() if self.instance.pk else {"position"}
        return bool(set(self.changed_data) - placed)


class PlacedFormSet(OwnRows):
    """Rows in the order of their places."""

    def clean(self) -> None:
        """Give rows without a place those after all others, in the order of the form."""
        super().clean()
        rows = self.written()
        places = [form.cleaned_data.get("position") for form in rows]
        after = max((place for place in places if place is not None), default=-1) + 1
        for form in rows:
            if form.cleaned_data.get("position") is None:
                form.cleaned_data["position"] = form.instance.position = after
                after += 1

    def written(self) -> list[ModelForm]:
        """The forms of rows that stay, as far as they can be read."""
        return [
            form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


class TaskForm(PlacedForm):
    """One task."""

    score = scores(rubric.TASK_CHOICES)
    mode = forms.ChoiceField(required=False, choices=MODES)

    class Meta:
        model = Task
        fields = ["position", "name", "time", "score", "mode", "rationale"]


class TaskFormSet(PlacedFormSet):
    """Tasks, no two of one name."""

    def clean(self) -> None:
        """Name the task that is there twice."""
        super().clean()
        seen: set[str] = set()
        for form in self.written():
            name = " ".join(form.cleaned_data.get("name", "").lower().split())
            if name and name in seen:
                form.add_error("name", "Another task has this name.")
            seen.add(name)


class SourceForm(PlacedForm):
    """One source: short texts, each on a line."""

    class Meta:
        model = Source
        fields = ["position", "dimension", "title", "publisher", "url", "seen"]
        widgets = dict.fromkeys(("title", "publisher", "url"), forms.TextInput)


class CorrectionForm(PlacedForm):
    """One correction."""

    class Meta:
        model = Correction
        fields = ["position", "claim", "correction", "source"]


class ItemForm(ModelForm):
    """One dimension that the method fixes, with its score in the words of the rubric."""

    dimension = forms.ChoiceField(widget=forms.HiddenInput)
    score = scores([])

    class Meta:
        fields = ["dimension", "score", "rationale"]


class DimensionFormSet(OwnRows):
    """One row for each dimension; those that are not stored yet are ready to be filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = {row.dimension for row in self.get_queryset()} if self.instance.pk else set()
        missing = [one for one in self.model.group.dimensions if one not in stored]
        self.extra = self.max_num = len(missing)
        self.initial_extra = [{"dimension": str(dimension)} for dimension in missing]

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        """Each row offers its own dimension only, with the rubric of that dimension."""
        super().add_fields(form, index)
        dimensions = list(self.model.group.dimensions)
        dimension = form.instance.dimension or form.initial.get("dimension", "")
        if dimension:
            fields: dict[str, Any] = form.fields
            fields["dimension"].choices = [(dimension, dimension)]
            fields["score"].choices = [*NOT_SCORED, *rubric.CHOICES[dimension]]
            form.instance.position = dimensions.index(dimension)
