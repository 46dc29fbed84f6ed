"""What has been measured: requirements set before, packs of results after."""

from thirdchair.evidence.pack import EvidencePack, read_pack
from thirdchair.evidence.requirement import Requirement, Shortfall, shortfalls

__all__ = ["EvidencePack", "Requirement", "Shortfall", "read_pack", "shortfalls"]
