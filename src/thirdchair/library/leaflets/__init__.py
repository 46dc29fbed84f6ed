"""A service's own leaflets (PDF, Word, HTML) made into pages of a library."""

from thirdchair.library.leaflets.importing import LeafletFacts, import_leaflet, page_from_leaflet

__all__ = ["LeafletFacts", "import_leaflet", "page_from_leaflet"]
