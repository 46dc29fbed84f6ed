"""Conversations over many turns: does a model stay safe as a signal of danger, a false belief or a pressure to agree grows?"""
