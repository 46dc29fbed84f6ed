"""People who talk to a model over many turns: scripted ones of our own, simulated ones that a model plays, and readers for scripts and personas of others."""

from thirdchair_lab.people.scripts import FOLDER, Script, lengthened, scripted_people

__all__ = ["FOLDER", "Script", "lengthened", "scripted_people"]
