"""What has been measured: requirements set before, packs of results after."""

from thirdchair.evidence.pack import EvidencePack, read_pack
from thirdchair.evidence.requirement import Ceiling, Required, Requirement, Shortfall, shortfalls

__all__ = ["Ceiling", "EvidencePack", "Required", "Requirement", "Shortfall", "read_pack", "shortfalls"]
