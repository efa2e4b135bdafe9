"""How the score works, and how far an assessment can be trusted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roles import rubric
from scoring import method as aijri


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The method in words, with its constants from the library that applies them."""
    dimensions = {
        # Templates call what is callable, and an enumeration is.
        "evidence": list(aijri.EvidenceDimension),
        "barriers": list(aijri.Barrier),
        "principles": list(aijri.Principle),
    }
    return render(request, "pages/method.html", {"aijri": aijri, "rubric": rubric, **dimensions})


@require_safe
def provenance(request: HttpRequest) -> HttpResponse:
    """What published, sample and cited mean."""
    return render(request, "pages/provenance.html")
