"""The OpenAI-compatible door: existing clients speak to it unchanged, and every call is a governed one."""
