"""The things AI may do in care, one folder each. A use is pure: it composes and reads, and never speaks."""

from thirdchair.uses.registry import USES, Use, registered_use

__all__ = ["USES", "Use", "registered_use"]
