"""The profile of an occupation, and the index of all."""

from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from roles.models import Occupation
from roles.occupation_figures import FIGURES, LABOUR, RATED, RATINGS
from roles.occupations import index as occupations
from roles.occupations.careers import services_of
from roles.occupations.closest import closest
from roles.occupations.facts import COUNTRY_OF_FIGURES
from roles.occupations.listing import PAGE_SIZE, SORTS, Listing, families


@require_safe
def profile(request: HttpRequest, address: str) -> HttpResponse:
    """What is published about one occupation, at its one address."""
    index = occupations.current()
    occupation = index.at(address)
    if occupation is None:
        raise Http404(f"no occupation {address}")
    if address != occupation.address:
        return redirect(occupation)
    context = {
        "occupation": occupation,
        "assessed_as": index.assessed_as(occupation),
        "labour": index.all_placed(occupation, LABOUR),
        "figures": index.all_placed(occupation, list(FIGURES.values())),
        "ratings": _ratings(occupation),
        "rated_by": RATED[0].source,
        "family_url": Listing(family=occupation.code[:2]).url,
        "sources": dict.fromkeys(figure.source for figure in FIGURES.values()),
        "closest": closest(occupation, index),
        "careers": services_of(COUNTRY_OF_FIGURES),
    }
    return render(request, "pages/occupation.html", context)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All occupations by family, or in the order of a figure."""
    asked = Listing.of(request.GET)
    if not asked.ignored and asked.url != request.get_full_path():
        return redirect(asked.url)
    index = occupations.current()
    page = Paginator(asked.found(index), PAGE_SIZE).get_page(asked.page)
    asked = asked.on_page(page.number) if not asked.ignored else asked
    context = {
        "listing": asked,
        "page": page,
        "rows": [
            (
                occupation,
                asked.of_family(occupation.code[:2]).url,
                occupation.code in index.assessed_codes,
                [(figure, index.placed(occupation, figure)) for figure in asked.figures],
            )
            for occupation in page.object_list
        ],
        "families": families(index),
        "sorts": SORTS,
        "previous": asked.on_page(page.previous_page_number()).url if page.has_previous() else "",
        "next": asked.on_page(page.next_page_number()).url if page.has_next() else "",
        "total": len(index.occupations),
        "canonical": request.build_absolute_uri(asked.on_page(page.number).url),
    }
    return render(request, "pages/occupations.html", context)


def _ratings(occupation: Occupation) -> list[tuple[int, str, Decimal]]:
    """Each rating with its meaning and its share of the tasks; none where none were rated."""
    rated = zip(RATINGS.items(), RATED, strict=True)
    shares = [(*rating, getattr(occupation, figure.name)) for rating, figure in rated]
    return [] if any(share is None for _, _, share in shares) else shares
