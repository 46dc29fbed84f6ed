"""The only door text leaves by: one method, answered by a server, or by a script in tests."""

from thirdchair.clients.openai_compatible import OpenAICompatible
from thirdchair.clients.protocol import Client, Whereabouts
from thirdchair.clients.scripted import ScriptedClient

__all__ = ["Client", "OpenAICompatible", "ScriptedClient", "Whereabouts"]
