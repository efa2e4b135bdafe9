"""Django's classes of forms and of the admin, with the models that they are of.

Only the type checker can name those: at run time the classes take no parameters.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet

from roles.models import Assessment, Role

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    AssessmentModelAdmin = admin.ModelAdmin[Assessment]
    RoleModelAdmin = admin.ModelAdmin[Role]
    StackedInline = admin.StackedInline[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]

    class InlineFormSet(BaseInlineFormSet[Any, Assessment, ModelForm]):
        """Rows of an assessment; Django gives every set of them a model and a prefix."""

        model: type[Any]
        prefix: str
else:
    ModelForm = forms.ModelForm
    AssessmentModelAdmin = RoleModelAdmin = admin.ModelAdmin
    StackedInline, TabularInline = admin.StackedInline, admin.TabularInline
    InlineFormSet = BaseInlineFormSet
