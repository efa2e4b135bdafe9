"""What is stored, one module for each thing."""

from roles.models.assessment import Assessment, recalculated_once
from roles.models.claim import Claim
from roles.models.items import BarrierItem, EvidenceItem, PrincipleItem, Task
from roles.models.relations import RoleRelation, SeniorityVariant
from roles.models.review import Autosave, ReviewComment
from roles.models.role import (
    AlsoKnownAs,
    BinCount,
    FacetCount,
    OccupationCode,
    Role,
    RoleText,
    TitleWord,
)
from roles.models.source import Source

__all__ = [
    "AlsoKnownAs",
    "Assessment",
    "Autosave",
    "BarrierItem",
    "BinCount",
    "Claim",
    "EvidenceItem",
    "FacetCount",
    "OccupationCode",
    "PrincipleItem",
    "ReviewComment",
    "Role",
    "RoleRelation",
    "RoleText",
    "SeniorityVariant",
    "Source",
    "Task",
    "TitleWord",
    "recalculated_once",
]
