"""The official careers services of each country."""

from typing import NamedTuple


class CareersService(NamedTuple):
    """A public service that advises on work, free of charge."""

    name: str
    url: str


SERVICES: dict[str, tuple[CareersService, ...]] = {
    "United Kingdom": (
        CareersService(
            "National Careers Service (England)", "https://nationalcareers.service.gov.uk/"
        ),
        CareersService("My World of Work (Scotland)", "https://www.myworldofwork.co.uk/"),
        CareersService("Careers Wales", "https://careerswales.gov.wales/"),
        CareersService(
            "nidirect Careers (Northern Ireland)", "https://www.nidirect.gov.uk/careers"
        ),
    ),
    "United States": (
        CareersService("CareerOneStop", "https://www.careeronestop.org/"),
        CareersService("O*NET OnLine", "https://www.onetonline.org/"),
    ),
}


def services_of(country: str) -> tuple[CareersService, ...]:
    """Those of a country; none where we know of none."""
    return SERVICES.get(country, ())
