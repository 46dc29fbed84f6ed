"""Every registered use. What is not here cannot run."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from thirdchair.uses.summarise_session.use import SUMMARISE_SESSION
from thirdchair.uses.use import Use

USES: Final[Mapping[str, Use]] = MappingProxyType({SUMMARISE_SESSION.id: SUMMARISE_SESSION})


def registered_use(use_id: str) -> Use | None:
    """The use of this name, or None: a name that is not registered is refused by policy."""
    return USES.get(use_id)
