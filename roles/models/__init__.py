"""What is stored, one module for each thing."""

from roles.models.accounts import RIGHTS
from roles.models.assessment import Assessment
from roles.models.autosave import Autosave, FormSnapshot
from roles.models.claim import Claim
from roles.models.correction import Correction
from roles.models.items import ITEM_MODELS, BarrierItem, EvidenceItem, PrincipleItem, Task
from roles.models.link_check import LinkCheck
from roles.models.missed_search import MissedSearch
from roles.models.occupation import Occupation, OccupationName
from roles.models.old_address import OldAddress
from roles.models.recalculation import recalculated_once
from roles.models.relations import RoleRelation, SeniorityVariant
from roles.models.review import ReviewComment
from roles.models.role import (
    AlsoKnownAs,
    CatalogueVersion,
    OccupationCode,
    Role,
    RoleText,
)
from roles.models.source import Source

__all__ = [
    "ITEM_MODELS",
    "RIGHTS",
    "AlsoKnownAs",
    "Assessment",
    "Autosave",
    "BarrierItem",
    "CatalogueVersion",
    "Claim",
    "Correction",
    "EvidenceItem",
    "FormSnapshot",
    "LinkCheck",
    "MissedSearch",
    "Occupation",
    "OccupationCode",
    "OccupationName",
    "OldAddress",
    "PrincipleItem",
    "ReviewComment",
    "Role",
    "RoleRelation",
    "RoleText",
    "SeniorityVariant",
    "Source",
    "Task",
    "recalculated_once",
]
