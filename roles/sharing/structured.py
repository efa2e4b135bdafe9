"""What pages say to programs, in the words of schema.org (JSON-LD)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from roles.models import Assessment, Occupation, Role
from roles.vocabulary import LICENCE, REVIEWED_WITHIN

PUBLISHER = {"@type": "Organization", "name": "JobZone"}

type Node = Mapping[str, Any]


def script(*nodes: Node) -> SafeString:
    """A data block of a page. No text can end it: what HTML could read as markup is escaped."""
    said = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        said = said.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{said}</script>')  # noqa: S308


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Node:
    """The way to a page from the first: each step's name and whole address."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }


def role(one: Role, url: str, assessment: Assessment | None = None) -> Node:
    """A role as an occupation, with the report that is its assessment, where it has one."""
    node: dict[str, Any] = {"@type": "Occupation", "@id": url, "url": url, "name": one.title}
    if one.country:
        node["occupationLocation"] = {"@type": "Country", "name": one.country}
    if aliases := [alias.title for alias in one.aliases.all()]:
        node["alternateName"] = aliases
    if codes := [_code(code.classification, code.code) for code in one.codes.all()]:
        node["occupationalCategory"] = codes
    if one.pay_currency:
        node["estimatedSalary"] = {
            "@type": "MonetaryAmountDistribution",
            "name": "base",
            "currency": one.pay_currency,
            "duration": "P1Y",
            "minValue": one.pay_low,
            "maxValue": one.pay_high,
        }
    if assessment:
        node["subjectOf"] = _report(assessment)
    return node


def occupation(one: Occupation, url: str) -> Node:
    """An official occupation; it has no score."""
    return {
        "@type": "Occupation",
        "@id": url,
        "url": url,
        "name": one.title,
        "occupationalCategory": _code("O*NET-SOC 2019", one.code),
        "occupationLocation": {"@type": "Country", "name": "United States"},
    }


def dataset(
    url: str, name: str, says: str, modified: date | None, files: Sequence[tuple[str, str]]
) -> Node:
    """All assessments as data: the day of the last change, and each file's type and address."""
    node: dict[str, Any] = {
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": name,
        "description": says,
        "license": LICENCE.url,
        "creator": PUBLISHER,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": address}
            for kind, address in files
        ],
    }
    if modified:
        node["dateModified"] = modified.isoformat()
    return node


def _report(assessment: Assessment) -> Node:
    said = f"{assessment.published_score} of 100, {assessment.zone} ({assessment.sub_label})"
    node: dict[str, Any] = {
        "@type": "Report",
        "name": f"{assessment.role.title}: {said}, {assessment.provenance.lower()}",
        "version": assessment.version,
        "license": LICENCE.url,
        "publisher": PUBLISHER,
    }
    if published := assessment.published_at:
        node["datePublished"] = published.date().isoformat()
        node["expires"] = (published.date() + REVIEWED_WITHIN).isoformat()
    return node


def _code(system: str, code: str) -> Node:
    return {"@type": "CategoryCode", "inCodeSet": system, "codeValue": code}
